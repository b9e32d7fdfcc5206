//! What is told of decisions.

use super::{Action, Decision, Kind, Reason, Resource, Subject};
use serde::Serialize;

/// One decision, for an audit: who wanted what, and what was said.
///
/// It holds no token and no value of a request but the ids of tenant and namespace.
///
/// ```
/// use paas_core::access::{AccessEvent, Action, Kind, Resource, Role, Subject, decide};
///
/// let anna = Subject::new("5f3c").with_tenant("retail", Role::SeniorMember);
/// let members = Resource::in_tenant(Kind::Membership, "retail");
/// let decision = decide(&anna, Action::Authorise, &members);
/// let event = AccessEvent::decided(1_795_297_808_000, &anna, &members, &decision).with_request("req-7");
/// assert!(!event.allowed && event.tenant.as_deref() == Some("retail"));
/// assert_eq!(event.because, decision.to_string());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AccessEvent {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// The id of the user; none if nobody knows who it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The name of the user, to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the user wanted to do.
    pub action: Action,
    /// To what kind of resource.
    pub kind: Kind,
    /// The tenant that owns the resource; none: it is the platform's own, or nobody came as far as that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// The image namespace that the resource is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Whether it was allowed.
    pub allowed: bool,
    /// Why, in a word; none if the rules were not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Why, in a sentence.
    pub because: String,
    /// The id of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

impl AccessEvent {
    /// What the rules said, at a time in milliseconds since 1970.
    #[must_use]
    pub fn decided(at: u64, subject: &Subject, resource: &Resource<'_>, decision: &Decision) -> Self {
        Self {
            user: Some(subject.user.clone()),
            name: subject.name.clone(),
            tenant: resource.tenant.map(str::to_owned),
            namespace: resource.namespace.map(str::to_owned),
            allowed: decision.is_allowed(),
            reason: Some(decision.reason()),
            ..Self::refused(at, decision.action(), decision.kind(), decision.to_string())
        }
    }

    /// What was refused before the rules were asked: nobody knows who it was, say.
    #[must_use]
    pub fn refused(at: u64, action: Action, kind: Kind, because: impl Into<String>) -> Self {
        Self {
            at,
            user: None,
            name: None,
            action,
            kind,
            tenant: None,
            namespace: None,
            allowed: false,
            reason: None,
            because: because.into(),
            request: None,
        }
    }

    /// With who it was.
    #[must_use]
    pub fn with_subject(mut self, subject: &Subject) -> Self {
        self.user = Some(subject.user.clone());
        self.name.clone_from(&subject.name);
        self
    }

    /// With the id of the request.
    #[must_use]
    pub fn with_request(mut self, request: impl Into<String>) -> Self {
        self.request = Some(request.into());
        self
    }
}

/// Takes what is told of decisions.
///
/// Whoever decides does not wait: a sink that writes somewhere puts the event into a queue, and says what it does when
/// that is full.
pub trait AccessSink: Send + Sync {
    /// Takes one event. It must not block.
    fn record(&self, event: AccessEvent);

    /// Whether it wants to be told of such a decision; asked before the event is made. By default of all but views that
    /// are allowed.
    fn wants(&self, action: Action, allowed: bool) -> bool {
        !allowed || action != Action::View
    }
}
