//! A release, to look things up in.

use super::identity;
use crate::{
    application::{Access, Container, Link, LinkKind, Mount, Service, ServiceKind, Text},
    release::{Backend, LinkStrategy, Part, Rancher, Release},
    scaling::Bounds,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// A release by its names. Services and networks of one name have keys that differ.
pub(super) struct Index<'a> {
    pub(super) release: &'a Release,
    /// The keys of the parts.
    pub(super) networks: Vec<String>,
    /// All services, part by part.
    pub(super) services: Vec<Entry<'a>>,
    parts: FxHashMap<String, usize>,
    of: FxHashMap<String, usize>,
    stages: FxHashMap<&'a str, (u32, usize)>,
    sidekicks: FxHashMap<&'a str, Vec<&'a Service>>,
    bounds: FxHashMap<&'a str, Bounds>,
    shared: FxHashSet<&'a str>,
}

/// A service, and where it is.
pub(super) struct Entry<'a> {
    pub(super) key: String,
    /// The index of its part.
    pub(super) part: usize,
    /// Its place among the services of its part.
    pub(super) place: usize,
    pub(super) service: &'a Service,
}

impl<'a> Index<'a> {
    pub(super) fn new(release: &'a Release) -> Self {
        let networks = identity::unique(release.parts.iter().map(|part| part.network.name.clone()));
        let parts = networks.iter().enumerate().map(|(index, name)| (name.clone(), index)).collect();
        let all: Vec<(usize, usize, &Service)> = all_services(&release.parts).collect();
        let keys = identity::unique(all.iter().map(|(.., service)| service.name.clone()));
        let services: Vec<Entry<'_>> = keys
            .into_iter()
            .zip(all)
            .map(|(key, (part, place, service))| Entry { key, part, place, service })
            .collect();
        let of = services.iter().enumerate().map(|(index, entry)| (entry.key.clone(), index)).collect();
        let mut stages = FxHashMap::default();
        let mut place = 0;
        for stage in &release.stages {
            for activation in &stage.activations {
                stages.entry(activation.service.as_str()).or_insert((stage.number, place));
                place += 1;
            }
        }
        let mut sidekicks: FxHashMap<&str, Vec<&Service>> = FxHashMap::default();
        for Entry { service, .. } in &services {
            if let Some(sidekick) = service.sidekick() {
                sidekicks.entry(&sidekick.of).or_default().push(service);
            }
        }
        let bounds = release.policies.iter().map(|policy| (policy.service.as_str(), policy.bounds)).collect();
        let shared = release.volumes.iter().filter(|volume| volume.access == Some(Access::ManyWriters));
        let shared = shared.map(|volume| volume.name.as_str()).collect();
        Self { release, networks, services, parts, of, stages, sidekicks, bounds, shared }
    }

    /// A service by its key.
    pub(super) fn find(&self, key: &str) -> Option<&Entry<'a>> {
        self.of.get(key).and_then(|index| self.services.get(*index))
    }

    /// The index of the part of a network, by the network's key.
    pub(super) fn part(&self, network: &str) -> Option<usize> {
        self.parts.get(network).copied()
    }

    /// The key of the network of a service.
    pub(super) fn network(&self, entry: &Entry<'_>) -> &str {
        self.networks.get(entry.part).map_or("", String::as_str)
    }

    /// The environment that a service is in.
    pub(super) fn environment(&self, entry: &Entry<'_>) -> &'a str {
        self.release.parts.get(entry.part).map_or("", |part| &part.environment)
    }

    /// The environment that a network is, by its key.
    pub(super) fn environment_of(&self, network: &str) -> &'a str {
        let parts = self.networks.iter().zip(&self.release.parts);
        parts
            .filter(|(name, _)| *name == network)
            .map(|(_, part)| part.environment.as_str())
            .next()
            .unwrap_or("")
    }

    /// The stage of a service or of what it runs beside, and its place among all that is activated.
    pub(super) fn activation(&self, service: &Service) -> Option<(u32, usize)> {
        self.stages.get(unit(service)).copied()
    }

    /// What runs beside a service.
    pub(super) fn sidekicks(&self, service: &str) -> &[&'a Service] {
        self.sidekicks.get(service).map_or(&[], Vec::as_slice)
    }

    /// The service and what runs beside it.
    pub(super) fn unit<'b>(&'b self, service: &'b Service) -> impl Iterator<Item = &'b Service> {
        std::iter::once(service).chain(self.sidekicks(&service.name).iter().copied())
    }

    /// The bounds of a service's scaling policy.
    pub(super) fn bounds(&self, service: &str) -> Option<Bounds> {
        self.bounds.get(service).copied()
    }

    /// The volumes that a service, or what runs beside it, writes to.
    pub(super) fn written<'b>(&'b self, service: &'b Service) -> BTreeSet<&'b str> {
        let mounts =
            self.unit(service).filter_map(Service::container).flat_map(|container| &container.mounts);
        let written = mounts.filter(|mount: &&Mount| !mount.read_only);
        written.map(|mount| mount.volume.as_str()).collect()
    }

    /// Those of them that are not for several writers.
    pub(super) fn written_alone<'b>(&'b self, service: &'b Service) -> BTreeSet<&'b str> {
        let mut written = self.written(service);
        written.retain(|volume| !self.shared.contains(volume));
        written
    }

    /// The connections that are sent with a service: its own and those of what runs beside it.
    pub(super) fn connections<'b>(&'b self, service: &'b Service) -> impl Iterator<Item = &'b Link> {
        let links = self.unit(service).flat_map(|service| &service.links);
        links.filter(|link| link.kind == LinkKind::Connection)
    }

    /// The host names that stand in the values of a service, by the services that they are of.
    pub(super) fn host_names(&self, service: &'a Service) -> BTreeMap<&str, &str> {
        let main = service.sidekick().and_then(|sidekick| self.find(&sidekick.of)).map(|entry| entry.service);
        let texts = service.container().into_iter().flat_map(Container::texts);
        let names = texts.flat_map(Text::hosts).map(|(of, _)| {
            let own = service.links.iter().filter(|link| link.kind == LinkKind::Connection);
            let mut links = own.chain(self.connections(main.unwrap_or(service)));
            (of, links.find(|link| link.to == of).map_or(of, Link::name))
        });
        names.collect()
    }

    /// What it says of Rancher.
    pub(super) fn rancher(&self) -> &'a Rancher {
        let Backend::Rancher(rancher) = &self.release.backend;
        rancher
    }

    /// The listening ports of load balancers in other networks by which each service is reached, with their rules.
    pub(super) fn selections(&self) -> BTreeMap<&'a str, Selection<'a>> {
        let mut selections: BTreeMap<&str, Selection<'_>> = BTreeMap::new();
        for entry in &self.services {
            let ServiceKind::LoadBalancer(balancer) = &entry.service.kind else { continue };
            for route in balancer.routes.iter().filter(|route| route.selector.is_none()) {
                if self.find(&route.service).is_some_and(|target| target.part != entry.part) {
                    let rules = selections.entry(&route.service).or_default();
                    let rule = (route.host.as_deref(), route.path.as_deref(), route.port);
                    rules.entry((&entry.service.name, route.listen)).or_default().insert(rule);
                }
            }
        }
        selections
    }

    /// The services that are found by their labels over links between environments.
    pub(super) fn labelled(&self) -> BTreeSet<&'a str> {
        if self.rancher().link_strategy != Some(LinkStrategy::EnvironmentLinks) {
            return BTreeSet::new();
        }
        self.release
            .parts
            .iter()
            .flat_map(|part| &part.stand_ins)
            .map(|stand_in| stand_in.service.as_str())
            .collect()
    }
}

/// For each load balancer and port the hosts, paths and ports that lead to a service.
pub(super) type Selection<'a> = BTreeMap<(&'a str, u16), Rules<'a>>;

/// Hosts, paths and ports.
pub(super) type Rules<'a> = BTreeSet<(Option<&'a str>, Option<&'a str>, u16)>;

/// The name of the unit that a service is part of: of its main service.
pub(super) fn unit(service: &Service) -> &str {
    service.sidekick().map_or(&service.name, |sidekick| &sidekick.of)
}

/// The services of all parts, with the indices of these, and their places in them.
fn all_services(parts: &[Part]) -> impl Iterator<Item = (usize, usize, &Service)> {
    let parts = parts.iter().enumerate();
    parts.flat_map(|(index, part)| {
        part.services.iter().enumerate().map(move |(place, service)| (index, place, service))
    })
}
