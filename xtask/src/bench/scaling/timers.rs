//! The timing wheel beside tokio-util's `DelayQueue` and a binary heap.

use serde::Deserialize;
use std::fmt::Write as _;

/// `DelayQueue`'s processor time to fire a timer and schedule it anew, at least so many times ours.
const LEAST_TIMES_FASTER: f64 = 8.0;

/// Of our heap, at most so many bytes for each pending timer, as a rule.
const MOST_AT_REST: f64 = 20.0;

/// Of our heap, at most so many bytes for each pending timer, at any time.
const MOST_AT_PEAK: f64 = 30.0;

/// What was measured of an engine.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    engine: String,
    fired: u64,
    schedule_ns: f64,
    fire_ns: f64,
    fire_times_ours: f64,
    burst_ns: f64,
    burst_times_ours: f64,
    rest_bytes: f64,
    peak_bytes: f64,
}

/// What is beyond its limit, or was not told.
pub(super) fn broken_limits(lines: &[Line]) -> Vec<String> {
    let of = |engine: &str, figure: fn(&Line) -> f64| {
        lines.iter().find(|line| line.engine == engine).map_or(f64::NAN, figure)
    };
    let faster = of("delay_queue", |line| line.fire_times_ours);
    let (rest, peak) = (of("wheel", |line| line.rest_bytes), of("wheel", |line| line.peak_bytes));
    let mut broken = Vec::new();
    if faster.is_nan() || faster < LEAST_TIMES_FASTER {
        broken.push(format!(
            "timers fire {faster:.1} times faster than `DelayQueue`'s, less than {LEAST_TIMES_FASTER}"
        ));
    }
    for (when, bytes, most) in [("at rest", rest, MOST_AT_REST), ("at peak", peak, MOST_AT_PEAK)] {
        if bytes.is_nan() || bytes > most {
            broken.push(format!("a timer takes {bytes:.1} bytes {when}, more than {most}"));
        }
    }
    broken
}

pub(super) fn section(lines: &[Line]) -> String {
    let mut text = String::from(
        "### Timers\n\n\
         Processor time for one timer, in one process; each engine has five turns, and figures are medians, those in times \
         ours of turns beside ours. 1,000,000 timers are pending, uniform over 24 hours. *Schedule*: to bring them in. \
         *Fire*: a whole day in ticks of a second; each timer that fires is scheduled anew, uniform over the next 24 hours, \
         and ours is also asked for its next deadline each second. All fire the same timers at the same ticks. *Burst*: of \
         1,000,000 timers half are due in one second; ours come in the order of their ids. *Bytes*: of the heap for each \
         pending timer, all that cancelling takes included, at rest (before or after the day, what is more) and at most; a \
         block that grows counts twice while it is copied. *DelayQueue*: tokio-util 0.7, with the table of its keys, on \
         tokio's paused time. *Heap*: the standard library's, with a table of deadlines.\n\n\
         | engine | schedule, ns | fire, ns | times ours | burst, ns | times ours | bytes at rest | at peak |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for line in lines {
        let name = match line.engine.as_str() {
            "wheel" => "ours, a timing wheel",
            "delay_queue" => "`DelayQueue`",
            "heap" => "binary heap",
            other => other,
        };
        let _ = writeln!(
            text,
            "| {name} | {:.0} | {:.0} | {:.1} | {:.0} | {:.1} | {:.1} | {:.1} |",
            line.schedule_ns,
            line.fire_ns,
            line.fire_times_ours,
            line.burst_ns,
            line.burst_times_ours,
            line.rest_bytes,
            line.peak_bytes,
        );
    }
    if let Some(Line { fired, .. }) = lines.first() {
        let _ = writeln!(text, "\nIn the day {fired} timers fire.");
    }
    let _ = writeln!(
        text,
        "\nLimits, held by `cargo xtask bench scaling --check`: at least {LEAST_TIMES_FASTER} times faster than `DelayQueue` \
         to fire, at most {MOST_AT_REST} bytes for each timer at rest and {MOST_AT_PEAK} at peak."
    );
    text
}

#[cfg(test)]
mod tests {
    use super::{Line, broken_limits};

    fn line(engine: &str, fire_times_ours: f64, rest_bytes: f64, peak_bytes: f64) -> Line {
        let engine = engine.to_owned();
        let (fired, schedule_ns, fire_ns, burst_ns, burst_times_ours) = (1, 1.0, 1.0, 1.0, 1.0);
        Line {
            engine,
            fired,
            schedule_ns,
            fire_ns,
            fire_times_ours,
            burst_ns,
            burst_times_ours,
            rest_bytes,
            peak_bytes,
        }
    }

    #[test]
    fn limits_are_held() {
        let kept = [line("wheel", 1.0, 20.0, 30.0), line("delay_queue", 8.0, 64.0, 64.0)];
        assert!(broken_limits(&kept).is_empty());
        let slow = [line("wheel", 1.0, 20.0, 30.0), line("delay_queue", 7.9, 64.0, 64.0)];
        assert_eq!(broken_limits(&slow), ["timers fire 7.9 times faster than `DelayQueue`'s, less than 8"]);
        let large = [line("wheel", 1.0, 20.1, 30.1), line("delay_queue", 8.0, 64.0, 64.0)];
        assert_eq!(broken_limits(&large).len(), 2);
    }

    #[test]
    fn what_was_not_told_is_no_success() {
        assert_eq!(broken_limits(&[]).len(), 3);
        assert_eq!(broken_limits(&[line("wheel", 1.0, 1.0, 1.0)]).len(), 1);
    }
}
