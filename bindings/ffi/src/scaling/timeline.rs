//! Policies tried out on a load.

use crate::{
    envelope::{ErrorEnvelope, Kind, Result},
    function::functions,
    library::Library,
};
use paas_sdk::{
    core::scaling::{ScalingPolicy, Timestamp},
    scaling::{
        ActionDocument, Plan,
        simulate::{Comparison, Load, Model, Row, Simulation, Summary, Timeline as Inner},
    },
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How much of what the policy allows a working day needs, where no load is given.
const SHARE_OF_MOST: f64 = 0.7;

/// A policy tried out on a load: counts, decisions with their causes, and what it comes to. It never changes.
#[derive(Debug, Clone)]
pub struct Timeline {
    inner: Arc<Inner>,
}

/// Tries a scaling policy out on a load, before anybody lets it loose: with the real engine, and small models of the service
/// and of monitoring. Fails with kind `rejected` and all problems of the policy, if it has any.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SimulateScalingRequest {
    /// The policy, as it stands in `release.json`.
    pub policy: ScalingPolicy,
    /// The load as CSV with a heading: `time` (times of a day, or instants), and `demand` (how many containers it keeps busy)
    /// or metrics of each container such as `cpu` (from 0 to 1), best with the `count` of containers of then. If no load is given:
    /// a working day that needs 70 percent of what the policy allows.
    #[serde(default)]
    pub load: Option<String>,
    /// In place of a trace: so many containers are kept busy all the time.
    #[serde(default)]
    pub constant: Option<f64>,
    /// In place of a trace: a working day that keeps at most so many containers busy.
    #[serde(default)]
    pub office_day: Option<f64>,
    /// The day, such as `2026-11-23`, from midnight to midnight in the policy's time zone. A trace with instants is taken from its
    /// beginning to its end if nothing is given.
    #[serde(default)]
    pub date: Option<String>,
    /// In place of a day: from this instant on.
    #[serde(default)]
    pub start: Option<Timestamp>,
    /// In place of a day: until this instant, at most eight weeks later.
    #[serde(default)]
    pub end: Option<Timestamp>,
    /// How many containers the service has before; the policy's least if not given.
    #[serde(default)]
    pub count: Option<u32>,
    /// What is assumed of the service and of monitoring.
    #[serde(default)]
    pub model: Option<Model>,
    /// For so long an alarm that fires is believed after its last notification; five minutes if not given.
    #[serde(default)]
    pub alarm_ttl_ms: Option<u64>,
}

/// All of it as a document: windows, counts, minutes, decisions, alarms that moved nothing, what it comes to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineDocumentRequest {}

/// What it comes to: container hours, changes of the count, time above thresholds, what was lost.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SummaryRequest {}

/// What the engine decided, each with its cause; rules that are armed are not listed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionsRequest {}

/// Each minute as a record with the same columns, as tables and data frames take them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowsRequest {}

/// A picture: windows as bands, the count as steps, the load as a line, decisions as marks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SvgRequest {}

/// Some lines for people: the windows, the decisions with their causes, what it comes to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelineTextRequest {}

/// Compares what two time-lines come to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CompareRequest {
    /// What the other one comes to.
    pub other: Summary,
}

/// Two time-lines beside each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimelinesCompared {
    /// What each of them comes to.
    pub comparison: Comparison,
    /// The same as a table for people.
    pub text: String,
}

functions!(Timeline {
    computes "document" document(TimelineDocumentRequest) -> document (Inner);
    instant "summary" summary(SummaryRequest) -> document (Summary);
    instant "decisions" decisions(DecisionsRequest) -> document (Vec<ActionDocument>);
    computes "rows" rows(RowsRequest) -> document (Vec<Row>);
    computes "svg" svg(SvgRequest) -> text;
    computes "text" text(TimelineTextRequest) -> text;
    instant "compare" compare(CompareRequest) -> document (TimelinesCompared);
});

impl Library {
    /// What [`SimulateScalingRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.rejected` with the problems of the policy; `request.invalid` if the load cannot be read, or there is no such
    /// day.
    pub fn simulate_scaling(&self, request: SimulateScalingRequest) -> Result<Timeline> {
        let plan = Plan::new(&request.policy)
            .map_err(|problems| ErrorEnvelope::rejected(&problems, Kind::REJECTED))?;
        let load = request.load()?;
        let count = request.count.unwrap_or(request.policy.bounds.min);
        let span = match (request.start, request.end) {
            (Some(start), Some(end)) => Some((start, end)),
            (None, None) => load.span().filter(|_| request.date.is_none()),
            (Some(_), None) => return Err(ErrorEnvelope::invalid_field("end", "`start` needs an `end`")),
            (None, Some(_)) => return Err(ErrorEnvelope::invalid_field("start", "`end` needs a `start`")),
        };
        let simulation = match (span, &request.date) {
            (Some(_), Some(_)) => {
                Err(("date", "either a day is simulated, or from `start` to `end`".to_owned()))
            }
            (Some((start, end)), None) => {
                Simulation::span(&plan, start, end, count, load).map_err(|error| ("end", error.to_string()))
            }
            (None, Some(date)) => {
                Simulation::day(&plan, date, count, load).map_err(|error| ("date", error.to_string()))
            }
            (None, None) => {
                Err(("date", "give the day, such as `2026-11-23`, or `start` and `end`".to_owned()))
            }
        };
        let mut simulation =
            simulation.map_err(|(field, reason)| ErrorEnvelope::invalid_field(field, reason))?;
        if let Some(model) = request.model {
            simulation.model = model;
        }
        if let Some(alarm_ttl_ms) = request.alarm_ttl_ms {
            simulation.settings.alarm_ttl_ms = alarm_ttl_ms;
        }
        Ok(Timeline { inner: Arc::new(simulation.run()) })
    }
}

impl SimulateScalingRequest {
    fn load(&self) -> Result<Load> {
        let demand = |field: &str, demand: f64| {
            if demand.is_finite() && demand >= 0.0 {
                return Ok(demand);
            }
            Err(ErrorEnvelope::invalid_field(field, "a number of containers is expected, from 0 on"))
        };
        match (&self.load, self.constant, self.office_day) {
            (None, None, None) => Ok(Load::office_day(SHARE_OF_MOST * f64::from(self.policy.bounds.max))),
            (Some(trace), None, None) => Load::from_csv(trace).map_err(|problems| {
                let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
                ErrorEnvelope::invalid_field("load", problems.join("; "))
            }),
            (None, Some(most), None) => Ok(Load::constant(demand("constant", most)?)),
            (None, None, Some(most)) => Ok(Load::office_day(demand("office_day", most)?)),
            _ => {
                let reason = "there is one load: `load`, `constant` or `office_day`";
                Err(ErrorEnvelope::invalid_field("load", reason))
            }
        }
    }
}

impl Timeline {
    /// What [`TimelineDocumentRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn document(&self, _: TimelineDocumentRequest) -> Result<&Inner> {
        Ok(&self.inner)
    }

    /// What [`SummaryRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn summary(&self, _: SummaryRequest) -> Result<&Summary> {
        Ok(&self.inner.summary)
    }

    /// What [`DecisionsRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn decisions(&self, _: DecisionsRequest) -> Result<&Vec<ActionDocument>> {
        Ok(&self.inner.decisions)
    }

    /// What [`RowsRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn rows(&self, _: RowsRequest) -> Result<Vec<Row>> {
        Ok(self.inner.rows())
    }

    /// What [`SvgRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn svg(&self, _: SvgRequest) -> Result<String> {
        Ok(self.inner.to_svg())
    }

    /// What [`TimelineTextRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn text(&self, _: TimelineTextRequest) -> Result<String> {
        Ok(self.inner.to_string())
    }

    /// What [`CompareRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn compare(&self, request: CompareRequest) -> Result<TimelinesCompared> {
        let comparison = Comparison::of(&self.inner.summary, &request.other);
        Ok(TimelinesCompared { text: comparison.to_string(), comparison })
    }
}
