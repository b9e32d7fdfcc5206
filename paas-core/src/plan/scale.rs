//! The plan that changes the count of a service's containers.

use super::{AwaitServices, Plan, PlanKind, Ready, ScaleService, Stack, Step, deploy::running};
use crate::application::Service;

/// Plans a new count for a service: it is set, and then waited for.
pub fn scale(id: &str, tenant: &str, application: &str, stack: Stack, service: &Service, count: u32) -> Plan {
    let network = &stack.environment.network;
    let (set, wait) = (format!("scale/{network}/{}", service.name), format!("ready/{network}"));
    let mut awaited = running(service);
    awaited.scale = Some(count);
    if count == 0 {
        // Without containers there is no health.
        awaited.ready = Ready::Active;
    }
    let steps = vec![
        Step::new(&set, ScaleService { stack: stack.clone(), service: service.name.clone(), scale: count }),
        Step::new(wait, AwaitServices { stack, services: vec![awaited] }).after([set]),
    ];
    Plan {
        id: id.to_owned(),
        kind: PlanKind::Scale,
        tenant: tenant.to_owned(),
        application: application.to_owned(),
        steps,
    }
}
