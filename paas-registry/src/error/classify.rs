//! What a client's error means for a copy.

use super::{CopyError, CopyErrorKind, Side};
use paas_client::{Error, ErrorKind};

/// What registries call content that they lack, where a manifest points at it. The namespace is there then.
const LACKS_CONTENT: [&str; 3] = ["MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "MANIFEST_UNKNOWN"];

/// What registries say of an upload that they do not know any more, or have elsewhere. Begun anew it may do.
const LOST_UPLOAD: [&str; 3] = ["BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID", "RANGE_INVALID"];

/// What operating systems call a disk that takes no more, or no more of the registry's, in small letters.
const DISK_FULL: [&str; 2] = ["no space left", "disk quota exceeded"];

impl CopyError {
    /// What an error of a client means on this side.
    pub(crate) fn from_client(error: Error, side: Side) -> Self {
        let kind = kind(&error, side);
        let mut this = Self::new(kind, kind.words());
        this.0.client = Some(error);
        this
    }

    /// Whether the destination says that it lacks something that a manifest points at.
    pub(crate) fn says_content_is_missing(&self) -> bool {
        self.client().is_some_and(|error| says(error, &LACKS_CONTENT))
    }
}

fn kind(error: &Error, side: Side) -> CopyErrorKind {
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Interrupted => CopyErrorKind::Unreachable,
        ErrorKind::Quota if error.status() == Some(507) => CopyErrorKind::StorageFull,
        ErrorKind::Quota => CopyErrorKind::QuotaExceeded,
        ErrorKind::Server if says_disk_full(error) => CopyErrorKind::StorageFull,
        ErrorKind::Server if error.is_retryable() => CopyErrorKind::Unavailable,
        ErrorKind::RateLimited | ErrorKind::Conflict => CopyErrorKind::Unavailable,
        ErrorKind::Unauthorized
        | ErrorKind::Forbidden
        | ErrorKind::MethodNotAllowed
        | ErrorKind::TokenInvalid => CopyErrorKind::Denied,
        ErrorKind::WrongDigest => CopyErrorKind::ContentDamaged,
        ErrorKind::NotFound => not_found(error, side),
        ErrorKind::Precondition => CopyErrorKind::TagImmutable,
        ErrorKind::Configuration | ErrorKind::Tls => CopyErrorKind::Configuration,
        ErrorKind::Invalid | ErrorKind::Unsupported | ErrorKind::TooLarge | ErrorKind::Server => match side {
            Side::Destination if may_pass(error) => CopyErrorKind::Unavailable,
            _ => CopyErrorKind::Refused,
        },
        _ => CopyErrorKind::Unexpected,
    }
}

/// What is read may be missing; where something is to be written, it is the namespace that is missing.
fn not_found(error: &Error, side: Side) -> CopyErrorKind {
    match side {
        Side::Source => CopyErrorKind::SourceBroken,
        Side::Destination if may_pass(error) => CopyErrorKind::Unavailable,
        Side::Destination => CopyErrorKind::NamespaceMissing,
    }
}

fn may_pass(error: &Error) -> bool {
    says(error, &LACKS_CONTENT) || says(error, &LOST_UPLOAD)
}

fn says(error: &Error, codes: &[&str]) -> bool {
    error.server_code().is_some_and(|code| codes.contains(&code))
}

fn says_disk_full(error: &Error) -> bool {
    let said = error.server_message().map(str::to_lowercase).unwrap_or_default();
    error.status() == Some(507) || DISK_FULL.iter().any(|words| said.contains(words))
}
