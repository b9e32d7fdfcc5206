//! Requirements that name no node, and filters.

use super::{hold, told};

const TYPES: &str = "capability_types: { Plug: { derived_from: tosca.capabilities.Root, properties: { volts: { type: integer, default: 230 } } } }\n\
    node_types: { Panel: { derived_from: Root, properties: { size: { type: integer } }, capabilities: { plug: Plug, spare: { type: Plug, valid_source_types: [ Compute ] } } }, Lamp: { derived_from: Root, requirements: [ plug: Plug ] } }\n";

/// What is said of a lamp in line 7, beside two panels.
fn lamp(requirement: &str) -> Vec<String> {
    told(&format!(
        "{TYPES}topology_template:\n  node_templates:\n    small: {{ type: Panel, properties: {{ size: 1 }} }}\n    large: {{ type: Panel, properties: {{ size: 9 }}, capabilities: {{ plug: {{ properties: {{ volts: 110 }} }} }} }}\n    lamp: {{ type: Lamp, requirements: [ plug: {requirement} ] }}\n"
    ))
}

#[test]
fn the_only_node_that_fits_is_taken() {
    for (requirement, expected) in [
        ("small", ""),
        ("{ node: Panel }", "~tosca.unfulfilled"),
        ("{ node: Compute }", "~tosca.unfulfilled"),
        ("{ node: Panels }", "tosca.unknown_node"),
        ("{ node_filter: { properties: [ size: { greater_than: 5 } ] } }", ""),
        ("{ node_filter: { properties: [ size: 9 ] } }", ""),
        ("{ node: Panel, node_filter: { properties: [ size: { in_range: [ 0, 5 ] } ] } }", ""),
        (
            "{ node: Panel, node_filter: { properties: [ size: { greater_than: 50 } ] } }",
            "~tosca.unfulfilled",
        ),
        ("{ node_filter: { capabilities: [ plug: { properties: [ volts: { equal: 110 } ] } ] } }", ""),
        (
            "{ node_filter: { capabilities: [ Plug: { properties: [ volts: [ { less_than: 120 } ] ] } ] } }",
            "",
        ),
        (
            "{ node: Panel, node_filter: { properties: [ sizes: 9 ] } }",
            "tosca.unknown_property ~tosca.unfulfilled",
        ),
        (
            "{ node: Panel, node_filter: { properties: [ size: { more_than: 9 } ] } }",
            "tosca.bad_constraint ~tosca.unfulfilled",
        ),
        (
            "{ node: Panel, node_filter: { capabilities: [ plugs: { } ] } }",
            "tosca.unknown_capability ~tosca.unfulfilled",
        ),
        ("{ node: small, node_filter: { propertys: [ ] } }", "tosca.unknown_keyword"),
        ("{ node: small, occurrences: [ 1, 1 ] }", ""),
        ("{ node: small, occurrences: 1 }", "tosca.wrong_shape"),
        ("{ node: small, capability: spare }", "~tosca.requirement_target"),
    ] {
        let found: Vec<_> = lamp(requirement)
            .into_iter()
            .map(|told| told[told.find(' ').unwrap() + 1..].to_owned())
            .collect();
        let mut expected: Vec<_> = expected.split_whitespace().collect();
        let mut found: Vec<_> = found.iter().map(String::as_str).collect();
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{requirement}");
    }
}

#[test]
fn nodes_of_the_profile_wait_for_nobody() {
    let of = |directives: &str| {
        format!(
            "topology_template:\n  node_templates:\n    a: {{ type: paas.nodes.Network }}\n    b: {{ type: paas.nodes.Network }}\n    s: {{ type: paas.nodes.Service, properties: {{ image: x }}, {directives} }}\n"
        )
    };
    hold(&[
        (&of("requirements: [ network: { node: paas.nodes.Network } ]"), &["6:95 tosca.unfulfilled"]),
        (&of("directives: [ select ], requirements: [ network: a ]"), &["6:76 tosca.abstract_node"]),
        (&of("directives: [ choose ], requirements: [ network: a ]"), &["6:76 ~tosca.unknown_keyword"]),
        (
            "topology_template: { node_templates: { c: { type: Compute, directives: [ substitute ] } } }",
            &["2:74 ~tosca.abstract_node"],
        ),
        (
            "topology_template: { node_templates: { c: { type: Compute, node_filter: { } } } }",
            &["2:60 ~tosca.not_executed"],
        ),
    ]);
}

#[test]
fn copies() {
    let of = |nodes: &str| format!("topology_template: {{ node_templates: {{ {nodes} }} }}");
    let a = "a: { type: Storage.ObjectStorage, properties: { name: x } }";
    hold(&[
        (&of(&format!("{a}, b: {{ copy: a }}")), &[]),
        (
            &of(&format!("{a}, b: {{ copy: a, properties: {{ nope: x }} }}")),
            &["2:129 tosca.unknown_property"],
        ),
        (&of(&format!("{a}, b: {{ copy: c }}")), &["2:112 tosca.copy"]),
        (&of(&format!("{a}, b: {{ copy: a }}, c: {{ copy: b }}")), &["2:128 ~tosca.copy"]),
        (&of("a: { copy: b }, b: { copy: a }"), &["2:51 tosca.copy", "2:67 tosca.copy"]),
        (&of("a: { copy: a }"), &["2:51 tosca.copy"]),
        (
            "topology_template: { relationship_templates: { a: { type: DependsOn }, b: { copy: a }, c: { copy: x } } }",
            &["2:99 tosca.copy"],
        ),
    ]);
}
