//! Rule 16: the same calls, the same decisions, byte for byte; whoever takes over in between decides as if nobody had.

use super::{
    LENGTH, config,
    happening::{Call, Step, Transition},
    machine::{Bench, Model, explained},
    world::World,
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
    for (place, step) in calls.iter().enumerate() {
        if swaps.contains(&place) {
            bench.swap();
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

        let (taken_over, last) = run(&world, &calls, &swaps);
        prop_assert_eq!(&once, &taken_over);
        prop_assert_eq!(explained(&first.engine), explained(&last.engine));
    }
}
