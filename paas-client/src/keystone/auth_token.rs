//! A token as it is sent.

use super::keystone_error;
use crate::{Error, ErrorKind};
use secrecy::{ExposeSecret, SecretString};
use std::{fmt, str::FromStr};

/// The most that a token can be long. Fernet tokens have some 200 characters, signed ones up to 1,500; servers take
/// headers up to 8,190.
const LONGEST: usize = 4_096;

/// A token as it is sent in a header. It is wiped from memory when it is dropped, and `Debug` does not show it.
///
/// What cannot be one is refused before anybody is asked.
///
/// ```
/// use paas_client::{ErrorKind, keystone::AuthToken};
///
/// let token: AuthToken = "gAAAAABrAgQAf-EN".parse().unwrap();
/// assert_eq!(format!("{token:?}"), "AuthToken(…)");
/// let error = "two words".parse::<AuthToken>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::TokenInvalid);
/// ```
#[derive(Clone)]
pub struct AuthToken(SecretString);

impl AuthToken {
    pub(super) fn secret(&self) -> &SecretString {
        &self.0
    }
}

impl ExposeSecret<str> for AuthToken {
    fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl FromStr for AuthToken {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim_ascii();
        if text.is_empty() || text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(keystone_error(
                ErrorKind::TokenInvalid,
                format!("a token has one to {LONGEST} printable ASCII characters without spaces"),
            ));
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Debug for AuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthToken(…)")
    }
}
