//! The way through an application.

use super::{Row, findings::Findings, host, image, label, rancher, state};
use crate::{
    application::{Application, Container, Service},
    diagnostic::shown,
};
use rustc_hash::FxHashMap;

pub(super) fn application(application: &Application, findings: &mut Findings<'_>) {
    let plans: FxHashMap<&str, _> =
        application.policies.iter().map(|plan| (plan.service.as_str(), plan)).collect();
    for service in &application.services {
        if let Some(container) = service.container() {
            host::inspect(service, container, findings);
            host::inspect_mounts(service, container, findings);
            label::inspect(service, container, findings);
            rancher::inspect(service, container, findings);
            image::inspect(
                &container.image,
                || shown(&service.name),
                || container.origins.of("image").or_else(|| service.origin.place()),
                findings,
            );
            limits(service, container, findings);
            state::volume(service, container, application, findings);
            if let Some(plan) = plans.get(service.name.as_str()) {
                state::time_zone(service, container, plan, findings);
            }
        }
    }
}

fn limits(service: &Service, container: &Container, findings: &mut Findings<'_>) {
    let resources = &container.resources;
    let (cpu, memory) = (resources.cpu_limit_millis.is_none(), resources.memory_limit_bytes.is_none());
    let (what, example) = match (cpu, memory) {
        _ if container.origins.is_unread("resources") => return,
        (false, false) => return,
        (true, true) => ("CPU and memory", "cpu_limit: 0.5, memory_limit: 512 MiB"),
        (true, false) => ("CPU", "cpu_limit: 0.5"),
        (false, true) => ("memory", "memory_limit: 512 MiB"),
    };
    if findings.watches(Row::MissingLimits) {
        let message = format!("{} has no limit of {what}", shown(&service.name));
        let at = container.origins.of("resources").or_else(|| service.origin.place());
        findings.tell(
            Row::MissingLimits,
            message,
            at,
            &format!("give it `resources: {{ {example} }}` or more"),
        );
    }
}
