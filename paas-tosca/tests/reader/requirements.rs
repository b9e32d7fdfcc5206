//! Requirements of nodes.

use super::{services, told};

/// A service `s` in line 6 with these requirements, beside a network, a volume and a service `s1`.
fn of(requirements: &str) -> Vec<String> {
    let text = services(&["image: x"]);
    told(&format!(
        "{text}    vol: {{ type: paas.nodes.Volume }}\n    s: {{ type: paas.nodes.Service, properties: {{ image: x }}, requirements: {requirements} }}\n"
    ))
}

#[test]
fn shapes() {
    let table: &[(&str, &[&str])] = &[
        ("{ network: net }", &["7:76 tosca.wrong_shape"]),
        ("net", &["7:76 tosca.wrong_shape"]),
        ("[ net ]", &["7:78 tosca.wrong_shape"]),
        ("[ { network: net, connection: s1 } ]", &["7:78 tosca.wrong_shape"]),
        ("[ network: { node: [ net ] } ]", &["7:95 tosca.wrong_shape"]),
        // The only network is meant.
        ("[ network: { node: } ]", &[]),
        ("[ network: ]", &["7:78 tosca.wrong_shape"]),
        ("[ network: { node: net, capability: [ member ] } ]", &["7:112 tosca.wrong_shape"]),
        ("[ network: { node: net, capability: member } ]", &[]),
        ("[ network: { node: net, capability: endpoint } ]", &["7:112 tosca.requirement_target"]),
        ("[ network: net, ~ ]", &["7:92 tosca.wrong_shape"]),
    ];
    for (requirements, expected) in table {
        assert_eq!(of(requirements), *expected, "{requirements}");
    }
}

#[test]
fn relationships() {
    let of = |relationship: &str| {
        of(&format!("[ network: net, connection: {{ node: s1, relationship: {relationship} }} ]"))
    };
    let table: &[(&str, &[&str])] = &[
        ("", &[]),
        ("{ properties: {} }", &[]),
        ("{ type: }", &[]),
        ("{ type: [ x ] }", &["7:138 tosca.wrong_shape"]),
        ("[ x ]", &["7:130 tosca.wrong_shape"]),
        ("{ type: ConnectsTo, properties: [ a ] }", &["7:162 tosca.wrong_shape"]),
        ("{ type: ConnectsTo, interfaces: [ a ] }", &["7:162 tosca.wrong_shape"]),
        ("{ type: ConnectsTo, propertys: {} }", &["7:150 tosca.unknown_keyword"]),
    ];
    for (relationship, expected) in table {
        assert_eq!(of(relationship), *expected, "{relationship}");
    }
}

#[test]
fn what_a_relationship_needs_is_told_at_the_requirement() {
    assert_eq!(of("[ network: net, volume: vol ]"), ["7:92 tosca.missing_property"]);
    // Without a type it is of the type that the definition names.
    assert_eq!(
        of("[ network: net, volume: { node: vol, relationship: { properties: { location: /a } } } ]"),
        [""; 0]
    );
}
