//! The way from text to application and release.

use crate::{Limits, Source};
use paas_core::{
    application::Application,
    diagnostic::Diagnostics,
    release::{Release, Target},
};
use std::collections::BTreeMap;

/// What the caller says to a template.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Values of inputs, written as in YAML (`3`, `true`, `[a, b]`, `text`).
    pub inputs: BTreeMap<String, String>,
    /// What a template may cost at most.
    pub limits: Limits,
    /// The application's name where the template gives none (`metadata.template_name`); `None`: the file's name.
    pub name: Option<String>,
}

/// What [`check`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checked {
    /// The application, unless there were errors or inputs without a value.
    pub application: Option<Application>,
    /// All problems, sorted by place.
    pub diagnostics: Diagnostics,
}

/// What [`translate`] gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Translation {
    /// The release, unless there were errors.
    pub release: Option<Release>,
    /// All problems, sorted by place.
    pub diagnostics: Diagnostics,
}

/// Checks a template. An input without a value is a warning here.
pub fn check(source: &Source, options: &Options) -> Checked {
    let _ = (source, options);
    Checked { application: None, diagnostics: Diagnostics::default() }
}

/// Checks a template and plans its release. An input without a value is an error here.
pub fn translate(source: &Source, options: &Options, target: &Target) -> Translation {
    let _ = (source, options, target);
    Translation { release: None, diagnostics: Diagnostics::default() }
}
