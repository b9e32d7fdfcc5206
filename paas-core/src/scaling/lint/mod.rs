//! What a plan may say, but can hardly mean.

mod direction;
mod flapping;
mod one;
mod together;

use super::{
    Bounds, FixedCount, Rule, ScalingPolicy, Threshold, Window,
    calendar::Calendar,
    validate::{place, validate},
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// The codes that [`lint`] gives; all are warnings.
pub const LINTS: [Code; 9] = [
    Code::WindowNeverActs,
    Code::ThresholdOutOfReach,
    Code::StepTooLarge,
    Code::RetriggerShort,
    Code::GraceLong,
    Code::Flapping,
    Code::FixedOutsideBounds,
    Code::FromZero,
    Code::OneWay,
];

/// What is doubtful in a valid plan, with the numbers: windows that never act, thresholds that bring the count back at
/// once, steps and times that do not fit. Of a plan that [`validate`] refuses, some of it may be wrong.
///
/// Windows that are not enabled are not looked at: somebody has switched them off. A plan that is not is looked at as if
/// it were, so that it can be tried before.
///
/// ```
/// use paas_core::scaling::{Bounds, Rule, ScalingPolicy, Threshold, Window, lint};
///
/// let rule = Rule::Metric {
///     metric: "cpu".to_owned(),
///     upper: Some(Threshold::new(0.75).by(4)),
///     lower: Some(Threshold::new(0.5)),
///     bounds: Bounds { min: 2, max: 9 },
/// };
/// let mut plan = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 2, max: 9 });
/// plan.windows = vec![Window::daily("peak", "08:00".parse().unwrap(), "20:00".parse().unwrap(), rule)];
/// let found: Vec<_> = lint(&plan).iter().map(ToString::to_string).collect();
/// assert_eq!(
///     found,
///     ["warning[scaling.flapping]: `peak` flaps: where 2 instances use 0.75 of their `cpu`, 6 of them use 0.25, which is \
///       below its `lower` threshold of 0.5"]
/// );
/// ```
pub fn lint(policy: &ScalingPolicy) -> Diagnostics {
    let windows: Vec<&Window> = policy.windows.iter().filter(|window| window.enabled).collect();
    let fixed: Vec<&Window> =
        windows.iter().copied().filter(|window| matches!(window.rule, Rule::Fixed { .. })).collect();
    let overridden = Calendar::of(&fixed, &windows);
    // What else is doubtful of a window that never acts does no harm.
    let (idle, acting): (Vec<&Window>, Vec<&Window>) =
        windows.into_iter().partition(|window| Metric::of(window).is_some() && overridden.covers(window));
    let mut found: Diagnostics = together::never_acts(policy, &idle, &fixed).into_iter().collect();
    found.extend(acting.iter().flat_map(|window| one::window(policy, window)));
    found.extend(flapping::pairs(policy, &acting));
    found.extend(together::fixed_outside(policy, &acting));
    found.extend(direction::from_zero(policy, &acting));
    found.extend(direction::one_way(policy, &acting));
    found
}

/// What [`validate`] says; and if there is nothing wrong, what [`lint`] does.
///
/// ```
/// use paas_core::scaling::{Bounds, ScalingPolicy, check};
///
/// assert!(check(&ScalingPolicy::new("web", "UTC", Bounds { min: 1, max: 9 })).is_empty());
/// assert!(check(&ScalingPolicy::new("web", "UTC", Bounds { min: 9, max: 1 })).has_errors());
/// ```
pub fn check(policy: &ScalingPolicy) -> Diagnostics {
    let problems = validate(policy);
    if problems.has_errors() { problems } else { lint(policy) }
}

fn warning(policy: &ScalingPolicy, window: &Window, code: Code, message: String) -> Diagnostic {
    Diagnostic::new(code, message).at(place(policy, window))
}

/// What a metric window asks for.
#[derive(Clone, Copy)]
struct Metric<'a> {
    window: &'a Window,
    name: &'a str,
    upper: Option<Threshold>,
    lower: Option<Threshold>,
    bounds: Bounds,
}

impl<'a> Metric<'a> {
    fn of(window: &'a Window) -> Option<Self> {
        match &window.rule {
            Rule::Metric { metric, upper, lower, bounds } => {
                Some(Self { window, name: metric, upper: *upper, lower: *lower, bounds: *bounds })
            }
            Rule::Fixed { .. } => None,
        }
    }

    /// Whether it is what the containers use over what they may use: a share, which falls as containers are added, and
    /// which nobody can measure where there are none.
    fn is_share(self) -> bool {
        matches!(self.name, "cpu" | "memory")
    }
}

/// The count that a fixed window holds.
fn fixed_count(policy: &ScalingPolicy, window: &Window) -> Option<u32> {
    match window.rule {
        Rule::Fixed { count: FixedCount::Count(count) } => Some(count),
        Rule::Fixed { count: FixedCount::Min } => Some(policy.bounds.min),
        Rule::Fixed { count: FixedCount::Max } => Some(policy.bounds.max),
        Rule::Metric { .. } => None,
    }
}
