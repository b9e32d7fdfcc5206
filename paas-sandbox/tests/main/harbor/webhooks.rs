use super::{
    Harbor, column,
    images::{digest, retail},
    made, refusal,
};
use paas_sandbox::{HarborPush, Sandbox};
use serde_json::{Value, json};
use std::time::Duration;

const SECRET: &str = "Bearer HEADERCANARY4711";

fn policy(events: &[&str], format: &str) -> Value {
    json!({"name": format!("paas {format}"), "enabled": true, "event_types": events,
        "targets": [{"type": "http", "address": "https://paas.bank.test/hooks", "auth_header": SECRET, "payload_format": format}]})
}

const HOOKS: &str = "/projects/retail/webhook/policies";

fn bodies(sandbox: &Sandbox) -> Vec<Value> {
    sandbox.harbor_webhooks().iter().map(|hook| serde_json::from_str(&hook.body).unwrap()).collect()
}

#[test]
fn policies_are_such_as_harbor_takes() {
    let (_sandbox, anna) = retail();
    let new = policy(&["PUSH_ARTIFACT"], "");
    let id = made(&anna.post(HOOKS, &new));
    assert_eq!(refusal(&anna.post(HOOKS, &new)), (409, "CONFLICT"));
    let shown = anna.get(&format!("{HOOKS}/{id}")).ok();
    let target = &shown.body["targets"][0];
    assert_eq!(
        (&target["payload_format"], &target["auth_header"]),
        (&json!("Default"), &json!(SECRET)),
        "Harbor tells the header"
    );
    assert_eq!((&shown.body["creator"], &shown.body["project_id"]), (&json!("anna"), &json!(2)));
    let changed = |change: &Value| {
        let mut body = policy(&["PUSH_ARTIFACT"], "Default");
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        body
    };
    for bad in [
        json!({"event_types": []}),
        json!({"event_types": ["CREATE_TAG"]}),
        json!({"targets": []}),
        json!({"targets": [{"type": "mail", "address": "https://x"}]}),
        json!({"targets": [{"type": "http", "address": "x"}]}),
        json!({"targets": [{"type": "http", "address": "https://x", "payload_format": "XML"}]}),
        json!({"targets": [{"type": "slack", "address": "https://x", "payload_format": "Default"}]}),
    ] {
        assert_eq!(refusal(&anna.post(HOOKS, &changed(&bad))), (400, "BAD_REQUEST"), "{bad}");
    }
    anna.put(&format!("{HOOKS}/{id}"), &changed(&json!({"name": "other", "enabled": false}))).ok();
    assert_eq!(column(&anna.get(HOOKS).ok(), "name"), ["other"]);
    assert_eq!(refusal(&anna.get("/projects/1/webhook/policies/1")), (403, "FORBIDDEN"));
    assert_eq!(refusal(&anna.get(&format!("{HOOKS}/99"))), (404, "NOT_FOUND"));
    anna.delete(&format!("{HOOKS}/{id}")).ok();
    assert_eq!(refusal(&anna.delete(&format!("{HOOKS}/{id}"))), (404, "NOT_FOUND"));
}

#[test]
fn what_happens_is_told_in_both_formats_and_once() {
    let (sandbox, anna) = retail();
    assert!(sandbox.harbor_webhooks().is_empty(), "nobody wanted to know");
    let all = ["PUSH_ARTIFACT", "PULL_ARTIFACT", "DELETE_ARTIFACT"];
    let id = made(&anna.post(HOOKS, &policy(&all, "Default")));
    made(&anna.post(HOOKS, &policy(&["PUSH_ARTIFACT"], "CloudEvents")));
    let (push, at) = (HarborPush::new("retail", "team/web", &digest(7)), 1_767_225_603);
    assert!(sandbox.harbor_push(&push.clone().tag("3.0").operator("anna")));
    let told = sandbox.harbor_webhooks();
    assert_eq!(told.len(), 2);
    for hook in &told {
        assert_eq!(
            (hook.address.as_str(), hook.authorization.as_deref()),
            ("https://paas.bank.test/hooks", Some(SECRET))
        );
        assert!(!format!("{hook:?}").contains("CANARY"));
    }
    let data = json!({
        "resources": [{"digest": digest(7), "tag": "3.0", "resource_url": "harbor.sandbox.test/retail/team/web:3.0"}],
        "repository": {"date_created": at, "name": "team/web", "namespace": "retail", "repo_full_name": "retail/team/web", "repo_type": "private"},
    });
    let default: Value = serde_json::from_str(&told[0].body).unwrap();
    assert_eq!(
        default,
        json!({"type": "PUSH_ARTIFACT", "occur_at": at, "operator": "anna", "event_data": data})
    );
    let cloud: Value = serde_json::from_str(&told[1].body).unwrap();
    assert_eq!(
        (&cloud["type"], &cloud["specversion"], &cloud["data"]),
        (&json!("harbor.artifact.pushed"), &json!("1.0"), &data)
    );
    assert_eq!(
        (&cloud["source"], &cloud["operator"]),
        (&json!("/projects/2/webhook/policies/2"), &json!("anna"))
    );
    assert_eq!(
        (told[0].content_type.as_str(), told[1].content_type.as_str()),
        ("application/json", "application/cloudevents+json")
    );
    assert!(sandbox.harbor_webhooks().is_empty());

    // By digest; a pull; a deletion, which tells one tag of several.
    assert!(sandbox.harbor_push(&HarborPush::new("retail", "team/web", &digest(8))));
    assert_eq!(bodies(&sandbox)[0]["event_data"]["resources"][0]["tag"], digest(8));
    assert!(sandbox.harbor_pull("retail", "team/web", "latest"));
    assert_eq!(bodies(&sandbox)[0]["event_data"]["resources"][0]["tag"], "latest");
    anna.delete("/projects/retail/repositories/team%252Fweb/artifacts/latest").ok();
    let deleted = bodies(&sandbox);
    assert_eq!(
        (&deleted[0]["type"], &deleted[0]["event_data"]["resources"][0]["tag"]),
        (&json!("DELETE_ARTIFACT"), &json!("1.0"))
    );
    // Tags and labels alone are not told.
    let of = format!("/projects/retail/repositories/team%252Fweb/artifacts/{}/tags", digest(7));
    assert_eq!(anna.post(&of, &json!({"name": "4.0"})).status, 201);
    anna.delete(&format!("{of}/3.0")).ok();
    assert!(sandbox.harbor_webhooks().is_empty());
    // A copy is a push.
    anna.call("POST", "/projects/retail/repositories/copy/artifacts?from=retail/team/web:4.0", None).ok();
    assert_eq!(bodies(&sandbox)[0]["event_data"]["repository"]["repo_full_name"], "retail/copy");
    anna.delete("/projects/retail/repositories/team%252Fweb").ok();
    assert_eq!(bodies(&sandbox).len(), 3);

    let last = anna.get("/projects/retail/webhook/lasttrigger").ok();
    assert_eq!(
        column(&last, "event_type"),
        ["PUSH_ARTIFACT", "PULL_ARTIFACT", "DELETE_ARTIFACT", "PUSH_ARTIFACT"]
    );
    assert_eq!(last.body[0]["last_trigger_time"], "2026-01-01T00:00:03Z");
    let told = anna.get(&format!("{HOOKS}/{id}/executions")).ok();
    assert_eq!(column(&told, "status").len(), 8);
}

#[test]
fn replications_are_told_where_this_harbor_is_their_end() {
    let (sandbox, anna) = retail();
    let admin = Harbor::admin(&sandbox);
    sandbox.harbor_project("prod", "anna").unwrap();
    made(&anna.post(HOOKS, &policy(&["REPLICATION"], "Default")));
    made(&anna.post("/projects/prod/webhook/policies", &policy(&["PUSH_ARTIFACT"], "CloudEvents")));
    let user = sandbox.harbor_admin();
    let registry = made(&admin.post(
        "/registries",
        &json!({"name": "production", "type": "harbor", "url": sandbox.url(),
        "credential": {"type": "basic", "access_key": user.name, "access_secret": user.password}}),
    ));
    let policy = made(&admin.post("/replication/policies", &json!({"name": "a", "dest_registry": {"id": registry}, "enabled": true,
        "dest_namespace": "prod", "dest_namespace_replace_count": 1, "filters": [{"type": "name", "value": "retail/**"}]})));
    let execution = made(&admin.post("/replication/executions", &json!({"policy_id": policy})));
    assert!(sandbox.harbor_webhooks().is_empty(), "not yet");
    sandbox.advance(Duration::from_secs(5));
    let told = sandbox.harbor_webhooks();
    let events: Vec<&str> = told.iter().map(|hook| hook.event.as_str()).collect();
    assert_eq!(events, ["PUSH_ARTIFACT", "PUSH_ARTIFACT", "PUSH_ARTIFACT", "REPLICATION"]);
    let body: Value = serde_json::from_str(&told[3].body).unwrap();
    let replication = &body["event_data"]["replication"];
    assert_eq!(
        (&replication["job_status"], &replication["execution_id"]),
        (&json!("Success"), &json!(execution))
    );
    assert_eq!(replication["successful_artifact"][0]["references"], json!(["1.0", "latest", "2.0"]));
    assert_eq!(replication["dest_resource"]["registry_name"], "production");
}
