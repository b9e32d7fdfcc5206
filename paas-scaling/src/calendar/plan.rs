//! The windows of a policy as instants.

use super::{
    Occurrences, Open, Phase, UnknownTimeZone, Zone, Zones,
    local::Local,
    recurrence::{Recurrence, Span},
    zone::Stretch,
};
use paas_core::scaling::{ScalingPolicy, Timestamp};
use std::sync::Arc;

/// When the windows of a policy are open (rules 1 and 2).
///
/// Windows that are not enabled are never open; whether the policy itself is enabled is not asked. Policies with the same
/// windows and time zone may share one.
///
/// ```
/// use paas_core::scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Timestamp, Window};
/// use paas_scaling::calendar::{Calendar, Zones};
///
/// // In New York the clocks go from 02:00 to 03:00 on 2026-03-08.
/// let mut policy = ScalingPolicy::new("web", "America/New_York", Bounds { min: 1, max: 9 });
/// let rule = Rule::Fixed { count: FixedCount::Min };
/// policy.windows = vec![Window::daily("backup", "02:15".parse().unwrap(), "03:15".parse().unwrap(), rule)];
/// let calendar = Calendar::new(&policy, &mut Zones::default()).unwrap();
///
/// let midnight: Timestamp = "2026-03-08T00:00:00-05:00".parse().unwrap();
/// let phase = calendar.phase(midnight);
/// assert!(phase.open.is_empty());
/// assert_eq!(phase.until, "2026-03-08T03:00:00-04:00".parse().unwrap());
/// assert_eq!(calendar.phase(phase.until).until, "2026-03-08T03:15:00-04:00".parse().unwrap());
/// ```
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: Arc<Zone>,
    windows: Box<[Recurrence]>,
}

impl Calendar {
    /// The windows of a policy, in its time zone. A policy has 65,536 windows at most: what comes after is never open.
    pub fn new(policy: &ScalingPolicy, zones: &mut Zones) -> Result<Self, UnknownTimeZone> {
        let zone = zones.zone(&policy.time_zone)?;
        let windows = policy.windows.iter().zip(0..=u16::MAX).filter(|(window, _)| window.enabled);
        Ok(Self {
            zone,
            windows: windows.filter_map(|(window, index)| Recurrence::of(window, index)).collect(),
        })
    }

    /// Its time zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// What is open at an instant, and until when nothing changes.
    pub fn phase(&self, at: Timestamp) -> Phase {
        let mut phase = Phase::default();
        self.renew(&mut phase, at);
        phase
    }

    /// Like [`Calendar::phase`], in place of a phase that is over: no memory is asked for if that one had room.
    ///
    /// ```
    /// # use paas_core::scaling::{Bounds, ScalingPolicy, Timestamp};
    /// # use paas_scaling::calendar::{Calendar, Zones};
    /// let policy = ScalingPolicy::new("web", "UTC", Bounds { min: 1, max: 9 });
    /// let calendar = Calendar::new(&policy, &mut Zones::default()).unwrap();
    /// let mut phase = calendar.phase(Timestamp::MIN);
    /// calendar.renew(&mut phase, Timestamp::from_seconds(86_400));
    /// assert_eq!(phase, calendar.phase(Timestamp::from_seconds(86_400)));
    /// ```
    pub fn renew(&self, phase: &mut Phase, at: Timestamp) {
        let at = i64::from(at.seconds());
        let near = self.zone.stretch(at);
        let clock = near.shows(at);
        let mut until = Timestamp::MAX;
        phase.open.clear();
        for window in &self.windows {
            let edge = match self.open(window, near, clock) {
                Some(open) => {
                    phase.open.push(open);
                    open.end
                }
                None => self.next_start(window, near, clock),
            };
            until = until.min(edge);
        }
        phase.until = until;
    }

    /// When windows are open from one instant until before another, by start, and those that start together in the order
    /// of the policy. What is open at the first instant comes with the start that it had.
    ///
    /// ```
    /// # use paas_core::scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Timestamp, Window};
    /// # use paas_scaling::calendar::{Calendar, Zones};
    /// # let mut policy = ScalingPolicy::new("web", "UTC", Bounds { min: 1, max: 9 });
    /// # let rule = Rule::Fixed { count: FixedCount::Min };
    /// policy.windows = vec![Window::daily("night", "22:00".parse().unwrap(), "06:00".parse().unwrap(), rule)];
    /// let calendar = Calendar::new(&policy, &mut Zones::default()).unwrap();
    /// let (from, to) = ("2026-11-23T00:00:00Z".parse().unwrap(), "2026-11-24T00:00:00Z".parse().unwrap());
    /// let starts: Vec<String> = calendar.occurrences(from, to).map(|open| open.start.to_string()).collect();
    /// assert_eq!(starts, ["2026-11-22T22:00:00Z", "2026-11-23T22:00:00Z"]);
    /// ```
    pub fn occurrences(&self, from: Timestamp, to: Timestamp) -> Occurrences<'_> {
        Occurrences::new(self, from, to)
    }

    pub(super) fn windows(&self) -> &[Recurrence] {
        &self.windows
    }

    /// The first time from an instant on in which a window is open.
    pub(super) fn open_from(&self, window: &Recurrence, at: Timestamp) -> Option<Open> {
        let at = i64::from(at.seconds());
        let near = self.zone.stretch(at);
        let clock = near.shows(at);
        self.open(window, near, clock).or_else(|| {
            let start = self.next_start(window, near, clock);
            let at = i64::from(start.seconds());
            let near = self.zone.stretch(at);
            self.open(window, near, near.shows(at))
        })
    }

    fn open(&self, window: &Recurrence, near: &Stretch, clock: Local) -> Option<Open> {
        if window.is_always_open() {
            return Some(Open { start: Timestamp::MIN, end: Timestamp::MAX, window: window.window });
        }
        let span = window.open(clock)?;
        let (start, end) = (self.opened(window, near, span), self.closes(window, near, span));
        Some(Open { start: timestamp(start), end: timestamp(end), window: window.window })
    }

    /// When the clock showed the start of a span; or earlier, if the clock skipped all the time in which the window was
    /// closed before.
    fn opened(&self, window: &Recurrence, near: &Stretch, Span { mut start, .. }: Span) -> i64 {
        loop {
            let moment = self.zone.moment(near, start);
            if !moment.is_change {
                return moment.at;
            }
            match window.open(self.zone.shows(moment.at - 1)) {
                Some(before) => start = before.start,
                None => return moment.at,
            }
        }
    }

    /// When the clock shows the end of a span; or later, if the clock skips all the time in which the window is closed
    /// then.
    fn closes(&self, window: &Recurrence, near: &Stretch, Span { mut end, .. }: Span) -> i64 {
        loop {
            let moment = self.zone.moment(near, end);
            if moment.shows == end {
                return moment.at;
            }
            match window.open(moment.shows) {
                Some(after) => end = after.end,
                None => return moment.at,
            }
        }
    }

    /// When a window that is closed opens next; occurrences that the clock skips do not exist.
    fn next_start(&self, window: &Recurrence, near: &Stretch, mut clock: Local) -> Timestamp {
        loop {
            let start = window.next_start(clock);
            let moment = self.zone.moment(near, start);
            if moment.shows == start || window.open(moment.shows).is_some() {
                return timestamp(moment.at);
            }
            clock = moment.shows;
        }
    }
}

/// The instant; what is before or after all instants is the first or the last.
fn timestamp(seconds: i64) -> Timestamp {
    let seconds = seconds.clamp(0, i64::from(u32::MAX));
    Timestamp::from_seconds(u32::try_from(seconds).unwrap_or(u32::MAX))
}
