//! Load balancers and their targets.
//!
//! A rule names its target by `service` if it is in the same network. Across networks it selects it: `environment` says
//! where, and `selector` which label (`io.paas.load_balancer.target=<stack>.<service>`) the target has.
//!
//! # Target rules
//! A selected service may say rules of its own (`lb_config` without a source port). Rancher's load balancer takes host,
//! path and port from them *instead of* its own rule's, and combines each of its selecting rules with each of them. So
//! a target says its rules only if that gives what the template says: if every listening port that leads to it, of
//! every load balancer, has the same hosts, paths and ports. Otherwise it says none, and the load balancers' own
//! rules count, which always have a host, path and port of their own.
//!
//! The executor sends target rules when it creates a service, but not when it upgrades one: whoever upgrades a release
//! in which they change must send them.
//!
//! # Limits
//! - The priority of a rule counts inside a network only; Rancher drops it when it selects.
//! - A load balancer in another network cannot be selected rightly: Rancher would take the ports of its targets for its
//!   own. Checking a template refuses it; here it is written like any other target, without rules.
//! - Things outside the platform have no target rules.

use super::{
    index::{Index, TargetRule},
    interpolate, labels, passed,
};
use crate::yaml::emit::Map;
use paas_core::{
    application::{Container, LoadBalancer, Route, Service, Stickiness},
    release::Part,
};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// The Docker half of a load balancer.
pub(super) fn docker(map: &mut Map<'_>, load_balancer: &LoadBalancer, name: &str, index: &Index<'_>) {
    interpolate::literal(map.entry("image"), index.load_balancer_image);
    map.entry("labels").map_unless_empty(|labels| labels::write_target(labels, name, index));
    map.entry("ports").list_unless_empty(|ports| {
        let mut seen = FxHashSet::default();
        for route in load_balancer.routes.iter().filter(|route| seen.insert(route.listen)) {
            ports.item().quoted(|quoted| quoted.format(format_args!("{0}:{0}/tcp", route.listen)));
        }
    });
}

/// The Rancher half of a load balancer.
pub(super) fn rancher(map: &mut Map<'_>, load_balancer: &LoadBalancer, here: &Part, index: &Index<'_>) {
    map.entry("scale").integer(load_balancer.scale);
    map.entry("lb_config").map(|config| {
        if let Some(certificate) = &load_balancer.certificate {
            interpolate::literal(config.entry("default_cert"), certificate);
        }
        config.entry("certs").list_unless_empty(|certificates| {
            for name in &load_balancer.certificates {
                interpolate::literal(certificates.item(), name);
            }
        });
        if let Some(stickiness) = &load_balancer.stickiness {
            config.entry("stickiness_policy").map(|policy| write_stickiness(policy, stickiness));
        }
        config.entry("port_rules").list(|rules| {
            for route in &load_balancer.routes {
                rules.item().map(|rule| write_rule(rule, route, here, index));
            }
        });
    });
}

fn write_stickiness(policy: &mut Map<'_>, stickiness: &Stickiness) {
    // Both are names of the cookie, of which the load balancer takes either.
    interpolate::literal(policy.entry("name"), &stickiness.cookie);
    interpolate::literal(policy.entry("cookie"), &stickiness.cookie);
    policy.entry("mode").string(stickiness.mode.as_str());
    if let Some(domain) = &stickiness.domain {
        interpolate::literal(policy.entry("domain"), domain);
    }
    for (key, flag) in [
        ("indirect", stickiness.indirect),
        ("nocache", stickiness.no_cache),
        ("postonly", stickiness.post_only),
    ] {
        policy.entry(key).boolean(flag);
    }
}

fn write_rule(rule: &mut Map<'_>, route: &Route, here: &Part, index: &Index<'_>) {
    rule.entry("source_port").integer(route.listen);
    rule.entry("protocol").string(route.protocol.as_str());
    write_target(rule, route.host.as_deref(), route.path.as_deref(), route.port);
    if let Some(priority) = route.priority {
        rule.entry("priority").integer(priority);
    }
    if let Some(selector) = &route.selector {
        interpolate::literal(rule.entry("selector"), &selector.to_string());
        if let Some(environment) = &selector.environment {
            interpolate::literal(rule.entry("environment"), environment);
        }
        return;
    }
    match index.elsewhere(&route.service, here) {
        None => interpolate::literal(rule.entry("service"), &route.service),
        Some(part) => {
            rule.entry("selector").quoted(|quoted| {
                quoted.push(labels::TARGET);
                quoted.push("=");
                labels::push_target(quoted, &route.service, index);
            });
            interpolate::literal(rule.entry("environment"), &part.environment);
        }
    }
}

/// The target rules of a container: those of its load balancers, if all say the same, and those that it passes on.
pub(super) fn target_rules(map: &mut Map<'_>, container: &Container, service: &Service, index: &Index<'_>) {
    let own = common_rules(&service.name, index);
    let passed = passed::target_rules(container);
    if own.is_none() && passed.is_empty() {
        return;
    }
    map.entry("lb_config").map(|config| {
        config.entry("port_rules").list(|rules| {
            for &(host, path, port) in own.into_iter().flatten() {
                rules.item().map(|rule| write_target(rule, host, path, port));
            }
            for rule in passed {
                passed::value(rules.item(), rule, service, index);
            }
        });
    });
}

/// What all load balancers in other networks that lead to a service say of it.
fn common_rules<'b, 'a>(name: &str, index: &'b Index<'a>) -> Option<&'b BTreeSet<TargetRule<'a>>> {
    let mut groups = index.selection(name).into_iter().flat_map(|selection| selection.values());
    let first = groups.next()?;
    groups.all(|group| group == first).then_some(first)
}

fn write_target(rule: &mut Map<'_>, host: Option<&str>, path: Option<&str>, port: u16) {
    if let Some(host) = host {
        interpolate::literal(rule.entry("hostname"), host);
    }
    if let Some(path) = path {
        interpolate::literal(rule.entry("path"), path);
    }
    rule.entry("target_port").integer(port);
}
