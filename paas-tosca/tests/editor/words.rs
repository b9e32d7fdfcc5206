//! Words of each place: what the reader refuses is marked, what it takes is not.

use super::{as_json, codes::is_unseen, marks, schema};
use paas_tosca::{Options, Source, check};

/// Whether the editor and the reader take a template; of the reader's errors those count that editors can see.
fn taken(text: &str) -> (bool, bool) {
    let text = format!("tosca_definitions_version: tosca_simple_yaml_1_3\n{text}\n");
    let checked = check(&Source::new("template.yaml", text.as_str()), &Options::default());
    let is_wrong = checked.diagnostics.iter().any(|found| found.is_error() && !is_unseen(found.code));
    (marks(&as_json(&text).unwrap()).is_empty(), !is_wrong)
}

#[test]
fn what_the_reader_takes_is_not_marked() {
    for text in [
        "topology_template:",
        "topology_template: { inputs: , node_templates: , groups: , policies: , outputs: }",
        "imports: [ paas-profile-1.0.yaml, { file: ./paas-profile-1.0.yaml } ]",
        "imports: [ p: paas-profile-1.0.yaml, q: { file: paas-profile-1.0.yaml } ]",
        "imports:",
        "imports: [ { file: types/paas-profile-1.0.yaml, namespace_prefix: p, namespace_uri: x } ]",
        "repositories: { r: 'https://git.bank.test', s: { description: x, url: y, credential: { token: z, keys: { a: b } } } }",
        "repositories: { here: { url: x } }",
        "dsl_definitions: { anything: [ 1 ] }",
        "metadata: { template_name: x, template_version: 1.0, anything: , secret_inputs: }",
        "description:",
        "node_types: { mine: }",
        "node_types: { mine: { derived_from: paas.nodes.Service, properties: { p: { type: own } } } }\n\
         data_types: { own: { derived_from: integer, constraints: [ in_range: [ 1, 5 ] ] } }",
        "node_types: { mine: { capabilities: { c: Node, d: { type: tosca:Node } }, requirements: [ r: Node, s: { capability: Node, occurrences: [ 0, '5' ] } ] } }",
        "data_types: { own: { properties: { p: { type: list, entry_schema: string, default: [ a ] } } } }",
        "data_types: { own: { properties: { p: { type: integer, default: { get_input: x } } } } }",
        "data_types: { own: { derived_from: list, entry_schema: { type: Credential } } }",
        "interface_types: { mine: { whatever: { description: x } } }",
        "topology_template: { inputs: { i: { default: 5 }, j: { type: Credential, default: { token: x } }, k: { type: version, default: 1.0 } } }",
        "topology_template: { inputs: { 80: { type: integer, default: }, s: { metadata: { secret: 'true' } } }, outputs: { o: { value: { get_input: 80 } } } }",
        "topology_template: { inputs: { i: { type: list, entry_schema: integer, value: [ 1 ], constraints: [ min_length: 1, max_length: '3' ] } } }",
        "topology_template: { outputs: { o: { type: integer, value: { concat: [ 1, 2 ] } } } }",
        "topology_template: { node_templates: { n: { type: Network, directives: [ ], interfaces: { a: }, metadata: { a: 1 } } } }",
        "topology_template: { node_templates: { n: { type: tosca:network.Network, capabilities: { link: } } } }",
        "node_types: { mine: { derived_from: Root } }\ntopology_template: { node_templates: { n: { type: mine } } }",
        "topology_template: { policies: { p: { type: tosca.policies.Root } } }",
        "topology_template: { groups: { g: { type: Root, members: } } }",
        "topology_template: { workflows: { w: { steps: { } } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: [ dependency: { capability: feature } ] } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: [ dependency: { node: n, occurrences: [ 1, 1 ] } ] } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: [ dependency: { node: n, node_filter: { } } ] } } }",
        "topology_template: { node_templates: { n: { type: Network, capabilities: { link: { occurrences: [ 1, 1 ] } } } } }",
        "topology_template: { node_templates: { n: { type: Network, directives: [ select ] } } }",
        "topology_template: { node_templates: { n: { type: Network, node_filter: { } } } }",
        "topology_template: { policies: [ p: { type: tosca.policies.Root, triggers: { } } ] }",
        "topology_template: { substitution_mappings: { node_type: Root } }",
        "topology_template: { node_templates: { m: { type: Network }, n: { copy: m } } }",
        "policy_types: { mine: { triggers: { t: { event: a, action: [ delegate: b ] } } } }",
        "data_types: { own: { properties: { p: { type: 'null' }, q: { type: map, key_schema: integer } } } }",
    ] {
        assert_eq!(taken(text), (true, true), "{text}");
    }
}

#[test]
fn what_the_reader_refuses_is_marked() {
    for text in [
        "topology_templates: { }",
        "topology_template: [ ]",
        "imports: [ { file: paas-profile-1.0.yaml, namespace_prefix: 'p:q' } ]",
        "imports: [ { file: paas-profile-1.0.yaml, namespace_uri: [ ] } ]",
        "imports: [ { file: paas-profile-1.0.yaml, files: x } ]",
        "imports: [ [ ] ]",
        "imports: [ { repository: r } ]",
        "repositories: { r: }",
        "repositories: { r: { uri: x } }",
        "repositories: { r: { url: x, credential: y } }",
        "repositories: { r: { url: x, credential: { user: y } } }",
        "metadata: { secret_inputs: [ a ] }",
        "metadata: { anything: { } }",
        "description: [ a ]",
        "node_types: { tosca.nodes.Root: }",
        "node_types: { 'tosca:Compute': { } }",
        "node_types: { mine: { property: { } } }",
        "node_types: { mine: { properties: { p: string } } }",
        "node_types: { mine: { properties: { p: { typ: string } } } }",
        "node_types: { mine: { properties: { p: { type: integer, default: x } } } }",
        "node_types: { mine: { properties: { p: { type: integer, entry_schema: string } } } }",
        "node_types: { mine: { properties: { p: { required: perhaps } } } }",
        "node_types: { mine: { requirements: { r: Node } } }",
        "node_types: { mine: { requirements: [ r: { capability: Node, occurrences: [ 1 ] } ] } }",
        "node_types: { mine: { capabilities: { c: { description: x } } } }",
        "data_types: { own: { properties: { p: { type: string, constraints: [ min_size: 5 ] } } } }",
        "data_types: { own: { properties: { p: { type: string, constraints: [ min_length: -5 ] } } } }",
        "data_types: { own: { properties: { p: { type: integer, constraints: [ in_range: 5 ] } } } }",
        "topology_template: { input: { } }",
        "topology_template: { substitution_mappings: { } }",
        "policy_types: { mine: { triggers: { t: { events: a } } } }",
        "topology_template: { inputs: { i: string } }",
        "topology_template: { inputs: { i: { type: integer, default: { get_input: j } } } }",
        "topology_template: { inputs: { i: { type: integer, default: '5' } } }",
        "topology_template: { inputs: { i: { type: Credential, default: { get_input: j } } } }",
        "topology_template: { inputs: { i: { type: string, metadata: { secret: perhaps } } } }",
        "topology_template: { outputs: { o: { description: x } } }",
        "topology_template: { outputs: { o: { type: integer, value: x } } }",
        "topology_template: { node_templates: { n: } }",
        "topology_template: { node_templates: { n: { properties: { } } } }",
        "topology_template: { node_templates: { n: { type: Network, property: { } } } }",
        "topology_template: { node_templates: { n: { type: tosca:network.Network, properties: { cidrs: x } } } }",
        "topology_template: { node_templates: { n: { type: Network, properties: [ ] } } }",
        "topology_template: { node_templates: { n: { type: Network, capabilities: { links: { } } } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: { dependency: n } } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: [ dependencies: n ] } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: [ dependency: [ n ] ] } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: [ dependency: { node: n, target: n } ] } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: [ dependency: { node: n, relationship: [ ] } ] } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: [ dependency: { node: n, relationship: { type: DependsOn, property: x } } ] } } }",
        "topology_template: { node_templates: { n: { type: Network, requirements: [ dependency: { node: n, relationship: { type: DependsOn, properties: { p: 1 } } } ] } } }",
        "topology_template: { relationship_templates: { r: } }",
        "topology_template: { relationship_templates: { r: { type: paas.relationships.Mounts } } }",
        "topology_template: { groups: { g: { type: Root, member: [ ] } } }",
        "topology_template: { groups: { g: { type: Root, members: [ [ ] ] } } }",
        "topology_template: { policies: [ p: { type: tosca.policies.Root, targets: x } ] }",
        "topology_template: { policies: [ p: { type: paas.policies.Scaling } ] }",
        "topology_template: { policies: [ { p: { type: tosca.policies.Root }, q: { type: tosca.policies.Root } } ] }",
    ] {
        assert_eq!(taken(text), (false, false), "{text}");
    }
}

#[test]
fn how_volumes_are_mounted_is_asked_for() {
    let template = |volume: &str| {
        format!(
            "topology_template:\n  node_templates:\n    dmz: {{ type: paas.nodes.Network }}\n    \
             v: {{ type: paas.nodes.Volume }}\n    it:\n      type: paas.nodes.Service\n      \
             properties: {{ image: x }}\n      requirements: [ network: dmz, volume: {volume} ]\n  \
             relationship_templates: {{ m: {{ type: paas.relationships.Mounts, properties: {{ location: /d }} }} }}"
        )
    };
    for volume in [
        "{ node: v, relationship: m }",
        "{ node: v, relationship: { properties: { location: /d } } }",
        "{ node: v, relationship: { type: paas.relationships.Mounts, properties: { location: /d, read_only: true } } }",
    ] {
        assert_eq!(taken(&template(volume)), (true, true), "{volume}");
    }
    for volume in [
        "v",
        "{ node: v }",
        "{ node: v, relationship: }",
        "{ node: v, relationship: { } }",
        "{ node: v, relationship: { type: paas.relationships.Mounts } }",
        "{ node: v, relationship: { properties: { location: /d, readonly: true } } }",
    ] {
        assert_eq!(taken(&template(volume)), (false, false), "{volume}");
    }
}

#[test]
fn functions_are_taken_as_far_as_they_are_supported() {
    let functions = [
        ("{ get_input: any }", true),
        ("{ get_input: [ any, key, 0 ] }", true),
        ("{ get_property: [ dmz, network_name ] }", true),
        ("{ concat: [ a, 5, { get_input: any } ] }", true),
        ("{ get_input: }", false),
        ("{ get_property: [ dmz ] }", false),
        ("{ concat: x }", false),
        ("{ concat: [ [ ] ] }", false),
        ("{ get_attribute: [ dmz, tosca_name ] }", true),
        ("{ get_attribute: [ dmz ] }", false),
        ("{ get_operation_output: [ dmz, a, b ] }", false),
        ("{ get_nodes_of_type: }", false),
        ("{ get_artifact: dmz }", false),
        ("{ token: [ 'a:b', ':', 0 ] }", true),
        ("{ token: [ 'a:b', ':' ] }", false),
        ("{ join: [ [ a, b ] ] }", true),
        ("{ join: [ ] }", false),
        ("{ $get_input: any }", false),
    ];
    for (function, is_right) in functions {
        let text = format!(
            "topology_template:\n  inputs: {{ any: {{ type: string, default: x }} }}\n  node_templates:\n    \
             dmz: {{ type: paas.nodes.Network, properties: {{ network_name: dmz }} }}\n    \
             n: {{ type: paas.nodes.Network, properties: {{ network_name: {function} }} }}"
        );
        // An editor cannot know that texts have no keys.
        let is_right = if function.contains("key") { (true, taken(&text).1) } else { (is_right, is_right) };
        assert_eq!(taken(&text), is_right, "{function}");
    }
}

#[test]
fn everything_that_is_offered_says_what_it_is() {
    for definition in ["node", "relationship", "group", "policy", "input", "output", "property", "topology"] {
        described(&schema()["definitions"][definition], definition);
    }
    described(schema(), "template");
    for (name, definition) in schema()["definitions"].as_object().unwrap() {
        if name.starts_with("paas.") {
            assert!(definition["description"].is_string(), "{name}");
            described(&definition["properties"]["properties"], name);
        }
    }
}

fn described(schema: &serde_json::Value, name: &str) {
    for (word, schema) in schema["properties"].as_object().into_iter().flatten() {
        assert!(*schema == false || schema["description"].is_string(), "`{word}` of `{name}`: {schema}");
    }
}
