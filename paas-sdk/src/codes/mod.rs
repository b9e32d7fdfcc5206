//! All codes of errors, and what each means: one look-up for any code that an error or a diagnostic has.
//!
//! ```
//! use paas_sdk::codes::{self, Found};
//!
//! // A problem of a template.
//! assert!(matches!(codes::find("tosca.unknown_type"), Some(Found::Diagnostic(_))));
//! // An error of a call, or of a step of an operation.
//! # #[cfg(feature = "platform")]
//! let Some(Found::Error(busy)) = codes::find("platform.application_busy") else { panic!() };
//! # #[cfg(feature = "platform")]
//! assert_eq!(busy.help, "wait for that operation, resume it, or abandon it");
//! assert!(codes::find("platform.bussy").is_none());
//! # #[cfg(feature = "platform")]
//! assert_eq!(codes::closest("platform.applicaton_busy"), Some("platform.application_busy"));
//! ```

pub mod bindings;
#[cfg(feature = "platform")]
mod platform;

use crate::Code;
use paas_core::diagnostic;
use serde::Serialize;

/// A code that errors have. Codes are never reused or renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct ErrorCode {
    /// The code, such as `store.conflict`.
    pub code: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// What to do about it.
    pub help: &'static str,
    /// Whether asking again later may help without anybody doing something about it.
    pub retryable: Retryable,
    /// What it is about, in words: codes of one area are listed together.
    pub area: &'static str,
}

/// Whether asking again later may help without anybody doing something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Retryable {
    /// It may.
    Yes,
    /// It does not.
    No,
    /// The error itself knows: `is_retryable`.
    Depends,
}

impl Retryable {
    /// As a word: `yes`, `no`, `depends`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Depends => "depends",
        }
    }
}

impl From<bool> for Retryable {
    fn from(is_retryable: bool) -> Self {
        if is_retryable { Self::Yes } else { Self::No }
    }
}

/// What a code is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// An error of a call, or of a step of an operation.
    Error(ErrorCode),
    /// A problem of a template, a tenant file, or what they need. Steps of operations have these codes, too.
    Diagnostic(Code),
}

/// All codes of errors, area by area. Those of diagnostics are in [`Code::ALL`].
pub fn all() -> impl Iterator<Item = ErrorCode> {
    let of_bindings = bindings::ALL.iter().copied();
    #[cfg(feature = "platform")]
    return platform::all().chain(of_bindings);
    #[cfg(not(feature = "platform"))]
    of_bindings
}

/// What is known of a code: of an error or of a diagnostic.
#[must_use]
pub fn find(code: &str) -> Option<Found> {
    let error = all().find(|error| error.code == code).map(Found::Error);
    error.or_else(|| code.parse().ok().map(Found::Diagnostic))
}

/// The code that is meant, if one is near to what was written.
#[must_use]
pub fn closest(code: &str) -> Option<&'static str> {
    let diagnostics = Code::ALL.iter().map(|code| code.as_str());
    diagnostic::closest(code, diagnostics.chain(all().map(|error| error.code)))
}
