//! Very many things of one node or type, each of which is looked for by its name.

use super::{refused, soon, taken, template};
use paas_core::diagnostic::Code;

/// What is between the braces of a map, or the brackets of a list.
fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

/// Outputs that ask for each of these, the last first.
fn outputs(count: usize, ask: impl Fn(usize) -> String) -> String {
    format!(
        "  outputs: {{ {} }}\n",
        list(count, |n| format!("o{n}: {{ value: {{ {} }} }}", ask(count - 1 - n)))
    )
}

/// A node of a type that has this, with what it says itself.
fn node(ty: &str, own: &str) -> (String, String) {
    (
        format!("node_types: {{ T: {{ derived_from: tosca.nodes.Root, {ty} }} }}\n"),
        format!("  node_templates: {{ a: {{ type: T, {own} }} }}\n"),
    )
}

#[test]
fn many_properties_of_a_node() {
    const COUNT: usize = 10_000;
    let (types, nodes) = node(
        &format!("properties: {{ {} }}", list(COUNT, |n| format!("p{n}: {{ type: string }}"))),
        &format!("properties: {{ {} }}", list(COUNT, |n| format!("p{n}: x"))),
    );
    let asked = outputs(COUNT, |n| format!("get_property: [ a, p{n} ]"));
    soon(|| refused(&template(&types, &format!("{nodes}{asked}")), &[Code::NotSupported]));
}

#[test]
fn many_capabilities_of_a_node() {
    const COUNT: usize = 10_000;
    let (types, nodes) = node(
        &format!("capabilities: {{ {} }}", list(COUNT, |n| format!("c{n}: C"))),
        &format!("capabilities: {{ {} }}", list(COUNT, |n| format!("c{n}: {{ properties: {{ p: x }} }}"))),
    );
    let types = format!("capability_types: {{ C: {{ properties: {{ p: {{ type: string }} }} }} }}\n{types}");
    let asked = outputs(COUNT, |n| format!("get_property: [ a, c{n}, p ]"));
    soon(|| refused(&template(&types, &format!("{nodes}{asked}")), &[Code::NotSupported]));
}

#[test]
fn many_artifacts_of_a_node() {
    const COUNT: usize = 10_000;
    let artifacts = format!("artifacts: {{ {} }}", list(COUNT, |n| format!("a{n}: f")));
    let (types, nodes) = node(&artifacts, &artifacts);
    let asked = outputs(COUNT, |n| format!("get_artifact: [ a, a{n} ]"));
    soon(|| refused(&template(&types, &format!("{nodes}{asked}")), &[Code::NotSupported]));
}

#[test]
fn many_attributes_of_a_node() {
    const COUNT: usize = 16_000;
    let (types, nodes) = node(
        &format!("attributes: {{ {} }}", list(COUNT, |n| format!("a{n}: {{ type: string }}"))),
        &format!("attributes: {{ {} }}", list(COUNT, |n| format!("a{n}: x"))),
    );
    let asked = outputs(COUNT, |n| format!("get_attribute: [ a, a{n} ]"));
    soon(|| refused(&template(&types, &format!("{nodes}{asked}")), &[Code::NotSupported]));
}

/// What a requirement leads to, and what a node runs on, is asked for among all that it requires.
#[test]
fn many_requirements_of_a_node() {
    const COUNT: usize = 5_000;
    let definition = "{ capability: tosca.capabilities.Node, occurrences: [ 0, 1 ] }";
    let types = format!(
        "node_types:\n  P: {{ properties: {{ p: {{ type: string }} }} }}\n  T: {{ derived_from: tosca.nodes.Root, requirements: [ {} ] }}\n",
        list(COUNT, |n| format!("r{n}: {definition}"))
    );
    let nodes = format!(
        "  node_templates:\n    n: {{ type: P, properties: {{ p: x }} }}\n    a: {{ type: T, requirements: [ {} ] }}\n",
        list(COUNT, |n| format!("r{}: n", COUNT - 1 - n))
    );
    let asked = outputs(COUNT, |n| format!("get_property: [ a, r{n}, p ]"));
    soon(|| refused(&template(&types, &format!("{nodes}{asked}")), &[Code::TooManyNodes]));
}

#[test]
fn a_host_among_many_requirements() {
    const COUNT: usize = 5_000;
    let types = format!(
        "node_types:\n  P: {{ capabilities: {{ host: tosca.capabilities.Compute }}, properties: {{ p: {{ type: string }} }} }}\n  T: {{ properties: {{ q: {{ type: list }} }}, requirements: [ {}, host: {{ capability: tosca.capabilities.Compute, relationship: tosca.relationships.HostedOn }} ] }}\n",
        list(COUNT, |n| format!("r{n}: {{ capability: tosca.capabilities.Node, occurrences: [ 0, 1 ] }}"))
    );
    let nodes = format!(
        "  node_templates:\n    n: {{ type: P, properties: {{ p: x }} }}\n    a: {{ type: T, properties: {{ q: [ {} ] }}, requirements: [ {}, host: n ] }}\n",
        list(COUNT, |_| "{ get_property: [ HOST, p ] }".to_owned()),
        list(COUNT, |n| format!("r{}: n", COUNT - 1 - n))
    );
    soon(|| refused(&template(&types, &nodes), &[Code::TooManyNodes]));
}

/// A container by normative types, with these capabilities of its type and its own.
fn container(of_type: &str, own: &str, inputs: &str) -> String {
    template(
        &format!(
            "node_types: {{ T: {{ derived_from: tosca.nodes.Container.Application, capabilities: {{ {of_type} }} }} }}\n"
        ),
        &format!(
            "  node_templates:\n    n: {{ type: paas.nodes.Network }}\n    s:\n      type: T\n      requirements: [ {{ dependency: n }} ]\n      artifacts: {{ i: {{ type: tosca.artifacts.Deployment.Image.Container.Docker, file: 'i:1' }} }}\n      interfaces: {{ Standard: {{ operations: {{ create: {{ inputs: {{ {inputs} }} }} }} }} }}\n      capabilities: {{ {own} }}\n"
        ),
    )
}

#[test]
fn many_inputs_of_an_operation() {
    taken(&container("", "", &list(30_000, |n| format!("P{n}: x"))));
}

#[test]
fn many_endpoints_of_a_container() {
    const COUNT: usize = 22_000;
    let of_type = list(COUNT, |n| format!("e{n}: tosca.capabilities.Endpoint"));
    let own = list(COUNT, |n| format!("e{n}: {{ properties: {{ protocol: tcp, port: {} }} }}", n + 1));
    let release = soon(|| taken(&container(&of_type, &own, "")));
    assert_eq!(release.parts.len(), 1);
}
