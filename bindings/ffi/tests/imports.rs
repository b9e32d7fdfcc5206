//! Imports: given as texts, from a folder, in an archive.

use super::{SHOP, call, document};
use paas_ffi::Handle;
use serde_json::{Value, json};

const TYPES: &str = "tosca_definitions_version: tosca_simple_yaml_1_3\nnode_types: { a.Web: { derived_from: paas.nodes.Service } }\n";

/// The shop, whose service is of an imported type.
fn shop() -> String {
    let shop = SHOP.replacen("topology_template:", "imports: [ types/web.yaml ]\ntopology_template:", 1);
    assert_ne!(shop, SHOP);
    let own = shop.replacen("paas.nodes.Service", "a.Web", 1);
    assert_ne!(own, shop);
    own
}

fn check(request: &Value) -> Value {
    document(call(&Handle::library(), "check", request).unwrap())
}

#[test]
fn texts_can_be_imported() {
    let checked = check(&json!({ "template": shop(), "imports": { "types/web.yaml": TYPES } }));
    assert_eq!(checked["accepted"], true, "{checked}");
    let wrong = TYPES.replace("Service", "Servis");
    let checked =
        check(&json!({ "template": shop(), "imports": { "types/web.yaml": wrong }, "report": "human" }));
    assert_eq!(checked["diagnostics"][0]["labels"][0]["file"], "types/web.yaml");
    assert!(checked["report"].as_str().unwrap().contains("[types/web.yaml:2:38]"), "{checked}");
}

#[test]
fn local_files_are_read_only_below_a_folder_that_is_given() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("types")).unwrap();
    std::fs::write(folder.path().join("types/web.yaml"), TYPES).unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(check(&json!({ "template": shop(), "folder": path }))["accepted"], true);
    let refused = check(&json!({ "template": shop() }));
    assert_eq!(refused["diagnostics"][0]["code"], "tosca.import_refused");
    let outside = shop().replace("types/web.yaml", "../types/web.yaml");
    let refused = check(&json!({ "template": outside, "folder": format!("{path}/types") }));
    assert_eq!(refused["diagnostics"][0]["code"], "tosca.import_refused");
    let both = json!({ "template": shop(), "folder": path, "imports": { "a": "b" } });
    assert!(call(&Handle::library(), "check", &both).unwrap_err().message.contains("`folder`"));
}

#[test]
fn an_archive_is_a_template() {
    // An empty archive: its end, and nothing else.
    let empty = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==";
    let checked = check(&json!({ "template": empty, "csar": true, "file": "shop.csar", "report": "human" }));
    assert_eq!(checked["diagnostics"][0]["code"], "csar.no_template", "{checked}");
    let error =
        call(&Handle::library(), "translate", &json!({ "template": empty, "csar": true })).unwrap_err();
    assert_eq!(error.code.as_str(), "platform.rejected");
    let error = call(&Handle::library(), "check", &json!({ "template": "%", "csar": true })).unwrap_err();
    assert!(error.message.contains("`template`"), "{}", error.message);
}
