//! Who has which roles at a place.

use super::{Assignee, Assignment, Directory, Place};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Who has which roles at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EffectiveRoles {
    /// Where.
    pub place: Place,
    /// Why nobody has a role there, whatever was given. Nothing is to be deleted for it.
    pub frozen: Option<Frozen>,
    /// The names of the roles, in lower case, of each user that has any.
    pub users: BTreeMap<String, BTreeSet<String>>,
    /// What was given and counts for nothing.
    pub skipped: BTreeSet<Skipped>,
}

/// Why nobody has a role at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Frozen {
    /// Keystone has no such project or domain, or none any more.
    Missing,
    /// It is disabled.
    Disabled,
    /// Its domain is disabled.
    DomainDisabled,
}

/// Why something that was given counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Skipped {
    /// The user, or its domain, is disabled.
    DisabledUser(String),
    /// Keystone has no such user: roles outlive users of a directory.
    UnknownUser(String),
    /// Keystone has no such group.
    UnknownGroup(String),
    /// Keystone has no such role.
    UnknownRole(String),
}

impl EffectiveRoles {
    /// The names of the roles of a user, in lower case, sorted.
    pub fn roles_of(&self, user: &str) -> impl Iterator<Item = &str> {
        self.users.get(user).into_iter().flatten().map(String::as_str)
    }
}

/// What assignments, as they were given, come to at a place. All of Keystone's may be passed: those that do not reach the
/// place count for nothing.
#[must_use]
pub fn effective(directory: &Directory, assignments: &[Assignment], place: &Place) -> EffectiveRoles {
    let sources = Sources::of(directory, place);
    gather(directory, place, assignments.iter().filter(|assignment| sources.reach(assignment)))
}

/// The same from a list that Keystone has expanded already, for one place. Implied roles are added where it forgot
/// them; to do so twice changes nothing.
#[must_use]
pub fn from_effective(directory: &Directory, rows: &[Assignment], place: &Place) -> EffectiveRoles {
    gather(directory, place, rows.iter().filter(|row| row.place == *place))
}

/// The roles of a user by an application credential: at most those of the credential, at most those of the user.
///
/// ```
/// use paas_core::access::keystone::narrowed;
/// let users = ["manager", "member"].map(str::to_owned).into();
/// assert!(narrowed(&users, ["Member", "admin"]).into_iter().eq(["member"]));
/// ```
#[must_use]
pub fn narrowed<'a>(
    users: &BTreeSet<String>,
    credentials: impl IntoIterator<Item = &'a str>,
) -> BTreeSet<String> {
    let credentials: BTreeSet<String> = credentials.into_iter().map(str::to_lowercase).collect();
    let has = |name: &&String| credentials.contains(&name.to_lowercase());
    users.iter().filter(has).map(|name| name.to_lowercase()).collect()
}

/// From where roles reach a place.
struct Sources<'a> {
    place: &'a Place,
    /// What is inherited from these projects, and from this domain.
    above: Vec<&'a str>,
    domain: Option<&'a str>,
}

impl<'a> Sources<'a> {
    fn of(directory: &'a Directory, place: &'a Place) -> Self {
        let Place::Project(id) = place else { return Self { place, above: Vec::new(), domain: None } };
        let domain = directory.projects.get(id).map(|project| project.domain.as_str());
        Self { place, above: directory.above(id), domain }
    }

    fn reach(&self, assignment: &Assignment) -> bool {
        if !assignment.inherited {
            return assignment.place == *self.place;
        }
        match &assignment.place {
            Place::Project(id) => self.above.contains(&id.as_str()),
            Place::Domain(id) => self.domain == Some(id.as_str()),
            Place::System => false,
        }
    }
}

/// Expands groups and implied roles of what holds at a place.
fn gather<'a>(
    directory: &Directory,
    place: &Place,
    assignments: impl Iterator<Item = &'a Assignment>,
) -> EffectiveRoles {
    let frozen = frozen(directory, place);
    let mut found =
        EffectiveRoles { place: place.clone(), frozen, users: BTreeMap::new(), skipped: BTreeSet::new() };
    if frozen.is_some() {
        return found;
    }
    // A role is expanded once, however many have it.
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for assignment in assignments {
        let role = assignment.role.as_str();
        let names = names.entry(role).or_insert_with(|| names_of(directory, role, &mut found.skipped));
        match &assignment.assignee {
            Assignee::User(user) => found.add(directory, user, names),
            Assignee::Group(group) => match directory.groups.get(group) {
                Some(users) => users.iter().for_each(|user| found.add(directory, user, names)),
                None => drop(found.skipped.insert(Skipped::UnknownGroup(group.clone()))),
            },
        }
    }
    found
}

impl EffectiveRoles {
    fn add(&mut self, directory: &Directory, user: &str, names: &[&str]) {
        match directory.users.get(user) {
            None => drop(self.skipped.insert(Skipped::UnknownUser(user.to_owned()))),
            Some(known) if !directory.is_active(known) => {
                self.skipped.insert(Skipped::DisabledUser(user.to_owned()));
            }
            Some(_) if names.is_empty() => {}
            Some(_) => {
                let roles = self.users.entry(user.to_owned()).or_default();
                roles.extend(names.iter().map(|name| (*name).to_owned()));
            }
        }
    }
}

fn frozen(directory: &Directory, place: &Place) -> Option<Frozen> {
    match place {
        Place::System => None,
        Place::Domain(id) => match directory.domains.get(id) {
            None => Some(Frozen::Missing),
            Some(false) => Some(Frozen::Disabled),
            Some(true) => None,
        },
        Place::Project(id) => match directory.projects.get(id) {
            None => Some(Frozen::Missing),
            Some(project) if !project.enabled => Some(Frozen::Disabled),
            Some(project) if !directory.is_enabled(&project.domain) => Some(Frozen::DomainDisabled),
            Some(_) => None,
        },
    }
}

/// The names of a role and of all that it implies, without those of domains.
fn names_of<'a>(directory: &'a Directory, role: &'a str, skipped: &mut BTreeSet<Skipped>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for id in directory.inferences.closure(role) {
        match directory.roles.get(id) {
            None => drop(skipped.insert(Skipped::UnknownRole(id.to_owned()))),
            Some(role) if role.is_of_domain => {}
            Some(role) => names.push(role.name.as_str()),
        }
    }
    names
}
