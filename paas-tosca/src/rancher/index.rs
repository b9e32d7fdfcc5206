//! What the rendering of one service must know of the rest of the release.

use paas_core::{
    application::{Link, LinkKind, Route, Service, ServiceKind},
    release::{Backend, Part, Release, StandIn, StandInBy},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// A release, by name.
#[derive(Debug)]
pub(super) struct Index<'a> {
    /// The name of the stack in every environment.
    pub(super) stack: &'a str,
    /// The image of load balancers.
    pub(super) load_balancer_image: &'a str,
    homes: FxHashMap<&'a str, (&'a Part, &'a Service)>,
    answers: FxHashMap<&'a str, &'a str>,
    graces: FxHashMap<&'a str, u64>,
    selected: FxHashMap<&'a str, Selection<'a>>,
    sidekicks: FxHashMap<&'a str, Vec<&'a Service>>,
    /// Networks and the services for which something stands in them.
    stand_ins: FxHashSet<(&'a str, &'a str)>,
    /// Services that stand-ins find by their labels.
    labelled: FxHashSet<&'a str>,
}

/// A rule of a load balancer as seen by its target: host, path and port.
pub(super) type TargetRule<'a> = (Option<&'a str>, Option<&'a str>, u16);

/// The rules of load balancers in other networks that lead to one service, by load balancer and listening port.
type Selection<'a> = BTreeMap<(&'a str, u16), BTreeSet<TargetRule<'a>>>;

impl<'a> Index<'a> {
    pub(super) fn new(release: &'a Release) -> Self {
        let count = release.parts.iter().map(|part| part.services.len()).sum();
        let mut homes = FxHashMap::with_capacity_and_hasher(count, rustc_hash::FxBuildHasher);
        for part in &release.parts {
            homes.extend(part.services.iter().map(|service| (service.name.as_str(), (part, service))));
        }
        let mut graces = FxHashMap::default();
        for policy in &release.policies {
            let grace = policy.windows.iter().map(|window| window.grace_ms).max().unwrap_or(0);
            let longest: &mut u64 = graces.entry(policy.service.as_str()).or_default();
            *longest = grace.max(*longest);
        }
        let mut index = Self {
            stack: &release.stack,
            load_balancer_image: match &release.backend {
                Backend::Rancher(rancher) => &rancher.load_balancer_image,
                _ => "",
            },
            homes,
            answers: release.secrets.iter().map(|s| (s.input.as_str(), s.answer.as_str())).collect(),
            graces,
            selected: FxHashMap::default(),
            sidekicks: FxHashMap::default(),
            stand_ins: FxHashSet::default(),
            labelled: FxHashSet::default(),
        };
        for part in &release.parts {
            for StandIn { service, by, .. } in &part.stand_ins {
                index.stand_ins.insert((&part.network.name, service));
                if *by == StandInBy::Labels {
                    index.labelled.insert(service);
                }
            }
        }
        let services = release.parts.iter().flat_map(|part| &part.services);
        for (service, sidekick) in services.filter_map(|service| Some((service, service.sidekick()?))) {
            index.sidekicks.entry(sidekick.of.as_str()).or_default().push(service);
        }
        index.collect_selections(release);
        index
    }

    /// The part in which a service is, if it is another than `here` and nothing stands for the service here.
    ///
    /// A name that no part has counts as here: the executor says then that it is missing.
    pub(super) fn elsewhere(&self, service: &str, here: &Part) -> Option<&'a Part> {
        let (part, _) = self.homes.get(service)?;
        if self.stand_ins.contains(&(here.network.name.as_str(), service)) {
            return None;
        }
        (part.network.name != here.network.name).then_some(part)
    }

    /// The answer that carries a secret input.
    pub(super) fn answer<'b>(&'b self, input: &'b str) -> &'b str {
        self.answers.get(input).copied().unwrap_or(input)
    }

    /// The host name by which a service reaches another: that of its connection, or of one that what runs beside it
    /// has, or else the other's name. What runs beside it has no link, and so no other name than its own.
    pub(super) fn host_name<'b>(&'b self, of: &'b str, reader: &'b Service) -> &'b str {
        let unit = self.unit(&reader.name);
        if self.unit(of) == unit {
            return of;
        }
        let main = self.homes.get(unit).map(|(_, service)| *service);
        let beside = main.into_iter().chain(self.sidekicks(unit).iter().copied());
        let mut links = std::iter::once(reader).chain(beside).flat_map(|service| &service.links);
        let link = links.find(|link| link.kind == LinkKind::Connection && link.to == of);
        link.map_or(of, Link::name)
    }

    /// The longest time that scaling in leaves a container of the service to drain.
    pub(super) fn grace_ms(&self, service: &str) -> u64 {
        self.graces.get(service).copied().unwrap_or(0)
    }

    /// The rules by which load balancers in other networks reach a service; `None` if there are none.
    pub(super) fn selection(&self, service: &str) -> Option<&Selection<'a>> {
        self.selected.get(service)
    }

    /// Whether a service is found from other environments by its labels.
    pub(super) fn is_labelled(&self, service: &str) -> bool {
        self.labelled.contains(service)
    }

    /// What runs beside a service, in the order of the release.
    pub(super) fn sidekicks(&self, service: &str) -> &[&'a Service] {
        self.sidekicks.get(service).map_or(&[], Vec::as_slice)
    }

    /// Whether two names are of services that run beside each other.
    pub(super) fn is_beside(&self, one: &str, other: &str) -> bool {
        !self.sidekicks.is_empty() && self.unit(one) == self.unit(other)
    }

    fn unit<'b>(&'b self, service: &'b str) -> &'b str {
        let sidekick = self.homes.get(service).and_then(|(_, service)| service.sidekick());
        sidekick.map_or(service, |sidekick| &sidekick.of)
    }

    fn collect_selections(&mut self, release: &'a Release) {
        for part in &release.parts {
            for service in &part.services {
                let ServiceKind::LoadBalancer(load_balancer) = &service.kind else { continue };
                for route in &load_balancer.routes {
                    if route.selector.is_none() && self.elsewhere(&route.service, part).is_some() {
                        let selection = self.selected.entry(route.service.as_str()).or_default();
                        let rules = selection.entry((service.name.as_str(), route.listen)).or_default();
                        rules.insert(target_rule(route));
                    }
                }
            }
        }
    }
}

fn target_rule(route: &Route) -> TargetRule<'_> {
    (route.host.as_deref(), route.path.as_deref(), route.port)
}
