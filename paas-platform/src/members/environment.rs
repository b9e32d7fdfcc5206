//! The members of one environment. Rancher takes them as a whole.

use super::{
    MembersFailure, MembersNote, Place,
    record::environment_words,
    run::{self, Run},
};
use crate::error::{Error, ErrorKind, Result};
use paas_client::{
    Error as ClientError,
    rancher::{EnvironmentId, NewMember},
};
use paas_core::access::{
    RancherIdentity,
    membership::{EnvironmentMembers, EnvironmentPlan, RancherMember},
};

/// How often members are set before somebody else is said to set them all the time.
const TRIES: u32 = 3;

/// An environment with its members, as they are now.
pub(super) async fn read(run: &Run<'_>, id: &str) -> Result<EnvironmentMembers, ClientError> {
    let environment: EnvironmentId = id.parse()?;
    let members = run.client.list_members(&environment).collect_all().await?;
    let mut read = EnvironmentMembers::new(id);
    read.members = members
        .into_iter()
        .map(|member| RancherMember {
            identity: RancherIdentity::new(member.external_id_type, member.external_id),
            role: member.role,
        })
        .collect();
    read.ours = run.record.environments.get(id).cloned().unwrap_or_default();
    Ok(read)
}

/// Makes the members those that they should be: reads them, sets them, and reads them again until nothing is to be done.
/// An error is one of our own; what the server says is a failure.
pub(super) async fn settle(run: &mut Run<'_>, id: &str) -> Result<Result<(), MembersFailure>> {
    // An environment can be that of two tenants for a while: when it goes from one to the other.
    let name = format!("members/environment/{id}");
    let lease = match run::lease(run.inner, name, id).await {
        Ok(lease) => lease,
        Err(error) if error.kind() == ErrorKind::MembersBusy => {
            let place = Place::Environment { environment: id.to_owned() };
            return Ok(Err(MembersFailure { retryable: true, ..MembersFailure::of(place, &error) }));
        }
        Err(error) => return Err(error),
    };
    let settled = settle_alone(run, id).await;
    // It runs out by itself if this fails.
    let _ = run.inner.store.release(&lease.fence()).await;
    settled
}

async fn settle_alone(run: &mut Run<'_>, id: &str) -> Result<Result<(), MembersFailure>> {
    let place = || Place::Environment { environment: id.to_owned() };
    let mut any = false;
    for _ in 0..=TRIES {
        run.renew().await?;
        let now = match read(run, id).await {
            Ok(now) => now,
            Err(error) => return Ok(Err(MembersFailure::of_client(place(), error))),
        };
        let plan = run.planned_environment(now);
        if plan.blown {
            let message = "more members would lose rights than may by one plan: nothing was changed";
            return Ok(Err(MembersFailure::of(place(), &Error::new(ErrorKind::MembersFuse, message))));
        }
        let Some(plan) = plan.environments.into_iter().next() else {
            if any {
                run.write(&[MembersNote::Settled { place: place() }], None).await?;
            }
            return Ok(Ok(()));
        };
        if plan.changes.is_empty() {
            run.record.environments.insert(id.to_owned(), plan.ours);
            run.write(&[MembersNote::Settled { place: place() }], None).await?;
            return Ok(Ok(()));
        }
        any = true;
        if let Err(failure) = set(run, id, plan).await? {
            return Ok(Err(failure));
        }
    }
    let message =
        format!("somebody else sets the members of environment `{id}` too: they are not as they should be");
    Ok(Err(MembersFailure::of(place(), &Error::new(ErrorKind::MembersBusy, message))))
}

/// Sets the members. Those that are to be ours are marked before.
async fn set(run: &mut Run<'_>, id: &str, plan: EnvironmentPlan) -> Result<Result<(), MembersFailure>> {
    let place = Place::Environment { environment: id.to_owned() };
    let changes = plan.changes.iter().map(environment_words).collect();
    run.record.environments.entry(id.to_owned()).or_default().extend(plan.ours);
    let intent = MembersNote::Intent { by: run.actor(), place: place.clone(), changes };
    run.write(&[intent], Some("members.set")).await?;
    let members: Vec<NewMember> = plan
        .set
        .into_iter()
        .map(|RancherMember { identity, role }| {
            NewMember::new(role, identity.external_id_type, identity.external_id)
        })
        .collect();
    let outcome = match id.parse::<EnvironmentId>() {
        Ok(environment) => run.within_lease(run.client.set_members(&environment, &members)).await,
        Err(error) => Err(error.into()),
    };
    let failure = outcome.as_ref().err().map(ToString::to_string);
    run.write(&[MembersNote::Outcome { place: place.clone(), failure }], None).await?;
    Ok(outcome.map_err(|error| MembersFailure::of(place, &error)))
}
