//! `cargo xtask bench translate`: the translator beside the bare YAML events and beside tosca-parser.

pub(crate) mod access;
pub(crate) mod bindings;
mod figures;
pub(crate) mod gateway;
pub(crate) mod images;
mod page;
pub(crate) mod scaling;
mod turns;

use crate::{Result, files, machine, peers, report::Outcome, shell::Shell};
use figures::{Figures, Heap, Times};
use serde::de::DeserializeOwned;
use std::{
    path::{Path, PathBuf},
    slice,
};
use turns::{Peer, Turns};

/// The templates, from small to large.
const TEMPLATES: [&str; 6] =
    ["flat_small", "flat_medium", "flat_1000", "services_10", "services_100", "services_1000"];

/// So many turns tosca-parser has with each template, and ours one before and after each.
const TURNS: usize = 5;

/// Measured rounds of a turn of ours; its time is their median.
const ROUNDS: u32 = 5;

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
    println!("── translator, bare events and tosca-parser, in turns");
    let mut all = Vec::new();
    for template in &templates {
        let mut peer = Peer::start(shell, &python, template)?;
        let turns = Turns::take(TURNS, || programs.turn(shell, template), || peer.turn())?;
        peer.end()?;
        all.extend(Figures::with_peer(&turns, &programs.heap(shell, template)?));
    }
    println!("── translator, with ten times the services");
    let (small, large) = (template(&data, figures::LIMITED_CASE), larger(shell, &data, &python)?);
    let turns = Turns::take(TURNS, || programs.turn(shell, &small), || programs.turn(shell, &large))?;
    all.extend(Figures::with_tenth(&turns, &programs.heap(shell, &large)?));
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
    let broken: Vec<String> = all.iter().flat_map(Figures::broken_limits).collect();
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
    TEMPLATES.iter().map(|name| template(data, name)).collect()
}

fn template(data: &Path, name: &str) -> PathBuf {
    data.join("bench").join(format!("{name}.yaml"))
}

/// Makes the largest template, as the others were made.
fn larger(shell: &Shell, data: &Path, python: &Path) -> Result<PathBuf> {
    let count = figures::LARGER_CASE.rsplit('_').next().unwrap_or_default();
    let mut script = shell.command(python);
    let text = shell.read(script.arg(data.join("bench").join("generate.py")).arg(count))?;
    let path = shell.workshop().join(format!("{}.yaml", figures::LARGER_CASE));
    files::make_folder(&shell.workshop())?;
    files::write(&path, text)?;
    Ok(path)
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

    /// One turn of ours with a template.
    fn turn(&self, shell: &Shell, template: &PathBuf) -> Result<Times> {
        let told = self.times(shell, ROUNDS, slice::from_ref(template))?.pop();
        Ok(told.ok_or_else(|| format!("nothing was told of {}", template.display()))?)
    }

    fn heap(&self, shell: &Shell, template: &PathBuf) -> Result<Heap> {
        let told = self.heaps(shell, slice::from_ref(template))?.pop();
        Ok(told.ok_or_else(|| format!("nothing was told of {}", template.display()))?)
    }

    fn times(&self, shell: &Shell, rounds: u32, templates: &[PathBuf]) -> Result<Vec<Times>> {
        let mut program = shell.command(self.folder.join("translate"));
        json_lines(&shell.read(program.arg(rounds.to_string()).args(templates))?)
    }

    fn heaps(&self, shell: &Shell, templates: &[PathBuf]) -> Result<Vec<Heap>> {
        json_lines(&shell.read(shell.command(self.folder.join("heap")).args(templates))?)
    }
}

/// Builds a program of the workspace of heavy peers, with what it needs and no more: where it is.
fn heavy_peers(shell: &Shell, program: &str) -> Result<PathBuf> {
    let manifest = "benches/peers/Cargo.toml";
    let mut build = shell.cargo(&["build", "--release", "--locked", "--manifest-path", manifest]);
    build.args(["--features", program, "--bin", program]);
    let target = shell.target.join("peers");
    shell.run("peers", build.arg("--target-dir").arg(&target))?;
    Ok(target.join("release").join(program))
}

fn json_lines<T: DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}
