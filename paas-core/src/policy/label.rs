//! Labels that direct the platform.

use super::{Row, findings::Findings};
use crate::{
    application::{Container, Service},
    diagnostic::shown,
};

pub(super) fn inspect(service: &Service, container: &Container, findings: &mut Findings<'_>) {
    if container.labels.is_empty() || !findings.watches(Row::ReservedLabels) {
        return;
    }
    let policy = findings.policy;
    for label in container.labels.keys() {
        if policy.list(Row::ReservedLabels).any(|prefix| begins_with(label, prefix)) {
            let message =
                format!("the label {} of {} directs the platform", shown(label), shown(&service.name));
            let at = container.origins.of_entry("labels", label).or_else(|| service.origin.place());
            findings.tell(Row::ReservedLabels, message, at, "leave it out");
        }
    }
}

/// Whether a label can never be set by a template: it is written by the platform itself, says what a container is to the
/// platform, follows from the template, or gives a container keys to the platform.
pub fn is_never_allowed(label: &str) -> bool {
    NEVER.iter().any(|prefix| begins_with(label, prefix))
}

/// The beginnings of such labels.
const NEVER: &[&str] = &[
    "io.paas.",
    "io.rancher.container.agent",
    "io.rancher.container.create_agent",
    "io.rancher.container.ip",
    "io.rancher.container.mac_address",
    "io.rancher.container.name",
    "io.rancher.container.start_once",
    "io.rancher.container.system",
    "io.rancher.container.uuid",
    "io.rancher.environment.",
    "io.rancher.loadbalancer.",
    "io.rancher.project",
    "io.rancher.scheduler.",
    "io.rancher.service.deployment.",
    "io.rancher.service.hash",
    "io.rancher.service.launch.",
    "io.rancher.service.primary.",
    "io.rancher.service.selector.",
    "io.rancher.sidekicks",
    "io.rancher.stack.",
    "io.rancher.stack_service.",
];

/// Whatever the case: who reads the label may not mind it.
fn begins_with(label: &str, prefix: &str) -> bool {
    label.as_bytes().get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_no_policy_allows() {
        for label in [
            "io.paas.load_balancer.target",
            "io.rancher.container.create_agent",
            "io.rancher.container.agent.role",
            "io.rancher.container.agent_service.drain",
            "io.rancher.scheduler.affinity:host_label",
            "IO.Rancher.Stack.Name",
            "io.rancher.sidekicks",
        ] {
            assert!(is_never_allowed(label), "{label}");
        }
        for label in ["io.rancher.container.pull_image", "io.rancher.container.dns", "team", "", "ü"] {
            assert!(!is_never_allowed(label), "{label}");
        }
    }
}
