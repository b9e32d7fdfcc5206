//! Where editors and the reader differ, since one reads YAML 1.2 and the other tells what the versions take differently.

use super::{as_json, marks};
use paas_tosca::{Options, Source, check};

fn template(properties: &str) -> String {
    format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3\n\
         topology_template:\n  node_templates:\n    dmz: {{ type: paas.nodes.Network }}\n    it:\n      \
         type: paas.nodes.Service\n      properties: {{ image: x, {properties} }}\n      requirements: [ network: dmz ]\n"
    )
}

/// Whether the editor and the reader take a template.
fn taken(text: &str) -> (bool, bool) {
    let checked = check(&Source::new("template.yaml", text), &Options::default());
    (marks(&as_json(text).unwrap()).is_empty(), !checked.diagnostics.has_errors())
}

#[test]
fn words_of_yaml_1_1_are_marked_and_taken() {
    for properties in ["everywhere: yes", "run_once: Off", "scale: 1_000"] {
        assert_eq!(taken(&template(properties)), (false, true), "{properties}");
    }
    assert_eq!(taken(&template("run_once: true, scale: 1000")), (true, true));
}

#[test]
fn names_that_are_booleans_are_marked_and_taken() {
    let named = |name: &str| template("run_once: true").replace("dmz", name);
    for (name, is_marked) in [("true", true), ("'true'", false), ("80", false), ("dmz", false)] {
        assert_eq!(taken(&named(name)), (!is_marked, true), "{name}");
    }
}

#[test]
fn what_readers_of_yaml_take_differently_is_not_marked_and_refused() {
    for properties in [
        "labels: { a: yes }",
        "labels: { a: 2026-01-31 }",
        "labels: { a: 22:30 }",
        "labels: { 80: a }",
        "scale: 1.0",
    ] {
        assert_eq!(taken(&template(properties)), (true, false), "{properties}");
    }
    assert_eq!(taken(&template("labels: { a: 'yes', b: '2026-01-31', '80': '22:30' }")), (true, true));
}
