//! Policies, checked and prepared.

use crate::calendar::{Calendar, Zones};
use paas_core::{
    diagnostic::Diagnostics,
    scaling::{
        AlarmRule, Bounds, FixedCount, Rule, RuleId, ScalingPolicy, Side, Threshold, Window, validate,
    },
};
use std::{fmt, sync::Arc};

/// A policy that is right, prepared for the engine. A clone shares it: one plan serves as many services as have the
/// same policy.
///
/// ```
/// use paas_core::scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Window};
/// use paas_scaling::Plan;
///
/// let mut policy = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 1, max: 9 });
/// let rule = Rule::Fixed { count: FixedCount::Count(5) };
/// policy.windows.push(Window::daily("day", "08:00".parse().unwrap(), "20:00".parse().unwrap(), rule));
/// let plan = Plan::new(&policy).unwrap();
/// assert_eq!(plan.policy(), &policy);
///
/// policy.time_zone = "Mars/Olympus".to_owned();
/// let problems = Plan::new(&policy).unwrap_err();
/// assert!(problems.iter().next().unwrap().message.contains("`Mars/Olympus`, which is not a time zone"));
/// ```
#[derive(Clone)]
pub struct Plan(Arc<Prepared>);

/// What each decision asks for stands first, in few lines of the processor's cache.
#[repr(C)]
struct Prepared {
    windows: Box<[Prepare]>,
    rules: Box<[Watched]>,
    bounds: Bounds,
    calendar: Calendar,
    policy: ScalingPolicy,
    /// The policy as a text, without the name of its service: equal plans have equal texts.
    text: Arc<str>,
    /// What monitoring is told of each rule.
    alarm_rules: Box<[AlarmRule]>,
}

/// What the engine asks of a window.
pub(crate) struct Prepare {
    pub(crate) name: Arc<str>,
    pub(crate) kind: Kind,
    /// Seconds.
    pub(crate) retrigger: u32,
    /// Seconds.
    pub(crate) grace: u32,
}

/// What holds inside a window.
pub(crate) enum Kind {
    /// The count follows a metric, within these.
    Metric(Bounds),
    /// The count is this, which lies within the policy's bounds.
    Fixed(u32),
}

/// One side of a metric window.
#[derive(Debug)]
pub(crate) struct Watched {
    pub(crate) id: RuleId,
    pub(crate) window: u16,
    pub(crate) side: Side,
    /// Seconds.
    pub(crate) sustained: u32,
    pub(crate) step: u32,
}

impl Plan {
    /// Checks a policy and prepares it.
    ///
    /// # Errors
    ///
    /// All that [`validate`] finds.
    pub fn new(policy: &ScalingPolicy) -> Result<Self, Diagnostics> {
        Self::with_zones(policy, &mut Zones::default())
    }

    /// The same for many policies: their time zones are read once.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with_zones(policy: &ScalingPolicy, zones: &mut Zones) -> Result<Self, Diagnostics> {
        let problems = validate(policy);
        if problems.has_errors() {
            return Err(problems);
        }
        // A zone that is none has been told of.
        let Ok(calendar) = Calendar::new(policy, zones) else { return Err(problems) };
        let windows = policy.windows.iter().map(|window| Prepare::new(window, policy.bounds)).collect();
        let enabled = (0_u16..).zip(&policy.windows).filter(|(_, window)| window.enabled);
        let (rules, alarm_rules): (Vec<Watched>, Vec<AlarmRule>) = enabled.flat_map(watched).unzip();
        Ok(Self(Arc::new(Prepared {
            bounds: policy.bounds,
            policy: policy.clone(),
            text: text(policy).into(),
            calendar,
            windows,
            rules: rules.into(),
            alarm_rules: alarm_rules.into(),
        })))
    }

    /// The policy.
    pub fn policy(&self) -> &ScalingPolicy {
        &self.0.policy
    }

    /// The policy as a text, without the name of its service.
    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.0.text)
    }

    pub(crate) fn bounds(&self) -> Bounds {
        self.0.bounds
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.0.calendar
    }

    pub(crate) fn window(&self, index: u16) -> Option<&Prepare> {
        self.0.windows.get(usize::from(index))
    }

    /// The window of that name.
    pub(crate) fn window_named(&self, name: &str) -> Option<u16> {
        let found = (0_u16..).zip(&self.0.windows).find(|(_, window)| &*window.name == name);
        found.map(|(index, _)| index)
    }

    /// The rules of all windows that are enabled, in their order, the upper side of each first.
    pub(crate) fn rules(&self) -> &[Watched] {
        &self.0.rules
    }

    pub(crate) fn rule(&self, index: u16) -> Option<&Watched> {
        self.0.rules.get(usize::from(index))
    }

    /// What monitoring is told of the rules.
    pub(crate) fn alarm_rules(&self) -> &[AlarmRule] {
        &self.0.alarm_rules
    }

    /// What monitoring is told of a rule.
    pub(crate) fn alarm_rule(&self, index: u16) -> Option<&AlarmRule> {
        self.0.alarm_rules.get(usize::from(index))
    }

    pub(crate) fn rule_with(&self, id: RuleId) -> Option<(u16, &Watched)> {
        (0_u16..).zip(&self.0.rules).find(|(_, rule)| rule.id == id)
    }

    /// Where it is in memory: the same for its clones, and for no other plan while one of them is there.
    pub(crate) fn address(&self) -> usize {
        Arc::as_ptr(&self.0) as usize
    }
}

/// By what they say, whatever service they were written for.
impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.text == other.0.text
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.policy.fmt(f)
    }
}

impl Prepare {
    fn new(window: &Window, all: Bounds) -> Self {
        let kind = match &window.rule {
            Rule::Fixed { count } => Kind::Fixed(match count {
                FixedCount::Max => all.max,
                FixedCount::Count(count) => (*count).clamp(all.min, all.max),
                _ => all.min,
            }),
            Rule::Metric { bounds, .. } => Kind::Metric(*bounds),
            _ => Kind::Metric(all),
        };
        Self {
            name: window.name.as_str().into(),
            kind,
            retrigger: seconds(window.retrigger_ms),
            grace: seconds(window.grace_ms),
        }
    }
}

fn watched((index, window): (u16, &Window)) -> impl Iterator<Item = (Watched, AlarmRule)> {
    let threshold = |side| -> Option<Threshold> {
        match (&window.rule, side) {
            (Rule::Metric { upper, .. }, Side::Upper) => *upper,
            (Rule::Metric { lower, .. }, Side::Lower) => *lower,
            _ => None,
        }
    };
    window.alarm_rules().filter_map(move |rule| {
        let Threshold { sustained_for_ms, step, .. } = threshold(rule.side)?;
        let (id, side) = (rule.id, rule.side);
        Some((Watched { id, window: index, side, sustained: seconds(sustained_for_ms), step }, rule))
    })
}

/// What is less than a second counts as one.
fn seconds(ms: u64) -> u32 {
    u32::try_from(ms.div_ceil(1_000)).unwrap_or(u32::MAX)
}

fn text(policy: &ScalingPolicy) -> String {
    let mut nameless = policy.clone();
    nameless.service.clear();
    // Nothing in a policy that was checked has no JSON: a number that is none is no threshold.
    serde_json::to_string(&nameless).unwrap_or_default()
}
