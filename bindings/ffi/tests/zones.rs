//! Images kept in step between zones.

use super::{
    document, handle,
    images::{IMAGE, digest, registry, started, zones},
    runtime,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use paas_ffi::{Answer, Handle};
use serde_json::{Value, json};

const SECRET: &str = "Bearer a-word-that-two-know";

/// A platform with these zones, and with the namespace `retail-shop`.
async fn connected(zones: Value) -> Handle {
    let connect = json!({ "actor": "anna", "store": ":memory:", "zones": zones });
    let platform = handle(started(&Handle::library(), "connect", connect).await.unwrap());
    started(&platform, "tenants.put", json!({ "name": "retail", "project": "7c3e" })).await.unwrap();
    let namespace = json!({ "tenant": "retail", "name": "retail-shop" });
    started(&platform, "namespaces.create", namespace).await.unwrap();
    platform
}

/// Two zones at addresses that nobody answers at.
fn north_and_south() -> Value {
    json!([
        { "name": "north", "url": "https://registry.north.bank.test" },
        { "name": "south", "url": "https://registry.south.bank.test" },
    ])
}

#[test]
fn a_registry_is_called_what_images_call_it_however_its_address_is_written() {
    runtime().block_on(async {
        for (url, name) in [
            ("https://registry.bank.test", "registry.bank.test"),
            ("https://registry.bank.test/", "registry.bank.test"),
            ("https://Registry.Bank.Test:443/v2/", "registry.bank.test"),
            ("https://registry.bank.test:5000/images/", "registry.bank.test:5000/images"),
            ("http://127.0.0.1:5000", "127.0.0.1:5000"),
        ] {
            let platform = connected(json!([{ "name": "north", "url": url }])).await;
            let zones = document(platform.call("zones.list", "{}").unwrap());
            assert_eq!(zones, json!([{ "name": "north", "registry": name }]), "{url}");
        }
        let said = json!([{ "name": "north", "url": "https://r.test/v2", "registry": "bank.test/images" }]);
        let zones = document(connected(said).await.call("zones.list", "{}").unwrap());
        assert_eq!(zones[0]["registry"], "bank.test/images");
    });
}

#[test]
fn zones_are_refused_without_showing_what_is_secret() {
    let refused = |zones: Value| {
        let request = json!({ "actor": "anna", "store": ":memory:", "zones": zones });
        let error = runtime().block_on(started(&Handle::library(), "connect", request)).unwrap_err();
        assert!(!format!("{} {error:?}", error.to_json()).contains("hunter22"), "{}", error.to_json());
        (error.kind.as_str().to_owned(), error.message.clone())
    };
    let zone = |more: Value| {
        let mut zone = json!({ "name": "north", "url": "https://registry.bank.test" });
        zone.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([zone])
    };
    let invalid = |message: &str| ("invalid_request".to_owned(), message.to_owned());
    let together = invalid("`zones`: `username` and `password` go together");
    assert_eq!(refused(zone(json!({ "password": "hunter22" }))), together);
    let two = json!({ "username": "robot", "password": "hunter22", "token": "hunter22" });
    let enough = invalid("`zones`: a user is given, and a token; one of them is enough");
    assert_eq!(refused(zone(two)), enough);
    for url in ["https://robot:hunter22@registry.bank.test", "https://hunter22@registry.bank.test"] {
        let (kind, message) = refused(zone(json!({ "url": url })));
        assert_eq!(kind, "configuration");
        assert!(message.contains("user or password"), "{message}");
    }
    let plain = json!({ "url": "http://registry.bank.test", "token": "hunter22" });
    assert_eq!(refused(zone(plain)).0, "configuration");
    assert_eq!(refused(zone(json!({ "name": "North" }))).0, "invalid_request");
    let shared = json!([
        { "name": "north", "url": "https://registry.bank.test", "token": "hunter22" },
        { "name": "south", "url": "https://registry.bank.test:443/", "token": "hunter22" },
    ]);
    let (kind, message) = refused(shared);
    assert_eq!(kind, "configuration");
    assert!(message.contains("`north` and `south` share a registry"), "{message}");
}

#[test]
fn a_rule_is_set_read_and_taken_away_by_those_who_may() {
    runtime().block_on(async {
        let platform = connected(north_and_south()).await;
        let namespace = json!({ "namespace": "retail-shop" });
        let rule = json!({ "zones": ["north", "south"], "tags": { "include": ["v*"], "exclude": ["v0*"] } });
        let set = |rule: Value| json!({ "namespace": "retail-shop", "rule": rule });
        let answer = document(started(&platform, "zones.set_rule", set(rule.clone())).await.unwrap());
        assert_eq!(answer["rule"]["zones"], rule["zones"]);
        assert_eq!(answer["rule"]["tags"], rule["tags"]);
        let read = document(started(&platform, "zones.rule", namespace.clone()).await.unwrap());
        assert_eq!(read, answer);
        let status = started(&platform, "zones.status", json!({ "tenant": "retail" })).await.unwrap();
        let status = document(status);
        assert_eq!(status.as_array().map(Vec::len), Some(1), "{status}");

        let moon = set(json!({ "zones": ["north", "moon"] }));
        let error = started(&platform, "zones.set_rule", moon).await.unwrap_err();
        assert_eq!(error.kind.as_str(), "unknown_zone");
        let user = |role: &str, namespaces: &[&str]| {
            let tenants = json!({ "7c3e": { "roles": [role] } });
            let subject = json!({ "user": "5f3c", "tenants": tenants, "namespaces": namespaces });
            handle(platform.call("acting_for", json!({ "subject": subject }).to_string()).unwrap())
        };
        let reader = user("read_only", &["retail-shop"]);
        let error = started(&reader, "zones.set_rule", set(rule)).await.unwrap_err();
        assert_eq!(error.kind.as_str(), "denied");
        let read = document(started(&reader, "zones.rule", namespace.clone()).await.unwrap());
        assert_eq!(read, answer, "what was refused has changed nothing");
        let none = document(started(&platform, "zones.set_rule", namespace.clone()).await.unwrap());
        assert_eq!(none.get("rule"), None);
        let read = document(started(&platform, "zones.rule", namespace).await.unwrap());
        assert_eq!(read.get("rule"), None);
    });
}

#[test]
fn what_the_registry_of_a_zone_posts_is_taken_from_it_only() {
    let platform = runtime().block_on(connected(north_and_south()));
    let take = |function: &str, zone: &str, body: &Value, secret: &str, authorization: Option<&str>| {
        let payload = BASE64_STANDARD.encode(body.to_string());
        let request =
            json!({ "zone": zone, "payload": payload, "secret": secret, "authorization": authorization });
        platform.call(function, request.to_string())
    };
    let target = json!({
        "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest(), "size": 500,
        "repository": "retail-shop/web", "tag": "1.4",
    });
    let event = json!({ "id": "1", "timestamp": "2026-11-23T08:00:00Z", "action": "push", "target": target });
    let events = json!({ "events": [event] });
    let function = "zones.take_notifications";
    assert_eq!(document(take(function, "north", &events, SECRET, Some(SECRET)).unwrap()), json!(1));
    // There is no such zone: nothing is noticed, and the registry need not post it again.
    assert_eq!(document(take(function, "moon", &events, SECRET, Some(SECRET)).unwrap()), json!(0));
    let refused = |function: &str, body: &Value, secret: &str, authorization: Option<&str>| {
        let error = take(function, "north", body, secret, authorization).unwrap_err();
        assert!(!format!("{} {error:?}", error.to_json()).contains("a-word-that-two-know"));
        (error.code.clone(), error.kind.as_str(), error.details.answer)
    };
    for function in [function, "zones.take_harbor_webhook"] {
        for stranger in [None, Some("Bearer another-word-of-them")] {
            let stranger = refused(function, &events, SECRET, stranger);
            assert_eq!(stranger, ("notification.not_authentic".to_owned(), "denied", Some(401)));
        }
        let malformed = refused(function, &json!([1]), SECRET, Some(SECRET));
        assert_eq!(malformed, ("notification.malformed".to_owned(), "invalid_request", Some(400)));
        let weak = refused(function, &events, "short", Some("short"));
        assert_eq!(weak, ("request.invalid".to_owned(), "invalid_request", Some(500)));
    }
}

#[test]
fn a_copy_between_zones_that_fails_tells_why() {
    runtime().block_on(async {
        let (_, copy) = zones().await;
        for (function, expected) in [("image", IMAGE), ("source", "north"), ("destination", "south")] {
            let Answer::Text(text) = copy.call(function, "{}").unwrap() else { panic!("no text") };
            assert_eq!(text, expected, "{function}");
        }
        let end = document(started(&copy, "wait", json!({})).await.unwrap());
        let told: Vec<(&Value, &Value)> =
            end.as_array().unwrap().iter().map(|what| (&what["kind"], &what["zone"])).collect();
        assert_eq!(told, [(&json!("failed"), &json!("south"))], "{end}");
        assert_eq!(end[0]["failure"]["kind"], "source_missing", "{end}");
        assert!(!end[0]["failure"]["message"].as_str().unwrap().is_empty(), "{end}");
        // Asked again, it says the same.
        assert_eq!(document(started(&copy, "wait", json!({})).await.unwrap()), end);
    });
}

#[test]
fn zones_are_kept_until_that_is_stopped_or_the_platform_is_closed() {
    runtime().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let zones =
            json!([{ "name": "north", "url": registry(true) }, { "name": "south", "url": registry(false) }]);
        let connect = json!({ "actor": "anna", "store": folder.path().join("paas.db"), "zones": zones });
        let platform = handle(started(&Handle::library(), "connect", connect).await.unwrap());
        started(&platform, "tenants.put", json!({ "name": "retail", "project": "7c3e" })).await.unwrap();
        let namespace = json!({ "tenant": "retail", "name": "retail-shop" });
        started(&platform, "namespaces.create", namespace).await.unwrap();
        let rule = json!({ "namespace": "retail-shop", "rule": { "zones": ["north", "south"] } });
        started(&platform, "zones.set_rule", rule).await.unwrap();
        for field in ["look_seconds", "scan_seconds"] {
            let wrong = started(&platform, "zones.keep", json!({ field: 0 })).await.unwrap_err();
            assert_eq!(wrong.message, format!("`{field}`: a number of seconds from 1 on is expected"));
        }
        let settings = json!({ "look_seconds": 1, "scan_seconds": 1, "copies": 2 });
        let keeping = handle(started(&platform, "zones.keep", settings.clone()).await.unwrap());
        let report = document(started(&keeping, "next_report", json!({})).await.unwrap());
        assert_eq!(report["namespaces"], 1, "{report}");
        started(&keeping, "stop", json!({})).await.unwrap();
        started(&keeping, "stop", json!({})).await.unwrap();
        while document(started(&keeping, "next_report", json!({})).await.unwrap()) != Value::Null {}

        let keeping = handle(started(&platform, "zones.keep", settings).await.unwrap());
        started(&keeping, "next_report", json!({})).await.unwrap();
        started(&platform, "close", json!({})).await.unwrap();
        let mut codes = Vec::new();
        loop {
            match started(&keeping, "next_report", json!({})).await {
                Ok(report) if document(report.clone()) == Value::Null => break,
                Ok(_) => {}
                Err(error) => codes.push(error.code),
            }
        }
        assert_eq!(codes.first().map(String::as_str), Some("store.closed"));
        started(&keeping, "stop", json!({})).await.unwrap();
    });
}
