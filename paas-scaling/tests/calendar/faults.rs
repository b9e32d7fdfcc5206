//! What peers got wrong about windows, from their users.

use super::*;

#[test]
fn keda_4677_a_window_of_workdays_is_closed_over_the_weekend() {
    let calendar = calendar("Asia/Shanghai", [weekly("mon tue wed thu fri", "08:00-20:00")]);
    // 2026-11-27 is a Friday.
    let friday = calendar.phase(at("2026-11-27T20:00:00+08:00"));
    assert!(friday.open.is_empty());
    assert_eq!(friday.until, at("2026-11-30T08:00:00+08:00"));
    for hour in 0..60 {
        let instant = at("2026-11-27T20:00:00+08:00").plus(hour * 3_600);
        assert_eq!(calendar.phase(instant), friday, "{instant}");
    }
    assert_eq!(open(&calendar, "2026-11-30T08:00:00+08:00"), [0]);
}

#[test]
fn keda_4677_the_night_of_friday_ends_on_saturday() {
    let calendar = calendar("Asia/Shanghai", [weekly("mon tue wed thu fri", "22:00-06:00")]);
    let night = calendar.phase(at("2026-11-28T05:59:59+08:00"));
    assert_eq!(night.open[0].start, at("2026-11-27T22:00:00+08:00"));
    assert_eq!(night.until, at("2026-11-28T06:00:00+08:00"));
    assert_eq!(calendar.phase(night.until).until, at("2026-11-30T22:00:00+08:00"));
    assert!(calendar.phase(night.until).open.is_empty());
}

#[test]
fn keda_2031_a_start_equal_to_the_end_is_the_whole_day() {
    let calendar = calendar("Asia/Shanghai", [weekly("mon", "08:00-08:00")]);
    assert_occurrences(
        &calendar,
        "2026-11-22T00:00:00+08:00",
        "2026-11-29T00:00:00+08:00",
        &[("2026-11-23T08:00:00+08:00", "2026-11-24T08:00:00+08:00")],
    );
}

#[test]
fn keda_6665_where_one_window_hands_over_to_the_next_just_one_is_open() {
    let windows = [daily("00:00-02:30"), daily("02:30-08:00"), daily("08:00-22:00"), daily("22:00-00:00")];
    // Also in the nights when the clocks change.
    for (zone, first) in [
        ("Asia/Shanghai", "2026-11-20T00:00:00Z"),
        ("Europe/Berlin", "2026-03-27T00:00:00Z"),
        ("Europe/Berlin", "2026-10-23T00:00:00Z"),
        ("America/Havana", "2026-03-06T00:00:00Z"),
        ("America/Havana", "2026-10-30T00:00:00Z"),
    ] {
        let calendar = calendar(zone, windows.clone());
        let mut phase = calendar.phase(at(first));
        for _ in 0..20 {
            let next = calendar.phase(phase.until);
            let ([one], [other]) = (&phase.open[..], &next.open[..]) else {
                panic!("{zone}: {phase:?} {next:?}")
            };
            assert_eq!(one.end, other.start, "{zone}");
            assert_eq!((one.window + 1) % 4, other.window, "{zone}");
            phase = next;
        }
    }
}

#[test]
fn judoscale_255_a_window_lasts_as_long_as_the_wall_clock_says_when_the_clocks_change() {
    let calendar = calendar("America/New_York", [daily("00:00-06:00")]);
    assert_occurrences(
        &calendar,
        "2026-03-07T12:00:00-05:00",
        "2026-03-09T12:00:00-04:00",
        &[
            ("2026-03-08T00:00:00-05:00", "2026-03-08T06:00:00-04:00"),
            ("2026-03-09T00:00:00-04:00", "2026-03-09T06:00:00-04:00"),
        ],
    );
    assert_occurrences(
        &calendar,
        "2026-10-31T12:00:00-04:00",
        "2026-11-02T12:00:00-05:00",
        &[
            ("2026-11-01T00:00:00-04:00", "2026-11-01T06:00:00-05:00"),
            ("2026-11-02T00:00:00-05:00", "2026-11-02T06:00:00-05:00"),
        ],
    );
}

#[test]
fn judoscale_255_a_window_in_the_hour_that_comes_twice_opens_once() {
    let calendar = calendar("America/New_York", [daily("01:15-01:45")]);
    assert_occurrences(
        &calendar,
        "2026-11-01T00:00:00-04:00",
        "2026-11-02T00:00:00-05:00",
        &[("2026-11-01T01:15:00-04:00", "2026-11-01T01:45:00-04:00")],
    );
}
