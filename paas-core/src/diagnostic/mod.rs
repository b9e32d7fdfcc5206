//! Diagnostics: what is wrong with a template, where, and what to do.
//!
//! A [`Diagnostic`] has a stable [`Code`] (see [`Code::ALL`]), a [`Severity`], a message in the words of the
//! template, [`Label`]s that point at places, and help. A reader collects all of them in [`Diagnostics`];
//! nothing stops at the first.

mod code;
mod example;
mod list;
mod place;
mod shown;
mod suggest;

pub use code::{Code, UnknownCode};
pub use example::Example;
pub use list::Diagnostics;
pub use place::{Origin, Place, Position};
pub use shown::shown;
pub use suggest::{closest, did_you_mean};

use serde::Serialize;
use std::fmt;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; the template is used as it is.
    Warning,
    /// The template cannot be used.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A place with what is to be said about it. The first label of a diagnostic is the main one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Label {
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// What to say there; `None` when the message says it all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// One problem.
///
/// ```
/// use paas_core::diagnostic::{Code, Diagnostic, Place, Severity};
///
/// let problem = Diagnostic::new(Code::UnknownProperty, "`imge` is not a property of `paas.nodes.Service`")
///     .at(Place::start_of("template.yaml"))
///     .help("did you mean `image`?");
/// assert_eq!(problem.severity, Severity::Error);
/// assert_eq!(
///     problem.to_string(),
///     "template.yaml:1:1: error[tosca.unknown_property]: `imge` is not a property of `paas.nodes.Service`"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// Error or warning; the code's own unless [`Diagnostic::severity`] changed it.
    pub severity: Severity,
    /// One sentence: lower case, no full stop, the user's words in backticks.
    pub message: String,
    /// Where; the first is the main place.
    pub labels: Vec<Label>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), message: message.into(), labels: Vec::new(), help: None }
    }

    /// Adds a place without words.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        if let Some(place) = place.into() {
            self.labels.push(Label { place, text: None });
        }
        self
    }

    /// Adds a place with words of its own ("first given here").
    #[must_use]
    pub fn label(mut self, place: impl Into<Option<Place>>, text: impl Into<String>) -> Self {
        if let Some(place) = place.into() {
            self.labels.push(Label { place, text: Some(text.into()) });
        }
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to do, if there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        if help.is_some() {
            self.help = help;
        }
        self
    }

    /// Changes the severity that the code gives.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The main place.
    pub fn place(&self) -> Option<&Place> {
        self.labels.first().map(|label| &label.place)
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// One line: `file:line:column: severity[code]: message`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place() {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)
    }
}
