//! Monitoring: rules that are watched, and what is said of them.

use paas_core::scaling::{Alarm, AlarmRule, AlarmState, Side, Timestamp};

/// Watches the rules that are armed.
#[derive(Debug, Default)]
pub(super) struct Monitor {
    watched: Vec<Watch>,
}

#[derive(Debug)]
struct Watch {
    rule: AlarmRule,
    /// Since when the threshold has been passed.
    passed_since: Option<u32>,
    /// What was said of it last, and when.
    said: Option<(AlarmState, u32)>,
}

impl Monitor {
    /// Watches these from now on, and no others; what is known of those that stay is kept.
    pub(super) fn arm(&mut self, rules: &[AlarmRule]) {
        let mut before = std::mem::take(&mut self.watched);
        self.watched = rules
            .iter()
            .map(|rule| match before.iter().position(|watch| watch.rule.id == rule.id) {
                Some(known) => before.swap_remove(known),
                None => Watch { rule: rule.clone(), passed_since: None, said: None },
            })
            .collect();
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = &AlarmRule> {
        self.watched.iter().map(|watch| &watch.rule)
    }

    /// Looks at the metrics, and says what is to be said. What fires is said again after `repeat` seconds.
    pub(super) fn look(&mut self, now: u32, repeat: u32, metric: impl Fn(&str) -> Option<f64>) -> Vec<Alarm> {
        let mut alarms = Vec::new();
        for watch in &mut self.watched {
            let value = metric(&watch.rule.metric);
            let state = watch.state(value, now);
            let is_due = match watch.said {
                None => state != AlarmState::Resolved,
                Some((said, at)) => said != state || state != AlarmState::Resolved && now - at >= repeat,
            };
            if is_due {
                watch.said = Some((state, now));
                let mut alarm = Alarm::new(watch.rule.id, state, Timestamp::from_seconds(now));
                alarm.value = value.map(rounded);
                alarms.push(alarm);
            }
        }
        alarms
    }
}

impl Watch {
    fn state(&mut self, value: Option<f64>, now: u32) -> AlarmState {
        let Some(value) = value else {
            self.passed_since = None;
            return AlarmState::NoData;
        };
        if !passes(&self.rule, value) {
            self.passed_since = None;
            return AlarmState::Resolved;
        }
        let since = *self.passed_since.get_or_insert(now);
        let sustained = u64::from(now - since) * 1_000 >= self.rule.sustained_for_ms;
        // Until it has been passed for long enough nothing fires.
        if sustained { AlarmState::Firing } else { AlarmState::Resolved }
    }
}

/// Whether a value passes the threshold of a rule.
pub(super) fn passes(rule: &AlarmRule, value: f64) -> bool {
    match rule.side {
        Side::Upper => value > rule.threshold,
        Side::Lower => value < rule.threshold,
    }
}

/// To three places: so much can be read.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
