//! A time-line as records, for tables of other programs.

use super::{
    local,
    table::clock,
    timeline::{Minute, Timeline},
};
use paas_core::scaling::Timestamp;
use serde::{Serialize, Serializer, ser::SerializeMap};

/// A minute as a record: columns with a value each, so that it becomes a row of a table as it is.
///
/// Written, its metrics are columns beside the others, under their own names; one that is called as another column is
/// called has `metric_` before it. What was not measured is null, and no column is left out.
///
/// ```
/// use paas_core::scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Window};
/// use paas_scaling::{
///     Plan,
///     simulate::{Load, Simulation},
/// };
///
/// let mut policy = ScalingPolicy::new("web", "Asia/Shanghai", Bounds { min: 1, max: 9 });
/// let rule = Rule::Fixed { count: FixedCount::Count(5) };
/// policy.windows.push(Window::daily("day", "08:00".parse().unwrap(), "20:00".parse().unwrap(), rule));
/// let plan = Plan::new(&policy).unwrap();
///
/// let rows = Simulation::day(&plan, "2026-11-23", 2, Load::constant(1.0)).unwrap().run().rows();
/// assert_eq!(rows.len(), 24 * 60);
/// assert_eq!((rows[8 * 60].local.as_str(), rows[8 * 60].count), ("2026-11-23 08:00", 5));
/// assert_eq!(rows[8 * 60].window.as_deref(), Some("day"));
/// assert_eq!(serde_json::to_value(&rows[0]).unwrap()["serving"], 2);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// The minute.
    pub at: Timestamp,
    /// The same by the clock of the policy's time zone: `2026-11-23 08:00`.
    pub local: String,
    /// The window that is open; of several their names with commas between; `None`: none is open.
    pub window: Option<String>,
    /// How many containers there were.
    pub count: u32,
    /// How many of them took no new requests.
    pub draining: u32,
    /// How many of them served.
    pub serving: u32,
    /// What there was to do, in containers that it keeps busy, if the load tells.
    pub demand: Option<f64>,
    /// The metrics that rules look at, with their names.
    pub metrics: Vec<(String, Option<f64>)>,
}

const COLUMNS: [&str; 7] = ["at", "local", "window", "count", "draining", "serving", "demand"];

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { at, local, window, count, draining, serving, demand, metrics } = self;
        let mut row = serializer.serialize_map(Some(COLUMNS.len() + metrics.len()))?;
        row.serialize_entry("at", at)?;
        row.serialize_entry("local", local)?;
        row.serialize_entry("window", window)?;
        row.serialize_entry("count", count)?;
        row.serialize_entry("draining", draining)?;
        row.serialize_entry("serving", serving)?;
        row.serialize_entry("demand", demand)?;
        for (name, value) in metrics {
            if COLUMNS.contains(&name.as_str()) {
                row.serialize_entry(&format!("metric_{name}"), value)?;
            } else {
                row.serialize_entry(name, value)?;
            }
        }
        row.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Row {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TimelineRow".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A minute as a record: `at`, `local` (the clock of the time zone), `window`, `count`, \
                `draining`, `serving`, `demand`, and each metric that rules look at under its name (with `metric_` \
                before it where another column has that name). What was not measured is null.",
            "type": "object",
            "additionalProperties": { "type": ["string", "number", "null"] },
        })
    }
}

impl Timeline {
    /// Each minute as a record.
    pub fn rows(&self) -> Vec<Row> {
        let zone = local::zone(&self.time_zone);
        let mut steps = self.counts.iter().peekable();
        let mut draining = 0;
        let row = |minute: &Minute| {
            let at = minute.at;
            while let Some(step) = steps.next_if(|step| step.at <= at) {
                draining = step.draining;
            }
            let open = self.windows.iter().filter(|band| band.from <= at && at < band.until);
            let open: Vec<&str> = open.map(|band| band.window.as_str()).collect();
            Row {
                at,
                local: clock(&zone, at, true),
                window: (!open.is_empty()).then(|| open.join(", ")),
                count: minute.count,
                draining,
                serving: minute.serving,
                demand: minute.demand,
                metrics: self.summary.metrics.iter().cloned().zip(minute.metrics.iter().copied()).collect(),
            }
        };
        self.minutes.iter().map(row).collect()
    }
}
