//! Calls about copying as it goes on. Only system administrators may make them.

use super::{ExecutionQuery, ReplicationExecution, ReplicationTask, TaskLog};
use crate::{
    Items, Result,
    call::{Call, Path},
    harbor::{
        ExecutionId, HarborClient, ReplicationPolicyId, TaskId,
        client::{json, path},
        create::Located,
    },
    transport::Method,
};
use serde::Serialize;

impl HarborClient {
    /// Carries a policy out now. Dropped: it may be carried out.
    ///
    /// When the answer is lost it is not asked for again: [`list_replication_executions`](Self::list_replication_executions)
    /// tells whether it has begun.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is no such policy,
    /// [`ErrorKind::Precondition`](crate::ErrorKind::Precondition) if it is disabled. See
    /// [`Error::outcome_unknown`](crate::Error::outcome_unknown).
    pub async fn start_replication(&self, policy: ReplicationPolicyId) -> Result<ExecutionId> {
        #[derive(Serialize)]
        struct Body {
            policy_id: ReplicationPolicyId,
        }
        let body = json(&Body { policy_id: policy })?;
        let call = Call::change("start_replication", Method::Post, executions(), body);
        self.read(call).await.map(|Located(id)| id.into())
    }

    /// Lists executions, those that began last first. Dropped: nothing has changed.
    #[must_use]
    pub fn list_replication_executions(&self, query: &ExecutionQuery) -> Items<ReplicationExecution> {
        self.list("list_replication_executions", executions(), query.pairs(), None)
    }

    /// Reads an execution. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is none.
    pub async fn read_replication_execution(&self, execution: ExecutionId) -> Result<ReplicationExecution> {
        self.read(Call::read("read_replication_execution", execution_path(execution), Vec::new())).await
    }

    /// Stops an execution; what it has copied stays. Dropped: it may have been stopped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is none.
    pub async fn stop_replication(&self, execution: ExecutionId) -> Result<()> {
        self.put(Call::change("stop_replication", Method::Put, execution_path(execution), None)).await
    }

    /// Lists the tasks of an execution: one for each repository. Dropped: nothing has changed.
    #[must_use]
    pub fn list_replication_tasks(&self, execution: ExecutionId) -> Items<ReplicationTask> {
        self.list("list_replication_tasks", tasks(execution), Vec::new(), None)
    }

    /// What a task has written down. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is no such task, or if its log was thrown away.
    pub async fn read_replication_log(&self, execution: ExecutionId, task: TaskId) -> Result<TaskLog> {
        let path = tasks(execution).id("{task}", &task.to_string()).at("log");
        let mut call = Call::read("read_replication_log", path, Vec::new());
        call.headers.push(("accept", "text/plain".to_owned()));
        self.read(call).await
    }
}

fn executions() -> Path {
    path("replication").at("executions")
}

fn execution_path(execution: ExecutionId) -> Path {
    executions().id("{execution}", &execution.to_string())
}

fn tasks(execution: ExecutionId) -> Path {
    execution_path(execution).at("tasks")
}
