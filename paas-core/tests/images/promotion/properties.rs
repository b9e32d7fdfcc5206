//! Whatever happens, in whatever order.

use super::world::{Act, Tell, World};
use paas_core::images::promotion::{FailureKind, Period, SyncRule};
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

/// Anything can happen at any time: what must come of it is judged by what the registries hold.
struct Anything;

impl ReferenceStateMachine for Anything {
    type State = ();
    type Transition = Act;

    fn init_state() -> BoxedStrategy<()> {
        Just(()).boxed()
    }

    fn transitions((): &()) -> BoxedStrategy<Act> {
        let number = 1u8..4;
        let tell = || prop_oneof![3 => Just(Tell::AtOnce), 1 => Just(Tell::Late), 1 => Just(Tell::Never)];
        let index = || 0usize..4;
        let rule = prop_oneof![
            1 => Just(None),
            1 => Just(Some(SyncRule::Manual)),
            3 => (60u32..4_000).prop_map(|seconds| {
                Some(SyncRule::Automatic { period: Period::from_seconds(seconds).unwrap() })
            }),
        ];
        prop_oneof![
            4 => (number.clone(), any::<bool>()).prop_map(|(number, told)| Act::Push(number, told)),
            1 => any::<bool>().prop_map(Act::Delete),
            3 => Just(Act::LookAtTest),
            2 => any::<bool>().prop_map(Act::LookAtProduction),
            1 => Just(Act::LookForNamespace),
            1 => any::<bool>().prop_map(Act::Namespace),
            1 => prop::option::of(5u8..7).prop_map(Act::Foreign),
            6 => prop::option::weighted(0.2, number).prop_map(Act::Release),
            1 => Just(Act::Withdraw),
            3 => any::<bool>().prop_map(|answers| Act::SyncNow { answers }),
            2 => rule.prop_map(Act::Rule),
            4 => (1u32..100, any::<bool>(), any::<bool>())
                .prop_map(|(seconds, told, answers)| Act::Pass { seconds, told, answers }),
            3 => (100u32..5_000, any::<bool>(), any::<bool>())
                .prop_map(|(seconds, told, answers)| Act::Pass { seconds, told, answers }),
            1 => (1u32..100_000).prop_map(Act::Back),
            3 => index().prop_map(Act::Renew),
            4 => (index(), tell()).prop_map(|(index, tell)| Act::Finish(index, tell)),
            2 => (index(), prop::sample::select(FailureKind::ALL), tell())
                .prop_map(|(index, kind, tell)| Act::Fail(index, kind, tell)),
            1 => index().prop_map(Act::Die),
            3 => (index(), any::<bool>()).prop_map(|(index, again)| Act::Arrive(index, again)),
            1 => Just(Act::Order),
            1 => any::<bool>().prop_map(Act::Lose),
        ]
        .boxed()
    }

    fn apply((): (), _: &Act) {}
}

struct Promotion;

impl StateMachineTest for Promotion {
    type SystemUnderTest = World;
    type Reference = Anything;

    fn init_test((): &()) -> World {
        World::new()
    }

    fn apply(mut world: World, (): &(), act: Act) -> World {
        world.act(&act);
        world
    }

    fn teardown(world: World, (): ()) {
        world.clone().ends();
        world.settles();
    }
}

prop_state_machine! {
    #[test]
    fn whatever_happens_to_an_image_the_promises_hold(sequential 1..120 => Promotion);
}
