//! What templates may do, said by whoever sets up the platform.

use super::{SHOP, call, document, handle, runtime};
use paas_ffi::Handle;
use serde_json::{Value, json};

fn codes(checked: &Value) -> Vec<&str> {
    let diagnostics = checked["diagnostics"].as_array().unwrap();
    diagnostics.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
}

fn privileged() -> String {
    SHOP.replace("web:1.4' }", "web:1.4', security: { privileged: true } }")
}

#[test]
fn a_policy_is_the_text_of_a_file() {
    let library = Handle::library();
    let check = |policy: Value| {
        let request = json!({"template": privileged(), "policy": policy});
        document(call(&library, "check", &request).unwrap())
    };
    assert_eq!(codes(&check(Value::Null)), ["policy.missing_limits", "policy.privileged"]);
    let allowed = check(json!("privileged: allow\nmissing_limits: allow\n"));
    assert_eq!((allowed["accepted"].as_bool(), codes(&allowed).len()), (Some(true), 0));
    let wrong = check(json!("privilegd: allow\nhost_pid: maybe\n"));
    assert_eq!(codes(&wrong), ["policy_file.unknown_key", "policy_file.wrong_value"]);
    assert_eq!(wrong["diagnostics"][0]["labels"][0]["file"], "policy.yaml");
    for policy in ["", "privilegd: allow"] {
        let request = json!({"template": SHOP, "policy": policy});
        let error = call(&library, "translate", &request).unwrap_err();
        assert_eq!(error.code, "platform.rejected", "{policy}");
    }
}

#[test]
fn who_deploys_has_no_word_in_it() {
    runtime().block_on(async {
        let connect = |policy: Value| {
            json!({"actor": "anna", "store": ":memory:", "template_policy": policy}).to_string()
        };
        let wrong = connect(json!("privileged: [ allow ]"));
        let error = Handle::library().start("connect", wrong).await.unwrap_err();
        assert_eq!(error.details.diagnostics[0].code.as_str(), "policy_file.wrong_shape");

        let platform = Handle::library().start("connect", connect(Value::Null)).await.unwrap();
        let platform = handle(platform);
        platform.start("tenants.put", json!({"name": "acme"}).to_string()).await.unwrap();
        let deploy = json!({"tenant": "acme", "template": privileged()});
        for function in ["applications.deploy", "applications.plan"] {
            let error = platform.start(function, deploy.to_string()).await.unwrap_err();
            assert_eq!(error.code, "platform.rejected");
            let mut with_policy = deploy.clone();
            with_policy["policy"] = "privileged: allow".into();
            let error = platform.start(function, with_policy.to_string()).await.unwrap_err();
            assert_eq!(error.code, "request.invalid");
        }
    });
}
