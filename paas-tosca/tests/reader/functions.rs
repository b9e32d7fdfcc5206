//! Functions in values.

use super::{codes, hold, services, told};
use paas_core::{application::Value, release::Target};
use paas_tosca::{Source, translate};

/// What is said of a service whose image is a function, with inputs and a database beside it.
fn image(function: &str) -> Vec<String> {
    let text = format!(
        "metadata: {{ secret_inputs: pw }}\n\
         topology_template:\n\
         \x20 inputs:\n    pw: {{ type: string }}\n    host: {{ type: string, default: h }}\n    tag: {{ default: 1.10 }}\n\
         \x20 node_templates:\n\
         \x20   net: {{ type: paas.nodes.Network }}\n\
         \x20   db:\n      type: paas.nodes.Service\n      properties: {{ image: 'db:1', labels: {{ a: b }} }}\n\
         \x20     capabilities: {{ service: {{ properties: {{ port: 5432 }} }} }}\n\
         \x20     requirements: [ {{ network: net }} ]\n\
         \x20   s:\n      type: paas.nodes.Service\n      requirements: [ {{ network: net }}, {{ connection: db }} ]\n\
         \x20     properties: {{ image: {function} }}\n"
    );
    codes(&text)
}

#[test]
fn arguments() {
    for function in [
        "{ get_input: [] }",
        "{ get_input: }",
        "{ get_input: [ [ host ] ] }",
        "{ get_input: { a: b } }",
        "{ get_property: db }",
        "{ get_property: [ db ] }",
        "{ concat: [] }",
        "{ concat: host }",
        "{ concat: [ a, [ b ] ] }",
    ] {
        assert_eq!(image(function), ["tosca.function_arguments"], "{function}");
    }
    for function in
        ["{ get_input: [ host, x ] }", "{ get_input: [ pw, x ] }", "{ get_property: [ db, labels, x ] }"]
    {
        assert_eq!(image(function), ["tosca.unknown_property"], "{function}");
    }
}

#[test]
fn pieces_of_texts_are_strings() {
    for function in [
        "{ concat: [ 'a:', 1.10 ] }",
        "{ concat: [ 'a:', 010 ] }",
        "{ concat: [ a, ~ ] }",
        "{ concat: [ a, yes ] }",
    ] {
        assert_eq!(image(function), ["tosca.wrong_type"], "{function}");
    }
    assert_eq!(image("{ concat: [ 'a:', 22:30 ] }"), ["tosca.unquoted_time"]);
    assert_eq!(image("{ concat: [ 'a:', 5, b, 1.5 ] }"), [""; 0]);
    assert_eq!(image("{ get_inputs: host }"), ["tosca.wrong_type"]);
}

#[test]
fn numbers_without_a_type_keep_their_text() {
    let text = "topology_template:\n  inputs: { tag: { default: 1.10 } }\n  outputs: { o: { type: string, value: { get_input: tag } } }\n".to_owned();
    let template = format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3\n{text}{}",
        &services(&["image: x"])["topology_template:\n".len()..]
    );
    let translation = translate(&Source::new("t.yaml", template), &super::options(), &Target::default());
    let release = translation.release.expect("a release");
    assert_eq!(release.outputs[0].value, Value::Text("1.10".into()));
}

#[test]
fn outputs_hold_no_number_that_other_languages_lose_digits_of() {
    for (ty, value, shown) in [
        ("integer", "9007199254740991", Value::Integer(9_007_199_254_740_991)),
        ("integer", "-9007199254740991", Value::Integer(-9_007_199_254_740_991)),
        ("integer", "9007199254740992", Value::Text("9007199254740992".into())),
        ("integer", "-9223372036854775808", Value::Text("-9223372036854775808".into())),
        (
            "range",
            "[ 0, 9007199254740992 ]",
            Value::List(vec![Value::Integer(0), Value::Text("9007199254740992".into())]),
        ),
        ("any", ".inf", Value::Text(".inf".into())),
        ("any", ".nan", Value::Text(".nan".into())),
        ("float", "1.5", Value::Float(1.5)),
    ] {
        let ty = if ty == "any" { String::new() } else { format!("type: {ty}, ") };
        let text = format!("topology_template:\n  outputs: {{ o: {{ {ty}value: {value} }} }}\n");
        let template = format!(
            "tosca_definitions_version: tosca_simple_yaml_1_3\n{text}{}",
            &services(&["image: x"])["topology_template:\n".len()..]
        );
        let translation = translate(&Source::new("t.yaml", template), &super::options(), &Target::default());
        let release = translation.release.expect("a release");
        assert_eq!(release.outputs[0].value, shown, "{value}");
    }
}

#[test]
fn a_requirement_leads_to_the_capability_that_meets_it() {
    assert_eq!(image("{ get_property: [ SELF, connection, image ] }"), [""; 0]);
    assert_eq!(image("{ concat: [ a, { get_property: [ SELF, connection, port ] } ] }"), [""; 0]);
    assert_eq!(image("{ get_property: [ SELF, connection, nope ] }"), ["tosca.unknown_property"]);
    assert_eq!(image("{ get_property: [ SELF, volume, image ] }"), ["tosca.missing_requirement"]);
}

#[test]
fn properties_that_are_not_there() {
    let text = "capability_types: { C: { derived_from: tosca.capabilities.Root, properties: { q: { type: string } } } }\n\
        node_types: { N: { derived_from: tosca.nodes.Root, capabilities: { c: C }, properties: { p: { type: string, required: false } } } }\n\
        topology_template:\n  node_templates: { n: { type: N } }\n";
    // An output shows what is there.
    hold(&[
        (
            &format!("{text}  outputs: {{ o: {{ value: {{ get_property: [ n, p ] }} }} }}"),
            &["6:47 ~tosca.missing_property"],
        ),
        (
            &format!("{text}  outputs: {{ o: {{ value: {{ get_property: [ n, c, q ] }} }} }}"),
            &["6:50 ~tosca.missing_property"],
        ),
        (&format!("{text}  outputs: {{ o: {{ type: integer, value: x }} }}"), &["6:41 tosca.wrong_type"]),
    ]);
    assert_eq!(image("{ get_property: [ db, certificate ] }"), ["tosca.unknown_property"]);
    assert_eq!(image("{ get_property: [ db, stop_grace ] }"), ["tosca.missing_property"]);
}

#[test]
fn a_relationship_template_that_nothing_uses() {
    let of = |location: &str| {
        told(&format!(
            "topology_template:\n  relationship_templates:\n    r: {{ type: paas.relationships.Mounts, properties: {{ location: {location} }} }}\n"
        ))
    };
    assert_eq!(of("{ get_property: [ TARGET, x ] }"), [""; 0]);
    assert_eq!(of("{ get_property: [ SELF, x ] }"), ["4:91 tosca.unknown_property"]);
}

#[test]
fn what_texts_are_split_and_joined_by_is_known() {
    for function in
        ["{ token: [ 'a:b', { get_input: pw }, 0 ] }", "{ join: [ [ a, b ], { get_input: pw } ] }"]
    {
        assert_eq!(image(function), ["app.secret_place"], "{function}");
    }
    let later = "{ get_operation_output: [ db, Standard, create, x ] }";
    for function in [
        format!("{{ token: [ 'a:b', {later}, 0 ] }}"),
        format!("{{ token: [ 'a:b', ':', {later} ] }}"),
        format!("{{ join: [ [ a, b ], {later} ] }}"),
    ] {
        assert_eq!(image(&function), ["app.not_known_yet"], "{function}");
    }
}
