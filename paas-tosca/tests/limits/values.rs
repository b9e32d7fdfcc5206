//! Values and the constraints on them.

use super::{lines, refused, template};
use paas_core::diagnostic::Code;

/// A node type with a property of this definition, and a node that gives it this value.
fn property(definition: &str, value: &str) -> String {
    template(
        &format!("node_types:\n  T:\n    properties:\n      p:\n{definition}\n"),
        &format!(
            "  node_templates:\n    a:\n      type: T\n      properties:\n        q: 1\n        p:\n{value}"
        ),
    )
}

#[test]
fn a_pattern_that_multiplies() {
    for pattern in ["(a{1000}){1000}", "((a{100}){100}){100}", "(x+x+)+y", r"(\pL{100}){10}", "(a|aa)+$"] {
        let definition = format!("        type: string\n        constraints: [ {{ pattern: '{pattern}' }} ]");
        refused(
            &property(&definition, &format!("          {}", "x".repeat(1_000_000))),
            &[Code::UnknownProperty],
        );
    }
}

#[test]
fn many_large_patterns() {
    let patterns = lines(10_000, |n| format!(r"          - pattern: '{n}|\pL{{20}}'"));
    let definition = format!("        type: string\n        constraints:\n{patterns}");
    refused(&property(&definition, "          x"), &[Code::UnknownProperty]);
}

#[test]
fn many_patterns_for_a_long_text() {
    let patterns = lines(5_000, |n| format!("          - pattern: '[a-z]*x{n}?'"));
    let definition = format!("        type: string\n        constraints:\n{patterns}");
    refused(
        &property(&definition, &format!("          {}", "x".repeat(1_000_000))),
        &[Code::UnknownProperty],
    );
}

#[test]
fn many_constraints_on_many_values() {
    for (constraint, value) in [("less_than: 5", "1"), ("less_than: 5", "9"), ("max_length: 1", "long")] {
        let ty = if value == "long" { "string" } else { "integer" };
        let constraints = lines(10_000, |_| format!("            - {constraint}"));
        let definition = format!(
            "        type: list\n        entry_schema:\n          type: {ty}\n          constraints:\n{constraints}"
        );
        let values = lines(10_000, |_| format!("          - {value}"));
        refused(&property(&definition, &values), &[Code::UnknownProperty]);
    }
}

#[test]
fn many_valid_values_for_many_values() {
    let valid: Vec<_> = (0..20_000).map(|n| format!("v{n}")).collect();
    let definition = format!(
        "        type: list\n        entry_schema: {{ type: string, constraints: [ {{ valid_values: [ {} ] }} ] }}",
        valid.join(", ")
    );
    for value in ["v19999", "w"] {
        let values = lines(5_000, |_| format!("          - {value}"));
        refused(&property(&definition, &values), &[Code::UnknownProperty]);
    }
}

#[test]
fn a_long_text_with_many_lengths() {
    let constraints = lines(20_000, |_| "          - max_length: 5000000".to_owned());
    let definition = format!("        type: string\n        constraints:\n{constraints}");
    refused(
        &property(&definition, &format!("          {}", "x".repeat(1_000_000))),
        &[Code::UnknownProperty],
    );
}

#[test]
fn large_maps_that_are_compared_with_others() {
    let map: Vec<_> = (0..10_000).map(|n| format!("k{n}: x")).collect();
    let (map, types) = (
        map.join(", "),
        "data_types: { M: { derived_from: map, entry_schema: string } }\nnode_types:\n  T:\n    derived_from: tosca.nodes.Root\n",
    );
    let head = format!(
        "dsl_definitions:\n  m: &m {{ {map} }}\n  n: &n {{ {map}, other: x }}\n  w: &w {{ {map}, k10000: y }}\n{types}    properties: {{ p: {{ type: map, entry_schema: string, constraints: [ {{ valid_values: [ *n, *n, *n, *m ] }} ] }} }}\n"
    );
    let nodes = lines(5, |n| format!("    n{n}: {{ type: T, properties: {{ p: *w }} }}"));
    refused(&template(&head, &format!("  node_templates:\n{nodes}")), &[Code::TooManyNodes]);
}
