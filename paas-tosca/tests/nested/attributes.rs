//! Attributes of a node are those of what stands for it.

use super::{DATABASE, STORE, TYPES, check_with, checked, service, services, template, told, translated};

fn types() -> String {
    TYPES.replace(
        "    capabilities: { sql",
        "    attributes: { url: { type: string }, address: { type: string }, port: { type: integer } }\n    capabilities: { sql",
    )
}

/// With attributes by mappings, and by outputs: named in a mapping, and of the same name.
fn database() -> String {
    DATABASE.replace(
        "    requirements:\n      - network: [ pool, network ]",
        "    attributes: { address: [ pool, host_name ], url: [ location ] }\n    requirements:\n      - network: [ pool, network ]",
    ) + "  outputs:
    location: { value: { concat: [ 'sql://', { get_attribute: [ pool, host_name ] }, ':6432/', { get_input: name } ] } }
    port: { type: integer, value: 6432 }
"
}

/// The variable `X` of a service `web` that is connected to the node, with the host names that it reads.
fn read_by_web(value: &str, connection: &str) -> Vec<String> {
    let app = template(&format!(
        "{STORE}{}",
        service("web", &format!(", environment: {{ X: {value} }}"), connection)
    ));
    let (types, database) = (types(), database());
    let translation = translated(&app, &[("types.yaml", &types), ("database.yaml", &database)]);
    let Some(release) = translation.release else {
        return translation.diagnostics.iter().map(ToString::to_string).collect();
    };
    let files = paas_tosca::rancher::render(&release);
    let lines = files[0].docker_compose.lines();
    lines.filter_map(|line| line.trim().strip_prefix("\"X\": ")).map(str::to_owned).collect()
}

#[test]
fn host_names_are_those_that_the_reader_knows() {
    for value in ["{ get_attribute: [ store, sql, ip_address ] }", "{ get_attribute: [ store, address ] }"] {
        assert_eq!(read_by_web(value, ", connection: store"), ["\"store\""], "{value}");
        // In one network a service is found by its own name too.
        assert_eq!(read_by_web(value, ""), ["\"store-pool\""], "{value}");
    }
}

#[test]
fn outputs_are_attributes() {
    let value = "{ get_attribute: [ store, url ] }";
    assert_eq!(read_by_web(value, ", connection: store"), ["\"sql://store:6432/orders\""]);
    assert_eq!(read_by_web("{ get_attribute: [ store, port ] }", ""), ["\"6432\""]);
    let whole =
        "{ concat: [ { get_attribute: [ store, url ] }, '?port=', { get_attribute: [ store, port ] } ] }";
    assert_eq!(read_by_web(whole, ", connection: store"), ["\"sql://store:6432/orders?port=6432\""]);
}

#[test]
fn what_nothing_stands_for_is_not_known() {
    let inner = database()
        .replace("attributes: { address: [ pool, host_name ], url: [ location ] }", "attributes: { }");
    let value = ", environment: { X: { get_attribute: [ store, address ] } }";
    let app = template(&format!("{STORE}{}", service("web", value, "")));
    let types = types();
    let files = [("types.yaml", &*types), ("database.yaml", &*inner)];
    assert_eq!(told(&check_with(&app, &files)), ["app.yaml:7:94 app.not_known_yet < app.yaml:6"]);
}

#[test]
fn mappings_name_outputs_that_there_are() {
    let inner = database().replace("url: [ location ]", "url: [ locations ]");
    let types = types();
    let found = check_with(&template(STORE), &[("types.yaml", &types), ("database.yaml", &inner)]);
    let shown: Vec<_> = found.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["database.yaml:11:56: error[tosca.substitution]: `locations` is not an output"]);
}

#[test]
fn nodes_of_the_template_ask_for_each_other_inside() {
    let inner = DATABASE.replace(
        "image: 'r.test/pool:1',",
        "image: 'r.test/pool:1', environment: { DB: { get_attribute: [ db, host_name ] } },",
    );
    let files = [("types.yaml", TYPES), ("database.yaml", &*inner)];
    let release = translated(&template(STORE), &files).release.expect("a release");
    let files = paas_tosca::rancher::render(&release);
    assert!(files[0].docker_compose.contains("\"DB\": \"db\""), "{}", files[0].docker_compose);
    assert_eq!(services(checked(&template(STORE))).len(), 2);
}
