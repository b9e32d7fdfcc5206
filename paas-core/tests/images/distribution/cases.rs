//! Cases by name.

use super::{ZONES, at, digest, right, rule, web, zone};
use paas_core::{
    access::Action,
    application::{Application, Container, Network, Service},
    images::{
        distribution::{
            Distributed, Distribution, DistributionRule, News, Sight, Sights, Standing, TagFilter,
            TagPattern, Zone, ZoneStatus, Zones, distribute, statuses,
        },
        promotion::{FailureKind, Refusal},
    },
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What east, north and south hold: a number, 0 for nothing; `None`: they do not answer.
fn sights(held: [Option<u8>; 3]) -> Sights {
    let mut sights = Sights::new();
    for (name, number) in ZONES.into_iter().zip(held) {
        let sight = match number {
            Some(0) => Sight::Nothing,
            Some(number) => Sight::Holds(digest(number)),
            None => Sight::Unknown,
        };
        sights.see(zone(name), sight);
    }
    sights
}

fn look(record: Option<&Distributed>, held: [Option<u8>; 3]) -> Distribution {
    distribute(&web(), &rule(), record, &sights(held), at(0))
}

fn pushed(record: Option<&Distributed>, place: &str, held: [Option<u8>; 3]) -> Distribution {
    distribute(&web(), &rule(), record, &sights(held).pushed_in(zone(place)), at(0))
}

/// The zones that are copied to, and what.
fn orders(distribution: &Distribution) -> Vec<(&str, &str, u8)> {
    let number = |digest: &paas_core::images::Digest| {
        (0..=9).find(|number| *digest == super::digest(*number)).unwrap()
    };
    distribution
        .orders
        .iter()
        .map(|order| (order.from.as_str(), order.to.as_str(), number(&order.digest)))
        .collect()
}

fn standing<'d>(distribution: &'d Distribution, name: &str) -> &'d Standing {
    &distribution.standings[&zone(name)]
}

const BEHIND: Standing = Standing::Behind { failure: None };

#[test]
fn a_push_goes_to_the_other_zones_and_comes_to_rest() {
    let first = pushed(None, "north", [Some(0), Some(1), Some(0)]);
    assert_eq!(orders(&first), [("north", "east", 1), ("north", "south", 1)]);
    assert_eq!(first.news, [News::Belongs { zone: zone("north") }]);
    assert!(first.writes && first.orders.iter().all(|order| order.replaces.is_empty() && order.attempt == 1));
    // One has arrived: its notification leads to the other only, which runs.
    let mut between = sights([Some(1), Some(1), Some(0)]).pushed_in(zone("east"));
    between.copying(zone("south"), digest(1));
    let between = distribute(&web(), &rule(), first.record.as_ref(), &between, at(1));
    assert!(between.orders.is_empty() && between.news.is_empty());
    assert_eq!(standing(&between, "east"), &Standing::InStep);
    assert_eq!(standing(&between, "south"), &Standing::Copying);
    let rest = look(between.record.as_ref(), [Some(1), Some(1), Some(1)]);
    assert!(rest.orders.is_empty() && rest.next.is_none());
    assert!(!look(rest.record.as_ref(), [Some(1), Some(1), Some(1)]).writes);
}

#[test]
fn the_next_push_replaces_what_was_put_there_and_nothing_else() {
    let record = look(None, [Some(0), Some(1), Some(0)]).record;
    let record = look(record.as_ref(), [Some(1), Some(1), Some(1)]).record;
    let next = pushed(record.as_ref(), "north", [Some(1), Some(2), Some(1)]);
    assert_eq!(orders(&next), [("north", "east", 2), ("north", "south", 2)]);
    assert!(next.orders.iter().all(|order| order.replaces == BTreeSet::from([digest(1)])));

    // In the meantime somebody pushed to the south.
    let conflict = look(next.record.as_ref(), [Some(2), Some(2), Some(7)]);
    assert!(conflict.orders.is_empty());
    assert_eq!(conflict.news, [News::Conflict { zone: zone("south"), there: digest(7) }]);
    assert_eq!(standing(&conflict, "south"), &Standing::Conflict { there: digest(7) });
    // It is told once, and stays.
    let again = pushed(conflict.record.as_ref(), "south", [Some(2), Some(2), Some(7)]);
    assert!(again.orders.is_empty() && again.news.is_empty() && !again.writes);
    // Another one is told again.
    let other = look(conflict.record.as_ref(), [Some(2), Some(2), Some(8)]);
    assert_eq!(other.news, [News::Conflict { zone: zone("south"), there: digest(8) }]);
}

#[test]
fn a_person_decides_a_conflict_either_way() {
    let record = look(None, [Some(0), Some(1), Some(0)]).record;
    let conflict = look(record.as_ref(), [Some(1), Some(1), Some(7)]).record.unwrap();

    let replaced = conflict.replace(&zone("south"), digest(7), &right(Action::Update)).unwrap();
    let after = look(Some(&replaced), [Some(1), Some(1), Some(7)]);
    assert_eq!(orders(&after), [("north", "south", 1)]);
    assert!(after.orders[0].replaces.contains(&digest(7)));
    // What is there by now is another matter.
    assert!(look(Some(&replaced), [Some(1), Some(1), Some(8)]).orders.is_empty());

    let taken = conflict.take_over(&zone("south"), &right(Action::Update)).unwrap();
    let after = look(Some(&taken), [Some(1), Some(1), Some(7)]);
    assert_eq!(orders(&after), [("south", "east", 7), ("south", "north", 7)]);
    assert_eq!(standing(&after, "south"), &Standing::Origin);

    // With a right to something else, neither.
    for wrong in [right(Action::Sync), right(Action::View)] {
        let refusal = conflict.replace(&zone("south"), digest(7), &wrong);
        assert!(matches!(refusal, Err(Refusal::WrongRight { .. })));
        assert!(conflict.take_over(&zone("south"), &wrong).is_err());
    }
    assert!(conflict.retry(&zone("south"), &right(Action::Update)).is_err());
}

#[test]
fn what_is_found_without_a_record_belongs_to_the_first_zone_or_to_nobody() {
    let same = look(None, [Some(0), Some(3), Some(3)]);
    assert_eq!(same.news, [News::Belongs { zone: zone("north") }]);
    assert_eq!(orders(&same), [("north", "east", 3)]);

    let different = look(None, [Some(0), Some(3), Some(4)]);
    assert!(different.orders.is_empty() && different.record.is_none() && !different.writes);
    assert_eq!(standing(&different, "north"), &Standing::Conflict { there: digest(3) });
    assert_eq!(standing(&different, "south"), &Standing::Conflict { there: digest(4) });
    // A notification says which one it is about.
    let known = pushed(None, "south", [Some(0), Some(3), Some(4)]);
    assert_eq!(orders(&known), [("south", "east", 4)]);
    assert_eq!(standing(&known, "north"), &Standing::Conflict { there: digest(3) });

    let nothing = look(None, [Some(0), Some(0), Some(0)]);
    assert!(nothing.record.is_none() && nothing.orders.is_empty());
}

#[test]
fn zones_that_do_not_answer_stop_nothing_and_are_asked_again() {
    let first = look(None, [None, Some(1), Some(0)]);
    assert_eq!(orders(&first), [("north", "south", 1)]);
    assert_eq!(standing(&first, "east"), &Standing::Unknown);
    // The zone that it belongs to does not answer: nothing can be said, and nothing is given to another zone.
    let away = look(first.record.as_ref(), [Some(0), None, Some(5)]);
    assert!(away.orders.is_empty() && !away.writes);
    let nobody = look(None, [None, None, None]);
    assert!(nobody.orders.is_empty() && nobody.record.is_none());
    // It held something else all the time.
    let back = look(first.record.as_ref(), [Some(9), Some(1), Some(1)]);
    assert_eq!(standing(&back, "east"), &Standing::Conflict { there: digest(9) });
}

#[test]
fn what_was_deleted_is_not_brought_back() {
    let record = look(None, [Some(0), Some(1), Some(0)]).record;
    let record = look(record.as_ref(), [Some(1), Some(1), Some(1)]).record;
    let deleted = look(record.as_ref(), [Some(1), Some(0), Some(1)]);
    assert!(deleted.orders.is_empty());
    assert_eq!(standing(&deleted, "east"), &Standing::Kept);
    assert_eq!(standing(&deleted, "north"), &Standing::Absent);
    // A notification of what is kept changes nothing.
    assert!(pushed(deleted.record.as_ref(), "east", [Some(1), Some(0), Some(1)]).orders.is_empty());
    // Pushed again where it was: it goes out again.
    let again = look(deleted.record.as_ref(), [Some(1), Some(2), Some(1)]);
    assert_eq!(orders(&again), [("north", "east", 2), ("north", "south", 2)]);
    // Something else is pushed elsewhere: it belongs there.
    let moved = pushed(deleted.record.as_ref(), "south", [Some(1), Some(0), Some(2)]);
    assert_eq!(moved.news, [News::Belongs { zone: zone("south") }]);
    assert_eq!(orders(&moved), [("south", "east", 2), ("south", "north", 2)]);
    // Gone everywhere, while a copy runs: what that may write is known to be ours.
    let mut running = sights([Some(0), Some(0), Some(0)]);
    running.copying(zone("east"), digest(1));
    let kept = distribute(&web(), &rule(), deleted.record.as_ref(), &running, at(0));
    assert!(kept.record.is_some() && kept.orders.is_empty());
    // Gone everywhere: so is the record.
    let gone = look(deleted.record.as_ref(), [Some(0), Some(0), Some(0)]);
    assert!(gone.record.is_none() && gone.writes);
}

#[test]
fn a_failed_copy_is_tried_again_later_each_time_and_not_if_it_will_not_pass() {
    let held = [Some(1), Some(1), Some(0)];
    let mut record = look(None, held).record.unwrap();
    let (mut now, mut last) = (at(0), 0);
    for attempt in 2..8 {
        record = record.failed(&zone("south"), FailureKind::Unavailable, "no room", now);
        let waiting = distribute(&web(), &rule(), Some(&record), &sights(held), now);
        assert!(waiting.orders.is_empty());
        assert!(matches!(standing(&waiting, "south"), Standing::Behind { failure: Some(_) }));
        let next = waiting.next.unwrap();
        assert!(next.seconds() - now.seconds() > last, "{attempt}");
        (last, now) = (next.seconds() - now.seconds(), next);
        let again = distribute(&web(), &rule(), Some(&record), &sights(held), now);
        assert_eq!(again.orders[0].attempt, attempt);
        record = again.record.unwrap();
    }
    // The clock goes back: nobody waits for longer than an hour and a quarter.
    let back = distribute(
        &web(),
        &rule(),
        Some(&record.failed(&zone("south"), FailureKind::Interrupted, "x", at(9_000_000))),
        &sights(held),
        at(0),
    );
    assert!(back.next.unwrap() <= at(4_500));

    // What was deleted while it was copied, and is there again.
    let missed = record.failed(&zone("south"), FailureKind::SourceMissing, "it is gone", now);
    let waiting = distribute(&web(), &rule(), Some(&missed), &sights(held), now);
    assert!(waiting.orders.is_empty());
    let again = distribute(&web(), &rule(), Some(&missed), &sights(held), waiting.next.unwrap());
    assert_eq!(again.orders.len(), 1);

    let denied = record.failed(&zone("south"), FailureKind::TagImmutable, "it may not be moved", now);
    let waiting = distribute(&web(), &rule(), Some(&denied), &sights(held), at(9_000_000));
    assert!(waiting.orders.is_empty() && waiting.next.is_none());
    let status = &statuses([&waiting])[&zone("south")];
    assert_eq!(status.to_string(), "behind by 1; last error: it may not be moved");
    let retried = denied.retry(&zone("south"), &right(Action::Sync)).unwrap();
    assert_eq!(look(Some(&retried), held).orders[0].attempt, 1);
    // Another content is another matter.
    assert_eq!(look(Some(&denied), [Some(2), Some(1), Some(0)]).orders.len(), 2);
}

#[test]
fn what_was_only_about_what_a_zone_held_is_tried_again() {
    let held = [Some(1), Some(1), Some(0)];
    let record = look(None, held).record.unwrap();
    for kind in FailureKind::ALL {
        let failed = record.failed(&zone("south"), *kind, "x", at(0));
        let later = distribute(&web(), &rule(), Some(&failed), &sights(held), at(9_000));
        let waits = matches!(kind.name(), "tag_immutable" | "denied" | "quota_exceeded" | "refused");
        assert_eq!(later.orders.is_empty(), waits, "{kind}");
    }
}

#[test]
fn a_tag_that_the_rule_is_not_about_is_forgotten_when_it_is_nowhere() {
    let record = look(None, [Some(1), Some(1), Some(1)]).record.unwrap();
    let other = rule().with_tags(TagFilter::of(["nothing-like-it".parse::<TagPattern>().unwrap()]));
    let still = distribute(&web(), &other, Some(&record), &sights([Some(0), None, Some(0)]), at(0));
    assert!(!still.writes && still.record.is_some() && standing(&still, "east") == &Standing::NotWanted);
    let gone = distribute(&web(), &other, Some(&record), &sights([Some(0), Some(0), Some(0)]), at(0));
    assert!(gone.writes && gone.record.is_none() && gone.standings.is_empty());
}

#[test]
fn zones_that_leave_the_rule_give_their_images_to_others() {
    let record = look(None, [Some(0), Some(1), Some(0)]).record;
    let record = look(record.as_ref(), [Some(1), Some(1), Some(1)]).record;
    let fewer = DistributionRule::new([zone("east"), zone("south")]).unwrap();
    let after = distribute(&web(), &fewer, record.as_ref(), &sights([Some(1), Some(9), Some(1)]), at(0));
    assert_eq!(after.news, [News::Belongs { zone: zone("east") }]);
    assert!(after.orders.is_empty());
}

#[test]
fn a_zone_that_leaves_the_rule_and_returns_follows_as_the_others_do() {
    let record = look(None, [Some(0), Some(1), Some(0)]).record;
    let record = look(record.as_ref(), [Some(1), Some(1), Some(1)]).record;
    let fewer = DistributionRule::new([zone("east"), zone("south")]).unwrap();
    // The east was pushed to by hand: it belongs to the one that holds the same as before.
    let after = distribute(&web(), &fewer, record.as_ref(), &sights([Some(5), Some(1), Some(1)]), at(0));
    assert_eq!(after.news[0], News::Belongs { zone: zone("south") });
    assert_eq!(standing(&after, "east"), &Standing::Conflict { there: digest(5) });
    // Something new, and the north is back.
    let back = look(after.record.as_ref(), [Some(5), Some(1), Some(2)]);
    assert_eq!(orders(&back), [("south", "north", 2)]);
}

#[test]
fn a_copy_that_nobody_saw_arrive_is_no_conflict() {
    let record = look(None, [Some(0), Some(1), Some(0)]).record;
    let after = look(record.as_ref(), [Some(1), Some(2), Some(0)]);
    assert_eq!(orders(&after), [("north", "east", 2), ("north", "south", 2)]);
    assert!(after.orders[0].replaces.contains(&digest(1)) && after.news.is_empty());
}

#[test]
fn a_copy_that_still_runs_may_put_there_what_is_replaced_later() {
    let record = look(None, [Some(0), Some(1), Some(0)]).record;
    // A copy of 1 to the south runs; by hand somebody put 2 there, and 2 is pushed in the north.
    let mut seen = sights([Some(1), Some(2), Some(2)]);
    seen.copying(zone("south"), digest(1));
    let between = distribute(&web(), &rule(), record.as_ref(), &seen, at(1));
    assert_eq!(standing(&between, "south"), &Standing::InStep);
    // It wrote after all.
    let after = look(between.record.as_ref(), [Some(2), Some(2), Some(1)]);
    assert_eq!(orders(&after), [("north", "south", 2)]);
    assert!(after.orders[0].replaces.contains(&digest(1)));
}

#[test]
fn the_last_error_of_a_zone_is_the_latest_of_its_images() {
    let held = [Some(1), Some(1), Some(0)];
    let record = look(None, held).record.unwrap();
    let failed = |message, second| {
        let record = record.failed(&zone("south"), FailureKind::Unavailable, message, at(second));
        distribute(&web(), &rule(), Some(&record), &sights(held), at(second))
    };
    let images = [failed("first", 5), failed("last", 9), failed("between", 7)];
    let status = &statuses(&images)[&zone("south")];
    assert_eq!((status.behind, status.last_error.as_ref().unwrap().message.as_str()), (3, "last"));
}

#[test]
fn tags_that_the_rule_is_not_about_stay_where_they_are() {
    let tags = TagFilter::of(["2.*".parse().unwrap()]);
    let only = rule().with_tags(tags);
    let after = distribute(&web(), &only, None, &sights([Some(1), Some(0), Some(0)]), at(0));
    assert!(after.orders.is_empty() && after.record.is_none());
    assert_eq!(standing(&after, "north"), &Standing::NotWanted);
}

#[test]
fn zones_say_how_they_stand() {
    let record = look(None, [Some(1), Some(0), Some(0)]).record;
    let images = [
        look(record.as_ref(), [Some(1), Some(1), Some(0)]),
        look(record.as_ref(), [Some(1), Some(1), Some(4)]),
        look(record.as_ref(), [Some(1), None, Some(1)]),
    ];
    assert_eq!(standing(&images[0], "south"), &BEHIND);
    let all = statuses(&images);
    let told: Vec<String> = all.values().map(ZoneStatus::to_string).collect();
    assert_eq!(told, ["in step", "1 not known", "behind by 1, 1 in conflict"]);
    assert_eq!(all[&zone("east")].in_step, 3);
}

#[test]
fn records_and_rules_are_read_again() {
    let record = pushed(None, "east", [Some(1), Some(0), Some(4)]).record.unwrap();
    let record = record.failed(&zone("north"), FailureKind::Denied, "no", at(5));
    let mut written = serde_json::to_value(&record).unwrap();
    assert_eq!(serde_json::from_value::<Distributed>(written.clone()).unwrap(), record);
    written["later"] = 1.into();
    written["placed"]["north"]["later"] = 1.into();
    assert_eq!(serde_json::from_value::<Distributed>(written).unwrap(), record);

    let rule = rule()
        .with_tags(TagFilter::of(["versions >=1.2, <3".parse().unwrap()]).but(["*-rc?".parse().unwrap()]));
    let text = serde_json::to_string(&rule).unwrap();
    assert_eq!(serde_json::from_str::<DistributionRule>(&text).unwrap(), rule, "{text}");
    for wrong in [
        r#"{"zones":["a"]}"#,
        r#"{"zones":["a","a"]}"#,
        r#"{"zones":["a","B"]}"#,
        r#"{"zones":["a","b"],"tags":{"include":["a b"]}}"#,
    ] {
        assert!(serde_json::from_str::<DistributionRule>(wrong).is_err(), "{wrong}");
    }
}

fn zones() -> Zones {
    Zones::new([
        Zone::new(zone("east"), "registry.east.bank.test"),
        Zone::new(zone("north"), "registry.north.bank.test:5000/images"),
    ])
    .unwrap()
}

#[test]
fn references_are_those_of_the_zone_and_nothing_else_changes() {
    let north = zones().mapping(&zone("north")).unwrap();
    let hex = "0".repeat(64);
    for (before, after) in [
        ("registry.east.bank.test/retail/web:1.4", "registry.north.bank.test:5000/images/retail/web:1.4"),
        ("registry.east.bank.test/retail/web", "registry.north.bank.test:5000/images/retail/web"),
        ("REGISTRY.east.bank.test:443/retail/web:1", "registry.north.bank.test:5000/images/retail/web:1"),
        (
            "registry.north.bank.test:5000/images/retail/web:1",
            "registry.north.bank.test:5000/images/retail/web:1",
        ),
        ("registry.east.bank.test.evil.com/web:1", "registry.east.bank.test.evil.com/web:1"),
        ("nginx:1.27", "nginx:1.27"),
    ] {
        assert_eq!(north.image(before), after);
    }
    let pinned = format!("registry.east.bank.test/retail/web:1.4@sha256:{hex}");
    assert_eq!(
        north.image(&pinned),
        format!("registry.north.bank.test:5000/images/retail/web:1.4@sha256:{hex}")
    );
    let east = zones().mapping(&zone("east")).unwrap();
    assert_eq!(
        east.image("registry.north.bank.test:5000/images/retail/web:1"),
        "registry.east.bank.test/retail/web:1"
    );
    assert_eq!(
        east.image("registry.north.bank.test:5000/other/web:1"),
        "registry.north.bank.test:5000/other/web:1"
    );
    assert!(zones().mapping(&zone("south")).is_none());

    let mut application = Application::new("shop");
    application.networks.push(Network::new("dmz"));
    application.services.push(Service::new(
        "web",
        "dmz",
        Container::new("registry.east.bank.test/retail/web:1"),
    ));
    let moved = north.apply(&application);
    assert_eq!(
        moved.services[0].container().unwrap().image,
        "registry.north.bank.test:5000/images/retail/web:1"
    );
    assert_eq!(east.apply(&moved), application);
}

#[test]
fn zones_are_checked() {
    let with = |registry: &str| {
        Zones::new([Zone::new(zone("east"), "registry.bank.test"), Zone::new(zone("north"), registry)])
    };
    for wrong in [
        "registry.bank.test",
        "REGISTRY.bank.test:443",
        "registry.bank.test/images",
        "shop",
        "",
        "a b",
        "https://x.test",
    ] {
        assert!(with(wrong).is_err(), "{wrong}");
    }
    let zones = with("registry.bank.test:5000").unwrap();
    let text = serde_json::to_string(&zones).unwrap();
    assert_eq!(serde_json::from_str::<Zones>(&text).unwrap(), zones);
    assert!(serde_json::from_str::<Zones>(&text.replace("north", "east")).is_err());
}

#[test]
fn patterns_of_tags() {
    for (pattern, has, has_not) in [
        ("*", &["a", "1.4"][..], &[][..]),
        ("1.*", &["1.", "1.4.2"], &["1", "11.4"]),
        ("*-alpine", &["1-alpine", "-alpine-alpine"], &["alpine", "1-alpine3"]),
        ("a*b*c", &["abc", "aXbYc", "abbcbc"], &["acb", "abcd"]),
        ("v?.?", &["v1.2"], &["v1.10", "V1.2"]),
        ("Latest", &["Latest"], &["latest"]),
        (
            "versions ^1.2",
            &["1.2", "v1.9.9", "1.2.0"],
            &["2", "1.1.9", "1.3-rc1", "latest", "1.2.3.4", "01.2", "1..2"],
        ),
        ("versions >=1.4.0-rc1", &["1.4.0-rc1", "1.4.0-rc2", "1.4"], &["1.4.0-beta", "1.5.0-rc1"]),
        ("versions *", &["0", "1.2.3", "20261123"], &["x", "v", "1-"]),
    ] {
        let pattern: TagPattern = pattern.parse().unwrap();
        for tag in has.iter().filter(|tag| !tag.starts_with('-')) {
            assert!(pattern.has(&tag.parse().unwrap()), "{pattern} {tag}");
        }
        for tag in has_not {
            assert!(!pattern.has(&tag.parse().unwrap()), "{pattern} {tag}");
        }
        assert_eq!(pattern.to_string().parse::<TagPattern>().unwrap(), pattern);
    }
    for wrong in ["", "a b", "a/b", "versions ", "versions one", "ä", &"a".repeat(257)] {
        assert!(wrong.parse::<TagPattern>().is_err(), "{wrong}");
    }
}

/// The same, as plainly as can be.
fn plainly(pattern: &[char], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, _) => text.is_empty(),
        (Some(('*', rest)), _) => {
            plainly(rest, text) || text.split_first().is_some_and(|(_, text)| plainly(pattern, text))
        }
        (Some((c, rest)), Some((t, text))) => (*c == '?' || c == t) && plainly(rest, text),
        (Some(_), None) => false,
    }
}

proptest! {
    #[test]
    fn stars_match_as_they_do_by_definition(pattern in "[ab*?]{1,8}", tag in "[ab]{1,10}") {
        let read: TagPattern = pattern.parse().unwrap();
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        prop_assert_eq!(read.has(&tag.parse().unwrap()), plainly(&chars(&pattern), &chars(&tag)));
    }

    #[test]
    fn any_pattern_is_read_or_refused(pattern in "(versions )?[0-9a-z.*?<>=^~, -]{0,20}", tag in "[0-9a-zA-Z][0-9a-zA-Z.-]{0,12}") {
        if let Ok(read) = pattern.parse::<TagPattern>() {
            let _ = read.has(&tag.parse().unwrap());
            prop_assert_eq!(read.to_string().parse::<TagPattern>().unwrap(), read);
        }
    }
}
