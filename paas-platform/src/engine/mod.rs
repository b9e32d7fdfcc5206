//! Carries plans out: each step when those before it have ended, its intent written before each call, its outcome after.

mod policy;
mod ready;
mod run;
mod service;
mod stack;
mod trouble;
mod volume;

pub use policy::ExecutionPolicy;
pub(crate) use run::{Run, is_own};
pub(crate) use volume::{is_of_another, lies_elsewhere};

use crate::{
    error::{Class, Failure, StepFailure, StepFailureKind},
    operations::{Note, Standing},
    seam::Timestamp,
    store::StoreError,
};
use paas_core::plan::{Action, Step};
use run::{End, Open};
use std::{collections::BTreeSet, sync::Arc};
use tokio::task::JoinSet;
use trouble::Trouble;

/// The steps that are under way, each with what came of it.
pub(crate) type UnderWay = JoinSet<(Step, Result<Option<StepFailure>, StoreError>)>;

/// Carries out what is left of a plan. Gives the failures of the steps that failed; none: all is done.
///
/// Steps that do not depend on one that failed are carried out all the same.
///
/// # Errors
///
/// The journal could not be written. Nothing more may be done then: what is under way is for the caller to end.
pub(crate) async fn carry_out(
    run: &Arc<Run>,
    standing: &Standing,
    under_way: &mut UnderWay,
) -> Result<Vec<StepFailure>, StoreError> {
    let mut ended = standing.ended.clone();
    let mut begun = BTreeSet::new();
    let mut failures = Vec::new();
    loop {
        for step in &run.plan.steps {
            if under_way.len() >= run.policy.parallel.max(1) {
                break;
            }
            let is_due = !ended.contains(&step.key)
                && !begun.contains(&step.key)
                && step.after.iter().all(|key| ended.contains(key));
            if is_due {
                begun.insert(step.key.clone());
                let (run, step) = (Arc::clone(run), step.clone());
                let open = standing.open.get(&step.key).cloned().unwrap_or_default();
                under_way.spawn(async move {
                    let result = to_its_end(&run, &step, open).await;
                    (step, result)
                });
            }
        }
        let Some(next) = under_way.join_next().await else { break };
        match next {
            Ok((step, Ok(None))) => {
                ended.insert(step.key);
            }
            Ok((_, Ok(Some(failure)))) => failures.push(failure),
            Ok((_, Err(error))) => return Err(error),
            Err(crash) => {
                return Err(StoreError::Io { what: "a step of the plan".to_owned(), source: crash.into() });
            }
        }
    }
    Ok(failures)
}

/// Tries a step until it ends, fails for good, or its time is over.
async fn to_its_end(run: &Run, step: &Step, mut open: Open) -> Result<Option<StepFailure>, StoreError> {
    let end = run.clock.now().plus(limit(run, step));
    let mut tried = 0;
    let failure = loop {
        tried += 1;
        match attempt(run, step, &mut open, end).await {
            Ok(End { how, id }) => {
                run.journal.write(&[Note::Ended { step: step.key.clone(), how, id }]).await?;
                return Ok(None);
            }
            Err(Trouble::Halt(error)) => return Err(error),
            Err(Trouble::Failure(failure)) => match pause_before_next(run, &failure, tried, end) {
                None => break failure,
                Some(pause_ms) => {
                    let note = Note::Retry { step: step.key.clone(), failure, pause_ms };
                    run.journal.write(&[note]).await?;
                    run.clock.sleep(std::time::Duration::from_millis(pause_ms)).await;
                }
            },
        }
    };
    let failure = StepFailure { step: step.key.clone(), title: step.to_string(), failure };
    run.journal.write(&[Note::Failed { failure: failure.clone() }]).await?;
    Ok(Some(failure))
}

/// How long to wait before the next try, if there is to be one.
fn pause_before_next(run: &Run, failure: &Failure, tried: u32, end: Timestamp) -> Option<u64> {
    if !failure.class.is_tried_again() || tried >= run.policy.tries {
        return None;
    }
    // What may have been done is looked for soon: the look-up has a pause of its own.
    let pause = match failure.class {
        Class::Unknown if tried == 1 => std::time::Duration::ZERO,
        _ => run.policy.pause(tried, run.random.next_u64()),
    };
    (run.clock.now().plus(pause) <= end).then(|| u64::try_from(pause.as_millis()).unwrap_or(u64::MAX))
}

/// How long trying may go on.
fn limit(run: &Run, step: &Step) -> std::time::Duration {
    match step.action {
        Action::EnsureVolume(_) => run.policy.volume,
        Action::CreateStack(_) => run.policy.stack,
        Action::AwaitServices(_) => run.policy.ready,
        Action::RemoveStack(_) => run.policy.removal,
        _ => run.policy.call,
    }
}

async fn attempt(run: &Run, step: &Step, open: &mut Open, end: Timestamp) -> Result<End, Trouble> {
    match &step.action {
        Action::EnsureVolume(wanted) => volume::ensure(run, step, wanted, open).await,
        Action::CreateStack(wanted) => stack::create(run, step, wanted, open).await,
        Action::ScaleService(wanted) => service::scale(run, step, wanted, open).await,
        Action::ActivateService(wanted) => service::activate(run, step, wanted, open).await,
        Action::AwaitServices(wanted) => ready::wait(run, step, wanted, end).await,
        Action::RemoveStack(wanted) => stack::remove(run, step, wanted, open).await,
        other => {
            let message =
                format!("this version cannot {other}: carry the plan out with the version that made it");
            Err(Failure::new(Class::Permanent, StepFailureKind::UnknownAction, message).into())
        }
    }
}
