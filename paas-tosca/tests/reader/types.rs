//! Definitions of types.

use super::{hold, told};

#[test]
fn node_types() {
    let of = |line: &str| format!("node_types:\n  T: {{ derived_from: tosca.nodes.Root, {line} }}\n");
    let table: &[(&str, &[&str])] = &[
        ("requirements: [ a ]", &["3:56 tosca.wrong_shape"]),
        ("requirements: [ a: ]", &["3:57 tosca.wrong_shape"]),
        ("requirements: [ a: { capability: [ b ] } ]", &["3:73 tosca.wrong_shape"]),
        ("requirements: { a: tosca.capabilities.Node }", &["3:54 tosca.wrong_shape"]),
        ("capabilities: { a: }", &["3:57 tosca.wrong_shape"]),
        ("capabilities: { a: { type: Node, valid_source_types: [ Root ], occurrences: [ 0, 1 ] } }", &[]),
        ("interfaces: { Standard: { create: a.sh } }", &["3:40 ~tosca.not_executed"]),
        ("artifacts: { a: a.sh }", &["3:40 ~tosca.not_executed"]),
        ("version: [ 1 ]", &["3:49 tosca.wrong_shape"]),
        ("metadata: a", &["3:50 tosca.wrong_shape"]),
        ("description: { a: b }", &["3:53 tosca.wrong_shape"]),
        ("properties: [ a ]", &["3:52 tosca.wrong_shape"]),
        // Words of other kinds of types.
        ("mime_type: a", &["3:40 tosca.unknown_keyword"]),
        ("members: [ a ]", &["3:40 tosca.unknown_keyword"]),
        ("valid_target_types: [ a ]", &["3:40 tosca.unknown_keyword"]),
    ];
    for (line, expected) in table {
        assert_eq!(told(&of(line)), *expected, "{line}");
    }
}

#[test]
fn parents() {
    hold(&[
        ("node_types: { T: { derived_from: } }", &["2:32 tosca.wrong_shape"]),
        ("node_types: { T: { derived_from: [ a ] } }", &["2:34 tosca.wrong_shape"]),
        ("node_types: { T: [ a ] }", &["2:18 tosca.wrong_shape"]),
        ("interface_types: { T: { derived_from: a } }", &["2:39 tosca.unknown_type"]),
    ]);
}

#[test]
fn other_types() {
    hold(&[
        ("relationship_types: { T: { valid_target_types: [ Nope ] } }", &["2:50 tosca.unknown_type"]),
        ("relationship_types: { T: { valid_target_types: Node } }", &["2:48 tosca.wrong_shape"]),
        ("capability_types: { T: { valid_source_types: [ Root ] } }", &[]),
        (
            "policy_types: { T: { triggers: { a: { event: b } } } }",
            &["2:22 ~tosca.not_executed", "2:34 tosca.trigger"],
        ),
        ("policy_types: { T: { targets: [ [ a ] ] } }", &["2:33 tosca.wrong_shape"]),
        ("group_types: { T: { members: Root } }", &["2:30 tosca.wrong_shape"]),
        ("artifact_types: { T: { file_ext: a } }", &["2:34 tosca.wrong_shape"]),
    ]);
}

#[test]
fn data_types() {
    hold(&[
        (
            "data_types: { T: { derived_from: string, properties: { a: { type: string } } } }",
            &["2:42 tosca.wrong_shape"],
        ),
        ("data_types: { T: { constraints: [ { length: 1 } ] } }", &[]),
        ("data_types: { T: { derived_from: string, constraints: [ { length: 1 } ] } }", &[]),
        ("data_types: { T: { derived_from: list, entry_schema: nope } }", &["2:54 tosca.unknown_type"]),
    ]);
    // What the entries of a derived list are is not forgotten.
    let list = "data_types: { L: { derived_from: list, entry_schema: integer } }\n\
                topology_template: { inputs: { a: { type: L, default: [ x ] } } }";
    assert_eq!(told(list), ["3:57 tosca.wrong_type"]);
}

#[test]
fn properties() {
    let of = |line: &str| format!("data_types: {{ T: {{ properties: {{ p: {{ {line} }} }} }} }}\n");
    let table: &[(&str, &[&str])] = &[
        ("type: map, key_schema: { type: integer }", &[]),
        ("type: map, key_schema: { type: string }", &[]),
        ("type: string, entry_schema: string", &["2:53 tosca.unknown_keyword"]),
        ("type: map, key_schema: { type: list }", &["2:62 tosca.wrong_type"]),
        ("type: map, key_schema: integer, default: { a: x, 5: y }", &["2:82 tosca.wrong_type"]),
        ("type: 'null', required: false, default: ~", &[]),
        ("type: 'null', default: 5", &["2:62 tosca.wrong_type"]),
        ("type: string, constraints: [ schema: '{}' ]", &["2:68 ~tosca.not_executed"]),
        // Defaults are looked at even if nothing uses them; functions have no value yet.
        ("type: integer, default: x", &["2:63 tosca.wrong_type"]),
        ("type: integer, default: 5, constraints: [ { less_than: 3 } ]", &["2:63 tosca.constraint"]),
        ("type: integer, default: { get_input: a }", &[]),
    ];
    for (line, expected) in table {
        assert_eq!(told(&of(line)), *expected, "{line}");
    }
}

#[test]
fn constraints() {
    let of = |ty: &str, constraint: &str| {
        told(&format!(
            "data_types: {{ T: {{ properties: {{ p: {{ type: {ty}, constraints: [ {{ {constraint} }} ] }} }} }} }}\n"
        ))
    };
    for (ty, constraint) in [
        ("integer", "in_range: [ 5, 1 ]"),
        ("integer", "in_range: [ a, 1 ]"),
        ("integer", "min_length: 1"),
        ("integer", "pattern: a"),
        ("integer", "equal: '2'"),
        ("boolean", "greater_than: true"),
        ("string", "valid_values: []"),
        ("string", "valid_values: [ yes ]"),
        ("string", "equal: [ a ]"),
        ("scalar-unit.size", "less_than: 5"),
        ("list", "equal: a"),
    ] {
        let found = of(ty, constraint);
        assert!(
            matches!(&found[..], [one] if one.ends_with(" tosca.bad_constraint")),
            "{constraint}: {found:?}"
        );
    }
    for (ty, constraint) in [
        ("list, entry_schema: string", "equal: [ a ]"),
        ("list, entry_schema: string", "valid_values: [ [ a ], [ b ] ]"),
        ("map", "equal: { a: b }"),
        ("range", "in_range: [ 1, UNBOUNDED ]"),
        ("range", "equal: [ 1, 5 ]"),
        ("timestamp", "greater_than: 2001-01-01"),
        ("version", "pattern: '1.*'"),
    ] {
        assert_eq!(of(ty, constraint), [""; 0], "{constraint}");
    }
}
