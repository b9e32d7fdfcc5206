//! What a failed call says.

use paas_sdk::{
    Diagnostic, Diagnostics,
    client::ErrorKind as ClientErrorKind,
    codes::{ErrorCode, bindings as codes},
    core::diagnostic::Label,
    platform::{Error, ErrorKind, StepFailure},
};
use serde::Serialize;
use std::fmt;

/// The result of a call.
pub type Result<T, E = Box<ErrorEnvelope>> = std::result::Result<T, E>;

/// A failed call: what went wrong, where, and what to do. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ErrorEnvelope {
    /// The stable code, such as `platform.application_busy`; `docs/errors.md` and `explain` tell of each.
    pub code: String,
    /// What kind of failure it is; code decides by it.
    pub kind: Kind,
    /// What went wrong: lower case, no full stop, the caller's words in backticks.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Whether asking again later may help without anybody doing something about it.
    pub retryable: bool,
    /// The id of the operation that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// What else is known.
    pub details: Details,
    /// The places that it points at, the main one first.
    pub labels: Vec<Label>,
}

/// What else is known of a failed call.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Details {
    /// All problems of a template or another file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// What kept an operation from its end: one for each step that failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<StepFailure>,
    /// Where in the request the problem is, such as `limits.bytes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The server that was asked last: scheme, host and port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The status of the server's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The id that the server gave to the failure; its log has it too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The status to answer with, if it is about something that was posted to this program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<u16>,
    /// Whether the server may have done what was asked although there is no good answer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub outcome_unknown: bool,
}

/// The kind of a failure: one of [`Kind::all`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Kind(&'static str);

impl Kind {
    /// The request is not one of this function.
    pub const INVALID_REQUEST: Self = Self("invalid_request");
    /// The actor, or whoever posted something, may not do that.
    pub const DENIED: Self = Self("denied");
    /// A template or another file has errors, or its resources are not there.
    pub const REJECTED: Self = Self("rejected");
    /// Files cannot be read or written.
    pub const FILES: Self = Self("files");
    /// The sandbox cannot do that.
    pub const SANDBOX: Self = Self("sandbox");
    /// The library itself failed.
    pub const INTERNAL: Self = Self("internal");

    /// As a word: `application_busy`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// All kinds, each with what it means: those of the platform, then those that only the bindings have.
    #[must_use]
    pub fn all() -> Vec<(Self, String)> {
        let of_platform = ErrorKind::ALL.iter().map(|kind| {
            let help = match kind {
                ErrorKind::Configuration => {
                    "see what is passed when connecting: the store, the address and the keys"
                }
                kind => kind.help(),
            };
            (Self::of(*kind), help.to_owned())
        });
        let own = [
            (Self::INVALID_REQUEST, "pass what the function takes: the message names it"),
            (Self::FILES, "see to the files that the diagnostics name"),
            (Self::SANDBOX, "see what the sandbox has and can do"),
            (Self::INTERNAL, "report it: this is a fault of the library"),
        ];
        of_platform.chain(own.map(|(kind, help)| (kind, help.to_owned()))).collect()
    }

    fn of(kind: ErrorKind) -> Self {
        Self(kind.code().trim_start_matches("platform."))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Kind {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ErrorKind".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let kinds: Vec<&str> = Self::all().into_iter().map(|(kind, _)| kind.as_str()).collect();
        schemars::json_schema!({
            "type": "string",
            "enum": kinds,
            "description": "The kind of a failure; code decides by it."
        })
    }
}

impl ErrorEnvelope {
    fn of(code: &str, kind: Kind, message: String, help: &str) -> Box<Self> {
        Box::new(Self {
            code: code.to_owned(),
            kind,
            message,
            help: (!help.is_empty()).then(|| help.to_owned()),
            retryable: false,
            operation: None,
            details: Details::default(),
            labels: Vec::new(),
        })
    }

    /// A failure with what its code says of it.
    pub(crate) fn new(code: ErrorCode, kind: Kind, message: impl Into<String>) -> Box<Self> {
        Self::of(code.code, kind, message.into(), code.help)
    }

    /// A failure of the platform that the platform itself does not know as one; with what the kind says of it, or with help
    /// of its own.
    pub(crate) fn of_platform(kind: ErrorKind, message: String, help: Option<&str>) -> Box<Self> {
        Self::of(kind.code(), Kind::of(kind), message, help.unwrap_or(kind.help()))
    }

    /// The request is not one that the function takes.
    pub(crate) fn invalid(message: impl Into<String>) -> Box<Self> {
        Self::new(codes::REQUEST_INVALID, Kind::INVALID_REQUEST, message)
    }

    /// The same, of a field.
    pub(crate) fn invalid_field(field: &str, reason: impl fmt::Display) -> Box<Self> {
        let mut this = Self::invalid(format!("`{field}`: {reason}"));
        this.details.field = Some(field.to_owned());
        this
    }

    /// The library itself failed.
    pub(crate) fn internal(message: impl Into<String>) -> Box<Self> {
        Self::new(codes::INTERNAL, Kind::INTERNAL, message)
    }

    /// A file that is not accepted, with all its problems.
    pub(crate) fn rejected(diagnostics: &Diagnostics, kind: Kind) -> Box<Self> {
        let first = diagnostics.iter().find(|diagnostic| diagnostic.is_error());
        let more = diagnostics.counts().0.saturating_sub(1);
        let mut message = first.map_or_else(|| "there is nothing in it".to_owned(), ToString::to_string);
        if more > 0 {
            message = format!("{message} (and {more} more)");
        }
        let help = first.and_then(|first| first.help.clone()).unwrap_or_default();
        let code = if kind == Kind::FILES { codes::FILES_REFUSED.code } else { ErrorKind::Rejected.code() };
        let mut this = Self::of(code, kind, message, &help);
        this.labels = first.map(|first| first.labels.clone()).unwrap_or_default();
        this.details.diagnostics = diagnostics.iter().cloned().collect();
        this
    }

    /// As a document on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only a type that JSON cannot hold makes this fail, and there is none in it.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl From<Error> for Box<ErrorEnvelope> {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        let (kind, help) = match (error.client(), error.kind()) {
            (Some(client), _) if client.kind() == ClientErrorKind::Configuration => {
                (ErrorKind::Configuration, client.help())
            }
            (Some(client), kind) => (kind, client.help()),
            (None, kind @ ErrorKind::Configuration) => (kind, "give what is missing when you connect"),
            (None, kind) => (kind, error.help()),
        };
        let mut this = ErrorEnvelope::of(error.code(), Kind::of(kind), message, help);
        this.retryable = error.is_retryable();
        this.operation = error.operation().map(ToString::to_string);
        this.details.failures = error.failures().to_vec();
        if let Some(diagnostics) = error.diagnostics() {
            this.details.diagnostics = diagnostics.iter().cloned().collect();
            let first = diagnostics.iter().find(|diagnostic| diagnostic.is_error());
            this.labels = first.map(|first| first.labels.clone()).unwrap_or_default();
        }
        if let Some(client) = error.client() {
            this.details.endpoint = client.endpoint().map(ToOwned::to_owned);
            this.details.status = client.status();
            this.details.request_id = client.request_id().map(ToOwned::to_owned);
            this.details.outcome_unknown = client.outcome_unknown();
        }
        this
    }
}

impl From<paas_sdk::client::Error> for Box<ErrorEnvelope> {
    fn from(error: paas_sdk::client::Error) -> Self {
        Error::from(error).into()
    }
}

impl fmt::Display for ErrorEnvelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ErrorEnvelope {}
