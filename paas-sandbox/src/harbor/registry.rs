use super::{
    executions::Execution,
    hooks::HarborWebhook,
    image::{Artifact, Repository},
    immutable::Rule,
    labels::Label,
    policies::Policy,
    project::Project,
    table::Table,
    targets::Target,
    webhooks::{Hook, Told},
};
use crate::{chance::Chance, server::Shared, world::World};
use std::{
    collections::BTreeMap,
    sync::{Mutex, Weak},
};

/// The id of the administrator, whom each Harbor has from its start.
pub(super) const ADMIN: u64 = 1;

/// All that the sandbox's Harbor knows.
#[derive(Debug)]
pub(crate) struct Registry {
    pub(super) users: BTreeMap<u64, User>,
    pub(super) projects: BTreeMap<u64, Project>,
    pub(super) members: BTreeMap<u64, Membership>,
    pub(super) repositories: Table<Repository>,
    pub(super) artifacts: Table<Artifact>,
    pub(super) labels: Table<Label>,
    pub(super) rules: Table<Rule>,
    /// The other registries that it knows.
    pub(super) targets: Table<Target>,
    pub(super) policies: Table<Policy>,
    pub(super) executions: Table<Execution>,
    /// The policies of webhooks.
    pub(super) hooks: Table<Hook>,
    /// What policies of webhooks have told.
    pub(super) told: Table<Told>,
    /// What nobody has taken yet.
    pub(super) outbox: Vec<HarborWebhook>,
    /// The other Harbors that it reaches, by their addresses.
    pub(super) peers: Vec<(String, Weak<Mutex<World>>)>,
    /// Whether another one reaches it: then it reaches none, so that no two ever wait for each other.
    pub(super) is_reached: bool,
    /// How long copying takes, in milliseconds.
    pub(super) latency: u64,
    /// The last id given in each table. None is given twice.
    last_user: u64,
    last_project: u64,
    last_member: u64,
    last_tag: u64,
    last_task: u64,
    chance: Chance,
}

/// A user.
#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) name: String,
    pub(super) password: String,
}

/// A user in a project.
#[derive(Clone, Debug)]
pub(super) struct Membership {
    pub(super) project: u64,
    pub(super) user: u64,
    pub(super) role: u64,
}

impl Registry {
    /// A fresh one, with its administrator and the public project `library`.
    pub(crate) fn new(seed: u64, latency: u64, now: &str) -> Self {
        let mut this = Self {
            users: BTreeMap::new(),
            projects: BTreeMap::new(),
            members: BTreeMap::new(),
            repositories: Table::default(),
            artifacts: Table::default(),
            labels: Table::default(),
            rules: Table::default(),
            targets: Table::default(),
            policies: Table::default(),
            executions: Table::default(),
            hooks: Table::default(),
            told: Table::default(),
            outbox: Vec::new(),
            peers: Vec::new(),
            is_reached: false,
            latency,
            last_user: 0,
            last_project: 0,
            last_member: 0,
            last_tag: 0,
            last_task: 0,
            // Its own, so that Rancher's ids and keys are the same whether anybody asks Harbor or not.
            chance: Chance::new(seed.rotate_left(32) ^ 0x6861_7262_6f72),
        };
        this.add_user("admin");
        let library = this.add_project("library", ADMIN, now);
        if let Some(project) = this.projects.get_mut(&library) {
            project.set("public", "true");
        }
        this
    }

    /// Adds a user with a password of its own; answers the id.
    pub(super) fn add_user(&mut self, name: &str) -> u64 {
        self.last_user += 1;
        let letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";
        let password = self.chance.word(24, letters);
        self.users.insert(self.last_user, User { name: name.to_owned(), password });
        self.last_user
    }

    /// Adds a private project, of which its owner is the administrator; answers the id.
    pub(super) fn add_project(&mut self, name: &str, owner: u64, now: &str) -> u64 {
        self.last_project += 1;
        self.projects.insert(self.last_project, Project::new(name, owner, now));
        self.add_member(self.last_project, owner, 1);
        self.last_project
    }

    pub(super) fn add_member(&mut self, project: u64, user: u64, role: u64) -> u64 {
        self.last_member += 1;
        self.members.insert(self.last_member, Membership { project, user, role });
        self.last_member
    }

    pub(super) fn next_tag(&mut self) -> u64 {
        self.last_tag += 1;
        self.last_tag
    }

    pub(super) fn next_task(&mut self) -> u64 {
        self.last_task += 1;
        self.last_task
    }

    /// The other Harbor at an address, if it reaches one there.
    pub(super) fn peer(&self, url: &str) -> Option<Shared> {
        let url = url.trim_end_matches('/');
        self.peers.iter().find(|(known, _)| known == url).and_then(|(_, peer)| peer.upgrade())
    }

    pub(super) fn user_named(&self, name: &str) -> Option<u64> {
        self.users.iter().find(|(_, user)| user.name == name).map(|(id, _)| *id)
    }

    pub(super) fn user_name(&self, id: u64) -> &str {
        self.users.get(&id).map(|user| user.name.as_str()).unwrap_or_default()
    }

    pub(super) fn project_named(&self, name: &str) -> Option<u64> {
        self.projects.iter().find(|(_, project)| project.name == name).map(|(id, _)| *id)
    }

    /// The members of a project, by their names as Harbor lists them.
    pub(super) fn members_of(&self, project: u64) -> Vec<(u64, &Membership)> {
        let own = self.members.iter().filter(|(_, member)| member.project == project);
        let mut own: Vec<_> = own.map(|(id, member)| (*id, member)).collect();
        own.sort_by_key(|(id, member)| (self.user_name(member.user), *id));
        own
    }

    pub(super) fn role_in(&self, project: u64, user: u64) -> Option<u64> {
        self.members
            .values()
            .find(|member| member.project == project && member.user == user)
            .map(|member| member.role)
    }

    pub(super) fn request_id(&mut self) -> String {
        self.chance.uuid()
    }
}
