//! Failures: their codes, kinds and what they do not tell.

use super::{SHOP, call, document, handle, runtime};
use paas_ffi::{Handle, Kind};
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn a_rejected_template_tells_all_its_problems() {
    let template = SHOP.replace("image:", "imge:").replace("network: dmz", "network: dmzz");
    let error = call(&Handle::library(), "translate", &json!({"template": template, "file": "shop.yaml"}))
        .unwrap_err();
    assert_eq!((error.code.as_str(), error.kind.as_str()), ("platform.rejected", "rejected"));
    let codes: Vec<&str> =
        error.details.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert!(codes.len() > 1, "{codes:?}");
    let place = &error.labels[0].place;
    assert_eq!((&*place.file, place.start.line), ("shop.yaml", 8));
    let checked = document(
        call(&Handle::library(), "check", &json!({"template": template, "file": "shop.yaml"})).unwrap(),
    );
    assert_eq!(checked["diagnostics"], json!(error.details.diagnostics));
}

#[test]
fn the_platform_and_the_pure_functions_reject_alike() {
    let template = SHOP.replace("image:", "imge:");
    let pure = call(&Handle::library(), "translate", &json!({"template": template})).unwrap_err();
    runtime().block_on(async {
        let connect = json!({"actor": "anna", "store": ":memory:"}).to_string();
        let platform = handle(Handle::library().start("connect", connect).await.unwrap());
        platform.start("tenants.put", json!({"name": "acme"}).to_string()).await.unwrap();
        let deploy = json!({"tenant": "acme", "template": template}).to_string();
        for function in ["applications.deploy", "applications.plan"] {
            assert_eq!(platform.start(function, deploy.clone()).await.unwrap_err(), pure);
        }
    });
}

#[test]
fn no_value_of_a_request_is_told() {
    let wrong = [
        json!({"actor": "anna", "store": ":memory:", "secrets": "hunter22"}),
        json!({"actor": "anna", "store": ":memory:", "secrets": {"a": ["hunter22"]}}),
        json!({"actor": "anna", "store": ":memory:", "rancher": "hunter22"}),
        json!({"actor": "anna", "store": ":memory:", "rancher": {"access_key": "hunter22"}}),
        json!({"actor": "anna", "store": ":memory:", "rancher": {"access_key": "a", "secret_key": "hunter22", "url": "ftp://x"}}),
        json!({"actor": "anna", "store": ":memory:", "process": {"hunter22": 1}}),
    ];
    for request in wrong {
        let error = runtime().block_on(Handle::library().start("connect", request.to_string())).unwrap_err();
        assert!(!error.to_json().contains("hunter22"), "{}", error.to_json());
    }
}

#[test]
fn kinds_are_words_of_their_own() {
    let kinds: Vec<&str> = Kind::all().iter().map(|(kind, _)| kind.as_str()).collect();
    let each: BTreeSet<&str> = kinds.iter().copied().collect();
    assert_eq!(kinds.len(), each.len());
    assert!(kinds.iter().all(|kind| kind.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
    assert!(Kind::all().iter().all(|(_, help)| !help.is_empty()));
}

#[test]
fn a_field_of_a_fault_that_there_is_not_is_named() {
    let sandbox = handle(call(&Handle::library(), "start_sandbox", &json!({})).unwrap());
    let fault = |fault| call(&sandbox, "add_fault", &json!({ "fault": fault }));
    assert!(fault(json!({"fault": "unavailable", "retry_after": 3, "times": 2})).is_ok());
    let error = fault(json!({"fault": "conflict", "retry_after": 3})).unwrap_err();
    assert!(
        error.message.contains("unknown field `retry_after`, expected one of `fault`, `method`"),
        "{error}"
    );
    let error = fault(json!({"fault": "conflickt"})).unwrap_err();
    assert!(error.message.contains("unknown variant `conflickt`, expected one of `conflict`"), "{error}");
}

#[test]
fn a_stopped_sandbox_says_so() {
    let sandbox = handle(call(&Handle::library(), "start_sandbox", &json!({})).unwrap());
    call(&sandbox, "stop", &json!({})).unwrap();
    call(&sandbox, "stop", &json!({})).unwrap();
    let error = call(&sandbox, "requests", &json!({})).unwrap_err();
    assert_eq!((error.code.as_str(), error.kind.as_str()), ("sandbox.stopped", "sandbox"));
}

#[test]
fn every_code_that_an_error_has_can_be_explained() {
    let library = Handle::library();
    let explained = |code: &str| call(&library, "explain", &json!({ "code": code })).map(document);
    for code in paas_sdk::codes::all() {
        assert_eq!(explained(code.code).unwrap()["help"], code.help);
    }
    for code in paas_sdk::Code::ALL {
        assert_eq!(explained(code.as_str()).unwrap()["wrong"], code.example().wrong);
    }
    let error = explained("tosca.unknown_tpye").unwrap_err();
    assert_eq!(error.message, "`code`: `tosca.unknown_tpye` is no code");
    assert_eq!(error.help.as_deref(), Some("did you mean `tosca.unknown_type`?"));
}

#[test]
fn a_closed_store_can_be_opened_again_and_what_was_left_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("paas.db");
    let connect = json!({"actor": "anna", "store": store}).to_string();
    runtime().block_on(async {
        let start = async |handle: &Handle, function: &str, request: &str| {
            handle.start(function, request.to_owned()).await
        };
        let library = Handle::library();
        let platform = handle(start(&library, "connect", &connect).await.unwrap());
        start(&platform, "tenants.put", r#"{"name": "acme"}"#).await.unwrap();
        assert_eq!(start(&library, "connect", &connect).await.unwrap_err().code, "store.locked");
        start(&platform, "close", "{}").await.unwrap();
        start(&platform, "close", "{}").await.unwrap();
        assert_eq!(start(&platform, "tenants.list", "{}").await.unwrap_err().code, "store.closed");
        let again = handle(start(&library, "connect", &connect).await.unwrap());
        let acme = document(start(&again, "tenants.read", r#"{"name": "acme"}"#).await.unwrap());
        assert_eq!(acme["name"], "acme");
    });
}

#[test]
fn a_tenant_that_no_file_could_say_is_rejected() {
    runtime().block_on(async {
        let connect = json!({"actor": "anna", "store": ":memory:"}).to_string();
        let platform = handle(Handle::library().start("connect", connect).await.unwrap());
        let put = async |tenant: serde_json::Value| platform.start("tenants.put", tenant.to_string()).await;
        let twice =
            json!({"name": "acme", "networks": [{"name": "dmz"}, {"name": "dmz", "environment": "other"}]});
        let error = put(twice).await.unwrap_err();
        assert_eq!(
            (error.kind.as_str(), error.details.diagnostics[0].code.as_str()),
            ("rejected", "tenant.duplicate")
        );
        let server = |base: &str| {
            json!({"name": "filer", "host": "10.0.0.5", "export_base": base, "tier": "gold",
            "capacity_bytes": 2_000_000_000_000_u64})
        };
        let error = put(json!({"name": "acme", "nfs_servers": [server("rel")]})).await.unwrap_err();
        assert_eq!((error.kind.as_str(), error.labels.len()), ("rejected", 0));
        put(json!({"name": "acme", "nfs_servers": [server("/exports")]})).await.unwrap();
        let read = platform.start("tenants.read", json!({"name": "acme"}).to_string()).await.unwrap();
        assert_eq!(document(read)["nfs_servers"][0]["capacity_bytes"], 2_000_000_000_000_u64);
    });
}

#[test]
fn a_key_that_is_missing_is_a_matter_of_configuration() {
    let request =
        json!({"actor": "anna", "store": ":memory:", "rancher": {"credentials_file": "/no/such/file"}});
    let error = runtime().block_on(Handle::library().start("connect", request.to_string())).unwrap_err();
    assert_eq!((error.kind.as_str(), error.code.as_str()), ("configuration", "client.rancher.configuration"));
    assert!(!error.help.unwrap().contains("server"));
}
