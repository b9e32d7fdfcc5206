//! The table of functions and its description.

use super::{SHOP, call, document, handle, images, runtime};
use paas_ffi::{Answer, Handle};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One handle of each kind.
async fn one_of_each() -> BTreeMap<&'static str, Handle> {
    let library = Handle::library();
    let sandbox =
        handle(call(&library, "start_sandbox", &json!({"environments": ["dmz"], "instant": true})).unwrap());
    let rancher = document(call(&sandbox, "credentials", &json!({})).unwrap());
    let start = async |handle: &Handle, function: &str, request: Value| {
        handle.start(function, request.to_string()).await.unwrap()
    };
    let platform = handle(
        start(&library, "connect", json!({"actor": "anna", "store": ":memory:", "rancher": rancher})).await,
    );
    start(&platform, "tenants.put", json!({"name": "acme", "networks": [{"name": "dmz"}]})).await;
    let plan = handle(
        start(&platform, "applications.plan", json!({"tenant": "acme", "template": SHOP, "name": "shop"}))
            .await,
    );
    let operation = handle(start(&plan, "begin", json!({})).await);
    let events = handle(start(&operation, "events", json!({})).await);
    let release = handle(call(&library, "translate", &json!({"template": SHOP})).unwrap());
    start(&operation, "wait", json!({})).await;
    let timeline = handle(call(&library, "simulate_scaling", &simulated()).unwrap());
    let engine = handle(call(&library, "new_scaling_engine", &json!({})).unwrap());
    let of_images = images::with_registries().await;
    let copy = images::copy(&of_images).await;
    let keeping = handle(start(&of_images, "images.keep", json!({})).await);
    let (zones, zone_copy) = images::zones().await;
    let images = [copy, keeping, zone_copy, zones];
    let others = [library, sandbox, platform, plan, operation, events, release, timeline, engine];
    (others.into_iter().chain(images)).map(|handle| (handle.kind(), handle)).collect()
}

fn simulated() -> Value {
    let policy = json!({"service": "web", "time_zone": "UTC", "bounds": {"min": 1, "max": 8}, "windows": []});
    json!({"policy": policy, "date": "2026-11-23"})
}

#[test]
fn every_function_of_the_description_is_there_and_refuses_what_it_does_not_know() {
    let interface = paas_ffi::interface();
    runtime().block_on(async {
        let handles = one_of_each().await;
        let mut functions = 0;
        for described in interface["handles"].as_array().unwrap() {
            let handle = &handles[described["name"].as_str().unwrap()];
            for function in described["functions"].as_array().unwrap() {
                let name = function["name"].as_str().unwrap();
                let request = r#"{"no_such_field": 1}"#;
                let started = handle.start(name, request.to_owned()).await.unwrap_err();
                assert_eq!(started.code, "request.invalid", "{name}");
                assert!(
                    started.message.contains("unknown field `no_such_field`"),
                    "{name}: {}",
                    started.message
                );
                let called = handle.call(name, request).unwrap_err();
                let code = if function["work"] == "waits" { "internal.failure" } else { "request.invalid" };
                assert_eq!(called.code, code, "{name}");
                functions += 1;
            }
        }
        assert_eq!(handles.len(), interface["handles"].as_array().unwrap().len());
        assert!(functions > 40, "{functions}");
    });
}

#[test]
fn what_is_not_in_the_table_is_named() {
    let error = call(&Handle::library(), "chek", &json!({})).unwrap_err();
    assert_eq!((error.code.as_str(), error.kind.as_str()), ("request.unknown_function", "invalid_request"));
    assert_eq!(error.message, "`Library` has no function `chek`");
    let started = runtime().block_on(Handle::library().start("chek", "{}".to_owned())).unwrap_err();
    assert_eq!(started, error);
}

#[test]
fn every_schema_is_referred_to_by_something_and_there() {
    let interface = paas_ffi::interface();
    let mut referred = BTreeSet::new();
    references(&interface, &mut referred);
    let defined: BTreeSet<&str> =
        interface["$defs"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(referred, defined);
}

fn references<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(
                fields.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix("#/$defs/")),
            );
            fields.values().for_each(|inner| references(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
        _ => {}
    }
}

#[test]
fn answers_have_the_shape_that_is_described() {
    let interface = paas_ffi::interface();
    let shape = |handle: &str, name: &str| {
        let handles = interface["handles"].as_array().unwrap();
        let handle = handles.iter().find(|other| other["name"] == handle).unwrap();
        let functions = handle["functions"].as_array().unwrap();
        functions.iter().find(|other| other["name"] == name).unwrap()["answer"]["shape"].clone()
    };
    runtime().block_on(async {
        let handles = one_of_each().await;
        let requests = json!({
            "actor": {}, "tenants.read": {"name": "acme"}, "tenants.list": {}, "applications.list": {"tenant": "acme"},
            "applications.status": {"tenant": "acme", "application": "shop"}, "operations.list": {},
            "applications.release": {"tenant": "acme", "application": "shop"}, "operations.resume_interrupted": {},
            "files": {}, "document": {}, "graph": {"format": "dot"}, "html": {}, "diagnostics": {}, "text": {},
            "id": {}, "status": {}, "plan": {}, "journal": {}, "events": {}, "wait": {}, "next": {},
            "requests": {}, "resources": {"kind": "stack"}, "clear_faults": {}, "credentials": {},
            "explain": {"code": "tosca.unknown_type"}, "version": {}, "check": {"template": SHOP},
            "summary": {}, "decisions": {}, "rows": {}, "svg": {}, "next_deadline": {}, "snapshot": {},
            "image": {}, "progress": {}, "next_progress": {}, "next_report": {}, "images.list": {"tenant": "acme"},
            "ScalingEngine.explain": {"service": "web", "now": "2026-11-23T00:00:00Z"},
        });
        let mut called = 0;
        for (kind, handle) in &handles {
            for function in interface["handles"].as_array().unwrap().iter().filter(|other| other["name"] == *kind) {
                for name in function["functions"].as_array().unwrap().iter().filter_map(|each| each["name"].as_str()) {
                    let own = format!("{kind}.{name}");
                    let Some(request) = requests.get(own).or_else(|| requests.get(name)) else { continue };
                    let answer = handle.start(name, request.to_string()).await.unwrap();
                    let found = match answer {
                        Answer::Nothing => "nothing",
                        Answer::Text(_) => "text",
                        Answer::Texts(_) => "texts",
                        Answer::Bytes(_) => "bytes",
                        Answer::Document(_) => "document",
                        Answer::Handle(_) => "handle",
                        Answer::Handles(_) => "handles",
                        _ => "?",
                    };
                    assert_eq!(shape(kind, name), found, "{kind} {name}");
                    called += 1;
                }
            }
        }
        assert!(called > 25, "{called}");
    });
}

/// A function that is written and not in the table could be called by nobody.
#[test]
fn every_function_that_takes_a_request_is_in_the_table() {
    let mut written = 0;
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                // However the signature is broken into lines.
                let text = std::fs::read_to_string(path).unwrap();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(", )", ")");
                let is_one = |written: &&str| {
                    let signature = written.split('{').next().unwrap_or_default();
                    signature.contains("&self, ") && signature.contains("Request) -> Result<")
                };
                written += text.split("fn ").filter(is_one).count();
            }
        }
    }
    let interface = paas_ffi::interface();
    let handles = interface["handles"].as_array().unwrap();
    let described: usize = handles.iter().map(|handle| handle["functions"].as_array().unwrap().len()).sum();
    assert_eq!(written, described);
}
