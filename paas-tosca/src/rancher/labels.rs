//! Labels: those of the template and those that tell Rancher what to do.

use super::{index::Index, interpolate::push_literal};
use crate::yaml::emit::{Map, Quoted};
use paas_core::application::Container;

const GLOBAL: &str = "io.rancher.scheduler.global";
const HOST_AFFINITY: &str = "io.rancher.scheduler.affinity:host_label";
const START_ONCE: &str = "io.rancher.container.start_once";
/// By this label load balancers in other environments find their target.
pub(super) const TARGET: &str = "io.paas.load_balancer.target";

/// The labels of a container. Where the template uses one of ours, ours counts.
pub(super) fn write(map: &mut Map<'_>, container: &Container, name: &str, index: &Index<'_>) {
    let is_target = index.selection(name).is_some();
    map.entry("labels").map_unless_empty(|labels| {
        let ours = |key: &str| match key {
            GLOBAL => container.everywhere,
            HOST_AFFINITY => !container.host_affinity.is_empty(),
            START_ONCE => container.run_once,
            TARGET => is_target,
            _ => false,
        };
        for (key, value) in container.labels.iter().filter(|(key, _)| !ours(key)) {
            super::interpolate::literal(labels.entry(key), value);
        }
        if container.everywhere {
            labels.entry(GLOBAL).string("true");
        }
        if !container.host_affinity.is_empty() {
            labels.entry(HOST_AFFINITY).quoted(|quoted| push_affinity(quoted, container));
        }
        if container.run_once {
            labels.entry(START_ONCE).string("true");
        }
        write_target(labels, name, index);
    });
}

/// The label by which load balancers in other networks find the service, if there are any.
pub(super) fn write_target(labels: &mut Map<'_>, name: &str, index: &Index<'_>) {
    if index.selection(name).is_some() {
        labels.entry(TARGET).quoted(|quoted| push_target(quoted, name, index));
    }
}

/// `<stack>.<service>`.
pub(super) fn push_target(quoted: &mut Quoted<'_>, service: &str, index: &Index<'_>) {
    push_literal(quoted, index.stack);
    quoted.push(".");
    push_literal(quoted, service);
}

/// `key=value,key=value`. Neither can hold a comma or `=`: the checker refuses that.
fn push_affinity(quoted: &mut Quoted<'_>, container: &Container) {
    for (position, (key, value)) in container.host_affinity.iter().enumerate() {
        if position > 0 {
            quoted.push(",");
        }
        push_literal(quoted, key);
        quoted.push("=");
        push_literal(quoted, value);
    }
}
