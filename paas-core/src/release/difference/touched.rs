//! What an update does to services because of others.

use super::{
    Difference, circles,
    index::{Entry, Index, Rules, Selection, unit},
    service::{Fate, Reason},
    services::{has_links, refuses_upgrades},
};
use crate::application::{Link, LinkKind, Service, ServiceKind};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A service that an update touches because of others: of one that is as it was, this is all that happens to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TouchedService {
    /// Its name.
    pub service: String,
    /// The network that it is in.
    pub network: String,
    /// Its stage, if the release has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<u32>,
    /// What is done to it.
    pub touch: Touch,
    /// Why.
    pub why: String,
}

/// What is done to a service because of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Touch {
    /// Made anew, in another stack or another environment.
    Recreated,
    /// New containers take the place of the old ones.
    Upgraded,
    /// Its links are set again; its containers stay.
    Relinked,
    /// The rules of a load balancer, or those by which load balancers reach it, are set again; its containers stay.
    Rerouted,
}

impl Touch {
    /// The word for it: `relinked`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recreated => "recreated",
            Self::Upgraded => "upgraded",
            Self::Relinked => "relinked",
            Self::Rerouted => "rerouted",
        }
    }
}

/// All that is touched because of others, in the order of activation.
pub(super) fn services(old: &Index<'_>, new: &Index<'_>, difference: &Difference) -> Vec<TouchedService> {
    let mut survey = Survey::new(old, new, difference);
    let fates: FxHashMap<&str, Fate> =
        difference.services.iter().map(|service| (service.service.as_str(), service.fate)).collect();
    let made_anew = survey.made_anew(&fates, difference);
    survey.anew.extend(made_anew.keys());
    let mut touched = Vec::new();
    for entry in &new.services {
        let Some(before) = old.find(&entry.key) else { continue };
        let fate = fates.get(entry.key.as_str()).copied();
        // Those are made anew in any case, with all that they need.
        if matches!(fate, Some(Fate::Added | Fate::Moved | Fate::Recreated)) {
            continue;
        }
        let network = new.network(entry);
        let mut push = |touch: Touch, why: String| {
            let activation = new.activation(entry.service);
            let service = TouchedService {
                service: entry.key.clone(),
                network: network.to_owned(),
                stage: activation.map(|(stage, _)| stage),
                touch,
                why,
            };
            touched.push((activation.map_or(usize::MAX, |(_, place)| place), service));
        };
        if let Some(why) = survey.place_changed(network) {
            push(Touch::Recreated, why);
            continue;
        }
        if let Some(why) = made_anew.get(unit(entry.service)) {
            push(Touch::Recreated, why.clone());
            continue;
        }
        if fate != Some(Fate::Upgraded) {
            for why in survey.upgraded_for(before.service, entry.service) {
                push(Touch::Upgraded, why);
            }
        }
        match &entry.service.kind {
            _ if entry.service.sidekick().is_some() => {}
            ServiceKind::LoadBalancer(balancer) => {
                let targets = balancer.routes.iter().map(|route| route.service.as_str());
                if fate != Some(Fate::Upgraded)
                    && let Some(why) = survey.anew(targets.collect())
                {
                    push(Touch::Rerouted, why);
                }
            }
            _ if has_links(entry.service) && fate != Some(Fate::Relinked) => {
                let targets = new.connections(entry.service).map(|link| link.to.as_str()).collect();
                if let Some(why) =
                    survey.anew(targets).or_else(|| survey.links_changed(before.service, entry.service))
                {
                    push(Touch::Relinked, why);
                }
            }
            _ => {}
        }
        if survey.rules_changed(entry.service) {
            push(
                Touch::Rerouted,
                "the rules by which load balancers in other networks reach it are set again".to_owned(),
            );
        }
    }
    touched.sort_by_key(|(place, service)| (*place, service.touch));
    touched.into_iter().map(|(_, service)| service).collect()
}

struct Survey<'a> {
    old: &'a Index<'a>,
    new: &'a Index<'a>,
    /// Services that lose their identity in the back end.
    anew: BTreeSet<&'a str>,
    old_selections: BTreeMap<&'a str, Selection<'a>>,
    new_selections: BTreeMap<&'a str, Selection<'a>>,
    old_labelled: BTreeSet<&'a str>,
    new_labelled: BTreeSet<&'a str>,
}

impl<'a> Survey<'a> {
    fn new(old: &'a Index<'a>, new: &'a Index<'a>, difference: &'a Difference) -> Self {
        let moved = difference
            .services
            .iter()
            .filter(|service| matches!(service.fate, Fate::Moved | Fate::Recreated));
        Self {
            old,
            new,
            anew: moved.map(|service| service.service.as_str()).collect(),
            old_selections: old.selections(),
            new_selections: new.selections(),
            old_labelled: old.labelled(),
            new_labelled: new.labelled(),
        }
    }

    /// The units that are to be upgraded, and cannot be, with the reasons.
    fn made_anew(&self, fates: &FxHashMap<&str, Fate>, difference: &Difference) -> BTreeMap<&'a str, String> {
        let stays = |entry: &Entry<'_>| {
            let fate = fates.get(entry.key.as_str());
            !matches!(fate, Some(Fate::Added | Fate::Moved | Fate::Recreated))
                && self.place_changed(self.new.network(entry)).is_none()
        };
        let is_upgraded = |service: &'a Service| {
            let before = self.old.find(&service.name);
            fates.get(service.name.as_str()) == Some(&Fate::Upgraded)
                || before.is_some_and(|before| !self.upgraded_for(before.service, service).is_empty())
        };
        let mut anew = circles::broken(self.old, self.new, difference, stays);
        for entry in self.new.services.iter().filter(|entry| refuses_upgrades(entry.service)) {
            let service: &'a Service = entry.service;
            let mut unit = std::iter::once(service).chain(self.new.sidekicks(&service.name).iter().copied());
            if stays(entry) && unit.any(is_upgraded) {
                anew.insert(&service.name, Reason::StartsFirstWithItsAddress.to_string());
            }
        }
        anew
    }

    /// Why all services of a network are made anew, if they are.
    fn place_changed(&self, network: &str) -> Option<String> {
        let environment = |index: &Index<'a>| {
            let part = index.release.parts.get(index.part(network)?)?;
            Some(part.environment.as_str())
        };
        let (old, new) = (environment(self.old)?, environment(self.new)?);
        if self.old.release.stack != self.new.release.stack {
            return Some("the stack has another name".to_owned());
        }
        (old != new).then(|| format!("the network is another environment: `{new}`"))
    }

    /// Why a service needs new containers although it is as it was.
    fn upgraded_for(&self, before: &'a Service, after: &'a Service) -> Vec<String> {
        let mut whys = Vec::new();
        let name = after.name.as_str();
        let image = |index: &Index<'a>| index.rancher().load_balancer_image.as_str();
        if matches!(after.kind, ServiceKind::LoadBalancer(_)) && image(self.old) != image(self.new) {
            whys.push("load balancers run another image".to_owned());
        }
        if self.old.host_names(before) != self.new.host_names(after) {
            whys.push("another host name is in its values".to_owned());
        }
        let selected = (self.old_selections.contains_key(name), self.new_selections.contains_key(name));
        let labelled = (self.old_labelled.contains(name), self.new_labelled.contains(name));
        if !after.is_external() && (selected.0 != selected.1 || labelled.0 != labelled.1) {
            let now = if selected.1 && !selected.0 || labelled.1 && !labelled.0 {
                "now has"
            } else {
                "no longer has"
            };
            whys.push(format!("it {now} the label by which it is reached from other networks"));
        }
        if after.sidekick().is_none() && before.sidekick().is_none() {
            whys.extend(self.sidekicks_changed(before, after));
        }
        whys
    }

    /// A service that runs beside it came or went: those that changed say themselves that the unit is upgraded.
    fn sidekicks_changed(&self, before: &Service, after: &Service) -> Option<String> {
        let names = |index: &Index<'a>, service: &Service| -> BTreeSet<String> {
            index.sidekicks(&service.name).iter().map(|sidekick| sidekick.name.clone()).collect()
        };
        let (old, new) = (names(self.old, before), names(self.new, after));
        let list = |names: Vec<&String>| {
            names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        match (new.difference(&old).collect::<Vec<_>>(), old.difference(&new).collect::<Vec<_>>()) {
            (come, _) if !come.is_empty() => Some(format!("{} now runs beside it", list(come))),
            (_, gone) if !gone.is_empty() => Some(format!("{} no longer runs beside it", list(gone))),
            _ => None,
        }
    }

    /// Which of the services that one reaches are made anew.
    fn anew(&self, targets: BTreeSet<&str>) -> Option<String> {
        let moved: Vec<String> = targets
            .into_iter()
            .filter(|target| {
                self.new.find(target).is_some_and(|entry| self.anew.contains(unit(entry.service)))
            })
            .map(|target| format!("`{target}`"))
            .collect();
        (!moved.is_empty()).then(|| format!("what it reaches is made anew: {}", moved.join(", ")))
    }

    /// Why the links of a service are written otherwise although it reaches the same services.
    fn links_changed(&self, before: &Service, after: &Service) -> Option<String> {
        let strategy = |index: &Index<'a>| index.rancher().link_strategy;
        let place = |index: &'a Index<'a>, name: &str| {
            index
                .find(name)
                .and_then(|entry| index.release.parts.get(entry.part))
                .map(|part| part.environment.as_str())
        };
        let is_elsewhere = |link: &&Link| {
            self.new.find(&link.to).is_some_and(|entry| entry.service.network != after.network)
        };
        let crossing: Vec<&Link> = self.new.connections(after).filter(is_elsewhere).collect();
        let (was, is) = (strategy(self.old), strategy(self.new));
        if was.is_some() && was != is && !crossing.is_empty() {
            return Some("services in other networks are reached in another way".to_owned());
        }
        let renamed = self.old.release.stack != self.new.release.stack;
        let known: BTreeSet<&str> = self.old.connections(before).map(|link| link.to.as_str()).collect();
        let moved = crossing
            .iter()
            .map(|link| link.to.as_str())
            .find(|to| known.contains(to) && (renamed || place(self.old, to) != place(self.new, to)));
        if let Some(to) = moved {
            return Some(format!("`{to}` is in another environment or stack"));
        }
        let own = |service: &Service| connections(service.links.iter());
        let all = |index: &Index<'a>, service: &Service| connections(index.connections(service));
        (own(before) == own(after) && all(self.old, before) != all(self.new, after))
            .then(|| "what runs beside it reaches other services".to_owned())
    }

    /// Whether the rules by which load balancers in other networks reach a container are others.
    fn rules_changed(&self, service: &Service) -> bool {
        let name = service.name.as_str();
        match (self.old_selections.get(name), self.new_selections.get(name)) {
            (Some(old), Some(new)) => service.container().is_some() && target_rules(old) != target_rules(new),
            _ => false,
        }
    }
}

/// Connections by their targets and names.
fn connections<'l>(links: impl Iterator<Item = &'l Link>) -> BTreeSet<(String, String)> {
    let connections = links.filter(|link| link.kind == LinkKind::Connection);
    connections.map(|link| (link.to.clone(), link.name().to_owned())).collect()
}

/// The rules that a target says itself: only if all that leads to it agrees.
fn target_rules<'b, 'a>(selection: &'b Selection<'a>) -> Option<&'b Rules<'a>> {
    let mut groups = selection.values();
    let first = groups.next()?;
    groups.all(|group| group == first).then_some(first)
}
