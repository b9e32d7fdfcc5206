//! Scaling policies.

use super::{services, told};

/// What is said of policies from line 8 on, beside the services `s1` and `s2`, a group of both and one of nothing.
fn of(policies: &[&str]) -> Vec<String> {
    let mut text = services(&["image: x", "image: x"]);
    text.push_str("  groups: { both: { type: tosca.groups.Root, members: [ s1, s2 ] }, none: { type: tosca.groups.Root } }\n  policies:\n");
    for (number, policy) in (1..).zip(policies) {
        text.push_str(&format!("    - p{number}: {{ type: paas.policies.Scaling.{policy} }}\n"));
    }
    told(&text)
}

fn fixed(properties: &str) -> Vec<String> {
    of(&[&format!("Fixed, targets: [ s1 ], properties: {{ instances: 2, {properties} }}")])
}

fn cpu(properties: &str) -> Vec<String> {
    of(&[&format!(
        "Cpu, targets: [ s1 ], properties: {{ min_instances: 1, max_instances: 3, {properties} }}"
    )])
}

#[test]
fn targets() {
    assert_eq!(of(&["Fixed, properties: { instances: 2 }"]), ["9:7 ~scaling.target"]);
    assert_eq!(of(&["Fixed, targets: [ none ], properties: { instances: 2 }"]), ["9:7 ~scaling.target"]);
    assert_eq!(
        of(&["Fixed, targets: [ nope ], properties: { instances: 2 }"]),
        ["9:59 tosca.unknown_member"]
    );
    assert_eq!(of(&["Fixed, targets: [ s1, both ], properties: { instances: 2 }"]), [""; 0]);
}

#[test]
fn targets_that_a_type_allows_but_nothing_scales() {
    let text =
        "policy_types: { My: { derived_from: paas.policies.Scaling.Fixed, targets: [ tosca.nodes.Root ] } }\n"
            .to_owned()
            + &services(&["image: x"])
            + "  policies: [ p: { type: My, targets: [ net ], properties: { instances: 2 } } ]\n";
    assert_eq!(told(&text), ["2:75 ~tosca.refinement", "7:15 scaling.target"]);
}

#[test]
fn members_of_a_group_are_what_its_type_allows() {
    let text = "policy_types: { My: { derived_from: tosca.policies.Root, targets: [ Pair ] } }\n\
                group_types: { Pair: { derived_from: tosca.groups.Root } }\n\
                topology_template:\n  node_templates: { c: { type: Compute } }\n\
                \x20 groups: { g: { type: Pair, members: [ c ] } }\n  policies: [ p: { type: My, targets: [ g ] } ]\n";
    assert_eq!(told(text), [""; 0]);
    assert_eq!(told(&text.replace("targets: [ g ]", "targets: [ c ]")), ["7:41 tosca.wrong_target"]);
}

#[test]
fn days() {
    assert_eq!(fixed("days: [ Mon, '05', '+5', '32' ]").len(), 4);
    assert_eq!(fixed("days: [ mon, mon ]"), ["9:106 scaling.window_days"]);
    assert_eq!(fixed("days: [ mon, '5' ]"), ["9:99 scaling.window_days"]);
    assert_eq!(fixed("days: [ '1', '31' ]"), [""; 0]);
}

#[test]
fn time_zones() {
    assert_eq!(fixed("time_zone: europe/berlin"), ["9:104 scaling.time_zone"]);
    assert_eq!(fixed("time_zone: Europe/Berlin"), [""; 0]);
    // Each policy by itself, not only the first of a service.
    let night =
        "Fixed, targets: [ s1 ], properties: { window_start: '22:00', window_end: '06:00', instances: 1";
    let two = of(&[
        &format!("{night}, time_zone: Asia/Shanghai }}"),
        "Fixed, targets: [ both ], properties: { window_start: '06:00', window_end: '22:00', instances: 1, time_zone: Asia/Shangai }",
    ]);
    assert_eq!(two, ["10:150 scaling.time_zone"]);
}

#[test]
fn thresholds() {
    assert_eq!(cpu("upper: 0.7, lower: 0.2"), [""; 0]);
    assert_eq!(cpu("upper: 70"), ["9:120 scaling.thresholds"]);
    assert_eq!(cpu("upper: 0.7, metric: ''"), ["9:133 scaling.thresholds"]);
    let metric = "Metric, targets: [ s1 ], properties: { metric: queue, min_instances: 1, max_instances: 3, upper: 70 }";
    assert_eq!(of(&[metric]), [""; 0]);
}

#[test]
fn times() {
    assert_eq!(fixed("retrigger: 25 d"), ["9:104 tosca.constraint"]);
    assert_eq!(fixed("window_start: 22:30"), ["9:107 tosca.unquoted_time"]);
    let text = "policy_types: { My: { derived_from: paas.policies.Scaling.Fixed, properties: { window_start: { type: string } } } }\n".to_owned()
        + &services(&["image: x"])
        + "  policies: [ p: { type: My, targets: [ s1 ], properties: { window_start: noon, instances: 2 } } ]\n";
    assert_eq!(told(&text), ["7:75 tosca.constraint"]);
}
