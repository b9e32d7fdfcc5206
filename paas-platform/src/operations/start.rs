//! Beginning an operation, or going on with one.

use super::{Journal, Note, OperationId, OperationState, Standing, journal};
use crate::{
    audit::AuditRecord,
    engine::{self, Run},
    error::{Error, ErrorKind, Result, StepFailure},
    platform::Inner,
    records::{ApplicationState, Kept, OperationRecord},
    seam::Timestamp,
    secrets::Values,
    store::{Batch, Fence, Lease, LeaseRequest, StoreError, encode, kinds},
};
use paas_core::{
    actor::Actor,
    plan::{Action, Plan, PlanKind},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    sync::{oneshot, watch},
    task::{JoinHandle, JoinSet},
};

/// An operation that this process carries out.
#[derive(Debug)]
pub(crate) struct Running {
    /// The number of the last entry of its journal.
    written: watch::Receiver<u64>,
    /// Changes, or is closed, when it is no longer carried out; with the reason if that is not its own end.
    end: watch::Receiver<Option<Halted>>,
    /// Dropped: it is told to stop.
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Running {
    /// Whether it is no longer carried out; what halted it is kept, to be told to those who come later.
    fn is_over(&self) -> bool {
        self.is_halted() || self.task.is_finished() || self.end.has_changed().is_err()
    }

    fn is_halted(&self) -> bool {
        self.end.borrow().is_some()
    }
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
                Error::new(ErrorKind::Store, message).of(id).with_store(self.0)
            }
        }
    }
}

/// All operations that this process carries out.
pub(crate) type AllRunning = Mutex<BTreeMap<OperationId, Running>>;

impl Inner {
    fn all_running<T>(&self, act: impl FnOnce(&mut BTreeMap<OperationId, Running>) -> T) -> T {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|_, running| running.is_halted() || !running.is_over());
        act(&mut running)
    }

    pub(crate) fn is_running(&self, id: &OperationId) -> bool {
        self.all_running(|running| running.get(id).is_some_and(|running| !running.is_over()))
    }

    pub(crate) fn follow(&self, id: &OperationId) -> Option<watch::Receiver<u64>> {
        let live = |running: &&Running| !running.is_over();
        self.all_running(|running| running.get(id).filter(live).map(|running| running.written.clone()))
    }

    pub(crate) fn end_of(&self, id: &OperationId) -> Option<watch::Receiver<Option<Halted>>> {
        self.all_running(|running| running.get(id).map(|running| running.end.clone()))
    }

    /// Stops carrying an operation out, wherever it is, and waits until nothing of it goes on; its journal tells what may
    /// have happened.
    pub(crate) async fn halt(&self, id: &OperationId) {
        let end = self.all_running(|running| {
            let running = running.get_mut(id)?;
            running.stop.take();
            Some(running.end.clone())
        });
        if let Some(mut end) = end {
            while end.changed().await.is_ok() {}
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

/// Carries an operation out, in the background; `resumed_by` says who asked for it to go on. If it is carried out here
/// already, nothing changes.
pub(crate) async fn start(inner: &Arc<Inner>, id: &OperationId, resumed_by: Option<&Actor>) -> Result<()> {
    let client = inner.rancher()?.clone();
    // One at a time, so that nobody takes the lease from who has just taken it here.
    let _turn = inner.starting.lock().await;
    if inner.is_running(id) {
        return Ok(());
    }
    let lease = inner.lease(id).await?;
    let Kept { version, value: mut record } = inner.operation(id).await?;
    if record.state.is_final() {
        // It runs out by itself if this fails.
        let _ = inner.store.release(&lease.fence()).await;
        return match resumed_by {
            Some(_) => Err(has_ended(id, record.state)),
            None => Ok(()),
        };
    }
    let plan = inner.plan(id).await?;
    let entries = journal::read_all(&*inner.store, id).await?;
    let standing = Standing::of(&entries);
    let secrets = secrets(inner, &plan).await?;
    let (written, follow) = watch::channel(standing.last);
    let journal = Journal::new(Arc::clone(&inner.store), id.clone(), lease.fence(), standing.last, written);
    // What has only begun is not resumed by being started.
    if let Some(by) = resumed_by.filter(|_| standing.last > 1) {
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
    let (stop, stopped) = oneshot::channel();
    let (task_inner, task_id) = (Arc::clone(inner), id.clone());
    // It cannot end before it is among those that run.
    let mut running = inner.running.lock().unwrap_or_else(PoisonError::into_inner);
    let task = tokio::spawn(async move {
        if let Err(error) = carry_out(&task_inner, &run, &standing, &lease, stopped).await {
            tracing::error!(operation = %task_id, code = error.code(), "the operation is no longer carried out: {error}");
            end.send_replace(Some(Halted(Arc::new(error))));
        }
    });
    running.insert(id.clone(), Running { written: follow, end: ended, stop: Some(stop), task });
    Ok(())
}

/// That an operation can no longer be changed.
pub(super) fn has_ended(id: &OperationId, state: OperationState) -> Error {
    let message = format!("the operation `{id}` is {}", state.as_str());
    Error::new(ErrorKind::OperationState, message).of(id)
}

/// Carries a plan out to its end, keeping the lease; then writes how it ended.
async fn carry_out(
    inner: &Arc<Inner>,
    run: &Arc<Run>,
    standing: &Standing,
    lease: &Lease,
    stopped: oneshot::Receiver<()>,
) -> Result<(), StoreError> {
    let fence = lease.fence();
    let mut under_way = JoinSet::new();
    let ended = tokio::select! {
        failures = engine::carry_out(run, standing, &mut under_way) => Some(failures),
        error = keep(inner, &fence) => Some(Err(error)),
        _ = stopped => None,
    };
    // A step may be in the midst of a call: nobody may take over before it has let go of it.
    under_way.shutdown().await;
    let Some(failures) = ended else { return Ok(()) };
    finish(inner, run, failures?).await?;
    // It runs out by itself if this fails.
    let _ = inner.store.release(&fence).await;
    Ok(())
}

/// Renews the lease until that fails. A store that is silent has until two thirds of the lease are over: then nothing may
/// be done any more, since another process may soon have it.
async fn keep(inner: &Inner, fence: &Fence) -> StoreError {
    let third = inner.policy.lease / 3;
    loop {
        inner.clock.sleep(third).await;
        tokio::select! {
            error = renew(inner, fence) => if let Some(error) = error { return error },
            () = inner.clock.sleep(third) => {
                let what = format!("renewing the lease `{}`", fence.lease);
                return StoreError::Io { what, source: "the store does not answer".into() };
            }
        }
    }
}

/// Renews the lease, trying again what may pass.
async fn renew(inner: &Inner, fence: &Fence) -> Option<StoreError> {
    loop {
        match inner.store.renew(fence, inner.policy.lease).await {
            Ok(_) => return None,
            Err(error) if error.is_retryable() => inner.clock.sleep(inner.policy.lease / 30).await,
            Err(error) => return Some(error),
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

/// The values of the secrets of the plan's application, as far as they can be had. A plan that sends none of them has
/// them, too: the server may tell of them.
async fn secrets(inner: &Inner, plan: &Plan) -> Result<Values> {
    let mut inputs: Vec<String> = Vec::new();
    for step in &plan.steps {
        if let Action::CreateStack(wanted) = &step.action {
            inputs.extend(wanted.secrets.iter().map(|secret| secret.input.clone()));
        }
    }
    if inputs.is_empty() {
        inputs = inner.secret_inputs(&plan.tenant, &plan.application).await?;
    }
    let of = (plan.tenant.as_str(), plan.application.as_str());
    Ok(Values::of(&*inner.secrets, of, inputs.iter().map(String::as_str)).await)
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
