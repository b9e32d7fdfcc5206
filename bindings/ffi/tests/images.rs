//! Images on their way to production.

use super::{document, handle, runtime};
use paas_ffi::{Answer, ErrorEnvelope, Handle};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    thread,
};

pub(super) const IMAGE: &str = "retail-shop/web:1.4";

/// What is under [`IMAGE`] in a registry that has it.
pub(super) fn digest() -> String {
    format!("sha256:{}", "0f".repeat(32))
}

/// A registry that says what it has, and gives nothing of it away; gives its address.
pub(super) fn registry(has_image: bool) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(move || answer(&stream.unwrap(), has_image));
        }
    });
    url
}

fn answer(mut stream: &TcpStream, has_image: bool) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let _: usize = lines.take_while(|line| !line.is_empty()).count();
    let answer = if has_image && first.starts_with("HEAD /v2/retail-shop/web/manifests/1.4 ") {
        let kind = "application/vnd.oci.image.manifest.v1+json";
        let digest = digest();
        format!("200 OK\r\ncontent-type: {kind}\r\ncontent-length: 500\r\ndocker-content-digest: {digest}")
    } else {
        "404 Not Found\r\ncontent-length: 0".to_owned()
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {answer}\r\ndocker-distribution-api-version: registry/2.0\r\nconnection: close\r\n\r\n"
    );
}

pub(super) async fn started(
    on: &Handle,
    function: &str,
    request: Value,
) -> Result<Answer, Box<ErrorEnvelope>> {
    on.start(function, request.to_string()).await
}

/// A platform with the namespace `retail-shop`.
async fn connected(more: Value) -> Handle {
    let mut connect = json!({ "actor": "anna", "store": ":memory:" });
    connect.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let platform = handle(started(&Handle::library(), "connect", connect).await.unwrap());
    started(&platform, "tenants.put", json!({ "name": "retail", "project": "7c3e" })).await.unwrap();
    let namespace = json!({ "tenant": "retail", "name": "retail-shop" });
    started(&platform, "namespaces.create", namespace).await.unwrap();
    platform
}

/// The same with registries, of which the one of test has the image.
pub(super) async fn with_registries() -> Handle {
    let (test, production) = (registry(true), registry(false));
    connected(json!({ "registry_test": { "url": test }, "registry_production": { "url": production } })).await
}

/// A copy, which will fail.
pub(super) async fn copy(platform: &Handle) -> Handle {
    let namespace = |more: Value| {
        let mut request = json!({ "tenant": "retail", "name": "retail-shop" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    let image = json!({ "image": IMAGE });
    started(platform, "images.look", image.clone()).await.unwrap();
    let release = json!({ "image": IMAGE, "digest": digest() });
    started(platform, "images.release", release).await.unwrap();
    let manual = namespace(json!({ "rule": { "kind": "manual" } }));
    started(platform, "namespaces.set_sync_rule", manual).await.unwrap();
    started(platform, "namespaces.open_in_production", namespace(json!({}))).await.unwrap();
    handle(started(platform, "images.sync", image).await.unwrap())
}

/// Zones kept in step, and a copy between them, which will fail.
pub(super) async fn zones() -> (Handle, Handle) {
    let (north, south) = (registry(true), registry(false));
    let zones = json!([{ "name": "north", "url": north }, { "name": "south", "url": south }]);
    let platform = connected(json!({ "zones": zones })).await;
    let rule = json!({ "namespace": "retail-shop", "rule": { "zones": ["north", "south"] } });
    started(&platform, "zones.set_rule", rule).await.unwrap();
    started(&platform, "zones.look", json!({ "image": IMAGE })).await.unwrap();
    let Answer::Handles(copies) = started(&platform, "zones.carry_on", json!({})).await.unwrap() else {
        panic!("handles");
    };
    let keeping = handle(started(&platform, "zones.keep", json!({})).await.unwrap());
    (keeping, copies.into_iter().next().unwrap())
}

fn told(error: &ErrorEnvelope) -> (&str, &str, Option<&str>) {
    (&error.code, &error.message, error.help.as_deref())
}

#[test]
fn what_is_not_recorded_is_told_without_registries() {
    runtime().block_on(async {
        let platform = connected(json!({})).await;
        let of_image = json!({ "image": IMAGE });
        let release = json!({ "image": IMAGE, "digest": digest() });
        for (function, request) in
            [("images.read", &of_image), ("images.withdraw", &of_image), ("images.release", &release)]
        {
            let error = started(&platform, function, request.clone()).await.unwrap_err();
            assert_eq!(error.kind.as_str(), "unknown_image", "{function}");
            assert_eq!(error.message, "nothing was seen to be pushed as `retail-shop/web:1.4`");
        }
        for function in ["images.sync", "images.look", "images.sweep", "images.carry_on", "images.keep"] {
            let request =
                if matches!(function, "images.sync" | "images.look") { &of_image } else { &json!({}) };
            let error = started(&platform, function, request.clone()).await.unwrap_err();
            assert_eq!(error.kind.as_str(), "configuration", "{function}");
            assert!(error.message.contains("without the registries"), "{}", error.message);
        }
        let list = json!({ "tenant": "retail", "state": "synced", "namespace": "retail-shop" });
        assert_eq!(document(started(&platform, "images.list", list).await.unwrap()), json!([]));
        assert_eq!(document(started(&platform, "images.journal", of_image).await.unwrap()), json!([]));
        let other = json!({ "image": "retail-bank/web:1.4" });
        let error = started(&platform, "images.read", other).await.unwrap_err();
        assert_eq!(error.kind.as_str(), "unknown_namespace");
        let error =
            started(&platform, "images.read", json!({ "image": "retail-shop/web" })).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.details.field.as_deref()), ("request.invalid", Some("image")));
    });
}

#[test]
fn both_registries_are_given_with_a_whole_login() {
    let refused = |test: Value, production: Value| {
        let request = json!({
            "actor": "anna", "store": ":memory:", "registry_test": test, "registry_production": production,
        });
        let error = runtime().block_on(started(&Handle::library(), "connect", request)).unwrap_err();
        assert!(!error.to_json().contains("hunter22"), "{}", error.to_json());
        (error.kind.as_str().to_owned(), error.message.clone())
    };
    let open = json!({ "url": "https://registry.bank.test" });
    let both = "images go from the one registry to the other: give both";
    let invalid = |message: String| ("invalid_request".to_owned(), message);
    assert_eq!(refused(open.clone(), Value::Null), invalid(format!("`registry_production`: {both}")));
    assert_eq!(refused(Value::Null, open.clone()), invalid(format!("`registry_test`: {both}")));
    let half = json!({ "url": "https://registry.bank.test", "password": "hunter22" });
    let together = "`registry_test`: `username` and `password` go together".to_owned();
    assert_eq!(refused(half, open.clone()), invalid(together));
    let two = json!({ "url": "https://registry.bank.test", "username": "a", "password": "hunter22", "token": "hunter22" });
    let enough = "`registry_production`: a user is given, and a token; one of them is enough".to_owned();
    assert_eq!(refused(open.clone(), two), invalid(enough));
    let plain = json!({ "url": "http://registry.bank.test", "token": "hunter22" });
    assert_eq!(refused(plain, open).0, "configuration");
}

#[test]
fn harbors_are_given_for_what_takes_them() {
    let connected = |changes: Value| {
        let open = json!({ "url": "https://registry.bank.test" });
        let mut request = json!({ "actor": "anna", "store": ":memory:", "registry_test": open, "registry_production": open });
        request.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let connected = runtime().block_on(started(&Handle::library(), "connect", request));
        connected.map(drop).map_err(|error| (error.kind.as_str().to_owned(), error.message))
    };
    let harbor =
        json!({ "url": "https://harbor.bank.test", "username": "robot$paas", "password": "hunter22" });
    let message = "`image_copies`: replication goes from a Harbor to a Harbor: give both".to_owned();
    assert_eq!(
        connected(json!({ "image_copies": "replication", "harbor_test": harbor })),
        Err(("invalid_request".to_owned(), message))
    );
    let neither = json!({
        "image_copies": "replication", "registry_test": null, "registry_production": null,
        "harbor_test": harbor, "harbor_production": harbor,
    });
    let message = "`image_copies`: images go from the one registry to the other, and neither is given";
    assert_eq!(connected(neither), Err(("invalid_request".to_owned(), message.to_owned())));
    assert_eq!(connected(json!({ "image_labels": true })).unwrap_err().0, "configuration");
    assert_eq!(connected(json!({ "image_copies": "pigeon" })).unwrap_err().0, "invalid_request");
    let both = json!({
        "image_copies": "replication", "image_labels": true, "harbor_test": harbor, "harbor_production": harbor,
    });
    assert_eq!(connected(both), Ok(()));
}

#[test]
fn what_cannot_be_done_now_says_what_to_do() {
    runtime().block_on(async {
        let platform = with_registries().await;
        let image = json!({ "image": IMAGE });
        let seen = document(started(&platform, "images.look", image.clone()).await.unwrap());
        assert_eq!((&seen["status"], &seen["digest"]), (&json!("in_development"), &json!(digest())));
        let error = started(&platform, "images.sync", image.clone()).await.unwrap_err();
        let message = "`retail-shop/web:1.4` cannot be synced: it is in development";
        assert_eq!(told(&error), ("platform.image_state", message, Some("release it first")));
        let other = format!("sha256:{}", "aa".repeat(32));
        let release = |digest: String| json!({ "image": IMAGE, "digest": digest });
        let error = started(&platform, "images.release", release(other)).await.unwrap_err();
        assert_eq!(error.help.as_deref(), Some("look at what is there now, and release that"));

        let reader = json!({ "subject": { "user": "5f3c", "tenants": { "7c3e": { "roles": ["read_only"] } }, "namespaces": ["retail-shop"] } });
        let reader = handle(platform.call("acting_for", reader.to_string()).unwrap());
        let error = started(&reader, "images.release", release(digest())).await.unwrap_err();
        assert_eq!(error.kind.as_str(), "denied");
        assert_eq!(document(started(&reader, "images.read", image.clone()).await.unwrap()), seen);

        started(&platform, "images.release", release(digest())).await.unwrap();
        let manual = json!({ "tenant": "retail", "name": "retail-shop", "rule": { "kind": "manual" } });
        let namespace = document(started(&platform, "namespaces.set_sync_rule", manual).await.unwrap());
        assert_eq!(namespace["sync_rule"], json!({ "kind": "manual" }));
        let error = started(&platform, "images.sync", image.clone()).await.unwrap_err();
        let message = "`retail-shop/web:1.4` waits: production has no namespace of that name";
        let help = "open the namespace in production: `namespaces.open_in_production`";
        assert_eq!(told(&error), ("platform.image_state", message, Some(help)));
        let journal = document(started(&platform, "images.journal", image.clone()).await.unwrap());
        let what: Vec<&Value> = journal.as_array().unwrap().iter().map(|entry| &entry["what"]).collect();
        assert_eq!(what, ["pushed", "released", "namespace_missing"]);
        let withdrawn = document(started(&platform, "images.withdraw", image).await.unwrap());
        assert_eq!(withdrawn["status"], "in_development");
        let none = json!({ "tenant": "retail", "name": "retail-shop" });
        let namespace = document(started(&platform, "namespaces.set_sync_rule", none).await.unwrap());
        assert_eq!(namespace.get("sync_rule"), None);
    });
}

#[test]
fn a_copy_that_fails_tells_why() {
    runtime().block_on(async {
        let platform = with_registries().await;
        let copy = copy(&platform).await;
        let Answer::Text(image) = copy.call("image", "{}").unwrap() else { panic!("no text") };
        assert_eq!(image, IMAGE);
        let end = document(started(&copy, "wait", json!({})).await.unwrap());
        assert_eq!(
            (&end["what"], &end["failure"]),
            (&json!("copy_failed"), &json!("source_missing")),
            "{end}"
        );
        assert!(!end["message"].as_str().unwrap().is_empty());
        // Asked again, it says the same; and nothing comes after the end.
        assert_eq!(document(started(&copy, "wait", json!({})).await.unwrap()), end);
        while document(started(&copy, "next_progress", json!({})).await.unwrap()) != Value::Null {}
        copy.call("interrupt", "{}").unwrap();
        let status = document(started(&platform, "images.read", json!({ "image": IMAGE })).await.unwrap());
        assert_eq!(
            (&status["state"]["kind"], &status["waits_for"]["kind"]),
            (&json!("pending_sync"), &json!("person"))
        );
    });
}

#[test]
fn images_are_kept_until_that_is_stopped() {
    runtime().block_on(async {
        let platform = with_registries().await;
        let wrong = started(&platform, "images.keep", json!({ "look_seconds": 0 })).await.unwrap_err();
        assert_eq!(wrong.message, "`look_seconds`: a number of seconds from 1 on is expected");
        let settings = json!({ "look_seconds": 1, "sweep_seconds": 1, "copies": 2 });
        let keeping = handle(started(&platform, "images.keep", settings).await.unwrap());
        let report = document(started(&keeping, "next_report", json!({})).await.unwrap());
        assert_eq!(report["namespaces"], 1);
        platform.call("images.notice", json!({ "images": [IMAGE] }).to_string()).unwrap();
        let mut count = 0;
        while document(started(&platform, "images.list", json!({ "tenant": "retail" })).await.unwrap())
            == json!([])
        {
            // Whoever keeps images looks at them within a second.
            started(&keeping, "next_report", json!({})).await.unwrap();
            count += 1;
            assert!(count < 20, "nobody looked at what was noticed");
        }
        started(&keeping, "stop", json!({})).await.unwrap();
        started(&keeping, "stop", json!({})).await.unwrap();
        while document(started(&keeping, "next_report", json!({})).await.unwrap()) != Value::Null {}
    });
}

#[test]
fn nobody_is_kept_waiting_by_what_was_closed() {
    runtime().block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let (test, production) = (registry(true), registry(false));
        let connect = json!({
            "actor": "anna", "store": folder.path().join("paas.db"),
            "registry_test": { "url": test }, "registry_production": { "url": production },
        });
        let platform = handle(started(&Handle::library(), "connect", connect).await.unwrap());
        let settings = json!({ "look_seconds": 1 });
        let keeping = handle(started(&platform, "images.keep", settings).await.unwrap());
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

#[test]
fn what_registries_post_is_taken_from_them_only() {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    const SECRET: &str = "Bearer a-word-that-two-know";
    let platform = runtime().block_on(connected(json!({})));
    let take = |function: &str, body: &Value, secret: &str, authorization: Option<&str>| {
        let payload = BASE64_STANDARD.encode(body.to_string());
        let request = json!({ "payload": payload, "secret": secret, "authorization": authorization });
        platform.call(function, request.to_string())
    };
    let event = json!({
        "id": "1", "timestamp": "2026-11-23T08:00:00Z", "action": "push",
        "target": {
            "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest(), "size": 500, "length": 500,
            "repository": "retail-shop/web", "tag": "1.4", "url": "http://x/",
        },
        "request": {}, "actor": {}, "source": {},
    });
    let events = json!({ "events": [event] });
    let taken = take("images.take_notifications", &events, SECRET, Some(SECRET)).unwrap();
    assert_eq!(document(taken), json!(1));
    let refused = |function: &str, body: &Value, secret: &str, authorization: Option<&str>| {
        let error = take(function, body, secret, authorization).unwrap_err();
        assert!(!error.to_json().contains("a-word-that-two-know"));
        (error.code.clone(), error.kind.as_str(), error.details.answer)
    };
    for function in ["images.take_notifications", "images.take_harbor_webhook"] {
        let stranger = refused(function, &events, SECRET, None);
        assert_eq!(stranger, ("notification.not_authentic".to_owned(), "denied", Some(401)));
        let malformed = refused(function, &json!([1]), SECRET, Some(SECRET));
        assert_eq!(malformed, ("notification.malformed".to_owned(), "invalid_request", Some(400)));
        let weak = refused(function, &events, "short", Some("short"));
        assert_eq!(weak, ("request.invalid".to_owned(), "invalid_request", Some(500)));
    }
}
