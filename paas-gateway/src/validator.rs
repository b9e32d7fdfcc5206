//! Who says whether a token is valid.

use paas_client::{
    BoxFuture, Error, ErrorKind, KeystoneClient,
    keystone::{AuthToken, Token, Validation},
};
use std::{fmt, time::Duration};

/// Says whether a token is valid, and what it is good for. [`KeystoneClient`] is one, and so is [`SelfValidating`].
pub trait Validator: Send + Sync {
    /// What is to be known of a token, of this moment. Dropped: nothing has changed.
    fn validate<'a>(
        &'a self,
        token: &'a AuthToken,
        how: Validation,
    ) -> BoxFuture<'a, Result<Token, NotValidated>>;
}

/// Why a token could not be validated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotValidated {
    /// It is not valid: expired, revoked, of a disabled user or project, or no token at all.
    Invalid,
    /// Nobody knows: the one who could say gave no answer, or none that can be understood.
    Unavailable {
        /// Why, without anything secret. It is for the log and told to nobody outside.
        because: String,
        /// How long to wait before asking again.
        retry_after: Option<Duration>,
    },
}

impl NotValidated {
    /// Nobody knows.
    pub fn unavailable(because: impl Into<String>) -> Self {
        Self::Unavailable { because: because.into(), retry_after: None }
    }
}

impl fmt::Display for NotValidated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid => f.write_str("the token is not valid"),
            Self::Unavailable { because, .. } => write!(f, "the token could not be validated: {because}"),
        }
    }
}

impl std::error::Error for NotValidated {}

/// Only a clear word of Keystone makes a token invalid.
impl From<Error> for NotValidated {
    fn from(error: Error) -> Self {
        if error.kind() == ErrorKind::TokenInvalid {
            return Self::Invalid;
        }
        Self::Unavailable { because: error.to_string(), retry_after: error.retry_after() }
    }
}

/// Asks with the login of the client, whose user must be allowed to validate tokens of others.
impl Validator for KeystoneClient {
    fn validate<'a>(
        &'a self,
        token: &'a AuthToken,
        how: Validation,
    ) -> BoxFuture<'a, Result<Token, NotValidated>> {
        Box::pin(async move { Ok(self.validate_with(token, how).await?) })
    }
}

/// Asks Keystone about each token with that very token: needs no login. Tokens that have ended are never valid then.
#[derive(Debug, Clone)]
pub struct SelfValidating(pub KeystoneClient);

impl Validator for SelfValidating {
    fn validate<'a>(
        &'a self,
        token: &'a AuthToken,
        _: Validation,
    ) -> BoxFuture<'a, Result<Token, NotValidated>> {
        Box::pin(async move {
            self.0.validate_self(token).await.map_err(|error| {
                // A 401 of somebody in between has no words of Keystone.
                if error.kind() == ErrorKind::TokenInvalid
                    && error.status().is_some()
                    && error.server_code().is_none()
                {
                    return NotValidated::unavailable(error.to_string());
                }
                error.into()
            })
        })
    }
}
