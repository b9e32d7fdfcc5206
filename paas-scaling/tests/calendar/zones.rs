//! Zones with a trick.

use super::*;

#[test]
fn samoa_had_no_30th_of_december_2011() {
    let zone = "Pacific/Apia";
    let (from, to) = ("2011-12-29T00:00:00-10:00", "2011-12-31T12:00:00+14:00");
    let gap = "2011-12-31T00:00:00+14:00";
    let day = calendar(zone, [daily("08:00-20:00")]);
    let next = ("2011-12-31T08:00:00+14:00", "2011-12-31T20:00:00+14:00");
    assert_occurrences(&day, from, to, &[("2011-12-29T08:00:00-10:00", "2011-12-29T20:00:00-10:00"), next]);
    // It was to end on that day: it ends with the gap.
    let night = calendar(zone, [weekly("thu", "22:00-06:00")]);
    assert_occurrences(&night, from, to, &[("2011-12-29T22:00:00-10:00", gap)]);
    // And that which was to begin on that day begins with the end of the gap, if it is not over then.
    let night = calendar(zone, [weekly("fri", "22:00-06:00")]);
    assert_occurrences(&night, from, to, &[(gap, "2011-12-31T06:00:00+14:00")]);
    // That Friday does not exist, and the days around it touch.
    assert_occurrences(&calendar(zone, [weekly("fri", "00:00-00:00")]), from, to, &[]);
    let around = calendar(zone, [weekly("thu sat", "00:00-00:00")]);
    assert_occurrences(&around, from, to, &[("2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00")]);
    assert_occurrences(&calendar(zone, [monthly([30], "10:00-12:00")]), from, to, &[]);
}

#[test]
fn kwajalein_had_no_21st_of_august_1993() {
    let calendar = calendar("Pacific/Kwajalein", [daily("22:00-06:00")]);
    assert_occurrences(
        &calendar,
        "1993-08-20T12:00:00-12:00",
        "1993-08-23T00:00:00+12:00",
        &[
            // Until 06:00 of the day that was not: until its end; and from 22:00 of it.
            ("1993-08-20T22:00:00-12:00", "1993-08-22T06:00:00+12:00"),
            ("1993-08-22T22:00:00+12:00", "1993-08-23T06:00:00+12:00"),
        ],
    );
}

#[test]
fn lord_howe_changes_by_half_an_hour() {
    let calendar = calendar("Australia/Lord_Howe", [daily("01:45-02:15")]);
    // 02:00 to 02:30 on 2026-10-04.
    assert_occurrences(
        &calendar,
        "2026-10-04T00:00:00+10:30",
        "2026-10-05T00:00:00+11:00",
        &[("2026-10-04T01:45:00+10:30", "2026-10-04T02:30:00+11:00")],
    );
    // 02:00 to 01:30 on 2026-04-05.
    assert_occurrences(
        &calendar,
        "2026-04-05T00:00:00+11:00",
        "2026-04-06T00:00:00+10:30",
        &[("2026-04-05T01:45:00+11:00", "2026-04-05T02:15:00+10:30")],
    );
}

#[test]
fn dublin_has_its_saving_time_in_winter() {
    let calendar = calendar("Europe/Dublin", [daily("01:30-02:30")]);
    assert_occurrences(
        &calendar,
        "2026-03-29T00:00:00Z",
        "2026-03-29T12:00:00Z",
        &[("2026-03-29T02:00:00+01:00", "2026-03-29T02:30:00+01:00")],
    );
    assert_occurrences(
        &calendar,
        "2026-10-25T00:00:00+01:00",
        "2026-10-25T12:00:00Z",
        &[("2026-10-25T01:30:00+01:00", "2026-10-25T02:30:00Z")],
    );
}

#[test]
fn days_without_midnight_begin_with_the_end_of_the_gap() {
    for (zone, before, gap) in [
        ("America/Havana", "2026-03-07T12:00:00-05:00", "2026-03-08T01:00:00-04:00"),
        ("Asia/Beirut", "2026-03-28T12:00:00+02:00", "2026-03-29T01:00:00+03:00"),
        ("Africa/Cairo", "2026-04-23T12:00:00+02:00", "2026-04-24T01:00:00+03:00"),
        ("America/Santiago", "2026-09-05T12:00:00-04:00", "2026-09-06T01:00:00-03:00"),
    ] {
        let calendar = calendar(zone, [daily("00:00-08:00"), daily("18:00-00:00"), daily("00:15-00:45")]);
        let evening = calendar.phase(at(before));
        assert!(evening.open.is_empty(), "{zone}");
        let evening = calendar.phase(evening.until);
        assert_eq!(evening.open[0].window, 1, "{zone}");
        assert_eq!(evening.until, at(gap), "{zone}");
        assert_eq!(open(&calendar, gap), [0], "{zone}");
        assert_eq!(calendar.phase(at(gap)).until, at(gap).plus(7 * 3_600), "{zone}");
    }
}

#[test]
fn a_day_that_ends_twice_ends_the_first_time() {
    // Havana goes from 01:00 to 00:00, Cairo and Beirut from 00:00 to 23:00 of the day before.
    let havana = calendar("America/Havana", [weekly("sun", "00:00-00:30")]);
    assert_occurrences(
        &havana,
        "2026-10-31T12:00:00-04:00",
        "2026-11-01T12:00:00-05:00",
        &[("2026-11-01T00:00:00-04:00", "2026-11-01T00:30:00-04:00")],
    );
    // 2026-10-29 is the Thursday of Cairo's change. 23:00 comes twice, the 30th once.
    let cairo = calendar("Africa/Cairo", [weekly("thu", "23:30-00:15"), weekly("fri", "00:00-00:00")]);
    assert_occurrences(
        &cairo,
        "2026-10-29T12:00:00+03:00",
        "2026-10-30T12:00:00+02:00",
        &[
            ("2026-10-29T23:30:00+03:00", "2026-10-30T00:15:00+02:00"),
            ("2026-10-30T00:00:00+02:00", "2026-10-31T00:00:00+02:00"),
        ],
    );
    assert_eq!(open(&cairo, "2026-10-29T23:10:00+02:00"), [0]);
    let beirut = calendar("Asia/Beirut", [daily("23:00-23:30")]);
    assert_occurrences(
        &beirut,
        "2026-10-24T12:00:00+03:00",
        "2026-10-25T12:00:00+02:00",
        &[("2026-10-24T23:00:00+03:00", "2026-10-24T23:30:00+03:00")],
    );
}

#[test]
fn morocco_goes_back_for_ramadan_and_on_after_it() {
    let calendar = calendar("Africa/Casablanca", [daily("02:30-03:30")]);
    // 03:00 to 02:00 on 2026-02-15, 02:00 to 03:00 on 2026-03-22.
    assert_occurrences(
        &calendar,
        "2026-02-15T00:00:00+01:00",
        "2026-02-16T00:00:00Z",
        &[("2026-02-15T02:30:00+01:00", "2026-02-15T03:30:00Z")],
    );
    assert_occurrences(
        &calendar,
        "2026-03-22T00:00:00Z",
        "2026-03-23T00:00:00+01:00",
        &[("2026-03-22T03:00:00+01:00", "2026-03-22T03:30:00+01:00")],
    );
}

#[test]
fn monrovia_was_off_by_seconds() {
    // Until 1972-01-07, 44 minutes and 30 seconds behind.
    let calendar = calendar("Africa/Monrovia", [daily("08:00-09:00")]);
    assert_eq!(calendar.phase(at("1971-06-01T00:00:00Z")).until, at("1971-06-01T08:44:30Z"));
    assert_eq!(calendar.phase(at("1972-06-01T00:00:00Z")).until, at("1972-06-01T08:00:00Z"));
}

#[test]
fn changes_go_on_after_the_table_of_the_database_ends() {
    let calendar = calendar("Europe/Berlin", [daily("02:30-05:00")]);
    assert_occurrences(
        &calendar,
        "2100-03-28T00:00:00+01:00",
        "2100-03-28T12:00:00+02:00",
        &[("2100-03-28T03:00:00+02:00", "2100-03-28T05:00:00+02:00")],
    );
    // The last before instants end.
    assert_occurrences(
        &calendar,
        "2105-10-25T00:00:00+02:00",
        "2105-10-25T12:00:00+01:00",
        &[("2105-10-25T02:30:00+02:00", "2105-10-25T05:00:00+01:00")],
    );
}
