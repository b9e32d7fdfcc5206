//! A policy of replication carried out, and waited for.

use super::{endpoint::trouble, judge};
use crate::images::{CopyProgress, ImageTrouble, Progress};
use paas_client::{
    HarborClient,
    harbor::{ExecutionId, ExecutionQuery, ReplicationExecution, ReplicationPolicyId, ReplicationState},
};
use paas_core::images::promotion::FailureKind;
use std::time::Duration;
use tokio::time::Instant;

/// How long what was stopped may take to be over.
const STOPPING: Duration = Duration::from_secs(30);

/// What is carried out, by which Harbor.
#[derive(Debug, Clone)]
pub(super) struct Running {
    pub(super) harbor: HarborClient,
    pub(super) policy: ReplicationPolicyId,
    /// How often it is looked how far it is.
    pub(super) every: Duration,
    /// How long it is waited for.
    pub(super) patience: Duration,
}

impl Running {
    /// Ends what an earlier copy has left behind: a process that ended without a word may have begun it.
    pub(super) async fn stop(&self) -> Result<(), ImageTrouble> {
        let until = Instant::now() + STOPPING;
        loop {
            let active = self.active().await?;
            if active.is_empty() {
                return Ok(());
            }
            if Instant::now() >= until {
                let message = "Harbor does not end an earlier replication of the image";
                return Err(ImageTrouble::new(FailureKind::Unavailable, message));
            }
            self.stop_these(&active).await?;
            tokio::time::sleep(self.every).await;
        }
    }

    async fn stop_these(&self, active: &[ReplicationExecution]) -> Result<(), ImageTrouble> {
        for execution in active {
            self.harbor.stop_replication(execution.id).await.map_err(|error| trouble(&error))?;
        }
        Ok(())
    }

    /// Carries the policy out, and waits until that is over.
    pub(super) async fn run(&self, size: u64, told: &Progress) -> Result<ReplicationExecution, ImageTrouble> {
        let id = self.start().await?;
        let until = Instant::now() + self.patience;
        loop {
            match self.harbor.read_replication_execution(id).await {
                Ok(execution) => {
                    let is_over = execution.state.is_over();
                    told.tell(progress(&execution, size));
                    if is_over {
                        return Ok(execution);
                    }
                }
                // It goes on in Harbor all the same.
                Err(error) if error.is_retryable() => tracing::debug!("the replication {id}: {error}"),
                Err(error) => return Err(trouble(&error)),
            }
            if Instant::now() >= until {
                let waited = self.patience.as_secs();
                let message = format!("Harbor has not ended the replication {id} within {waited} seconds");
                return Err(ImageTrouble::new(FailureKind::Unavailable, message));
            }
            tokio::time::sleep(self.every).await;
        }
    }

    /// Begins it. When the answer is lost, what has begun since is it: nobody else carries this policy out.
    async fn start(&self) -> Result<ExecutionId, ImageTrouble> {
        let before = self.newest().await?;
        match self.harbor.start_replication(self.policy).await {
            Ok(id) => Ok(id),
            Err(error) if error.outcome_unknown() => match self.newest().await? {
                Some(id) if Some(id) > before => Ok(id),
                _ => Err(trouble(&error)),
            },
            Err(error) => Err(trouble(&error)),
        }
    }

    /// Why an execution failed, in Harbor's words.
    pub(super) async fn reason(&self, execution: &ReplicationExecution) -> ImageTrouble {
        let line = match self.line(execution).await {
            Ok(Some(line)) => line,
            Ok(None) => execution.message.clone().unwrap_or_default(),
            Err(error) => return trouble(&error),
        };
        let line = if line.trim().is_empty() { "Harbor does not say why".to_owned() } else { line };
        let message = format!("the replication failed: {}", self.harbor.quotable(&line));
        ImageTrouble::new(judge::kind(&line), message)
    }

    async fn line(&self, execution: &ReplicationExecution) -> paas_client::Result<Option<String>> {
        let mut tasks = self.harbor.list_replication_tasks(execution.id);
        while let Some(task) = tasks.next().await {
            let task = task?;
            if task.state == ReplicationState::Failed {
                let log = self.harbor.read_replication_log(execution.id, task.id).await?;
                return Ok(judge::reason(&log.text).map(str::to_owned));
            }
        }
        Ok(None)
    }

    async fn active(&self) -> Result<Vec<ReplicationExecution>, ImageTrouble> {
        let all = self.harbor.list_replication_executions(&ExecutionQuery::default().policy(self.policy));
        let mut all = all.collect_all().await.map_err(|error| trouble(&error))?;
        all.retain(|execution| !execution.state.is_over());
        Ok(all)
    }

    async fn newest(&self) -> Result<Option<ExecutionId>, ImageTrouble> {
        let all = self.harbor.list_replication_executions(&ExecutionQuery::default().policy(self.policy));
        let all = all.collect_all().await.map_err(|error| trouble(&error))?;
        Ok(all.iter().map(|execution| execution.id).max())
    }
}

/// Harbor counts tasks, and tells no bytes: they are all there when it is done.
fn progress(execution: &ReplicationExecution, size: u64) -> CopyProgress {
    let (total, done) = (execution.total.unwrap_or_default(), execution.succeeded.unwrap_or_default());
    let bytes = if execution.state == ReplicationState::Succeeded { size } else { 0 };
    CopyProgress::new((done, total), (bytes, size), 0)
}

/// Ends what is carried out when nobody waits for it any more.
#[derive(Debug)]
pub(super) struct Abandoned(Option<Running>);

impl Abandoned {
    pub(super) const fn new(running: Running) -> Self {
        Self(Some(running))
    }

    /// It is over.
    pub(super) fn over(mut self) {
        self.0 = None;
    }
}

impl Drop for Abandoned {
    fn drop(&mut self) {
        let (Some(running), Ok(runtime)) = (self.0.take(), tokio::runtime::Handle::try_current()) else {
            return;
        };
        runtime.spawn(async move {
            // Once: what begins later is the next copy's.
            let stopped = async { running.stop_these(&running.active().await?).await };
            if let Err(trouble) = stopped.await {
                // The next copy of the image stops it before it begins.
                tracing::warn!("a replication that nobody waits for is not ended: {trouble}");
            }
        });
    }
}
