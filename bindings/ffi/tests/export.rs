//! Templates written again.

use super::{SHOP, call, handle};
use paas_ffi::{Answer, Handle};
use serde_json::{Value, json};

fn text(answer: Answer) -> String {
    let Answer::Text(text) = answer else { panic!("{answer:?}") };
    text
}

fn exported(request: &Value) -> String {
    text(call(&Handle::library(), "export_template", request).unwrap())
}

#[test]
fn templates_and_releases_are_written_in_the_same_way() {
    let again = exported(&json!({"template": SHOP, "name": "shop"}));
    assert!(again.contains("\n    web:\n      type: paas.nodes.Service\n"), "{again}");
    assert_eq!(exported(&json!({"template": again})), again);
    let release = handle(call(&Handle::library(), "translate", &json!({"template": again})).unwrap());
    assert_eq!(text(call(&release, "export_template", &json!({})).unwrap()), again);
}

#[test]
fn what_cannot_be_read_is_rejected() {
    let open = SHOP.replace("'registry.bank.test/web:1.4'", "{ get_input: image }");
    let open =
        open.replace("topology_template:", "topology_template:\n  inputs: { image: { type: string } }");
    for template in ["a: b", open.as_str()] {
        let error = call(&Handle::library(), "export_template", &json!({"template": template})).unwrap_err();
        assert_eq!(error.code, "platform.rejected");
    }
    let given = json!({"template": open, "inputs": {"image": "registry.bank.test/web:2"}});
    assert!(exported(&given).contains("image: registry.bank.test/web:2\n"));
}
