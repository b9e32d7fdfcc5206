//! `cargo xtask bench translate`: the translator beside the bare YAML events and beside tosca-parser.

pub(crate) mod bindings;
mod figures;
mod page;

use crate::{Result, machine, peers, report::Outcome, shell::Shell};
use figures::{Figures, Heap, Peer, Times};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// The templates, from small to large.
const TEMPLATES: [&str; 6] =
    ["flat_small", "flat_medium", "flat_1000", "services_10", "services_100", "services_1000"];

/// Measured rounds; each gives one time, the table shows their median.
const ROUNDS: u32 = 15;

/// What becomes of the figures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// They are written down.
    JustTell,
    /// They are written down, and one beyond its limit is a failure.
    HoldLimits,
}

/// Measures and writes the table; tells whether the limits were kept, if that was asked.
pub(crate) fn run(shell: &Shell, verdict: Verdict) -> Result<bool> {
    let Some(data) = shell.shared_data() else {
        return Err(
            "the templates for speed are in ../shared/data/bench, which is not beside this clone".into()
        );
    };
    let templates = templates(&data);
    println!("── set-up: Python, release build");
    let python = peers::python(shell)?;
    let programs = Programs::build(shell)?;
    println!("── translator and bare events");
    let times = programs.times(shell, ROUNDS, &templates)?;
    let heaps = programs.heaps(shell, &templates)?;
    println!("── tosca-parser");
    let peers = time_tosca_parser(shell, &python, &templates)?;
    let all = figures::join(times, &heaps, &peers)?;
    let setting = page::Setting {
        machine: machine::description(shell),
        compiler: machine::compiler(shell)?,
        date: machine::today(shell)?,
        peer: peers::required_version(shell, "tosca-parser")?,
    };
    let section = page::section(&all, &setting);
    page::write(shell, "translate", &section)?;
    if verdict == Verdict::JustTell {
        return Ok(true);
    }
    let broken = broken_limits(&all);
    for limit in &broken {
        println!("{limit}");
    }
    Ok(broken.is_empty())
}

/// One round of everything but the peer: whether the benches work at all. Writes no figures.
pub(crate) fn smoke(shell: &Shell) -> Result<Outcome> {
    let Some(data) = shell.shared_data() else {
        return Ok(Outcome::Skipped("no ../shared/data beside this clone".to_owned()));
    };
    let templates = templates(&data);
    let programs = Programs::build(shell)?;
    let times = programs.times(shell, 1, &templates)?;
    let heaps = programs.heaps(shell, &templates)?;
    Ok(Outcome::Passed(format!("{} templates in time, {} in memory", times.len(), heaps.len())))
}

fn templates(data: &Path) -> Vec<PathBuf> {
    TEMPLATES.iter().map(|name| data.join("bench").join(format!("{name}.yaml"))).collect()
}

/// What of [`Figures`] is beyond its limit.
fn broken_limits(all: &[Figures]) -> Vec<String> {
    let measured = all.iter().find(|figures| figures.case == figures::LIMITED_CASE);
    measured
        .map_or_else(|| vec![format!("{} was not measured", figures::LIMITED_CASE)], Figures::broken_limits)
}

/// The programs of the crate `paas-benches`.
struct Programs {
    folder: PathBuf,
}

impl Programs {
    fn build(shell: &Shell) -> Result<Self> {
        shell.run("benches", &mut shell.cargo(&["build", "--release", "--package", "paas-benches"]))?;
        Ok(Self { folder: shell.target.join("release") })
    }

    fn times(&self, shell: &Shell, rounds: u32, templates: &[PathBuf]) -> Result<Vec<Times>> {
        let mut program = shell.command(self.folder.join("translate"));
        json_lines(&shell.read(program.arg(rounds.to_string()).args(templates))?)
    }

    fn heaps(&self, shell: &Shell, templates: &[PathBuf]) -> Result<Vec<Heap>> {
        json_lines(&shell.read(shell.command(self.folder.join("heap")).args(templates))?)
    }
}

fn time_tosca_parser(shell: &Shell, python: &Path, templates: &[PathBuf]) -> Result<Vec<Peer>> {
    let mut script = shell.command(python);
    script.arg("testdata/peers/time_tosca_parser.py").args(templates);
    json_lines(&shell.read(&mut script)?)
}

fn json_lines<T: DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}
