//! The two formats in which Harbor writes events.

use super::{WebhookEvent, WebhookEventKind, WebhookResource, replication};
use crate::{
    harbor::{ProjectId, TagName, WebhookPolicyId},
    limits::{SHOWN_EXCERPT, SHOWN_MESSAGE},
    moment,
    notification::NotificationError,
    redact::Redactor,
};
use serde_json::{Map, Value};
use std::time::{Duration, SystemTime};

/// Reads either format.
pub(super) fn read(body: &[u8]) -> Result<WebhookEvent, NotificationError> {
    let wrong = |what| NotificationError::Malformed { what };
    let body: Map<String, Value> =
        serde_json::from_slice(body).map_err(|_| wrong("it is not a JSON object"))?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let kind = text("type").filter(|kind| !kind.is_empty()).ok_or_else(|| wrong("it has no type"))?;
    let kind = WebhookEventKind::from(shown(kind, SHOWN_EXCERPT).as_str());
    let is_cloud_event = body.contains_key("specversion");
    if is_cloud_event && !text("specversion").is_some_and(|version| version.starts_with("1.")) {
        return Err(wrong("it is of another version of CloudEvents"));
    }
    let data = body.get(if is_cloud_event { "data" } else { "event_data" });
    let data = match data {
        Some(Value::Object(data)) => data,
        None | Some(Value::Null) => &Map::new(),
        Some(_) => return Err(wrong("its data are no object")),
    };
    let at = if is_cloud_event {
        text("time").and_then(moment::parse)
    } else {
        body.get("occur_at").and_then(Value::as_u64).and_then(unix)
    };
    let (project_id, policy_id) = text("source").filter(|_| is_cloud_event).map(source).unwrap_or_default();
    Ok(WebhookEvent {
        kind,
        id: text("id").filter(|_| is_cloud_event).and_then(line),
        at,
        operator: text("operator").and_then(line),
        project_id,
        policy_id,
        repository: repository(data),
        resources: resources(data),
        replication: data.get("replication").and_then(replication::read),
        details: details(data),
    })
}

/// The project and the policy: `/projects/1/webhook/policies/3`.
fn source(path: &str) -> (Option<ProjectId>, Option<WebhookPolicyId>) {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["", "projects", project, "webhook", "policies", policy] => {
            (project.parse().ok(), policy.parse().ok())
        }
        _ => (None, None),
    }
}

fn repository(data: &Map<String, Value>) -> Option<crate::harbor::RepositoryKey> {
    data.get("repository")?.get("repo_full_name")?.as_str()?.parse().ok()
}

fn resources(data: &Map<String, Value>) -> Vec<WebhookResource> {
    let all = data.get("resources").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(Value::as_object)
        .map(|row| {
            let text = |name: &str| row.get(name).and_then(Value::as_str);
            WebhookResource {
                digest: text("digest").and_then(|digest| digest.parse().ok()),
                // What has no tag has its digest here, which is no tag.
                tag: text("tag").and_then(|tag| tag.parse::<TagName>().ok()),
                url: text("resource_url").and_then(line),
            }
        })
        .collect()
}

/// What is said besides, which quotas do.
fn details(data: &Map<String, Value>) -> Option<String> {
    let text = data.get("custom_attributes")?.get("Details")?.as_str()?;
    Some(shown(text, SHOWN_MESSAGE)).filter(|text| !text.is_empty())
}

pub(super) fn unix(seconds: u64) -> Option<SystemTime> {
    // 0 is what is not known.
    let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
    time.filter(|_| seconds != 0)
}

/// A text that is there, in one line.
pub(super) fn line(text: &str) -> Option<String> {
    Some(shown(text, SHOWN_MESSAGE)).filter(|text| !text.is_empty())
}

fn shown(text: &str, most: usize) -> String {
    Redactor::default().clean(text, most)
}
