//! `paas policy`.

use crate::{
    Outcome,
    args::{Format, LintArgs, PolicyCommand, TemplateArgs},
    output::{Output, Stream},
    problems,
};
use paas_sdk::{Diagnostics, Sources, TemplatePolicy, check, core::scaling, report, tosca::scaling_file};
use std::path::Path;

pub(crate) fn run(command: &PolicyCommand, output: &mut Output) -> Outcome {
    match command {
        PolicyCommand::Lint(args) => lint(args, output),
    }
}

fn lint(args: &LintArgs, output: &mut Output) -> Outcome {
    let mut outcome = Outcome::Well;
    for file in &args.files {
        let name = file.to_string_lossy();
        let (diagnostics, sources) = look(args, file);
        match args.format {
            Format::Json => output.print(Stream::Out, &problems::document(&name, &diagnostics, "")),
            Format::Human if diagnostics.is_empty() => {
                let line = format!("{}: {}\n", report::printable(&name), report::summary(&diagnostics));
                output.print(Stream::Out, &line);
            }
            format => problems::print(output, Stream::Out, format, &sources, &diagnostics),
        }
        if diagnostics.has_errors() {
            outcome = Outcome::Failed;
        }
    }
    outcome
}

/// What is to be said of the scaling policies of a file.
fn look(args: &LintArgs, file: &Path) -> (Diagnostics, Sources) {
    let template = TemplateArgs {
        file: file.to_owned(),
        folder: args.folder.clone(),
        inputs: args.inputs.clone(),
        policy: None,
    };
    let mut options = template.options();
    let (source, diagnostics) = template.read(&mut options);
    if diagnostics.has_errors() {
        return (diagnostics, source.into());
    }
    if scaling_file::is_one(&source) {
        let read = scaling_file::read(&source);
        let mut diagnostics = read.diagnostics;
        diagnostics.extend(read.policies.iter().flat_map(scaling::check));
        diagnostics.sort();
        return (diagnostics, source.into());
    }
    options.policy = TemplatePolicy::allowing_everything();
    let checked = check(&source, &options);
    // Errors of all sorts keep policies from being read; warnings of other sorts are none of their business.
    let told = checked
        .diagnostics
        .into_iter()
        .filter(|diagnostic| diagnostic.is_error() || diagnostic.code.as_str().starts_with("scaling."));
    (told.collect(), checked.sources)
}
