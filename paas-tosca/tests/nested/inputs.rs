//! Properties of a node are the inputs of what stands for it.

use super::{DATABASE, STORE, TYPES, check_with, checked, service, services, template, told};

fn store(properties: &str) -> String {
    STORE.replace("directives", &format!("properties: {{ {properties} }}, directives"))
}

#[test]
fn by_their_names_and_by_mappings() {
    let mapped = DATABASE
        .replace(
            "node_type: bank.Database\n",
            "node_type: bank.Database\n    properties: { name: [ base ], size: { mapping: [ size ] } }\n",
        )
        .replace("    name: { type: string }\n", "    base: { type: string }\n")
        .replace("get_input: name", "get_input: base");
    for inner in [DATABASE, &mapped] {
        let files = [("types.yaml", TYPES), ("database.yaml", inner)];
        let services = services(check_with(&template(&store("name: x, size: 7")), &files));
        let environment = &services[1].container().expect("a container").environment;
        assert_eq!((environment["NAME"].as_plain(), environment["SIZE"].as_plain()), (Some("x"), Some("7")));
    }
}

#[test]
fn an_input_without_a_property_needs_a_default() {
    let inner = DATABASE.replace(
        "    size: { type: integer, default: 1 }",
        "    size: { type: integer, default: 1 }\n    zone: { type: string }",
    );
    let files = [("types.yaml", TYPES), ("database.yaml", &*inner)];
    let found = check_with(&template(STORE), &files);
    assert_eq!(told(&found), ["database.yaml:8:5 tosca.input_missing < app.yaml:6"]);
    let help = found.diagnostics.iter().next().and_then(|it| it.help.clone()).expect("help");
    assert!(help.contains("`properties: { …: [ zone ] }`"), "{help}");
    // A caller cannot give it: it is no input of the template.
    let optional = inner.replace("zone: { type: string }", "zone: { type: string, required: false }");
    assert_eq!(
        services(check_with(&template(STORE), &[("types.yaml", TYPES), ("database.yaml", &optional)])).len(),
        2
    );
}

#[test]
fn values_are_held_against_the_inputs() {
    let inner = DATABASE.replace(
        "size: { type: integer, default: 1 }",
        "size: { type: integer, default: 1, constraints: [ in_range: [ 1, 5 ] ] }",
    );
    let files = [("types.yaml", TYPES), ("database.yaml", &*inner)];
    assert_eq!(
        told(&check_with(&template(&store("size: 9")), &files)),
        ["app.yaml:6:55 tosca.constraint < database.yaml:7"]
    );
}

#[test]
fn values_may_come_from_inputs_and_functions_of_the_template() {
    let app = template(&store("name: { concat: [ { get_input: who }, -db ] }"))
        .replace("  node_templates", "  inputs: { who: { type: string } }\n  node_templates");
    let mut options = super::options(&[("types.yaml", TYPES), ("database.yaml", DATABASE)]);
    options.inputs.insert("who".to_owned(), "me".to_owned());
    let source = paas_tosca::Source::new("app.yaml", format!("{}{app}", super::VERSION));
    let services = services(paas_tosca::check(&source, &options));
    assert_eq!(services[1].container().expect("a container").environment["NAME"].as_plain(), Some("me-db"));
}

#[test]
fn secrets_stay_secret() {
    let inner = format!("metadata: {{ secret_inputs: name }}\n{DATABASE}");
    let files = [("types.yaml", TYPES), ("database.yaml", &*inner)];
    let clear = check_with(&template(&store("name: hunter2")), &files);
    assert_eq!(told(&clear), ["app.yaml:6:55 app.secret_default"]);
    assert!(!format!("{:?}", clear.diagnostics).contains("hunter2"));
    let app = template(&store("name: { get_input: pw }")).replace(
        "  node_templates",
        "  inputs: { pw: { type: string, metadata: { secret: 'true' } } }\n  node_templates",
    );
    let checked = check_with(&app, &files);
    let application = checked.application.as_ref().expect("an application");
    assert_eq!(application.secrets, ["pw"]);
    let services = services(checked);
    assert_eq!(services[1].container().expect("a container").environment["NAME"].as_plain(), None);
    // One that nobody gives cannot be given with the stack either: it is no input of the template.
    let types =
        TYPES.replace("name: { type: string, default: orders }", "name: { type: string, required: false }");
    let files = [("types.yaml", &*types), ("database.yaml", &*inner)];
    assert_eq!(
        told(&check_with(&template(STORE), &files)),
        ["database.yaml:7:5 tosca.input_missing < app.yaml:6"]
    );
}

#[test]
fn a_property_of_a_node_inside_is_no_input() {
    let inner = DATABASE.replace(
        "node_type: bank.Database\n",
        "node_type: bank.Database\n    properties: { size: [ db, scale ] }\n",
    );
    let files = [("types.yaml", TYPES), ("database.yaml", &*inner)];
    assert_eq!(told(&check_with(&template(STORE), &files)), [""; 0]);
    assert_eq!(
        told(&check_with(&template(&store("size: 2")), &files)),
        ["database.yaml:10:25 tosca.not_supported"]
    );
}

#[test]
fn by_itself_the_template_can_be_checked_but_not_deployed() {
    let files = [("types.yaml", TYPES)];
    let found = check_with(DATABASE, &files);
    assert_eq!(told(&found), ["app.yaml:6:5 ~tosca.input_missing"]);
    assert!(found.application.is_none());
    let translation = super::translated(DATABASE, &files);
    let codes: Vec<_> = translation.diagnostics.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["tosca.input_missing", "tosca.missing_requirement", "tosca.missing_requirement"]);
    assert_eq!(services(checked(&template(&service("web", "", "")))).len(), 1);
}
