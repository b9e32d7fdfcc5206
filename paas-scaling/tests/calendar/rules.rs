//! Rules 1 and 2, sentence by sentence.

use super::*;
use paas_scaling::calendar::UnknownTimeZone;

const SHANGHAI: &str = "Asia/Shanghai";

#[test]
fn rule_1_a_window_is_open_from_its_start_until_just_before_its_end() {
    let calendar = calendar(SHANGHAI, [daily("08:00-20:00")]);
    assert!(open(&calendar, "2026-11-23T07:59:59+08:00").is_empty());
    assert_eq!(open(&calendar, "2026-11-23T08:00:00+08:00"), [0]);
    assert_eq!(open(&calendar, "2026-11-23T19:59:59+08:00"), [0]);
    assert!(open(&calendar, "2026-11-23T20:00:00+08:00").is_empty());
}

#[test]
fn rule_1_a_window_over_midnight_belongs_to_the_date_of_its_start() {
    let calendar = calendar(SHANGHAI, [weekly("wed", "22:00-06:00"), monthly([25], "22:00-06:00")]);
    // 2026-11-25 is a Wednesday.
    let night = ("2026-11-25T22:00:00+08:00", "2026-11-26T06:00:00+08:00");
    assert_occurrences(&calendar, "2026-11-24T00:00:00+08:00", "2026-11-28T00:00:00+08:00", &[night, night]);
}

#[test]
fn rule_1_months_without_the_day_are_skipped() {
    let calendar = calendar(SHANGHAI, [monthly([31], "08:00-09:00")]);
    let days: Vec<String> = calendar
        .occurrences(at("2026-01-01T00:00:00+08:00"), at("2027-01-01T00:00:00+08:00"))
        .map(|open| open.start.to_string())
        .collect();
    let expected = ["01-31", "03-31", "05-31", "07-31", "08-31", "10-31", "12-31"];
    assert_eq!(days, expected.map(|day| format!("2026-{day}T00:00:00Z")));

    let leap = super::calendar("UTC", [monthly([29], "08:00-09:00")]);
    let february =
        |year: u16| (at(&format!("{year}-02-01T00:00:00Z")), at(&format!("{year}-03-01T00:00:00Z")));
    let count = |year| {
        let (from, to) = february(year);
        leap.occurrences(from, to).count()
    };
    assert_eq!([2026, 2027, 2028, 2100, 2104].map(count), [0, 0, 1, 0, 1]);
}

#[test]
fn rule_1_an_edge_in_the_gap_falls_on_its_end() {
    // 02:00 to 03:00 on 2026-03-29.
    let starts_in_it = calendar("Europe/Berlin", [daily("02:30-05:00")]);
    assert_occurrences(
        &starts_in_it,
        "2026-03-29T00:00:00+01:00",
        "2026-03-30T00:00:00+02:00",
        &[("2026-03-29T03:00:00+02:00", "2026-03-29T05:00:00+02:00")],
    );
    let ends_in_it = calendar("Europe/Berlin", [daily("01:30-02:30")]);
    assert_occurrences(
        &ends_in_it,
        "2026-03-29T00:00:00+01:00",
        "2026-03-30T00:00:00+02:00",
        &[("2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00")],
    );
}

#[test]
fn rule_1_an_occurrence_inside_the_gap_does_not_exist() {
    let calendar = calendar("Europe/Berlin", [daily("02:15-02:45")]);
    let phase = calendar.phase(at("2026-03-28T12:00:00+01:00"));
    assert_eq!(phase.until, at("2026-03-30T02:15:00+02:00"));
}

#[test]
fn rule_1_an_edge_in_the_fold_falls_on_the_first_of_the_two() {
    // 03:00 to 02:00 on 2026-10-25.
    let starts_in_it = calendar("Europe/Berlin", [daily("02:30-05:00")]);
    assert_occurrences(
        &starts_in_it,
        "2026-10-25T00:00:00+02:00",
        "2026-10-26T00:00:00+01:00",
        &[("2026-10-25T02:30:00+02:00", "2026-10-25T05:00:00+01:00")],
    );
    let ends_in_it = calendar("Europe/Berlin", [daily("01:30-02:30")]);
    assert_occurrences(
        &ends_in_it,
        "2026-10-25T00:00:00+02:00",
        "2026-10-26T00:00:00+01:00",
        &[("2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00")],
    );
    // The second 02:20 is not in it, though the clock shows a time between.
    assert!(open(&ends_in_it, "2026-10-25T02:20:00+01:00").is_empty());
}

#[test]
fn rule_2_a_daily_window_of_the_whole_day_has_no_edge_at_all() {
    for window in [
        daily("06:00-06:00"),
        weekly("mon tue wed thu fri sat sun", "06:00-06:00"),
        monthly(1..=31, "06:00-06:00"),
    ] {
        let calendar = calendar("Europe/Berlin", [window]);
        for now in
            [Timestamp::MIN, at("2026-03-29T02:00:00+01:00"), at("2026-11-23T06:00:00+01:00"), Timestamp::MAX]
        {
            let phase = calendar.phase(now);
            assert_eq!(phase.until, Timestamp::MAX);
            assert_eq!((phase.open[0].start, phase.open[0].end), (Timestamp::MIN, Timestamp::MAX));
        }
    }
}

#[test]
fn rule_2_whole_days_that_follow_each_other_are_one() {
    let week = calendar(SHANGHAI, [weekly("mon tue wed", "06:00-06:00")]);
    assert_occurrences(
        &week,
        "2026-11-24T12:00:00+08:00",
        "2026-12-01T00:00:00+08:00",
        &[
            ("2026-11-23T06:00:00+08:00", "2026-11-26T06:00:00+08:00"),
            ("2026-11-30T06:00:00+08:00", "2026-12-03T06:00:00+08:00"),
        ],
    );
    // Over a Sunday.
    let weekend = calendar(SHANGHAI, [weekly("sat sun mon", "00:00-00:00")]);
    assert_occurrences(
        &weekend,
        "2026-11-29T12:00:00+08:00",
        "2026-11-30T00:00:00+08:00",
        &[("2026-11-28T00:00:00+08:00", "2026-12-01T00:00:00+08:00")],
    );
    // February has no 31st that would be missing: from the first to the last day of 1 to 30 in between.
    let month = calendar(SHANGHAI, [monthly(1..=30, "00:00-00:00")]);
    assert_occurrences(
        &month,
        "2026-02-15T00:00:00+08:00",
        "2026-02-16T00:00:00+08:00",
        &[("2026-02-01T00:00:00+08:00", "2026-03-31T00:00:00+08:00")],
    );
}

#[test]
fn rule_2_there_is_no_edge_where_the_clock_skips_all_that_is_between_two_occurrences() {
    // Closed from 02:15 to 02:45 only, which the gap skips.
    let calendar = calendar("Europe/Berlin", [daily("02:45-02:15")]);
    assert_occurrences(
        &calendar,
        "2026-03-29T01:00:00+01:00",
        "2026-03-30T02:30:00+02:00",
        &[("2026-03-28T02:45:00+01:00", "2026-03-30T02:15:00+02:00")],
    );
    let same = calendar.phase(at("2026-03-29T12:00:00+02:00")).open;
    assert_eq!(same, calendar.phase(at("2026-03-29T01:00:00+01:00")).open);

    // Closed from 02:00 to 03:00, which is the gap.
    let calendar = super::calendar("Europe/Berlin", [daily("03:00-02:00")]);
    for from in ["2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T01:59:59+02:00"] {
        assert_occurrences(
            &calendar,
            from,
            "2026-03-30T02:30:00+02:00",
            &[("2026-03-28T03:00:00+01:00", "2026-03-30T02:00:00+02:00")],
        );
    }
}

#[test]
fn windows_that_are_not_enabled_or_begin_on_no_day_are_never_open_and_the_others_keep_their_index() {
    let mut windows = vec![
        daily("00:00-12:00"),
        weekly("mon", "00:00-12:00"),
        monthly([0, 32], "00:00-12:00"),
        daily("06:00-12:00"),
    ];
    windows[0].enabled = false;
    windows[1].cycle = Cycle::Weekly([].into());
    let calendar = calendar("UTC", windows);
    let phase = calendar.phase(at("2026-11-23T08:00:00Z"));
    assert_eq!(phase.open.iter().map(|open| open.window).collect::<Vec<_>>(), [3]);
    assert_eq!(phase.until, at("2026-11-23T12:00:00Z"));

    let none = super::calendar("UTC", []);
    assert_eq!((none.phase(Timestamp::MIN).until, none.phase(Timestamp::MIN).open), (Timestamp::MAX, vec![]));
    assert_eq!(none.occurrences(Timestamp::MIN, Timestamp::MAX).next(), None);
}

#[test]
fn the_first_and_the_last_instants_are_like_others() {
    for zone in ["UTC", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Shanghai", "Africa/Monrovia"] {
        let calendar = calendar(
            zone,
            [
                daily("08:00-07:00"),
                weekly("thu", "00:00-00:00"),
                monthly([1, 31], "12:00-06:00"),
                daily("06:28-06:29"),
            ],
        );
        let first = calendar.phase(Timestamp::MIN);
        assert!(first.until > Timestamp::MIN, "{zone}");
        assert!(first.open.iter().all(|open| open.end > Timestamp::MIN), "{zone}");
        let mut now = Timestamp::from_seconds(u32::MAX - 400_000);
        while now < Timestamp::MAX {
            let phase = calendar.phase(now);
            assert!(phase.until > now, "{zone}");
            now = phase.until;
        }
        let last = calendar.phase(Timestamp::MAX);
        assert_eq!(last.until, Timestamp::MAX, "{zone}");
        let tail = calendar.occurrences(Timestamp::from_seconds(u32::MAX - 400_000), Timestamp::MAX);
        assert!(tail.take(1_000).all(|open| open.start < Timestamp::MAX), "{zone}");
        let back = calendar.occurrences(Timestamp::MAX, Timestamp::MIN);
        assert_eq!(back.count(), 0, "{zone}");
    }
    // 2106-02-07T06:28:15Z is the last.
    let last = calendar("UTC", [daily("06:28-07:00")]);
    assert_eq!(open(&last, "2106-02-07T06:28:15Z"), [0]);
    assert_eq!(last.phase(Timestamp::MAX).open[0].end, Timestamp::MAX);
}

#[test]
fn occurrences_are_those_that_are_open_from_the_first_instant_until_just_before_the_second() {
    let calendar = calendar("UTC", [daily("08:00-12:00")]);
    let count = |from: &str, to: &str| {
        calendar.occurrences(at(&format!("2026-11-23T{from}Z")), at(&format!("2026-11-23T{to}Z"))).count()
    };
    assert_eq!(count("07:00:00", "08:00:00"), 0);
    assert_eq!(count("07:00:00", "08:00:01"), 1);
    assert_eq!(count("11:59:59", "12:00:00"), 1);
    assert_eq!(count("12:00:00", "13:00:00"), 0);
    assert_eq!(count("09:00:00", "09:00:00"), 0);
}

#[test]
fn a_zone_that_is_not_in_the_database_is_an_error() {
    let mut zones = Zones::default();
    for name in ["Asia/Peking", "asia/shanghai", "", "+08:00"] {
        let UnknownTimeZone { name: told, .. } = Calendar::new(&policy(name, []), &mut zones).unwrap_err();
        assert_eq!(told, name);
    }
    for name in paas_core::scaling::time_zones() {
        assert_eq!(zones.zone(name).unwrap().name(), name);
    }
}
