//! What the sandbox remembers, and how it goes on by itself as time passes.

mod agenda;
mod container;
mod keys;
mod link;
mod machine;
mod process;
mod project;
mod resource;
mod seed;
mod service;
mod settings;
mod stack;
mod volume;

pub(crate) use keys::{ADMIN, Key};
pub(crate) use link::Link;
pub(crate) use machine::process;
pub(crate) use resource::{Id, Resource};
pub(crate) use settings::Settings;

use crate::{
    Latencies, RequestRecord,
    chance::Chance,
    clock::Clock,
    fault::Faults,
    harbor::Registry,
    schema::{Schema, Type},
};
use agenda::Agenda;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Fields that never change and by which resources are looked for often.
const INDEXED: &[(&str, &str)] =
    &[("container", "serviceId"), ("service", "stackId"), ("serviceConsumeMap", "serviceId")];

/// All that a sandbox knows.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) schema: &'static Schema,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) log: Vec<RequestRecord>,
    pub(crate) settings: Settings,
    pub(crate) harbor: Registry,
    resources: BTreeMap<Id, Resource>,
    /// The resources of a family by the one that they belong to, for the fields of [`INDEXED`].
    children: BTreeMap<(&'static str, String), Vec<Id>>,
    /// The last number given in each family of ids.
    numbers: BTreeMap<&'static str, u64>,
    /// The people who are no administrators, by the number of their account.
    people: BTreeMap<u64, String>,
    /// The moment up to which everything that was due has happened.
    now: u64,
    agenda: Agenda,
    chance: Chance,
    latencies: Latencies,
}

impl World {
    pub(crate) fn new(
        schema: &'static Schema,
        clock: Clock,
        seed: u64,
        latencies: Latencies,
        settings: Settings,
    ) -> Self {
        let harbor = Registry::new(seed, latencies.replication, &clock.date(clock.now()));
        let mut world = Self {
            schema,
            harbor,
            clock,
            faults: Faults::default(),
            log: Vec::new(),
            settings,
            resources: BTreeMap::new(),
            children: BTreeMap::new(),
            // The accounts of a fresh Rancher: its environment `Default` is 1a5.
            numbers: BTreeMap::from([("project", 4)]),
            people: BTreeMap::new(),
            now: 0,
            agenda: Agenda::default(),
            chance: Chance::new(seed),
            latencies,
        };
        world.catch_up();
        world
    }

    /// Adds a resource in the state `requested`.
    pub(crate) fn insert(
        &mut self,
        kind: &'static Type,
        project: Option<Id>,
        fields: Map<String, Value>,
    ) -> Id {
        let number = self.numbers.entry(kind.family).or_default();
        *number += 1;
        let id = Id { family: kind.family, number: *number };
        let resource = Resource {
            id,
            kind,
            project,
            state: "requested",
            message: None,
            failed: false,
            uuid: self.chance.uuid(),
            created: self.now,
            removed: None,
            turn: 0,
            fields,
            doomed: false,
            after: Vec::new(),
        };
        for (family, field) in INDEXED.iter().filter(|(family, _)| *family == kind.family) {
            if let Some(parent) = resource.text(field) {
                self.children.entry((family, parent.to_owned())).or_default().push(id);
            }
        }
        self.resources.insert(id, resource);
        id
    }

    /// Adds a resource that is in its final state at once.
    pub(crate) fn insert_active(
        &mut self,
        kind: &'static Type,
        project: Option<Id>,
        fields: Map<String, Value>,
    ) -> Id {
        let id = self.insert(kind, project, fields);
        if let Some(resource) = self.resources.get_mut(&id) {
            resource.state = "active";
        }
        id
    }

    pub(crate) fn get(&self, id: Id) -> Option<&Resource> {
        self.resources.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: Id) -> Option<&mut Resource> {
        self.resources.get_mut(&id)
    }

    /// The resource with an id as the API writes it.
    pub(crate) fn find(&self, kind: &Type, id: &str) -> Option<&Resource> {
        if kind.machine == "setting" {
            let name = id.strip_prefix(kind.prefix).and_then(|rest| rest.strip_prefix('!')).unwrap_or(id);
            return self.all(kind.family).find(|setting| setting.name() == name);
        }
        let number = id.strip_prefix(kind.prefix)?.parse().ok()?;
        self.get(Id { family: kind.family, number })
    }

    /// All resources of a family, the removed ones too, in the order in which they were made.
    pub(crate) fn all(&self, family: &'static str) -> impl DoubleEndedIterator<Item = &Resource> {
        let bounds = Id { family, number: 0 }..=Id { family, number: u64::MAX };
        self.resources.range(bounds).map(|(_, resource)| resource)
    }

    /// The resources of a family that are neither removed nor about to be and whose field has this value.
    pub(crate) fn live_with<'a>(
        &'a self,
        family: &'static str,
        field: &'a str,
        value: &'a str,
    ) -> impl Iterator<Item = &'a Resource> {
        let indexed = INDEXED.contains(&(family, field));
        let children = if indexed { self.children.get(&(family, value.to_owned())) } else { None };
        let children = children.into_iter().flatten().filter_map(|id| self.get(*id));
        let scanned = (!indexed).then(|| self.all(family)).into_iter().flatten();
        children.chain(scanned).filter(move |each| each.is_live() && each.text(field) == Some(value))
    }

    /// The ids of [`live_with`](Self::live_with), for going on to change them.
    fn ids_with(&self, family: &'static str, field: &str, value: &str) -> Vec<Id> {
        self.live_with(family, field, value).map(|each| each.id).collect()
    }

    fn id_text(&self, id: Id) -> String {
        self.get(id).map(Resource::id_text).unwrap_or_default()
    }

    /// An id of its own for an error.
    pub(crate) fn error_id(&mut self) -> String {
        self.chance.uuid()
    }

    pub(crate) fn now(&self) -> u64 {
        self.now
    }
}
