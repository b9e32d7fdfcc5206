//! The plan that removes an application.

use super::{Plan, PlanKind, RemoveStack, Stack, Step};

/// A stack to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedStack {
    /// The stack.
    pub stack: Stack,
    /// The stage in which the first of its services started; what started last goes first.
    pub stage: u32,
}

/// Plans a removal: one stack after the other, those that started last first. Volumes of the environments stay.
pub fn remove(id: &str, tenant: &str, application: &str, mut stacks: Vec<RemovedStack>) -> Plan {
    stacks.sort_by_key(|removed| std::cmp::Reverse(removed.stage));
    let mut steps: Vec<Step> = Vec::new();
    for RemovedStack { stack, .. } in stacks {
        let key = format!("remove/{}", stack.environment.network);
        let before = steps.last().map(|step| step.key.clone());
        steps.push(Step::new(key, RemoveStack { stack }).after(before));
    }
    Plan {
        id: id.to_owned(),
        kind: PlanKind::Remove,
        tenant: tenant.to_owned(),
        application: application.to_owned(),
        steps,
    }
}
