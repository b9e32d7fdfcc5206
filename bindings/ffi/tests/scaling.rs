//! Scaling policies as documents.

use super::{call, document};
use paas_ffi::Handle;
use serde_json::{Value, json};

fn linted(lower: f64, max: u32) -> Value {
    let rule = json!({
        "kind": "metric", "metric": "cpu", "upper": 0.7, "lower": { "value": lower }, "bounds": { "min": 1, "max": max },
    });
    let policy = json!({
        "service": "web", "time_zone": "UTC", "bounds": { "min": 1, "max": 8 },
        "windows": [{ "name": "busy", "from": "08:00", "to": "20:00", "rule": rule }],
    });
    document(call(&Handle::library(), "lint_scaling_policy", &json!({ "policy": policy })).unwrap())
}

#[test]
fn a_policy_is_looked_through() {
    assert_eq!(linted(0.3, 8), json!({ "accepted": true, "diagnostics": [] }));
    let flaps = linted(0.5, 8);
    assert_eq!((&flaps["accepted"], &flaps["diagnostics"][0]["severity"]), (&json!(true), &json!("warning")));
    assert_eq!(flaps["diagnostics"][0]["code"], "scaling.flapping");
    let wrong = linted(0.5, 9);
    assert_eq!((&wrong["accepted"], wrong["diagnostics"].as_array().unwrap().len()), (&json!(false), 1));
    assert_eq!(wrong["diagnostics"][0]["code"], "scaling.bounds");
}

#[test]
fn what_is_no_policy_is_refused() {
    let policy = json!({ "service": "web", "time_zone": "UTC", "bounds": { "min": 1, "max": 8 }, "windows": [{ "name": "x" }] });
    let error = call(&Handle::library(), "lint_scaling_policy", &json!({ "policy": policy })).unwrap_err();
    assert_eq!(error.code, "request.invalid");
}
