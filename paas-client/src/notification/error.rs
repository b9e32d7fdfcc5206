use super::{LARGEST_BODY, secret::SHORTEST};
use std::fmt;

/// Why something that was posted to us is not read. It holds nothing of what was sent.
///
/// ```
/// use paas_client::notification::{HeaderSecret, NotificationError, Notifications};
/// let secret = HeaderSecret::new("Bearer 0123456789abcdef").unwrap();
/// let error = Notifications::read(b"{}", Some("Bearer guessed"), &secret).unwrap_err();
/// assert_eq!((&error, error.status()), (&NotificationError::NotAuthentic, 401));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotificationError {
    /// The header is missing, or another. The body was not looked at.
    NotAuthentic,
    /// The body is larger than [`LARGEST_BODY`].
    TooLarge,
    /// The body is no event of this kind of sender.
    Malformed {
        /// What is wrong with it.
        what: &'static str,
    },
    /// A secret that is too short to be one, or that no header can carry.
    WeakSecret,
}

impl NotificationError {
    /// The status to answer with. Senders ask again after any but 2xx, a plain registry without end: who has looked at
    /// the registry anyway may answer 200 to what is [malformed](Self::Malformed).
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotAuthentic => 401,
            Self::TooLarge => 413,
            Self::Malformed { .. } => 400,
            Self::WeakSecret => 500,
        }
    }
}

impl fmt::Display for NotificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAuthentic => f.write_str("the header `Authorization` is not the one that was agreed on"),
            Self::TooLarge => write!(f, "the body is larger than {LARGEST_BODY} bytes"),
            Self::Malformed { what } => write!(f, "the body is no event: {what}"),
            Self::WeakSecret => write!(
                f,
                "a secret for a header has {SHORTEST} to 1000 visible characters of ASCII, with spaces only between them"
            ),
        }
    }
}

impl std::error::Error for NotificationError {}
