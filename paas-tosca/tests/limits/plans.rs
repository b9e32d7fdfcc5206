//! Many services, policies and routes.

use super::{lines, refused, taken, template};
use paas_core::diagnostic::Code;

const NETWORK: &str = "    n: { type: paas.nodes.Network }\n";

fn services(count: usize, requirement: impl Fn(usize) -> String) -> String {
    lines(count, |n| {
        let requirement = requirement(n);
        format!(
            "    s{n}: {{ type: paas.nodes.Service, properties: {{ image: i }}, requirements: [ {{ network: n }}{requirement} ] }}"
        )
    })
}

fn policy(name: &str, targets: &str, start: usize) -> String {
    let time = |minute: usize| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
    let (from, to) = (time(start), time(start + 1));
    format!(
        "    - {name}: {{ type: paas.policies.Scaling.Fixed, targets: [ {targets} ], properties: {{ instances: 1, window_start: '{from}', window_end: '{to}' }} }}"
    )
}

#[test]
fn a_long_loop_of_dependencies() {
    let nodes = services(10_000, |n| format!(", {{ dependency: s{} }}", (n + 1) % 10_000));
    refused(&template("", &format!("  node_templates:\n{NETWORK}{nodes}")), &[Code::DependencyLoop]);
}

#[test]
fn a_long_line_of_dependencies() {
    let nodes =
        services(10_000, |n| if n > 0 { format!(", {{ dependency: s{} }}", n - 1) } else { String::new() });
    assert_eq!(taken(&template("", &format!("  node_templates:\n{NETWORK}{nodes}"))).stages.len(), 10_000);
}

#[test]
fn many_policies_of_one_service() {
    let policies = lines(20_000, |n| policy(&format!("p{n}"), "s0", n));
    let nodes = services(1, |_| String::new());
    let text = template("", &format!("  node_templates:\n{NETWORK}{nodes}  policies:\n{policies}"));
    refused(&text, &[Code::TooManyNodes]);
    let policies = lines(1_000, |n| policy(&format!("p{n}"), "s0", n / 2));
    let nodes = services(1, |_| String::new());
    let text = template("", &format!("  node_templates:\n{NETWORK}{nodes}  policies:\n{policies}"));
    refused(&text, &[Code::WindowOverlap]);
}

#[test]
fn a_policy_for_each_of_many_services() {
    let policies = lines(10_000, |n| policy(&format!("p{n}"), &format!("s{n}"), 0));
    let nodes = services(10_000, |_| String::new());
    let text = template("", &format!("  node_templates:\n{NETWORK}{nodes}  policies:\n{policies}"));
    assert_eq!(taken(&text).policies.len(), 10_000);
}

#[test]
fn many_policies_of_a_large_group() {
    let policies = lines(10_000, |n| policy(&format!("p{n}"), "all", n));
    let nodes = services(10_000, |_| String::new());
    let members: Vec<_> = (0..10_000).map(|n| format!("s{n}")).collect();
    let groups =
        format!("  groups: {{ all: {{ type: tosca.groups.Root, members: [ {} ] }} }}\n", members.join(", "));
    let text = template("", &format!("  node_templates:\n{NETWORK}{nodes}{groups}  policies:\n{policies}"));
    refused(&text, &[Code::TooManyNodes]);
}

#[test]
fn many_routes_of_one_load_balancer() {
    let routes =
        lines(50_000, |n| format!("          - {{ listen: 443, service: s0, port: 80, path: /p{n} }}"));
    let node = format!(
        "    b:\n      type: paas.nodes.LoadBalancer\n      requirements: [ {{ network: n }}, {{ connection: s0 }} ]\n      properties:\n        routes:\n{routes}"
    );
    let nodes = services(1, |_| String::new());
    taken(&template("", &format!("  node_templates:\n{NETWORK}{nodes}{node}")));
}

#[test]
fn a_policy_type_for_many_types() {
    let types = lines(20_000, |n| format!("  Type{n}: {{ derived_from: tosca.nodes.Root }}"));
    let names: Vec<_> = (0..20_000).map(|n| format!("Type{n}")).collect();
    let policy_type = format!(
        "policy_types: {{ P: {{ derived_from: tosca.policies.Root, targets: [ {} ] }} }}\n",
        names.join(", ")
    );
    let nodes = services(1, |_| String::new());
    let policies = lines(10_000, |n| format!("    - p{n}: {{ type: P, targets: [ s0 ] }}"));
    let text = template(
        &format!("node_types:\n{types}{policy_type}"),
        &format!("  node_templates:\n{NETWORK}{nodes}  policies:\n{policies}"),
    );
    refused(&text, &[Code::WrongTarget]);
}

#[test]
fn a_long_chain_of_sidekicks() {
    let nodes = services(10_000, |n| match n {
        0 => String::new(),
        _ => format!(", {{ sidekick_of: s{} }}", n - 1),
    });
    refused(&template("", &format!("  node_templates:\n{NETWORK}{nodes}")), &[Code::Sidekick]);
}

#[test]
fn many_metric_policies_of_one_service() {
    let policies = lines(20_000, |n| {
        format!(
            "    - p{n}: {{ type: paas.policies.Scaling.Cpu, targets: [ s0 ], properties: {{ upper: 0.8, min_instances: 1, max_instances: 3 }} }}"
        )
    });
    let nodes = services(1, |_| String::new());
    let text = template("", &format!("  node_templates:\n{NETWORK}{nodes}  policies:\n{policies}"));
    refused(&text, &[Code::TooManyNodes]);
}
