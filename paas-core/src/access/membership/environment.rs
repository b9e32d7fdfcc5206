//! The members of one environment.

use super::{EnvironmentMembers, Finding, Foreign, RancherMember, Request, Wanted, who::Person};
use crate::access::{RancherIdentity, RancherRole};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What to do in one environment. Rancher takes the whole set at once (`setmembers`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EnvironmentPlan {
    /// The id of the environment.
    pub environment: String,
    /// What becomes different, by identity. It may be nothing, if a member is only marked as ours.
    pub changes: Vec<EnvironmentChange>,
    /// All members afterwards, those that are left alone included; the platform is an owner.
    pub set: Vec<RancherMember>,
    /// Those that are the platform's afterwards.
    pub ours: BTreeSet<RancherIdentity>,
}

/// What becomes different for one identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "change", rename_all = "snake_case")]
#[non_exhaustive]
pub enum EnvironmentChange {
    /// It becomes a member.
    Add {
        /// Who.
        identity: RancherIdentity,
        /// Its role.
        role: RancherRole,
    },
    /// Its role changes.
    Change {
        /// Who.
        identity: RancherIdentity,
        /// Its role now.
        from: String,
        /// Its role then.
        to: RancherRole,
    },
    /// It is a member no longer.
    Remove {
        /// Who.
        identity: RancherIdentity,
        /// Its role now.
        role: String,
    },
}

pub(super) fn plan(
    request: &Request<'_>,
    people: &BTreeMap<&str, Person<'_>>,
    environment: &EnvironmentMembers,
    findings: &mut Vec<Finding>,
) -> Wanted<EnvironmentPlan> {
    let platform = &request.options.platform;
    let mut wanted: BTreeMap<&RancherIdentity, RancherRole> = people
        .values()
        .filter_map(|person| Some((person.rancher.as_ref()?, request.rancher.for_roles(person.roles)?)))
        .collect();
    wanted.insert(platform, RancherRole::Owner);

    // An identity stands there once; of several rows the last counts, as for Rancher.
    let current: BTreeMap<&RancherIdentity, &str> =
        environment.members.iter().map(|member| (&member.identity, member.role.as_str())).collect();
    let mut changes = Vec::new();
    let mut set: BTreeMap<&RancherIdentity, String> = BTreeMap::new();
    let mut ours = BTreeSet::new();
    let mut losses = 0;
    let place = || environment.environment.clone();

    for (&identity, &role) in &wanted {
        let is_ours = environment.ours.contains(identity) || identity == platform;
        match current.get(identity) {
            None => changes.push(EnvironmentChange::Add { identity: identity.clone(), role }),
            Some(&now) if now == role.as_str() => {}
            Some(&now) if is_ours || request.options.foreign == Foreign::Remove => {
                losses += usize::from(RancherRole::from_name(now).is_none_or(|now| now > role));
                let from = now.to_owned();
                changes.push(EnvironmentChange::Change { identity: identity.clone(), from, to: role });
            }
            Some(&now) => {
                findings.push(Finding::ForeignRole {
                    place: place(),
                    identity: identity.to_string(),
                    role: now.to_owned(),
                    wanted: role.to_string(),
                });
                set.insert(identity, now.to_owned());
                continue;
            }
        }
        set.insert(identity, role.to_string());
        if identity != platform {
            ours.insert(identity.clone());
        }
    }
    for (&identity, &role) in current.iter().filter(|(identity, _)| !wanted.contains_key(*identity)) {
        if environment.ours.contains(identity) || request.options.foreign == Foreign::Remove {
            losses += 1;
            changes.push(EnvironmentChange::Remove { identity: identity.clone(), role: role.to_owned() });
        } else {
            let identity_text = identity.to_string();
            findings.push(Finding::Foreign {
                place: place(),
                identity: identity_text,
                role: role.to_owned(),
            });
            set.insert(identity, role.to_owned());
        }
    }
    let is_needed = !changes.is_empty() || ours != environment.ours;
    let set =
        set.into_iter().map(|(identity, role)| RancherMember { identity: identity.clone(), role }).collect();
    let plan = EnvironmentPlan { environment: place(), changes, set, ours };
    Wanted { plan, is_needed, losses }
}
