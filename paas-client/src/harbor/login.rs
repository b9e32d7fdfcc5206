//! As whom a client asks.

use super::{configuration, spelling::spellings};
use crate::Result;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use zeroize::Zeroizing;

/// The fewest characters of a secret. Harbor's own passwords have eight, those of directories may have fewer.
const SHORTEST: usize = 4;

/// A user or a robot, with its secret. `Debug` shows the name only.
///
/// ```
/// use paas_client::harbor::Login;
/// let login = Login::robot("robot$retail+deploy", "hidden");
/// assert_eq!(format!("{login:?}"), r#"Login { name: "robot$retail+deploy", .. }"#);
/// ```
#[derive(Clone)]
pub struct Login {
    name: String,
    secret: SecretString,
    is_robot: bool,
}

impl Login {
    /// A user with a password; a user of OpenID Connect with the secret for command lines, which is in the profile.
    #[must_use]
    pub fn user(name: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self { name: name.into(), secret: password.into(), is_robot: false }
    }

    /// A robot, by its whole name: `robot$NAME`, or `robot$PROJECT+NAME` for one of a project.
    #[must_use]
    pub fn robot(name: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        Self { name: name.into(), secret: secret.into(), is_robot: true }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The user that owns what this login makes. What a robot makes is an administrator's.
    pub(super) fn owner(&self) -> Option<&str> {
        (!self.is_robot).then_some(self.name.as_str())
    }

    /// Refuses what no header can carry, and what cannot be struck out of a text without spoiling it.
    pub(super) fn check(&self) -> Result<()> {
        if self.name.is_empty() || self.name.contains(':') || self.name.chars().any(char::is_control) {
            return Err(configuration(
                "the name of the login is empty, or holds a `:` or control characters",
            ));
        }
        if self.secret.expose_secret().chars().count() < SHORTEST {
            return Err(configuration(format!(
                "the secret of the login has fewer than {SHORTEST} characters"
            )));
        }
        Ok(())
    }

    /// The value of the header `Authorization`.
    pub(super) fn authorization(&self) -> SecretString {
        format!("Basic {}", self.encoded().as_str()).into()
    }

    /// All that must never be shown.
    pub(super) fn secrets(&self) -> Vec<SecretString> {
        let mut secrets = spellings(self.secret.expose_secret());
        secrets.push(self.encoded().as_str().into());
        secrets
    }

    fn encoded(&self) -> Zeroizing<String> {
        let pair = Zeroizing::new(format!("{}:{}", self.name, self.secret.expose_secret()));
        Zeroizing::new(STANDARD.encode(pair.as_bytes()))
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("name", &self.name).finish_non_exhaustive()
    }
}
