//! Who the users of a tenant are in the backends.

use super::{Backend, Finding, Request};
use crate::access::{KeystoneUser, RancherIdentity, Role, Roles};
use std::collections::BTreeMap;

/// A user that is somebody in the backends.
pub(super) struct Person<'a> {
    pub(super) user: &'a KeystoneUser,
    pub(super) roles: Roles,
    pub(super) rancher: Option<RancherIdentity>,
    pub(super) harbor: Option<String>,
}

/// Those who may be members: enabled, with a role in a tenant that is not frozen. One that stands there twice has the
/// roles of both.
pub(super) fn resolve<'a>(
    request: &Request<'a>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<&'a str, Person<'a>> {
    let mut people: BTreeMap<&str, Person<'_>> = BTreeMap::new();
    if request.frozen {
        return people;
    }
    for member in request.members.iter().filter(|member| !member.disabled) {
        let roles = member.roles.of_tenant();
        if roles.is_empty() {
            continue;
        }
        let person = people.entry(&member.user.id).or_insert_with(|| {
            let who = request.identities.of(&member.user);
            Person { user: &member.user, roles, rancher: who.rancher, harbor: who.harbor }
        });
        person.roles = person.roles.union(roles);
    }
    if !people.values().any(|person| person.roles.contains(Role::TenantAdministrator)) {
        findings.push(Finding::NoAdministrator);
    }
    if !request.environments.is_empty() {
        let platform = &request.options.platform;
        for person in people.values_mut() {
            if person.rancher.as_ref() == Some(platform) {
                person.rancher = None;
                findings
                    .push(Finding::PlatformItself { user: person.user.clone(), backend: Backend::Rancher });
            } else if person.rancher.is_none() {
                findings.push(Finding::Unmapped { user: person.user.clone(), backend: Backend::Rancher });
            }
        }
        for (identity, users) in shared(&people, |person| person.rancher.clone()) {
            forget(&mut people, &users, |person| person.rancher = None);
            findings.push(Finding::SharedIdentity {
                users,
                backend: Backend::Rancher,
                identity: identity.to_string(),
            });
        }
    }
    if !request.projects.is_empty() {
        // Harbor's names are the same but for case.
        let platform = request.options.platform_in_harbor.as_deref().map(str::to_lowercase);
        for person in people.values_mut() {
            let name = person.harbor.as_deref().map(str::to_lowercase);
            if name.is_none() {
                findings.push(Finding::Unmapped { user: person.user.clone(), backend: Backend::Harbor });
            } else if name == platform {
                person.harbor = None;
                findings
                    .push(Finding::PlatformItself { user: person.user.clone(), backend: Backend::Harbor });
            }
        }
        for (identity, users) in
            shared(&people, |person| person.harbor.as_ref().map(|name| name.to_lowercase()))
        {
            forget(&mut people, &users, |person| person.harbor = None);
            findings.push(Finding::SharedIdentity { users, backend: Backend::Harbor, identity });
        }
    }
    people
}

/// Identities that more than one user would have.
fn shared<I: Ord>(
    people: &BTreeMap<&str, Person<'_>>,
    identity: impl Fn(&Person<'_>) -> Option<I>,
) -> Vec<(I, Vec<KeystoneUser>)> {
    let mut users: BTreeMap<I, Vec<KeystoneUser>> = BTreeMap::new();
    for person in people.values() {
        if let Some(identity) = identity(person) {
            users.entry(identity).or_default().push(person.user.clone());
        }
    }
    users.into_iter().filter(|(_, users)| users.len() > 1).collect()
}

fn forget(people: &mut BTreeMap<&str, Person<'_>>, users: &[KeystoneUser], forget: impl Fn(&mut Person<'_>)) {
    for user in users {
        if let Some(person) = people.get_mut(user.id.as_str()) {
            forget(person);
        }
    }
}
