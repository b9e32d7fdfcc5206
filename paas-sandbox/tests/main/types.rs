//! What the sandbox answers is held against the types that Rancher publishes.

use crate::{
    http::Client,
    shared::{data, seconds, service, stack, still},
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Fields and types that came after the published lists, or that every resource has.
const LATER: &[(&str, &[&str])] = &[
    ("", &["id", "type", "baseType", "links", "actions", "createdTS"]),
    ("region", &["name", "url", "local", "publicValue", "secretValue"]),
    ("accountLink", &["linkedAccount", "linkedAccountUuid", "linkedRegion", "linkedRegionId", "external"]),
    ("serviceConsumeMap", &["consumedService"]),
    (
        "container",
        &[
            "serviceId",
            "stackId",
            "drainTimeoutMs",
            "memoryMb",
            "requestedIpAddress",
            "disks",
            "userdata",
            "vcpu",
        ],
    ),
];

#[test]
fn every_field_of_an_answer_is_one_that_rancher_has() {
    let (Some(old), Some(new)) =
        (data("rancher/api/schemas-v2-beta-2017-01.json"), data("rancher/api/types-go-rancher-v2.json"))
    else {
        return;
    };
    let known = Known::read(&json_file(&old), &json_file(&new));
    let (sandbox, _, client) = still();
    fill(&sandbox, &client);
    let admin = Client::admin(&sandbox);
    let mut checked = BTreeMap::new();
    for kind in admin.get("/schemas").data() {
        let Some(address) = kind["links"]["collection"].as_str() else { continue };
        let path = address.strip_prefix(&format!("{}/v2-beta", sandbox.url())).unwrap();
        let query = if path == "/projects" { "?all=true" } else { "" };
        for resource in admin.get(&format!("{path}{query}")).data() {
            known.hold(resource, &mut checked);
        }
    }
    let seen: Vec<&str> = checked.keys().map(String::as_str).collect();
    for kind in [
        "accountLink",
        "activeSetting",
        "apiKey",
        "certificate",
        "container",
        "dnsService",
        "externalService",
        "host",
        "loadBalancerService",
        "project",
        "region",
        "service",
        "serviceConsumeMap",
        "stack",
        "volume",
        "volumeTemplate",
    ] {
        assert!(seen.contains(&kind), "no {kind} was checked: {seen:?}");
    }
}

#[test]
fn every_right_of_the_table_is_one_that_rancher_gives() {
    let (Some(old), Some(new)) =
        (data("rancher/api/schemas-v2-beta-2017-01.json"), data("rancher/api/types-go-rancher-v2.json"))
    else {
        return;
    };
    let published: BTreeMap<String, Value> = json_file(&old)["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| (kind["id"].as_str().unwrap().to_owned(), kind["resourceFields"].clone()))
        .collect();
    let known = Known::read(&json_file(&old), &json_file(&new));
    let (_sandbox, _, client) = still();
    let (mut compared, mut unlike) = (0, Vec::new());
    for kind in client.get("/schemas").data() {
        let name = kind["id"].as_str().unwrap();
        for (field, ours) in kind["resourceFields"].as_object().unwrap() {
            unlike.extend((!known.has(name, field)).then(|| format!("{name} has no field {field}")));
            let Some(theirs) = published.get(name).and_then(|fields| fields.get(field)) else { continue };
            for right in ["create", "update"] {
                if ours[right] != theirs[right] {
                    unlike.push(format!("{name}.{field}: {right} is {}, but {}", ours[right], theirs[right]));
                }
            }
            let (ours, theirs) = (shape(&ours["type"]), shape(&theirs["type"]));
            // A reference that is only shown is a text here; which capabilities there are is not looked at.
            let close = ours == "string" && theirs.starts_with("reference[") || theirs == "array[enum]";
            if ours != theirs && !close {
                unlike.push(format!("{name}.{field}: {ours}, but {theirs}"));
            }
            compared += 1;
        }
        for (action, ours) in kind["resourceActions"].as_object().unwrap() {
            known.action(name, action, &ours["input"]);
        }
    }
    assert_eq!(unlike, [""; 0]);
    assert!(compared > 300, "{compared}");
}

/// A type of a field as both lists write it: references to lists of ids are shown as texts.
fn shape(kind: &Value) -> String {
    let kind = kind.as_str().unwrap();
    let kind = kind
        .replace("array[reference[service]]", "array[string]")
        .replace("reference[account]", "reference[project]");
    kind.replace("array[reference[instance]]", "array[string]")
        .replace("map[reference[service]]", "map[string]")
}

struct Known {
    fields: BTreeMap<String, BTreeSet<String>>,
    actions: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Known {
    fn read(old: &Value, new: &Value) -> Self {
        let mut known = Self { fields: BTreeMap::new(), actions: BTreeMap::new() };
        for kind in old["data"].as_array().unwrap() {
            known.add(kind["id"].as_str().unwrap(), &kind["resourceFields"], &kind["resourceActions"]);
        }
        for (name, kind) in new.as_object().unwrap() {
            known.add(name, &kind["fields"], &kind["actions"]);
        }
        for (name, fields) in LATER {
            known
                .fields
                .entry((*name).to_owned())
                .or_default()
                .extend(fields.iter().map(|field| (*field).to_owned()));
        }
        for kind in ["region", "accountLink"] {
            let common = known.fields["volume"].clone();
            known.fields.get_mut(kind).unwrap().extend(common);
        }
        known
    }

    fn add(&mut self, name: &str, fields: &Value, actions: &Value) {
        let fields = fields.as_object().unwrap().keys().cloned();
        self.fields.entry(name.to_owned()).or_default().extend(fields);
        for (action, value) in actions.as_object().unwrap() {
            self.actions.entry(name.to_owned()).or_default().insert(action.clone(), value["input"].clone());
        }
    }

    fn field(&self, kind: &str, field: &str) {
        assert!(self.has(kind, field), "{kind} has no field {field}");
    }

    fn has(&self, kind: &str, field: &str) -> bool {
        let own = self.fields.get(kind).unwrap_or_else(|| panic!("no type {kind}"));
        own.contains(field) || self.fields[""].contains(field)
    }

    fn action(&self, kind: &str, action: &str, input: &Value) {
        let known = self.actions.get(kind).and_then(|actions| actions.get(action));
        if kind == "region" {
            return;
        }
        let known = known.unwrap_or_else(|| panic!("{kind} has no action {action}"));
        let (ours, theirs) = (input.as_str().unwrap_or_default(), known.as_str().unwrap_or_default());
        assert!(ours.eq_ignore_ascii_case(theirs), "{kind} {action}: {ours}, but {theirs}");
    }

    fn hold(&self, resource: &Value, checked: &mut BTreeMap<String, usize>) {
        let kind = resource["type"].as_str().unwrap();
        *checked.entry(kind.to_owned()).or_default() += 1;
        for field in resource.as_object().unwrap().keys() {
            self.field(if kind == "activeSetting" { "setting" } else { kind }, field);
        }
        for (field, of) in [
            ("launchConfig", "launchConfig"),
            ("lbConfig", if kind == "service" { "lbTargetConfig" } else { "lbConfig" }),
        ] {
            for key in
                resource.get(field).and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key)
            {
                self.field(of, key);
            }
        }
    }
}

/// Makes a resource of every type.
fn fill(sandbox: &paas_sandbox::Sandbox, client: &Client) {
    let inner = sandbox.environment("inner");
    let stack = stack(client, "all");
    let web = service(client, &stack, "web").id().to_owned();
    let launch = json!({"imageUuid": "docker:x", "ports": ["80:80"]});
    let rule = json!({"sourcePort": 80, "serviceId": web, "targetPort": 80});
    for (path, body) in [
        (
            "loadbalancerservices",
            json!({"name": "lb", "stackId": stack, "launchConfig": launch, "lbConfig": {"portRules": [rule]}, "startOnCreate": true}),
        ),
        ("externalservices", json!({"name": "ext", "stackId": stack, "hostname": "a.test"})),
        ("dnsservices", json!({"name": "alias", "stackId": stack})),
        ("volumes", json!({"name": "v", "driver": "nfs"})),
        ("volumetemplates", json!({"name": "v", "stackId": stack})),
        ("certificates", json!({"name": "c", "cert": "C", "key": "K"})),
    ] {
        client.post(&format!("/{path}"), &body).ok();
    }
    let links = json!({"serviceLinks": [{"name": "far", "service": "inner/s/v"}]});
    client.post(&format!("/services/{web}/?action=setservicelinks"), &links).ok();
    assert!(inner.id.starts_with("1a"));
    seconds(sandbox, 5);
}

fn json_file(path: &std::path::Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
