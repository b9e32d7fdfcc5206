//! Labels: those of the template and those that tell Rancher what to do.

use super::{affinity, index::Index, interpolate::push_literal, logs, passed};
use crate::yaml::emit::{Map, Quoted};
use paas_core::application::{Container, Service};

const GLOBAL: &str = "io.rancher.scheduler.global";
const SIDEKICKS: &str = "io.rancher.sidekicks";
const START_ONCE: &str = "io.rancher.container.start_once";
/// Containers on the network of their host find services by Rancher's names only with it.
const DNS: &str = "io.rancher.container.dns";
/// By this label load balancers in other environments find their target.
pub(super) const TARGET: &str = "io.paas.load_balancer.target";
/// By this label stand-ins in other environments find the service that they stand for.
pub(super) const LINK_TARGET: &str = "io.paas.link.target";

/// The labels of a container. Where the template uses one of ours, ours counts.
pub(super) fn write(map: &mut Map<'_>, container: &Container, service: &Service, index: &Index<'_>) {
    let name = service.name.as_str();
    let is_target = index.selection(name).is_some();
    let is_linked = index.is_labelled(name);
    map.entry("labels").map_unless_empty(|labels| {
        let sidekicks = index.sidekicks(name);
        let is_global = container.everywhere && container.sidekick.is_none();
        let affinities = affinity::labels(container, index);
        let ours = |key: &str| match key {
            GLOBAL => is_global,
            SIDEKICKS => !sidekicks.is_empty(),
            START_ONCE => container.run_once,
            DNS => container.security.host_network,
            TARGET => is_target,
            LINK_TARGET => is_linked,
            _ => affinities.contains_key(key) || logs::is_written(key, container),
        };
        for (key, value) in container.labels.iter().filter(|(key, _)| !ours(key)) {
            super::interpolate::text(labels.entry(key), value, service, index);
        }
        if !container.rancher.is_empty() {
            let is_said = |key: &str| ours(key) || container.labels.contains_key(key);
            for (key, value) in passed::labels(container).filter(|(key, _)| !is_said(key)) {
                super::interpolate::text(labels.entry(key), value, service, index);
            }
        }
        if !sidekicks.is_empty() {
            labels.entry(SIDEKICKS).quoted(|quoted| {
                for (position, sidekick) in sidekicks.iter().enumerate() {
                    quoted.push(if position > 0 { "," } else { "" });
                    push_literal(quoted, &sidekick.name);
                }
            });
        }
        if is_global {
            labels.entry(GLOBAL).string("true");
        }
        for (key, value) in &affinities {
            super::interpolate::literal(labels.entry(key), value);
        }
        logs::write(labels, container);
        if container.security.host_network {
            labels.entry(DNS).string("true");
        }
        if container.run_once {
            labels.entry(START_ONCE).string("true");
        }
        write_target(labels, name, index);
    });
}

/// The labels by which load balancers and stand-ins in other networks find the service, if there are any.
pub(super) fn write_target(labels: &mut Map<'_>, name: &str, index: &Index<'_>) {
    if index.selection(name).is_some() {
        labels.entry(TARGET).quoted(|quoted| push_target(quoted, name, index));
    }
    if index.is_labelled(name) {
        labels.entry(LINK_TARGET).quoted(|quoted| push_target(quoted, name, index));
    }
}

/// `<stack>.<service>`.
pub(super) fn push_target(quoted: &mut Quoted<'_>, service: &str, index: &Index<'_>) {
    push_literal(quoted, index.stack);
    quoted.push(".");
    push_literal(quoted, service);
}
