//! Differences of releases.

use super::{SHOP, call, document, handle};
use paas_ffi::Handle;
use serde_json::{Value, json};

const ALLOWED: &str = "missing_limits: allow\n";

fn release(template: &str) -> Value {
    let request = json!({ "template": template, "policy": ALLOWED });
    let release = handle(call(&Handle::library(), "translate", &request).unwrap());
    document(call(&release, "document", &json!({})).unwrap())
}

#[test]
fn two_releases_are_compared() {
    let (old, new) = (release(SHOP), release(&SHOP.replace("web:1.4", "web:1.5")));
    let compare = |old: &Value, new: &Value| {
        document(call(&Handle::library(), "diff_releases", &json!({ "before": old, "after": new })).unwrap())
    };
    let compared = compare(&old, &new);
    assert_eq!(compared["differ"], true);
    let web = &compared["difference"]["services"][0];
    assert_eq!((web["service"].as_str(), web["fate"].as_str()), (Some("web"), Some("upgraded")));
    assert_eq!(web["changes"][0]["path"], "image");
    assert!(compared["text"].as_str().unwrap().contains("~ image: registry.bank.test/web:1.4 → "));
    assert!(compared["mermaid"].as_str().unwrap().contains(":::upgraded"));
    assert_eq!(compare(&old, &old)["differ"], false);
}

#[test]
fn what_is_no_release_is_refused() {
    let release = release(SHOP);
    for (old, message) in
        [(json!({}), "no release"), (json!({ "format": 9 }), "it has format 9, and this version reads 1")]
    {
        let request = json!({ "before": old, "after": release });
        let error = call(&Handle::library(), "diff_releases", &request).unwrap_err();
        assert_eq!(
            (error.code.as_str(), error.details.field.as_deref()),
            ("request.invalid", Some("before"))
        );
        assert!(error.message.contains(message), "{}", error.message);
    }
}
