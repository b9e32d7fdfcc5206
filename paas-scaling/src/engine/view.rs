//! What holds between two edges, for all services of one plan.

use crate::{
    calendar::{Open, Phase},
    plan::{Kind, Plan},
};
use paas_core::scaling::{AlarmRule, Bounds, Side, Timestamp};
use smallvec::SmallVec;
use std::sync::Arc;

/// So many phases of a plan are kept: the one that was, and the one that is.
const KEPT: usize = 2;

/// A plan with what holds now. Services share it.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) plan: Plan,
    /// How many services have it.
    pub(super) users: u32,
    /// The youngest last.
    views: Vec<View>,
}

/// What holds from one edge to the next.
#[derive(Debug)]
pub(super) struct View {
    /// It was looked at then; it holds at least from then on.
    from: u32,
    /// The next edge; [`u32::MAX`]: none.
    pub(super) until: u32,
    /// The windows that are open: a few, and right here.
    pub(super) open: SmallVec<[Open; 4]>,
    /// The fixed one among them.
    pub(super) fixed: Option<Open>,
    /// What the count may be: the policy's bounds, and those of all metric windows that are open.
    pub(super) bounds: Bounds,
    /// The longest time without further actions of those that are open; seconds.
    pub(super) longest_retrigger: u32,
    /// How many rules must all ask before anything is scaled in.
    pub(super) lower: usize,
    /// The alarm rules to watch.
    pub(super) rules: Arc<[AlarmRule]>,
    /// A number for the set of these rules; 0: none.
    pub(super) armed: u64,
}

impl Shared {
    pub(super) fn new(plan: Plan) -> Self {
        Self { plan, users: 0, views: Vec::with_capacity(KEPT) }
    }

    /// The plan, and what holds at an instant.
    pub(super) fn view(&mut self, now: u32) -> Option<(&Plan, &View)> {
        let holds = |view: &View| (view.from..view.until).contains(&now);
        let index = self.views.iter().rposition(holds).unwrap_or_else(|| {
            if self.views.len() == KEPT {
                self.views.remove(0);
            }
            self.views.push(View::new(&self.plan, now));
            self.views.len() - 1
        });
        Some((&self.plan, self.views.get(index)?))
    }
}

impl View {
    pub(super) fn new(plan: &Plan, now: u32) -> Self {
        let Phase { until, open, .. } = plan.calendar().phase(Timestamp::from_seconds(now));
        let windows = || open.iter().filter_map(|open| Some((open, plan.window(open.window)?)));
        let fixed =
            windows().find(|(_, window)| matches!(window.kind, Kind::Fixed(_))).map(|(open, _)| *open);
        let bounds = windows().fold(plan.bounds(), |bounds, (_, window)| match window.kind {
            // They have something in common: the policy was checked.
            Kind::Metric(other) => bounds.intersection(other).unwrap_or(bounds),
            Kind::Fixed(_) => bounds,
        });
        let longest_retrigger = windows().map(|(_, window)| window.retrigger).max().unwrap_or(0);
        let is_open = |window: u16| open.iter().any(|open| open.window == window);
        let rules = || (0_u16..).zip(plan.rules()).filter(|(_, rule)| is_open(rule.window));
        let lower = rules().filter(|(_, rule)| rule.side == Side::Lower).count();
        let armed = rules().fold(0, |all: u64, (_, rule)| {
            // Each step can be undone, so that sets differ as their rules do.
            (all.rotate_left(7) ^ rule.id.number()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let rules = rules().filter_map(|(index, _)| plan.alarm_rule(index).cloned()).collect();
        let until = until.seconds();
        Self {
            from: now,
            until,
            fixed,
            bounds,
            longest_retrigger,
            lower,
            rules,
            armed,
            open: open.into_iter().collect(),
        }
    }

    /// The run of a window that is open.
    pub(super) fn opened(&self, window: u16) -> Option<&Open> {
        self.open.iter().find(|open| open.window == window)
    }
}
