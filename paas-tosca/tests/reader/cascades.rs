//! One mistake is told once, whatever depends on it.

use super::{hold, services};

#[test]
fn types_of_nodes_that_others_use() {
    hold(&[
        // A network.
        ("topology_template:
  node_templates:
    net: { type: paas.nodes.Netwrk }
    a: { type: paas.nodes.Service, properties: { image: x }, requirements: [ { network: net } ] }
    b: { type: paas.nodes.Service, properties: { image: x }, requirements: [ { network: net }, { connection: a } ] }
", &["4:18 tosca.unknown_type"]),
        // A service that a load balancer leads to, and a policy and a group are about.
        ("topology_template:
  node_templates:
    net: { type: paas.nodes.Network }
    a: { type: paas.nodes.Servce, properties: { image: x }, requirements: [ { network: net } ] }
    lb: { type: paas.nodes.LoadBalancer, properties: { routes: [ { listen: 80, service: a, port: 80 } ] }, requirements: [ { network: net }, { connection: a } ] }
  groups: { g: { type: tosca.groups.Root, members: [ a ] } }
  policies:
    - p: { type: paas.policies.Scaling.Fixed, targets: [ a, g ], properties: { instances: 2 } }
", &["5:16 tosca.unknown_type"]),
        // A volume.
        ("topology_template:
  node_templates:
    net: { type: paas.nodes.Network }
    vol: { type: paas.nodes.Volum }
    a: { type: paas.nodes.Service, properties: { image: x }, requirements: [ { network: net }, { volume: { node: vol, relationship: r } } ] }
  relationship_templates: { r: { type: paas.relationships.Mounts, properties: { location: /a } } }
", &["5:18 tosca.unknown_type"]),
    ]);
}

#[test]
fn services_without_a_network_share_none() {
    hold(&[("topology_template:
  node_templates:
    net: { type: paas.nodes.Network, properties: { network_name: '?' } }
    a: { type: paas.nodes.Service, properties: { image: x, ports: [ { container: 80, external: 80 } ] } }
    b: { type: paas.nodes.Service, properties: { image: x, ports: [ { container: 80, external: 80 } ] }, requirements: [ { connection: a } ] }
", &["5:5 tosca.missing_requirement", "6:5 tosca.missing_requirement"])]);
}

#[test]
fn a_certificate_that_is_wrong_is_not_missing() {
    let text = services(&["image: x"])
        + "    lb: { type: paas.nodes.LoadBalancer, requirements: [ network: net, connection: s1 ], properties: { certificate: 5, routes: [ { listen: 443, protocol: https, service: s1, port: 80 } ] } }\n";
    hold(&[(&text, &["6:117 tosca.wrong_type"])]);
}

#[test]
fn copies_have_the_type_of_what_they_copy() {
    hold(&[("topology_template: { node_templates: { a: { type: Root }, b: { copy: a } } }", &[])]);
}

#[test]
fn groups_that_are_wrong_exist() {
    let text = services(&["image: x"]);
    let of = |groups: &str| {
        format!(
            "{text}  groups: {{ g: {groups} }}\n  policies: [ p: {{ type: paas.policies.Scaling.Fixed, targets: [ g ], properties: {{ instances: 2 }} }} ]\n"
        )
    };
    hold(&[
        (&of("[ s1 ]"), &["6:16 tosca.wrong_shape"]),
        (&of("{ type: tosca.groups.Root, members: s1 }"), &["6:52 tosca.wrong_shape"]),
        (&of("{ type: tosca.groups.Root, members: [ [ s1 ] ] }"), &["6:54 tosca.wrong_shape"]),
        (&of("{ type: tosca.groups.Root, members: [ s2 ] }"), &["6:54 tosca.unknown_member"]),
        // A group of nothing is right, and a plan for nothing a slip.
        (&of("{ type: tosca.groups.Root }"), &["7:15 ~scaling.target"]),
    ]);
}

#[test]
fn words_that_are_misspelt_are_not_missing() {
    let of = |line: &str| format!("{}    s: {{ {line} }}\n", services(&[]));
    let service = "type: paas.nodes.Service";
    hold(&[
        (
            &of(&format!("{service}, requirements: [ network: net ], properties: {{ imge: x }}")),
            &["5:82 tosca.unknown_property"],
        ),
        (
            &of(&format!("{service}, requirements: [ network: net ], proprties: {{ image: x }}")),
            &["5:68 tosca.unknown_keyword"],
        ),
        (
            &of(&format!("{service}, requirments: [ network: net ], properties: {{ image: x }}")),
            &["5:36 tosca.unknown_keyword"],
        ),
        (
            &of(&format!("{service}, requirements: [ netwrok: net ], properties: {{ image: x }}")),
            &["5:52 tosca.unknown_requirement"],
        ),
        (&of("tpye: paas.nodes.Service"), &["5:10 tosca.unknown_keyword"]),
        // What was meant for nothing else is no excuse.
        (
            &of(&format!("{service}, requirements: [ network: net ], properties: {{ x: y }}")),
            &["5:5 tosca.missing_property", "5:82 tosca.unknown_property"],
        ),
    ]);
}

#[test]
fn sections_that_are_wrong_hide_what_they_hold() {
    let text = "  node_templates: { s: { type: Root } }\n  outputs: { o: { value: { get_input: a } } }\n";
    hold(&[
        (
            &format!("metadata: {{ secret_inputs: a }}\ntopology_template:\n  inputs: [ a ]\n{text}"),
            &["4:11 tosca.wrong_shape"],
        ),
        (&format!("topology_template:\n  inputs: {{ a: string }}\n{text}"), &["3:16 tosca.wrong_shape"]),
        ("metadata: { secret_inputs: a }\ntopology_template: []\n", &["3:20 tosca.wrong_shape"]),
        (
            "topology_template:\n  node_templates: [ a ]\n  outputs: { o: { value: { get_property: [ a, b ] } } }\n",
            &["3:19 tosca.wrong_shape"],
        ),
    ]);
    let service = services(&["image: x"])
        + "    vol: { type: paas.nodes.Volume }\n    s: { type: paas.nodes.Service, properties: { image: x }, requirements: [ network: net, volume: { node: vol, relationship: r } ] }\n";
    hold(&[
        (&format!("{service}  relationship_templates: [ r ]\n"), &["8:27 tosca.wrong_shape"]),
        (&format!("{service}  relationship_templates: {{ r: [] }}\n"), &["8:32 tosca.wrong_shape"]),
    ]);
}

#[test]
fn what_was_meant_for_something_is_not_missing() {
    let policy = |properties: &str| {
        format!(
            "{}  policies:\n    - p: {{ type: paas.policies.Scaling.Fixed, targets: [ s1 ], properties: {properties} }}\n    - q: {{ type: paas.policies.Scaling.Fixed, targets: [ s1 ], properties: {{ instances: 1 }} }}\n",
            services(&["image: x"])
        )
    };
    hold(&[
        (&policy("{ instnces: 2 }"), &["7:78 tosca.unknown_property"]),
        (&policy("[ instances ]"), &["7:76 tosca.wrong_shape"]),
        // A window without its beginning would overlap others.
        (&policy("{ instances: 2, window_strt: '20:00' }"), &["7:92 tosca.unknown_property"]),
    ]);
}

#[test]
fn services_on_the_network_of_their_host_share_its_ports() {
    let service = |name: &str, port: u16| {
        format!(
            "    {name}: {{ type: paas.nodes.Service, properties: {{ image: 'x:1', security: {{ host_network: true }}, ports: [ {{ container: {port} }} ] }}, requirements: [ {{ network: net }} ] }}\n"
        )
    };
    let text = |one, other| {
        let (one, other) = (service("a", one), service("b", other));
        format!(
            "topology_template:\n  node_templates:\n    net: {{ type: paas.nodes.Network }}\n{one}{other}"
        )
    };
    assert_eq!(super::told(&text(80, 81)), [""; 0]);
    assert_eq!(super::told(&text(80, 80)), ["6:107 app.port_conflict"]);
}
