//! The headers that say who sends a request: those that come in are dropped, then ours are set.

pub(crate) mod hop;
mod incoming;
mod outgoing;

pub(crate) use incoming::drop_identity;
pub(crate) use outgoing::{set_decision, set_service, set_user};

use http::HeaderName;

/// Where the token of the user stands.
pub(crate) const AUTH_TOKEN: HeaderName = HeaderName::from_static("x-auth-token");
/// Where the token of a service that goes on with a user's request stands.
pub(crate) const SERVICE_TOKEN: HeaderName = HeaderName::from_static("x-service-token");
/// The id of the request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
