//! Rule 16: the same calls, the same decisions, byte for byte; whoever takes over in between decides as if nobody had.

use super::{
    LENGTH, config,
    machine::{Bench, Model},
    world::{Call, KEEPS_WHAT_IS_DUE, Step, Transition, World},
};
use proptest::{prelude::*, sample::Index};
use proptest_state_machine::ReferenceStateMachine as _;

/// All calls, but for those that change the engine for another.
fn calls(mut world: World, transitions: &[Transition]) -> Vec<Step> {
    let mut calls = world.last.clone();
    for transition in transitions {
        world = world.happen(transition);
        calls.extend(world.last.iter().cloned());
    }
    calls.retain(|step| !matches!(step.call, Call::Swap));
    calls
}

/// Asks an engine for all of it, and lets another one take over before some of the calls. All that came of it, and the
/// engine.
fn run(world: &World, calls: &[Step], swaps: &[usize]) -> (String, Bench) {
    let mut bench = Bench::new(world);
    let mut holds = Vec::new();
    let mut is_wanted = false;
    for (place, step) in calls.iter().enumerate() {
        is_wanted |= swaps.contains(&place);
        let now = bench.engine.now();
        let is_due = bench.engine.next_deadline().is_some_and(|next| next <= now);
        if is_wanted && (KEEPS_WHAT_IS_DUE || !is_due) {
            bench.swap();
            is_wanted = false;
        }
        holds.push(bench.ask(step));
    }
    (format!("{}{holds:?}", bench.written()), bench)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_same_calls_are_the_same_decisions_byte_for_byte(
        (world, transitions, _) in Model::sequential_strategy(1..LENGTH),
        swaps in prop::collection::vec(any::<Index>(), 1..4),
    ) {
        let calls = calls(world.clone(), &transitions);
        let swaps: Vec<usize> = swaps.iter().map(|swap| swap.index(calls.len())).collect();
        let (once, first) = run(&world, &calls, &[]);
        let (again, second) = run(&world, &calls, &[]);
        prop_assert_eq!(&once, &again);
        prop_assert_eq!(first.engine.snapshot(), second.engine.snapshot());

        let (taken_over, mut last) = run(&world, &calls, &swaps);
        prop_assert_eq!(&once, &taken_over);
        let mut first = first;
        first.swap();
        last.swap();
        prop_assert_eq!(first.engine.snapshot(), last.engine.snapshot());
    }
}
