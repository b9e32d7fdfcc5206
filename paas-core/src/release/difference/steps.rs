//! What an update does, in its order.
//!
//! First what everything needs: flows, volumes, stacks without their services started. Then the stages of the new release,
//! one after the other, each service after all that it needs. Only when all stages are up, what can no longer be rolled
//! back: upgrades are finished, what is no longer there is removed in the reverse of its old order, policies are handed
//! over.

mod finish;
mod holders;
mod prepare;
mod unit;
mod way;

use super::{
    Difference,
    change::ItemDifference,
    index::{Entry, Index},
    service::{Fate, ServiceDifference},
    step::{Phase, UpgradeAction, UpgradeStep},
    touched::{Touch, TouchedService},
};
use holders::Holders;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// The steps of an update from one release to the other.
pub(super) fn plan<'a>(
    old: &'a Index<'a>,
    new: &'a Index<'a>,
    difference: &'a Difference,
) -> Vec<UpgradeStep> {
    let services: FxHashMap<&str, &ServiceDifference> =
        difference.services.iter().map(|service| (service.service.as_str(), service)).collect();
    let touched = touched(difference);
    let places = Places::new(old, new);
    let stays = |before: &Entry<'_>| {
        let fate = services.get(before.key.as_str()).map(|service| service.fate);
        let is_recreated =
            |touched: &Vec<&TouchedService>| touched.iter().any(|touched| touched.touch == Touch::Recreated);
        !matches!(fate, Some(Fate::Removed | Fate::Moved | Fate::Recreated))
            && !touched.get(before.key.as_str()).is_some_and(is_recreated)
            && !places.gone.contains(old.network(before))
    };
    let mut planner = Planner {
        holders: Holders::new(old, new, stays),
        old,
        new,
        difference,
        services,
        touched,
        places,
        steps: Vec::new(),
        begun: FxHashSet::default(),
        upgraded: Vec::new(),
        late_stand_ins: FxHashMap::default(),
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
    holders: Holders<'a>,
    places: Places,
    steps: Vec<UpgradeStep>,
    /// Units that were looked at, because their turn came or others wait for them.
    begun: FxHashSet<&'a str>,
    /// What is to be finished: network and service.
    upgraded: Vec<(String, String)>,
    /// The networks in which something will stand for a service, once that has left them.
    late_stand_ins: FxHashMap<&'a str, Vec<&'a str>>,
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
            let others: FxHashSet<&(String, String, String)> = others.iter().collect();
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
