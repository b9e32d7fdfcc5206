//! What is checked and not executed: interfaces, artifacts, triggers, workflows, substitution mappings.

use super::codes;

/// The codes, without the warning that it is not executed.
fn of(text: &str) -> String {
    let found = codes(text);
    assert!(found.iter().any(|code| code == "~tosca.not_executed"), "{text}: {found:?}");
    found.into_iter().filter(|code| code != "~tosca.not_executed").collect::<Vec<_>>().join(" ")
}

fn check(table: &[(&str, &str)], text: impl Fn(&str) -> String) {
    for (part, expected) in table {
        assert_eq!(of(&text(part)), *expected, "{part}");
    }
}

#[test]
fn interfaces() {
    let types = "interface_types: { I: { inputs: { i: { type: integer } }, operations: { a: { inputs: { p: { type: integer } } } }, notifications: { n: } }, Old: { b: { description: x } } }\n\
        node_types: { N: { derived_from: Root, interfaces: { Mine: { type: I }, Older: { type: Old } } } }\n";
    check(
        &[
            ("Mine: { operations: { a: x.sh } }", ""),
            ("Mine: { a: x.sh }", ""),
            ("Mine: { a: { implementation: { primary: x.sh, dependencies: [ y ], timeout: 5 } } }", ""),
            ("Mine: { a: { implementation: { first: x.sh } } }", "tosca.unknown_keyword"),
            (
                "Mine: { a: { implementation: { primary: { type: tosca.artifacts.File } } } }",
                "tosca.missing_keyword",
            ),
            ("Mine: { a: { inputs: { p: x } } }", "tosca.wrong_type"),
            ("Mine: { inputs: { i: x } }", "tosca.wrong_type"),
            ("Mine: { a: { inputs: { other: { get_input: nope } } } }", "tosca.unknown_input"),
            ("Mine: { notifications: { n: } }", ""),
            ("Mine: { operations: { c: x.sh } }", "tosca.unknown_operation"),
            ("Mine: { a: [ x ] }", "tosca.wrong_shape"),
            ("Older: { b: x.sh }", ""),
            ("Older: { c: x.sh }", "tosca.unknown_operation"),
            ("Standard: { create: x.sh }", ""),
            ("tosca.interfaces.node.lifecycle.Standard: { create: x.sh }", ""),
            ("Yours: { a: x.sh }", "tosca.unknown_interface"),
        ],
        |part| {
            format!(
                "{types}topology_template: {{ node_templates: {{ n: {{ type: N, interfaces: {{ {part} }} }} }} }}"
            )
        },
    );
}

#[test]
fn artifacts_and_attributes() {
    check(
        &[
            ("artifacts: { a: x.sh }", ""),
            ("artifacts: { a: { type: tosca.artifacts.File, file: x, repository: r } }", ""),
            (
                "artifacts: { a: { type: tosca.artifacts.File, file: x, repository: q } }",
                "tosca.unknown_repository",
            ),
            ("artifacts: { a: 'https://files.bank.test/x.sh' }", ""),
            ("artifacts: { a: 'http://169.254.169.254/latest/meta-data' }", "tosca.import_refused"),
            (
                "artifacts: { a: { type: tosca.artifacts.File, file: 'http://[::ffff:169.254.169.254]/x' } }",
                "tosca.import_refused",
            ),
            ("artifacts: { a: { type: tosca.artifacts.Flie, file: x } }", "tosca.unknown_type"),
            ("artifacts: { a: { type: tosca.artifacts.File, files: x } }", "tosca.unknown_keyword"),
            ("artifacts: { a: { type: tosca.artifacts.File } }", "tosca.missing_keyword"),
            ("artifacts: { a: }", "tosca.wrong_shape"),
            (
                "artifacts: { a: { type: tosca.artifacts.File, file: x, properties: { p: 1 } } }",
                "tosca.unknown_property",
            ),
            ("attributes: { private_address: a, state: b, tosca_id: c }", ""),
            ("attributes: { private_address: { description: d, value: a } }", ""),
            ("attributes: { private_adress: a }", "tosca.unknown_property"),
            ("attributes: { networks: a }", "tosca.wrong_type"),
        ],
        |part| {
            format!(
                "repositories: {{ r: {{ url: x }} }}\ntopology_template: {{ node_templates: {{ n: {{ type: Compute, {part} }} }} }}"
            )
        },
    );
}

#[test]
fn triggers() {
    check(
        &[
            (
                "event: e, action: [ { call_operation: A.b }, { set_state: x }, { delegate: { workflow: w } } ]",
                "",
            ),
            ("event: e, action: [ { call_operation: { operation: A.b, inputs: { c: 1 } } } ]", ""),
            ("event_type: e, action: { resize: { inputs: { } } }", ""),
            (
                "event: e, schedule: { start_time: '2020-01-01', end_time: '2020-01-02' }, action: [ inline: w ]",
                "",
            ),
            ("event: e, schedule: { start: x }, action: [ inline: w ]", "tosca.unknown_keyword"),
            ("event: e, target_filter: { node: n }, action: [ inline: w ]", ""),
            ("event: e, target_filter: { node: m }, action: [ inline: w ]", "~tosca.unknown_node"),
            ("event: e, target_filter: { }, action: [ inline: w ]", "tosca.trigger"),
            ("event: e", "tosca.trigger"),
            ("action: [ inline: w ]", "tosca.trigger"),
            ("event: e, action: [ call: w ]", "tosca.trigger"),
            ("event: e, action: [ delegate: { } ]", "tosca.trigger"),
            ("event: e, action: x", "tosca.trigger"),
            ("events: e, action: [ inline: w ]", "tosca.unknown_keyword"),
        ],
        |part| {
            format!(
                "topology_template: {{ node_templates: {{ n: {{ type: Root }} }}, policies: [ p: {{ type: tosca.policies.Root, triggers: {{ t: {{ {part} }} }} }} ] }}"
            )
        },
    );
}

#[test]
fn workflows() {
    check(
        &[
            ("steps: { s: { target: n, activities: [ set_state: a ], on_success: [ s ] } }", ""),
            (
                "steps: { s: { target: g, activities: [ call_operation: Standard.create ], on_failure: s } }",
                "",
            ),
            ("steps: { s: { target: m, activities: [ ] } }", "tosca.unknown_member"),
            ("steps: { s: { activities: [ ] } }", "tosca.workflow"),
            ("steps: { s: { target: n } }", "tosca.workflow"),
            ("steps: { s: { target: n, activities: [ ], on_success: [ t ] } }", "tosca.workflow"),
            ("steps: { s: { target: n, activities: [ inline: v ] } }", "tosca.workflow"),
            ("steps: { s: { target: n, activities: [ call_operation: create ] } }", "tosca.workflow"),
            ("steps: { s: { target: n, activites: [ ] } }", "tosca.unknown_keyword"),
            ("preconditions: [ { target: n, condition: [ ] } ]", ""),
            ("preconditions: [ { condition: [ ] } ]", "tosca.workflow"),
            ("inputs: { i: { type: strings } }", "tosca.unknown_type"),
        ],
        |part| {
            format!(
                "topology_template: {{ node_templates: {{ n: {{ type: Root }} }}, groups: {{ g: {{ type: Root, members: [ n ] }} }}, workflows: {{ w: {{ {part} }} }} }}"
            )
        },
    );
}

#[test]
fn substitution_mappings() {
    let types = "node_types: { S: { derived_from: Root, properties: { p: { type: string, required: false } }, attributes: { a: { type: string } }, capabilities: { c: Endpoint }, requirements: [ r: { capability: Node, occurrences: [ 0, 1 ] } ] } }\n";
    for (part, expected) in [
        ("node_type: S, capabilities: { c: [ n, endpoint ] }", ""),
        ("node_type: S, capabilities: { c: { mapping: [ n, endpoint ] } }", ""),
        ("node_type: S, capabilities: { d: [ n, endpoint ] }", "tosca.substitution"),
        ("node_type: S, capabilities: { c: [ m, endpoint ] }", "tosca.unknown_node"),
        ("node_type: S, capabilities: { c: [ n, endpoints ] }", "tosca.substitution"),
        ("node_type: S, capabilities: { c: [ n, os ] }", "tosca.substitution"),
        ("node_type: S, capabilities: { c: [ n ] }", "tosca.wrong_shape"),
        ("node_type: S, requirements: { r: [ n, dependency ] }", ""),
        ("node_type: S, requirements: [ r: [ n, dependency ] ]", ""),
        ("node_type: S, requirements: { r: [ n, host ] }", "tosca.substitution"),
        ("node_type: S, properties: { p: [ i ] }", ""),
        ("node_type: S, properties: { p: [ j ] }", "tosca.unknown_input"),
        ("node_type: S, properties: { q: [ i ] }", "tosca.substitution"),
        ("node_type: S, attributes: { a: [ n, private_address ] }", ""),
        ("node_type: S, attributes: { a: [ n, nope ] }", "tosca.substitution"),
        ("node_type: S, interfaces: { Standard: { create: w } }", "tosca.substitution"),
        ("node_type: S, substitution_filter: { properties: [ p: x ] }", ""),
        (
            "node_type: S, substitution_filter: { node_filter: { properties: [ q: x ] } }",
            "tosca.unknown_property",
        ),
        ("node_type: S, properties: { p: x }", ""),
        ("node_type: S, properties: { p: 5 }", "tosca.wrong_type"),
        ("node_type: Database", "tosca.substitution"),
        ("node_type: T", "tosca.unknown_type"),
        ("node_types: S", "tosca.unknown_keyword"),
        ("capabilities: { }", "tosca.missing_keyword"),
    ] {
        let text = format!(
            "{types}topology_template: {{ inputs: {{ i: {{ type: string, default: x }} }}, node_templates: {{ n: {{ type: Compute }} }}, substitution_mappings: {{ {part} }} }}"
        );
        assert_eq!(codes(&text).join(" "), expected, "{part}");
    }
}
