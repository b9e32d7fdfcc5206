//! Who acts, and whether that is one who may.

use crate::{
    error::{Error, ErrorKind, Result},
    platform::Inner,
    seam::Clock,
};
use paas_core::{
    access::{AccessEvent, AccessSink, Action, Kind, Resource, Subject, decide},
    actor::Actor,
    images::{
        mall::{PublicationRight, Visibility},
        promotion::Right,
    },
    plan::PlanKind,
    tenant::Tenant,
};
use std::{fmt, sync::Arc};

/// An actor; with its roles, if the platform is to decide what it may.
#[derive(Debug, Clone)]
pub(crate) struct Who {
    actor: Actor,
    /// `None`: whoever embeds the platform has decided.
    judged: Option<Arc<Judged>>,
}

/// A user whose calls are decided, and who is told of that.
struct Judged {
    subject: Subject,
    sink: Option<Arc<dyn AccessSink>>,
    clock: Arc<dyn Clock>,
}

impl Who {
    pub(crate) fn trusted(actor: Actor) -> Self {
        Self { actor, judged: None }
    }

    /// Its name is that of the subject, or its id where the name cannot be one.
    pub(crate) fn subject(subject: Subject, inner: &Inner) -> Result<Self> {
        let named = subject.name.as_deref().and_then(|name| name.parse().ok());
        let actor = named.map_or_else(|| subject.user.parse(), Ok);
        let actor =
            actor.map_err(|error| Error::new(ErrorKind::InvalidName, format!("the user: {error}")))?;
        let judged = Judged { subject, sink: inner.access_sink.clone(), clock: Arc::clone(&inner.clock) };
        Ok(Self { actor, judged: Some(Arc::new(judged)) })
    }

    pub(crate) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Whether it may do something to what belongs to a tenant, by the tenant's name. One that is not there is decided
    /// for too, so that nobody learns which there are.
    pub(crate) async fn may(&self, inner: &Inner, action: Action, kind: Kind, tenant: &str) -> Result<()> {
        let Some(judged) = &self.judged else { return Ok(()) };
        judged.may(action, &Resource::in_tenant(kind, &project(inner, tenant).await?))
    }

    /// Whether something of a tenant is in a list that it asks for, by the tenant's name. What is left out was not
    /// refused: nobody is told.
    pub(crate) async fn lists_of(
        &self,
        inner: &Inner,
        action: Action,
        kind: Kind,
        tenant: &str,
    ) -> Result<bool> {
        let Some(judged) = &self.judged else { return Ok(true) };
        let project = project(inner, tenant).await?;
        Ok(decide(&judged.subject, action, &Resource::in_tenant(kind, &project)).is_allowed())
    }

    /// Whether it may do something to what belongs to a tenant.
    pub(crate) fn may_of(&self, action: Action, kind: Kind, tenant: &Tenant) -> Result<()> {
        let Some(judged) = &self.judged else { return Ok(()) };
        judged.may(action, &Resource::in_tenant(kind, tenant.project_id()))
    }

    /// The same of what is in a namespace of a tenant.
    pub(crate) fn may_in(&self, action: Action, kind: Kind, tenant: &Tenant, namespace: &str) -> Result<()> {
        let Some(judged) = &self.judged else { return Ok(()) };
        judged.may(action, &Resource::in_namespace(kind, tenant.project_id(), namespace))
    }

    /// The right to do that to the state of images of a namespace. Whether it may was asked, and told, before.
    pub(crate) fn right(&self, action: Action, tenant: &Tenant, namespace: &str) -> Result<Right> {
        let Some(judged) = &self.judged else {
            return Ok(Right::trusted(self.actor.clone(), action, namespace));
        };
        Right::ask(&judged.subject, self.actor.clone(), action, tenant.project_id(), namespace)
            .map_err(|decision| Error::new(ErrorKind::Denied, decision.to_string()))
    }

    /// The right to ask others for what one may not do to images of a namespace oneself.
    pub(crate) fn right_to_wish(&self, tenant: &Tenant, namespace: &str) -> Result<Right> {
        let Some(judged) = &self.judged else {
            return Ok(Right::trusted(self.actor.clone(), Action::Sync, namespace));
        };
        Right::to_wish(&judged.subject, self.actor.clone(), tenant.project_id(), namespace)
            .map_err(|decision| Error::new(ErrorKind::Denied, decision.to_string()))
    }

    /// The right to do that to publications of a tenant's images. Whether it may was asked, and told, before.
    pub(crate) fn right_to_publish(&self, action: Action, tenant: &Tenant) -> Result<PublicationRight> {
        let Some(judged) = &self.judged else {
            let user = self.actor.as_str();
            return Ok(PublicationRight::trusted(user, self.actor.clone(), action, tenant.project_id()));
        };
        PublicationRight::ask(&judged.subject, self.actor.clone(), action, tenant.project_id())
            .map_err(|decision| Error::new(ErrorKind::Denied, decision.to_string()))
    }

    /// Whether it is shown what is shown to those.
    pub(crate) fn is_shown(&self, visibility: &Visibility) -> bool {
        self.judged.as_ref().is_none_or(|judged| visibility.is_shown_to(&judged.subject))
    }

    /// A tenant of which something is listed. Of one that is not there, only those learn who may see all: for others it is as
    /// one that shows them nothing.
    pub(crate) async fn listed_tenant(
        &self,
        inner: &Inner,
        action: Action,
        kind: Kind,
        tenant: &str,
    ) -> Result<Option<Tenant>> {
        match inner.tenant(tenant).await {
            Ok(tenant) => Ok(Some(tenant)),
            Err(error) if error.kind() != ErrorKind::UnknownTenant => Err(error),
            Err(error) if self.lists(action, kind, &Tenant::new(tenant), None) => Err(error),
            Err(_) => Ok(None),
        }
    }

    /// Whether something is in a list: the same of a tenant that is known, and of what is in a namespace of it.
    pub(crate) fn lists(&self, action: Action, kind: Kind, tenant: &Tenant, namespace: Option<&str>) -> bool {
        let Some(judged) = &self.judged else { return true };
        let resource = Resource { namespace, ..Resource::in_tenant(kind, tenant.project_id()) };
        decide(&judged.subject, action, &resource).is_allowed()
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

/// The id of a tenant's project; of one that is not there, its name.
async fn project(inner: &Inner, tenant: &str) -> Result<String> {
    match inner.tenant(tenant).await {
        Ok(tenant) => Ok(tenant.project_id().to_owned()),
        Err(error) if error.kind() == ErrorKind::UnknownTenant => Ok(tenant.to_owned()),
        Err(error) => Err(error),
    }
}

impl Judged {
    fn may(&self, action: Action, resource: &Resource<'_>) -> Result<()> {
        let decision = decide(&self.subject, action, resource);
        if let Some(sink) = self.sink.as_ref().filter(|sink| sink.wants(action, decision.is_allowed())) {
            sink.record(AccessEvent::decided(
                self.clock.now().as_millis(),
                &self.subject,
                resource,
                &decision,
            ));
        }
        if decision.is_allowed() { Ok(()) } else { Err(Error::new(ErrorKind::Denied, decision.to_string())) }
    }
}

impl fmt::Debug for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Judged").field(&self.subject).finish()
    }
}
