//! What the refusals of registries mean.

use super::answer::header;
use crate::{
    Error, ErrorKind, body::describe, limits::SHOWN_MESSAGE, redact::Redactor, retry_after::retry_after,
    transport::Response,
};
use serde::Deserialize;
use serde_json::Value;

/// The body of an error: `{"errors":[{"code":"NAME_UNKNOWN","message":"…"}]}`.
#[derive(Deserialize)]
struct ErrorBody {
    errors: Vec<Fields>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    code: Value,
    message: Value,
    detail: Value,
}

impl Fields {
    /// What only the detail says, and whoever runs the registry has to know: its disk is full. Docker's registry has there
    /// the system's words, or its number for them.
    fn full_disk(&self) -> Option<&str> {
        let said = self.detail.as_str().map(str::to_lowercase);
        let told = self.detail.pointer("/Enclosed/Err").and_then(Value::as_u64);
        let is_it = |&(number, words): &(u64, &str)| {
            told == Some(number) || said.as_ref().is_some_and(|said| said.contains(words))
        };
        FULL_DISK.into_iter().find(is_it).map(|(_, words)| words)
    }
}

/// What the system says of a disk that takes no more, or no more of this user's: its number, and its words.
const FULL_DISK: [(u64, &str); 2] = [(28, "no space left on device"), (122, "disk quota exceeded")];

/// The header that most registries send with each answer.
pub(super) const VERSION: &str = "docker-distribution-api-version";

/// What a quota is known by in the words of Harbor and others.
const QUOTA: [&str; 2] = ["quota", "exceed the configured upper limit"];

/// Turns an answer of status 400 or more into an error.
pub(super) fn refusal(answer: &Response, redactor: &Redactor) -> Error {
    let errors = serde_json::from_slice(&answer.body).map(|body: ErrorBody| body.errors).unwrap_or_default();
    let code = errors.iter().find_map(|error| error.code.as_str());
    // There is one as a rule. Together they are no longer than one may be.
    let messages = errors.iter().filter_map(|error| error.message.as_str());
    let said: Vec<&str> = messages.chain(errors.iter().filter_map(Fields::full_disk)).collect();
    let said = said.join("; ");
    let text = |text: &str| Some(redactor.clean(text, SHOWN_MESSAGE)).filter(|text| !text.is_empty());
    // The answer to a request for the head alone has no body, by which the registry could be known.
    let is_ours = code.is_some() || (answer.body.is_empty() && header(answer, VERSION).is_some());
    let kind = kind(answer.status, is_ours, code, &said.to_lowercase());
    let message = match (is_ours, kind) {
        (true, _) => words(kind).to_owned(),
        // A proxy before a registry that is down says 404 too. To take it for the registry's word would make an image
        // one that was removed.
        (false, ErrorKind::Protocol) => {
            format!("the answer does not come from a registry; it is {}", describe(&answer.body, redactor))
        }
        (false, _) if answer.body.trim_ascii().is_empty() => words(kind).to_owned(),
        (false, _) => format!("{}; the answer is {}", words(kind), describe(&answer.body, redactor)),
    };
    Error::new(kind, message).with(|details| {
        details.server_code = code.and_then(text);
        details.server_message = text(&said);
        details.request_id = answer.first("x-request-id").and_then(text);
        details.retry_after = retry_after(answer);
        if answer.status == 401 {
            let is_challenge = |(name, _): &&(String, String)| name.eq_ignore_ascii_case("www-authenticate");
            let challenges = answer.headers.iter().filter(is_challenge);
            details.told.challenges = challenges.map(|(_, value)| value.clone()).collect();
        }
    })
}

fn words(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "there is no such repository, manifest, blob or upload",
        ErrorKind::Unauthorized => "the registry does not accept the login, or wants one",
        ErrorKind::Forbidden => "this login may not do this",
        ErrorKind::Precondition => "the registry keeps what is there: the tag is immutable",
        ErrorKind::Conflict => "the upload is not where it was thought to be",
        ErrorKind::Unsupported => "the registry does not offer this",
        other => other.words(),
    }
}

/// `said` is in small letters.
fn kind(status: u16, is_ours: bool, code: Option<&str>, said: &str) -> ErrorKind {
    let speaks_of_quota = || QUOTA.iter().any(|words| said.contains(words));
    match (status, code) {
        (413 | 507, _) => ErrorKind::Quota,
        (400..=499, Some(_)) if status != 429 && speaks_of_quota() => ErrorKind::Quota,
        (400..=499, Some("TOOMANYREQUESTS")) => ErrorKind::RateLimited,
        (400..=499, Some("UNSUPPORTED")) => ErrorKind::Unsupported,
        (400..=499, Some("DIGEST_INVALID")) => ErrorKind::WrongDigest,
        (401, _) => ErrorKind::Unauthorized,
        (403, _) => ErrorKind::Forbidden,
        (408, _) => ErrorKind::Timeout,
        (429, _) => ErrorKind::RateLimited,
        (500.., _) => ErrorKind::Server,
        // Of an upload. Not all tell more than the status.
        (416, _) => ErrorKind::Conflict,
        _ if !is_ours => ErrorKind::Protocol,
        (404, _) => ErrorKind::NotFound,
        (405, _) => ErrorKind::Unsupported,
        (412, _) => ErrorKind::Precondition,
        (400..=499, _) if said.contains("immutable") => ErrorKind::Precondition,
        (409, _) => ErrorKind::Conflict,
        (400..=499, Some("DENIED")) => ErrorKind::Forbidden,
        (400..=499, _) => ErrorKind::Invalid,
        _ => ErrorKind::Protocol,
    }
}

#[cfg(test)]
mod tests {
    use super::refusal;
    use crate::{ErrorKind, redact::Redactor, transport::Response};

    #[test]
    fn a_full_disk_is_told() {
        for (detail, full) in [
            (r#""write /data/x: no space left on device""#, Some("no space left on device")),
            (r#""write /data/x: disk quota exceeded""#, Some("disk quota exceeded")),
            (r#""write /data/x: Disk quota exceeded""#, Some("disk quota exceeded")),
            (
                r#"{"DriverName":"filesystem","Enclosed":{"Op":"write","Path":"/data/x","Err":28}}"#,
                Some("no space left on device"),
            ),
            (
                r#"{"DriverName":"filesystem","Enclosed":{"Op":"write","Path":"/data/x","Err":122}}"#,
                Some("disk quota exceeded"),
            ),
            (r#"{"DriverName":"filesystem","Enclosed":{"Op":"write","Path":"/data/x","Err":13}}"#, None),
            ("null", None),
            ("[28]", None),
        ] {
            let body =
                format!(r#"{{"errors":[{{"code":"UNKNOWN","message":"unknown error","detail":{detail}}}]}}"#);
            let error = refusal(&Response::new(500, body.as_str()), &Redactor::default());
            let said = full.map_or("unknown error".to_owned(), |full| format!("unknown error; {full}"));
            assert_eq!((error.kind(), error.server_message()), (ErrorKind::Server, Some(&*said)), "{detail}");
        }
    }

    #[test]
    fn statuses_codes_and_words_mean_kinds() {
        let ours = |code: &str, message: &str| {
            format!(r#"{{"errors":[{{"code":"{code}","message":"{message}","detail":null}}]}}"#)
        };
        let quota = "adding 2.1 MiB of storage resource, which when updated to current usage of 8.3 MiB will exceed the \
                     configured upper limit of 10.0 MiB.";
        let immutable = "Failed to process request due to 'shop:1' configured as immutable tag.";
        for (status, body, expected) in [
            (400, ours("MANIFEST_INVALID", "manifest invalid"), ErrorKind::Invalid),
            (400, ours("MANIFEST_BLOB_UNKNOWN", "blob unknown to registry"), ErrorKind::Invalid),
            (400, ours("DIGEST_INVALID", "provided digest did not match"), ErrorKind::WrongDigest),
            (400, ours("SIZE_INVALID", "size"), ErrorKind::Invalid),
            (400, ours("TAG_INVALID", "the tag is immutable"), ErrorKind::Precondition),
            (401, ours("UNAUTHORIZED", "authentication required"), ErrorKind::Unauthorized),
            (401, String::new(), ErrorKind::Unauthorized),
            (403, ours("DENIED", "requested access is denied"), ErrorKind::Forbidden),
            (403, ours("DENIED", quota), ErrorKind::Quota),
            (403, String::new(), ErrorKind::Forbidden),
            (404, ours("NAME_UNKNOWN", "repository name not known"), ErrorKind::NotFound),
            (404, ours("BLOB_UPLOAD_UNKNOWN", "unknown"), ErrorKind::NotFound),
            (404, "404 page not found".to_owned(), ErrorKind::Protocol),
            (404, r#"{"errors":[]}"#.to_owned(), ErrorKind::Protocol),
            (405, ours("UNSUPPORTED", "The operation is unsupported."), ErrorKind::Unsupported),
            (409, ours("CONFLICT", "busy"), ErrorKind::Conflict),
            (409, ours("DENIED", "Tag is IMMUTABLE"), ErrorKind::Precondition),
            (412, ours("PRECONDITION", immutable), ErrorKind::Precondition),
            (412, ours("DENIED", quota), ErrorKind::Quota),
            (413, "<html>".to_owned(), ErrorKind::Quota),
            (416, String::new(), ErrorKind::Conflict),
            (429, ours("TOOMANYREQUESTS", "quota of pulls"), ErrorKind::RateLimited),
            (429, String::new(), ErrorKind::RateLimited),
            (500, ours("UNKNOWN", "unknown error"), ErrorKind::Server),
            (507, String::new(), ErrorKind::Quota),
        ] {
            let error = refusal(&Response::new(status, body.as_str()), &Redactor::default());
            assert_eq!(error.kind(), expected, "{status} {body}");
        }
    }
}
