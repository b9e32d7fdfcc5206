//! Rules 2, 10 and 15 without a model of the engine: under fixed windows alone the count is a matter of the time only.

use super::{config, generate, service::at, spec::Spec};
use paas_scaling::{Engine, Settings};
use proptest::prelude::*;

/// How time passes.
#[derive(Debug, Clone, Copy)]
enum Passing {
    Steps(u32),
    Late(u32),
    Restart(u32),
    Replica,
}

fn passing() -> impl Strategy<Value = Passing> {
    let long = || prop_oneof![0..7_200_u32, 0..90_000_u32, 0..200_000_u32];
    prop_oneof![
        3 => long().prop_map(Passing::Steps),
        2 => long().prop_map(Passing::Late),
        1 => long().prop_map(Passing::Restart),
        1 => Just(Passing::Replica),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn under_fixed_windows_the_count_is_a_matter_of_time(
        (policy, start) in generate::fixed_policies(),
        more in 0..4_u32,
        passing in prop::collection::vec(passing(), 1..25),
    ) {
        let spec = Spec::new(policy, start);
        let bounds = spec.policy.bounds;
        let usual = (bounds.min + more).min(bounds.max);
        let mut engine = Engine::new(Settings::default());
        engine.upsert("web", &spec.plan, usual, at(start));
        let mut now = start;
        for passing in passing {
            match passing {
                Passing::Steps(seconds) => {
                    now += seconds;
                    while let Some(next) = engine.next_deadline().filter(|next| *next <= at(now)) {
                        engine.advance(next, usize::MAX);
                    }
                }
                Passing::Late(seconds) => {
                    now += seconds;
                    engine.advance(at(now), usize::MAX);
                }
                Passing::Restart(seconds) => {
                    now += seconds;
                    engine = Engine::restore(&engine.snapshot(), &[], at(now)).unwrap().engine;
                }
                Passing::Replica => engine = Engine::load(&engine.snapshot()).unwrap(),
            }
            let expected = spec.fixed(now).map_or(usual, |window| spec.target(window));
            prop_assert_eq!(engine.count("web"), Some(expected), "at {}", at(now));
        }
    }
}
