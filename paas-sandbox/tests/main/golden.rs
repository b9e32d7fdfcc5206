//! The requests that the real executor made are replayed, each id put in place of the one that was recorded.

use crate::shared::{data, seconds, stack, still};
use serde_json::Value;
use std::collections::BTreeMap;

#[test]
fn every_request_of_the_executor_is_answered_in_the_right_shape() {
    let Some(path) = data("rancher/golden/t1-create-start.jsonl") else { return };
    let (sandbox, environment, client) = still();
    stack(&client, "before");
    let mut ids = Ids { known: BTreeMap::from([("1a5".to_owned(), environment.id.clone())]), services: 3 };
    let mut counted = BTreeMap::new();
    let mut asked = 0;
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let request: Value = serde_json::from_str(line).unwrap();
        let (method, recorded) = (request["m"].as_str().unwrap(), request["path"].as_str().unwrap());
        let query = request["q"].as_object().unwrap().iter();
        let query: Vec<String> = query
            .map(|(key, value)| {
                format!(
                    "{key}={}",
                    ids.mapped(value.as_str().unwrap()).replace('<', "%3C").replace('>', "%3E")
                )
            })
            .collect();
        let path = ids.path(recorded.strip_prefix("/v2-beta").unwrap());
        let target = if query.is_empty() { path.clone() } else { format!("{path}?{}", query.join("&")) };
        let body = (!request["body"].is_null()).then(|| ids.body(&request["body"]));
        let answer = client.call(method, &target, body.as_ref());
        asked += 1;

        assert!(answer.head.to_lowercase().contains("x-api-schemas: http://"), "{}", answer.head);
        let action = request["q"]["action"].as_str();
        let wanted = match (method, action, recorded) {
            ("POST", Some("activate"), _) => 202,
            ("POST", Some(_), _) | ("GET", ..) | (_, _, "/v2-beta/scripts/transform") => 200,
            _ => 201,
        };
        assert_eq!(answer.status, wanted, "{line}\n{}", answer.body);
        *counted.entry(answer.text("type").to_owned()).or_insert(0) += 1;
        match (method, recorded) {
            ("GET", "/v2-beta") => assert_eq!(answer.text("type"), "apiVersion"),
            ("GET", "/v2-beta/projects/1a5") => assert_eq!(answer.id(), environment.id),
            ("GET", _) => assert_eq!(answer.text("type"), "collection"),
            ("POST", "/v2-beta/scripts/transform") => is_transformed(body.as_ref().unwrap(), &answer.body),
            ("POST", _) if action.is_some() => {
                let state = if action == Some("activate") { "activating" } else { "inactive" };
                assert!([state, "active", "activating"].contains(&answer.text("state")), "{}", answer.body);
            }
            ("POST", _) => {
                holds(&answer.body, body.as_ref().unwrap(), line);
                if let Some(recorded) = ids.next_recorded(recorded) {
                    ids.known.insert(recorded, answer.id().to_owned());
                }
            }
            _ => panic!("{line}"),
        }
        // The executor waits for each service that it made.
        seconds(&sandbox, 3);
    }
    assert_eq!(asked, 74);
    assert_eq!(counted["loadBalancerService"], 2, "{counted:?}");
    assert_eq!(counted["stack"], 1, "{counted:?}");

    seconds(&sandbox, 60);
    let services = client.get("/services?stackId=1st2&sort=name");
    let state: Vec<_> =
        services.data().iter().map(|each| (each["name"].as_str().unwrap(), &each["state"])).collect();
    assert_eq!(state.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["alias", "db", "ext", "lb", "web"]);
    assert!(state.iter().all(|(_, state)| *state == "active"), "{state:?}");
    let web = services.data().iter().find(|each| each["name"] == "web").unwrap();
    assert_eq!(web["currentScale"], 3);
    assert_eq!(web["linkedServices"]["database"], ids.known["1s4"].as_str());
    assert_eq!(sandbox.requests().len(), 74 + 2);
}

/// A service's answer holds whatever its type knows of what was sent.
fn holds(answer: &Value, sent: &Value, line: &str) {
    for (field, value) in sent.as_object().unwrap() {
        let Some(got) = answer.get(field).filter(|_| !["links", "actions"].contains(&field.as_str())) else {
            continue;
        };
        match (got, value) {
            (Value::Object(_), Value::Object(_)) => holds(got, value, line),
            (Value::Array(got), Value::Array(value)) => {
                assert_eq!(got.len(), value.len(), "{field}: {line}");
                got.iter()
                    .zip(value)
                    .filter(|(_, value)| value.is_object())
                    .for_each(|(got, value)| holds(got, value, line));
            }
            (got, value) => assert_eq!(got, value, "{field}: {line}"),
        }
    }
}

fn is_transformed(sent: &Value, launch: &Value) {
    assert_eq!(launch["imageUuid"], format!("docker:{}", sent["Config"]["Image"].as_str().unwrap()));
    let binds = sent["HostConfig"]["Binds"].as_array().unwrap();
    assert_eq!(launch["dataVolumes"].as_array().map_or(0, Vec::len), binds.len());
    if sent["HostConfig"]["Memory"] != 0 {
        assert_eq!(launch["memory"], sent["HostConfig"]["Memory"]);
        assert_eq!(launch["environment"]["B"], "bee");
        assert_eq!(launch["ports"][0], "80/tcp");
    }
}

/// The recorded ids and those of the sandbox.
struct Ids {
    known: BTreeMap<String, String>,
    /// The number of the service that the recording made first; its stand-in numbered all kinds on.
    services: u32,
}

impl Ids {
    fn mapped(&self, text: &str) -> String {
        self.known.get(text).cloned().unwrap_or_else(|| text.to_owned())
    }

    fn path(&self, path: &str) -> String {
        path.split('/').map(|part| self.mapped(part)).collect::<Vec<_>>().join("/")
    }

    fn body(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.mapped(text).into(),
            Value::Array(items) => items.iter().map(|item| self.body(item)).collect(),
            Value::Object(fields) => {
                fields.iter().map(|(key, value)| (key.clone(), self.body(value))).collect()
            }
            other => other.clone(),
        }
    }

    /// The id that the recording gave to what it made by a POST to this path.
    fn next_recorded(&mut self, path: &str) -> Option<String> {
        if path.ends_with("/stacks") {
            return Some("1st1".to_owned());
        }
        if !path.ends_with("services") {
            return None;
        }
        self.services += 1;
        Some(format!("1s{}", self.services - 1))
    }
}

#[test]
fn the_requests_recorded_in_the_repository_are_taken_too() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../testdata/peers/executor/requests/requests.jsonl");
    let (sandbox, environment, client) = still();
    assert!(sandbox.certificate(&environment.id, "c0"));
    let stack = stack(&client, "bank");
    let mut made = BTreeMap::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let request: Value = serde_json::from_str(line).unwrap();
        let is_create = request["phase"] == "create"
            && request["method"] == "POST"
            && request["query"] == Value::Object(Default::default());
        let mut body = request["body"].clone();
        if !is_create || body["name"] == "lb" {
            continue;
        }
        body["stackId"] = stack.as_str().into();
        let answer = client.post(request["path"].as_str().unwrap(), &body);
        assert_eq!(answer.status, 201, "{line}\n{}", answer.body);
        holds(&answer.body, &body, line);
        made.insert(body["name"].as_str().unwrap().to_owned(), answer.text("type").to_owned());
    }
    let kinds: Vec<_> = made.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
    assert_eq!(
        kinds,
        [
            ("data", "volumeTemplate"),
            ("ext", "externalService"),
            ("exth", "externalService"),
            ("named", "volumeTemplate"),
            ("web", "service"),
        ]
    );
    let certificate = client.get("/certificates?name=c0&removed_null=%3Cnil%3E");
    assert_eq!(certificate.data().len(), 1);
}
