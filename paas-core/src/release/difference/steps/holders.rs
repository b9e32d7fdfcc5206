//! Who holds what, of what runs now: names in stacks, ports of hosts, volumes.
//!
//! What is new cannot have them before these let go. Each unit is let go of once, so the work is bounded by what there is.

use crate::{
    application::{Container, External, Protocol, Service, ServiceKind},
    release::difference::index::{Entry, Index},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// The units of the old release: services with what runs beside them.
pub(super) struct Holders<'a> {
    units: Vec<Unit<'a>>,
    by_key: FxHashMap<&'a str, usize>,
    /// Environments and names, if the stack keeps its name: in another one all are free.
    names: FxHashMap<(&'a str, &'a str), Holder>,
    /// Environments and ports of their hosts.
    ports: FxHashMap<(&'a str, u16, Protocol), usize>,
    /// Volumes, and who writes to them only in the old release.
    leaving_writers: FxHashMap<&'a str, Vec<usize>>,
}

/// A unit of the old release.
pub(super) struct Unit<'a> {
    pub(super) entry: &'a Entry<'a>,
    /// Whether it stays the same service in the same stack.
    pub(super) stays: bool,
    pub(super) state: State,
}

/// What became of a unit so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Running,
    /// It holds its names only.
    Stopped,
    /// What it holds is what the new release says.
    Upgraded,
    Removed,
}

/// What holds a name in a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    Unit(usize),
    /// What stands for a service of another network.
    StandIn,
}

impl<'a> Holders<'a> {
    /// All that the old release has, of which some stays.
    pub(super) fn new(old: &'a Index<'a>, new: &'a Index<'a>, stays: impl Fn(&Entry<'_>) -> bool) -> Self {
        let mut holders = Self {
            units: Vec::new(),
            by_key: FxHashMap::default(),
            names: FxHashMap::default(),
            ports: FxHashMap::default(),
            leaving_writers: FxHashMap::default(),
        };
        for entry in old.services.iter().filter(|entry| entry.service.sidekick().is_none()) {
            holders.by_key.insert(&entry.key, holders.units.len());
            holders.units.push(Unit { entry, stays: stays(entry), state: State::Running });
        }
        let is_same_stack = old.release.stack == new.release.stack;
        for entry in &old.services {
            let main = entry.service.sidekick().map_or(entry.key.as_str(), |sidekick| &sidekick.of);
            let Some(unit) = holders.by_key.get(main).copied() else { continue };
            let environment = old.environment(entry);
            if is_same_stack {
                holders.names.insert((environment, &entry.service.name), Holder::Unit(unit));
            }
            for (port, protocol) in host_ports(entry.service) {
                holders.ports.insert((environment, port, protocol), unit);
            }
        }
        if is_same_stack {
            for part in &old.release.parts {
                for stand_in in &part.stand_ins {
                    holders.names.insert((&part.environment, &stand_in.service), Holder::StandIn);
                }
            }
        }
        for (index, unit) in holders.units.iter().enumerate() {
            let after = new.find(&unit.entry.key).filter(|entry| entry.service.sidekick().is_none());
            let after = after.map(|entry| new.written(entry.service)).unwrap_or_default();
            for volume in old.written(unit.entry.service).difference(&after) {
                holders.leaving_writers.entry(volume).or_default().push(index);
            }
        }
        holders
    }

    pub(super) fn unit(&self, index: usize) -> Option<&Unit<'a>> {
        self.units.get(index)
    }

    pub(super) fn units(&self) -> impl Iterator<Item = &Unit<'a>> {
        self.units.iter()
    }

    /// The unit that a service was the main service of.
    pub(super) fn of(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    pub(super) fn state(&self, index: usize) -> Option<State> {
        self.unit(index).map(|unit| unit.state)
    }

    pub(super) fn set(&mut self, index: usize, state: State) {
        if let Some(unit) = self.units.get_mut(index) {
            unit.state = state;
        }
    }

    /// What has a name in the stack of an environment, if it has it still.
    pub(super) fn of_name(&self, environment: &str, name: &str) -> Option<Holder> {
        let holder = self.names.get(&(environment, name)).copied()?;
        let is_free = |unit| matches!(self.state(unit), Some(State::Upgraded | State::Removed));
        (!matches!(holder, Holder::Unit(unit) if is_free(unit))).then_some(holder)
    }

    /// All that was in the stacks of some environments is removed.
    pub(super) fn remove_all_of(&mut self, environments: &FxHashSet<&str>) {
        let names = self.names.extract_if(|(of, _), _| environments.contains(of));
        let units: Vec<usize> = names
            .filter_map(|(_, holder)| match holder {
                Holder::Unit(unit) => Some(unit),
                Holder::StandIn => None,
            })
            .collect();
        for unit in units {
            self.set(unit, State::Removed);
        }
    }

    /// Nothing stands for a service any more.
    pub(super) fn stands_no_more(&mut self, environment: &'a str, name: &'a str) {
        if self.of_name(environment, name) == Some(Holder::StandIn) {
            self.names.remove(&(environment, name));
        }
    }

    /// What runs with a port of hosts.
    pub(super) fn of_port(&self, environment: &str, (port, protocol): (u16, Protocol)) -> Option<usize> {
        let unit = self.ports.get(&(environment, port, protocol)).copied()?;
        (self.state(unit) == Some(State::Running)).then_some(unit)
    }

    /// What runs, writes to a volume, and is not to write to it any more. Asked for once: then all of it is stopped.
    pub(super) fn leaving_writers(&mut self, volume: &str) -> Vec<usize> {
        let writers = self.leaving_writers.remove(volume).unwrap_or_default();
        writers.into_iter().filter(|unit| self.state(*unit) == Some(State::Running)).collect()
    }
}

/// The ports of hosts that a unit takes, and that are the same on each host.
pub(super) fn ports<'a>(index: &'a Index<'_>, service: &'a Service) -> BTreeSet<(u16, Protocol)> {
    index.unit(service).flat_map(host_ports).collect()
}

fn host_ports(service: &Service) -> impl Iterator<Item = (u16, Protocol)> {
    let routes = match &service.kind {
        ServiceKind::LoadBalancer(balancer) => balancer.routes.as_slice(),
        _ => &[],
    };
    let listening = routes.iter().map(|route| (route.listen, Protocol::Tcp));
    let published = |container: &Container| {
        let on_host = container.security.host_network;
        container
            .ports
            .iter()
            .filter_map(move |port| match port.external {
                External::Given(number) => Some((number, port.protocol)),
                // Of a container with the network of its host each port is one of the host.
                _ => on_host.then_some((port.container, port.protocol)),
            })
            .collect::<Vec<_>>()
    };
    listening.chain(service.container().map(published).unwrap_or_default())
}
