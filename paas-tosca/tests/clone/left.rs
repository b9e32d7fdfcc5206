//! What still names a registry of the old tenant is told, and only that.

use super::{cloned, told};

/// The lines of a template that are told of when registries are mapped.
fn left(values: &[&str], map: &str) -> Vec<String> {
    let lines: String =
        values.iter().enumerate().map(|(number, value)| format!("          V{number}: {value}\n")).collect();
    let shop = format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3
topology_template:
  node_templates:
    dmz: {{ type: paas.nodes.Network }}
    web:
      type: paas.nodes.Service
      requirements: [ {{ network: dmz }} ]
      properties:
        image: r.test/a/web:1
        environment:
{lines}"
    );
    let cloned = cloned(&shop, map);
    assert!(!cloned.files.is_empty(), "{:?}", told(&cloned.diagnostics));
    let line = |place: &str| {
        let number: usize = place.split(':').nth(1).expect("a line").parse().expect("a number");
        cloned.files[0].text().lines().nth(number - 1).expect("the line").trim().to_owned()
    };
    let line_of = |told: String| line(told.split(' ').nth(1).expect("a place"));
    assert!(cloned.diagnostics.iter().all(|it| it.code.as_str() == "clone.left" && !it.is_error()));
    told(&cloned.diagnostics).into_iter().map(line_of).collect()
}

#[test]
fn texts_that_name_it_are_told() {
    let values =
        ["r.test", "https://r.test/v2/", "'{ concat: [] } at r.test.'", "u@r.test/a/b:1", "--from=r.test/x"];
    let told = left(&values, "registries: { r.test: s.test }");
    assert_eq!(
        told,
        values.iter().enumerate().map(|(n, value)| format!("V{n}: {value}")).collect::<Vec<_>>()
    );
}

#[test]
fn others_are_not() {
    let others = ["s.test", "xr.test", "r.test.example", "r.test:5000/a", "r.tests/a", "a/r.test", "r-test"];
    assert_eq!(left(&others, "registries: { r.test: s.test }"), [""; 0]);
    let folders = ["r.test", "r.test/ab", "r.test/b/a"];
    assert_eq!(left(&folders, "registries: { r.test/a: s.test }"), [""; 0]);
    assert_eq!(left(&["r.test/a", "r.test/a/b", "r.test/a:1"], "registries: { r.test/a: s.test }").len(), 3);
    // What is in the new one, or stays.
    assert_eq!(left(&["r.test/a"], "registries: { r.test: r.test/mirror }"), [""; 0]);
    assert_eq!(left(&["r.test/a"], "registries: { r.test: r.test }"), [""; 0]);
}

#[test]
fn the_entry_is_shown_and_the_count_is_bounded() {
    let cloned = cloned(
        "tosca_definitions_version: tosca_simple_yaml_1_3
description: &it comes from r.test
metadata: { a: *it, b: *it }
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    web: { type: paas.nodes.Service, properties: { image: r.test/web }, requirements: [ { network: dmz } ] }
",
        "registries: { r.test: s.test }",
    );
    assert_eq!(told(&cloned.diagnostics), ["clone.left shop.yaml:2:14 `r.test` is still named here"]);
    let labels = &cloned.diagnostics.iter().next().expect("one").labels;
    assert_eq!(labels[1].place.to_string(), "map.yaml:1:15");
    let many = vec!["r.test"; 500];
    assert_eq!(left(&many, "registries: { r.test: s.test }").len(), 20);
}
