//! The engine with many services.

use serde::Deserialize;
use std::fmt::Write as _;

/// So many services are many.
const MANY: u64 = 1_000_000;
/// Processor seconds of a day of a million services.
const MOST_DAY_S: f64 = 3.0;
/// Bytes of a service, all in.
const MOST_BYTES: f64 = 200.0;
/// From an alarm to what is decided.
const MOST_ALARM_NS: f64 = 500.0;
/// The edge at which half a million services change, in one call.
const MOST_EDGE_MS: f64 = 150.0;
/// The slowest but one in a thousand of the calls with a budget.
const MOST_CALL_MS: f64 = 7.0;
/// A snapshot of a million services, and the way back.
const MOST_SNAPSHOT_S: f64 = 1.0;
/// Of many services each takes at most so many times the time that each of few takes.
const MOST_TIMES_FEW: f64 = 5.0;
/// The same memory: within so much of it.
const SAME: f64 = 1.1;

/// What was measured of days of so many services.
#[derive(Debug, Deserialize)]
pub(super) struct Days {
    services: u64,
    actions: u64,
    alarms: u64,
    day_s: f64,
    alarm_ns: f64,
    service_ns: f64,
    service_bytes: f64,
    snapshot_s: f64,
    snapshot_bytes: u64,
    restore_s: f64,
}

/// What was measured of the edge of half of them.
#[derive(Debug, Deserialize)]
pub(super) struct Edge {
    actions: u64,
    budget: u64,
    one_call_ms: f64,
    p999_ms: f64,
}

/// What is beyond its limit, or was not told.
pub(super) fn broken_limits(days: &[Days], edge: Option<&Edge>) -> Vec<String> {
    let [few, many] = days else { return vec!["the program told no days of services".to_owned()] };
    let Some(edge) = edge else { return vec!["the program told no edge".to_owned()] };
    let limits = [
        ("a day of a million services, s", many.day_s, MOST_DAY_S),
        ("bytes of a service", many.service_bytes, MOST_BYTES),
        ("from an alarm to what is decided, ns", many.alarm_ns, MOST_ALARM_NS),
        ("the edge of half of them in one call, ms", edge.one_call_ms, MOST_EDGE_MS),
        ("calls with a budget, ms", edge.p999_ms, MOST_CALL_MS),
        ("a snapshot, s", many.snapshot_s, MOST_SNAPSHOT_S),
        ("the way back from it, s", many.restore_s, MOST_SNAPSHOT_S),
        ("time of each of many, by that of few", many.service_ns / few.service_ns, MOST_TIMES_FEW),
        ("memory of each of many, by that of few", many.service_bytes / few.service_bytes, SAME),
    ];
    let is_broken = |(_, figure, most): &(&str, f64, f64)| figure.is_nan() || figure > most;
    let broken = limits.into_iter().filter(is_broken);
    broken.map(|(what, figure, most)| format!("{what}: {figure:.2}, more than {most}")).collect()
}

pub(super) fn section(days: &[Days], edge: Option<&Edge>) -> String {
    let mut text = String::from(
        "### Services\n\n\
         Processor time of one thread, medians of five turns. Each service has four windows: fixed ones at night and at noon, \
         by CPU between them; a thousand services share a policy, policies are in four time zones. In a *day* the engine \
         is told each second, and two alarms for each service come at random times, of random rules, by the service's \
         number; all that it asks for is counted and dropped. *Alarm*: the calls that bring them. *Bytes*: of the heap at \
         the end of the day, names and all. *Restore*: from the snapshot to what holds at the end of the day.\n\n\
         | services | actions | day, s | for each service, µs | alarm, ns | bytes | snapshot, s | its bytes | restore, s |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for day in days {
        // With few services the clock itself would be most of it.
        let alarm = if day.services < MANY { "–".to_owned() } else { format!("{:.0}", day.alarm_ns) };
        let _ = writeln!(
            text,
            "| {} | {} | {:.2} | {:.1} | {alarm} | {:.0} | {:.3} | {} | {:.3} |",
            day.services,
            day.actions,
            day.day_s,
            day.service_ns / 1_000.0,
            day.service_bytes,
            day.snapshot_s,
            day.snapshot_bytes,
            day.restore_s,
        );
    }
    if let Some(many) = days.last() {
        let _ = writeln!(text, "\nThere were {} alarms in the last row.", many.alarms);
    }
    if let Some(edge) = edge {
        let _ = writeln!(
            text,
            "\nAt 08:00 {} of 1,000,000 services enter a fixed window: {:.0} ms in one call; in calls for {} services \
             each, {:.1} ms for the slowest but one in a thousand.",
            edge.actions, edge.one_call_ms, edge.budget, edge.p999_ms
        );
    }
    let _ = writeln!(
        text,
        "\nLimits, held by `cargo xtask bench scaling --check`, for 1,000,000 services: a day in {MOST_DAY_S} s, \
         {MOST_ALARM_NS} ns for an alarm, {MOST_BYTES} bytes for a service, snapshot and restore in {MOST_SNAPSHOT_S} s each, \
         the edge in {MOST_EDGE_MS} ms and {MOST_CALL_MS} ms for a call; each service at most {MOST_TIMES_FEW} times the time \
         of one of 10,000, and the same memory (within {:.0} %).",
        (SAME - 1.0) * 100.0
    );
    text
}

#[cfg(test)]
mod tests {
    use super::{Days, Edge, broken_limits};

    fn days(services: u64, day_s: f64) -> Days {
        Days {
            services,
            actions: 1,
            alarms: 1,
            day_s,
            alarm_ns: 500.0,
            service_ns: 1_000.0,
            service_bytes: 200.0,
            snapshot_s: 1.0,
            snapshot_bytes: 50,
            restore_s: 1.0,
        }
    }

    #[test]
    fn limits_are_held() {
        let edge = Edge { actions: 1, budget: 1, one_call_ms: 150.0, p999_ms: 7.0 };
        assert!(broken_limits(&[days(10_000, 0.1), days(1_000_000, 3.0)], Some(&edge)).is_empty());
        let broken = broken_limits(&[days(10_000, 0.1), days(1_000_000, 3.1)], Some(&edge));
        assert_eq!(broken, ["a day of a million services, s: 3.10, more than 3"]);
        assert_eq!(broken_limits(&[], Some(&edge)).len(), 1);
        assert_eq!(broken_limits(&[days(1, 1.0), days(2, 1.0)], None).len(), 1);
    }
}
