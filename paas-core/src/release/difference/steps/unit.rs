//! What is done for a service and what runs beside it.

use super::{
    Planner,
    holders::{Holder, State, ports},
    prepare::STANDS,
    way::stopped_for,
};
use crate::{
    diagnostic::shown,
    release::difference::{
        change::Change,
        identity,
        index::Entry,
        service::Fate,
        services::{is_connection, starts_first},
        step::{
            Phase,
            UpgradeAction::{
                CreateService, RelinkService, RemoveService, RerouteService, ScaleService, UpgradeService,
            },
        },
        touched::Touch,
    },
    scaling::Bounds,
};

/// How many changes are named where they are the reason of a step.
const NAMED: usize = 3;

impl<'a> Planner<'a> {
    /// All that a stage does for a service that is not a sidekick, by the name of its activation.
    pub(super) fn unit(&mut self, stage: u32, name: &str) {
        let new = self.new;
        let Some(entry) = new.find(name).filter(|entry| entry.service.sidekick().is_none()) else { return };
        self.bring(stage, entry);
        if self.stays(entry).is_some() {
            self.set(stage, entry);
        }
        if !self.late_stand_ins.is_empty() {
            self.stand_ins_of(stage, entry);
        }
    }

    /// The unit as it was, if it stays where it is.
    fn stays(&self, entry: &Entry<'_>) -> Option<usize> {
        let own = self.holders.of(&entry.key)?;
        self.holders.unit(own).filter(|unit| unit.stays).map(|_| own)
    }

    /// Makes or upgrades a unit, and before it those that have its names and stay.
    fn bring(&mut self, stage: u32, entry: &'a Entry<'a>) {
        if !self.begun.insert(&entry.key) {
            return;
        }
        // Not by calls: units may wait for each other in long rows.
        let mut waiting = vec![(entry, false)];
        while let Some((entry, is_ready)) = waiting.pop() {
            let touches = self.touches(entry);
            let own = self.stays(entry);
            let whys = if own.is_some() { self.upgrades(entry, &touches) } else { Vec::new() };
            if own.is_some() && whys.is_empty() {
                continue;
            }
            if !is_ready {
                let before = self.before(entry);
                if !before.is_empty() {
                    waiting.push((entry, true));
                    let first = before.into_iter().filter(|before| self.begun.insert(&before.key));
                    let first: Vec<_> = first.map(|before| (before, false)).collect();
                    waiting.extend(first.into_iter().rev());
                    continue;
                }
            }
            match own {
                Some(own) => self.upgrade(stage, entry, own, whys.join("; ")),
                None => self.create(stage, entry, &touches),
            }
        }
    }

    fn create(&mut self, stage: u32, entry: &'a Entry<'a>, touches: &[(Touch, String)]) {
        let main = self.told(&entry.key);
        let from = main.and_then(|service| service.moved_from.as_deref());
        let why = match main.map(|service| service.fate) {
            Some(Fate::Added) => "it is new".to_owned(),
            Some(Fate::Moved) => format!("it moves here from {}", shown(from.unwrap_or_default())),
            Some(Fate::Recreated) => {
                let reasons = main.iter().flat_map(|service| &service.reasons);
                reasons.map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            _ => {
                let why = touches.iter().find(|(touch, _)| *touch == Touch::Recreated);
                why.map(|(_, why)| why.clone()).unwrap_or_default()
            }
        };
        let is_told = self.make_way(stage, entry, &why);
        let network = self.new.network(entry);
        let why = if is_told { String::new() } else { why };
        self.push((Phase::Stage, Some(stage)), CreateService, Some(network), &entry.key, why);
    }

    fn upgrade(&mut self, stage: u32, entry: &'a Entry<'a>, own: usize, mut why: String) {
        self.make_way(stage, entry, "");
        let network = self.new.network(entry);
        if starts_first(entry.service)
            && let Some(first) = self.stops_first(entry, own)
        {
            why = format!("{why}; the old containers stop first: {first}");
        }
        self.push((Phase::Stage, Some(stage)), UpgradeService, Some(network), &entry.key, why);
        self.upgraded.push((network.to_owned(), entry.key.clone()));
        self.holders.set(own, State::Upgraded);
    }

    /// Why new containers cannot start before the old ones stop, although it says so.
    fn stops_first(&self, entry: &Entry<'_>, own: usize) -> Option<String> {
        let before = self.holders.unit(own)?.entry.service;
        let mut whys = Vec::new();
        let written = self.old.written(before);
        let both: Vec<&str> =
            self.new.written_alone(entry.service).into_iter().filter(|name| written.contains(name)).collect();
        if !both.is_empty() {
            whys.push(stopped_for(&both));
        }
        let had = ports(self.old, before);
        let both: Vec<String> = ports(self.new, entry.service)
            .intersection(&had)
            .map(|(port, protocol)| format!("{port}/{}", protocol.as_str()))
            .collect();
        if !both.is_empty() {
            let ports = if both.len() == 1 { "port" } else { "ports" };
            whys.push(format!("old and new containers take {ports} {} of their hosts", both.join(", ")));
        }
        (!whys.is_empty()).then(|| whys.join("; "))
    }

    /// What stands for services where they were before.
    fn stand_ins_of(&mut self, stage: u32, entry: &'a Entry<'a>) {
        for service in self.new.unit(entry.service) {
            let name = service.name.as_str();
            for network in self.late_stand_ins.remove(name).unwrap_or_default() {
                self.stand_in(stage, network, name);
            }
        }
    }

    fn stand_in(&mut self, stage: u32, network: &str, name: &str) {
        let at = (Phase::Stage, Some(stage));
        let environment = self.new.environment_of(network);
        if let Some(Holder::Unit(unit)) = self.holders.of_name(environment, name)
            && let Some(holder) = self.holders.unit(unit)
        {
            let (before, new) = (holder.entry, self.new);
            match new.find(&before.key).filter(|_| holder.stays) {
                Some(after) => self.bring(stage, after),
                None => {
                    let why = "what stands for a service in another network takes its name";
                    self.push(at, RemoveService, Some(network), &before.key, why);
                    self.holders.set(unit, State::Removed);
                }
            }
        }
        self.push(at, CreateService, Some(network), name, STANDS);
    }

    /// Sets what containers need not be made anew for.
    fn set(&mut self, stage: u32, entry: &'a Entry<'a>) {
        let at = (Phase::Stage, Some(stage));
        let (network, name) = (self.new.network(entry), entry.key.as_str());
        let (main, touches) = (self.told(name), self.touches(entry));
        let relinks = self.relinks(entry, &touches);
        if !relinks.is_empty() {
            self.push(at, RelinkService, Some(network), name, relinks.join("; "));
        }
        if let Some((_, why)) = touches.iter().find(|(touch, _)| *touch == Touch::Rerouted) {
            self.push(at, RerouteService, Some(network), name, why.clone());
        }
        if let Some(scale) = main.and_then(|service| service.scale) {
            let why = match scale.elastic {
                None => scale.to_string(),
                Some(Bounds { min, max }) => {
                    format!("only if the count that its scaling policy chose is not within {min} to {max}")
                }
            };
            self.push(at, ScaleService, Some(network), name, why);
        }
    }

    /// What is done to a unit because of others.
    fn touches(&self, entry: &Entry<'_>) -> Vec<(Touch, String)> {
        let touched =
            self.new.unit(entry.service).filter_map(|service| self.touched.get(service.name.as_str()));
        touched.flatten().map(|touched| (touched.touch, touched.why.clone())).collect()
    }

    /// Why a unit is upgraded, if it is.
    fn upgrades(&self, entry: &Entry<'_>, touches: &[(Touch, String)]) -> Vec<String> {
        let mut whys = Vec::new();
        if let Some(main) = self.told(&entry.key).filter(|main| main.fate == Fate::Upgraded) {
            whys.push(named(&main.changes));
        }
        for sidekick in self.new.sidekicks(&entry.service.name) {
            let Some(difference) = self.told(&sidekick.name) else { continue };
            if difference.fate == Fate::Upgraded {
                whys.push(format!("`{}` beside it: {}", sidekick.name, named(&difference.changes)));
            } else if difference.fate == Fate::Moved {
                whys.push(format!("`{}` beside it is {}", sidekick.name, difference.fate.as_str()));
            }
        }
        let upgraded = touches.iter().filter(|(touch, _)| *touch == Touch::Upgraded);
        whys.extend(upgraded.map(|(_, why)| why.clone()));
        whys.retain(|why| !why.is_empty());
        whys
    }

    /// Why the links of a unit are set again, if they are.
    fn relinks(&self, entry: &Entry<'_>, touches: &[(Touch, String)]) -> Vec<String> {
        let mut whys = Vec::new();
        for service in self.new.unit(entry.service).filter(|service| service.container().is_some()) {
            let Some(difference) = self.told(&service.name) else { continue };
            let links: Vec<Change> =
                difference.links.iter().filter(|link| is_connection(link)).cloned().collect();
            let is_here = matches!(difference.fate, Fate::Relinked | Fate::Upgraded);
            if is_here && !links.is_empty() {
                whys.push(first_of(connections(&links)));
            }
        }
        let relinked = touches.iter().filter(|(touch, _)| *touch == Touch::Relinked);
        whys.extend(relinked.map(|(_, why)| why.clone()));
        whys
    }
}

/// The names of the first few changes.
fn named(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "another host name is in its values".to_owned();
    }
    first_of(changes.iter().map(|change| change.path.to_string()).collect())
}

/// The connections that changed, item by item also where there were none, or are none.
fn connections(links: &[Change]) -> Vec<String> {
    let mut names = Vec::new();
    for change in links {
        if !change.path.is_key("links") {
            names.push(change.path.to_string());
            continue;
        }
        let lists = [&change.old, &change.new].into_iter().flatten().filter_map(|list| list.0.as_array());
        let keys = lists.filter_map(|list| identity::keys("links", list)).flatten();
        names.extend(keys.filter(|key| key.starts_with("connection ")).map(|key| format!("links[{key}]")));
    }
    names
}

/// The first few names.
fn first_of(mut names: Vec<String>) -> String {
    names.dedup();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let names = names.join(", ");
    if more > 0 { format!("{names} and {more} more") } else { names }
}
