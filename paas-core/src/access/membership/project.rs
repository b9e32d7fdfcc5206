//! The members of one Harbor project.

use super::{Finding, Foreign, HarborMember, ProjectMembers, Request, Wanted, who::Person};
use crate::access::{HarborRole, Registry, Role};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What to do in one Harbor project, member by member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ProjectPlan {
    /// The registry.
    pub registry: Registry,
    /// The name of the project.
    pub project: String,
    /// What becomes different. It may be nothing, if a member is only marked as ours.
    pub changes: Vec<ProjectChange>,
    /// The names of those that are the platform's afterwards.
    pub ours: BTreeSet<String>,
}

/// What becomes different for one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "change", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProjectChange {
    /// It becomes a member.
    Add {
        /// The name of the user.
        name: String,
        /// Its role.
        role: HarborRole,
    },
    /// Its role changes.
    Change {
        /// The id of the membership.
        id: i64,
        /// The name of the user.
        name: String,
        /// The number of its role now.
        from: i64,
        /// Its role then.
        to: HarborRole,
    },
    /// It is a member no longer.
    Remove {
        /// The id of the membership.
        id: i64,
        /// The name of the user or the group.
        name: String,
        /// The number of its role now.
        role_id: i64,
    },
}

pub(super) fn plan(
    request: &Request<'_>,
    people: &BTreeMap<&str, Person<'_>>,
    project: &ProjectMembers,
    findings: &mut Vec<Finding>,
) -> Wanted<ProjectPlan> {
    let roles = match project.registry {
        Registry::Test => request.test,
        Registry::Production => request.production,
    };
    // Harbor's names are the same but for case.
    let wanted: BTreeMap<String, (&str, HarborRole)> = people
        .values()
        .filter(|person| {
            person.roles.contains(Role::TenantAdministrator) || project.users.contains(&person.user.id)
        })
        .filter_map(|person| Some((person.harbor.as_deref()?, roles.for_roles(person.roles)?)))
        .map(|(name, role)| (name.to_lowercase(), (name, role)))
        .collect();
    if !request.frozen {
        findings.extend(project.users.iter().filter(|user| !people.contains_key(user.as_str())).map(
            |user| Finding::NoRole {
                registry: project.registry,
                namespace: project.project.clone(),
                user: user.clone(),
            },
        ));
    }
    let mut missing: BTreeMap<&str, (&str, HarborRole)> =
        wanted.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    let ours_before: BTreeSet<String> = project.ours.iter().map(|name| name.to_lowercase()).collect();
    let take_over = request.options.foreign == Foreign::Remove;
    let (mut changes, mut ours, mut losses) = (Vec::new(), BTreeSet::new(), 0);

    let platform = request.options.platform_in_harbor.as_deref().map(str::to_lowercase);
    let is_platform = |name: &str| platform.as_deref() == Some(name.to_lowercase().as_str());
    for member in project.members.iter().filter(|member| member.group || !is_platform(&member.name)) {
        let HarborMember { id, name, group, role_id } = member.clone();
        let key = name.to_lowercase();
        let wanted = if group { None } else { missing.remove(key.as_str()) };
        let is_ours = !group && ours_before.contains(&key);
        let role = HarborRole::from_id(role_id);
        match wanted {
            Some((_, to)) if role == Some(to) => {
                ours.insert(name);
            }
            Some((_, to)) if is_ours || take_over => {
                losses += usize::from(role.is_none_or(|role| role > to));
                ours.insert(name.clone());
                changes.push(ProjectChange::Change { id, name, from: role_id, to });
            }
            Some((_, to)) => findings.push(Finding::ForeignRole {
                place: place(project),
                identity: name,
                role: shown(role_id),
                wanted: to.to_string(),
            }),
            None if is_ours || take_over => {
                losses += 1;
                changes.push(ProjectChange::Remove { id, name, role_id });
            }
            None => {
                findings.push(Finding::Foreign {
                    place: place(project),
                    identity: name,
                    role: shown(role_id),
                });
            }
        }
    }
    for (name, role) in missing.into_values() {
        ours.insert(name.to_owned());
        changes.push(ProjectChange::Add { name: name.to_owned(), role });
    }
    let is_needed = !changes.is_empty() || ours != project.ours;
    let plan = ProjectPlan { registry: project.registry, project: project.project.clone(), changes, ours };
    Wanted { plan, is_needed, losses }
}

/// Where a finding is.
fn place(project: &ProjectMembers) -> String {
    format!("{}/{}", project.registry, project.project)
}

/// A role as a person knows it.
fn shown(role_id: i64) -> String {
    HarborRole::from_id(role_id).map_or_else(|| format!("role {role_id}"), |role| role.to_string())
}
