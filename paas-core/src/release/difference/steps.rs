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
    step::{Phase, UpgradeAction, UpgradeStep},
};
use std::collections::BTreeSet;

/// The steps of an update from one release to the other.
pub(super) fn plan(old: &Index<'_>, new: &Index<'_>, difference: &Difference) -> Vec<UpgradeStep> {
    let mut planner = Planner {
        old,
        new,
        difference,
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

impl Planner<'_> {
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
