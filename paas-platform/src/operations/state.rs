//! How operations stand.

use super::OperationId;
use crate::{error::StepFailure, records::OperationRecord, seam::Timestamp};
use paas_core::{actor::Actor, plan::PlanKind};
use serde::{Deserialize, Serialize};

/// The state of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OperationState {
    /// It is carried out, or was until its process ended: see [`OperationStatus::is_interrupted`].
    Running,
    /// It has reached its end.
    Done,
    /// A step failed for good. It can be resumed or abandoned.
    Stopped,
    /// It was given up.
    Abandoned,
}

impl OperationState {
    /// As a word: `running`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Abandoned => "abandoned",
        }
    }

    /// Whether nothing will change any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Abandoned)
    }
}

/// How an operation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OperationStatus {
    /// Its id.
    pub id: OperationId,
    /// What it is for.
    pub kind: PlanKind,
    /// The tenant.
    pub tenant: String,
    /// The application.
    pub application: String,
    /// Who asked for it.
    pub by: Actor,
    /// Its state.
    pub state: OperationState,
    /// Whether it is running by its record, but nobody carries it out: its process has ended. It can be resumed.
    pub is_interrupted: bool,
    /// How many steps it has.
    pub steps: usize,
    /// How many of them have ended.
    pub steps_ended: usize,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it reached its end, stopped or was abandoned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Why it stopped.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<StepFailure>,
}

impl OperationStatus {
    pub(crate) fn new(record: OperationRecord, steps_ended: usize, is_interrupted: bool) -> Self {
        let OperationRecord { id, kind, tenant, application, by, state, steps, begun_at, ended_at, failures } =
            record;
        Self {
            id,
            kind,
            tenant,
            application,
            by,
            state,
            is_interrupted,
            steps,
            steps_ended,
            begun_at,
            ended_at,
            failures,
        }
    }

    /// How far it is, in percent of its steps.
    #[must_use]
    pub fn percent(&self) -> u8 {
        percent(self.steps_ended, self.steps)
    }
}

pub(crate) fn percent(ended: usize, steps: usize) -> u8 {
    if steps == 0 {
        return 100;
    }
    u8::try_from(ended.min(steps) * 100 / steps).unwrap_or(100)
}
