//! Whatever two releases are: the steps from one to the other can be done.

use super::{
    arbitrary::{pair, release},
    world::carry_out,
};
use paas_core::release::{
    Release,
    difference::{Difference, UpgradeAction},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 4096, ..ProptestConfig::default() })]

    #[test]
    fn steps_make_the_new_release_of_the_old_one((old, new) in pair()) {
        can_be_done(&old, &new)?;
        can_be_done(&new, &old)?;
    }

    #[test]
    fn also_if_nearly_all_is_another(old in release(), new in release()) {
        can_be_done(&old, &new)?;
    }
}

fn can_be_done(old: &Release, new: &Release) -> Result<(), TestCaseError> {
    let difference = Difference::between(old, new);
    let steps: Vec<String> = difference.steps.iter().map(ToString::to_string).collect();
    if let Err(why) = carry_out(old, new, &difference.steps) {
        return Err(TestCaseError::fail(format!("{why}\n{steps:#?}")));
    }
    prop_assert!(difference.steps.is_sorted_by_key(|step| (step.phase, step.stage)), "{:#?}", steps);
    Ok(())
}

#[test]
fn all_that_can_be_in_the_way_is_among_them() {
    let mut runner = TestRunner::deterministic();
    let ways = [
        (UpgradeAction::StopService, "needs its port"),
        (UpgradeAction::StopService, "its new containers need port"),
        (UpgradeAction::StopService, "old and new containers write"),
        (UpgradeAction::StopService, "` writes to `"),
        (UpgradeAction::RemoveService, "it runs beside"),
        (UpgradeAction::RemoveService, "is a service of its own now"),
        (UpgradeAction::RemoveService, "the service itself is in this network now"),
        (UpgradeAction::RemoveService, "what stands for a service in another network takes its name"),
        (UpgradeAction::UpgradeService, "the old containers stop first"),
        (UpgradeAction::UpgradeService, "no longer runs beside it"),
        (UpgradeAction::RemoveService, "it keeps its address"),
        (UpgradeAction::RemoveStack, "its environment is"),
    ];
    let mut seen = ways.map(|_| 0);
    for _ in 0..2000 {
        let (old, new) = pair().new_tree(&mut runner).unwrap().current();
        for step in Difference::between(&old, &new).steps {
            for (seen, (action, why)) in seen.iter_mut().zip(ways) {
                *seen += usize::from(step.action == action && step.why.contains(why));
            }
        }
    }
    let never: Vec<_> = ways.iter().zip(seen).filter(|(_, seen)| *seen == 0).collect();
    assert!(never.is_empty(), "{never:?} {seen:?}");
}
