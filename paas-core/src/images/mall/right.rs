//! Who asks for publications, and who says yes or no.

use crate::{
    access::{Action, Decision, Kind, Resource, Subject, decide},
    actor::Actor,
};

/// The right of somebody to do something to the publications of a tenant. Only a decision of the permission model makes one,
/// or whoever embeds all of this and says that it has decided.
///
/// It says who that is by the id in Keystone: names can be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRight {
    user: String,
    by: Actor,
    action: Action,
    tenant: String,
    decision: Option<Decision>,
}

impl PublicationRight {
    /// What it takes to ask for one.
    pub const REQUEST: Action = Action::Create;

    /// Asks the permission model: whether a user may do that to publications of a tenant. `tenant` is the id of the tenant
    /// that owns the image, and never one from a request; `by` is what journals call the user.
    ///
    /// # Errors
    ///
    /// The decision, if it is a no.
    pub fn ask(subject: &Subject, by: Actor, action: Action, tenant: &str) -> Result<Self, Decision> {
        let decision = decide(subject, action, &Resource::in_tenant(Kind::Publication, tenant));
        if !decision.is_allowed() {
            return Err(decision);
        }
        let (user, tenant) = (subject.user.clone(), tenant.to_owned());
        Ok(Self { user, by, action, tenant, decision: Some(decision) })
    }

    /// The right of whoever embeds the platform and has decided by itself. Nobody is asked; but nobody judges what it asked
    /// for itself, by the id of the user.
    pub fn trusted(user: impl Into<String>, by: Actor, action: Action, tenant: &str) -> Self {
        Self { user: user.into(), by, action, tenant: tenant.to_owned(), decision: None }
    }

    /// The id of the user.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// What journals call the user.
    pub const fn by(&self) -> &Actor {
        &self.by
    }

    /// The tenant whose publications it is about.
    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// The decision that it comes from, for an audit; `None`: nobody was asked.
    pub const fn decision(&self) -> Option<&Decision> {
        self.decision.as_ref()
    }

    /// Whether it is one to that, in that tenant.
    pub(super) fn is_to(&self, action: Action, tenant: &str) -> bool {
        self.action == action && self.tenant == tenant
    }
}
