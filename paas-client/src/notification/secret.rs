use super::NotificationError;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use subtle::ConstantTimeEq;

/// The fewest characters of a secret.
pub(super) const SHORTEST: usize = 16;

/// The most characters of a secret: what servers take in a header.
const LONGEST: usize = 1_000;

/// What a sender is set up to send as the whole header `Authorization`, such as `Bearer` and a random word. `Debug` does
/// not show it.
///
/// ```
/// use paas_client::notification::HeaderSecret;
/// let secret = HeaderSecret::new("Bearer 0123456789abcdef").unwrap();
/// assert!(secret.admits(Some("Bearer 0123456789abcdef")));
/// assert!(!secret.admits(Some("Bearer 0123456789abcdeg")) && !secret.admits(None));
/// assert_eq!(format!("{secret:?}"), "HeaderSecret");
/// assert!(HeaderSecret::new("short").is_err() && HeaderSecret::new("line\nbreak in a secret").is_err());
/// ```
#[derive(Clone)]
pub struct HeaderSecret(SecretString);

impl HeaderSecret {
    /// A secret that a header can carry, of 16 characters at least: with none, anybody could send.
    ///
    /// # Errors
    ///
    /// [`NotificationError::WeakSecret`] for any other.
    pub fn new(value: impl Into<SecretString>) -> Result<Self, NotificationError> {
        let value: SecretString = value.into();
        let text = value.expose_secret();
        let is_visible = text.chars().all(|c| c.is_ascii_graphic() || c == ' ');
        // Those who carry headers cut spaces off at both ends.
        if is_visible && text.trim() == text && (SHORTEST..=LONGEST).contains(&text.len()) {
            Ok(Self(value))
        } else {
            Err(NotificationError::WeakSecret)
        }
    }

    /// Whether a header is this one. How long it takes tells whether the lengths are the same, and nothing else.
    ///
    /// While the secret is being changed at the sender, ask the old one too.
    #[must_use]
    pub fn admits(&self, authorization: Option<&str>) -> bool {
        let given = authorization.unwrap_or_default().as_bytes();
        self.0.expose_secret().as_bytes().ct_eq(given).into()
    }

    /// The secret itself, for the configuration of the sender.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for HeaderSecret {
    fn eq(&self, other: &Self) -> bool {
        self.admits(Some(other.expose()))
    }
}

impl Eq for HeaderSecret {}

impl fmt::Debug for HeaderSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HeaderSecret")
    }
}
