//! Each row of the design's table by its name, with all that comes of it.

use super::bed::*;
use paas_core::{
    access::{Action, Role},
    images::promotion::{
        Cause, Command, Context, Event, FailureKind, Happening, Image, Observation, Order,
        ProductionNamespace, Refusal, Right, State, StateName, SyncRule, WaitsFor, Wish, step,
    },
};
use std::collections::BTreeSet;

#[test]
fn a_pushed_image_is_in_development() {
    let image = pushed();
    assert_eq!((&image.state, &image.digest, image.pushed_at), (&State::InDevelopment, &digest(1), at(0)));
    assert!(image.approval().is_none() && !image.production.is_known());
    assert_eq!(image.next_deadline(hourly().as_ref(), at(0)), None);
}

#[test]
fn another_push_puts_an_image_back_into_development() {
    for before in [pushed(), pending(), synced()] {
        let transition = before.observe(Observation::Pushed { digest: digest(2) }, at(50));
        assert_eq!(happened(&transition), Some(Happening::Pushed));
        let image = transition.image.unwrap();
        assert_eq!(
            (&image.state, &image.digest, image.pushed_at),
            (&State::InDevelopment, &digest(2), at(50))
        );
        assert!(image.approval().is_none() && transition.orders.is_empty());
        // What production holds stays known, with who released it.
        assert_eq!(image.production, before.production);
    }
}

#[test]
fn the_same_push_again_is_nothing() {
    for state in [
        StateName::InDevelopment,
        StateName::PendingSync,
        StateName::Syncing,
        StateName::Superseded,
        StateName::Synced,
    ] {
        let image = image_in(state);
        let again = Observation::Pushed { digest: image.digest.clone() };
        assert!(image.observe(again, at(50)).is_nothing(), "{state:?}");
    }
}

#[test]
fn a_push_during_a_copy_supersedes_it_and_the_image_is_in_development_when_it_ends() {
    let superseded = image_in(StateName::Superseded);
    assert_eq!(superseded.digest, digest(2));
    assert_eq!(superseded.approval().unwrap().digest, digest(1));

    let ended = superseded.observe(copied("c-1", 1), at(30));
    assert_eq!(
        (name(&ended), happened(&ended)),
        (Some(StateName::InDevelopment), Some(Happening::CopyEnded))
    );
    let image = ended.image.unwrap();
    assert_eq!((image.digest, image.production.digest()), (digest(2), Some(&digest(1))));
    assert_eq!(image.production.approval.as_ref().unwrap().by.as_str(), "anna");

    // Not well: what production holds was not read, so somebody looks; and both are possible until then.
    let ended = superseded.observe(failed("c-1", FailureKind::Unreachable, None), at(30));
    assert_eq!(name(&ended), Some(StateName::InDevelopment));
    assert_eq!(ended.orders, [look(&superseded)]);
    let image = ended.image.unwrap();
    assert!(!image.production.is_known());
    assert_eq!(image.production.perhaps, BTreeSet::from([digest(1)]));
    let image = see(&image, in_production(7), at(31));
    assert_eq!((image.production.digest(), image.production.perhaps.len()), (Some(&digest(7)), 0));
}

#[test]
fn what_is_pushed_back_during_a_copy_is_new_all_the_same() {
    let image = see(&image_in(StateName::Superseded), Observation::Pushed { digest: digest(1) }, at(26));
    assert_eq!(image.state.name(), StateName::Superseded);
    let image = see(&image, copied("c-1", 1), at(30));
    assert_eq!((image.state.name(), image.production.digest()), (StateName::InDevelopment, Some(&digest(1))));
    // Once it is released again, somebody looks; nothing is copied, for it is there already.
    let released =
        command(&image, Command::Release { digest: digest(1) }, &context(None, "x"), at(40)).unwrap();
    assert_eq!((name(&released), &released.orders), (Some(StateName::PendingSync), &vec![look(&image)]));
    let synced = released.image.unwrap().observe(in_production(1), at(41));
    assert_eq!((name(&synced), happened(&synced)), (Some(StateName::Synced), Some(Happening::Synced)));
    assert!(synced.orders.is_empty());
}

#[test]
fn a_release_pins_the_digest_that_the_person_saw() {
    let release = Command::Release { digest: digest(1) };
    let released = command(&pushed(), release, &context(None, "x"), at(10)).unwrap();
    let change = released.change.as_ref().unwrap();
    assert_eq!(change.to_string(), "anna released `retail-shop/web:1.4` (sha256:000000000000)");
    // Nobody has looked yet what production holds.
    assert_eq!(released.orders, [look(&pushed())]);
    let image = released.image.unwrap();
    let approval = image.approval().unwrap();
    assert_eq!((&approval.digest, approval.by.as_str(), approval.at), (&digest(1), "anna", at(10)));

    let refusal =
        command(&pushed(), Command::Release { digest: digest(3) }, &context(None, "x"), at(10)).unwrap_err();
    assert!(matches!(refusal, Refusal::OtherDigest { .. }));
}

#[test]
fn a_release_is_withdrawn_before_the_copy_starts_and_not_later() {
    let withdrawn = command(&pending(), Command::Withdraw, &context(None, "x"), at(15)).unwrap();
    assert_eq!(
        (name(&withdrawn), happened(&withdrawn)),
        (Some(StateName::InDevelopment), Some(Happening::Withdrawn))
    );
    let refusal = command(&syncing(), Command::Withdraw, &context(None, "x"), at(25)).unwrap_err();
    assert_eq!(refusal.to_string(), "`retail-shop/web:1.4` cannot be withdrawn: it is being copied");
}

#[test]
fn the_period_elapses_and_a_copy_begins() {
    let image = pending();
    let due = at(10 + HOUR);
    assert_eq!(image.next_deadline(hourly().as_ref(), at(10)), Some(due));
    assert_eq!(image.waits_for(hourly().as_ref()), Some(WaitsFor::Time { at: due }));
    assert!(time(&image, &context(hourly(), "c-1"), at(9 + HOUR)).is_nothing());

    let begun = time(&image, &context(hourly(), "c-1").with_lease(30), due);
    assert_eq!(name(&begun), Some(StateName::Syncing));
    let [Order::Copy { copy: id, attempt, image: of, digest: what, replaces, until }] =
        begun.orders.as_slice()
    else {
        panic!("{:?}", begun.orders)
    };
    assert_eq!((id, *attempt, of, what), (&copy("c-1"), 1, &image.name, &digest(1)));
    assert_eq!((replaces.len(), *until), (0, due.plus(30)));
    assert_eq!(begun.image.unwrap().next_deadline(None, due), Some(due.plus(30)));
}

#[test]
fn a_senior_member_has_it_synced_now_under_either_rule() {
    for rule in [Some(SyncRule::Manual), hourly()] {
        let begun = command(&pending(), Command::SyncNow, &context(rule, "c-1"), at(20)).unwrap();
        assert_eq!(name(&begun), Some(StateName::Syncing));
        assert_eq!(begun.change.unwrap().by.unwrap().as_str(), "anna");
    }
    let refusal = command(&pending(), Command::SyncNow, &context(None, "c-1"), at(20)).unwrap_err();
    assert!(matches!(refusal, Refusal::NoRule { .. }));
    // Before a failed copy would be tried again, and where a person is waited for.
    for kind in [FailureKind::Unreachable, FailureKind::TagConflict] {
        let image = see(&syncing(), failed("c-1", kind, None), at(30));
        let begun = command(&image, Command::SyncNow, &context(hourly(), "c-2"), at(31)).unwrap();
        assert!(matches!(begun.orders.as_slice(), [Order::Copy { attempt: 2, .. }]), "{begun:?}");
    }
}

#[test]
fn a_restricted_member_cannot_even_ask_for_a_command() {
    for action in [Action::Update, Action::Sync] {
        for role in [Role::RestrictedMember, Role::ReadOnly, Role::PublicationAuditor] {
            assert!(right_of(role, true, action).is_none(), "{role} {action}");
        }
        for role in [Role::SeniorMember, Role::TenantAdministrator, Role::PlatformAdministrator] {
            assert!(right_of(role, false, action).is_some(), "{role} {action}");
        }
    }
    // A right to one thing is none to another, nor to another namespace's images.
    let update = right_of(Role::SeniorMember, false, Action::Update).unwrap();
    let refusal =
        step(&pending(), Event::Command(Command::SyncNow, update), &context(hourly(), "c-1"), at(20));
    assert!(matches!(refusal, Err(Refusal::WrongRight { .. })));
    let elsewhere = Right::trusted("anna".parse().unwrap(), Action::Sync, "treasury");
    let refusal =
        step(&pending(), Event::Command(Command::SyncNow, elsewhere), &context(hourly(), "c-1"), at(20));
    assert!(matches!(refusal, Err(Refusal::WrongRight { .. })));
    // What is in no namespace belongs to nobody.
    let image = Image::pushed("nginx:1".parse().unwrap(), digest(1), at(0));
    let release = Command::Release { digest: digest(1) };
    assert!(matches!(command(&image, release, &context(None, "x"), at(1)), Err(Refusal::WrongRight { .. })));
}

#[test]
fn a_missing_namespace_fails_nothing_and_is_asked_for_again_each_period() {
    let missing = |copy: &str| Context::new(hourly(), ProductionNamespace::Missing, copy.parse().unwrap());
    let first = time(&pending(), &missing("c-1"), at(10 + HOUR));
    assert_eq!(
        (name(&first), happened(&first)),
        (Some(StateName::PendingSync), Some(Happening::NamespaceMissing))
    );
    let image = first.image.unwrap();
    let State::PendingSync(waiting) = &image.state else { panic!("{image:?}") };
    assert_eq!(
        (waiting.namespace_missing, waiting.attempts, &waiting.failure),
        (Some(at(10 + HOUR)), 0, &None)
    );
    assert_eq!(image.next_deadline(hourly().as_ref(), at(10 + HOUR)), Some(at(10 + 2 * HOUR)));

    // Asked again: the same, and nobody is told again.
    let again = time(&image, &missing("c-2"), at(10 + 2 * HOUR));
    assert!(again.writes && again.change.is_none());
    let image = again.image.unwrap();
    assert_eq!(image.next_deadline(hourly().as_ref(), at(10 + 2 * HOUR)), Some(at(10 + 3 * HOUR)));
    // Seen missing between: nothing is put off by that.
    assert!(image.observe(Observation::NamespaceSeen { exists: false }, at(10 + 2 * HOUR + 60)).is_nothing());

    // It was made, and was asked for.
    let begun = time(&image, &context(hourly(), "c-3"), at(10 + 3 * HOUR));
    assert!(matches!(begun.orders.as_slice(), [Order::Copy { attempt: 1, .. }]));
    // It was made, and was seen: it is due at once.
    let seen = image.observe(Observation::NamespaceSeen { exists: true }, at(11 + 2 * HOUR));
    assert_eq!(happened(&seen), Some(Happening::NamespaceFound));
    let image = seen.image.unwrap();
    assert!(image.next_deadline(hourly().as_ref(), at(11 + 2 * HOUR)) <= Some(at(11 + 2 * HOUR)));

    // A person is told the same.
    let pressed = command(&pending(), Command::SyncNow, &missing("c-1"), at(20)).unwrap();
    assert_eq!(
        (name(&pressed), happened(&pressed)),
        (Some(StateName::PendingSync), Some(Happening::NamespaceMissing))
    );
}

#[test]
fn a_copy_that_finds_no_namespace_says_so() {
    let ended = syncing().observe(failed("c-1", FailureKind::NamespaceMissing, Some(None)), at(30));
    assert_eq!(happened(&ended), Some(Happening::NamespaceMissing));
    let image = ended.image.unwrap();
    assert_eq!(image.waits_for(hourly().as_ref()), Some(WaitsFor::Time { at: at(30 + HOUR) }));
}

#[test]
fn production_that_does_not_answer_is_tried_again_and_asked_less_and_less() {
    let unknown = |copy: &str| Context::new(hourly(), ProductionNamespace::Unknown, copy.parse().unwrap());
    // It was missing before, and does not answer now: that is a reason to ask later, not at once.
    let missing = Context::new(hourly(), ProductionNamespace::Missing, copy("c"));
    let image = time(&pending(), &missing, at(10 + HOUR)).image.unwrap();
    let image = time(&image, &unknown("c"), at(10 + 2 * HOUR)).image.unwrap();
    assert!(image.next_deadline(hourly().as_ref(), at(10 + 2 * HOUR)) > Some(at(30 + 2 * HOUR)));

    let (mut image, mut now, mut last) = (pending(), at(10 + HOUR), 0);
    for attempt in 1..=12 {
        let asked = time(&image, &unknown("c"), now);
        assert_eq!(
            (name(&asked), happened(&asked)),
            (Some(StateName::PendingSync), Some(Happening::CopyFailed))
        );
        assert_eq!(asked.change.unwrap().attempt, Some(attempt));
        image = asked.image.unwrap();
        let next = image.next_deadline(hourly().as_ref(), now).unwrap();
        let wait = next.seconds() - now.seconds();
        assert!(
            (30..=4_500).contains(&wait) && (wait > last || wait >= 3_600),
            "{attempt}: {wait} after {last}"
        );
        (now, last) = (next, wait);
    }
}

#[test]
fn a_copy_that_succeeded_and_was_read_back_is_synced() {
    let ended = syncing().observe(copied("c-1", 1), at(30));
    assert_eq!((name(&ended), happened(&ended)), (Some(StateName::Synced), Some(Happening::Synced)));
    assert!(ended.orders.is_empty());
    let image = ended.image.unwrap();
    assert_eq!(image.production.digest(), Some(&digest(1)));
    assert_eq!(image.production.approval, image.approval().cloned());
    assert_eq!(image.next_deadline(hourly().as_ref(), at(30)), None);
}

#[test]
fn what_may_pass_is_tried_again_by_the_rule_and_later_each_time() {
    let mut image = pending();
    let (mut now, mut last) = (at(10 + HOUR), 0);
    for attempt in 1..=10u32 {
        let id = format!("c-{attempt}");
        let begun = time(&image, &context(hourly(), &id), now);
        assert!(matches!(begun.orders.as_slice(), [Order::Copy { attempt: of, .. }] if *of == attempt));
        image = see(&begun.image.unwrap(), failed(&id, FailureKind::Unavailable, Some(None)), now.plus(5));
        let State::PendingSync(waiting) = &image.state else { panic!("{image:?}") };
        assert_eq!((waiting.attempts, waiting.since, waiting.cause), (attempt, at(10), Cause::Released));
        assert_eq!(waiting.failure.as_ref().unwrap().message, "it did not work");
        assert_eq!(image.waits_for(Some(&SyncRule::Manual)), Some(WaitsFor::Person));
        let next = image.next_deadline(hourly().as_ref(), now.plus(5)).unwrap();
        let wait = next.seconds() - now.seconds() - 5;
        assert!(
            (30..=4_500).contains(&wait) && (wait > last || wait >= 3_600),
            "{attempt}: {wait} after {last}"
        );
        (now, last) = (next, wait);
    }
}

#[test]
fn what_will_not_pass_waits_for_a_person_under_both_rules() {
    for kind in
        [FailureKind::TagImmutable, FailureKind::TagConflict, FailureKind::Denied, FailureKind::QuotaExceeded]
    {
        let image = see(&syncing(), failed("c-1", kind, Some(None)), at(30));
        for rule in [Some(SyncRule::Manual), hourly()] {
            assert_eq!(image.waits_for(rule.as_ref()), Some(WaitsFor::Person), "{kind}");
            assert_eq!(image.next_deadline(rule.as_ref(), at(30)), None);
            assert!(time(&image, &context(rule, "c-2"), at(99 * HOUR)).is_nothing());
        }
        // Nor does a namespace that is missed and found in between let it go on by itself.
        let image = see(&image, Observation::NamespaceSeen { exists: false }, at(40));
        let image = see(&image, Observation::NamespaceSeen { exists: true }, at(50));
        assert_eq!(image.waits_for(hourly().as_ref()), Some(WaitsFor::Person), "{kind}");
    }
}

#[test]
fn what_an_older_copy_says_late_changes_nothing_but_that_somebody_looks() {
    // The lease of c-1 was lost; c-2 runs.
    let lost = time(&syncing(), &context(None, "x"), at(80)).image.unwrap();
    let image = command(&lost, Command::SyncNow, &context(hourly(), "c-2"), at(90)).unwrap().image.unwrap();
    for late in [copied("c-1", 1), failed("c-1", FailureKind::Denied, None), copied("c-1", 7)] {
        let transition = image.observe(late, at(95));
        assert_eq!((transition.writes, &transition.change), (false, &None));
        assert_eq!(transition.orders, [look(&image)]);
    }
    let late = image.observe(Observation::CopyRenewed { copy: copy("c-1") }, at(95));
    assert!(!late.writes);
    assert_eq!(late.orders, [Order::Abandon { copy: copy("c-1"), image: image.name.clone() }]);

    // A result that is told twice is nothing: it is known already.
    assert!(synced().observe(copied("c-1", 1), at(31)).is_nothing());
}

#[test]
fn a_deletion_is_absorbed_in_every_state() {
    for before in [pushed(), pending(), synced()] {
        let gone = before.observe(Observation::Deleted, at(40));
        assert_eq!((&gone.image, happened(&gone)), (&None, Some(Happening::Deleted)));
        assert!(gone.writes && gone.orders.is_empty());
    }
    for state in [StateName::Syncing, StateName::Superseded] {
        let gone = image_in(state).observe(Observation::Deleted, at(40));
        assert_eq!(gone.orders, [Order::Abandon { copy: copy("c-1"), image: pushed().name }]);
        let image = gone.image.unwrap();
        assert!(image.is_gone() && image.approval().is_none());
        // The record goes with the copy, however that ends.
        for end in [copied("c-1", 1), failed("c-1", FailureKind::Interrupted, None)] {
            assert_eq!(image.observe(end, at(41)).image, None);
        }
        assert_eq!(time(&image, &context(None, "x"), at(80)).image, None);
        // It is told again to end, and cannot put that off.
        let renewed = image.observe(Observation::CopyRenewed { copy: copy("c-1") }, at(60));
        assert!(!renewed.writes && renewed.orders.len() == 1);
    }
}

#[test]
fn what_is_pushed_after_a_deletion_waits_for_the_old_copy_to_end() {
    let image = see(&image_in(StateName::Gone), Observation::Pushed { digest: digest(5) }, at(40));
    assert_eq!((image.state.name(), &image.digest), (StateName::Superseded, &digest(5)));
    let release = Command::Release { digest: digest(5) };
    let refusal = command(&image, release.clone(), &context(None, "x"), at(41)).unwrap_err();
    assert_eq!(refusal.help(), "wait until the copy has ended");
    let image = see(&image, failed("c-1", FailureKind::Interrupted, Some(None)), at(42));
    assert_eq!(image.state.name(), StateName::InDevelopment);
    let image = command(&image, release, &context(None, "x"), at(43)).unwrap().image.unwrap();
    let begun = command(&image, Command::SyncNow, &context(hourly(), "c-2"), at(44)).unwrap();
    // Late words of the old copy are not taken for the new one's.
    let image = begun.image.unwrap();
    let late = image.observe(copied("c-1", 1), at(45));
    assert_eq!((late.writes, late.orders), (false, vec![look(&image)]));
}

#[test]
fn who_may_not_command_can_ask_those_who_may() {
    let asks = |role, is_member| {
        Right::to_wish(&subject(role, is_member), "ben".parse().unwrap(), TENANT, NAMESPACE)
    };
    assert!(asks(Role::RestrictedMember, false).is_err() && asks(Role::ReadOnly, true).is_err());
    let right = asks(Role::RestrictedMember, true).unwrap();
    for state in StateName::ALL {
        let image = image_in(*state);
        for (wish, only) in
            [(Wish::Release, StateName::InDevelopment), (Wish::SyncNow, StateName::PendingSync)]
        {
            let asked = image.wish(wish, &right, "for the fair\non Monday", at(50));
            assert_eq!(asked.is_ok(), *state == only, "{state:?} {wish:?}");
            if let Ok(asked) = asked {
                assert!(asked.writes && asked.image == Some(image.clone()) && asked.orders.is_empty());
                let told = asked.change.unwrap();
                assert_eq!((told.from, told.to, told.by.unwrap().as_str()), (*state, Some(*state), "ben"));
                assert_eq!(told.message.unwrap(), "for the fair on Monday");
            }
        }
    }
    // It is no right to command, nor to ask elsewhere.
    let release = Event::Command(Command::Release { digest: digest(1) }, right.clone());
    let refusal = step(&pushed(), release, &context(None, "x"), at(1)).unwrap_err();
    assert!(matches!(refusal, Refusal::WrongRight { .. }));
    let elsewhere = Image::pushed("treasury/web:1.4".parse().unwrap(), digest(1), at(0));
    assert!(matches!(elsewhere.wish(Wish::Release, &right, "", at(1)), Err(Refusal::WrongRight { .. })));
}
