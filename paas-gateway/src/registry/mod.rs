//! Signed tokens for a container registry, for logins of Keystone.
//!
//! A plain registry of the distribution project knows no tenants. With token authentication it sends whoever comes to a
//! token endpoint; this is one. It asks Keystone afresh who it is, decides by the permission model what of the asked is
//! allowed, and signs that.
//!
//! | item | what |
//! | --- | --- |
//! | [`RegistryTokens`] | the endpoint: a `tower` service, and a function |
//! | [`RegistryTokensBuilder`] | sets it up |
//! | [`Signer`] | the key and its certificates |
//! | [`UserNames`] | how a user name says its domain |
//! | [`LoginLimits`] | how failed logins are slowed down |
//!
//! It grants what is allowed of what is asked, as the specification of the distribution project says: less, or nothing,
//! is no error. Only a login that is not accepted is one.

mod access;
mod answer;
mod ask;
mod builder;
mod claims;
mod credentials;
mod endpoint;
mod grant;
mod limits;
mod login;
mod name;
mod request;
mod scope;
mod service;
mod signer;

pub use builder::{InvalidRegistryTokens, RegistryTokensBuilder};
pub use credentials::UserNames;
pub use endpoint::RegistryTokens;
pub use limits::LoginLimits;
pub use service::PeerAddress;
pub use signer::{InvalidSigner, Signer};
