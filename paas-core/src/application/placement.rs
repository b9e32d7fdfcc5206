//! What the networks of services must be.

use crate::diagnostic::Origin;

/// A rule about the networks that services are on.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Placement {
    /// The name of the policy.
    pub name: String,
    /// The security level that their networks must have.
    pub security_level: Option<String>,
    /// The security domain that their networks must belong to.
    pub security_domain: Option<String>,
    /// The services.
    pub services: Vec<String>,
    /// Where it was written.
    pub origin: Origin,
}

impl Placement {
    /// A rule that says nothing yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}
