//! Scaling policies.

use super::{options, services, told};
use paas_core::scaling::{Bounds, Rule, Threshold};
use paas_tosca::{Source, check};

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
    assert_eq!(of(&[metric]), ["9:7 ~scaling.one_way"]);
}

/// The only rule of a template with one metric policy, whose properties these are.
fn rule(properties: &str) -> Rule {
    let template = format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3\n{}  policies:\n    - p: {{ type: paas.policies.Scaling.Cpu, targets: \
         [ s1 ], properties: {{ min_instances: 1, max_instances: 9, {properties} }} }}\n",
        services(&["image: x"])
    );
    let checked = check(&Source::new("t.yaml", template), &options());
    checked.application.unwrap().policies.remove(0).windows.remove(0).rule
}

#[test]
fn each_side_can_have_its_own_time_and_step() {
    let thresholds = |properties: &str| match rule(properties) {
        Rule::Metric { upper, lower, .. } => (upper, lower),
        fixed => panic!("{fixed:?}"),
    };
    let both = "upper: 0.8, lower: 0.2";
    let (upper, lower) = (Threshold::new(0.8), Threshold::new(0.2));
    assert_eq!(thresholds(both), (Some(upper), Some(lower)));
    assert_eq!(
        thresholds(&format!("{both}, sustained_for: 2 m, step: 2, lower_sustained_for: 10 m, upper_step: 3")),
        (Some(upper.for_ms(120_000).by(3)), Some(lower.for_ms(600_000).by(2)))
    );
    assert_eq!(
        thresholds(&format!("{both}, upper_sustained_for: 30 s, lower_step: 4")),
        (Some(upper.for_ms(30_000)), Some(lower.by(4)))
    );
    assert_eq!(thresholds("upper: 0.8, upper_step: 2"), (Some(upper.by(2)), None));
}

#[test]
fn what_belongs_to_a_side_needs_it() {
    assert_eq!(
        cpu("upper: 0.8, lower_step: 2, lower_sustained_for: 5 m"),
        ["9:137 scaling.thresholds", "9:161 scaling.thresholds"]
    );
    assert_eq!(cpu("upper: 0.8, lower: 0.2, upper_step: 0"), ["9:149 tosca.constraint"]);
    assert_eq!(cpu("upper: 0.8, lower: 0.2, lower_sustained_for: 25 d"), ["9:158 tosca.constraint"]);
}

#[test]
fn doubts_wait_until_all_else_is_right() {
    let one_way = "Cpu, targets: [ s1 ], properties: { upper: 0.7, min_instances: 1, max_instances: 3 }";
    assert_eq!(of(&[one_way]), ["9:7 ~scaling.one_way"]);
    // What cannot be read may be what brings the count back.
    let night = "Fixed, targets: [ s1 ], properties: { window_start: noon, instances: 1 }";
    assert_eq!(of(&[one_way, night]), ["10:93 tosca.constraint"]);
}

#[test]
fn plans_of_groups_and_of_services_are_one() {
    let text = services(&["image: x", "image: x"])
        + "  groups: { both: { type: tosca.groups.Root, members: [ s1, s2 ] } }\n  policies:\n\
           \x20   - day: { type: paas.policies.Scaling.Cpu, targets: [ both ], properties: { window_start: '08:00', window_end: \
           '20:00', upper: 0.7, lower: 0.2, min_instances: 2, max_instances: 6 } }\n\
           \x20   - night: { type: paas.policies.Scaling.Fixed, targets: [ s2 ], properties: { window_start: '20:00', \
           window_end: '08:00', instances: 1 } }\n";
    let source = format!("tosca_definitions_version: tosca_simple_yaml_1_3\n{text}");
    let checked = check(&Source::new("t.yaml", &*source), &options());
    assert_eq!(told(&text), [""; 0]);
    let plans: Vec<_> = checked
        .application
        .unwrap()
        .policies
        .into_iter()
        .map(|plan| {
            let windows: Vec<_> = plan.windows.iter().map(|window| window.name.clone()).collect();
            (plan.service, plan.bounds, windows.join(", "))
        })
        .collect();
    // Where the `scalable` capability says nothing, the bounds hold all windows.
    let bounds = |min| Bounds { min, max: 6 };
    assert_eq!(
        plans,
        [("s1".into(), bounds(2), "day".into()), ("s2".into(), bounds(1), "day, night".into())]
    );
    // One of another time zone, by way of the group.
    let elsewhere = text.replace("instances: 1 }", "instances: 1, time_zone: Europe/Berlin }");
    assert_eq!(told(&elsewhere), ["10:151 scaling.time_zones_differ"]);
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
