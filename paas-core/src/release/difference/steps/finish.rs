//! What is done when all stages are up.

use super::{FINISH, Planner, field};
use crate::release::difference::{
    change::{ItemDifference, ItemFate},
    path::PathStep,
    service::Fate,
    step::UpgradeAction::{
        CloseFlow, CollectLogs, FinishUpgrade, FreePort, LeaveLogs, RemovePolicy, RemoveService, RemoveStack,
        SetPolicy,
    },
};

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
        let old = self.old;
        let mut gone: Vec<(usize, &str, &str, String)> = Vec::new();
        for entry in old.services.iter().filter(|entry| entry.service.sidekick().is_none()) {
            let Some(difference) = self.told(&entry.key) else { continue };
            let why = match difference.fate {
                Fate::Removed => "it is no longer there".to_owned(),
                Fate::Moved => format!("it is in `{}` now", difference.network),
                _ => continue,
            };
            let network = old.network(entry);
            if self.places.gone.contains(network)
                || self.removed.contains(&format!("{network}/{}", entry.key))
            {
                continue;
            }
            let place = old.activation(entry.service).map_or(usize::MAX, |(_, place)| place);
            gone.push((place, network, &entry.key, why));
        }
        gone.sort_by_key(|(place, ..)| std::cmp::Reverse(*place));
        for (_, network, name, why) in gone {
            self.push(FINISH, RemoveService, Some(network), name, why);
        }
    }

    fn stand_ins_gone(&mut self) {
        let why = "nothing in its network reaches the service of this name any more";
        for network in self.difference.networks.iter().filter(|network| network.fate == ItemFate::Changed) {
            if self.places.gone.contains(&network.name) {
                continue;
            }
            for change in &network.changes {
                match (change.path.steps(), &change.old, &change.new) {
                    ([PathStep::Key(key), PathStep::Item(name)], Some(_), None) if key == "stand_ins" => {
                        self.push(FINISH, RemoveService, Some(&network.name), name, why);
                    }
                    ([PathStep::Key(key)], Some(list), None) if key == "stand_ins" => {
                        let names = list.0.as_array().into_iter().flatten();
                        for name in names.filter_map(|item| item.get("service")?.as_str()) {
                            self.push(FINISH, RemoveService, Some(&network.name), name, why);
                        }
                    }
                    _ => {}
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
