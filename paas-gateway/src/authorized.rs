//! Requests that are let through.

use paas_client::keystone::Token;
use paas_core::access::{Decision, Subject};
use std::sync::Arc;

/// Who sends a request, and why it is let through. The layer puts it into the extensions of the request.
#[derive(Debug, Clone)]
pub struct Authorized {
    pub(crate) subject: Arc<Subject>,
    pub(crate) token: Arc<Token>,
    pub(crate) decision: Decision,
    pub(crate) tenant: Option<String>,
    pub(crate) namespace: Option<String>,
}

impl Authorized {
    /// The user with its roles, as the token has them. If the request is about an image namespace, also whether it
    /// belongs to that.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// What Keystone says of the token. The token itself is not in it.
    #[must_use]
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// Why it is let through.
    pub fn decision(&self) -> Decision {
        self.decision
    }

    /// The tenant that the request is about; nothing: what is the platform's own.
    #[must_use]
    pub fn tenant(&self) -> Option<&str> {
        self.tenant.as_deref()
    }

    /// The image namespace that the request is about.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }
}
