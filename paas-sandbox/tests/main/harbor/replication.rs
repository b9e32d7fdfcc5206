use super::{
    Harbor, column, header,
    images::{digest, retail},
    made, refusal,
};
use paas_sandbox::{HarborPush, Latencies, Sandbox};
use serde_json::{Value, json};
use std::time::Duration;

/// The sandbox itself as another registry, which `user` logs in to.
fn registry(sandbox: &Sandbox, user: &str) -> u64 {
    let user = sandbox.harbor_user(user);
    let body = json!({"name": format!("as {}", user.name), "type": "harbor", "url": sandbox.url(),
        "credential": {"type": "basic", "access_key": user.name, "access_secret": user.password}});
    made(&Harbor::admin(sandbox).post("/registries", &body))
}

fn policy(name: &str, registry: u64) -> Value {
    json!({"name": name, "dest_registry": {"id": registry}, "enabled": true, "dest_namespace": "prod",
        "dest_namespace_replace_count": 1, "trigger": {"type": "manual"},
        "filters": [{"type": "name", "value": "retail/**"}]})
}

fn with(mut policy: Value, more: &Value) -> Value {
    policy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    policy
}

fn start(admin: &Harbor, policy: u64) -> u64 {
    made(&admin.post("/replication/executions", &json!({"policy_id": policy})))
}

fn log(admin: &Harbor, execution: u64) -> String {
    let tasks = admin.get(&format!("/replication/executions/{execution}/tasks")).ok();
    let task = tasks.body[0]["id"].as_u64().unwrap();
    let log = admin.raw(&format!("/replication/executions/{execution}/tasks/{task}/log"));
    assert!(header(&log, "content-type").unwrap().starts_with("text/plain"));
    String::from_utf8(log.bytes).unwrap()
}

fn tags(sandbox: &Sandbox, project: &str) -> Vec<(String, String)> {
    sandbox.harbor_tags(project, "team/web")
}

#[test]
fn registries_are_known_if_they_are_reached() {
    let sandbox = Sandbox::start().unwrap();
    let admin = Harbor::admin(&sandbox);
    let id = registry(&sandbox, "robot");
    let shown = admin.get(&format!("/registries/{id}")).ok();
    assert_eq!(
        (&shown.body["credential"]["access_secret"], &shown.body["status"]),
        (&json!("*****"), &json!("healthy"))
    );
    assert_eq!(column(&admin.get("/registries?name=robot").ok(), "name"), ["as robot"]);
    for (body, expected) in [
        (json!({"name": "as robot", "type": "harbor", "url": sandbox.url()}), (409, "CONFLICT")),
        (json!({"name": "", "type": "harbor", "url": sandbox.url()}), (400, "BAD_REQUEST")),
        (json!({"name": "x".repeat(65), "type": "harbor", "url": sandbox.url()}), (400, "BAD_REQUEST")),
        (json!({"name": "b", "type": "harbor", "url": "https://elsewhere.test"}), (400, "BAD_REQUEST")),
        (json!({"name": "b", "type": "harbor", "url": "ftp://elsewhere.test"}), (400, "BAD_REQUEST")),
    ] {
        assert_eq!(refusal(&admin.post("/registries", &body)), expected, "{body}");
    }
    admin.post("/registries/ping", &json!({"id": id})).ok();
    admin.post("/registries/ping", &json!({"id": 0})).ok();
    admin.post("/registries/ping", &json!({"type": "harbor", "url": sandbox.url()})).ok();
    assert_eq!(refusal(&admin.post("/registries/ping", &json!({"type": "harbor"}))), (400, "BAD_REQUEST"));
    assert_eq!(
        refusal(&admin.post("/registries/ping", &json!({"type": "harbor", "url": "http://127.0.0.1:1"}))),
        (400, "BAD_REQUEST")
    );
    assert_eq!(refusal(&admin.post("/registries/ping", &json!({"id": 99}))), (404, "NOT_FOUND"));
    let triggers =
        |id: u64| admin.get(&format!("/registries/{id}/info")).ok().body["supported_triggers"].clone();
    assert_eq!(
        (triggers(0), triggers(id)),
        (json!(["manual", "scheduled", "event_based"]), json!(["manual", "scheduled"]))
    );
    admin.put(&format!("/registries/{id}"), &json!({"name": "robot", "access_key": "other"})).ok();
    let shown = admin.get(&format!("/registries/{id}")).ok();
    assert_eq!(
        (&shown.body["name"], &shown.body["credential"]["access_key"]),
        (&json!("robot"), &json!("other"))
    );
    assert_eq!(refusal(&admin.put("/registries/0", &json!({"name": "x"}))), (404, "NOT_FOUND"));

    made(&admin.post("/replication/policies", &policy("a", id)));
    assert_eq!(refusal(&admin.delete(&format!("/registries/{id}"))), (412, "PRECONDITION"));
    let other = registry(&sandbox, "another");
    admin.delete(&format!("/registries/{other}")).ok();
    assert_eq!(refusal(&admin.get(&format!("/registries/{other}"))), (404, "NOT_FOUND"));
}

#[test]
fn policies_are_such_as_harbor_takes() {
    let sandbox = Sandbox::start().unwrap();
    let admin = Harbor::admin(&sandbox);
    let registry = registry(&sandbox, "robot");
    let id = made(&admin.post("/replication/policies", &policy("a", registry)));
    let shown = admin.get(&format!("/replication/policies/{id}")).ok();
    assert_eq!(
        (&shown.body["src_registry"]["id"], &shown.body["dest_registry"]["id"]),
        (&json!(0), &json!(registry))
    );
    assert_eq!(column(&admin.get("/replication/policies?name=a").ok(), "name"), ["a"]);
    let good = |more| with(policy("b", registry), &more);
    for (body, expected) in [
        (policy("a", registry), (409, "CONFLICT")),
        (policy("b", 99), (404, "NOT_FOUND")),
        (good(json!({"name": ""})), (400, "BAD_REQUEST")),
        (good(json!({"src_registry": {"id": registry}})), (400, "BAD_REQUEST")),
        (good(json!({"dest_registry": {"id": 0}})), (400, "BAD_REQUEST")),
        (good(json!({"dest_namespace": "No"})), (400, "BAD_REQUEST")),
        (good(json!({"trigger": {"type": "now"}})), (400, "BAD_REQUEST")),
        (good(json!({"trigger": {"type": "scheduled"}})), (400, "BAD_REQUEST")),
        (
            good(json!({"trigger": {"type": "scheduled", "trigger_settings": {"cron": "* * * * * *"}}})),
            (400, "BAD_REQUEST"),
        ),
        (good(json!({"filters": [{"type": "age", "value": "x"}]})), (400, "BAD_REQUEST")),
        (
            good(json!({"filters": [{"type": "name", "value": "x", "decoration": "matches"}]})),
            (400, "BAD_REQUEST"),
        ),
    ] {
        assert_eq!(refusal(&admin.post("/replication/policies", &body)), expected, "{body}");
    }
    // Of deletions only the old name counts.
    for (body, expected) in [(json!({"replicate_deletion": true}), false), (json!({"deletion": true}), true)]
    {
        admin.put(&format!("/replication/policies/{id}"), &with(policy("a", registry), &body)).ok();
        assert_eq!(admin.get(&format!("/replication/policies/{id}")).body["replicate_deletion"], expected);
    }
    admin
        .put(&format!("/replication/policies/{id}"), &with(policy("a", registry), &json!({"enabled": false})))
        .ok();
    assert_eq!(
        refusal(&admin.post("/replication/executions", &json!({"policy_id": id}))),
        (412, "PRECONDITION")
    );
    assert_eq!(
        refusal(&admin.post("/replication/executions", &json!({"policy_id": 99}))),
        (404, "NOT_FOUND")
    );
    admin.delete(&format!("/replication/policies/{id}")).ok();
    assert_eq!(refusal(&admin.get(&format!("/replication/policies/{id}"))), (404, "NOT_FOUND"));
}

#[test]
fn an_execution_copies_as_time_passes() {
    let (sandbox, _) = retail();
    let admin = Harbor::admin(&sandbox);
    let registry = registry(&sandbox, "admin");
    let id = made(&admin.post("/replication/policies", &policy("to production", registry)));
    let execution = start(&admin, id);
    let path = format!("/replication/executions/{execution}");
    let shown = admin.get(&path).ok();
    assert_eq!((&shown.body["status"], &shown.body["in_progress"]), (&json!("InProgress"), &json!(1)));
    assert_eq!(shown.body["end_time"], "0001-01-01T00:00:00.000Z");
    assert!(tags(&sandbox, "prod").is_empty());
    assert_eq!(refusal(&admin.delete(&format!("/replication/policies/{id}"))), (412, "PRECONDITION"));
    sandbox.advance(Duration::from_secs(5));
    let shown = admin.get(&path).ok();
    assert_eq!((&shown.body["status"], &shown.body["succeed"]), (&json!("Succeed"), &json!(1)));
    assert_eq!(tags(&sandbox, "prod"), tags(&sandbox, "retail"));
    // The project was made, as private as the other one.
    assert_eq!(admin.get("/projects/prod").ok().body["metadata"]["public"], "false");
    let tasks = admin.get(&format!("{path}/tasks")).ok();
    assert_eq!(column(&tasks, "src_resource"), ["retail/team/web [3 item(s) in total]"]);
    assert_eq!(column(&tasks, "dst_resource"), ["prod/team/web [3 item(s) in total]"]);
    assert!(log(&admin, execution).contains("copied prod/team/web:1.0"));
    assert_eq!(refusal(&admin.raw(&format!("{path}/tasks/99/log"))), (404, "NOT_FOUND"));

    // Again: all is there.
    let again = start(&admin, id);
    sandbox.advance(Duration::from_secs(5));
    assert!(log(&admin, again).contains("already exists, skip"));
    let of =
        |query: &str| column(&admin.get(&format!("/replication/executions?{query}")).ok(), "status").len();
    assert_eq!(
        (of(""), of(&format!("policy_id={id}&status=Succeed&trigger=manual")), of("status=Failed")),
        (2, 2, 0)
    );
    let stopped = start(&admin, id);
    admin.put(&format!("/replication/executions/{stopped}"), &Value::Null).ok();
    sandbox.advance(Duration::from_secs(5));
    let shown = admin.get(&format!("/replication/executions/{stopped}")).ok();
    assert_eq!((&shown.body["status"], &shown.body["stopped"]), (&json!("Stopped"), &json!(1)));
    admin.delete(&format!("/replication/policies/{id}")).ok();
    assert_eq!(refusal(&admin.get(&path)), (404, "NOT_FOUND"));
}

#[test]
fn another_digest_at_the_destination_stays_and_counts_as_done() {
    let (sandbox, anna) = retail();
    let admin = Harbor::admin(&sandbox);
    sandbox.harbor_project("prod", "anna").unwrap();
    assert!(sandbox.harbor_push(&HarborPush::new("prod", "team/web", &digest(9)).tag("1.0")));
    let registry = registry(&sandbox, "admin");
    let id = made(&admin.post("/replication/policies", &policy("a", registry)));
    let execution = start(&admin, id);
    sandbox.advance(Duration::from_secs(5));
    assert_eq!(admin.get(&format!("/replication/executions/{execution}")).body["status"], "Succeed");
    assert!(log(&admin, execution).contains("override is false, skip"));
    assert_eq!(tags(&sandbox, "prod")[0], ("1.0".to_owned(), digest(9)));

    admin
        .put(&format!("/replication/policies/{id}"), &with(policy("a", registry), &json!({"override": true})))
        .ok();
    let rule = json!({"tag_selectors": [{"decoration": "matches", "pattern": "1.*"}], "scope_selectors": {"repository": [{"decoration": "repoMatches", "pattern": "**"}]}});
    let rule = made(&anna.post("/projects/prod/immutabletagrules", &rule));
    let execution = start(&admin, id);
    sandbox.advance(Duration::from_secs(5));
    let shown = admin.get(&format!("/replication/executions/{execution}")).ok();
    assert_eq!((&shown.body["status"], &shown.body["failed"]), (&json!("Failed"), &json!(1)));
    assert!(log(&admin, execution).contains("configured as immutable"));
    anna.delete(&format!("/projects/prod/immutabletagrules/{rule}")).ok();
    start(&admin, id);
    sandbox.advance(Duration::from_secs(5));
    assert_eq!(tags(&sandbox, "prod"), tags(&sandbox, "retail"));
}

#[test]
fn filters_names_and_logins_say_what_is_copied_where() {
    let (sandbox, anna) = retail();
    let admin = Harbor::admin(&sandbox);
    let registry = registry(&sandbox, "admin");
    let label = made(&anna.post("/labels", &json!({"name": "released", "scope": "p", "project_id": 2})));
    anna.post(
        &format!("/projects/retail/repositories/team%252Fweb/artifacts/{}/labels", digest(2)),
        &json!({"id": label}),
    )
    .ok();
    let run = |name: &str, more: &Value| {
        let id = made(&admin.post("/replication/policies", &with(policy(name, registry), more)));
        let execution = start(&admin, id);
        sandbox.advance(Duration::from_secs(5));
        admin.get(&format!("/replication/executions/{execution}")).ok().body
    };
    run(
        "tag",
        &json!({"filters": [{"type": "name", "value": "retail/**"}, {"type": "tag", "value": "1.*"}], "dest_namespace": "a"}),
    );
    assert_eq!(tags(&sandbox, "a"), [("1.0".to_owned(), digest(1))]);
    run(
        "not tag",
        &json!({"filters": [{"type": "tag", "value": "{1.*,latest}", "decoration": "excludes"}], "dest_namespace": "b"}),
    );
    assert_eq!(tags(&sandbox, "b"), [("2.0".to_owned(), digest(2))]);
    run(
        "label",
        &json!({"filters": [{"type": "name", "value": "retail/team/*"}, {"type": "label", "value": ["released"]}], "dest_namespace": "c"}),
    );
    assert_eq!(tags(&sandbox, "c"), [("2.0".to_owned(), digest(2))]);
    // All but the last part is replaced, as it was in the beginning.
    run(
        "old",
        &json!({"filters": [{"type": "name", "value": "retail/**"}], "dest_namespace": "d", "dest_namespace_replace_count": -1}),
    );
    assert_eq!(sandbox.harbor_tags("d", "web").len(), 3);
    let none = run("none", &json!({"filters": [{"type": "name", "value": "nothing/**"}]}));
    assert_eq!(
        (&none["status"], &none["status_text"]),
        (&json!("Succeed"), &json!("no resources need to be replicated"))
    );
    let deep = run(
        "deep",
        &json!({"filters": [{"type": "name", "value": "retail/**"}], "dest_namespace_replace_count": 3}),
    );
    assert_eq!(deep["status"], "Failed");
    // Who may not push there fails, and who may not pull.
    let bob = self::registry(&sandbox, "bob");
    assert_eq!(
        run("push", &json!({"dest_registry": {"id": bob}, "dest_namespace": "e"}))["status"],
        "Failed"
    );
    let pull = json!({"dest_registry": null, "src_registry": {"id": bob}, "dest_namespace": "e"});
    assert_eq!(run("pull", &pull)["status"], "Failed");
    let pull = json!({"dest_registry": null, "src_registry": {"id": registry}, "dest_namespace": "e"});
    assert_eq!(run("pull too", &pull)["status"], "Succeed");
    assert_eq!(tags(&sandbox, "e"), tags(&sandbox, "retail"));
}

#[test]
fn a_push_begins_what_is_copied_on_events_and_nothing_goes_round() {
    let sandbox = Sandbox::builder().virtual_clock().latencies(Latencies::NONE).start().unwrap();
    let admin = Harbor::admin(&sandbox);
    let registry = registry(&sandbox, "admin");
    for (from, to) in [("one", "two"), ("two", "one")] {
        sandbox.harbor_project(from, "admin").unwrap();
        let more = json!({"trigger": {"type": "event_based"}, "override": true, "dest_namespace": to, "filters": [{"type": "name", "value": format!("{from}/**")}]});
        made(&admin.post("/replication/policies", &with(policy(from, registry), &more)));
    }
    for n in [1, 2] {
        assert!(sandbox.harbor_push(&HarborPush::new("one", "web", &digest(n)).tag("1.0")));
        assert_eq!(sandbox.harbor_tags("two", "web"), [("1.0".to_owned(), digest(n))]);
        assert_eq!(sandbox.harbor_tags("one", "web"), [("1.0".to_owned(), digest(n))]);
    }
    let executions = admin.get("/replication/executions?trigger=event_based").ok();
    assert_eq!(column(&executions, "status"), ["Succeed"; 4], "there and back, and no further");
}
