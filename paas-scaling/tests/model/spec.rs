//! A policy, and a list of all times at which its windows are open.

use crate::calendar::model::Model as Clock;
use jiff::ToSpan as _;
use paas_core::scaling::{
    AlarmRule, Bounds, FixedCount, Rule, RuleId, ScalingPolicy, Side, Threshold, Window,
};
use paas_scaling::Plan;
use std::{collections::BTreeSet, fmt, sync::Arc};

/// Days before the beginning and after it, for which the model knows when windows are open.
const BEFORE: i32 = 10;
const AFTER: i32 = 70;

/// What is less than a second counts as one.
pub(super) fn seconds(ms: u64) -> u32 {
    u32::try_from(ms.div_ceil(1_000)).unwrap()
}

pub(super) struct Spec {
    pub(super) policy: ScalingPolicy,
    pub(super) plan: Plan,
    /// For each window, its times without break.
    runs: Vec<Vec<(u32, u32)>>,
}

/// Short, for whoever reads a case that failed.
impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", serde_json::to_string(&self.policy).unwrap())
    }
}

/// One side of a metric window.
pub(super) struct Asked {
    pub(super) rule: AlarmRule,
    pub(super) window: usize,
    pub(super) threshold: Threshold,
}

impl Spec {
    pub(super) fn new(policy: ScalingPolicy, start: u32) -> Self {
        let plan = Plan::new(&policy).unwrap();
        let clock = Clock::of(&policy.time_zone);
        let day = clock.date(i64::from(start));
        let (first, last) = (day - BEFORE.days(), day + AFTER.days());
        let instant = |at: i64| u32::try_from(at).unwrap();
        let runs = policy.windows.iter().map(|window| {
            let runs = if window.enabled { clock.runs(window, first, last) } else { Vec::new() };
            runs.into_iter().map(|(start, end)| (instant(start), instant(end))).collect()
        });
        Self { runs: runs.collect(), plan, policy }
    }

    pub(super) fn window(&self, index: usize) -> &Window {
        &self.policy.windows[index]
    }

    pub(super) fn name(&self, index: usize) -> Arc<str> {
        self.window(index).name.as_str().into()
    }

    /// Since when a window is open.
    pub(super) fn since(&self, window: usize, at: u32) -> Option<u32> {
        self.runs[window].iter().find(|(start, end)| *start <= at && at < *end).map(|(start, _)| *start)
    }

    /// The windows that are open.
    pub(super) fn open(&self, at: u32) -> Vec<usize> {
        (0..self.runs.len()).filter(|window| self.since(*window, at).is_some()).collect()
    }

    /// When windows begin or end, after one instant and until another, which counts.
    pub(super) fn edges(&self, after: u32, until: u32) -> BTreeSet<u32> {
        let edges = self.runs.iter().flatten().flat_map(|(start, end)| [*start, *end]);
        edges.filter(|edge| after < *edge && *edge <= until).collect()
    }

    /// The fixed window that is open.
    pub(super) fn fixed(&self, at: u32) -> Option<usize> {
        let fixed = |window: &usize| matches!(self.window(*window).rule, Rule::Fixed { .. });
        let open: Vec<usize> = self.open(at).into_iter().filter(fixed).collect();
        assert!(open.len() <= 1, "rule 3: {self:?}");
        open.first().copied()
    }

    /// The count of a fixed window.
    pub(super) fn target(&self, window: usize) -> u32 {
        let Bounds { min, max } = self.policy.bounds;
        match self.window(window).rule {
            Rule::Fixed { count: FixedCount::Min } => min,
            Rule::Fixed { count: FixedCount::Max } => max,
            Rule::Fixed { count: FixedCount::Count(count) } => count.clamp(min, max),
            ref other => panic!("{other:?}"),
        }
    }

    /// What the policy and all open metric windows allow.
    pub(super) fn bounds(&self, at: u32) -> Bounds {
        self.open(at).into_iter().fold(self.policy.bounds, |all, window| match self.window(window).rule {
            Rule::Metric { bounds, .. } => all.intersection(bounds).expect("rule 3"),
            _ => all,
        })
    }

    /// Both sides of all metric windows, in the order of the policy.
    pub(super) fn asked(&self) -> Vec<Asked> {
        let mut asked = Vec::new();
        for (index, window) in self.policy.windows.iter().enumerate().filter(|(_, window)| window.enabled) {
            let Rule::Metric { metric, upper, lower, .. } = &window.rule else { continue };
            for (side, threshold) in [(Side::Upper, upper), (Side::Lower, lower)] {
                let Some(threshold) = *threshold else { continue };
                let id = RuleId::new(&window.name, metric, side, &threshold);
                let rule = window.alarm_rules().find(|rule| rule.id == id).unwrap();
                assert_eq!((rule.side, rule.window.as_str()), (side, window.name.as_str()));
                asked.push(Asked { rule, window: index, threshold });
            }
        }
        asked
    }

    /// The longest time without further alarm actions among windows.
    pub(super) fn longest(&self, windows: &[usize]) -> Option<u32> {
        windows.iter().map(|window| seconds(self.window(*window).retrigger_ms)).max()
    }

    pub(super) fn grace(&self, window: usize) -> u32 {
        seconds(self.window(window).grace_ms)
    }
}
