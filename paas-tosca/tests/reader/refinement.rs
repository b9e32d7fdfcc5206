//! Types that say anew what they inherit.

use super::codes;

const PARENT: &str = "capability_types: { C: { derived_from: tosca.capabilities.Root }, D: { derived_from: C } }\n\
    data_types: { Text: { derived_from: string }, Short: { derived_from: Text, constraints: [ max_length: 5 ] } }\n\
    node_types:\n  P:\n    derived_from: Root\n    properties: { t: { type: Text }, n: { type: integer, constraints: [ in_range: [ 1, 5 ] ] }, o: { type: string, required: false }, l: { type: list, entry_schema: integer } }\n    \
    attributes: { a: { type: string } }\n    capabilities: { c: { type: C, valid_source_types: [ Compute ], occurrences: [ 0, 2 ] } }\n    \
    requirements: [ r: { capability: C, node: P, relationship: ConnectsTo, occurrences: [ 1, 2 ] } ]\n";

fn of(child: &str) -> String {
    codes(&format!("{PARENT}  N: {{ derived_from: P, {child} }}\n")).join(" ")
}

#[test]
fn children_become_more_special() {
    for (child, expected) in [
        ("properties: { t: { type: Short } }", ""),
        ("properties: { t: { type: integer } }", "tosca.refinement"),
        ("properties: { n: { type: integer, default: 3 } }", ""),
        ("properties: { n: { type: integer, constraints: [ valid_values: [ 1, 2 ] ] } }", ""),
        ("properties: { n: { type: integer, constraints: [ valid_values: [ 1, 7 ] ] } }", "tosca.refinement"),
        // What the parent asks for is asked for still.
        ("properties: { n: { type: integer, default: 9 } }", "tosca.constraint"),
        ("properties: { n: { type: integer, required: false } }", "tosca.refinement"),
        ("properties: { o: { type: string } }", ""),
        ("properties: { l: { type: list, entry_schema: string } }", "tosca.refinement"),
        ("attributes: { a: { type: integer } }", "tosca.refinement"),
        ("attributes: { a: { type: Text } }", ""),
        ("capabilities: { c: D }", ""),
        ("capabilities: { c: Node }", "tosca.refinement"),
        ("capabilities: { c: { type: C, occurrences: [ 0, 1 ] } }", ""),
        ("capabilities: { c: { type: C, occurrences: [ 0, 3 ] } }", "tosca.refinement"),
        ("capabilities: { c: { type: C, valid_source_types: [ Database ] } }", "tosca.refinement"),
        ("requirements: [ r: { occurrences: [ 1, 1 ] } ]", ""),
        ("requirements: [ r: { capability: D, occurrences: [ 2, 2 ] } ]", ""),
        ("requirements: [ r: { capability: Node, occurrences: [ 1, 2 ] } ]", "tosca.refinement"),
        ("requirements: [ r: { capability: C, node: Compute, occurrences: [ 1, 2 ] } ]", "~tosca.refinement"),
        (
            "requirements: [ r: { capability: C, relationship: HostedOn, occurrences: [ 1, 2 ] } ]",
            "tosca.refinement",
        ),
        (
            "requirements: [ r: { capability: tosca.capabilities.Root, occurrences: [ 1, 2 ] } ]",
            "~tosca.refinement",
        ),
        ("requirements: [ r: { capability: C, occurrences: [ 0, 2 ] } ]", "~tosca.refinement"),
    ] {
        assert_eq!(of(child), expected, "{child}");
    }
}

#[test]
fn valid_types_become_more_special() {
    let of = |child: &str| {
        codes(&format!(
            "capability_types: {{ C: {{ derived_from: tosca.capabilities.Root, valid_source_types: [ Compute ] }}, D: {{ derived_from: C, {child} }} }}\n"
        ))
        .join(" ")
    };
    assert_eq!(of("valid_source_types: [ Compute ]"), "");
    assert_eq!(of("valid_source_types: [ Database ]"), "tosca.refinement");
    assert_eq!(of("valid_source_types: [ Root ]"), "~tosca.refinement");
}
