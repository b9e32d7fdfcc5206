//! What was measured, and what follows from it.

use super::turns::Turns;
use serde::Deserialize;

/// The template that the limits are about.
pub(super) const LIMITED_CASE: &str = "services_1000";

/// The same with ten times as many services.
pub(super) const LARGER_CASE: &str = "services_10000";

/// Our processor time, at most so many times that of the bare events.
pub(super) const MOST_TIMES_EVENTS: f64 = 2.0;

/// tosca-parser's processor time, at least so many times ours.
pub(super) const LEAST_TIMES_FASTER: f64 = 50.0;

/// The peak of our heap, at most so many times the text.
pub(super) const MOST_HEAP_PER_BYTE: f64 = 12.0;

/// Our processor time for ten times the services, at most so many times that for these.
pub(super) const MOST_GROWTH: f64 = 12.0;

/// A line of the program `translate`.
#[derive(Debug, Deserialize)]
pub(super) struct Times {
    case: String,
    work: String,
    bytes: f64,
    events_ms: f64,
    pub(super) ours_ms: f64,
}

/// A line of the program `heap`.
#[derive(Debug, Deserialize)]
pub(super) struct Heap {
    peak: f64,
}

/// All figures of a template: medians over the turns.
#[derive(Debug)]
pub(super) struct Figures {
    pub(super) case: String,
    pub(super) work: String,
    pub(super) bytes: f64,
    pub(super) events_ms: f64,
    pub(super) ours_ms: f64,
    /// Our time in times of the bare events.
    pub(super) times_events: f64,
    pub(super) heap_bytes: f64,
    pub(super) against: Against,
}

/// What had turns with ours.
#[derive(Debug)]
pub(super) enum Against {
    /// tosca-parser with the same template: its time, and how many times ours that is.
    Peer { ms: f64, times_faster: f64 },
    /// Ours with a tenth of the services: how many times the time for these.
    Tenth { growth: f64 },
}

impl Figures {
    /// Of a template that tosca-parser read too.
    pub(super) fn with_peer(turns: &Turns<f64>, heap: &Heap) -> Option<Self> {
        let ms = median(turns.others.clone());
        let against = Against::Peer { ms, times_faster: turns.times_ours(|ms| *ms) };
        Self::of(&turns.ours, heap, against)
    }

    /// Of a template that had turns with one of a tenth of its services.
    pub(super) fn with_tenth(turns: &Turns<Times>, heap: &Heap) -> Option<Self> {
        let growth = turns.times_ours(|times| times.ours_ms);
        Self::of(&turns.others, heap, Against::Tenth { growth })
    }

    fn of(all: &[Times], heap: &Heap, against: Against) -> Option<Self> {
        let Times { case, work, bytes, .. } = all.first()?;
        let over = |figure: fn(&Times) -> f64| median(all.iter().map(figure).collect());
        Some(Self {
            case: case.clone(),
            work: work.clone(),
            bytes: *bytes,
            events_ms: over(|times| times.events_ms),
            ours_ms: over(|times| times.ours_ms),
            times_events: over(|times| times.ours_ms / times.events_ms),
            heap_bytes: heap.peak,
            against,
        })
    }

    /// Heap for each byte of text.
    pub(super) fn heap_per_byte(&self) -> f64 {
        self.heap_bytes / self.bytes
    }

    /// What is beyond its limit.
    pub(super) fn broken_limits(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let case = &self.case;
        if case == LIMITED_CASE && self.times_events > MOST_TIMES_EVENTS {
            let times = self.times_events;
            broken.push(format!("{case}: {times:.2} times the bare events, more than {MOST_TIMES_EVENTS}"));
        }
        match self.against {
            Against::Peer { times_faster, .. }
                if case == LIMITED_CASE && times_faster < LEAST_TIMES_FASTER =>
            {
                broken.push(format!(
                    "{case}: {times_faster:.0} times faster than tosca-parser, less than {LEAST_TIMES_FASTER}"
                ));
            }
            Against::Tenth { growth } if growth > MOST_GROWTH => {
                broken
                    .push(format!("{case}: {growth:.1} times the time of a tenth, more than {MOST_GROWTH}"));
            }
            _ => {}
        }
        if case == LIMITED_CASE && self.heap_per_byte() > MOST_HEAP_PER_BYTE {
            let times = self.heap_per_byte();
            broken.push(format!("{case}: {times:.1} times the text in heap, more than {MOST_HEAP_PER_BYTE}"));
        }
        broken
    }
}

pub(super) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let at = |index: usize| figures.get(index).copied().unwrap_or(f64::NAN);
    (at(figures.len().saturating_sub(1) / 2) + at(figures.len() / 2)) / 2.0
}

#[cfg(test)]
impl Times {
    pub(super) fn of_ours(ours_ms: f64) -> Self {
        Self { case: LIMITED_CASE.into(), work: "check".into(), bytes: 100.0, events_ms: 2.0, ours_ms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns<T>(ours_ms: f64, other: T) -> Turns<T> {
        Turns { ours: vec![Times::of_ours(ours_ms), Times::of_ours(ours_ms)], others: vec![other] }
    }

    #[test]
    fn limits_are_held() {
        let broken = |ours_ms, heap| {
            let figures = Figures::with_peer(&turns(ours_ms, 200.0), &Heap { peak: heap });
            figures.unwrap().broken_limits()
        };
        assert_eq!(broken(3.9, 1200.0), [""; 0]);
        assert_eq!(broken(4.1, 1200.0).len(), 2);
        assert_eq!(broken(3.5, 1210.0), ["services_1000: 12.1 times the text in heap, more than 12"]);
    }

    #[test]
    fn ten_times_the_services_may_take_a_little_more() {
        let broken = |larger_ms| {
            let mut larger = Times::of_ours(larger_ms);
            larger.case = LARGER_CASE.into();
            Figures::with_tenth(&turns(10.0, larger), &Heap { peak: 2000.0 }).unwrap().broken_limits()
        };
        assert_eq!(broken(119.0), [""; 0]);
        assert_eq!(broken(125.0), ["services_10000: 12.5 times the time of a tenth, more than 12"]);
    }

    #[test]
    fn the_median_of_nothing_is_no_number() {
        assert!((median(vec![3.0, 1.0, 2.0, 10.0]) - 2.5).abs() < 1e-9);
        assert!(median(Vec::new()).is_nan());
    }
}
