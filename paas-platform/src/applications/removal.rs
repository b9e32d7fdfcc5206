//! Removing applications.

use super::{Applications, Planned, is_free};
use crate::{
    error::Result,
    operations::Operation,
    records::{ApplicationState, Kept},
};
use paas_core::{
    plan::{self, PlanKind, RemovedStack, Stack, application_key},
    release::{Release, Stage},
};

impl Applications {
    /// Plans to remove an application: its stacks go, those that started last first. The volumes of the environments and
    /// what is in them stay. Nothing is changed. Dropped: likewise.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`](crate::ErrorKind::Denied), [`ErrorKind::UnknownApplication`](crate::ErrorKind::UnknownApplication), [`ErrorKind::Busy`](crate::ErrorKind::Busy); what the store says.
    pub async fn plan_removal(&self, tenant: &str, application: &str) -> Result<Planned> {
        self.who.may_carry_out(&self.inner, PlanKind::Remove, tenant).await?;
        let Kept { version, value: mut record } = self.known(tenant, application).await?;
        is_free(&record)?;
        let release = self.inner.release(&record).await?;
        let key = application_key(tenant, application);
        let stacks = record
            .environments
            .iter()
            .map(|environment| RemovedStack {
                stack: Stack::new(environment.clone(), &record.stack, &key),
                stage: first_stage(&release, &environment.network),
            })
            .collect();
        let id = self.new_id();
        let plan = plan::remove(id.as_str(), tenant, application, stacks);
        record.state = ApplicationState::Removing;
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

    /// Plans and begins to remove an application. Dropped: it may have begun.
    ///
    /// # Errors
    ///
    /// As [`plan_removal`](Self::plan_removal) and [`begin`](Self::begin).
    pub async fn remove(&self, tenant: &str, application: &str) -> Result<Operation> {
        let planned = self.plan_removal(tenant, application).await?;
        self.begin(&planned).await
    }
}

/// The stage in which the first service of a network starts.
fn first_stage(release: &Release, network: &str) -> u32 {
    let is_there = |stage: &&Stage| stage.activations.iter().any(|activation| activation.network == network);
    release.stages.iter().find(is_there).map_or(0, |stage| stage.number)
}
