//! What is asked of the endpoint, and why it may be refused.

use super::{credentials::Credentials, scope::Scope};
use std::time::Duration;

/// A request, read.
#[derive(Debug)]
pub(super) struct Ask {
    /// Which registry the token is for.
    pub(super) service: String,
    pub(super) scopes: Vec<Scope>,
    pub(super) credentials: Credentials,
}

/// Why there is no token. It holds nothing of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no request for a token.
    Malformed(&'static str),
    /// It is one of OAuth that is not answered here.
    GrantType,
    /// Not a method of this endpoint.
    Method,
    /// Nobody logs in, or not like this. It says no more: not whether there is such a user.
    NotAccepted,
    /// Too many failed logins: not before so long.
    TooOften(Duration),
    /// Who it is, or whose a namespace is, cannot be found out now.
    Unavailable,
}
