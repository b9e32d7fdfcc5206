//! Words that are newer than the version of a template.

use paas_tosca::{Options, Source, check};

fn of(version: &str, text: &str) -> Vec<String> {
    let source = format!("tosca_definitions_version: {version}\n{text}");
    let checked = check(&Source::new("t.yaml", source), &Options::default());
    let newer = checked.diagnostics.iter().filter(|found| found.code.as_str() == "tosca.version_older");
    newer.map(|found| found.message.clone()).collect()
}

#[test]
fn words_are_told_from_those_of_later_versions() {
    for (text, word, since) in [
        ("topology_template: { workflows: { w: { steps: { } } } }", "workflows", 1),
        ("policy_types: { P: { triggers: { } } }", "triggers", 1),
        ("topology_template: { outputs: { o: { value: { join: [ [ a ], b ] } } } }", "join", 2),
        (
            "topology_template: { substitution_mappings: { node_type: Root, properties: { } } }",
            "properties",
            2,
        ),
        (
            "topology_template: { substitution_mappings: { node_type: Root, attributes: { } } }",
            "attributes",
            3,
        ),
        ("interface_types: { I: { operations: { a: } } }", "operations", 3),
        ("data_types: { D: { properties: { p: { type: map, key_schema: string } } } }", "key_schema", 3),
    ] {
        for version in 0..=3 {
            let found = of(&format!("tosca_simple_yaml_1_{version}"), text);
            let message =
                format!("`{word}` came with TOSCA 1.{since}, but the template is of TOSCA 1.{version}");
            let expected: &[String] = if version < since { &[message] } else { &[] };
            assert_eq!(found, expected, "{text} in 1.{version}");
        }
    }
}

#[test]
fn refinement_has_rules_since_the_last_version() {
    let text = "node_types: { A: { properties: { p: { type: integer } } }, B: { derived_from: A, properties: { p: { type: string } } } }\n";
    for (version, is_right) in
        [("tosca_simple_yaml_1_0", true), ("tosca_simple_yaml_1_2", true), ("tosca_simple_yaml_1_3", false)]
    {
        let source = format!("tosca_definitions_version: {version}\n{text}");
        let checked = check(&Source::new("t.yaml", source), &Options::default());
        assert_eq!(checked.diagnostics.len(), 1, "{version}");
        assert_eq!(!checked.diagnostics.has_errors(), is_right, "{version}");
    }
}
