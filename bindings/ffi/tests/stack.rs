//! Stacks of Rancher.

use super::call;
use paas_ffi::{Answer, Handle};
use serde_json::{Value, json};

const DOCKER: &str = include_str!("../../../examples/stack/docker-compose.yml");
const RANCHER: &str = include_str!("../../../examples/stack/rancher-compose.yml");

fn document(name: &str, request: &Value) -> Value {
    let Answer::Document(text) = call(&Handle::library(), name, request).unwrap() else {
        panic!("no document")
    };
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_stack_becomes_a_template() {
    let request = json!({
        "docker_compose": DOCKER,
        "rancher_compose": RANCHER,
        "network": "dmz",
        "answers": {"VERSION": "1.4", "DB_PASSWORD": "hunter2"},
    });
    let imported = document("import_stack", &request);
    assert_eq!((&imported["accepted"], &imported["diagnostics"]), (&true.into(), &json!([])));
    let template = imported["template"].as_str().unwrap();
    assert!(template.contains("default: '1.4'"), "{template}");
    assert!(!imported.to_string().contains("hunter2"));
    let kept: Vec<_> =
        imported["losses"].as_array().unwrap().iter().map(|loss| loss["kept"].as_str().unwrap()).collect();
    assert_eq!(kept.iter().filter(|kept| **kept == "none").count(), 1);
    let port = &imported["inputs"][1];
    assert_eq!(
        *port,
        json!({
            "name": "PORT", "type": "integer", "description": "Port of the hosts", "default": "8080",
            "required": false, "secret": false, "least": 1024, "most": 65535,
        })
    );
}

#[test]
fn questions_are_told_without_a_stack() {
    let asked = document("stack_questions", &json!({"rancher_compose": RANCHER}));
    let names: Vec<_> =
        asked["questions"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["VERSION", "PORT", "LEVEL", "DB_PASSWORD"]);
    assert_eq!(
        (&asked["questions"][3]["secret"], &asked["questions"][3]["required"]),
        (&true.into(), &true.into())
    );
}

#[test]
fn a_stack_with_problems_is_no_error_of_the_call() {
    let imported = document("import_stack", &json!({"docker_compose": "web: { image: 'a:1', tty: 'yes' }"}));
    assert_eq!(imported["accepted"], false);
    assert_eq!(imported["diagnostics"][0]["code"], "compose.shape");
    assert_eq!(imported.get("template"), None);
}
