//! A time-line as text.

use super::{local, timeline::Timeline};
use crate::Act;
use jiff::tz::TimeZone;
use paas_core::scaling::Timestamp;
use std::fmt;

/// The local time: with the day, if there is more than one.
pub(super) fn clock(zone: &TimeZone, at: Timestamp, with_day: bool) -> String {
    let civil = local::civil(zone, at);
    let (date, time) = (civil.date(), civil.time());
    let time = if time.second() == 0 {
        format!("{:02}:{:02}", time.hour(), time.minute())
    } else {
        format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
    };
    if with_day { format!("{date} {time}") } else { time }
}

impl Timeline {
    pub(super) fn has_days(&self) -> bool {
        self.until.seconds() - self.from.seconds() > 90_000
    }
}

/// Some lines for people: the windows, the decisions with their causes, what it comes to.
impl fmt::Display for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zone = local::zone(&self.time_zone);
        let at = |at| clock(&zone, at, self.has_days());
        let first = self.counts.first().map_or(0, |step| step.count);
        writeln!(
            f,
            "`{}` from {} to {} ({}), beginning with {first}",
            self.service,
            clock(&zone, self.from, true),
            clock(&zone, self.until, true),
            self.time_zone,
        )?;
        writeln!(f, "\nwindows")?;
        for band in &self.windows {
            let rule = match (band.count, band.bounds) {
                (Some(count), _) => format!("fixed at {count}"),
                (None, Some(bounds)) => format!("by metric, {} to {}", bounds.min, bounds.max),
                (None, None) => String::new(),
            };
            writeln!(f, "  {} to {}  `{}`, {rule}", at(band.from), at(band.until), band.window)?;
        }
        if self.windows.is_empty() {
            writeln!(f, "  none is open")?;
        }
        writeln!(f, "\ndecisions")?;
        for decision in &self.decisions {
            let what = match &decision.act {
                Act::Scale { from, to, .. } => format!("{from} -> {to}"),
                Act::Drain { from, to, until, .. } => {
                    format!("{} of {from} drain until {}", from.saturating_sub(*to), at(*until))
                }
                Act::CancelDrain { count, .. } => format!("{count} stay"),
                Act::Arm { .. } => continue,
            };
            writeln!(f, "  {}  {what}: {}", at(decision.at), decision.reason)?;
        }
        if self.decisions.is_empty() {
            writeln!(f, "  none")?;
        }
        let summary = &self.summary;
        writeln!(f, "\nin all")?;
        writeln!(
            f,
            "  {:.1} container hours, from {} to {}",
            summary.container_hours, summary.least, summary.most
        )?;
        writeln!(f, "  {} times out, {} times in", summary.scaled_out, summary.scaled_in)?;
        for passed in &summary.above {
            let (minutes, metric, window) = (passed.seconds.div_ceil(60), &passed.metric, &passed.window);
            writeln!(f, "  {minutes} min with {metric} above {} in `{window}`", passed.threshold)?;
        }
        if let Some(lost) = summary.lost {
            writeln!(f, "  {:.2} % of the load lost", lost.share * 100.0)?;
        }
        Ok(())
    }
}
