//! What an update does, in its order.
//!
//! First what everything needs: flows, volumes, stacks without their services started. Then the stages of the new release,
//! one after the other, each service after all that it needs. Only when all stages are up, what can no longer be rolled
//! back: upgrades are finished, what is no longer there is removed in the reverse of its old order, policies are handed
//! over.

mod finish;
mod prepare;
mod unit;

use super::{
    Difference,
    change::ItemDifference,
    index::Index,
    service::ServiceDifference,
    step::{Phase, UpgradeAction, UpgradeStep},
    touched::TouchedService,
};
use crate::application::{External, Protocol};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// The steps of an update from one release to the other.
pub(super) fn plan<'a>(
    old: &'a Index<'a>,
    new: &'a Index<'a>,
    difference: &'a Difference,
) -> Vec<UpgradeStep> {
    let mut planner = Planner {
        old,
        new,
        difference,
        services: difference.services.iter().map(|service| (service.service.as_str(), service)).collect(),
        touched: touched(difference),
        ports: Ports::new(old, new),
        places: Places::new(old, new),
        steps: Vec::new(),
        upgraded: Vec::new(),
        removed: BTreeSet::new(),
    };
    planner.prepare();
    for stage in &new.release.stages {
        for activation in &stage.activations {
            planner.unit(stage.number, &activation.service);
        }
    }
    planner.finish();
    planner.steps
}

struct Planner<'a> {
    old: &'a Index<'a>,
    new: &'a Index<'a>,
    difference: &'a Difference,
    services: FxHashMap<&'a str, &'a ServiceDifference>,
    touched: FxHashMap<&'a str, Vec<&'a TouchedService>>,
    ports: Ports<'a>,
    places: Places,
    steps: Vec<UpgradeStep>,
    /// What is to be finished: network and service.
    upgraded: Vec<(String, String)>,
    /// Services that are removed already.
    removed: BTreeSet<String>,
}

/// Which stacks an update makes, and which it removes.
struct Places {
    /// Networks in which a stack is made.
    made: BTreeSet<String>,
    /// Networks in which a stack is removed.
    gone: BTreeSet<String>,
}

impl Places {
    fn new(old: &Index<'_>, new: &Index<'_>) -> Self {
        let stacks = |index: &Index<'_>| -> Vec<(String, String, String)> {
            let parts = index.networks.iter().zip(&index.release.parts);
            let stack = &index.release.stack;
            parts.map(|(name, part)| (name.clone(), part.environment.clone(), stack.clone())).collect()
        };
        let (before, after) = (stacks(old), stacks(new));
        let only = |these: &[(String, String, String)], others: &[(String, String, String)]| {
            these
                .iter()
                .filter(|stack| !others.contains(stack))
                .map(|(network, ..)| network.clone())
                .collect()
        };
        Self { made: only(&after, &before), gone: only(&before, &after) }
    }
}

fn touched(difference: &Difference) -> FxHashMap<&str, Vec<&TouchedService>> {
    let mut by_name: FxHashMap<&str, Vec<&TouchedService>> = FxHashMap::default();
    for touched in &difference.touched {
        by_name.entry(&touched.service).or_default().push(touched);
    }
    by_name
}

/// Who has, and who wants, which ports of hosts.
struct Ports<'a> {
    had: FxHashMap<(&'a str, u16, Protocol), &'a str>,
    wanted: FxHashMap<(&'a str, &'a str), Vec<(u16, Protocol)>>,
}

impl<'a> Ports<'a> {
    fn new(old: &Index<'a>, new: &Index<'a>) -> Self {
        let mut ports = Self { had: FxHashMap::default(), wanted: FxHashMap::default() };
        for port in &old.release.ports {
            if let External::Given(number) = port.external {
                ports.had.insert((&port.network, number, port.protocol), &port.service);
            }
        }
        for port in &new.release.ports {
            if let External::Given(number) = port.external {
                ports.wanted.entry((&port.network, &port.service)).or_default().push((number, port.protocol));
            }
        }
        ports
    }

    fn of(&self, network: &str, service: &str) -> Vec<(u16, Protocol)> {
        self.wanted.get(&(network, service)).cloned().unwrap_or_default()
    }

    fn holder(&self, network: &str, number: u16, protocol: Protocol) -> Option<&'a str> {
        self.had.get(&(network, number, protocol)).copied()
    }
}

impl<'a> Planner<'a> {
    /// What became of a service, if it is not as it was.
    fn told(&self, service: &str) -> Option<&'a ServiceDifference> {
        self.services.get(service).copied()
    }

    fn push(
        &mut self,
        (phase, stage): (Phase, Option<u32>),
        action: UpgradeAction,
        network: Option<&str>,
        name: &str,
        why: impl Into<String>,
    ) {
        let network = network.map(str::to_owned);
        self.steps.push(UpgradeStep {
            phase,
            stage,
            action,
            network,
            name: name.to_owned(),
            why: why.into(),
        });
    }
}

const PREPARE: (Phase, Option<u32>) = (Phase::Prepare, None);
const FINISH: (Phase, Option<u32>) = (Phase::Finish, None);

/// A field of an item that was added or removed.
fn field(item: &ItemDifference, name: &str) -> Option<String> {
    item.item.as_ref()?.0.get(name)?.as_str().map(str::to_owned)
}
