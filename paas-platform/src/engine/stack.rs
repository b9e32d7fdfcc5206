//! Creating and removing stacks.

use super::{
    run::{End, Open, Run, foreign, is_own},
    trouble::Trouble,
};
use crate::{
    error::{Class, Failure, StepFailureKind},
    operations::{IntentResult, StepResult},
};
use paas_client::{
    Error as ClientError, ErrorKind as ClientErrorKind, ExposeSecret, System, WaitReason,
    rancher::{NewStack, Resource, Stack as RancherStack, StackId, State},
};
use paas_core::{
    diagnostic::Code,
    plan::{CreateStack, RemoveStack, Step},
};
use std::collections::BTreeMap;

pub(super) async fn create(
    run: &Run,
    step: &Step,
    wanted: &CreateStack,
    open: &mut Open,
) -> Result<End, Trouble> {
    let mut found = run.find_stack(&wanted.stack).await?;
    if found.is_none() && !open.is_empty() {
        // The request may still be on its way.
        run.clock.sleep(run.policy.settle).await;
        found = run.find_stack(&wanted.stack).await?;
    }
    let mut how = StepResult::AlreadySo;
    let id = match found {
        Some(stack) if stack.external_id.as_deref() == Some(wanted.external_id.as_str()) => {
            if run.settle(step, open, IntentResult::Adopted, Some(stack.id.to_string())).await? {
                how = StepResult::Adopted;
            }
            stack.id
        }
        Some(stack) => {
            run.settle(step, open, IntentResult::NotSent, None).await?;
            return Err(foreign(&wanted.stack, &stack).into());
        }
        None => {
            run.settle(step, open, IntentResult::NotSent, None).await?;
            let new = new_stack(run, wanted)?;
            let environment = run.environment(&wanted.stack.environment)?;
            let call = environment.create_stack(&new);
            // If a request is doubled on its way, the answer to the second one says that the name is taken.
            let is_taken = |error: &ClientError| error.server_code() == Some("NotUnique");
            let made = run.change(step, open, ("create_stack", &wanted.stack.name), call, is_taken).await?;
            how = StepResult::Done;
            made.id
        }
    };
    run.remember(&wanted.stack, &id);
    let environment = run.environment(&wanted.stack.environment)?;
    let wait =
        environment.wait_until(&id, |stack| stack.progress_to(&[State::Active]), run.policy.stack).await;
    if let Err(error) = wait {
        if let WaitReason::Failed(_) = error.reason() {
            let said = error.transitioning_message().unwrap_or("the server does not say why");
            let message = format!(
                "the server could not make the stack `{}` in `{}` from its files: {said}",
                wanted.stack.name, wanted.stack.environment.name
            );
            return Err(StepFailureKind::StackRefused.failure(Class::Permanent, run.clean(&message)).into());
        }
        return Err(run.failed(&wanted.stack.environment, error.into()).await);
    }
    all_services(run, wanted).await?;
    Ok(End::new(how, id.to_string()))
}

/// What is sent. The values of secrets are put in here, and nowhere else.
fn new_stack(run: &Run, wanted: &CreateStack) -> Result<NewStack, Failure> {
    let mut answers = BTreeMap::new();
    for secret in &wanted.secrets {
        let Some(value) = run.secrets.get(&secret.input) else {
            let message = format!("the secret input `{}` has no value", secret.input);
            return Err(Failure::new(Class::Permanent, Code::ResourceSecretMissing, message)
                .help("give the platform the secret, then resume the operation"));
        };
        answers.insert(secret.answer.clone(), value.expose_secret().to_owned());
    }
    Ok(NewStack::new(&wanted.stack.name)
        .docker_compose(&wanted.docker_compose)
        .rancher_compose(&wanted.rancher_compose)
        .environment(answers)
        .external_id(&wanted.external_id))
}

/// Waits until all services of the files are there. Without an executor a server takes a stack, and makes none.
async fn all_services(run: &Run, wanted: &CreateStack) -> Result<(), Trouble> {
    let end = run.clock.now().plus(run.policy.stack);
    let mut looks = 0;
    loop {
        looks += 1;
        let services = run.services(&wanted.stack).await?;
        let is_there = |name: &String| {
            services.iter().any(|service| {
                service.name == *name
                    && !service.is_gone()
                    && !matches!(service.state, State::Requested | State::Registering)
            })
        };
        let missing: Vec<&str> =
            wanted.services.iter().filter(|name| !is_there(name)).map(String::as_str).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let left = end.since(run.clock.now());
        if left.is_zero() {
            let message = format!(
                "the stack `{}` in `{}` lacks services of its files: {}",
                wanted.stack.name,
                wanted.stack.environment.name,
                missing.join(", ")
            );
            return Err(StepFailureKind::ServicesMissing.failure(Class::Deadline, message).into());
        }
        run.pause(looks, left).await;
    }
}

pub(super) async fn remove(
    run: &Run,
    step: &Step,
    wanted: &RemoveStack,
    open: &mut Open,
) -> Result<End, Trouble> {
    let environment = run.environment(&wanted.stack.environment)?;
    let Some(found) = look(run, step, wanted).await? else {
        // It may be on its way out.
        if let Some(leaving) = run.leaving_stack(&wanted.stack).await? {
            gone(run, wanted, &leaving).await?;
        }
        let was_open = run.settle(step, open, IntentResult::Adopted, None).await?;
        let how = if was_open { StepResult::Adopted } else { StepResult::AlreadySo };
        return Ok(End::new(how, None));
    };
    run.settle(step, open, IntentResult::NotSent, None).await?;
    let call = environment.delete_stack(&found.id);
    match run.change(step, open, ("delete_stack", found.id.as_str()), call, |_| false).await {
        Ok(_) => {}
        Err(Trouble::Failure(failure)) if failure.code == ClientErrorKind::NotFound.code(System::Rancher) => {
        }
        Err(trouble) => return Err(trouble),
    }
    gone(run, wanted, &found.id).await?;
    Ok(End::new(StepResult::Done, found.id.to_string()))
}

/// The application's stack, if it is there; why it is taken for not being there is told.
async fn look(run: &Run, step: &Step, wanted: &RemoveStack) -> Result<Option<RancherStack>, Trouble> {
    let mut found = run.find_stack(&wanted.stack).await;
    if matches!(found, Ok(None)) {
        // A create that was given up may still be on its way.
        run.clock.sleep(run.policy.settle).await;
        found = run.find_stack(&wanted.stack).await;
    }
    match found {
        Ok(Some(found)) if !is_own(&wanted.stack.key, &found) => {
            // Names are unique: ours cannot be there.
            let message = foreign(&wanted.stack, &found).message;
            run.progress(step, format!("{message}: it is left alone")).await?;
            Ok(None)
        }
        Ok(found) => Ok(found),
        // Nothing of ours is in an environment that is gone.
        Err(Trouble::Failure(failure)) if failure.code == Code::ResourceEnvironmentMissing.as_str() => {
            run.progress(step, failure.message).await?;
            Ok(None)
        }
        Err(trouble) => Err(trouble),
    }
}

async fn gone(run: &Run, wanted: &RemoveStack, id: &StackId) -> Result<(), Trouble> {
    let environment = run.environment(&wanted.stack.environment)?;
    match environment.wait_until_gone(id, run.policy.removal).await {
        Ok(()) => Ok(()),
        Err(error) => Err(run.failed(&wanted.stack.environment, error.into()).await),
    }
}
