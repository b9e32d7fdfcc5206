//! `cargo xtask fuzz`: a fuzzer that sees which code its input reaches, on the stable compiler.
//!
//! The programs are those of the crate `paas-fuzz`. They begin with the corpus in `testdata/fuzz` and with the project's own
//! templates; what they find goes below the target folder, and `cargo xtask fuzz --keep` takes over what reaches more code.

use crate::{Result, files, report::Outcome, shell::Shell, tools};
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

/// What is fuzzed, each with the folders that it begins with beside its own corpus.
const TARGETS: [(&str, &[&str]); 5] = [
    ("yaml", &["testdata/translate", "paas-core/codes"]),
    ("check", &["testdata/translate", "paas-core/codes"]),
    ("csar", &[]),
    ("compose", &[]),
    ("registry", &[]),
];

/// Seconds for each target where nobody says how many.
pub(crate) const SECONDS: u32 = 15;

/// Seconds for each target in the deep tier.
pub(crate) const DEEP_SECONDS: u32 = 600;

/// What lets the compiler count which code is reached. They are LLVM's own options, so that no nightly compiler is needed.
const COVERAGE: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// One input may take so many seconds, and so many megabytes.
const LIMITS: [&str; 2] = ["-timeout=5", "-rss_limit_mb=2048"];

/// Lets all targets run at the same time, for some seconds. A crash is an error that names the input.
pub(crate) fn run(shell: &Shell, seconds: u32) -> Result<Outcome> {
    let programs = build(shell)?;
    let told: Result<Vec<String>> = thread::scope(|scope| {
        let runs: Vec<_> = TARGETS
            .iter()
            .map(|(target, seeds)| scope.spawn(|| one(shell, &programs, target, seeds, seconds)))
            .collect();
        runs.into_iter().map(|run| run.join().unwrap_or_else(|_| Err("the chore crashed".into()))).collect()
    });
    Ok(Outcome::Passed(told?.join(", ")))
}

fn one(shell: &Shell, programs: &Path, target: &str, seeds: &[&str], seconds: u32) -> Result<String> {
    let found = shell.target.join("fuzz").join("corpus").join(target);
    let crashes = shell.target.join("fuzz").join("crashes").join(target);
    files::make_folder(&found)?;
    files::make_folder(&crashes)?;
    let mut command = program(shell, programs, target);
    command.arg(&found).arg(kept(shell, target)).args(seeds.iter().map(|seeds| shell.root.join(seeds)));
    command.arg(format!("-max_total_time={seconds}"));
    // The folder's name ends with `/`: what follows is the beginning of a file's name.
    command.arg(format!("-artifact_prefix={}/", crashes.display()));
    command.arg(format!("-dict={}", shell.root.join("testdata/fuzz/words.dict").display()));
    let output = shell.run(&format!("fuzz-{target}"), &mut command)?;
    let runs = output.lines().rev().find_map(|line| line.strip_prefix("Done ")?.split(' ').next());
    match runs.map(str::parse::<u64>) {
        Some(Ok(runs)) if runs > 0 => Ok(format!("{target}: {runs} inputs")),
        _ => Err(format!("the fuzzer of {target} did not say how many inputs it tried").into()),
    }
}

/// Takes what was found, and reaches code that the corpus does not, into the corpus.
pub(crate) fn keep(shell: &Shell) -> Result<bool> {
    let programs = build(shell)?;
    for (target, _) in TARGETS {
        let found = shell.target.join("fuzz").join("corpus").join(target);
        let corpus = kept(shell, target);
        files::make_folder(&found)?;
        let before = files::all_below(&corpus)?.len();
        let merged = shell.target.join("fuzz").join("merged").join(target);
        files::fresh_folder(&merged)?;
        // From both into a new one: what nothing needs any more goes.
        let mut command = program(shell, &programs, target);
        shell
            .run(&format!("fuzz-keep-{target}"), command.arg("-merge=1").args([&merged, &corpus, &found]))?;
        files::fresh_folder(&corpus)?;
        let all = files::all_below(&merged)?;
        for path in &all {
            files::copy(path, &corpus.join(files::name(path)))?;
        }
        println!("{target}: {} inputs, {before} before", all.len());
    }
    Ok(true)
}

/// Where the corpus of a target is kept.
fn kept(shell: &Shell, target: &str) -> PathBuf {
    shell.root.join("testdata").join("fuzz").join(target)
}

fn program(shell: &Shell, programs: &Path, target: &str) -> Command {
    let mut command = shell.command(programs.join(format!("fuzz-{target}")));
    command.args(LIMITS);
    command
}

/// Builds the programs; they lie in the folder that is given back. Only the project's own crates are watched, and what
/// they depend on is the same as for the tests: it need not be built anew.
fn build(shell: &Shell) -> Result<PathBuf> {
    tools::COMPILER_OF_CPP.ensure(shell)?;
    let watching = shell.workshop().join("watching-compiler");
    files::make_folder(&shell.workshop())?;
    files::write(&watching, format!("#!/bin/sh\nexec \"$@\" {}\n", COVERAGE.join(" ")))?;
    fs::set_permissions(&watching, fs::Permissions::from_mode(0o755))?;
    let mut cargo = shell.cargo(&["build", "--package", "paas-fuzz", "--features", "libfuzzer", "--bins"]);
    cargo.args(["--config", "profile.dev.opt-level=1"]).env("RUSTC_WORKSPACE_WRAPPER", &watching);
    shell.run("fuzz-build", &mut cargo)?;
    Ok(shell.target.join("debug"))
}
