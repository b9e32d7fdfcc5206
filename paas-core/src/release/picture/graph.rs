//! What a picture shows: a release with indices in place of names.

use crate::{
    application::{
        Container, External, ExternalService, LinkKind, LoadBalancer, Protocol, Service, ServiceKind,
    },
    release::{Flow, PublishedPort, Release},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// A release as boxes and arrows. Every index in it is good.
pub(super) struct Graph<'a> {
    /// The release; its parts are the boxes.
    pub(super) release: &'a Release,
    /// All services, part by part.
    pub(super) nodes: Vec<Node<'a>>,
    /// What needs what.
    pub(super) arrows: Vec<Arrow<'a>>,
    /// The volumes of the release, then those that are mounted without being among them.
    pub(super) disks: Vec<Disk<'a>>,
}

/// A service.
pub(super) struct Node<'a> {
    pub(super) name: &'a str,
    /// The index of its part.
    pub(super) part: usize,
    pub(super) shape: Shape,
    /// Its kind and count, such as `container ×3`.
    pub(super) kind: String,
    /// Where something outside is.
    pub(super) address: Option<String>,
    /// The stage that activates it, and its place in that stage.
    pub(super) activation: Option<(u32, usize)>,
    /// Published ports, such as `443`, `8443 → 8080`.
    pub(super) ports: Vec<String>,
    pub(super) mounts: Vec<Mounting>,
}

impl Node<'_> {
    /// The number of its stage.
    pub(super) fn stage(&self) -> Option<u32> {
        self.activation.map(|(number, _)| number)
    }
}

/// The three kinds of services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Container,
    LoadBalancer,
    External,
}

/// That a service mounts a volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Mounting {
    /// The index of the disk.
    pub(super) disk: usize,
    pub(super) read_only: bool,
}

/// A volume.
pub(super) struct Disk<'a> {
    pub(super) name: &'a str,
    pub(super) tier: Option<&'a str>,
    /// The part whose services mount it, if it is just one.
    pub(super) part: Option<usize>,
}

/// That a service needs another.
pub(super) struct Arrow<'a> {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Strict order, drawn dashed.
    pub(super) dependency: bool,
    /// From one network to another.
    pub(super) crosses: bool,
    /// The name under which the other is reached, if it is not its own.
    pub(super) alias: Option<&'a str>,
    /// The ports that the firewall must open, such as `8080, 53/udp`; may be empty.
    pub(super) ports: String,
}

impl<'a> Graph<'a> {
    pub(super) fn of(release: &'a Release) -> Self {
        let services = || {
            let parts = release.parts.iter().enumerate();
            parts.flat_map(|(index, part)| part.services.iter().map(move |service| (index, service)))
        };
        let mut index_of: FxHashMap<&str, usize> = FxHashMap::default();
        for (index, (_, service)) in services().enumerate() {
            index_of.entry(&service.name).or_insert(index);
        }

        let activations = activations(release);
        let published = published(release);
        let mut disks = Disks::of(release);
        let mut nodes = Vec::new();
        for (part, service) in services() {
            let network = release.parts.get(part).map_or("", |part| part.network.name.as_str());
            let key = (network, service.name.as_str());
            nodes.push(Node {
                name: &service.name,
                part,
                shape: shape(service),
                kind: kind(service),
                address: address(service),
                activation: activations.get(&key).copied(),
                ports: ports(service, published.get(&key).map_or(&[], Vec::as_slice)),
                mounts: disks.mount(part, service),
            });
        }

        let flows: FxHashMap<_, _> = release
            .flows
            .iter()
            .map(|flow| ((flow.from_service.as_str(), flow.to_service.as_str()), flow))
            .collect();
        let mut arrows = Vec::new();
        for (from, (part, service)) in services().enumerate() {
            for need in needs(service) {
                let Some(&to) = index_of.get(need.to) else { continue };
                let crosses = nodes.get(to).is_some_and(|node: &Node<'_>| node.part != part);
                let flow = flows.get(&(service.name.as_str(), need.to)).filter(|_| crosses);
                arrows.push(Arrow {
                    from,
                    to,
                    dependency: need.dependency,
                    crosses,
                    alias: need.alias,
                    ports: flow.map_or_else(String::new, |flow| flow_ports(flow)),
                });
            }
        }
        Self { release, nodes, arrows, disks: disks.list }
    }

    /// The services of a part, with their indices.
    pub(super) fn nodes_of(&self, part: usize) -> impl Iterator<Item = (usize, &Node<'a>)> {
        let first = self.nodes.partition_point(|node| node.part < part);
        self.nodes.iter().enumerate().skip(first).take_while(move |(_, node)| node.part == part)
    }
}

fn activations(release: &Release) -> FxHashMap<(&str, &str), (u32, usize)> {
    let mut activations = FxHashMap::default();
    for stage in &release.stages {
        for (place, activation) in stage.activations.iter().enumerate() {
            let key = (activation.network.as_str(), activation.service.as_str());
            activations.entry(key).or_insert((stage.number, place));
        }
    }
    activations
}

fn published(release: &Release) -> FxHashMap<(&str, &str), Vec<&PublishedPort>> {
    let mut published: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for port in &release.ports {
        published.entry((port.network.as_str(), port.service.as_str())).or_default().push(port);
    }
    published
}

fn shape(service: &Service) -> Shape {
    match &service.kind {
        ServiceKind::Container(_) => Shape::Container,
        ServiceKind::LoadBalancer(_) => Shape::LoadBalancer,
        ServiceKind::External(_) => Shape::External,
    }
}

fn kind(service: &Service) -> String {
    match &service.kind {
        ServiceKind::Container(container) => match container.as_ref() {
            Container { run_once: true, .. } => "job".to_owned(),
            Container { everywhere: true, .. } => "container everywhere".to_owned(),
            Container { scale, .. } => format!("container ×{scale}"),
        },
        ServiceKind::LoadBalancer(LoadBalancer { scale, .. }) => format!("load balancer ×{scale}"),
        ServiceKind::External(_) => "external".to_owned(),
    }
}

fn address(service: &Service) -> Option<String> {
    match &service.kind {
        ServiceKind::External(ExternalService::Host(host)) => Some(host.clone()),
        ServiceKind::External(ExternalService::Addresses(addresses)) => Some(addresses.join(", ")),
        _ => None,
    }
}

/// The release's published ports of a service, and those that it listens on if it is a load balancer.
fn ports(service: &Service, published: &[&PublishedPort]) -> Vec<String> {
    let mut ports: Vec<String> = published
        .iter()
        .map(|port| {
            let container = port.container;
            let protocol = suffix(port.protocol);
            match port.external {
                External::None => format!("{container}{protocol}"),
                External::Given(given) if given == container => format!("{given}{protocol}"),
                External::Given(given) => format!("{given} → {container}{protocol}"),
                External::Allocated => format!("any → {container}{protocol}"),
            }
        })
        .collect();
    if let ServiceKind::LoadBalancer(load_balancer) = &service.kind {
        let known: FxHashSet<u16> = published
            .iter()
            .filter_map(|port| match port.external {
                External::Given(given) => Some(given),
                _ => None,
            })
            .collect();
        let mut listening: Vec<u16> = load_balancer.routes.iter().map(|route| route.listen).collect();
        listening.retain(|port| !known.contains(port));
        listening.sort_unstable();
        listening.dedup();
        ports.extend(listening.iter().map(u16::to_string));
    }
    ports
}

fn suffix(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Tcp => "",
        Protocol::Udp => "/udp",
    }
}

fn flow_ports(flow: &Flow) -> String {
    let ports: Vec<String> =
        flow.ports.iter().map(|port| format!("{}{}", port.port, suffix(port.protocol))).collect();
    ports.join(", ")
}

struct Need<'a> {
    to: &'a str,
    dependency: bool,
    alias: Option<&'a str>,
}

/// The links of a service, and the targets of a load balancer's rules that no link names. Each arrow once.
fn needs(service: &Service) -> Vec<Need<'_>> {
    let mut seen = FxHashSet::default();
    let mut needs = Vec::new();
    for link in &service.links {
        let alias = link.alias.as_deref().filter(|alias| *alias != link.to);
        if seen.insert((link.to.as_str(), link.kind, alias)) {
            needs.push(Need { to: &link.to, dependency: link.kind == LinkKind::Dependency, alias });
        }
    }
    if let ServiceKind::LoadBalancer(load_balancer) = &service.kind {
        let mut linked: FxHashSet<&str> = service.links.iter().map(|link| link.to.as_str()).collect();
        let routes = load_balancer.routes.iter().filter(|route| linked.insert(&route.service));
        needs.extend(routes.map(|route| Need { to: &route.service, dependency: false, alias: None }));
    }
    needs
}

struct Disks<'a> {
    list: Vec<Disk<'a>>,
    index_of: FxHashMap<&'a str, usize>,
    mounted: FxHashSet<usize>,
}

impl<'a> Disks<'a> {
    fn of(release: &'a Release) -> Self {
        let mut disks =
            Self { list: Vec::new(), index_of: FxHashMap::default(), mounted: FxHashSet::default() };
        for volume in &release.volumes {
            disks.add(&volume.name, volume.tier.as_deref());
        }
        disks
    }

    fn add(&mut self, name: &'a str, tier: Option<&'a str>) -> usize {
        let next = self.list.len();
        let index = *self.index_of.entry(name).or_insert(next);
        if index == next {
            self.list.push(Disk { name, tier, part: None });
        }
        index
    }

    /// The volumes that a service mounts, each once: read only if it is so at every path.
    fn mount(&mut self, part: usize, service: &'a Service) -> Vec<Mounting> {
        let mut mounts: Vec<Mounting> = Vec::new();
        let mut place_of: FxHashMap<usize, usize> = FxHashMap::default();
        for mount in service.container().map_or(&[][..], |container| &container.mounts) {
            let disk = self.add(&mount.volume, None);
            let place = *place_of.entry(disk).or_insert(mounts.len());
            match mounts.get_mut(place) {
                Some(known) => known.read_only &= mount.read_only,
                None => mounts.push(Mounting { disk, read_only: mount.read_only }),
            }
            let first = self.mounted.insert(disk);
            if let Some(disk) = self.list.get_mut(disk) {
                disk.part = if first || disk.part == Some(part) { Some(part) } else { None };
            }
        }
        mounts
    }
}
