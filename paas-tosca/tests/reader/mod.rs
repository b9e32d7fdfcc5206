//! Templates with few mistakes each, and all that is said of them: the place and code of each diagnostic.

mod application;
mod attributes;
mod cascades;
mod containers;
mod fulfilment;
mod functions;
mod load_balancers;
mod mutations;
mod passed_on;
mod refinement;
mod requirements;
mod scaling;
mod shapes;
mod types;
mod unexecuted;
mod values;
mod versions;

use paas_core::policy::TemplatePolicy;
use paas_tosca::{Options, Source, check};

/// What a platform lets templates do is tried elsewhere.
fn options() -> Options {
    let mut options = Options::default();
    options.policy = TemplatePolicy::allowing_everything();
    options
}

/// What is said of a template whose second line is the text's first: `line:column code` for each error, in order, and
/// `line:column ~code` for each warning.
fn told(text: &str) -> Vec<String> {
    let source = format!("tosca_definitions_version: tosca_simple_yaml_1_3\n{text}");
    let checked = check(&Source::new("t.yaml", source), &options());
    let told = checked.diagnostics.iter().map(|diagnostic| {
        let place = diagnostic.place().expect("a place").start;
        let mark = if diagnostic.is_error() { "" } else { "~" };
        format!("{}:{} {mark}{}", place.line, place.column, diagnostic.code)
    });
    told.collect()
}

/// Holds templates against what is to be said of them; all that differ are shown.
fn hold(table: &[(&str, &[&str])]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(text, expected)| (text, expected, told(text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected:?}\n  found    {found:?}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The codes for a template, without places.
fn codes(text: &str) -> Vec<String> {
    told(text).into_iter().map(|told| told.split_once(' ').expect("two words").1.to_owned()).collect()
}

/// The messages for a template.
fn messages(text: &str) -> Vec<String> {
    let source = format!("tosca_definitions_version: tosca_simple_yaml_1_3\n{text}");
    let checked = check(&Source::new("t.yaml", source), &options());
    checked.diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect()
}

/// A template with a network `net` and services; each is the rest of a line after its name.
fn services(lines: &[&str]) -> String {
    let mut text =
        "topology_template:\n  node_templates:\n    net: { type: paas.nodes.Network }\n".to_owned();
    for (number, line) in (1..).zip(lines) {
        text.push_str(&format!(
            "    s{number}: {{ type: paas.nodes.Service, requirements: [ {{ network: net }} ], properties: {{ {line} }} }}\n"
        ));
    }
    text
}
