//! Starting and scaling services.

use super::{
    run::{End, Open, Run},
    trouble::Trouble,
};
use crate::{
    error::{Class, Failure, StepFailureKind},
    operations::{IntentResult, StepResult},
};
use paas_client::{
    Error as ClientError, ErrorKind as ClientErrorKind,
    rancher::{Service, State},
};
use paas_core::plan::{ActivateService, ScaleService, Step};

pub(super) async fn activate(
    run: &Run,
    step: &Step,
    wanted: &ActivateService,
    open: &mut Open,
) -> Result<End, Trouble> {
    let service = run.service(&wanted.stack, &wanted.service).await?;
    match service.state {
        State::Inactive => {
            run.settle(step, open, IntentResult::NotSent, None).await?;
            let environment = run.environment(&wanted.stack.environment)?;
            let call = environment.activate_service(&service.id);
            // If a request is doubled on its way, the answer to the second one says that it is too late.
            let is_late = |error: &ClientError| error.kind() == ClientErrorKind::ActionNotAvailable;
            run.change(step, open, ("activate_service", service.id.as_str()), call, is_late).await?;
            Ok(End::new(StepResult::Done, service.id.to_string()))
        }
        State::Activating | State::Active | State::UpdatingActive | State::Upgraded | State::Upgrading => {
            found_done(run, step, &service, open).await
        }
        _ => Err(busy(run, wanted.stack.environment.name.as_str(), &service).into()),
    }
}

pub(super) async fn scale(
    run: &Run,
    step: &Step,
    wanted: &ScaleService,
    open: &mut Open,
) -> Result<End, Trouble> {
    let service = run.service(&wanted.stack, &wanted.service).await?;
    if service.scale == Some(i64::from(wanted.scale)) {
        return found_done(run, step, &service, open).await;
    }
    run.settle(step, open, IntentResult::NotSent, None).await?;
    let environment = run.environment(&wanted.stack.environment)?;
    let call = environment.scale_service(&service.id, wanted.scale);
    let changed = run.change(step, open, ("scale_service", service.id.as_str()), call, |_| false).await?;
    // What a server does not let a key write, it ignores in silence.
    if changed.scale != Some(i64::from(wanted.scale)) {
        let message = format!(
            "the server took the new scale of `{}` in `{}`, but it is still {}",
            wanted.service,
            wanted.stack.environment.name,
            changed.scale.map_or_else(|| "unknown".to_owned(), |scale| scale.to_string())
        );
        return Err(StepFailureKind::ScaleIgnored.failure(Class::Permanent, message).into());
    }
    Ok(End::new(StepResult::Done, service.id.to_string()))
}

async fn found_done(run: &Run, step: &Step, service: &Service, open: &mut Open) -> Result<End, Trouble> {
    let id = service.id.to_string();
    let was_open = run.settle(step, open, IntentResult::Adopted, Some(id.clone())).await?;
    Ok(End::new(if was_open { StepResult::Adopted } else { StepResult::AlreadySo }, id))
}

fn busy(run: &Run, environment: &str, service: &Service) -> Failure {
    let state = run.client.quotable(service.state.as_str());
    let message = run.clean(&format!("the service `{}` in `{environment}` is `{state}`", service.name));
    StepFailureKind::ServiceBusy.failure(Class::Conflict, message)
}
