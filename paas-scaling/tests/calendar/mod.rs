//! When windows are open: rules 1 and 2, what peers got wrong, zones with a trick, and all changes of clocks to come.

mod changes;
mod faults;
pub(crate) mod model;
mod random;
mod rules;
mod zones;

use paas_core::scaling::{
    Bounds, Cycle, FixedCount, Rule, ScalingPolicy, TimeOfDay, Timestamp, Weekday, Window,
};
use paas_scaling::calendar::{Calendar, Open, Zones};

fn time(minutes: u16) -> TimeOfDay {
    TimeOfDay::from_minutes(minutes).unwrap()
}

fn window(cycle: Cycle, from: TimeOfDay, to: TimeOfDay) -> Window {
    let mut window = Window::daily("", from, to, Rule::Fixed { count: FixedCount::Max });
    window.cycle = cycle;
    window
}

/// `08:00-18:00`, on these days.
fn on(cycle: Cycle, span: &str) -> Window {
    let (from, to) = span.split_once('-').unwrap();
    window(cycle, from.parse().unwrap(), to.parse().unwrap())
}

fn daily(span: &str) -> Window {
    on(Cycle::Daily, span)
}

fn weekly(days: &str, span: &str) -> Window {
    on(Cycle::Weekly(days.split(' ').map(|day| Weekday::from_word(day).unwrap()).collect()), span)
}

fn monthly(days: impl IntoIterator<Item = u8>, span: &str) -> Window {
    on(Cycle::Monthly(days.into_iter().collect()), span)
}

fn policy(zone: &str, windows: impl Into<Vec<Window>>) -> ScalingPolicy {
    let mut policy = ScalingPolicy::new("web", zone, Bounds { min: 1, max: 9 });
    policy.windows = windows.into();
    policy
}

fn calendar(zone: &str, windows: impl Into<Vec<Window>>) -> Calendar {
    Calendar::new(&policy(zone, windows), &mut Zones::default()).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Which windows are open at an instant.
fn open(calendar: &Calendar, instant: &str) -> Vec<u16> {
    calendar.phase(at(instant)).open.iter().map(|open| open.window).collect()
}

/// The occurrences of a calendar in a span, and that going from edge to edge finds the same.
#[track_caller]
fn assert_occurrences(calendar: &Calendar, from: &str, to: &str, expected: &[(&str, &str)]) {
    let (from, to) = (at(from), at(to));
    let occurrences: Vec<Open> = calendar.occurrences(from, to).collect();
    let found: Vec<(String, String)> =
        occurrences.iter().map(|open| (open.start.to_string(), open.end.to_string())).collect();
    let expected: Vec<(String, String)> =
        expected.iter().map(|(start, end)| (at(start).to_string(), at(end).to_string())).collect();
    assert_eq!(found, expected);

    let mut walked: Vec<Open> = Vec::new();
    let mut now = from;
    while now < to {
        let phase = calendar.phase(now);
        assert!(phase.until > now);
        walked.extend(phase.open.iter().filter(|open| !walked.contains(open)).collect::<Vec<_>>());
        now = phase.until;
    }
    assert_eq!(walked, occurrences);
}
