//! Types that derive from each other, and inherit much.

use super::{lines, refused, template};
use paas_core::diagnostic::Code;

#[test]
fn a_long_line_of_types() {
    let types = lines(10_000, |n| format!("  T{n}: {{ derived_from: T{} }}", n + 1));
    let types = format!("node_types:\n{types}  T10000: {{ derived_from: tosca.nodes.Root }}\n");
    refused(&template(&types, "  node_templates: { a: { type: T0 } }"), &[Code::TypeCycle]);
}

#[test]
fn a_long_circle_of_types() {
    for kind in ["node_types", "data_types", "policy_types"] {
        let types = lines(10_000, |n| format!("  T{n}: {{ derived_from: T{} }}", (n + 1) % 10_000));
        refused(&template(&format!("{kind}:\n{types}"), "  {}"), &[Code::TypeCycle]);
    }
}

#[test]
fn many_types_that_inherit_many_properties() {
    let properties = lines(10_000, |n| format!("      p{n}: {{ type: string, required: false }}"));
    let types = lines(5_000, |n| format!("  T{n}: {{ derived_from: Base }}"));
    let types = format!("node_types:\n  Base:\n    properties:\n{properties}{types}");
    refused(&template(&types, "  node_templates: { a: { type: T0 } }"), &[Code::TooManyNodes]);
}

#[test]
fn many_types_that_inherit_many_capabilities() {
    let capabilities = lines(10_000, |n| format!("      c{n}: tosca.capabilities.Node"));
    let types = lines(5_000, |n| format!("  T{n}: {{ derived_from: Base }}"));
    let types = format!("node_types:\n  Base:\n    capabilities:\n{capabilities}{types}");
    refused(&template(&types, "  node_templates: { a: { type: T0 } }"), &[Code::TooManyNodes]);
}

#[test]
fn a_type_of_many_properties() {
    let properties = lines(50_000, |n| format!("      p{n}: {{ type: string, required: false }}"));
    let given = lines(50_000, |n| format!("        p{n}: x"));
    let text = template(
        &format!("node_types:\n  Base:\n    properties:\n{properties}"),
        &format!("  node_templates:\n    a:\n      type: Base\n      properties:\n{given}        q: 1"),
    );
    refused(&text, &[Code::UnknownProperty]);
}

#[test]
fn a_type_of_many_requirements() {
    let defined = lines(20_000, |n| {
        format!("      - r{n}: {{ capability: tosca.capabilities.Node, occurrences: [ 0, 1 ] }}")
    });
    let given = lines(20_000, |n| format!("        - r{n}: a"));
    let text = template(
        &format!("node_types:\n  Base:\n    derived_from: tosca.nodes.Root\n    requirements:\n{defined}"),
        &format!("  node_templates:\n    a:\n      type: Base\n      requirements:\n{given}        - q: a"),
    );
    refused(&text, &[Code::UnknownRequirement]);
}

#[test]
fn a_data_type_that_needs_itself() {
    for properties in
        ["a: { type: D, default: {} }", "a: { type: D, default: {} }, b: { type: D, default: {} }"]
    {
        let types = format!(
            "data_types: {{ D: {{ properties: {{ {properties} }} }} }}\nnode_types: {{ T: {{ properties: {{ d: {{ type: D }} }} }} }}"
        );
        refused(
            &template(&types, "  node_templates: { a: { type: T, properties: { d: {} } } }"),
            &[Code::TypeCycle],
        );
    }
}

#[test]
fn data_types_whose_defaults_multiply() {
    let types = lines(40, |n| {
        let next = format!("{{ type: D{}, default: {{}} }}", n + 1);
        format!("  D{n}: {{ properties: {{ a: {next}, b: {next}, c: {next} }} }}")
    });
    let types = format!(
        "data_types:\n{types}  D40: {{ properties: {{ a: {{ type: string, default: x }} }} }}\nnode_types: {{ T: {{ properties: {{ d: {{ type: D0 }} }} }} }}"
    );
    refused(
        &template(&types, "  node_templates: { a: { type: T, properties: { d: {} } } }"),
        &[Code::TooManyNodes],
    );
}
