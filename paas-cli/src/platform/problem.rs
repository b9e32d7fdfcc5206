//! What keeps a command from its end, and how it is told.

use super::{Again, print_json};
use crate::{
    args::{Format, Shape},
    output::{Output, Stream},
    problems,
};
use paas_sdk::{
    Diagnostics, OperationId, Sources, client,
    client::System,
    platform::{self, ErrorKind, StepFailure, store::StoreError},
    report::printable,
};
use serde_json::json;
use std::fmt::Write as _;

/// Why a command could not do what it was asked for.
#[derive(Debug)]
pub(crate) enum Problem {
    /// A file is not as it should be.
    Diagnostics(Box<(Sources, Diagnostics)>),
    /// Something else.
    Other(Box<Other>),
}

/// What is known of it.
#[derive(Debug, Default)]
pub(crate) struct Other {
    code: Option<&'static str>,
    message: String,
    help: Option<String>,
    /// Commands that lead on.
    commands: Vec<String>,
    operation: Option<OperationId>,
    failures: Vec<StepFailure>,
}

impl Problem {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Other(Box::new(Other { message: message.into(), help: Some(help.into()), ..Other::default() }))
    }

    /// A failure of the platform, with the commands that lead on from it.
    pub(crate) fn of(error: &platform::Error, again: &Again) -> Self {
        let mut this = Other {
            code: Some(error.code()),
            message: error.to_string(),
            help: Some(error.help().to_owned()),
            operation: error.operation().cloned(),
            failures: error.failures().to_vec(),
            ..Other::default()
        };
        if let Some(id) = error.operation() {
            if error.kind() == ErrorKind::Stopped {
                this.message = format!("the operation `{id}` stopped before its end");
            }
            if matches!(error.kind(), ErrorKind::Stopped | ErrorKind::Busy | ErrorKind::Store) {
                this.commands = vec![again.resume(id), again.abandon(id)];
            }
        }
        Self::Other(Box::new(this))
    }

    pub(crate) fn print(&self, output: &mut Output, shape: Shape) {
        match (self, shape) {
            (Self::Diagnostics(problem), Shape::Human) => {
                let (sources, diagnostics) = &**problem;
                problems::print(output, Stream::Err, Format::Human, sources, diagnostics);
            }
            (Self::Diagnostics(problem), Shape::Json) => {
                let (sources, diagnostics) = &**problem;
                let name = sources.iter().next().map_or("", |source| source.name());
                output.print(Stream::Out, &problems::document(name, diagnostics, ""));
            }
            (Self::Other(problem), Shape::Human) => output.print(Stream::Err, &problem.text()),
            (Self::Other(problem), Shape::Json) => {
                let Other { code, message, help, operation, failures, .. } = &**problem;
                let error = json!({
                    "code": code, "message": message, "help": help, "operation": operation, "failures": failures,
                });
                print_json(output, &json!({ "error": error }));
            }
        }
    }
}

impl Other {
    fn text(&self) -> String {
        let mut text = failures(&self.failures);
        let code = self.code.map(|code| format!("[{code}]")).unwrap_or_default();
        let _ = writeln!(text, "error{code}: {}", printable(&self.message));
        if let Some(help) = &self.help {
            let _ = writeln!(text, "help: {}", printable(help));
        }
        for command in &self.commands {
            let _ = writeln!(text, "  {command}");
        }
        text
    }
}

/// Each failure of a step, with what to do about it.
pub(crate) fn failures(failures: &[StepFailure]) -> String {
    let mut text = String::new();
    for StepFailure { title, failure, .. } in failures {
        let _ = writeln!(text, "error[{}]: {}", printable(&failure.code), printable(&failure.message));
        let _ = writeln!(text, "step: {}", printable(title));
        if let Some(help) = &failure.help {
            let _ = writeln!(text, "help: {}", printable(help));
        }
        text.push('\n');
    }
    text
}

impl From<platform::Error> for Problem {
    fn from(error: platform::Error) -> Self {
        Self::of(&error, &Again::default())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        platform::Error::from(error).into()
    }
}

/// Of setting up the client.
impl From<client::Error> for Problem {
    fn from(error: client::Error) -> Self {
        Self::Other(Box::new(Other {
            code: Some(error.code()),
            message: error.to_string(),
            help: Some(setting_up(error.system()).to_owned()),
            ..Other::default()
        }))
    }
}

/// How a client is told where its server is, and who asks.
fn setting_up(system: System) -> &'static str {
    match system {
        System::Keystone => {
            "name a cloud of `clouds.yaml` by OS_CLOUD, or set OS_AUTH_URL and the other variables"
        }
        System::Harbor => "see to HARBOR_TEST_URL, HARBOR_PRODUCTION_URL and the variables beside them",
        System::Registry => "see to the address of the registry, and to the login beside it",
        _ => "name a file by --credentials, or set RANCHER_URL, RANCHER_ACCESS_KEY and RANCHER_SECRET_KEY",
    }
}
