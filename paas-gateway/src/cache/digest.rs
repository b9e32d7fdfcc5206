//! Digests of tokens.

use paas_client::{
    ExposeSecret,
    keystone::{AuthToken, Validation},
};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The SHA-256 of a token, with how it was validated. Nobody finds the token by it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Digest {
    digest: [u8; 32],
    expired_too: bool,
}

impl Digest {
    pub(crate) fn of(token: &AuthToken, how: Validation) -> Self {
        let digest = Sha256::digest(token.expose_secret().as_bytes()).into();
        Self { digest, expired_too: how.allow_expired }
    }

    /// The same token, validated in the other way.
    pub(crate) fn twin(self) -> Self {
        Self { expired_too: !self.expired_too, ..self }
    }
}

/// Nothing of it: it would tell whether two tokens are the same.
impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digest(…)")
    }
}
