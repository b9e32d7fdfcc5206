//! The templates and what is done with each.

use paas_core::{
    diagnostic::{Diagnostics, Severity},
    release::Target,
};
use paas_tosca::{Options, Source, check, rancher, translate};
use saphyr_parser::Parser;
use std::{error::Error, fs, hint::black_box, path::Path};

/// What stops a measurement.
pub type Failure = Box<dyn Error>;

/// What is done with a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// It is checked: it has no services, so nothing can be deployed.
    Check,
    /// It is checked, planned, and rendered as files.
    Translate,
}

impl Work {
    /// A word for tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Translate => "check, plan, render",
        }
    }
}

/// A template in memory, ready to be worked on.
#[derive(Debug)]
pub struct Case {
    name: String,
    work: Work,
    source: Source,
    options: Options,
    target: Target,
}

impl Case {
    /// Reads a template and does the work once. What a name begins with tells what is done: `flat_` are checked.
    ///
    /// # Errors
    /// When the file cannot be read or the template is refused: refusing is less work, so its time says nothing.
    pub fn load(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let name = file.strip_suffix(".yaml").unwrap_or(&file).to_owned();
        let work = if name.starts_with("flat_") { Work::Check } else { Work::Translate };
        let case = Self {
            source: Source::new(file.as_ref(), text),
            name,
            work,
            options: Options::default(),
            target: Target::default(),
        };
        case.must_work()?;
        Ok(case)
    }

    /// The template's name without its ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is done with it.
    pub fn work(&self) -> Work {
        self.work
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// Does the work once, and drops what comes of it.
    pub fn run(&self) {
        match self.work {
            Work::Check => drop(black_box(check(black_box(&self.source), &self.options))),
            Work::Translate => {
                let translation = translate(black_box(&self.source), &self.options, &self.target);
                let files = translation.release.as_ref().map(rancher::render);
                drop(black_box((translation, files)));
            }
        }
    }

    fn must_work(&self) -> Result<(), Failure> {
        match self.work {
            Work::Check => {
                let checked = check(&self.source, &self.options);
                self.must_be_clean(&checked.diagnostics, checked.application.is_some())
            }
            Work::Translate => {
                let translation = translate(&self.source, &self.options, &self.target);
                let files = translation.release.as_ref().map(rancher::render).unwrap_or_default();
                self.must_be_clean(&translation.diagnostics, !files.is_empty())
            }
        }
    }

    fn must_be_clean(&self, diagnostics: &Diagnostics, has_result: bool) -> Result<(), Failure> {
        let error = diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        match error {
            Some(error) => Err(format!("{}: {}", self.name, error.message).into()),
            None if !has_result => Err(format!("{}: no error and no result", self.name).into()),
            None => Ok(()),
        }
    }
}

/// Reads the YAML events of a text and drops each: the least that anyone who uses this parser pays.
///
/// # Errors
/// When the text is no YAML.
pub fn bare_events(text: &str) -> Result<usize, Failure> {
    let mut count = 0;
    for event in Parser::new_from_str(black_box(text)) {
        black_box(event?);
        count += 1;
    }
    Ok(count)
}
