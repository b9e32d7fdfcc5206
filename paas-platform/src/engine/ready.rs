//! Waiting until services are up.

use super::{
    run::{End, Run},
    trouble::Trouble,
};
use crate::{
    error::{Class, StepFailureKind},
    operations::StepResult,
    seam::Timestamp,
};
use paas_client::rancher::{HealthState, Resource, Service, State};
use paas_core::plan::{AwaitServices, Awaited, Ready, Step};
use std::collections::BTreeMap;

/// How one service stands to what it is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Standing {
    Ready,
    /// Not yet; with what it is.
    Waiting(String),
    /// Its health check fails now.
    Unhealthy,
    /// It will never be by itself.
    Lost(Lost),
}

/// Why a service will not be ready by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lost {
    Gone,
    Failed,
    /// Somebody stopped it; with its state.
    Stopped(String),
    /// Somebody else gave it another scale than is waited for.
    Scaled {
        to: i64,
        wanted: i64,
    },
}

impl Lost {
    fn kind(&self) -> StepFailureKind {
        match self {
            Self::Gone => StepFailureKind::ServiceGone,
            Self::Failed => StepFailureKind::NotReady,
            Self::Stopped(_) => StepFailureKind::ServiceStopped,
            Self::Scaled { .. } => StepFailureKind::ScaledElsewhere,
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Gone => "is gone".to_owned(),
            Self::Failed => "has failed".to_owned(),
            Self::Stopped(state) => format!("was stopped: it is {state}"),
            Self::Scaled { to, wanted } => format!("was scaled to {to} by somebody else, not to {wanted}"),
        }
    }
}

pub(super) async fn wait(
    run: &Run,
    step: &Step,
    wanted: &AwaitServices,
    end: Timestamp,
) -> Result<End, Trouble> {
    let mut unhealthy: BTreeMap<&str, Timestamp> = BTreeMap::new();
    let mut told = String::new();
    let mut looks = 0;
    loop {
        looks += 1;
        let services = run.services(&wanted.stack).await?;
        let now = run.clock.now();
        let standings: Vec<(&Awaited, Option<&Service>, Standing)> = wanted
            .services
            .iter()
            .map(|awaited| {
                let service = services.iter().find(|service| service.name == awaited.service);
                (awaited, service, standing(run, service, awaited))
            })
            .collect();
        let ready = standings.iter().filter(|(.., standing)| *standing == Standing::Ready).count();
        let all = standings.len();
        if ready == all {
            return Ok(End::new(StepResult::Done, None));
        }
        let left = end.since(now);
        let (mut lost, mut first) = (Vec::new(), None);
        for (awaited, service, standing) in &standings {
            match standing {
                Standing::Unhealthy => {
                    let since = *unhealthy.entry(&awaited.service).or_insert(now);
                    if now.since(since) >= run.policy.unhealthy {
                        lost.push(words(run, wanted, awaited, *service, standing));
                    }
                }
                Standing::Lost(why) => {
                    first.get_or_insert(why);
                    lost.push(words(run, wanted, awaited, *service, standing));
                }
                Standing::Ready | Standing::Waiting(_) => {
                    unhealthy.remove(awaited.service.as_str());
                }
            }
        }
        if !lost.is_empty() {
            let kind = first.map_or(StepFailureKind::NotReady, Lost::kind);
            return Err(failure(run, Class::Permanent, kind, &lost));
        }
        if left.is_zero() {
            let late: Vec<String> = standings
                .iter()
                .filter(|(.., standing)| *standing != Standing::Ready)
                .map(|(awaited, service, standing)| words(run, wanted, awaited, *service, standing))
                .collect();
            return Err(failure(run, Class::Deadline, StepFailureKind::NotReadyInTime, &late));
        }
        let message = format!("{ready} of {all} up{}", waited_for(&standings));
        if message != told {
            run.progress(step, &message).await?;
            told = message;
        }
        run.pause(looks, left).await;
    }
}

fn standing(run: &Run, service: Option<&Service>, awaited: &Awaited) -> Standing {
    // A server may call a state anything.
    let quoted = |text: &str| run.client.quotable(text);
    let Some(service) = service.filter(|service| !service.is_gone()) else {
        return Standing::Lost(Lost::Gone);
    };
    if awaited.ready == Ready::Created {
        return Standing::Ready;
    }
    match service.state {
        State::Active => {}
        State::Error => return Standing::Lost(Lost::Failed),
        State::Inactive | State::Deactivating => {
            return Standing::Lost(Lost::Stopped(quoted(service.state.as_str())));
        }
        _ => return Standing::Waiting(quoted(service.state.as_str())),
    }
    if let Some(wanted) = awaited.scale.map(i64::from) {
        if let Some(to) = service.scale.filter(|scale| *scale != wanted) {
            return Standing::Lost(Lost::Scaled { to, wanted });
        }
        if let Some(current) = service.current_scale.filter(|current| *current != wanted) {
            return Standing::Waiting(format!("{current} of {wanted} containers"));
        }
    }
    match (awaited.ready, &service.health_state) {
        (Ready::Active | Ready::Created, _)
        | (Ready::Healthy, Some(HealthState::Healthy | HealthState::StartedOnce))
        | (Ready::StartedOnce, Some(HealthState::StartedOnce)) => Standing::Ready,
        (_, Some(HealthState::Unhealthy)) => Standing::Unhealthy,
        (Ready::StartedOnce, Some(HealthState::Healthy)) => Standing::Waiting("running".to_owned()),
        (_, Some(health)) => Standing::Waiting(quoted(health.as_str())),
        // Its health is not told yet.
        (_, None) => Standing::Waiting("running".to_owned()),
    }
}

/// The services that are not up, and how they are.
fn waited_for(standings: &[(&Awaited, Option<&Service>, Standing)]) -> String {
    const SHOWN: usize = 3;
    let mut words: Vec<String> = standings
        .iter()
        .filter_map(|(awaited, _, standing)| match standing {
            Standing::Waiting(how) => Some(format!("{} is {how}", awaited.service)),
            Standing::Unhealthy => Some(format!("{} is unhealthy", awaited.service)),
            Standing::Ready | Standing::Lost(_) => None,
        })
        .collect();
    let more = words.len().saturating_sub(SHOWN);
    words.truncate(SHOWN);
    if more > 0 {
        words.push(format!("{more} more"));
    }
    if words.is_empty() { String::new() } else { format!("; {}", words.join(", ")) }
}

/// What is told of a service that did not get there.
fn words(
    run: &Run,
    wanted: &AwaitServices,
    awaited: &Awaited,
    service: Option<&Service>,
    standing: &Standing,
) -> String {
    let name = format!("`{}` in `{}`", awaited.service, wanted.stack.environment.name);
    let said = service
        .and_then(|service| service.transitioning_message.as_deref())
        .filter(|message| !message.is_empty())
        .map(|message| format!(" (the server says `{}`)", run.client.quotable(message)))
        .unwrap_or_default();
    match standing {
        Standing::Unhealthy => {
            let check =
                awaited.check.as_ref().map(|check| format!(": its health check, {check}, does not pass"));
            format!("{name} is active, but unhealthy{}{said}", check.unwrap_or_default())
        }
        Standing::Lost(why) => format!("{name} {}{said}", why.words()),
        Standing::Waiting(how) => {
            let wish = match awaited.ready {
                Ready::StartedOnce => "has not ended",
                _ => "is not up",
            };
            let check = match (&awaited.check, how.as_str()) {
                (Some(check), "initializing" | "reinitializing" | "degraded") => {
                    format!(" (its health check is {check})")
                }
                _ => String::new(),
            };
            format!("{name} {wish}: it is {how}{check}{said}")
        }
        Standing::Ready => format!("{name} is up"),
    }
}

fn failure(run: &Run, class: Class, kind: StepFailureKind, words: &[String]) -> Trouble {
    kind.failure(class, run.clean(&words.join("; "))).into()
}
