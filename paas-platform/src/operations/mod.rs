//! Operations: what takes time, and can be followed, resumed and abandoned from any process.
//!
//! Each operation has a plan, a record of how it stands, and a journal. Before a call that changes something its intent
//! is in the journal, after it its outcome. So whoever resumes an operation knows what may have happened, looks for it,
//! and makes nothing twice.

mod entry;
mod event;
mod id;
mod journal;
mod start;
mod state;

pub use entry::{IntentResult, JournalEntry, Note, StepResult};
pub use event::{Event, EventKind, Events};
pub use id::OperationId;
pub(crate) use journal::{Journal, OpenIntent, Standing};
use start::has_ended;
pub(crate) use start::{AllRunning, audit, start};
pub use state::{OperationState, OperationStatus};

use crate::{
    error::{Error, ErrorKind, Result},
    platform::Inner,
    records::{self, ApplicationRecord, ApplicationState, Kept, OperationRecord, PlanRecord},
    store::{Batch, List, StoreError, kinds},
    who::Who,
};
use paas_core::{
    access::{Action, Kind},
    plan::{Plan, PlanKind},
};
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// How often an operation that another process carries out is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// The operations of a platform, for one actor.
#[derive(Debug, Clone)]
pub struct Operations {
    pub(crate) inner: Arc<Inner>,
    pub(crate) who: Who,
}

impl Operations {
    /// Opens an operation by its id. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownOperation`], [`ErrorKind::Denied`]; what the store says.
    pub async fn open(&self, id: &OperationId) -> Result<Operation> {
        let operation = Operation { inner: Arc::clone(&self.inner), who: self.who.clone(), id: id.clone() };
        let Kept { value, .. } = operation.record().await?;
        self.who.may(&self.inner, Action::View, Kind::Application, &value.tenant).await?;
        Ok(operation)
    }

    /// The operations that the actor may see, the latest first: of one tenant, or of all. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn list(&self, tenant: Option<&str>) -> Result<Vec<OperationStatus>> {
        let (mut found, mut seen) = (Vec::new(), BTreeMap::new());
        let mut list = List::of(kinds::OPERATION);
        loop {
            let page = self.inner.store.list(list.clone()).await?;
            for record in &page.items {
                let Kept { value, .. } = records::kept::<OperationRecord>(record)?;
                if tenant.is_none_or(|tenant| value.tenant == tenant)
                    && self.sees(&mut seen, &value.tenant).await?
                {
                    found.push(self.inner.status(value).await?);
                }
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => break,
            }
        }
        found.reverse();
        Ok(found)
    }

    /// Whether the actor may see the applications of a tenant; each is asked for once.
    async fn sees(&self, seen: &mut BTreeMap<String, bool>, tenant: &str) -> Result<bool> {
        if let Some(seen) = seen.get(tenant) {
            return Ok(*seen);
        }
        let sees = self.who.lists_of(&self.inner, Action::View, Kind::Application, tenant).await?;
        seen.insert(tenant.to_owned(), sees);
        Ok(sees)
    }

    /// Resumes all operations that were left by their process. A program calls this when it starts. Dropped: some may
    /// have been resumed.
    ///
    /// # Errors
    ///
    /// Why the first of those that could not be resumed could not; the others are resumed all the same. What the store
    /// says.
    pub async fn resume_interrupted(&self) -> Result<Vec<Operation>> {
        let (mut resumed, mut failed) = (Vec::new(), None);
        for status in self.list(None).await?.into_iter().rev().filter(|status| status.is_interrupted) {
            let operation = self.open(&status.id).await?;
            match operation.resume().await {
                Ok(()) => resumed.push(operation),
                Err(error) if error.is_held_elsewhere() => {}
                Err(error) => {
                    failed.get_or_insert(error.of(&status.id));
                }
            }
        }
        failed.map_or(Ok(resumed), Err)
    }
}

/// An operation. Dropping it loses nothing: it goes on, and can be opened again by its id.
///
/// ```
/// # use paas_sandbox::{Fault, Latencies, Sandbox, Trouble};
/// # use paas_client::{Credentials, RancherClient};
/// # use paas_core::tenant::{Tenant, TenantNetwork};
/// # use paas_platform::{Deploy, ExecutionPolicy, Platform, seam::SystemClock, store::MemoryStore};
/// # use paas_tosca::Source;
/// # use std::time::Duration;
/// use paas_platform::{ErrorKind, EventKind};
///
/// # let sandbox = Sandbox::builder().latencies(Latencies::NONE).start().unwrap();
/// # sandbox.environment("dmz");
/// # sandbox.add_fault(Fault::new(Trouble::StaysActivating { message: "no such image".into() }));
/// # let template = "
/// # tosca_definitions_version: tosca_simple_yaml_1_3
/// # topology_template:
/// #   node_templates:
/// #     dmz: { type: paas.nodes.Network }
/// #     web:
/// #       type: paas.nodes.Service
/// #       properties: { image: 'registry.bank.test/web:1.4' }
/// #       requirements: [ { network: dmz } ]
/// # ";
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// # let client = RancherClient::builder().url(sandbox.url())
/// #     .credentials(Credentials::new(sandbox.access_key(), sandbox.secret_key())).build()?;
/// # let policy = ExecutionPolicy { ready: Duration::from_millis(1500), ..ExecutionPolicy::default() };
/// # let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).rancher(client).policy(policy)
/// #     .connect().await?;
/// # let anna = platform.acting_as("anna".parse().unwrap());
/// # let mut tenant = Tenant::new("meridian");
/// # tenant.networks.push(TenantNetwork::new("dmz", "dmz"));
/// # anna.tenants().put(&tenant).await?;
/// # let planned = anna.applications().plan(&Deploy::new("meridian", Source::new("shop.yaml", template))).await?.planned.unwrap();
/// // An image that cannot be pulled.
/// let operation = anna.applications().begin(&planned).await?;
/// let mut events = operation.events().await?;
/// let mut last = None;
/// while let Some(event) = events.next().await? {
///     last = Some(event.kind);
/// }
/// assert_eq!(last, Some(EventKind::Stopped));
///
/// let error = operation.wait().await.unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Stopped);
/// assert_eq!(
///     error.failures()[0].failure.message,
///     "`web` in `dmz` is not up: it is activating (the server says `no such image`)"
/// );
///
/// // The image is pushed, and the operation goes on; from any process, by its id.
/// # sandbox.clear_faults();
/// let operation = anna.operations().open(operation.id()).await?;
/// operation.resume().await?;
/// assert_eq!(operation.wait().await?.percent(), 100);
/// # Ok::<(), paas_platform::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct Operation {
    pub(crate) inner: Arc<Inner>,
    pub(crate) who: Who,
    pub(crate) id: OperationId,
}

impl Operation {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &OperationId {
        &self.id
    }

    /// How it stands. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn status(&self) -> Result<OperationStatus> {
        let Kept { value, .. } = self.record().await?;
        self.inner.status(value).await
    }

    /// What it is to do. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn plan(&self) -> Result<Plan> {
        self.inner.plan(&self.id).await
    }

    /// All of its journal. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn journal(&self) -> Result<Vec<JournalEntry>> {
        Ok(journal::read_all(&*self.inner.store, &self.id).await?)
    }

    /// Its events, from the first one on. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn events(&self) -> Result<Events> {
        let plan = self.plan().await?;
        Ok(Events::new(Arc::clone(&self.inner), self.id.clone(), plan, self.inner.follow(&self.id)))
    }

    /// Waits for its end. Dropped: it goes on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Stopped`] with what failed, [`ErrorKind::Abandoned`]; [`ErrorKind::OperationState`] if nobody carries
    /// it out; what the store says.
    pub async fn wait(&self) -> Result<OperationStatus> {
        loop {
            let running = self.inner.end_of(&self.id);
            let status = self.status().await?;
            match status.state {
                OperationState::Done => return Ok(status),
                OperationState::Stopped => {
                    let message = format!("the operation `{}` stopped before its end", self.id);
                    let error = Error::new(ErrorKind::Stopped, message).of(&self.id);
                    return Err(error.with_failures(status.failures));
                }
                OperationState::Abandoned => {
                    let message = format!("the operation `{}` was abandoned", self.id);
                    return Err(Error::new(ErrorKind::Abandoned, message).of(&self.id));
                }
                OperationState::Running => {}
            }
            match running {
                Some(mut end) if end.borrow().is_none() => {
                    // An error means that it has ended.
                    let _ = end.changed().await;
                    if let Some(halted) = end.borrow().clone() {
                        return Err(halted.into_error(&self.id));
                    }
                }
                _ if !status.is_interrupted => self.inner.clock.sleep(LOOK).await,
                halted => {
                    let halted = halted.and_then(|end| end.borrow().clone());
                    return Err(halted.map_or_else(|| left(&self.id), |halted| halted.into_error(&self.id)));
                }
            }
        }
    }

    /// Goes on with it, after it stopped or its process ended. If it is under way here, nothing changes. Dropped: it may
    /// have been resumed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::OperationState`] if it has ended; `store.lease_held` if another process carries it out; what the
    /// store says.
    pub async fn resume(&self) -> Result<()> {
        self.may_carry_out().await?;
        while self.inner.is_running(&self.id)
            && let Some(mut end) = self.inner.end_of(&self.id)
        {
            if self.record().await?.value.state == OperationState::Running {
                return Ok(());
            }
            // It has written its end, and is about to let go.
            while end.changed().await.is_ok() {}
        }
        start(&self.inner, &self.id, Some(self.who.actor())).await
    }

    /// Gives it up: nothing more is done, and its application is free again. What it has made stays until the application
    /// is removed. Dropped: it may have been abandoned.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::OperationState`] if it has ended; `store.lease_held` if another process carries it out; what the
    /// store says.
    pub async fn abandon(&self) -> Result<()> {
        self.may_carry_out().await?;
        let Kept { value, .. } = self.record().await?;
        if value.state.is_final() {
            return Err(has_ended(&self.id, value.state));
        }
        let _turn = self.inner.starting.lock().await;
        self.inner.halt(&self.id).await;
        let lease = self.inner.lease(&self.id).await?;
        let Kept { version, value: mut record } = self.record().await?;
        if record.state.is_final() {
            return Err(has_ended(&self.id, record.state));
        }
        record.state = OperationState::Abandoned;
        record.ended_at = Some(self.inner.clock.now());
        let mut batch =
            Batch::new().put(kinds::OPERATION, self.id.as_str(), version, crate::store::encode(&record)?);
        batch = self.inner.let_go(batch, &record, leaves(record.kind)).await?;
        batch = audit(batch, self.who.actor(), "abandon", &record, self.inner.clock.now())?;
        let last =
            journal::read_all(&*self.inner.store, &self.id).await?.last().map_or(0, |last| last.number);
        let note = crate::store::encode(&Note::Abandoned { by: self.who.actor().clone() })?;
        batch = batch.append(self.id.as_str(), last + 1, note);
        self.inner.store.commit(batch.fenced_by(lease.fence())).await?;
        // It runs out by itself if this fails.
        let _ = self.inner.store.release(&lease.fence()).await;
        Ok(())
    }

    async fn may_carry_out(&self) -> Result<()> {
        let Kept { value, .. } = self.record().await?;
        self.who.may_carry_out(&self.inner, value.kind, &value.tenant).await
    }

    async fn record(&self) -> Result<Kept<OperationRecord>> {
        self.inner.operation(&self.id).await
    }
}

/// That nobody carries an operation out.
fn left(id: &OperationId) -> Error {
    let message = format!("nobody carries the operation `{id}` out: resume it");
    Error::new(ErrorKind::OperationState, message).of(id)
}

/// How an application is after an operation of this kind was abandoned.
fn leaves(kind: PlanKind) -> ApplicationState {
    match kind {
        PlanKind::Scale => ApplicationState::Deployed,
        _ => ApplicationState::Incomplete,
    }
}

impl Inner {
    pub(crate) async fn operation(&self, id: &OperationId) -> Result<Kept<OperationRecord>> {
        records::read(&*self.store, kinds::OPERATION, id.as_str()).await?.ok_or_else(|| {
            Error::new(ErrorKind::UnknownOperation, format!("there is no operation `{id}`")).of(id)
        })
    }

    pub(crate) async fn plan(&self, id: &OperationId) -> Result<Plan> {
        let record = records::read::<PlanRecord>(&*self.store, kinds::PLAN, id.as_str()).await?;
        let record = record
            .ok_or_else(|| StoreError::corrupt(format!("the operation `{id}`"), "its plan is missing"))?;
        let plan = record.value.plan;
        if !plan.is_ordered() {
            // A step that is never due would be left out in silence.
            let reason = "a step of its plan comes after one that is not there";
            return Err(StoreError::corrupt(format!("the operation `{id}`"), reason).into());
        }
        Ok(plan)
    }

    async fn status(&self, record: OperationRecord) -> Result<OperationStatus> {
        let is_running = record.state == OperationState::Running;
        let steps_ended = match record.state {
            OperationState::Done => record.steps,
            _ => Standing::of(&journal::read_all(&*self.store, &record.id).await?).ended.len(),
        };
        let is_interrupted = is_running && self.is_left(&record.id).await?;
        Ok(OperationStatus::new(record, steps_ended, is_interrupted))
    }

    /// Adds to a batch that an application is no longer held by an operation.
    pub(crate) async fn let_go(
        &self,
        batch: Batch,
        record: &OperationRecord,
        state: ApplicationState,
    ) -> Result<Batch, StoreError> {
        let key = records::key_in(&record.tenant, &record.application);
        let Some(kept) = records::read::<ApplicationRecord>(&*self.store, kinds::APPLICATION, &key).await?
        else {
            return Ok(batch);
        };
        let Kept { version, value: mut application } = kept;
        if application.holder.as_ref() != Some(&record.id) {
            return Ok(batch);
        }
        application.holder = None;
        application.state = state;
        Ok(batch.put(kinds::APPLICATION, key, version, crate::store::encode(&application)?))
    }
}
