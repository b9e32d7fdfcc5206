//! What is known only when the application runs, and the functions that ask for it.

use super::{codes, hold, messages};

/// What is said of an output of a database on a host that runs on a server.
fn output(value: &str) -> Vec<String> {
    codes(&format!(
        "topology_template:\n  node_templates:\n\
         \x20   server:\n      type: Compute\n      artifacts: {{ key: {{ type: tosca.artifacts.File, file: a }} }}\n\
         \x20   dbms: {{ type: DBMS, requirements: [ host: server ] }}\n\
         \x20   db: {{ type: Database, properties: {{ name: n }}, requirements: [ host: dbms ] }}\n\
         \x20 outputs: {{ o: {{ {value} }} }}\n"
    ))
    .into_iter()
    .filter(|code| code != "~tosca.not_executed")
    .collect()
}

#[test]
fn attributes_are_checked() {
    for (value, expected) in [
        ("value: { get_attribute: [ server, private_address ] }", ""),
        ("value: { get_attribute: [ server, tosca_name ] }", ""),
        ("value: { get_attribute: [ server, state ] }", ""),
        ("value: { get_attribute: [ server, networks, lan, addresses, 0 ] }", ""),
        ("value: { get_attribute: [ server, endpoint, ip_address ] }", ""),
        ("value: { get_attribute: [ dbms, host, public_address ] }", ""),
        // Every property is an attribute.
        ("value: { get_attribute: [ db, name ] }", ""),
        ("value: { get_attribute: [ db, port ] }", ""),
        ("type: boolean, value: { get_attribute: [ server, state ] }", ""),
        ("type: integer, value: { get_attribute: [ server, networks ] }", "tosca.wrong_type"),
        ("value: { get_attribute: [ server, private_adress ] }", "tosca.unknown_property"),
        ("value: { get_attribute: [ server, private_address, 0 ] }", "tosca.unknown_property"),
        ("value: { get_attribute: [ server, networks, lan, nope ] }", "tosca.unknown_property"),
        ("value: { get_attribute: [ server, endpoint, nope ] }", "tosca.unknown_property"),
        ("value: { get_attribute: [ sever, state ] }", "tosca.unknown_node"),
        ("value: { get_attribute: [ SELF, state ] }", "tosca.function_arguments"),
        ("value: { get_attribute: [ HOST, state ] }", "tosca.function_arguments"),
        ("value: { get_attribute: server }", "tosca.function_arguments"),
        ("value: { get_property: [ server, private_address ] }", "tosca.unknown_property"),
        ("value: { get_nodes_of_type: Compute }", ""),
        ("value: { get_nodes_of_type: Computer }", "tosca.unknown_type"),
        ("value: { get_nodes_of_type: [ a, b ] }", "tosca.function_arguments"),
        ("value: { get_artifact: [ server, key ] }", ""),
        ("value: { get_artifact: [ server, keys ] }", "tosca.unknown_artifact"),
        ("value: { get_artifact: [ server ] }", "tosca.function_arguments"),
        ("value: { get_operation_output: [ server, Standard, create, x ] }", ""),
        ("value: { get_operation_output: [ server, Standard, craete, x ] }", "tosca.unknown_operation"),
        ("value: { get_operation_output: [ server, Standrad, create, x ] }", "tosca.unknown_interface"),
        ("value: { get_operation_output: [ server, Standard, create ] }", "tosca.function_arguments"),
    ] {
        assert_eq!(output(value).join(" "), expected, "{value}");
    }
}

#[test]
fn texts_are_made_and_taken_apart() {
    for (value, expected) in [
        ("type: integer, value: { token: [ 'a:5', ':', 1 ] }", ""),
        ("value: { token: [ 'a:5', ':', 2 ] }", "tosca.function_arguments"),
        ("value: { token: [ 'a:5', ':', -1 ] }", "tosca.function_arguments"),
        ("value: { token: [ 'a:5', '', 0 ] }", "tosca.function_arguments"),
        ("value: { token: [ 'a:5', ':' ] }", "tosca.function_arguments"),
        ("value: { token: [ 'a:5', ':', x ] }", "tosca.wrong_type"),
        ("value: { token: [ { get_attribute: [ server, private_address ] }, '.', 0 ] }", ""),
        ("value: { join: [ [ a, 5, { get_property: [ db, name ] } ], ',' ] }", ""),
        ("type: integer, value: { join: [ [ 1, 2 ] ] }", ""),
        ("type: integer, value: { join: [ [ 1, 2 ], x ] }", "tosca.wrong_type"),
        ("value: { join: [ [ [ a ] ], ',' ] }", "tosca.function_arguments"),
        ("value: { join: [ a, ',' ] }", "tosca.function_arguments"),
        ("value: { join: [ { get_nodes_of_type: Compute }, ',' ] }", ""),
        ("value: { concat: [ 'http://', { get_attribute: [ server, private_address ] }, ':', 80 ] }", ""),
        ("value: { concat: [ a, { get_attribute: [ server, networks ] } ] }", "tosca.function_arguments"),
    ] {
        assert_eq!(output(value).join(" "), expected, "{value}");
    }
}

#[test]
fn the_nearest_host_answers() {
    let of = |node: &str| {
        format!(
            "node_types: {{ App: {{ derived_from: SoftwareComponent, properties: {{ p: {{ type: string }} }} }}, Free: {{ derived_from: Root, properties: {{ p: {{ type: string }} }} }} }}\n\
             topology_template:\n  node_templates:\n    server: {{ type: Compute }}\n    low: {{ type: SoftwareComponent, requirements: [ host: server ] }}\n    {node}\n"
        )
    };
    hold(&[
        (
            &of(
                "a: { type: App, requirements: [ host: server ], properties: { p: { get_attribute: [ HOST, private_address ] } } }",
            ),
            &[],
        ),
        (
            &of(
                "a: { type: App, requirements: [ host: server ], properties: { p: { get_property: [ HOST, nope ] } } }",
            ),
            &["7:94 tosca.unknown_property"],
        ),
        (
            &of("a: { type: Free, properties: { p: { get_attribute: [ HOST, state ] } } }"),
            &["7:58 tosca.function_arguments"],
        ),
        // Which host it is, is said to be missing, and nothing more.
        (
            &of("a: { type: App, properties: { p: { get_attribute: [ HOST, private_address ] } } }"),
            &["7:5 ~tosca.missing_requirement"],
        ),
    ]);
}

#[test]
fn functions_stand_where_they_can_be_evaluated() {
    hold(&[(
        "topology_template: { inputs: { i: { type: string, default: { get_input: j } } } }",
        &["2:62 tosca.function_place"],
    )]);
}

#[test]
fn what_must_be_known_cannot_wait() {
    let text = "topology_template:\n  node_templates:\n    net: { type: paas.nodes.Network }\n    a: { type: paas.nodes.Service, properties: { image: x, environment: { A: { concat: [ a, { get_attribute: [ SELF, tosca_id ] } ] } } }, requirements: [ network: net ] }\n";
    assert_eq!(messages(text), ["the attribute `tosca_id` of `a` is known only when the application runs"]);
}
