//! What is done before anything that runs is touched.

use super::{PREPARE, Planner};
use crate::release::{
    LinkStrategy,
    difference::{
        change::{ItemDifference, ItemFate},
        path::PathStep,
        step::UpgradeAction::{
            CreateService, CreateStack, CreateVolume, LinkEnvironments, OpenFlow, RemoveService,
        },
    },
};

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
        for network in self.places.made.clone() {
            let why = if self.old.networks.contains(&network) {
                "its services are made anew"
            } else {
                "no service was in this network"
            };
            self.push(PREPARE, CreateStack, Some(&network), &self.new.release.stack, why);
        }
        self.stand_ins();
    }

    /// Volumes where no service mounted them before.
    fn volumes(&mut self) {
        let new = self.new;
        for (network, part) in new.networks.iter().zip(&new.release.parts) {
            let before = self.old.networks.iter().zip(&self.old.release.parts);
            let before =
                before.filter(|(name, before)| *name == network && before.environment == part.environment);
            let known: Vec<&String> = before.flat_map(|(_, part)| &part.volumes).collect();
            for volume in part.volumes.iter().filter(|volume| !known.contains(volume)) {
                self.push(PREPARE, CreateVolume, Some(network), volume, "unless it is there");
            }
        }
    }

    /// What stands for services of other networks.
    fn stand_ins(&mut self) {
        for network in &self.difference.networks {
            if self.places.made.contains(&network.name) {
                continue;
            }
            let mut names: Vec<(&str, bool, bool)> = Vec::new();
            for change in &network.changes {
                match change.path.steps() {
                    [PathStep::Key(key), PathStep::Item(name), rest @ ..] if key == "stand_ins" => {
                        let is_new = rest.is_empty() && change.old.is_none() && change.new.is_some();
                        let is_gone = rest.is_empty() && change.old.is_some() && change.new.is_none();
                        let only_stands_elsewhere = change.old.is_none() && change.new.is_none();
                        if !only_stands_elsewhere && !names.iter().any(|(known, ..)| known == name) {
                            names.push((name, is_new, is_gone));
                        }
                    }
                    _ => {}
                }
            }
            // Where there were none, or are none, the whole list came or went.
            for (list, is_new) in network
                .changes
                .iter()
                .filter(|change| change.path.is_key("stand_ins"))
                .flat_map(|change| [(&change.old, false), (&change.new, true)])
            {
                let items = list.iter().filter_map(|list| list.0.as_array()).flatten();
                let found = items.filter_map(|item| item.get("service")?.as_str());
                names.extend(found.map(|name| (name, is_new, !is_new)));
            }
            for (name, is_new, is_gone) in names {
                let why = "it stands for the service of this name in another network";
                if is_gone {
                    // Removed at the end.
                    continue;
                }
                if !is_new {
                    self.push(
                        PREPARE,
                        RemoveService,
                        Some(&network.name),
                        name,
                        "an upgrade does not change where it leads",
                    );
                }
                self.push(PREPARE, CreateService, Some(&network.name), name, why);
            }
        }
    }
}
