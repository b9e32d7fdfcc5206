//! Who may command.

use super::Command;
use crate::{
    access::{Action, Decision, Kind, Resource, Subject, decide},
    actor::Actor,
};

/// The right of somebody to command the images of a namespace. There is no command without one, and only a decision of the
/// permission model makes one, or whoever embeds all of this and says that it has decided.
///
/// ```
/// use paas_core::{
///     access::{Action, Role, Subject},
///     images::promotion::Right,
/// };
///
/// let anna = Subject::new("5f3c").with_tenant("retail", Role::SeniorMember);
/// let right = Right::ask(&anna, "anna".parse()?, Action::Sync, "retail", "retail-shop").unwrap();
/// assert_eq!((right.by().as_str(), right.namespace()), ("anna", "retail-shop"));
///
/// let ben = Subject::new("77").with_tenant("retail", Role::RestrictedMember).with_namespace("retail-shop");
/// let no = Right::ask(&ben, "ben".parse()?, Action::Sync, "retail", "retail-shop").unwrap_err();
/// assert!(no.to_string().starts_with("a restricted member may not sync an image state"));
/// # Ok::<(), paas_core::actor::InvalidActor>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    by: Actor,
    kind: Kind,
    action: Action,
    namespace: String,
    decision: Option<Decision>,
}

impl Right {
    /// Asks the permission model: whether a user may do that to the state of the images of a namespace. What a command
    /// takes says [`Command::action`]. `tenant` is the id of the tenant that owns the namespace, and never one from a
    /// request; `by` is what journals call the user.
    ///
    /// # Errors
    ///
    /// The decision, if it is a no.
    pub fn ask(
        subject: &Subject,
        by: Actor,
        action: Action,
        tenant: &str,
        namespace: &str,
    ) -> Result<Self, Decision> {
        Self::decide(subject, by, (Kind::ImageState, action), tenant, namespace)
    }

    /// Asks the permission model: whether a user may [wish](super::Wish) what others command. That is whoever may change
    /// images of the namespace in test.
    ///
    /// # Errors
    ///
    /// The decision, if it is a no.
    pub fn to_wish(subject: &Subject, by: Actor, tenant: &str, namespace: &str) -> Result<Self, Decision> {
        Self::decide(subject, by, (Kind::Image, Action::Update), tenant, namespace)
    }

    fn decide(
        subject: &Subject,
        by: Actor,
        (kind, action): (Kind, Action),
        tenant: &str,
        namespace: &str,
    ) -> Result<Self, Decision> {
        let decision = decide(subject, action, &Resource::in_namespace(kind, tenant, namespace));
        if !decision.is_allowed() {
            return Err(decision);
        }
        Ok(Self { by, kind, action, namespace: namespace.to_owned(), decision: Some(decision) })
    }

    /// The right of whoever embeds the platform and has decided by itself. Nobody is asked.
    pub fn trusted(by: Actor, action: Action, namespace: &str) -> Self {
        Self { by, kind: Kind::ImageState, action, namespace: namespace.to_owned(), decision: None }
    }

    /// Who commands.
    pub const fn by(&self) -> &Actor {
        &self.by
    }

    /// The namespace that it is about.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The decision that it comes from, for an audit; `None`: nobody was asked.
    pub const fn decision(&self) -> Option<&Decision> {
        self.decision.as_ref()
    }

    /// Whether it is one to that command, in that namespace.
    pub(super) fn is_for(&self, command: &Command, namespace: Option<&str>) -> bool {
        self.is_to(Kind::ImageState, command.action(), namespace)
    }

    /// Whether it is one to wish, in that namespace; who may command may wish too.
    pub(super) fn is_to_wish(&self, namespace: Option<&str>) -> bool {
        self.is_to(Kind::Image, Action::Update, namespace)
            || self.is_to(Kind::ImageState, Action::Update, namespace)
            || self.is_to(Kind::ImageState, Action::Sync, namespace)
    }

    /// Whether it is one to do that to things of that kind, in that namespace.
    pub(in crate::images) fn is_to(&self, kind: Kind, action: Action, namespace: Option<&str>) -> bool {
        (self.kind, self.action) == (kind, action) && Some(self.namespace.as_str()) == namespace
    }
}
