//! Changing counts by hand.

use super::{Applications, Planned, is_free};
use crate::{
    error::{Error, ErrorKind, Result},
    operations::Operation,
    records::{ApplicationState, Kept},
};
use paas_core::{
    application::ServiceKind,
    plan::{self, PlanKind, Stack, application_key},
};

/// How many containers a service can be given. 10,000: more than any environment of Rancher 1.6 carries, so a slip.
const MAX_SCALE: u32 = 10_000;

impl Applications {
    /// Plans a new count of containers for a service. Nothing is changed. Dropped: likewise.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownApplication`], [`ErrorKind::UnknownService`], [`ErrorKind::NotScalable`],
    /// [`ErrorKind::Busy`]; what the store says.
    pub async fn plan_scale(
        &self,
        tenant: &str,
        application: &str,
        service: &str,
        count: u32,
    ) -> Result<Planned> {
        self.who.may_carry_out(&self.inner, PlanKind::Scale, tenant).await?;
        let Kept { version, value: mut record } = self.known(tenant, application).await?;
        is_free(&record)?;
        if record.state != ApplicationState::Deployed {
            let message =
                format!("the application `{application}` of `{tenant}` is {}", record.state.as_str());
            return Err(Error::new(ErrorKind::Busy, message));
        }
        let release = self.inner.release(&record).await?;
        let unknown = || {
            let shown: String = service.chars().filter(|c| !c.is_control()).take(63).collect();
            Error::new(
                ErrorKind::UnknownService,
                format!("the application `{application}` has no service `{shown}`"),
            )
        };
        let (part, found) = release.service(service).ok_or_else(unknown)?;
        let environment =
            record.environments.iter().find(|environment| environment.network == part.network.name);
        let environment = environment.ok_or_else(unknown)?;
        if count > MAX_SCALE {
            let message = format!("{count} containers of `{service}` are more than {MAX_SCALE}");
            return Err(Error::new(ErrorKind::NotScalable, message));
        }
        let is_scalable = match &found.kind {
            ServiceKind::Container(container) => !container.everywhere && !container.run_once,
            ServiceKind::LoadBalancer(_) => true,
            _ => false,
        };
        if !is_scalable {
            let message = format!("the service `{service}` of `{application}` has no count of containers");
            return Err(Error::new(ErrorKind::NotScalable, message));
        }
        let stack = Stack::new(environment.clone(), &record.stack, application_key(tenant, application));
        let id = self.new_id();
        let plan = plan::scale(id.as_str(), tenant, application, stack, found, count);
        record.holder = Some(id.clone());
        Ok(Planned {
            plan,
            id,
            application: record,
            expects: Some(version),
            tenant: None,
            release: None,
            volumes: Vec::new(),
        })
    }

    /// Plans and begins to scale a service. Dropped: it may have begun.
    ///
    /// # Errors
    ///
    /// As [`plan_scale`](Self::plan_scale) and [`begin`](Self::begin).
    pub async fn scale(
        &self,
        tenant: &str,
        application: &str,
        service: &str,
        count: u32,
    ) -> Result<Operation> {
        let planned = self.plan_scale(tenant, application, service, count).await?;
        self.begin(&planned).await
    }
}
