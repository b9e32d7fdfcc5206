//! Reading what servers of many versions send.

use crate::schema::Schemas;
use paas_client::rancher::{
    AccountLink, Environment, Region, Resource, Service, Stack, State, Transitioning, Volume,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// A value of a field's form, as the dump describes it.
fn value_of(form: &str, seed: u8) -> Value {
    if seed.is_multiple_of(4) {
        return Value::Null;
    }
    let within = |outer: &str| form.strip_prefix(outer).and_then(|rest| rest.strip_suffix(']'));
    if let Some(items) = within("array[") {
        return match value_of(items, 1) {
            Value::Null => json!([]),
            item => json!([item]),
        };
    }
    if let Some(values) = within("map[") {
        return json!({ "key": value_of(values, seed) });
    }
    match form {
        "int" if seed % 4 == 1 => json!(seed.to_string()),
        "int" => json!(seed),
        "boolean" => json!(seed.is_multiple_of(2)),
        "string" | "enum" | "date" => json!("text"),
        "json" => json!({ "any": [seed, null] }),
        _ if form.starts_with("reference[") => json!("1x7"),
        _ => json!({}),
    }
}

/// A resource of a server that sends some of the fields of its type, and fields that nobody knows.
fn resource(fields: &serde_json::Map<String, Value>, name: &str, seeds: &[u8]) -> Value {
    let mut body = json!({ "id": "1x7", "type": name, "surprise": { "a": [1] }, "data": { "fields": {} } });
    for ((field, schema), seed) in fields.iter().zip(seeds.iter().cycle()) {
        if field != "id" && !seed.is_multiple_of(3) {
            body[field] = value_of(schema["type"].as_str().unwrap(), *seed);
        }
    }
    body
}

static SCHEMAS: LazyLock<Option<Schemas>> = LazyLock::new(Schemas::load);

proptest! {
    #[test]
    fn whatever_the_old_server_sends_is_read(seeds in proptest::collection::vec(any::<u8>(), 40..60)) {
        let Some(schemas) = &*SCHEMAS else { return Ok(()) };
        let text = |name: &str| {
            let fields = schemas.old_type(name).unwrap()["resourceFields"].as_object().unwrap();
            resource(fields, name, &seeds).to_string()
        };
        let shown = |error: paas_client::Error, text: &str| format!("{error}: {text}");
        for (name, read) in [
            ("project", (|text| Environment::from_json(text).map(|_| ())) as fn(&str) -> paas_client::Result<()>),
            ("stack", |text| Stack::from_json(text).map(|_| ())),
            ("service", |text| Service::from_json(text).map(|_| ())),
            ("volume", |text| Volume::from_json(text).map(|_| ())),
        ] {
            let text = text(name);
            prop_assert!(read(&text).is_ok(), "{}", shown(read(&text).unwrap_err(), &text));
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(text in ".{0,200}", cut in 0..300_usize) {
        let whole = r#"{"id":"1s7","type":"service","state":"active","scale":"3","metadata":{"k":{"n":1}},"actions":{"a":"b"}}"#;
        for text in [text.as_str(), whole.get(..cut).unwrap_or(whole)] {
            let _ = (Service::from_json(text), Region::from_json(text), AccountLink::from_json(text));
        }
    }
}

#[test]
fn a_service_of_a_later_server_is_read() {
    let service = Service::from_json(
        r#"{"id":"1s7","type":"loadBalancerService","baseType":"service","name":"lb","state":"updating-active",
            "healthState":"started-once","transitioning":"error","transitioningMessage":"timed out",
            "transitioningProgress":null,"stackId":"1st7","scale":3,"currentScale":"2","system":null,
            "scalePolicy":{"min":1,"max":5,"increment":2},"metadata":{"key":"plan-7","n":{"a":1}},
            "launchConfig":{"imageUuid":"docker:nginx","labels":{"io.rancher.scheduler.global":"true","n":1},
                "environment":{"PASSWORD":"hidden"},"healthCheck":{"port":80,"requestLine":null},"secrets":[]},
            "secondaryLaunchConfigs":[{"name":"side","imageUuid":"docker:busybox"}],
            "linkedServices":{"db":"1s4","far":null},"instanceIds":["1i1",2],
            "publicEndpoints":[{"type":"publicEndpoint","ipAddress":"10.0.0.1","port":80,"hostId":"1h1","instanceId":""}],
            "actions":{"setservicelinks":"u","activate":"u"},"links":{},"upgrade":null,"brandNew":true}"#,
    )
    .unwrap();
    assert_eq!(service.resource_type, "loadBalancerService");
    assert_eq!(
        (service.state.clone(), &service.transitioning),
        (State::UpdatingActive, &Transitioning::Error)
    );
    assert_eq!((service.scale, service.current_scale), (Some(3), Some(2)));
    assert_eq!(service.health_state.as_ref().unwrap().as_str(), "started-once");
    assert_eq!(service.metadata["key"].as_str(), Some("plan-7"));
    assert_eq!(service.metadata["n"].to_string(), r#"{"a":1}"#);
    let launch = service.launch_config.as_ref().unwrap();
    assert_eq!(launch.labels["n"], "1");
    assert_eq!(launch.health_check.as_ref().unwrap().port, Some(80));
    assert_eq!(service.linked_services.len(), 1);
    assert_eq!(service.instance_ids[1].as_str(), "2");
    assert_eq!(service.public_endpoints[0].instance_id, None);
    assert!(service.offers("activate") && !service.offers("deactivate"));
    assert!(!format!("{service:?}").contains("hidden"));
}

#[test]
fn a_resource_with_nothing_but_its_id_is_one() {
    let stack = Stack::from_json(r#"{"id":"1st7","type":"stack"}"#).unwrap();
    assert_eq!((stack.name.as_str(), stack.state.as_str(), stack.system), ("", "", false));
    assert!(!stack.is_gone());
    let removed =
        Stack::from_json(r#"{"id":"1st7","type":"stack","removed":"2026-01-01T00:00:00Z"}"#).unwrap();
    assert!(removed.is_gone());
}
