//! What lets go of something before a unit can have it.
//!
//! Names are let go of by an upgrade of what stays, or by a removal; ports and volumes already when containers stop: so
//! all else that runs is only stopped until it is its turn, or all stages are up. Two that swap their ports are both
//! stopped before either is upgraded.

use super::{
    Planner,
    holders::{Holder, State, ports},
};
use crate::{
    application::Protocol,
    diagnostic::shown,
    release::difference::{
        index::Entry,
        step::{
            Phase,
            UpgradeAction::{RemoveService, StopService},
        },
    },
};
use rustc_hash::FxHashMap;

impl<'a> Planner<'a> {
    /// The units that are upgraded before a unit is brought: it has names that they give up by that.
    pub(super) fn before(&self, entry: &'a Entry<'a>) -> Vec<&'a Entry<'a>> {
        let new = self.new;
        let environment = new.environment(entry);
        let own = self.holders.of(&entry.key);
        let holders =
            new.unit(entry.service).filter_map(|service| self.holders.of_name(environment, &service.name));
        let staying = holders.filter_map(|holder| match holder {
            Holder::Unit(unit) if Some(unit) != own => self.holders.unit(unit).filter(|unit| unit.stays),
            _ => None,
        });
        staying.filter_map(|unit| new.find(&unit.entry.key)).collect()
    }

    /// All that holds what a unit needs lets go of it. Whether the unit itself was removed, so that it can be made anew.
    pub(super) fn make_way(&mut self, stage: u32, entry: &'a Entry<'a>, why: &str) -> bool {
        let is_removed = self.free_names(stage, entry, why);
        let mut stopped: Vec<(usize, String)> = Vec::new();
        let mut known: FxHashMap<usize, usize> = FxHashMap::default();
        for (holder, why) in self.writers(entry).into_iter().chain(self.takers_of_ports(entry)) {
            match known.get(&holder).and_then(|place| stopped.get_mut(*place)) {
                Some((_, reasons)) => *reasons = format!("{reasons}; {why}"),
                None => {
                    known.insert(holder, stopped.len());
                    stopped.push((holder, why));
                }
            }
        }
        for (holder, why) in stopped {
            let Some(before) = self.holders.unit(holder).map(|unit| unit.entry) else { continue };
            let network = self.old.network(before);
            self.push((Phase::Stage, Some(stage)), StopService, Some(network), &before.key, why);
            self.holders.set(holder, State::Stopped);
        }
        is_removed
    }

    fn free_names(&mut self, stage: u32, entry: &'a Entry<'a>, why: &str) -> bool {
        let at = (Phase::Stage, Some(stage));
        let (new, environment) = (self.new, self.new.environment(entry));
        let own = self.holders.of(&entry.key);
        let mut is_removed = false;
        for service in new.unit(entry.service) {
            let name = service.name.as_str();
            match self.holders.of_name(environment, name) {
                None => {}
                Some(Holder::StandIn) => {
                    let why = "the service itself is in this network now";
                    self.push(at, RemoveService, Some(new.network(entry)), name, why);
                    self.holders.stands_no_more(environment, name);
                }
                Some(Holder::Unit(unit)) => {
                    let Some(holder) = self.holders.unit(unit).filter(|unit| !unit.stays) else { continue };
                    let before = holder.entry;
                    let why = if own == Some(unit) {
                        is_removed = true;
                        why.to_owned()
                    } else if name == entry.key {
                        format!("{} is a service of its own now", shown(name))
                    } else if name == before.key {
                        runs_beside(&entry.key)
                    } else {
                        format!("{} runs beside {} now", shown(name), shown(&entry.key))
                    };
                    self.push(at, RemoveService, Some(self.old.network(before)), &before.key, why);
                    self.holders.set(unit, State::Removed);
                }
            }
        }
        is_removed
    }

    /// What writes to a volume that is not for several writers, and to which a unit is to write.
    fn writers(&mut self, entry: &'a Entry<'a>) -> Vec<(usize, String)> {
        let new = self.new;
        let mut writers = Vec::new();
        let written = new.written_alone(entry.service);
        if let Some(unit) = self.own_elsewhere(entry)
            && let Some(before) = self.holders.unit(unit)
        {
            let both: Vec<&str> =
                self.old.written(before.entry.service).intersection(&written).copied().collect();
            if !both.is_empty() {
                writers.push((unit, stopped_for(&both)));
            }
        }
        for volume in written {
            let why = format!(
                "{} writes to {}, which is not for several writers",
                shown(&entry.key),
                shown(volume)
            );
            let leaving = self.holders.leaving_writers(volume);
            writers.extend(leaving.into_iter().map(|writer| (writer, why.clone())));
        }
        writers
    }

    /// What runs with ports of hosts that a unit takes.
    fn takers_of_ports(&self, entry: &'a Entry<'a>) -> Vec<(usize, String)> {
        let environment = self.new.environment(entry);
        let own = self.holders.of(&entry.key);
        let stays = own.filter(|own| self.holders.unit(*own).is_some_and(|unit| unit.stays));
        let holder = |port: (u16, Protocol)| {
            let unit = self.holders.of_port(environment, port)?;
            let why = if own == Some(unit) {
                format!("its new containers need port {} of its hosts", port.0)
            } else {
                format!("{} needs its port {}", shown(&entry.key), port.0)
            };
            (stays != Some(unit)).then_some((unit, why))
        };
        ports(self.new, entry.service).into_iter().filter_map(holder).collect()
    }

    /// A unit as it was, if it runs still and is made anew elsewhere.
    fn own_elsewhere(&self, entry: &Entry<'_>) -> Option<usize> {
        let own = self.holders.of(&entry.key)?;
        self.holders.unit(own).filter(|unit| !unit.stays && unit.state == State::Running).map(|_| own)
    }
}

/// Why a service is removed that is a sidekick now.
fn runs_beside(main: &str) -> String {
    format!("it runs beside {} now", shown(main))
}

/// Why old containers are stopped before new ones start.
pub(super) fn stopped_for(volumes: &[&str]) -> String {
    let volumes: Vec<String> = volumes.iter().map(|volume| shown(volume)).collect();
    format!("old and new containers write to {}, which is not for several writers", volumes.join(", "))
}
