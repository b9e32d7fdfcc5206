//! The members of one Harbor project, changed one by one.

use super::{
    MembersFailure, MembersNote, Place,
    record::project_words,
    run::{Namespace, Run},
};
use crate::error::{Error, ErrorKind, Result};
use paas_client::{
    Error as ClientError, ErrorKind as ClientErrorKind, HarborClient,
    harbor::{Holder, MemberId, NewMember, ProjectName, ProjectRole},
};
use paas_core::access::{
    HarborRole, Registry,
    membership::{HarborMember, ProjectChange, ProjectMembers, ProjectPlan},
};

/// How often members are changed before somebody else is said to change them all the time.
const TRIES: u32 = 3;

/// A project with its members, as they are now; nothing if it is not there.
pub(super) async fn read(
    run: &Run<'_>,
    client: &HarborClient,
    registry: Registry,
    namespace: &Namespace,
) -> Result<Option<ProjectMembers>, ClientError> {
    let name: ProjectName = namespace.name.parse()?;
    let members = match client.list_members(&name).collect_all().await {
        Ok(members) => members,
        Err(error) if error.kind() == ClientErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut read = ProjectMembers::new(registry, &namespace.name);
    read.users.clone_from(&namespace.members);
    read.ours = run.record.projects.get(&key(registry, &namespace.name)).cloned().unwrap_or_default();
    read.members = members
        .into_iter()
        .filter_map(|member| {
            Some(HarborMember {
                id: i64::try_from(member.id.number()).ok()?,
                name: member.name,
                group: !matches!(member.holder, Holder::User(_)),
                role_id: i64::try_from(member.role.number()).unwrap_or(i64::MAX),
            })
        })
        .collect();
    Ok(Some(read))
}

/// Makes the members those that they should be: reads them, changes one after the other, and reads them again until
/// nothing is to be done. A member that fails keeps no other from being changed.
pub(super) async fn settle(
    run: &mut Run<'_>,
    client: &HarborClient,
    registry: Registry,
    namespace: &Namespace,
) -> Result<Vec<MembersFailure>> {
    let place = || Place::Project { registry, project: namespace.name.clone() };
    let mut any = false;
    for _ in 0..=TRIES {
        run.renew().await?;
        let now = match read(run, client, registry, namespace).await {
            Ok(Some(now)) => now,
            Ok(None) => return Ok(Vec::new()),
            Err(error) => return Ok(vec![MembersFailure::of_client(place(), error)]),
        };
        let plan = run.planned_project(now);
        if plan.blown {
            let message = "more members would lose rights than may by one plan: nothing was changed";
            return Ok(vec![MembersFailure::of(place(), &Error::new(ErrorKind::MembersFuse, message))]);
        }
        let Some(plan) = plan.projects.into_iter().next() else {
            if any {
                run.write(&[MembersNote::Settled { place: place() }], None).await?;
            }
            return Ok(Vec::new());
        };
        if plan.changes.is_empty() {
            run.record.projects.insert(key(registry, &namespace.name), plan.ours);
            run.write(&[MembersNote::Settled { place: place() }], None).await?;
            return Ok(Vec::new());
        }
        any = true;
        let failures = change(run, client, &place(), &namespace.name, plan).await?;
        if !failures.is_empty() {
            return Ok(failures);
        }
    }
    let message = format!(
        "somebody else changes the members of `{}` ({registry}) too: they are not as they should be",
        namespace.name
    );
    Ok(vec![MembersFailure::of(place(), &Error::new(ErrorKind::MembersBusy, message))])
}

/// Makes all changes of a plan. Those that are to be ours are marked before.
async fn change(
    run: &mut Run<'_>,
    client: &HarborClient,
    place: &Place,
    name: &str,
    plan: ProjectPlan,
) -> Result<Vec<MembersFailure>> {
    run.record.projects.entry(key(plan.registry, name)).or_default().extend(plan.ours);
    let mut failures = Vec::new();
    for change in &plan.changes {
        run.renew().await?;
        let changes = vec![project_words(change)];
        let intent = MembersNote::Intent { by: run.actor(), place: place.clone(), changes };
        run.write(&[intent], Some("members.change")).await?;
        let outcome = match name.parse::<ProjectName>() {
            Ok(project) => run.within_lease(make(client, &project, change)).await,
            Err(error) => Err(error.into()),
        };
        let failure = outcome.as_ref().err().map(ToString::to_string);
        run.write(&[MembersNote::Outcome { place: place.clone(), failure }], None).await?;
        if let Err(error) = outcome {
            failures.push(MembersFailure::of(place.clone(), &error));
        }
    }
    Ok(failures)
}

async fn make(
    client: &HarborClient,
    project: &ProjectName,
    change: &ProjectChange,
) -> Result<(), ClientError> {
    let member = |id: &i64| MemberId::new(u64::try_from(*id).unwrap_or_default());
    match change {
        ProjectChange::Add { name, role } => {
            let new = NewMember::UserNamed(name.clone());
            match client.add_member(project, &new, number(*role)).await {
                // Somebody was faster: it is read again, and set right if it is another role.
                Err(error) if error.kind() == ClientErrorKind::Exists => Ok(()),
                done => done.map(drop),
            }
        }
        ProjectChange::Change { id, to, .. } => {
            client.set_member_role(project, member(id), number(*to)).await
        }
        ProjectChange::Remove { id, .. } => client.remove_member(project, member(id)).await,
        // Of a later version.
        _ => Ok(()),
    }
}

fn number(role: HarborRole) -> ProjectRole {
    ProjectRole::from(u64::try_from(role.id()).unwrap_or_default())
}

fn key(registry: Registry, project: &str) -> String {
    format!("{registry}/{project}")
}
