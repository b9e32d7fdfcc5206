//! A service under an engine, at whose desk somebody writes down what happens.

use paas_core::scaling::{
    Alarm, AlarmState, Bounds, FixedCount, Rule, ScalingPolicy, Side, Threshold, Timestamp, Window,
};
use paas_scaling::{
    Act, Action, CountSource, Engine, ObservedCount, Plan, Removal, Settings, Start, Verdict,
};
use std::fmt::Write as _;

/// The name of the one service.
pub(crate) const WEB: &str = "shop/web";

/// A Monday, in UTC: the zone of the policies here.
pub(crate) const DAY: &str = "2026-11-23";

/// An instant of the day, `08:00` or `08:00:30`; `+1 08:00` is a day later.
pub(crate) fn at(text: &str) -> Timestamp {
    let (days, time) = match text.strip_prefix('+') {
        Some(rest) => {
            let (days, time) = rest.split_once(' ').unwrap();
            (days.parse::<u32>().unwrap(), time)
        }
        None => (0, text),
    };
    let seconds = if time.len() == 5 { ":00" } else { "" };
    format!("{DAY}T{time}{seconds}Z").parse::<Timestamp>().unwrap().plus(days * 86_400)
}

/// The time of day, with days after the first.
fn clock(at: Timestamp) -> String {
    let start: Timestamp = format!("{DAY}T00:00:00Z").parse().unwrap();
    let seconds = at.seconds() - start.seconds();
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let day = if days > 0 { format!("+{days} ") } else { String::new() };
    let time = format!("{day}{:02}:{:02}", rest / 3_600, rest / 60 % 60);
    if rest.is_multiple_of(60) { time } else { format!("{time}:{:02}", rest % 60) }
}

pub(crate) fn policy(min: u32, max: u32, windows: impl IntoIterator<Item = Window>) -> ScalingPolicy {
    let mut policy = ScalingPolicy::new("web", "UTC", Bounds { min, max });
    policy.windows = windows.into_iter().collect();
    policy
}

/// A daily window; `08:00-20:00`.
pub(crate) fn window(name: &str, span: &str, rule: Rule) -> Window {
    let (from, to) = span.split_once('-').unwrap();
    Window::daily(name, from.parse().unwrap(), to.parse().unwrap(), rule)
}

pub(crate) fn fixed(name: &str, span: &str, count: u32) -> Window {
    window(name, span, Rule::Fixed { count: FixedCount::Count(count) })
}

/// A metric window whose thresholds are passed at once, so that alarms act without delay: out by `out`, in by `less`.
pub(crate) fn metric(name: &str, span: &str, (min, max): (u32, u32), out: u32, less: u32) -> Window {
    let threshold = |value, step| (step > 0).then(|| Threshold::new(value).by(step).for_ms(0));
    window(
        name,
        span,
        Rule::Metric {
            metric: "cpu".to_owned(),
            upper: threshold(0.75, out),
            lower: threshold(0.25, less),
            bounds: Bounds { min, max },
        },
    )
}

/// What is asked of the engine, and what comes of it.
pub(crate) struct Desk {
    pub(crate) engine: Engine,
    pub(crate) now: Timestamp,
    pub(crate) policy: ScalingPolicy,
    log: String,
}

impl Desk {
    /// A service with a policy and a count, from a time on.
    pub(crate) fn new(policy: ScalingPolicy, count: impl Into<Start>, now: &str) -> Self {
        Self::with(Settings::default(), policy, count, now)
    }

    pub(crate) fn with(
        settings: Settings,
        policy: ScalingPolicy,
        count: impl Into<Start>,
        now: &str,
    ) -> Self {
        let plan = Plan::new(&policy).unwrap();
        let mut desk = Self { engine: Engine::new(settings), now: at(now), policy, log: String::new() };
        let actions = desk.engine.upsert(WEB, &plan, count, desk.now);
        desk.write(&actions);
        desk
    }

    /// Lets time pass, with a turn at each deadline.
    pub(crate) fn to(&mut self, now: &str) -> &mut Self {
        let end = at(now);
        while let Some(next) = self.engine.next_deadline().filter(|next| *next <= end) {
            let advance = self.engine.advance(next, usize::MAX);
            assert!(advance.is_done);
            self.write(&advance.actions);
        }
        self.now = end;
        self
    }

    /// Lets time pass, and nobody does anything until the end.
    pub(crate) fn late(&mut self, now: &str) -> &mut Self {
        self.now = at(now);
        let actions = self.engine.advance(self.now, usize::MAX).actions;
        self.write(&actions);
        self
    }

    pub(crate) fn fires(&mut self, window: &str, side: Side) -> &mut Self {
        self.says(window, side, AlarmState::Firing)
    }

    pub(crate) fn resolves(&mut self, window: &str, side: Side) -> &mut Self {
        self.says(window, side, AlarmState::Resolved)
    }

    pub(crate) fn says(&mut self, window: &str, side: Side, state: AlarmState) -> &mut Self {
        let alarm = self.alarm(window, side, state);
        self.told(&alarm)
    }

    /// An alarm of now.
    pub(crate) fn alarm(&self, window: &str, side: Side, state: AlarmState) -> Alarm {
        let rules = self.policy.windows.iter().flat_map(Window::alarm_rules);
        let rule = rules.into_iter().find(|rule| rule.window == window && rule.side == side).unwrap();
        Alarm::new(rule.id, state, self.now)
    }

    pub(crate) fn told(&mut self, alarm: &Alarm) -> &mut Self {
        let Verdict { actions, hold, .. } = self.engine.alarm(WEB, alarm, self.now);
        self.write(&actions);
        if let Some(hold) = hold {
            writeln!(self.log, "{} hold: {hold}", clock(self.now)).unwrap();
        }
        self
    }

    pub(crate) fn person(&mut self, desired: u32) -> &mut Self {
        self.observed(desired, CountSource::Person)
    }

    pub(crate) fn observed(&mut self, desired: u32, source: CountSource) -> &mut Self {
        let observed = ObservedCount { desired, running: desired, source };
        let actions = self.engine.observe_count(WEB, observed, self.now);
        self.write(&actions);
        self
    }

    pub(crate) fn replace(&mut self, policy: ScalingPolicy) -> &mut Self {
        self.policy = policy;
        let actions = self.engine.upsert(WEB, &Plan::new(&self.policy).unwrap(), 99, self.now);
        self.write(&actions);
        self
    }

    pub(crate) fn enable(&mut self, enabled: bool) -> &mut Self {
        let actions = self.engine.set_enabled(WEB, enabled, self.now);
        self.write(&actions);
        self
    }

    pub(crate) fn remove(&mut self, removal: Removal) -> &mut Self {
        let actions = self.engine.remove(WEB, removal, self.now);
        self.write(&actions);
        self
    }

    /// The process ends, and another one begins at a later time.
    pub(crate) fn restart(&mut self, now: &str, persons: &[(&str, u32)]) -> &mut Self {
        self.now = at(now);
        let taken = Engine::restore(&self.engine.snapshot(), persons, self.now).unwrap();
        self.engine = taken.engine;
        self.write(&taken.actions);
        self
    }

    fn write(&mut self, actions: &[Action]) {
        for action in actions {
            let clock = clock(action.at);
            let reason = action.act.reason();
            match &action.act {
                Act::Scale { from, to, .. } => {
                    writeln!(self.log, "{clock} {from} -> {to}: {reason}").unwrap();
                }
                Act::Drain { from, to, until, .. } => {
                    let until = self::clock(*until);
                    writeln!(self.log, "{clock} drains {from} -> {to} until {until}: {reason}").unwrap();
                }
                Act::CancelDrain { count, .. } => {
                    writeln!(self.log, "{clock} drains no more, {count} stay: {reason}").unwrap();
                }
                Act::Arm { rules } => {
                    let rules: Vec<String> = rules
                        .iter()
                        .map(|rule| {
                            format!(
                                "{} {}",
                                rule.window,
                                if rule.side == Side::Upper { "upper" } else { "lower" }
                            )
                        })
                        .collect();
                    let rules = if rules.is_empty() { "nothing".to_owned() } else { rules.join(", ") };
                    writeln!(self.log, "{clock} watches {rules}").unwrap();
                }
                other => panic!("{other:?}"),
            }
        }
    }

    /// What was written down since the last look.
    pub(crate) fn log(&mut self) -> String {
        std::mem::take(&mut self.log)
    }

    /// The same, without what is watched.
    pub(crate) fn counts(&mut self) -> String {
        let log = self.log();
        log.lines()
            .filter(|line| !line.contains(" watches "))
            .fold(String::new(), |all, line| all + line + "\n")
    }

    pub(crate) fn count(&self) -> u32 {
        self.engine.count(WEB).unwrap()
    }
}
