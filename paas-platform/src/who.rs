//! Who acts, and whether that is one who may.

use crate::{
    error::{Error, ErrorKind, Result},
    platform::Inner,
};
use paas_core::{
    access::{Action, Decision, Kind, Resource, Subject, decide},
    actor::Actor,
    plan::PlanKind,
    tenant::Tenant,
};
use std::sync::Arc;

/// An actor; with its roles, if the platform is to decide what it may.
#[derive(Debug, Clone)]
pub(crate) struct Who {
    actor: Actor,
    /// `None`: whoever embeds the platform has decided.
    subject: Option<Arc<Subject>>,
}

impl Who {
    pub(crate) fn trusted(actor: Actor) -> Self {
        Self { actor, subject: None }
    }

    /// Its name is that of the subject, or its id where the name cannot be one.
    pub(crate) fn subject(subject: Subject) -> Result<Self> {
        let named = subject.name.as_deref().and_then(|name| name.parse().ok());
        let actor = named.map_or_else(|| subject.user.parse(), Ok);
        let actor =
            actor.map_err(|error| Error::new(ErrorKind::InvalidName, format!("the user: {error}")))?;
        Ok(Self { actor, subject: Some(Arc::new(subject)) })
    }

    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Whether it may do something to what belongs to a tenant, by the tenant's name. One that is not there is decided
    /// for too, so that nobody learns which there are.
    pub(crate) async fn may(&self, inner: &Inner, action: Action, kind: Kind, tenant: &str) -> Result<()> {
        let Some(subject) = &self.subject else { return Ok(()) };
        let project = match inner.tenant(tenant).await {
            Ok(tenant) => tenant.project_id().to_owned(),
            Err(error) if error.kind() == ErrorKind::UnknownTenant => tenant.to_owned(),
            Err(error) => return Err(error),
        };
        allowed(decide(subject, action, &Resource::in_tenant(kind, &project)))
    }

    /// Whether it may do something to what belongs to a tenant.
    pub(crate) fn may_of(&self, action: Action, kind: Kind, tenant: &Tenant) -> Result<()> {
        let Some(subject) = &self.subject else { return Ok(()) };
        allowed(decide(subject, action, &Resource::in_tenant(kind, tenant.project_id())))
    }

    /// Whether it may do something to what is in an image namespace of a tenant.
    pub(crate) fn may_in(&self, action: Action, kind: Kind, tenant: &Tenant, namespace: &str) -> Result<()> {
        let Some(subject) = &self.subject else { return Ok(()) };
        let resource =
            Resource { namespace: Some(namespace), ..Resource::in_tenant(kind, tenant.project_id()) };
        allowed(decide(subject, action, &resource))
    }

    /// Whether it may do what an operation does to an application of a tenant.
    pub(crate) async fn may_carry_out(&self, inner: &Inner, kind: PlanKind, tenant: &str) -> Result<()> {
        let (action, kind) = right_to(kind);
        self.may(inner, action, kind, tenant).await
    }
}

/// What it takes to have an operation carried out, resumed or abandoned.
fn right_to(kind: PlanKind) -> (Action, Kind) {
    match kind {
        PlanKind::Deploy => (Action::Create, Kind::Application),
        PlanKind::Remove => (Action::Delete, Kind::Application),
        PlanKind::Scale => (Action::Operate, Kind::Service),
        // Of a later version: whoever may do it all.
        _ => (Action::Delete, Kind::Application),
    }
}

fn allowed(decision: Decision) -> Result<()> {
    if decision.is_allowed() { Ok(()) } else { Err(Error::new(ErrorKind::Denied, decision.to_string())) }
}
