//! Functions that ask functions.

use super::{THING, lines, refused, taken, template};
use paas_core::diagnostic::Code;

const SERVICE: &str = "    n: { type: paas.nodes.Network }\n    s:\n      type: paas.nodes.Service\n      requirements: [ { network: n } ]\n      properties:\n        image: i\n";

#[test]
fn a_long_chain_of_properties() {
    let nodes = lines(100_000, |n| {
        format!("    n{n}: {{ type: Thing, properties: {{ p: {{ get_property: [ n{}, p ] }} }} }}", n + 1)
    });
    let text = template(
        THING,
        &format!("  node_templates:\n{nodes}    n100000: {{ type: Thing, properties: {{ p: x }} }}"),
    );
    refused(&text, &[Code::PropertyCycle]);
}

#[test]
fn a_long_circle_of_properties() {
    let nodes = lines(20_000, |n| {
        format!(
            "    n{n}: {{ type: Thing, properties: {{ p: {{ get_property: [ n{}, p ] }} }} }}",
            (n + 1) % 20_000
        )
    });
    refused(&template(THING, &format!("  node_templates:\n{nodes}")), &[Code::PropertyCycle]);
}

#[test]
fn many_small_circles_of_properties() {
    let nodes = lines(10_000, |n| {
        format!("    n{n}: {{ type: Thing, properties: {{ p: {{ get_property: [ n{}, p ] }} }} }}", n ^ 1)
    });
    refused(&template(THING, &format!("  node_templates:\n{nodes}")), &[Code::PropertyCycle]);
}

#[test]
fn text_that_doubles_from_node_to_node() {
    let nodes = lines(11, |n| {
        let ask = format!("{{ get_property: [ n{}, p ] }}", n + 1);
        format!(
            "    n{n}: {{ type: Thing, properties: {{ p: {{ concat: [ {ask}, {ask}, {ask}, {ask} ] }} }} }}"
        )
    });
    let last = format!("    n11: {{ type: Thing, properties: {{ p: {} }} }}", "x".repeat(100_000));
    refused(&template(THING, &format!("  node_templates:\n{nodes}{last}")), &[Code::FunctionArguments]);
}

#[test]
fn text_that_doubles_by_aliases() {
    // Each level is a map, a word and a list more than two of the one before: 17 are within the limit on aliases.
    for (count, code) in [(17, Code::NoServices), (60, Code::AliasExpansion)] {
        let levels = lines(count, |n| format!("    l{0}: &l{0} {{ concat: [ *l{n}, *l{n} ] }}", n + 1));
        let text = template(
            &format!("dsl_definitions:\n    l0: &l0 xy\n{levels}"),
            &format!("  outputs: {{ all: {{ value: *l{count} }} }}"),
        );
        refused(&text, &[code]);
    }
}

#[test]
fn a_long_text_asked_for_many_times() {
    let inputs = format!("  inputs: {{ long: {{ type: string, default: {} }} }}\n", "x".repeat(1_000_000));
    let items = lines(100_000, |_| "          - { get_input: long }".to_owned());
    let text = template("", &format!("{inputs}  node_templates:\n{SERVICE}        command:\n{items}"));
    refused(&text, &[Code::TooManyNodes]);
}

#[test]
fn a_long_list_asked_for_many_times() {
    let list = lines(20_000, |n| format!("        - item {n}"));
    let inputs = format!("  inputs:\n    long:\n      type: list\n      default:\n{list}");
    let outputs = lines(20_000, |n| format!("    o{n}: {{ value: {{ get_input: long }} }}"));
    refused(&template("", &format!("{inputs}  outputs:\n{outputs}")), &[Code::TooManyNodes]);
}

#[test]
fn a_long_text_by_many_aliases() {
    let long = format!("dsl_definitions: {{ long: &long {} }}\n", "x".repeat(1_000_000));
    let items = lines(100_000, |_| "          - *long".to_owned());
    let text = template(&long, &format!("  node_templates:\n{SERVICE}        command:\n{items}"));
    refused(&text, &[Code::AliasExpansion]);
}

#[test]
fn many_texts_that_are_joined() {
    let items = lines(20_000, |n| format!("          - {{ concat: [ a{n}, {{ get_input: i }} ] }}"));
    let inputs = "  inputs: { i: { type: string, default: x } }\n";
    let text = template("", &format!("{inputs}  node_templates:\n{SERVICE}        command:\n{items}"));
    assert_eq!(taken(&text).parts.len(), 1);
}

/// What asks functions of functions, lists in lists, and defaults of defaults is one inside the other on the stack, of which some
/// threads have a megabyte.
#[test]
fn values_deep_inside_each_other() {
    std::thread::Builder::new().stack_size(1 << 20).spawn(deep_values).unwrap().join().unwrap();
}

fn deep_values() {
    let deep = |inner: &str| format!("{}{inner}{}", "[ ".repeat(50), " ]".repeat(50));
    let thing = "node_types: { Thing: { properties: { p: { type: list } } } }\n";
    let nodes = lines(11, |n| {
        let ask = deep(&format!("{{ get_property: [ n{}, p ] }}", n + 1));
        format!("    n{n}: {{ type: Thing, properties: {{ p: {ask} }} }}")
    });
    let last = format!("    n11: {{ type: Thing, properties: {{ p: {} }} }}", deep("x"));
    refused(&template(thing, &format!("  node_templates:\n{nodes}{last}")), &[Code::TooDeep]);

    let concat = |inner: &str| format!("{}{inner}{}", "{ concat: [ a, ".repeat(26), " ] }".repeat(26));
    let nodes = lines(11, |n| {
        let ask = concat(&format!("{{ get_property: [ n{}, p ] }}", n + 1));
        format!("    n{n}: {{ type: Thing, properties: {{ p: {ask} }} }}")
    });
    let last = format!("    n11: {{ type: Thing, properties: {{ p: {} }} }}", concat("x"));
    refused(&template(THING, &format!("  node_templates:\n{nodes}{last}")), &[Code::TooDeep]);

    let schema = format!("{}{{ type: D }}{}", "{ type: list, entry_schema: ".repeat(50), " }".repeat(50));
    let property = format!("{}, default: {} }}", schema.strip_suffix(" }").unwrap(), deep("{}"));
    let types = format!(
        "data_types: {{ D: {{ properties: {{ a: {property} }} }} }}\nnode_types: {{ Thing: {{ properties: {{ p: {{ type: D }} }} }} }}\n"
    );
    refused(
        &template(&types, "  node_templates: { n: { type: Thing, properties: { p: {} } } }"),
        &[Code::TooDeep],
    );
}

#[test]
fn many_keys_of_a_large_input() {
    let entries: Vec<_> = (0..30_000).map(|n| format!("k{n}: x")).collect();
    let asked = lines(30_000, |n| format!("          k{n}: {{ get_input: [ all, k{n} ] }}"));
    let text = template(
        "",
        &format!(
            "  inputs:\n    all: {{ type: map, entry_schema: string, default: {{ {} }} }}\n  node_templates:\n{SERVICE}        environment:\n{asked}",
            entries.join(", ")
        ),
    );
    refused(&text, &[Code::TooManyNodes]);
}
