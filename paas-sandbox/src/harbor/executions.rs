use super::{
    Answer, HarborError, Registry,
    moment::{Moment, NEVER},
    page::page,
    policies::{self, Policy},
    projects::object,
    rights::Caller,
};
use crate::{
    api::{Reply, Request},
    clock::Clock,
    server::lock,
};
use serde_json::{Value, json};

/// A policy that is or was carried out.
#[derive(Clone, Debug)]
pub(super) struct Execution {
    pub(super) policy: u64,
    pub(super) status: &'static str,
    message: String,
    trigger: &'static str,
    pub(super) tasks: Vec<Task>,
    pub(super) started: Moment,
    /// When it is done, if it is under way.
    pub(super) due: Option<u64>,
    ended: Option<String>,
}

/// The part of an execution that is about one repository.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) id: u64,
    pub(super) status: &'static str,
    /// The whole name of the repository.
    pub(super) source: String,
    pub(super) destination: Option<String>,
    pub(super) items: Vec<Item>,
    pub(super) log: String,
}

/// An artifact, and the tags that are copied with it.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) digest: String,
    pub(super) tags: Vec<String>,
}

pub(super) const IN_PROGRESS: &str = "InProgress";
pub(super) const SUCCEED: &str = "Succeed";
pub(super) const FAILED: &str = "Failed";
const STOPPED: &str = "Stopped";

pub(super) fn list(harbor: &Registry, request: &Request, caller: &Caller) -> Answer {
    caller.require_admin()?;
    let is = |name: &str, value: &str| request.param(name).is_none_or(|wanted| wanted == value);
    let found = harbor.executions.iter().rev().filter(|(_, execution)| {
        is("policy_id", &execution.policy.to_string())
            && is("status", execution.status)
            && is("trigger", execution.trigger)
    });
    let rows: Vec<Value> = found.map(|(id, execution)| execution.shown(*id)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn start(harbor: &mut Registry, request: &Request, caller: &Caller, now: &Moment) -> Answer {
    caller.require_admin()?;
    let policy = object(request)?.get("policy_id").and_then(Value::as_u64).unwrap_or_default();
    let policy = policies::found(harbor, &policy.to_string())?;
    if harbor.policies.get(policy).is_some_and(|policy| !policy.enabled) {
        return Err(HarborError::precondition(&format!("the policy {policy} is disabled")));
    }
    let id = harbor.start_replication(policy, "manual", None, now);
    Ok(Reply::created(format!("/api/v2.0/replication/executions/{id}"), id))
}

pub(super) fn read(harbor: &Registry, caller: &Caller, id: &str) -> Answer {
    let id = found(harbor, caller, id)?;
    let row = harbor.executions.get(id).map(|execution| execution.shown(id));
    Ok(Reply::json(200, &row.unwrap_or_default()))
}

pub(super) fn stop(harbor: &mut Registry, caller: &Caller, id: &str, now: &Moment) -> Answer {
    let id = found(harbor, caller, id)?;
    if let Some(execution) = harbor.executions.get_mut(id).filter(|execution| execution.due.is_some()) {
        for task in &mut execution.tasks {
            task.status = STOPPED;
        }
        execution.end(STOPPED, now);
    }
    Ok(Reply::nothing(200))
}

pub(super) fn tasks(harbor: &Registry, request: &Request, caller: &Caller, id: &str) -> Answer {
    let id = found(harbor, caller, id)?;
    let Some(execution) = harbor.executions.get(id) else { return page(request, Vec::new(), 0) };
    let is_meant = |task: &&Task| request.param("status").is_none_or(|wanted| wanted == task.status);
    let rows: Vec<Value> =
        execution.tasks.iter().filter(is_meant).map(|task| task.shown(id, execution)).collect();
    let total = rows.len();
    page(request, rows, total)
}

pub(super) fn log(harbor: &Registry, caller: &Caller, id: &str, task: &str) -> Answer {
    let id = found(harbor, caller, id)?;
    let missing = || HarborError::not_found(&format!("execution {id} contains no task with ID {task}"));
    let execution = harbor.executions.get(id).ok_or_else(missing)?;
    let task = execution.tasks.iter().find(|row| row.id.to_string() == task).ok_or_else(missing)?;
    Ok(Reply::text(200, &task.log))
}

/// Whether an execution of a policy is under way.
pub(super) fn is_active(harbor: &Registry, policy: u64) -> bool {
    harbor.executions.iter().any(|(_, execution)| execution.policy == policy && execution.due.is_some())
}

fn found(harbor: &Registry, caller: &Caller, id: &str) -> Result<u64, HarborError> {
    caller.require_admin()?;
    let number = id.parse().map_err(|_| {
        HarborError::unprocessable("validation failure list: id in path must be of type int64")
    })?;
    let missing = || HarborError::not_found(&format!("replication execution {id} not found"));
    harbor.executions.get(number).map(|_| number).ok_or_else(missing)
}

impl Registry {
    /// Begins to carry a policy out, of all repositories or of one artifact with one tag.
    pub(super) fn start_replication(
        &mut self,
        policy: u64,
        trigger: &'static str,
        only: Option<(u64, &str)>,
        now: &Moment,
    ) -> u64 {
        let is_skipped =
            is_active(self, policy) && self.policies.get(policy).is_some_and(|policy| policy.single_active);
        let tasks = if is_skipped { Vec::new() } else { self.plan(policy, only) };
        let mut execution = Execution {
            policy,
            status: IN_PROGRESS,
            message: String::new(),
            trigger,
            tasks,
            started: now.clone(),
            due: Some(now.millis.saturating_add(self.latency)),
            ended: None,
        };
        if is_skipped {
            "Execution skipped: active replication still in progress.".clone_into(&mut execution.message);
            execution.end(FAILED, now);
        }
        let id = self.executions.add(execution);
        if self.latency == 0 {
            self.finish_due(now.millis, |_| now.clone());
        }
        id
    }

    /// What is to be copied: a task for each repository.
    fn plan(&mut self, policy: u64, only: Option<(u64, &str)>) -> Vec<Task> {
        let Some(policy) = self.policies.get(policy).cloned() else { return Vec::new() };
        let remote = self.targets.get(policy.remote).and_then(|target| self.peer(&target.url));
        let planned = match remote {
            Some(remote) if !policy.is_push => lock(&remote).harbor.meant(&policy, only),
            _ => self.meant(&policy, only),
        };
        let task = |(source, items): (String, _)| {
            let destination = policy.destination_of(&source);
            Task { id: self.next_task(), status: IN_PROGRESS, source, destination, items, log: String::new() }
        };
        planned.into_iter().map(task).collect()
    }

    /// What of this Harbor a policy copies: artifacts with tags, by the names of their repositories.
    fn meant(&self, policy: &Policy, only: Option<(u64, &str)>) -> Vec<(String, Vec<Item>)> {
        let mut planned: Vec<(String, Vec<Item>)> = Vec::new();
        for (repository, _) in self.repositories.iter() {
            let name = self.full_name(*repository);
            if !policy.takes_repository(&name) {
                continue;
            }
            let own = self.artifacts.iter().filter(|(id, artifact)| {
                artifact.repository == *repository
                    && artifact.subject.is_none()
                    && only.is_none_or(|(wanted, _)| wanted == **id)
            });
            let items: Vec<Item> = own
                .filter_map(|(_, artifact)| {
                    let labels: Vec<&str> = artifact
                        .labels
                        .iter()
                        .filter_map(|label| self.labels.get(*label))
                        .map(|label| label.name.as_str())
                        .collect();
                    let is_meant = |tag: &&String| only.is_none_or(|(_, wanted)| wanted == tag.as_str());
                    let tags = policy.tags(artifact.tags.keys().filter(is_meant))?;
                    let digest = artifact.digest.clone();
                    policy.takes_labels(&labels).then_some(Item { digest, tags })
                })
                .collect();
            if !items.is_empty() {
                planned.push((name, items));
            }
        }
        planned
    }

    /// Lets everything end that is due, in the order of time.
    pub(crate) fn catch_up(&mut self, clock: &Clock, until: u64) {
        self.finish_due(until, |millis| Moment::at(clock, millis));
    }

    fn finish_due(&mut self, until: u64, moment: impl Fn(u64) -> Moment) {
        loop {
            let due = self.executions.iter().filter_map(|(id, execution)| Some((execution.due?, *id)));
            let Some((due, id)) = due.filter(|(due, _)| *due <= until).min() else { return };
            self.finish(id, &moment(due));
        }
    }

    fn finish(&mut self, id: u64, now: &Moment) {
        let Some(mut execution) = self.executions.get(id).cloned() else { return };
        if let Some(policy) = self.policies.get(execution.policy).cloned() {
            for task in &mut execution.tasks {
                self.replicate(&policy, task, now);
            }
        }
        let has_failed = execution.tasks.iter().any(|task| task.status == FAILED);
        if execution.tasks.is_empty() {
            "no resources need to be replicated".clone_into(&mut execution.message);
        }
        execution.end(if has_failed { FAILED } else { SUCCEED }, now);
        if let Some(kept) = self.executions.get_mut(id) {
            *kept = execution.clone();
        }
        for task in &execution.tasks {
            self.tell_of_replication(id, &execution, task, now);
        }
    }
}

impl Execution {
    fn end(&mut self, status: &'static str, now: &Moment) {
        self.status = status;
        self.due = None;
        self.ended = Some(now.date.clone());
    }

    pub(super) fn trigger(&self) -> &'static str {
        self.trigger
    }

    fn shown(&self, id: u64) -> Value {
        let count = |status: &str| self.tasks.iter().filter(|task| task.status == status).count();
        json!({
            "id": id,
            "policy_id": self.policy,
            "status": self.status,
            "status_text": self.message,
            "trigger": self.trigger,
            "total": self.tasks.len(),
            "failed": count(FAILED),
            "succeed": count(SUCCEED),
            "in_progress": count(IN_PROGRESS),
            "stopped": count(STOPPED),
            "start_time": self.started.date,
            "end_time": self.ended.as_deref().unwrap_or(NEVER),
        })
    }
}

impl Task {
    /// How many tags and digests it copies.
    fn count(&self) -> usize {
        self.items.iter().map(|item| item.tags.len().max(1)).sum()
    }

    /// What it copies, as Harbor names it.
    pub(super) fn resource(&self, name: &str) -> String {
        format!("{name} [{} item(s) in total]", self.count())
    }

    /// The tags, or digests where there are none.
    pub(super) fn references(&self) -> Vec<String> {
        let of = |item: &Item| {
            if item.tags.is_empty() { vec![item.digest.clone()] } else { item.tags.clone() }
        };
        self.items.iter().flat_map(of).collect()
    }

    fn shown(&self, execution: u64, of: &Execution) -> Value {
        json!({
            "id": self.id,
            "execution_id": execution,
            "status": self.status,
            "job_id": format!("job-{}", self.id),
            "operation": "copy",
            "resource_type": "artifact",
            "src_resource": self.resource(&self.source),
            "dst_resource": self.resource(self.destination.as_deref().unwrap_or_default()),
            "start_time": of.started.date,
            "end_time": of.ended.as_deref().unwrap_or(NEVER),
        })
    }
}
