//! Steps in few words, where the stage and the network are said already.

use paas_core::plan::{Action, Awaited, Plan, PlanKind, Ready, Step};

/// The stage of a step, or what it is done for if it has none.
pub(super) fn stage(plan: &Plan, step: &Step) -> String {
    match (step.stage, plan.kind) {
        (Some(number), _) => number.to_string(),
        (None, PlanKind::Deploy) => "prepare".to_owned(),
        (None, kind) => kind.as_str().to_owned(),
    }
}

/// What a step is doing.
pub(super) fn doing(step: &Step) -> String {
    match &step.action {
        Action::EnsureVolume(volume) => format!("makes the volume {}", volume.name),
        Action::CreateStack(create) => format!("makes the stack {}", create.stack.name),
        Action::ScaleService(scale) => format!("scales {} to {}", scale.service, scale.scale),
        Action::ActivateService(activate) => format!("starts {}", activate.service),
        Action::AwaitServices(_) => "waits".to_owned(),
        Action::RemoveStack(remove) => format!("removes the stack {}", remove.stack.name),
        _ => step.to_string(),
    }
}

/// What a plan says of a step. Starting is left out: what is started is waited for in the same stage.
pub(super) fn planned(step: &Step) -> Vec<String> {
    match &step.action {
        Action::EnsureVolume(volume) => vec![format!("volume {}", volume.name)],
        Action::CreateStack(create) => vec![format!("stack {}", create.stack.name)],
        Action::ScaleService(scale) => vec![format!("{} to {}", scale.service, scale.scale)],
        Action::ActivateService(_) => Vec::new(),
        Action::AwaitServices(wait) => wait.services.iter().map(awaited).collect(),
        Action::RemoveStack(remove) => vec![format!("stack {}", remove.stack.name)],
        _ => vec![step.to_string()],
    }
}

fn awaited(awaited: &Awaited) -> String {
    let ready = match awaited.ready {
        Ready::Created => "no containers",
        Ready::Healthy => "healthy",
        Ready::StartedOnce => "runs once",
        _ => "active",
    };
    format!("{} ({ready})", awaited.service)
}
