//! What is not the same when something is said in other words: of a stack that became an application.

use crate::diagnostic::Place;
use serde::Serialize;
use std::fmt;

/// How much of something was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kept {
    /// All: it is written in another way and means the same.
    Full,
    /// Some: it means nearly the same, or only Rancher gets it, or its value is fixed.
    Partial,
    /// Nothing.
    None,
}

impl Kept {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partial => "partial",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Something of a stack that is not the same in the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Loss {
    /// How much of it was kept.
    pub kept: Kept,
    /// The service; `None`: it concerns the stack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The key of the compose file, or the question.
    pub key: String,
    /// Where it stands.
    pub place: Place,
    /// What became of it, and why.
    pub why: String,
}

impl Loss {
    /// A loss that concerns the stack.
    pub fn new(kept: Kept, key: impl Into<String>, place: Place, why: impl Into<String>) -> Self {
        Self { kept, service: None, key: key.into(), place, why: why.into() }
    }

    /// The same of a service.
    #[must_use]
    pub fn of_service(mut self, service: impl Into<String>) -> Self {
        self.service = Some(service.into());
        self
    }
}

/// `file:line:column: kept: service.key: why`.
///
/// ```
/// use paas_core::{diagnostic::Place, loss::{Kept, Loss}};
///
/// let loss = Loss::new(Kept::Partial, "retain_ip", Place::start_of("a.yml"), "only Rancher gets it");
/// assert_eq!(loss.of_service("web").to_string(), "a.yml:1:1: partial: web.retain_ip: only Rancher gets it");
/// ```
impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: ", self.place, self.kept)?;
        if let Some(service) = &self.service {
            write!(f, "{service}.")?;
        }
        write!(f, "{}: {}", self.key, self.why)
    }
}
