use crate::{
    http::Client,
    shared::{action, actions, names, only, seconds, service, stack, still},
};
use paas_sandbox::{Latencies, Sandbox};
use serde_json::{Value, json};

const WEB: &str =
    "version: '2'\nservices:\n  web:\n    image: nginx:1\n    links: [db]\n  db:\n    image: postgres:9\n";

#[test]
fn a_stack_without_compose_is_active_at_once() {
    let (_sandbox, _, client) = still();
    let made = client.post("/stacks", &json!({"name": "empty"}));
    assert_eq!((made.status, made.text("type")), (201, "stack"));
    assert_eq!(client.get(&format!("/stacks/{}", made.id())).text("state"), "active");
}

#[test]
fn services_are_made_some_time_after_the_answer() {
    let (sandbox, _, client) = still();
    let made = client.post("/stacks", &json!({"name": "bank", "dockerCompose": WEB})).ok();
    assert_eq!((made.status, made.text("state"), made.text("transitioning")), (201, "activating", "yes"));
    assert!(made.text("transitioningMessage").contains("Progress"));
    assert_eq!(client.get("/services").data().len(), 0);

    seconds(&sandbox, 2);
    let stack = client.get(&format!("/stacks/{}", made.id()));
    assert_eq!((stack.text("state"), stack.text("transitioning")), ("active", "no"));
    let services = client.get("/services?sort=name");
    assert_eq!(names(&services), ["db", "web"]);
    assert!(services.data().iter().all(|each| each["state"] == "inactive"), "{}", services.body);
    let [db, web] = services.data() else { panic!() };
    assert_eq!(web["linkedServices"], json!({"db": db["id"]}));
    assert_eq!(stack.body["serviceIds"].as_array().unwrap().len(), 2);
}

#[test]
fn a_stack_that_starts_its_services_does_so_in_the_order_of_their_links() {
    let latencies = Latencies { jitter_percent: 0, ..Latencies::default() };
    let sandbox = Sandbox::builder().virtual_clock().latencies(latencies).start().unwrap();
    let environment = sandbox.environment("office");
    let client = Client::with_key(&sandbox, &environment.access_key, &environment.secret_key);
    client.post("/stacks", &json!({"name": "bank", "dockerCompose": WEB, "startOnCreate": true})).ok();
    let mut seen = Vec::new();
    for _ in 0..60 {
        sandbox.advance(std::time::Duration::from_millis(100));
        let state = |name: &str| {
            let list = client.get(&format!("/services?name={name}"));
            list.data().first().map_or("none".to_owned(), |each| each["state"].as_str().unwrap().to_owned())
        };
        let both = format!("db {}, web {}", state("db"), state("web"));
        if seen.last() != Some(&both) {
            seen.push(both);
        }
        let stack = client.get("/stacks?name=bank");
        let active = seen.last().unwrap() == "db active, web active";
        assert_eq!(stack.data()[0]["state"] == "active", active, "{seen:?}");
    }
    let order: Vec<&str> = seen.iter().map(String::as_str).filter(|both| !both.contains("none")).collect();
    assert_eq!(
        order,
        [
            "db registering, web registering",
            "db activating, web inactive",
            "db active, web activating",
            "db active, web active",
        ]
    );
}

#[test]
fn services_that_link_to_each_other_start_all_the_same() {
    let (sandbox, _, client) = still();
    let text = "version: '2'\nservices:\n  a: {image: a, links: [b]}\n  b: {image: b, links: [a]}\n";
    let made =
        client.post("/stacks", &json!({"name": "ring", "dockerCompose": text, "startOnCreate": true})).ok();
    seconds(&sandbox, 10);
    assert_eq!(client.get(&format!("/stacks/{}", made.id())).text("state"), "active");
    assert!(client.get("/services").data().iter().all(|each| each["state"] == "active"));
}

#[test]
fn bad_compose_is_taken_and_fails_later_with_the_executors_words() {
    let cases = [
        ("services: [", "error parsing yaml"),
        (
            "version: '2'\nservices: {web: {image: x, deploy: 1}}",
            "Unsupported config option for web service: 'deploy'",
        ),
        ("version: '3'\nservices: {}", "version 3 is not supported"),
        (
            "version: '2'\nservices: {web: {image: x, command: '$'}}",
            "panic: runtime error: index out of range",
        ),
        (
            "version: '2'\nservices: {web: {image: x, labels: {a: '${a-b}'}}}",
            "Invalid interpolation format for key \"labels\"",
        ),
        (
            "version: '2'\nservices: {web: {image: x, links: [db]}}",
            "Service 'web' has a link to service 'db' which is undefined",
        ),
        ("version: '2'\nservices: {a.b: {image: x}}", "code=InvalidCharacters, fieldName=name"),
        (
            "version: '2'\nservices: {web: {image: x, external_links: [e/s/v]}}",
            "code=MissingRequired, fieldName=name",
        ),
        (
            "version: '2'\nservices: {lb: {image: x, lb_config: {port_rules: [{source_port: 80, target_port: 80, service: no}]}}}",
            "Failed to find existing service: no",
        ),
        (
            "version: '2'\nservices: {lb: {image: x, lb_config: {default_cert: c, port_rules: [{source_port: 80, selector: a=b}]}}}",
            "Failed to find certificate c",
        ),
        ("version: '2'\nservices: {w: {image: x, labels: {a: '{{range}}'}}}", "template:"),
    ];
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(8);
        laughs.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    let deep = "[".repeat(10_000);
    let cases =
        cases.into_iter().chain([(laughs.as_str(), "error parsing yaml"), (&deep, "error parsing yaml")]);
    let (sandbox, _, client) = still();
    for (number, (text, words)) in cases.enumerate() {
        let name = format!("bad-{number}");
        let made =
            client.post("/stacks", &json!({"name": name, "dockerCompose": text, "startOnCreate": true}));
        assert_eq!(
            (made.status, made.text("state"), made.text("transitioning")),
            (201, "activating", "yes"),
            "{text}"
        );
        sandbox.advance(std::time::Duration::from_millis(310));
        let path = format!("/stacks/{}", made.id());
        let erring = client.get(&path);
        assert_eq!(
            (erring.text("state"), erring.text("transitioning")),
            ("erroring", "yes"),
            "{}",
            erring.body
        );
        seconds(&sandbox, 1);
        let failed = client.get(&path);
        assert_eq!((failed.text("state"), failed.text("transitioning")), ("error", "error"), "{text}");
        assert!(failed.text("transitioningMessage").contains(words), "{words}\n{}", failed.body);
        assert_eq!(actions(&failed), ["activateservices", "deactivateservices", "remove"]);
    }
}

#[test]
fn names_of_stacks_are_checked() {
    let (_sandbox, _, client) = still();
    stack(&client, "bank");
    let long = "x".repeat(64);
    for (name, error) in [
        ("BANK", (422, "NotUnique", "name")),
        ("a.b", (422, "InvalidCharacters", "name")),
        ("-a", (422, "InvalidCharacters", "name")),
        ("", (422, "MinLengthExceeded", "name")),
        (&long, (422, "MaxLengthExceeded", "name")),
    ] {
        assert_eq!(client.post("/stacks", &json!({ "name": name })).error(), error, "{name}");
    }
    assert_eq!(client.post("/stacks", &json!({})).error(), (422, "MissingRequired", "name"));
    assert_eq!(client.post("/stacks", &json!({"name": null})).error(), (422, "NotNullable", "name"));
    let error = client.post("/stacks", &json!({})).body;
    let keys: Vec<&str> = error.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["actions", "baseType", "code", "detail", "fieldName", "id", "links", "message", "status", "type"]
    );
    assert_eq!(
        (&error["message"], &error["type"], &error["status"]),
        (&Value::Null, &json!("error"), &json!(422))
    );
}

#[test]
fn compose_files_cannot_be_changed_by_a_put_and_unknown_fields_are_ignored() {
    let (_sandbox, _, client) = still();
    let path = format!("/stacks/{}", stack(&client, "bank"));
    let put = client
        .put(&path, &json!({"dockerCompose": "x", "nonsense": 1, "description": "of a bank", "id": "1st9"}))
        .ok();
    assert_eq!(put.body["dockerCompose"], Value::Null);
    assert_eq!(put.text("description"), "of a bank");
    assert!(put.body.get("nonsense").is_none());
    assert_eq!(put.body["system"], false, "an environment's key may not make a stack of the system");
}

#[test]
fn stacks_are_found_by_the_external_id_that_they_were_made_with() {
    let (sandbox, _, client) = still();
    let compose = "version: '2'\nservices: {web: {image: x}}";
    for name in ["one", "two"] {
        let body = json!({"name": name, "externalId": format!("test://{name}"), "dockerCompose": compose});
        assert_eq!(client.post("/stacks", &body).ok().text("externalId"), format!("test://{name}"));
    }
    seconds(&sandbox, 1);
    let found = client.get("/stacks?externalId=test%3A%2F%2Ftwo");
    assert_eq!((&only(&found)["name"], &only(&found)["externalId"]), (&json!("two"), &json!("test://two")));
    assert_eq!(client.get("/stacks?externalId=other").data().len(), 0);
    assert_eq!(client.get("/stacks?externalId_prefix=test%3A").data().len(), 2);
}

#[test]
fn a_stack_takes_its_services_with_it() {
    let (sandbox, _, client) = still();
    let id = stack(&client, "bank");
    let web = service(&client, &id, "web").id().to_owned();
    seconds(&sandbox, 1);
    action(&client, &format!("/services/{web}"), "activate").ok();
    seconds(&sandbox, 2);
    assert_eq!(client.get("/containers").data().len(), 1);

    let gone = client.delete(&format!("/stacks/{id}"));
    assert_eq!((gone.status, gone.text("state")), (200, "removing"));
    assert_eq!(client.get(&format!("/services/{web}")).text("state"), "removing");
    assert_eq!(client.delete(&format!("/stacks/{id}")).error(), (409, "Conflict", ""));
    let refused = client.post("/services", &json!({"name": "late", "stackId": id}));
    assert_eq!(refused.error(), (422, "InvalidState", "stackId"));

    seconds(&sandbox, 3);
    assert_eq!(client.get("/stacks").data().len() + client.get("/services").data().len(), 0);
    assert_eq!(client.get("/containers").data().len(), 0);
    let read = client.get(&format!("/stacks/{id}"));
    assert_eq!((read.status, read.text("state")), (200, "removed"));
    assert!(read.text("removed").starts_with("2026-01-01T00:00:"), "{}", read.body);
    assert_eq!(actions(&read), [""; 0]);
    assert_eq!(only(&client.get("/stacks?removed_notnull=")).clone()["id"], id.as_str());
    stack(&client, "bank");
}

#[test]
fn all_services_of_a_stack_are_started_and_stopped_together() {
    let (sandbox, _, client) = still();
    let id = stack(&client, "bank");
    for name in ["a", "b"] {
        service(&client, &id, name);
    }
    seconds(&sandbox, 1);
    assert_eq!(client.get(&format!("/stacks/{id}")).text("healthState"), "unhealthy");
    action(&client, &format!("/stacks/{id}"), "activateservices").ok();
    seconds(&sandbox, 2);
    assert!(client.get("/services").data().iter().all(|each| each["state"] == "active"));
    assert_eq!(client.get(&format!("/stacks/{id}")).text("healthState"), "healthy");
    action(&client, &format!("/stacks/{id}"), "deactivateservices").ok();
    seconds(&sandbox, 1);
    assert!(client.get("/services").data().iter().all(|each| each["state"] == "inactive"));
}

#[test]
fn of_many_who_make_the_same_stack_one_succeeds() {
    let (_sandbox, _, client) = still();
    let made = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..8).map(|_| scope.spawn(|| client.post("/stacks", &json!({"name": "bank"})).status)).collect();
        tries.into_iter().map(|each| each.join().unwrap()).filter(|status| *status == 201).count()
    });
    assert_eq!((made, client.get("/stacks").data().len()), (1, 1));
}
