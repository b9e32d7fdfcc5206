//! What a token says: a registry reads the claims of a JSON Web Token.

use super::access::Access;
use serde::Serialize;

/// The claims. Times are seconds since 1970.
#[derive(Debug, Serialize)]
pub(super) struct Claims<'a> {
    /// Who signs.
    pub(super) iss: &'a str,
    /// Whose it is: the id of the user in Keystone.
    pub(super) sub: &'a str,
    /// The registry that it is for.
    pub(super) aud: &'a str,
    pub(super) exp: u64,
    pub(super) nbf: u64,
    pub(super) iat: u64,
    /// No two tokens have the same.
    pub(super) jti: &'a str,
    pub(super) access: &'a [Access],
}
