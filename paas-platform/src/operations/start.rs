//! Beginning an operation, or going on with one.

use super::{Journal, Note, OperationId, OperationState, Standing, journal};
use crate::{
    audit::AuditRecord,
    engine::{self, Run},
    error::{Error, ErrorKind, Result, StepFailure},
    platform::Inner,
    records::{ApplicationState, Kept, OperationRecord},
    seam::Timestamp,
    secrets::SecretRequest,
    store::{Batch, Fence, Lease, LeaseRequest, StoreError, encode, kinds},
};
use paas_core::{
    actor::Actor,
    plan::{Action, Plan, PlanKind},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{sync::watch, task::JoinHandle};

/// An operation that this process carries out.
#[derive(Debug)]
pub(crate) struct Running {
    /// The number of the last entry of its journal.
    written: watch::Receiver<u64>,
    /// Changes, or is closed, when it is no longer carried out; with the reason if that is not its own end.
    end: watch::Receiver<Option<Halted>>,
    task: Option<JoinHandle<()>>,
}

/// Why an operation is no longer carried out, though it has not ended.
#[derive(Clone, Debug)]
pub(crate) struct Halted(Arc<StoreError>);

impl Halted {
    pub(crate) fn into_error(self, id: &OperationId) -> Error {
        match &*self.0 {
            StoreError::Fenced { .. } | StoreError::LeaseHeld { .. } | StoreError::OutOfTurn { .. } => {
                let message = format!("the operation `{id}` was taken over by another process");
                Error::new(ErrorKind::TakenOver, message).of(id)
            }
            error => {
                let message = format!("the operation `{id}` is no longer carried out: {error}");
                Error::new(ErrorKind::Store, message).of(id)
            }
        }
    }
}

/// All operations that this process carries out.
pub(crate) type AllRunning = Mutex<BTreeMap<OperationId, Running>>;

impl Inner {
    fn all_running<T>(&self, act: impl FnOnce(&mut BTreeMap<OperationId, Running>) -> T) -> T {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, running| running.task.as_ref().is_none_or(|task| !task.is_finished()));
        act(&mut running)
    }

    pub(crate) fn is_running(&self, id: &OperationId) -> bool {
        self.all_running(|running| running.contains_key(id))
    }

    pub(crate) fn follow(&self, id: &OperationId) -> Option<watch::Receiver<u64>> {
        self.all_running(|running| running.get(id).map(|running| running.written.clone()))
    }

    pub(crate) fn end_of(&self, id: &OperationId) -> Option<watch::Receiver<Option<Halted>>> {
        self.all_running(|running| running.get(id).map(|running| running.end.clone()))
    }

    /// Stops carrying an operation out, wherever it is; its journal tells what may have happened.
    pub(crate) async fn halt(&self, id: &OperationId) {
        let task = self.all_running(|running| running.get_mut(id).and_then(|running| running.task.take()));
        if let Some(task) = task {
            task.abort();
            // Its end is what is waited for, whichever.
            let _ = task.await;
        }
        self.all_running(|running| running.remove(id));
    }

    pub(crate) async fn lease(&self, id: &OperationId) -> Result<Lease, StoreError> {
        let name = lease_name(id);
        self.store.acquire(LeaseRequest::new(name, &self.holder, self.policy.lease)).await
    }

    /// Whether nobody carries an operation out that has not ended.
    pub(crate) async fn is_left(&self, id: &OperationId) -> Result<bool> {
        if self.is_running(id) {
            return Ok(false);
        }
        // A lease of our own name is of a process that was here before.
        let lease = self.store.lease(&lease_name(id)).await?;
        Ok(lease.is_none_or(|lease| lease.holder == self.holder))
    }
}

fn lease_name(id: &OperationId) -> String {
    format!("operation/{id}")
}

/// Carries an operation out, in the background; `resumed_by` says who asked for it to go on.
pub(crate) async fn start(inner: &Arc<Inner>, id: &OperationId, resumed_by: Option<&Actor>) -> Result<()> {
    let client = inner.rancher()?.clone();
    let lease = inner.lease(id).await?;
    let Kept { version, value: mut record } = inner.operation(id).await?;
    let plan = inner.plan(id).await?;
    let entries = journal::read_all(&*inner.store, id).await?;
    let standing = Standing::of(&entries);
    let secrets = secrets(inner, &plan, &standing.ended).await;
    let (written, follow) = watch::channel(standing.last);
    let journal = Journal::new(Arc::clone(&inner.store), id.clone(), lease.fence(), standing.last, written);
    if let Some(by) = resumed_by {
        record.state = OperationState::Running;
        record.ended_at = None;
        record.failures.clear();
        let batch = Batch::new().put(kinds::OPERATION, id.as_str(), version, encode(&record)?);
        let batch = audit(batch, by, "resume", &record, inner.clock.now())?;
        journal.write_with(batch, &[Note::Resumed { by: by.clone() }]).await?;
    }
    let run = Arc::new(Run {
        plan,
        client,
        clock: Arc::clone(&inner.clock),
        random: Arc::clone(&inner.random),
        policy: inner.policy.clone(),
        journal,
        secrets,
        stacks: Mutex::default(),
    });
    let (end, ended) = watch::channel(None);
    let (task_inner, task_id) = (Arc::clone(inner), id.clone());
    // It cannot end before it is among those that run.
    let mut running = inner.running.lock().unwrap_or_else(PoisonError::into_inner);
    let task = tokio::spawn(async move {
        if let Err(error) = carry_out(&task_inner, &run, &standing, &lease).await {
            tracing::error!(operation = %task_id, code = error.code(), "the operation is no longer carried out: {error}");
            end.send_replace(Some(Halted(Arc::new(error))));
        }
    });
    running.insert(id.clone(), Running { written: follow, end: ended, task: Some(task) });
    Ok(())
}

/// Carries a plan out to its end, keeping the lease; then writes how it ended.
async fn carry_out(
    inner: &Arc<Inner>,
    run: &Arc<Run>,
    standing: &Standing,
    lease: &Lease,
) -> Result<(), StoreError> {
    let fence = lease.fence();
    let failures = tokio::select! {
        failures = engine::carry_out(run, standing) => failures?,
        error = keep(inner, &fence) => return Err(error),
    };
    finish(inner, run, failures).await?;
    // It runs out by itself if this fails.
    let _ = inner.store.release(&fence).await;
    Ok(())
}

/// Renews the lease until that fails.
async fn keep(inner: &Inner, fence: &Fence) -> StoreError {
    loop {
        inner.clock.sleep(inner.policy.lease / 3).await;
        if let Err(error) = inner.store.renew(fence, inner.policy.lease).await {
            return error;
        }
    }
}

async fn finish(inner: &Inner, run: &Run, failures: Vec<StepFailure>) -> Result<(), StoreError> {
    let id = OperationId::known(&run.plan.id);
    let what = format!("the operation `{id}`");
    let kept = crate::records::read::<OperationRecord>(&*inner.store, kinds::OPERATION, id.as_str()).await?;
    let Kept { version, value: mut record } =
        kept.ok_or_else(|| StoreError::corrupt(&what, "its record is missing"))?;
    let is_done = failures.is_empty();
    record.state = if is_done { OperationState::Done } else { OperationState::Stopped };
    record.ended_at = Some(inner.clock.now());
    record.failures = failures;
    let mut batch = Batch::new().put(kinds::OPERATION, id.as_str(), version, encode(&record)?);
    if is_done {
        let state = match record.kind {
            PlanKind::Remove => ApplicationState::Removed,
            _ => ApplicationState::Deployed,
        };
        batch = inner.let_go(batch, &record, state).await?;
    }
    let by = record.by.clone();
    batch = audit(batch, &by, record.state.as_str(), &record, inner.clock.now())?;
    let note = if is_done { Note::Done } else { Note::Stopped };
    run.journal.write_with(batch, &[note]).await?;
    Ok(())
}

/// The values of the secrets that the plan still needs, as far as they can be had.
async fn secrets(
    inner: &Inner,
    plan: &Plan,
    ended: &BTreeSet<String>,
) -> BTreeMap<String, paas_client::SecretString> {
    let mut secrets = BTreeMap::new();
    for step in plan.steps.iter().filter(|step| !ended.contains(&step.key)) {
        let Action::CreateStack(wanted) = &step.action else { continue };
        for secret in &wanted.secrets {
            let request = SecretRequest::new(&plan.tenant, &plan.application, &secret.input);
            if let Some(value) = inner.secrets.secret(&request).await {
                secrets.insert(secret.input.clone(), value);
            }
        }
    }
    secrets
}

/// Adds to a batch what the audit is to be told.
pub(crate) fn audit(
    batch: Batch,
    by: &Actor,
    what: &str,
    record: &OperationRecord,
    at: Timestamp,
) -> Result<Batch, StoreError> {
    let action = format!("application.{}.{what}", record.kind.as_str());
    AuditRecord::new(at, by, action, &record.tenant).of(record).enqueue(batch)
}
