//! Very many names, known and unknown.

use super::{THING, lines, refused, taken, template};
use paas_core::diagnostic::Code;

#[test]
fn many_unknown_names() {
    let nodes =
        lines(50_000, |n| format!("    n{n}: {{ type: Thingy{n}, requirements: [ {{ host: m{n} }} ] }}"));
    refused(&template(THING, &format!("  node_templates:\n{nodes}")), &[Code::UnknownType]);
    let nodes = lines(10_000, |n| {
        format!("    n{n}: {{ type: tosca.nodes.Root, requirements: [ {{ dependency: m{n} }} ] }}")
    });
    refused(&template(THING, &format!("  node_templates:\n{nodes}")), &[Code::UnknownNode]);
}

#[test]
fn many_unknown_inputs() {
    let inputs = lines(20_000, |n| format!("    {}{n}: {{ type: string, default: x }}", "a".repeat(100)));
    let outputs =
        lines(20_000, |n| format!("    o{n}: {{ value: {{ get_input: {}{n} }} }}", "b".repeat(100)));
    refused(&template("", &format!("  inputs:\n{inputs}  outputs:\n{outputs}")), &[Code::UnknownInput]);
}

#[test]
fn a_long_unknown_name_in_many_places() {
    let long = format!("dsl_definitions: {{ long: &long {} }}\n{THING}", "x".repeat(1_000_000));
    let nodes = lines(20_000, |n| format!("    n{n}: {{ type: *long }}"));
    refused(&template(&long, &format!("  node_templates:\n{nodes}")), &[]);
    let outputs = lines(20_000, |n| format!("    o{n}: {{ value: {{ get_input: *long }} }}"));
    refused(&template(&long, &format!("  outputs:\n{outputs}")), &[]);
}

#[test]
fn long_unknown_names() {
    let nodes = lines(2_000, |n| format!("    n{n}: {{ type: {} }}", "x".repeat(1_000)));
    refused(&template(THING, &format!("  node_templates:\n{nodes}")), &[Code::UnknownType]);
}

#[test]
fn many_inputs() {
    let inputs = lines(50_000, |n| format!("    i{n}: {{ type: integer, default: {n} }}"));
    let outputs = lines(50_000, |n| format!("    o{n}: {{ value: {{ get_input: i{n} }} }}"));
    let nodes = "    n: { type: paas.nodes.Network }\n    s: { type: paas.nodes.Service, properties: { image: i }, requirements: [ { network: n } ] }\n";
    let text = template("", &format!("  inputs:\n{inputs}  node_templates:\n{nodes}  outputs:\n{outputs}"));
    assert_eq!(taken(&text).outputs.len(), 50_000);
}

#[test]
fn many_secret_inputs() {
    let names: Vec<_> = (0..50_000).map(|n| format!("i{n}")).collect();
    let inputs = lines(50_000, |n| format!("    i{n}: {{ type: string }}"));
    let outputs = lines(50_000, |n| format!("    o{n}: {{ value: {{ get_input: i{n} }} }}"));
    let nodes = "    n: { type: paas.nodes.Network }\n    s: { type: paas.nodes.Service, properties: { image: i }, requirements: [ { network: n } ] }\n";
    let text = template(
        &format!("metadata: {{ secret_inputs: '{}' }}\n", names.join(",")),
        &format!("  inputs:\n{inputs}  node_templates:\n{nodes}  outputs:\n{outputs}"),
    );
    assert_eq!(taken(&text).secrets.len(), 50_000);
}

#[test]
fn many_requirements_of_one_node() {
    let others = lines(1_000, |n| {
        format!(
            "    s{n}: {{ type: paas.nodes.Service, properties: {{ image: i }}, requirements: [ {{ network: n }} ] }}"
        )
    });
    let requirements = lines(100_000, |n| format!("        - connection: s{}", n % 1_000));
    let nodes = format!(
        "    n: {{ type: paas.nodes.Network }}\n{others}    s:\n      type: paas.nodes.Service\n      properties: {{ image: i }}\n      requirements:\n        - network: n\n{requirements}"
    );
    assert_eq!(taken(&template("", &format!("  node_templates:\n{nodes}"))).parts.len(), 1);
    let requirements = lines(20_000, |n| format!("        - connexion: s{n}"));
    let nodes = format!(
        "    n: {{ type: paas.nodes.Network }}\n    s:\n      type: paas.nodes.Service\n      properties: {{ image: i }}\n      requirements:\n        - network: n\n{requirements}"
    );
    refused(&template("", &format!("  node_templates:\n{nodes}")), &[Code::UnknownRequirement]);
}

#[test]
fn many_keys_of_one_map() {
    let environment = lines(200_000, |n| format!("          K{n}: v"));
    let nodes = format!(
        "    n: {{ type: paas.nodes.Network }}\n    s:\n      type: paas.nodes.Service\n      requirements: [ {{ network: n }} ]\n      properties:\n        image: i\n        environment:\n{environment}"
    );
    assert_eq!(taken(&template("", &format!("  node_templates:\n{nodes}"))).parts.len(), 1);
    let properties = lines(200_000, |n| format!("        k{n}: v"));
    let nodes = format!("    s:\n      type: paas.nodes.Service\n      properties:\n{properties}");
    refused(&template("", &format!("  node_templates:\n{nodes}")), &[Code::UnknownProperty]);
    let keywords = lines(50_000, |n| format!("      k{n}: v"));
    let nodes = format!("    s:\n      type: paas.nodes.Service\n{keywords}");
    refused(&template("", &format!("  node_templates:\n{nodes}")), &[Code::UnknownKeyword]);
}

#[test]
fn one_key_many_times() {
    let keys = lines(100_000, |_| "      k: v".to_owned());
    let nodes = format!("    s:\n      type: paas.nodes.Service\n{keys}");
    refused(&template("", &format!("  node_templates:\n{nodes}")), &[Code::DuplicateKey]);
}

/// What is told has an end, but an error is never lost in warnings.
#[test]
fn an_error_after_very_many_warnings() {
    let nodes =
        lines(20_000, |n| format!("    n{n}: {{ type: tosca.nodes.Root, attributes: {{ state: x }} }}"));
    let nodes = format!(
        "{nodes}    network: {{ type: paas.nodes.Network }}\n    s: {{ type: paas.nodes.Service, requirements: [ {{ network: network }} ] }}"
    );
    refused(&template("", &format!("  node_templates:\n{nodes}")), &[Code::MissingProperty]);
}

#[test]
fn many_steps_of_a_workflow() {
    let steps = lines(30_000, |n| {
        format!(
            "        s{n}: {{ target: t, activities: [ {{ inline: w }} ], on_success: [ s{} ] }}",
            (n + 29_999) % 30_000
        )
    });
    let text = template(
        "",
        &format!(
            "  node_templates:\n    t: {{ type: tosca.nodes.Root }}\n  workflows:\n    w:\n      steps:\n{steps}"
        ),
    );
    refused(&text, &[Code::NotSupported]);
}

#[test]
fn many_repositories_of_many_artifacts() {
    let repositories = lines(20_000, |n| format!("  r{n}: 'https://r{n}.test/'"));
    let nodes = lines(20_000, |n| {
        format!(
            "    n{n}: {{ type: tosca.nodes.Root, artifacts: {{ a: {{ type: tosca.artifacts.File, file: x, repository: r{n} }} }} }}"
        )
    });
    refused(
        &template(&format!("repositories:\n{repositories}"), &format!("  node_templates:\n{nodes}")),
        &[Code::NotSupported],
    );
}
