//! What is done for a service and what runs beside it.

use super::Planner;
use crate::{
    release::difference::{
        change::Change,
        index::Entry,
        service::{Fate, ServiceDifference},
        services::{is_connection, starts_first},
        step::{
            Phase,
            UpgradeAction::{
                CreateService, RelinkService, RemoveService, RerouteService, ScaleService, StopService,
                UpgradeService,
            },
        },
        touched::Touch,
    },
    scaling::Bounds,
};

/// How many changes are named where they are the reason of a step.
const NAMED: usize = 3;

impl Planner<'_> {
    /// All that a stage does for a service that is not a sidekick, by the name of its activation.
    pub(super) fn unit(&mut self, stage: u32, name: &str) {
        let new = self.new;
        let Some(entry) = new.find(name).filter(|entry| entry.service.sidekick().is_none()) else { return };
        let network = new.network(entry).to_owned();
        let main = self.told(name);
        let at = (Phase::Stage, Some(stage));
        match main.map(|service| service.fate) {
            Some(Fate::Added) => {
                self.make_way(stage, entry, &network);
                return self.push(at, CreateService, Some(&network), name, "it is new");
            }
            Some(Fate::Moved) => return self.moved(stage, entry, &network, main),
            Some(Fate::Recreated) => return self.recreated(stage, entry, &network, main),
            _ => {}
        }
        let touches = self.touches(entry);
        if let Some((_, why)) = touches.iter().find(|(touch, _)| *touch == Touch::Recreated) {
            let written = self.old.find(name).map(|before| self.old.written_alone(before.service));
            let both: Vec<&str> = written.unwrap_or_default().into_iter().collect();
            if !both.is_empty() {
                self.push(at, StopService, Some(&network), name, stopped_for(&both));
            }
            return self.push(at, CreateService, Some(&network), name, why.clone());
        }
        self.in_place(stage, entry, &network, main, &touches);
    }

    fn moved(&mut self, stage: u32, entry: &Entry<'_>, network: &str, main: Option<&ServiceDifference>) {
        let at = (Phase::Stage, Some(stage));
        let from = main.and_then(|service| service.moved_from.as_deref()).unwrap_or_default();
        let volumes: Vec<&str> =
            main.iter().flat_map(|service| &service.stopped_first_for).map(String::as_str).collect();
        if !volumes.is_empty() {
            self.push(at, StopService, Some(from), &entry.key, stopped_for(&volumes));
        }
        self.make_way(stage, entry, network);
        self.push(at, CreateService, Some(network), &entry.key, format!("it moves here from `{from}`"));
    }

    fn recreated(&mut self, stage: u32, entry: &Entry<'_>, network: &str, main: Option<&ServiceDifference>) {
        let at = (Phase::Stage, Some(stage));
        let reasons: Vec<String> =
            main.iter().flat_map(|service| &service.reasons).map(ToString::to_string).collect();
        let why = reasons.join("; ");
        let was_main = self.old.find(&entry.key).is_some_and(|before| before.service.sidekick().is_none());
        // With the stack goes all that is in it.
        if was_main && !self.places.gone.contains(network) {
            self.push(at, RemoveService, Some(network), &entry.key, why.clone());
        }
        self.push(at, CreateService, Some(network), &entry.key, if was_main { String::new() } else { why });
    }

    /// Services that are no longer there are removed at the end, unless what comes needs their ports.
    fn make_way(&mut self, stage: u32, entry: &Entry<'_>, network: &str) {
        let ports = self.ports.of(network, &entry.service.name);
        for (number, protocol) in ports {
            let Some(holder) = self.ports.holder(network, number, protocol) else { continue };
            let is_leaving = self.told(holder).is_some_and(|service| {
                service.fate == Fate::Removed || service.moved_from.as_deref() == Some(network)
            });
            if is_leaving && self.removed.insert(format!("{network}/{holder}")) {
                let why = format!("`{}` needs its port {number}", entry.key);
                self.push((Phase::Stage, Some(stage)), RemoveService, Some(network), holder, why);
            }
        }
    }

    /// What is done to a unit because of others.
    fn touches(&self, entry: &Entry<'_>) -> Vec<(Touch, String)> {
        let touched =
            self.new.unit(entry.service).filter_map(|service| self.touched.get(service.name.as_str()));
        touched.flatten().map(|touched| (touched.touch, touched.why.clone())).collect()
    }

    /// A service that stays where it is.
    fn in_place(
        &mut self,
        stage: u32,
        entry: &Entry<'_>,
        network: &str,
        main: Option<&ServiceDifference>,
        touches: &[(Touch, String)],
    ) {
        let at = (Phase::Stage, Some(stage));
        let name = entry.key.as_str();
        let upgrades = self.upgrades(entry, main, touches);
        if !upgrades.is_empty() {
            // What runs beside others now was a service of its own before.
            for sidekick in self.new.sidekicks(&entry.service.name) {
                let was_main =
                    self.old.find(&sidekick.name).is_some_and(|old| old.service.sidekick().is_none());
                if was_main && self.removed.insert(format!("{network}/{}", sidekick.name)) {
                    let why = format!("it runs beside `{name}` now");
                    self.push(at, RemoveService, Some(network), &sidekick.name, why);
                }
            }
            let mut why = upgrades.join("; ");
            let volumes = self.written_by_both(entry);
            if starts_first(entry.service) && !volumes.is_empty() {
                why = format!("{why}; the old containers stop first: {}", stopped_for(&volumes));
            }
            self.push(at, UpgradeService, Some(network), name, why);
            self.upgraded.push((network.to_owned(), name.to_owned()));
        }
        let relinks = self.relinks(entry, touches);
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

    fn written_by_both<'b>(&'b self, entry: &'b Entry<'_>) -> Vec<&'b str> {
        let Some(before) = self.old.find(&entry.key) else { return Vec::new() };
        let written = self.old.written_alone(before.service);
        written.intersection(&self.new.written_alone(entry.service)).copied().collect()
    }

    /// Why a unit is upgraded, if it is.
    fn upgrades(
        &self,
        entry: &Entry<'_>,
        main: Option<&ServiceDifference>,
        touches: &[(Touch, String)],
    ) -> Vec<String> {
        let mut whys = Vec::new();
        if let Some(main) = main.filter(|main| main.fate == Fate::Upgraded) {
            whys.push(named(&main.changes));
        }
        for sidekick in self.new.sidekicks(&entry.service.name) {
            let Some(difference) = self.told(&sidekick.name) else { continue };
            if difference.fate == Fate::Upgraded {
                whys.push(format!("`{}` beside it: {}", sidekick.name, named(&difference.changes)));
            } else if !matches!(
                difference.fate,
                Fate::Relinked | Fate::Recorded | Fate::Added | Fate::Recreated
            ) {
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
                whys.push(named(&links));
            }
        }
        let relinked = touches.iter().filter(|(touch, _)| *touch == Touch::Relinked);
        whys.extend(relinked.map(|(_, why)| why.clone()));
        whys
    }
}

/// The names of the first few changes.
fn named(changes: &[Change]) -> String {
    let mut names: Vec<String> = changes.iter().map(|change| change.path.to_string()).collect();
    names.dedup();
    if names.is_empty() {
        return "another host name is in its values".to_owned();
    }
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let names = names.join(", ");
    if more > 0 { format!("{names} and {more} more") } else { names }
}

fn stopped_for(volumes: &[&str]) -> String {
    let volumes: Vec<String> = volumes.iter().map(|volume| format!("`{volume}`")).collect();
    format!("old and new containers write to {}, which is not for several writers", volumes.join(", "))
}
