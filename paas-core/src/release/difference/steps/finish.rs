//! What is done when all stages are up.

use super::{
    FINISH, Planner, field,
    holders::{Holder, State},
};
use crate::{
    diagnostic::shown,
    release::{
        Part,
        difference::{
            change::{ItemDifference, ItemFate},
            step::UpgradeAction::{
                CloseFlow, CollectLogs, FinishUpgrade, FreePort, LeaveLogs, RemovePolicy, RemoveService,
                RemoveStack, SetPolicy,
            },
        },
    },
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

impl Planner<'_> {
    pub(super) fn finish(&mut self) {
        for (network, name) in std::mem::take(&mut self.upgraded) {
            self.push(FINISH, FinishUpgrade, Some(&network), &name, "");
        }
        self.services();
        self.stand_ins_gone();
        for network in self.places.gone.clone() {
            let why = if self.new.networks.contains(&network) {
                "its services are elsewhere now"
            } else {
                "no service is in this network any more"
            };
            self.push(FINISH, RemoveStack, Some(&network), &self.old.release.stack, why);
        }
        self.handed_over();
    }

    /// What is no longer in a network, the last of the old order first.
    fn services(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut gone: Vec<(usize, &str, &str, String)> = Vec::new();
        for unit in self.holders.units() {
            let network = old.network(unit.entry);
            if unit.stays || unit.state == State::Removed || self.places.gone.contains(network) {
                continue;
            }
            let key = unit.entry.key.as_str();
            let why = match new.find(key).map(|after| new.network(after)) {
                None => "it is no longer there".to_owned(),
                Some(now) if now != network => format!("it is in {} now", shown(now)),
                // It was made anew, or runs beside another: it was removed then.
                Some(_) => continue,
            };
            let place = old.activation(unit.entry.service).map_or(usize::MAX, |(_, place)| place);
            gone.push((place, network, key, why));
        }
        gone.sort_by_key(|(place, ..)| Reverse(*place));
        for (_, network, name, why) in gone {
            self.push(FINISH, RemoveService, Some(network), name, why);
        }
    }

    /// What stood for services of other networks, and is not removed yet.
    fn stand_ins_gone(&mut self) {
        let (old, new) = (self.old, self.new);
        let after: FxHashMap<&str, &Part> =
            new.networks.iter().map(String::as_str).zip(&new.release.parts).collect();
        for (network, part) in old.networks.iter().zip(&old.release.parts) {
            let Some(after) = after.get(network.as_str()) else { continue };
            if self.places.gone.contains(network) {
                continue;
            }
            let stays: FxHashSet<&str> =
                after.stand_ins.iter().map(|stand_in| stand_in.service.as_str()).collect();
            for name in part.stand_ins.iter().map(|stand_in| stand_in.service.as_str()) {
                if !stays.contains(name)
                    && self.holders.of_name(&part.environment, name) == Some(Holder::StandIn)
                {
                    let why = "nothing in its network reaches the service of this name any more";
                    self.push(FINISH, RemoveService, Some(network), name, why);
                }
            }
        }
    }

    /// What others do with the new release.
    fn handed_over(&mut self) {
        let difference = self.difference;
        for policy in &difference.policies {
            let action = match policy.fate {
                ItemFate::Added | ItemFate::Changed => SetPolicy,
                ItemFate::Removed => RemovePolicy,
                ItemFate::Reordered => continue,
            };
            let why = policy.means.clone().unwrap_or_default();
            self.push(FINISH, action, None, &policy.name, why);
        }
        for logs in &difference.log_sources {
            let action = match logs.fate {
                ItemFate::Added | ItemFate::Changed => CollectLogs,
                ItemFate::Removed => LeaveLogs,
                ItemFate::Reordered => continue,
            };
            self.push(FINISH, action, None, &logs.name, "");
        }
        for port in difference.ports.iter().filter(|port| port.fate == ItemFate::Removed) {
            self.push(FINISH, FreePort, field(port, "network").as_deref(), &port.name, "");
        }
        let is_less = |flow: &&ItemDifference| {
            flow.fate == ItemFate::Removed || flow.changes.iter().any(|change| change.old.is_some())
        };
        for flow in difference.flows.iter().filter(is_less) {
            self.push(FINISH, CloseFlow, None, &flow.name, "");
        }
    }
}
