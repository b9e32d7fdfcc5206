//! What the cases reach: a property of what never happens says nothing.

use super::{LENGTH, machine::Model, world::World};
use paas_scaling::{Act, CancelCause, Cause, Hold};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use proptest_state_machine::ReferenceStateMachine;
use std::collections::BTreeMap;

/// So many cases are looked at, always the same ones.
const CASES: u32 = 400;

/// All that may come of what happens, but for the values.
const KINDS: [&str; 44] = [
    "arm",
    "cancel: Alarm",
    "cancel: Disabled",
    "cancel: Person",
    "cancel: Removed",
    "cancel: Window",
    "drain: alarm Lower",
    "drain: restored CaughtUp",
    "drain: restored Edge",
    "drain: restored Replaced",
    "drain: window Added",
    "drain: window CaughtUp",
    "drain: window Edge",
    "drain: window Replaced",
    "hold: AtMaximum",
    "hold: AtMinimum",
    "hold: Calm",
    "hold: Disabled",
    "hold: Draining",
    "hold: FixedWindow",
    "hold: Late",
    "hold: NoData",
    "hold: NotAll",
    "hold: NotSustained",
    "hold: Quiet",
    "hold: Repeated",
    "hold: Restarted",
    "hold: StaleAlarm",
    "hold: UnknownRule",
    "hold: UnknownService",
    "hold: WindowClosed",
    "scale: Drained",
    "scale: Removed",
    "scale: alarm Lower",
    "scale: alarm Upper",
    "scale: restored CaughtUp",
    "scale: restored Edge",
    "scale: restored Enabled",
    "scale: restored Replaced",
    "scale: window Added",
    "scale: window CaughtUp",
    "scale: window Edge",
    "scale: window Enabled",
    "scale: window Replaced",
];

fn cause(cause: &Cause) -> String {
    match cause {
        Cause::Window { trigger, .. } => format!("window {trigger:?}"),
        Cause::Restored { trigger, .. } => format!("restored {trigger:?}"),
        Cause::Alarm { side, .. } => format!("alarm {side:?}"),
        other => format!("{other:?}"),
    }
}

fn act(act: &Act) -> String {
    match act {
        Act::Scale { cause: why, .. } => format!("scale: {}", cause(why)),
        Act::Drain { cause: why, .. } => format!("drain: {}", cause(why)),
        Act::CancelDrain { cause: CancelCause::Alarm { .. }, .. } => "cancel: Alarm".to_owned(),
        Act::CancelDrain { cause, .. } => format!("cancel: {cause:?}"),
        _ => "arm".to_owned(),
    }
}

fn hold(hold: &Hold) -> String {
    let text = format!("hold: {hold:?}");
    text.split([' ', '{']).take(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_cases_reach_all_that_may_come() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut reached: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..CASES {
        let (mut world, transitions, _) =
            Model::sequential_strategy(1..LENGTH).new_tree(&mut runner).unwrap().current();
        for transition in &transitions {
            world = World::happen(world, transition);
            for step in &world.last {
                for (_, done) in step.acts.values().flatten() {
                    *reached.entry(act(done)).or_default() += 1;
                }
                if let Some(why) = &step.hold {
                    *reached.entry(hold(why)).or_default() += 1;
                }
            }
        }
    }
    let missing: Vec<&&str> = KINDS.iter().filter(|kind| !reached.contains_key(**kind)).collect();
    assert!(missing.is_empty(), "never reached: {missing:?}, but {reached:#?}");
}
