//! Failures of steps.

use crate::table::codes;
use paas_client::{ErrorKind as ClientErrorKind, System};
use paas_core::diagnostic::Code;
use serde::{Deserialize, Serialize};
use std::fmt;

codes! {
    /// What kind of failure of a step it is, where it is neither the client's nor a diagnostic.
    ///
    /// ```
    /// use paas_platform::StepFailureKind;
    /// assert_eq!(StepFailureKind::NotReady.code(), "platform.not_ready");
    /// ```
    StepFailureKind
    NotReady "platform.not_ready" "A service has failed, or was unhealthy for too long." "look at the log of its containers; when it is up, resume the operation; or abandon it";
    NotReadyInTime "platform.not_ready_in_time" "Services were not up when the time for it was over." "look at the log of its containers; when it is up, resume the operation; or abandon it";
    ServiceGone "platform.service_gone" "A service is no longer there." "somebody removed it: abandon the operation, remove the application, and deploy it anew";
    ServiceStopped "platform.service_stopped" "A service was stopped while it was waited for." "somebody stopped it: start it in Rancher, then resume the operation; or abandon it";
    ServiceBusy "platform.service_busy" "A service is in a state in which it cannot be started." "wait until it is `inactive`, then resume the operation";
    ScaledElsewhere "platform.scaled_elsewhere" "A service was given another count while it was waited for." "somebody scaled it meanwhile: abandon the operation, then scale it anew if need be";
    ScaleIgnored "platform.scale_ignored" "The server took a new count of containers, and kept the old one." "a service with a scale policy, or on every host, has no count; else the key may not change it";
    StackRefused "platform.stack_refused" "The server could not make a stack from its files." "abandon the operation, remove the application, mend the template or what it needs, and deploy it anew";
    ServicesMissing "platform.services_missing" "The server made a stack without some services of its files." "see whether the server's compose executor runs; then resume the operation";
    StackGone "platform.stack_gone" "A stack is no longer there." "somebody removed it: abandon the operation, remove the application, and deploy it anew";
    ForeignStack "platform.foreign_stack" "A stack of that name is there, but it is not of this application." "it is left alone: abandon the operation, and deploy under another name of the stack";
    UnknownAction "platform.unknown_action" "The plan holds a step that this version cannot carry out." "carry the plan out with the version that made it";
}

impl StepFailureKind {
    /// Whether the step is tried again by itself before it fails for good.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::ServiceBusy)
    }

    /// A failure of this kind, with what to do about it.
    pub(crate) fn failure(self, class: Class, message: impl Into<String>) -> Failure {
        Failure::new(class, self, message).help(self.help())
    }
}

/// Where the codes of failures come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FailureCode {
    Step(StepFailureKind),
    Diagnostic(Code),
    Client(ClientErrorKind),
}

impl FailureCode {
    fn as_str(self) -> &'static str {
        match self {
            Self::Step(kind) => kind.code(),
            Self::Diagnostic(code) => code.as_str(),
            // Steps ask Rancher only.
            Self::Client(kind) => kind.code(System::Rancher),
        }
    }
}

impl From<StepFailureKind> for FailureCode {
    fn from(kind: StepFailureKind) -> Self {
        Self::Step(kind)
    }
}

impl From<Code> for FailureCode {
    fn from(code: Code) -> Self {
        Self::Diagnostic(code)
    }
}

impl From<ClientErrorKind> for FailureCode {
    fn from(kind: ClientErrorKind) -> Self {
        Self::Client(kind)
    }
}

/// Why a step did not reach its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StepFailure {
    /// The step's key.
    pub step: String,
    /// What it was to do, in words.
    pub title: String,
    /// What kind of failure it is.
    #[serde(flatten)]
    pub failure: Failure,
}

impl fmt::Display for StepFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.title, self.failure.message)
    }
}

/// What went wrong in a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Failure {
    /// What is done about it.
    pub class: Class,
    /// A stable code: of a step, a diagnostic, or the client.
    pub code: String,
    /// What went wrong and where.
    pub message: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Failure {
    pub(crate) fn new(class: Class, code: impl Into<FailureCode>, message: impl Into<String>) -> Self {
        Self { class, code: code.into().as_str().to_owned(), message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The class of a failure: what is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Class {
    /// It may pass: tried again after a pause.
    Transient,
    /// The world is not as it was thought: looked at again, then decided anew.
    Conflict,
    /// It may have been done: looked for before anything is repeated.
    Unknown,
    /// The step's time is over.
    Deadline,
    /// Trying again would not help: the operation stops.
    Permanent,
}

impl Class {
    /// Whether the step is tried again.
    #[must_use]
    pub const fn is_tried_again(self) -> bool {
        matches!(self, Self::Transient | Self::Conflict | Self::Unknown)
    }
}
