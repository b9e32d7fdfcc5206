use super::{
    Registry,
    executions::{Execution, FAILED, SUCCEED, Task},
    image::Artifact,
    moment::Moment,
    webhooks::Told,
};
use serde_json::{Value, json};
use std::fmt;

/// What the sandbox's Harbor would have posted, had it a network to do so. `Debug` does not show the header.
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub struct HarborWebhook {
    /// Where to.
    pub address: String,
    /// The header `Authorization`, if the policy has one.
    pub authorization: Option<String>,
    /// The header `Content-Type`.
    pub content_type: String,
    /// What it tells of, as policies name it: `PUSH_ARTIFACT`.
    pub event: String,
    /// The body, JSON.
    pub body: String,
}

impl fmt::Debug for HarborWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HarborWebhook")
            .field("address", &self.address)
            .field("event", &self.event)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The longest list of what nobody takes; the oldest go.
const MOST: usize = 10_000;

impl Registry {
    /// Tells of an artifact that was pushed, and begins what is copied on events. With no tag that it was pushed by, its
    /// first one is told.
    pub(super) fn tell_of_push(&mut self, artifact: u64, tag: Option<&str>, operator: &str, now: &Moment) {
        let Some(row) = self.artifacts.get(artifact).cloned() else { return };
        self.tell_of_artifact("PUSH_ARTIFACT", row.repository, &row, tag, operator, now);
        let name = self.full_name(row.repository);
        let tag = tag.or_else(|| row.tags.keys().next().map(String::as_str)).unwrap_or_default();
        let wanting = self.policies.iter().filter(|(_, policy)| policy.is_on_event());
        let wanting: Vec<u64> =
            wanting.filter(|(_, policy)| policy.takes_repository(&name)).map(|(id, _)| *id).collect();
        for policy in wanting {
            // What comes by a policy does not go by it again.
            let is_round = self
                .policies
                .get(policy)
                .and_then(|policy| policy.destination_of(&name))
                .is_some_and(|destination| destination == name);
            if !is_round {
                self.start_replication(policy, "event_based", Some((artifact, tag)), now);
            }
        }
    }

    /// Tells of an artifact. Of several tags one is told; where there is none, the digest stands in its place.
    pub(super) fn tell_of_artifact(
        &mut self,
        event: &str,
        repository: u64,
        artifact: &Artifact,
        tag: Option<&str>,
        operator: &str,
        now: &Moment,
    ) {
        let Some(project) = self.repositories.get(repository).map(|repository| repository.project) else {
            return;
        };
        let full = self.full_name(repository);
        let digest = artifact.digest.as_str();
        let tag = tag.or_else(|| artifact.tags.keys().next().map(String::as_str));
        let sign = if tag.is_some() { ':' } else { '@' };
        let reference = tag.unwrap_or(digest);
        let data = json!({
            "resources": [{
                "digest": digest,
                "tag": reference,
                "resource_url": format!("harbor.sandbox.test/{full}{sign}{reference}"),
            }],
            "repository": self.told_repository(project, &full, now),
        });
        self.tell(project, event, operator, &data, now);
    }

    /// Tells of a task of a replication that has ended, in the project of this Harbor's end.
    pub(super) fn tell_of_replication(&mut self, id: u64, execution: &Execution, task: &Task, now: &Moment) {
        let Some(policy) = self.policies.get(execution.policy).cloned() else { return };
        let destination = task.destination.clone().unwrap_or_default();
        let split =
            |name: &str| name.split_once('/').map(|(project, rest)| (project.to_owned(), rest.to_owned()));
        let (Some((from, source)), Some((to, target))) = (split(&task.source), split(&destination)) else {
            return;
        };
        let (project, name) = if policy.is_push { (&from, &source) } else { (&to, &target) };
        let Some(project) = self.project_named(project) else { return };
        let remote = self.targets.get(policy.remote);
        let remote_name = remote.map(|target| target.name.clone()).unwrap_or_default();
        let remote_url = remote.map(|target| target.url.clone()).unwrap_or_default();
        // In Harbor the other end has the namespace of the source, this end that of the destination, whichever way.
        let remote = json!({"registry_name": remote_name, "registry_type": "harbor", "endpoint": remote_url, "namespace": from});
        let local = json!({"registry_type": "harbor", "endpoint": remote_url, "namespace": to});
        let (src, dest) = if policy.is_push { (local, remote) } else { (remote, local) };
        let (word, list) = match task.status {
            SUCCEED => ("Success", "successful_artifact"),
            FAILED => ("Error", "failed_artifact"),
            other => (other, "failed_artifact"),
        };
        let artifact = json!({
            "type": "artifact",
            "status": word,
            "name_tag": task.resource(name),
            "references": task.references(),
        });
        let mut data = json!({
            "harbor_hostname": "harbor.sandbox.test",
            "job_status": word,
            "description": policy.description,
            "artifact_type": "artifact",
            "authentication_type": "basic",
            "override_mode": policy.overrides,
            "trigger_type": execution.trigger(),
            "execution_timestamp": execution.started.unix,
            "src_resource": src,
            "dest_resource": dest,
            "execution_id": id,
            "task_id": task.id,
        });
        if let Some(data) = data.as_object_mut() {
            data.insert(list.to_owned(), json!([artifact]));
        }
        self.tell(project, "REPLICATION", "admin", &json!({"replication": data}), now);
    }

    fn told_repository(&self, project: u64, full: &str, now: &Moment) -> Value {
        let found = self.projects.get(&project);
        let (namespace, name) = full.split_once('/').unwrap_or_default();
        json!({
            "date_created": now.unix,
            "name": name,
            "namespace": namespace,
            "repo_full_name": full,
            "repo_type": if found.is_some_and(super::project::Project::is_public) { "public" } else { "private" },
        })
    }

    /// Puts what policies tell of an event into the outbox.
    fn tell(&mut self, project: u64, event: &str, operator: &str, data: &Value, now: &Moment) {
        let wanting = self.hooks.iter().filter(|(_, hook)| {
            hook.enabled && hook.project == project && hook.events.iter().any(|wanted| wanted == event)
        });
        let wanting: Vec<_> = wanting.map(|(id, hook)| (*id, hook.receivers.clone())).collect();
        for (hook, receivers) in wanting {
            for receiver in receivers.into_iter().filter(|receiver| receiver.kind == "http") {
                let is_cloud_event = receiver.format == "CloudEvents";
                let body = if is_cloud_event {
                    json!({
                        "specversion": "1.0",
                        "id": self.request_id(),
                        "requestid": self.request_id(),
                        "source": format!("/projects/{project}/webhook/policies/{hook}"),
                        "type": cloud_type(event),
                        "datacontenttype": "application/json",
                        "time": now.date,
                        "operator": operator,
                        "data": data,
                    })
                } else {
                    json!({"type": event, "occur_at": now.unix, "operator": operator, "event_data": data})
                };
                let kind = if is_cloud_event { "application/cloudevents+json" } else { "application/json" };
                self.outbox.push(HarborWebhook {
                    address: receiver.address,
                    authorization: Some(receiver.header).filter(|header| !header.is_empty()),
                    content_type: kind.to_owned(),
                    event: event.to_owned(),
                    body: body.to_string(),
                });
                self.told.add(Told { hook, event: event.to_owned(), at: now.date.clone() });
            }
        }
        let extra = self.outbox.len().saturating_sub(MOST);
        self.outbox.drain(..extra);
    }
}

/// The name that CloudEvents have for an event.
fn cloud_type(event: &str) -> &'static str {
    match event {
        "PUSH_ARTIFACT" => "harbor.artifact.pushed",
        "PULL_ARTIFACT" => "harbor.artifact.pulled",
        "DELETE_ARTIFACT" => "harbor.artifact.deleted",
        _ => "harbor.replication.status.changed",
    }
}
