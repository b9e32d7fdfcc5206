//! The `paas` command: check, translate and deploy TOSCA templates.
//!
//! Thin: it reads arguments, calls the library and prints. Exit codes: 0 all is well (there may be warnings), 1 there
//! are errors, something could not be done, `diff --exit-code` found differences, or `decide` says no, 2 the command was not understood, 130 Ctrl-C ended it.

mod args;
mod check;
mod clone;
mod decide;
mod deploy;
mod diff;
mod explain;
mod export;
mod graph;
mod image;
mod import;
mod mall;
mod matrix;
mod members;
mod namespace;
mod operations;
mod output;
mod platform;
mod policy;
mod problems;
mod remove;
mod sandbox;
mod save;
mod scale;
mod simulate;
mod stack;
mod status;
mod summary;
mod template;
mod translate;
mod zones;

use args::{Cli, Command};
use clap::Parser;
use output::Output;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help that is cut off by a closed pipe is no failure.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut output = Output::new(cli.color);
    let outcome = match &cli.command {
        Command::Check(args) => check::run(args, &mut output),
        Command::Translate(args) => translate::run(args, &mut output),
        Command::Graph(args) => graph::run(args, &mut output),
        Command::Import(args) => import::run(args, &mut output),
        Command::Export(args) => export::run(args, &mut output),
        Command::Clone(args) => clone::run(args, &mut output),
        Command::Diff(args) => diff::run(args, &mut output),
        Command::Simulate(args) => simulate::run(args, &mut output),
        Command::Policy(command) => policy::run(command, &mut output),
        Command::Decide(args) => decide::run(args, &mut output),
        Command::Matrix(args) => matrix::run(args, &mut output),
        Command::Members(args) => members::run(args, &mut output),
        Command::Namespace(args) => namespace::run(args, &mut output),
        Command::Image(args) => image::run(args, &mut output),
        Command::Mall(args) => mall::run(args, &mut output),
        Command::Explain(args) => explain::run(args, &mut output),
        Command::Deploy(args) => deploy::run(args, &mut output),
        Command::Status(args) => status::run(args, &mut output),
        Command::Scale(args) => scale::run(args, &mut output),
        Command::Remove(args) => remove::run(args, &mut output),
        Command::Operations(args) => operations::run(args, &mut output),
        Command::Sandbox(args) => sandbox::run(args, &mut output),
    };
    match outcome {
        Outcome::Well if !output.has_failed() => ExitCode::SUCCESS,
        Outcome::Trouble => ExitCode::from(2),
        Outcome::Well | Outcome::Differs | Outcome::Failed => ExitCode::FAILURE,
        // As shells say it of a program that the signal ended.
        Outcome::Interrupted => ExitCode::from(130),
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// There are no errors.
    Well,
    /// There are no errors, but differences, and who asked wants to know it.
    Differs,
    /// There are errors, and they have been reported.
    Failed,
    /// The same, where a failure would say that there are differences.
    Trouble,
    /// Ctrl-C ended it.
    Interrupted,
}
