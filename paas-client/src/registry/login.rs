//! As whom a client asks.

use super::configuration;
use crate::Result;
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use zeroize::Zeroizing;

/// The fewest characters of a secret.
const SHORTEST: usize = 4;

/// As whom a client asks a registry. `Debug` shows no secret.
///
/// ```
/// use paas_client::registry::RegistryLogin;
/// let login = RegistryLogin::user("anna", "hidden");
/// assert_eq!(format!("{login:?}"), r#"RegistryLogin::User("anna")"#);
/// ```
#[derive(Clone, Default)]
pub struct RegistryLogin(Who);

#[derive(Clone, Default)]
enum Who {
    #[default]
    Anonymous,
    User(String, SecretString),
    Token(SecretString),
}

impl RegistryLogin {
    /// As nobody: what is open to all.
    #[must_use]
    pub fn anonymous() -> Self {
        Self(Who::Anonymous)
    }

    /// As this user: straight to the registry if it wants that, else to the endpoint that it sends to for tokens.
    ///
    /// An endpoint may take more than passwords: one that asks Keystone takes application credentials and tokens, each
    /// under a name of its own.
    #[must_use]
    pub fn user(name: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self(Who::User(name.into(), password.into()))
    }

    /// With a token that somebody else sees to; it is sent to the registry as it is.
    #[must_use]
    pub fn token(token: impl Into<SecretString>) -> Self {
        Self(Who::Token(token.into()))
    }

    /// The name of the user.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match &self.0 {
            Who::User(name, _) => Some(name),
            Who::Anonymous | Who::Token(_) => None,
        }
    }

    /// Refuses what no header can carry, and what cannot be struck out of a text without spoiling it.
    pub(super) fn check(&self) -> Result<()> {
        let secret = match &self.0 {
            Who::Anonymous => return Ok(()),
            Who::User(name, password) => {
                if name.is_empty() || name.contains(':') || name.chars().any(char::is_control) {
                    return Err(configuration(
                        "the name of the login is empty, or holds a `:` or control characters",
                    ));
                }
                password
            }
            Who::Token(token) => {
                if !token.expose_secret().bytes().all(|byte| byte.is_ascii_graphic()) {
                    return Err(configuration("a token has printable ASCII characters without spaces"));
                }
                token
            }
        };
        if secret.expose_secret().chars().count() < SHORTEST {
            return Err(configuration(format!(
                "the secret of the login has fewer than {SHORTEST} characters"
            )));
        }
        Ok(())
    }

    /// The header `Authorization` by which a password is given.
    pub(super) fn basic(&self) -> Option<SecretString> {
        match &self.0 {
            Who::User(name, password) => Some(format!("Basic {}", encoded(name, password).as_str()).into()),
            Who::Anonymous | Who::Token(_) => None,
        }
    }

    /// The header `Authorization` by which a token is given that is there already.
    pub(super) fn bearer(&self) -> Option<SecretString> {
        match &self.0 {
            Who::Token(token) => Some(format!("Bearer {}", token.expose_secret()).into()),
            Who::Anonymous | Who::User(..) => None,
        }
    }

    /// All that must never be shown.
    pub(super) fn secrets(&self) -> Vec<SecretString> {
        let (secret, encoded) = match &self.0 {
            Who::Anonymous => return Vec::new(),
            Who::User(name, password) => (password, Some(encoded(name, password).as_str().into())),
            Who::Token(token) => (token, None),
        };
        // Some write a text into JSON as it is, some escape it.
        let escaped = serde_json::to_string(secret.expose_secret()).map(Zeroizing::new);
        let escaped = escaped.map(|text| text.trim_matches('"').into()).unwrap_or_default();
        [secret.clone(), escaped].into_iter().chain(encoded).collect()
    }
}

fn encoded(name: &str, password: &SecretString) -> Zeroizing<String> {
    let pair = Zeroizing::new(format!("{name}:{}", password.expose_secret()));
    Zeroizing::new(STANDARD.encode(pair.as_bytes()))
}

impl fmt::Debug for RegistryLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Who::Anonymous => f.write_str("RegistryLogin::Anonymous"),
            Who::User(name, _) => write!(f, "RegistryLogin::User({name:?})"),
            Who::Token(_) => f.write_str("RegistryLogin::Token"),
        }
    }
}
