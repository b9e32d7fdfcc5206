//! Authorisation in front of services: who sends a request, and whether the permission model lets it through.
//!
//! | item | what |
//! | --- | --- |
//! | [`holder`] | the subject that a token of Keystone stands for |
//! | [`registry`] | signed tokens for a container registry, for logins of Keystone |

mod clock;
mod holder;
mod namespaces;
pub mod registry;

pub use clock::{GatewayClock, SystemClock};
pub use holder::holder;
pub use namespaces::{NamespaceOwner, Namespaces};
