//! Rules 2 to 16 beside a plain model: whatever happens, in whatever order.

mod alarms;
mod fixed;
mod garbage;
mod generate;
mod happening;
mod inputs;
mod machine;
mod reach;
mod same;
mod service;
mod spec;
mod trace;
mod world;

use machine::Machine;
use proptest::prelude::*;
use proptest_state_machine::prop_state_machine;

/// A case is up to so many things that happen.
const LENGTH: usize = 60;
/// Fewer would seldom have all the rules at once.
const LEAST_CASES: u32 = 256;
/// More cases than this find nothing more in the time that they take.
const MOST_CASES: u32 = 10_000;

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.clamp(LEAST_CASES, MOST_CASES),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        max_shrink_time: 60_000,
        ..usual
    }
}

prop_state_machine! {
    #![proptest_config(config())]

    #[test]
    fn the_engine_decides_as_the_plain_model(sequential 1..LENGTH => Machine);
}
