//! The chores of the project: `cargo xtask help` lists them.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a chore talks to the person who started it")]

mod bad_input;
mod bench;
mod bindings;
mod dependencies;
mod examples;
mod files;
mod fuzz;
mod generate;
mod keystone;
mod machine;
mod peers;
mod report;
mod shell;
mod test;
mod tools;
mod venv;

use shell::Shell;
use std::{env, process::ExitCode};
use test::Tier;

/// What a chore gives: failures are told to a person, never handled by kind.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

const HELP: &str = "\
Chores of the project.

cargo xtask test                   what CI runs: format, lints, tests, documentation, licences, examples, bindings, real servers, bad input, peers
cargo xtask test --fast            less of it: no documentation, bindings, real servers, bad input or peers (needs neither Python, Node nor a network)
cargo xtask test --deep            more of it: many more cases per property, and ten minutes of fuzzing for each reader, and one short round of the benches
cargo xtask test --bindings        only the packages for Python and Node: built, installed, tested
cargo xtask bench translate        measures the translator beside its peers and writes BENCHMARKS.md
cargo xtask bench translate --check
                                   the same, and fails if a limit is not kept
cargo xtask bench bindings         measures calls from Python and Node beside Rust and writes BENCHMARKS.md; also with --check
cargo xtask bench access           measures decisions beside those of casbin and cedar and writes BENCHMARKS.md; also with --check
cargo xtask bench gateway          measures what the gateway adds to a proxy and writes BENCHMARKS.md; also with --check
cargo xtask bench images           measures copies of images beside those of skopeo and writes BENCHMARKS.md; also with --check
cargo xtask bench scaling          measures timers beside those of tokio and a heap and writes BENCHMARKS.md; also with --check
cargo xtask fuzz [SECONDS]         lets a fuzzer try the readers of YAML, templates, archives and stacks, each for so long (15 if not said)
cargo xtask fuzz --keep            takes what the fuzzer found, and reaches more code, into testdata/fuzz
cargo xtask keystone [COMMAND…]    starts a real Keystone on a free port of this machine and says how to reach it, until it is ended; or runs a
                                   command with its variables
cargo xtask package                builds a wheel and npm packages for release, below target/packages
cargo xtask generate               writes the pages that are made from tables in the code
cargo xtask generate --check       fails if one of them is not as it should be
cargo xtask help                   this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(true)
        }
        ["test"] => with_shell(|shell| test::run(shell, Tier::Default)),
        ["test", "--fast"] => with_shell(|shell| test::run(shell, Tier::Fast)),
        ["test", "--deep"] => with_shell(|shell| test::run(shell, Tier::Deep)),
        ["test", "--bindings"] => with_shell(test::bindings),
        ["bench", "translate"] => with_shell(|shell| bench::run(shell, bench::Verdict::JustTell)),
        ["bench", "translate", "--check"] => {
            with_shell(|shell| bench::run(shell, bench::Verdict::HoldLimits))
        }
        ["bench", "bindings"] => with_shell(|shell| bench::bindings::run(shell, bench::Verdict::JustTell)),
        ["bench", "bindings", "--check"] => {
            with_shell(|shell| bench::bindings::run(shell, bench::Verdict::HoldLimits))
        }
        ["bench", "gateway"] => with_shell(|shell| bench::gateway::run(shell, bench::Verdict::JustTell)),
        ["bench", "gateway", "--check"] => {
            with_shell(|shell| bench::gateway::run(shell, bench::Verdict::HoldLimits))
        }
        ["bench", "images"] => with_shell(|shell| bench::images::run(shell, bench::Verdict::JustTell)),
        ["bench", "images", "--check"] => {
            with_shell(|shell| bench::images::run(shell, bench::Verdict::HoldLimits))
        }
        ["bench", "access"] => with_shell(|shell| bench::access::run(shell, bench::Verdict::JustTell)),
        ["bench", "access", "--check"] => {
            with_shell(|shell| bench::access::run(shell, bench::Verdict::HoldLimits))
        }
        ["bench", "scaling"] => with_shell(|shell| bench::scaling::run(shell, bench::Verdict::JustTell)),
        ["bench", "scaling", "--check"] => {
            with_shell(|shell| bench::scaling::run(shell, bench::Verdict::HoldLimits))
        }
        ["fuzz", "--keep"] => with_shell(fuzz::keep),
        ["fuzz"] => with_shell(|shell| told(fuzz::run(shell, fuzz::SECONDS)?)),
        ["fuzz", seconds] if seconds.parse::<u32>().is_ok_and(|seconds| seconds > 0) => {
            with_shell(|shell| told(fuzz::run(shell, seconds.parse()?)?))
        }
        ["keystone", command @ ..] => with_shell(|shell| keystone::run(shell, command)),
        ["package"] => with_shell(|shell| bindings::package(shell).map(|()| true)),
        ["generate"] => with_shell(|shell| generate::run(shell, generate::Mode::Write)),
        ["generate", "--check"] => with_shell(|shell| generate::run(shell, generate::Mode::Check)),
        _ => {
            eprint!("no chore is called `{}`\n\n{HELP}", words.join(" "));
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Tells what came of a step that stands alone.
fn told(outcome: report::Outcome) -> Result<bool> {
    let (report::Outcome::Passed(note) | report::Outcome::Skipped(note)) = outcome;
    println!("{note}");
    Ok(true)
}

fn with_shell(chore: impl FnOnce(&Shell) -> Result<bool>) -> Result<bool> {
    chore(&Shell::new()?)
}
