//! What is done before anything that runs is touched.

use super::{PREPARE, Planner};
use crate::diagnostic::shown;
use crate::release::{
    LinkStrategy, Part, StandIn,
    difference::{
        change::{ItemDifference, ItemFate},
        step::UpgradeAction::{
            CreateService, CreateStack, CreateVolume, LinkEnvironments, OpenFlow, RemoveService, RemoveStack,
        },
    },
};
use rustc_hash::{FxHashMap, FxHashSet};

impl Planner<'_> {
    pub(super) fn prepare(&mut self) {
        let difference = self.difference;
        let is_more = |flow: &&ItemDifference| {
            flow.fate == ItemFate::Added || flow.changes.iter().any(|change| change.new.is_some())
        };
        for flow in difference.flows.iter().filter(is_more) {
            self.push(PREPARE, OpenFlow, None, &flow.name, "");
        }
        if self.new.rancher().link_strategy == Some(LinkStrategy::EnvironmentLinks) {
            for link in difference.environment_links.iter().filter(|link| link.fate == ItemFate::Added) {
                self.push(PREPARE, LinkEnvironments, None, &link.name, "");
            }
        }
        self.volumes();
        self.stacks();
        self.stand_ins();
    }

    /// Stacks are made beside the old ones, unless another network had just this stack of just this environment.
    fn stacks(&mut self) {
        let (old, new) = (self.old, self.new);
        let had: FxHashMap<&str, &str> = if old.release.stack == new.release.stack {
            let parts = old.networks.iter().zip(&old.release.parts);
            parts.map(|(network, part)| (part.environment.as_str(), network.as_str())).collect()
        } else {
            FxHashMap::default()
        };
        let parts = new.networks.iter().zip(&new.release.parts);
        let made: Vec<(&str, &str)> = parts
            .filter(|(network, _)| self.places.made.contains(*network))
            .map(|(network, part)| (network.as_str(), part.environment.as_str()))
            .collect();
        let mut removed = FxHashSet::default();
        for (network, environment) in made {
            let Some(before) = had.get(environment).copied() else { continue };
            if self.places.gone.remove(before) {
                let why = format!("its environment is the network {} now", shown(network));
                self.push(PREPARE, RemoveStack, Some(before), &old.release.stack, why);
                removed.insert(environment);
            }
        }
        if !removed.is_empty() {
            self.holders.remove_all_of(&removed);
        }
        for network in self.places.made.clone() {
            let why = if old.networks.contains(&network) {
                "its services are made anew"
            } else {
                "no service was in this network"
            };
            self.push(PREPARE, CreateStack, Some(&network), &new.release.stack, why);
        }
    }

    /// Volumes where no service mounted them before.
    fn volumes(&mut self) {
        let new = self.new;
        for (network, part) in new.networks.iter().zip(&new.release.parts) {
            let before = self.old.part(network).and_then(|index| self.old.release.parts.get(index));
            let before = before.filter(|before| before.environment == part.environment);
            let known: FxHashSet<&String> = before.into_iter().flat_map(|part| &part.volumes).collect();
            for volume in part.volumes.iter().filter(|volume| !known.contains(volume)) {
                self.push(PREPARE, CreateVolume, Some(network), volume, "unless it is there");
            }
        }
    }

    /// What stands for services of other networks, where the stack is there already.
    fn stand_ins(&mut self) {
        let (old, new) = (self.old, self.new);
        let before: FxHashMap<&str, &Part> =
            old.networks.iter().map(String::as_str).zip(&old.release.parts).collect();
        for (network, part) in new.networks.iter().zip(&new.release.parts) {
            let Some(before) = before.get(network.as_str()) else { continue };
            if self.places.made.contains(network) {
                continue;
            }
            let known: FxHashMap<&str, &StandIn> =
                before.stand_ins.iter().map(|stand_in| (stand_in.service.as_str(), stand_in)).collect();
            for stand_in in &part.stand_ins {
                let name = stand_in.service.as_str();
                match known.get(name) {
                    Some(before) if *before == stand_in => continue,
                    Some(_) => {
                        let why = "an upgrade does not change where it leads";
                        self.push(PREPARE, RemoveService, Some(network), name, why);
                    }
                    None if self.holders.of_name(&part.environment, name).is_some() => {
                        self.late_stand_ins.entry(name).or_default().push(network);
                        continue;
                    }
                    None => {}
                }
                self.push(PREPARE, CreateService, Some(network), name, STANDS);
            }
        }
    }
}

/// Why something is made that stands for a service.
pub(super) const STANDS: &str = "it stands for the service of this name in another network";
