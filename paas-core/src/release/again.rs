//! From a release back to an application.

use super::{Edge, Release, order::ties};
use crate::application::{Application, LinkKind, Service, ServiceKind};
use std::collections::{BTreeMap, BTreeSet};

impl Release {
    /// The application that the release was planned from, as far as the release tells: planning it again for the same
    /// target gives the same release.
    ///
    /// What stood in for services of other parts is left out. Networks without services, volumes that no service mounts,
    /// and placements are not in a release. Services stand in an order from which the same stages follow, which need not
    /// be that of the template.
    ///
    /// ```
    /// use paas_core::{
    ///     application::{Application, Container, Network, Service},
    ///     release::{Release, Target},
    /// };
    ///
    /// let mut bank = Application::new("bank");
    /// bank.networks = vec![Network::new("dmz")];
    /// bank.services = vec![Service::new("web", "dmz", Container::new("registry.example/web:1"))];
    ///
    /// let release = Release::plan(bank.clone(), &Target::default()).release.unwrap();
    /// assert_eq!(release.application(), bank);
    /// ```
    pub fn application(&self) -> Application {
        let mut application = Application::new(&*self.application);
        application.description.clone_from(&self.description);
        application.networks = self.parts.iter().map(|part| part.network.clone()).collect();
        application.services = self.services_in_order();
        application.volumes.clone_from(&self.volumes);
        application.policies.clone_from(&self.policies);
        application.outputs.clone_from(&self.outputs);
        application.secrets = self.secrets.iter().map(|secret| secret.input.clone()).collect();
        application
    }

    /// The services of all parts, in an order from which all else in the release follows.
    fn services_in_order(&self) -> Vec<Service> {
        let services: Vec<&Service> = self.parts.iter().flat_map(|part| &part.services).collect();
        let index: BTreeMap<&str, usize> =
            services.iter().enumerate().map(|(index, service)| (service.name.as_str(), index)).collect();
        let mut sorting = Sorting::new(services.len());
        let chain = |names: &mut dyn Iterator<Item = &str>, sorting: &mut Sorting| {
            sorting.chain(names.filter_map(|name| index.get(name).copied()));
        };
        for part in &self.parts {
            chain(&mut part.services.iter().map(|service| service.name.as_str()), &mut sorting);
        }
        for image in &self.images {
            chain(&mut image.services.iter().map(String::as_str), &mut sorting);
        }
        chain(&mut self.ports.iter().map(|port| port.service.as_str()), &mut sorting);
        chain(&mut self.log_sources.iter().map(|source| source.service.as_str()), &mut sorting);
        chain(&mut self.policies.iter().map(|policy| policy.service.as_str()), &mut sorting);
        // Flows to services of other applications come after the others.
        let (own, selected): (Vec<_>, Vec<_>) =
            self.flows.iter().partition(|flow| index.contains_key(flow.to_service.as_str()));
        for flows in [own, selected] {
            chain(&mut flows.iter().map(|flow| flow.from_service.as_str()), &mut sorting);
        }
        self.keep_stages(&services, &index, &mut sorting);
        let in_order = sorting.sorted().into_iter().filter_map(|index| services.get(index));
        in_order.map(|service| without_environments(service)).collect()
    }

    /// What the order of activations tells.
    fn keep_stages(&self, services: &[&Service], index: &BTreeMap<&str, usize>, sorting: &mut Sorting) {
        let find = |name: &str| index.get(name).copied();
        let is_external = |index: usize| services.get(index).is_some_and(|service| service.is_external());
        let unit = |index: usize| {
            let of = services.get(index).and_then(|service| service.sidekick());
            of.and_then(|sidekick| find(&sidekick.of)).unwrap_or(index)
        };
        let mut edges = Vec::new();
        for (from, service) in services.iter().enumerate().filter(|(from, _)| !is_external(*from)) {
            for link in &service.links {
                let Some(to) = find(&link.to).filter(|to| !is_external(*to)) else { continue };
                let crosses = services.get(to).is_some_and(|other| other.network != service.network);
                let strict = link.kind == LinkKind::Dependency;
                if from == to || unit(from) != unit(to) {
                    edges.push(Edge { from: unit(from), to: unit(to), strict, crosses });
                }
            }
        }
        let mut sequence = Vec::new();
        for stage in &self.stages {
            let activated = stage.activations.iter().filter_map(|activation| find(&activation.service));
            // Nothing orders external services but where they stood.
            let (external, running): (Vec<_>, Vec<_>) = activated.partition(|index| is_external(*index));
            sorting.chain(external.into_iter());
            sequence.extend(running);
        }
        for (first, second) in ties(services.len(), &edges, &sequence) {
            sorting.pair(first, second);
        }
    }
}

/// Which environment a selector means is found when a release is planned.
fn without_environments(service: &Service) -> Service {
    let mut service = service.clone();
    if let ServiceKind::LoadBalancer(load_balancer) = &mut service.kind {
        let selectors = load_balancer.routes.iter_mut().filter_map(|route| route.selector.as_mut());
        selectors.for_each(|selector| selector.environment = None);
    }
    service
}

/// An order of things of which some must stand before others.
struct Sorting {
    after: Vec<BTreeSet<usize>>,
}

impl Sorting {
    fn new(count: usize) -> Self {
        Self { after: vec![BTreeSet::new(); count] }
    }

    fn pair(&mut self, first: usize, second: usize) {
        if let Some(after) = self.after.get_mut(first).filter(|_| first != second) {
            after.insert(second);
        }
    }

    /// Each stands before the next.
    fn chain(&mut self, indices: impl Iterator<Item = usize>) {
        let mut before = None;
        for index in indices {
            if let Some(before) = before.replace(index) {
                self.pair(before, index);
            }
        }
    }

    /// All of them, otherwise by index. Where they contradict each other, as only in a release that was changed by hand,
    /// the lowest index goes first.
    fn sorted(self) -> Vec<usize> {
        let mut waits_for = vec![0_usize; self.after.len()];
        for &second in self.after.iter().flatten() {
            if let Some(count) = waits_for.get_mut(second) {
                *count += 1;
            }
        }
        let mut left: BTreeSet<usize> = (0..self.after.len()).collect();
        let is_ready = |waits_for: &[usize], index: usize| waits_for.get(index) == Some(&0);
        let mut ready: BTreeSet<usize> =
            left.iter().copied().filter(|&index| is_ready(&waits_for, index)).collect();
        let mut sorted = Vec::with_capacity(left.len());
        while let Some(index) = ready.pop_first().or_else(|| left.first().copied()) {
            left.remove(&index);
            sorted.push(index);
            for &second in self.after.get(index).into_iter().flatten() {
                if let Some(count) = waits_for.get_mut(second) {
                    *count = count.saturating_sub(1);
                }
                if is_ready(&waits_for, second) && left.contains(&second) {
                    ready.insert(second);
                }
            }
        }
        sorted
    }
}
