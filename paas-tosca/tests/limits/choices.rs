//! Nodes that are chosen, and templates that copy others.

use super::{lines, refused, template};
use paas_core::diagnostic::Code;

#[test]
fn many_requirements_among_many_nodes() {
    let nodes = |requirement: &str| {
        "  node_templates:\n".to_owned()
            + &lines(3_000, |number| {
                format!("    a{number}: {{ type: Root, requirements: [ dependency: {requirement} ] }}")
            })
    };
    refused(&template("", &nodes("{ node: Root }")), &[Code::Unfulfilled]);
    let nothing = "{ node_filter: { capabilities: [ feature: { properties: [ p: 1 ] } ] } }";
    refused(&template("", &nodes(nothing)), &[Code::TooManyNodes]);
}

#[test]
fn long_lines_and_circles_of_copies() {
    let line = |number: usize| format!("    a{}: {{ copy: a{number} }}", number + 1);
    let text = "  node_templates:\n    a0: { type: Root }\n".to_owned() + &lines(5_000, line);
    refused(&template("", &text), &[Code::Copy]);
    let circle = "  node_templates:\n    a5000: { copy: a0 }\n".to_owned() + &lines(4_999, line);
    refused(&template("", &circle), &[Code::Copy]);
}

#[test]
fn many_copies_of_a_large_template() {
    let keys: String = (0..3_000).map(|number| format!("k{number}: v, ")).collect();
    let text = format!("  node_templates:\n    a: {{ type: Root, metadata: {{ {keys} }} }}\n")
        + &lines(3_000, |number| format!("    b{number}: {{ copy: a, metadata: {{ k1: w }} }}"));
    refused(&template("", &text), &[Code::TooManyNodes]);
}
