use crate::http::{Answer, Client};
use paas_sandbox::{Environment, Sandbox};
use serde_json::{Value, json};
use std::{path::PathBuf, time::Duration};

/// A sandbox whose time stands still, with one environment.
pub fn still() -> (Sandbox, Environment, Client) {
    let sandbox = Sandbox::builder().virtual_clock().start().unwrap();
    let environment = sandbox.environment("office");
    let client = Client::with_key(&sandbox, &environment.access_key, &environment.secret_key);
    (sandbox, environment, client)
}

pub fn seconds(sandbox: &Sandbox, seconds: u64) {
    assert!(sandbox.advance(Duration::from_secs(seconds)));
}

pub fn stack(client: &Client, name: &str) -> String {
    client.post("/stacks", &json!({ "name": name })).ok().id().to_owned()
}

/// A service with one container, not started.
pub fn service(client: &Client, stack: &str, name: &str) -> Answer {
    let launch = json!({"imageUuid": "docker:nginx:1"});
    client.post("/services", &json!({"name": name, "stackId": stack, "launchConfig": launch})).ok()
}

pub fn action(client: &Client, path: &str, action: &str) -> Answer {
    client.post(&format!("{path}/?action={action}"), &json!({}))
}

/// The names of the actions that a resource shows.
pub fn actions(answer: &Answer) -> Vec<String> {
    answer.body["actions"].as_object().unwrap().keys().cloned().collect()
}

/// A file of the data beside the repository; says so if it is not there.
pub fn data(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data").join(path);
    if !file.exists() {
        eprintln!("skipped: ../shared/data/{path} is not here");
        return None;
    }
    Some(file)
}

pub fn names(answer: &Answer) -> Vec<&str> {
    answer.data().iter().filter_map(|each| each["name"].as_str()).collect()
}

/// The only resource of a list.
pub fn only(answer: &Answer) -> &Value {
    assert_eq!(answer.data().len(), 1, "{}", answer.body);
    &answer.data()[0]
}
