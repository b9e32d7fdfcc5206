//! Templates for other tenants.

use super::{SHOP, call, document};
use paas_ffi::Handle;
use serde_json::{Value, json};

fn clone(request: &Value) -> paas_ffi::Result<Value> {
    call(&Handle::library(), "clone_template", request).map(document)
}

#[test]
fn a_clone_is_a_text() {
    let mapping = json!({ "name": "shop-b", "networks": { "dmz": "outer" } });
    let cloned = clone(&json!({ "template": SHOP, "mapping": mapping })).unwrap();
    let text = cloned["template"].as_str().unwrap();
    assert!(text.contains("network_name: outer") && text.contains("shop-b"), "{text}");
    assert_eq!(cloned["imports"], json!({}));
    let same = clone(&json!({ "template": SHOP, "mapping": {} })).unwrap();
    assert_eq!(same["template"], SHOP);
}

#[test]
fn values_of_inputs_are_of_any_kind() {
    let template = SHOP.replacen(
        "topology_template:",
        "topology_template:\n  inputs: { n: { type: integer }, l: { type: list, entry_schema: string } }",
        1,
    );
    let mapping = json!({ "inputs": { "n": 3, "l": ["a", "b c"] } });
    let cloned = clone(&json!({ "template": template, "mapping": mapping })).unwrap();
    let text = cloned["template"].as_str().unwrap();
    assert!(
        text.contains("n: { type: integer, default: 3 }") && text.contains("default: [a, b c]"),
        "{text}"
    );
}

#[test]
fn what_is_no_clone_is_rejected() {
    let rejected = |request: Value| {
        let error = clone(&request).unwrap_err();
        assert_eq!(error.code, "platform.rejected");
        error.details.diagnostics.iter().find(|it| it.is_error()).unwrap().code.as_str().to_owned()
    };
    let mapping = json!({ "networks": { "dmzz": "outer" } });
    assert_eq!(rejected(json!({ "template": SHOP, "mapping": mapping })), "clone.no_match");
    let tenant = "tenant: b\nnetworks: [ { name: inner, environment: i } ]\n";
    assert_eq!(
        rejected(json!({ "template": SHOP, "mapping": {}, "tenant": tenant })),
        "resource.unknown_network"
    );
    assert_eq!(rejected(json!({ "template": SHOP, "mapping": {}, "tenant": "a: b" })), "tenant.missing_key");
    let error = clone(&json!({ "template": SHOP, "mapping": { "network": {} } })).unwrap_err();
    assert!(error.message.contains("`network`") && error.code == "request.invalid", "{}", error.message);
}
