//! Values of the wrong shape: one diagnostic each, and nothing that follows from it.

use super::{hold, services, told};
use paas_tosca::{Options, Source, check};

#[test]
fn sections_of_a_template() {
    hold(&[
        ("topology_template: []", &["2:20 tosca.wrong_shape"]),
        ("topology_template:", &[]),
        ("metadata: [ a ]", &["2:11 tosca.wrong_shape"]),
        ("metadata: { template_name: [ a ] }", &["2:28 tosca.wrong_shape"]),
        ("metadata: { secret_inputs: [ a ] }", &["2:28 tosca.wrong_shape"]),
        ("description: { a: b }", &["2:14 tosca.wrong_shape"]),
        ("namespace: { a: b }", &["2:12 tosca.wrong_shape"]),
        ("dsl_definitions: 5", &["2:18 tosca.wrong_shape"]),
        ("repositories: [ a ]", &["2:15 tosca.wrong_shape"]),
        ("node_types: [ a ]", &["2:13 tosca.wrong_shape"]),
        ("template_name: { a: b }", &["2:16 tosca.wrong_shape"]),
        ("5: x", &["2:1 tosca.unknown_keyword"]),
    ]);
}

#[test]
fn imports() {
    hold(&[
        ("imports: { a: b }", &["2:10 tosca.wrong_shape"]),
        (
            "imports: [ ~, [ a ], {}, { file: } ]",
            &[
                "2:12 tosca.wrong_shape",
                "2:15 tosca.wrong_shape",
                "2:22 tosca.wrong_shape",
                "2:26 tosca.wrong_shape",
            ],
        ),
        ("imports: [ { file: paas-profile-1.0.yaml, foo: bar } ]", &["2:43 tosca.unknown_keyword"]),
        (
            "imports: [ p: { file: paas-profile-1.0.yaml, namespace_prefix: [ x ] } ]",
            &["2:64 tosca.wrong_shape"],
        ),
        ("imports: [ { file: a.yaml, repository: [ r ] } ]", &["2:40 tosca.wrong_shape"]),
        ("imports: [ paas-profile-1.0.yaml, p: ./paas-profile-1.0.yaml ]", &[]),
    ]);
}

#[test]
fn a_file_that_says_nothing() {
    use paas_tosca::{Source, check};
    let checked = check(&Source::new("t.yaml", "~"), &super::options());
    assert_eq!(checked.diagnostics.iter().map(|d| d.code.as_str()).collect::<Vec<_>>(), ["yaml.empty"]);
}

#[test]
fn parts_of_a_topology() {
    let within = |line: &str| format!("topology_template:\n  {line}\n");
    let table: &[(&str, &[&str])] = &[
        ("description: [ a ]", &["3:16 tosca.wrong_shape"]),
        ("node_templates: [ a ]", &["3:19 tosca.wrong_shape"]),
        ("node_templates: { a: }", &["3:21 tosca.wrong_shape"]),
        ("node_templates: { a: { type: } }", &["3:21 tosca.missing_keyword"]),
        ("node_templates: { a: { type: [ x ] } }", &["3:32 tosca.wrong_shape"]),
        ("groups: { g: }", &["3:13 tosca.missing_keyword"]),
        ("policies: [ p: ]", &["3:15 tosca.missing_keyword"]),
        (
            "policies: [ p, {}, ~ ]",
            &["3:15 tosca.wrong_shape", "3:18 tosca.wrong_shape", "3:22 tosca.wrong_shape"],
        ),
        // Read, since some write it, but not by all.
        ("policies: {}", &["3:13 ~tosca.wrong_shape"]),
        ("relationship_templates: { r: }", &["3:29 tosca.missing_keyword"]),
        ("outputs: { o: }", &["3:14 tosca.missing_keyword"]),
        ("inputs: [ a ]", &["3:11 tosca.wrong_shape"]),
    ];
    for (line, expected) in table {
        assert_eq!(told(&within(line)), *expected, "{line}");
    }
}

#[test]
fn parts_of_a_node() {
    let node = |line: &str| {
        format!(
            "topology_template:\n  node_templates:\n    n:\n      type: paas.nodes.Network\n      {line}\n"
        )
    };
    let table: &[(&str, &[&str])] = &[
        ("interfaces: [ a ]", &["6:19 tosca.wrong_shape"]),
        ("artifacts: a", &["6:18 tosca.wrong_shape"]),
        ("attributes: 3", &["6:19 tosca.wrong_shape"]),
        ("metadata: [ a ]", &["6:17 tosca.wrong_shape"]),
        ("metadata: { a: { b: c } }", &["6:22 tosca.wrong_shape"]),
        ("directives: substitute", &["6:19 tosca.wrong_shape"]),
        ("description: [ a ]", &["6:20 tosca.wrong_shape"]),
        ("properties: a", &["6:19 tosca.wrong_shape"]),
        ("capabilities: [ a ]", &["6:21 tosca.wrong_shape"]),
        (
            "capabilities: { member: { attributes: { a: 1 } } }",
            &["6:33 ~tosca.not_executed", "6:47 tosca.unknown_property"],
        ),
        ("capabilities: { member: { occurrences: [ 1, 1 ] } }", &[]),
        ("capabilities: { member: { occurrences: [ 1 ] } }", &["6:46 tosca.wrong_shape"]),
        ("interfaces: { Standard: {} }", &["6:7 ~tosca.not_executed"]),
    ];
    for (line, expected) in table {
        assert_eq!(told(&node(line)), *expected, "{line}");
    }
}

#[test]
fn what_a_shape_hides_is_not_missed() {
    let text = services(&[])
        + "    s: { type: paas.nodes.Service, requirements: [ network: net ], properties: [ image: x ] }\n";
    assert_eq!(told(&text), ["5:80 tosca.wrong_shape"]);
}

#[test]
fn inputs() {
    let input = |line: &str| format!("topology_template:\n  inputs:\n    a: {line}\n");
    let table: &[(&str, &[&str])] = &[
        ("", &["4:5 tosca.wrong_shape"]),
        ("string", &["4:8 tosca.wrong_shape"]),
        ("{ type: , default: 1 }", &["4:14 tosca.wrong_shape"]),
        ("{ type: string, required: maybe, default: x }", &["4:34 tosca.wrong_type"]),
        ("{ type: string, status: [ x ], default: x }", &["4:32 tosca.wrong_shape"]),
        ("{ type: string, description: { a: b }, default: x }", &["4:37 tosca.wrong_shape"]),
        ("{ type: string, metadata: [ a ], default: x }", &["4:34 tosca.wrong_shape"]),
        // Whether an input is secret must not be guessed.
        ("{ type: string, metadata: { secret: maybe } }", &["4:44 tosca.wrong_type"]),
        ("{ type: string, metadata: { secret: [ a ] }, default: x }", &["4:44 tosca.wrong_shape"]),
        ("{ type: string, metadata: { secret: true } }", &[]),
        ("{ type: string, metadata: { secret: \"true\" } }", &[]),
        ("{ type: string, metadata: { secret: no }, default: x }", &[]),
    ];
    for (line, expected) in table {
        assert_eq!(told(&input(line)), *expected, "{line}");
    }
}

#[test]
fn messages_stay_on_one_line_whatever_names_hold() {
    let text = "topology_template: { node_templates: { n: { type: \"a\\nb\\u0085c\" } } }";
    let source = Source::new("t.yaml", format!("tosca_definitions_version: tosca_simple_yaml_1_3\n{text}\n"));
    let messages: Vec<_> =
        check(&source, &Options::default()).diagnostics.into_iter().map(|it| it.message).collect();
    assert_eq!(messages, ["`a\\nb\\u{85}c` is not a node type"]);
}
