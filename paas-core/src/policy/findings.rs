//! What was found, by the levels of a policy.

use super::{Level, Row, TemplatePolicy};
use crate::diagnostic::{Diagnostic, Diagnostics, Place};

/// More help nobody.
const MOST: usize = 10_000;
/// The problems of one application.
pub(super) struct Findings<'p> {
    pub(super) policy: &'p TemplatePolicy,
    diagnostics: Diagnostics,
    has_error: bool,
}

impl<'p> Findings<'p> {
    pub(super) fn new(policy: &'p TemplatePolicy) -> Self {
        Self { policy, diagnostics: Diagnostics::default(), has_error: false }
    }

    /// Whether anything is done about a row.
    pub(super) fn watches(&self, row: Row) -> bool {
        self.policy.level(row) > Level::Allow
    }

    /// Something that a row is about.
    pub(super) fn tell(&mut self, row: Row, message: impl Into<String>, at: Option<Place>, help: &str) {
        if let Some(diagnostic) = self.diagnostic(row, message, help) {
            self.push(diagnostic.at(at));
        }
    }

    /// As [`Self::tell`] does, with a second place.
    pub(super) fn tell_with(
        &mut self,
        row: Row,
        message: impl Into<String>,
        at: Option<Place>,
        label: (Option<Place>, &str),
        help: &str,
    ) {
        if let Some(diagnostic) = self.diagnostic(row, message, help) {
            self.push(diagnostic.at(at).label(label.0, label.1));
        }
    }

    fn diagnostic(&self, row: Row, message: impl Into<String>, help: &str) -> Option<Diagnostic> {
        let severity = self.policy.level(row).severity()?;
        let diagnostic = Diagnostic::new(row.code(), message).severity(severity);
        Some(diagnostic.help(format!("{help}, or allow it in the policy file: `{}`", allowing(row))))
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        // The first error is never one too many: without it the template would pass.
        let is_first_error = diagnostic.is_error() && !self.has_error;
        if self.diagnostics.len() < MOST || is_first_error {
            self.has_error |= is_first_error;
            self.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn into_diagnostics(self) -> Diagnostics {
        self.diagnostics
    }
}

/// What a policy file says to allow what a row is about.
fn allowing(row: Row) -> String {
    format!("{row}: allow")
}
