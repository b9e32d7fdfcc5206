//! Two policies beside each other.

use super::timeline::{Lost, Summary, Timeline};
use serde::Serialize;
use std::fmt;

/// What two time-lines of the same load come to.
///
/// ```
/// use paas_core::scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Window};
/// use paas_scaling::{
///     Plan,
///     simulate::{Comparison, Load, Simulation},
/// };
///
/// let timeline = |count| {
///     let mut policy = ScalingPolicy::new("web", "UTC", Bounds { min: 1, max: 9 });
///     let rule = Rule::Fixed { count: FixedCount::Count(count) };
///     policy.windows.push(Window::daily("day", "08:00".parse().unwrap(), "20:00".parse().unwrap(), rule));
///     Simulation::day(&Plan::new(&policy).unwrap(), "2026-11-23", 2, Load::office_day(4.0)).unwrap().run()
/// };
/// let comparison = Comparison::new(&timeline(5), &timeline(4));
/// assert_eq!(comparison.first.container_hours - comparison.second.container_hours, 12.0);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TimelineComparison"))]
#[non_exhaustive]
pub struct Comparison {
    /// The one.
    pub first: Compared,
    /// The other.
    pub second: Compared,
}

/// What one of them comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TimelineCompared"))]
#[non_exhaustive]
pub struct Compared {
    /// Containers times hours.
    pub container_hours: f64,
    /// How often the count changed.
    pub changes: u32,
    /// The lowest count.
    pub least: u32,
    /// The highest count.
    pub most: u32,
    /// Seconds in which some upper threshold was passed, of all windows together.
    pub seconds_above: u32,
    /// What was lost because nobody could serve it, if the load tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<Lost>,
}

impl Comparison {
    /// Compares two time-lines.
    pub fn new(first: &Timeline, second: &Timeline) -> Self {
        Self::of(&first.summary, &second.summary)
    }

    /// The same of what two time-lines come to, of which one may have been kept in a file.
    pub fn of(first: &Summary, second: &Summary) -> Self {
        Self { first: Compared::new(first), second: Compared::new(second) }
    }
}

impl Compared {
    fn new(summary: &Summary) -> Self {
        Self {
            container_hours: summary.container_hours,
            changes: summary.scaled_out + summary.scaled_in,
            least: summary.least,
            most: summary.most,
            seconds_above: summary.above.iter().map(|passed| passed.seconds).sum(),
            lost: summary.lost,
        }
    }
}

/// A table.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, second } = self;
        let lost = |lost: Option<Lost>| match lost {
            Some(lost) => format!("{:.2} % of the load", lost.share * 100.0),
            None => "unknown".to_owned(),
        };
        let range = |one: &Compared| format!("{} to {}", one.least, one.most);
        let minutes = |one: &Compared| format!("{} min", one.seconds_above.div_ceil(60));
        let rows = [
            (
                "container hours",
                format!("{:.1}", first.container_hours),
                format!("{:.1}", second.container_hours),
            ),
            ("count", range(first), range(second)),
            ("changes", first.changes.to_string(), second.changes.to_string()),
            ("above a threshold", minutes(first), minutes(second)),
            ("lost", lost(first.lost), lost(second.lost)),
        ];
        let width = |index: usize| {
            let of =
                |row: &(&str, String, String)| [row.0.len(), row.1.len(), row.2.len()].get(index).copied();
            rows.iter().filter_map(of).max().unwrap_or(0).max(6)
        };
        writeln!(f, "{:<2$}  {:>3$}  second", "", "first", width(0), width(1))?;
        for (what, one, other) in &rows {
            writeln!(f, "{what:<0$}  {one:>1$}  {other}", width(0), width(1))?;
        }
        Ok(())
    }
}
