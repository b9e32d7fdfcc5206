//! Peers: independent readers of what we read and write.
//!
//! - tosca-parser and xOpera must take our templates and our profile: people use them with other tools too.
//! - PyYAML reads YAML 1.1, as Rancher's own reader does, and must find in our files what the release says, and nothing
//!   else.

mod compare;
mod release;
mod stack;
mod templates;

use crate::{
    Result, files,
    report::{Outcome, Report},
    shell::Shell,
    venv,
};
use serde_json::Value;
use stack::Stack;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use templates::Template;

/// What the virtual environment holds.
const REQUIREMENTS: &str = "testdata/peers/requirements.txt";

/// Makes the virtual environment, unless it is there and has what is asked for; gives its Python.
pub(crate) fn python(shell: &Shell) -> Result<PathBuf> {
    // The two parsers ask for different versions of PyYAML, and both work with the one that is there.
    venv::ensure_exactly(shell, "venv", REQUIREMENTS)
}

/// The version of a package in the virtual environment.
pub(crate) fn required_version(shell: &Shell, package: &str) -> Result<String> {
    let wanted = files::read(&shell.root.join(REQUIREMENTS))?;
    let version = wanted.lines().find_map(|line| line.strip_prefix(package)?.strip_prefix("=="));
    Ok(version.ok_or_else(|| format!("{REQUIREMENTS} does not ask for {package}"))?.trim().to_owned())
}

/// The steps with peers, once `paas` is built.
pub(crate) fn steps(report: &mut Report, shell: &Shell, python: Result<PathBuf>) {
    let mut ready = None;
    report.step("set-up of peers", || {
        ready = Some((python?, templates::all(shell)?));
        Ok(Outcome::Passed(String::new()))
    });
    let Some((python, templates)) = ready else { return };
    report.step("tosca-parser takes our templates", || tosca_parser_accepts(shell, &python, &templates));
    report.step("xOpera takes our templates", || xopera_accepts(shell, &python, &templates));
    report.step("PyYAML reads our files as we mean them", || pyyaml_agrees(shell, &python, &templates));
}

fn tosca_parser_accepts(shell: &Shell, python: &Path, templates: &[Template]) -> Result<Outcome> {
    let workshop = shell.workshop().join("tosca-parser");
    let profile = shell.root.join(templates::PROFILE);
    let mut faults = Vec::new();
    let judge = |path: &Path, inputs: &[(&str, &str)]| {
        let mut command = shell.command(python);
        command.arg("testdata/peers/tosca_parser_accepts.py");
        for (name, value) in inputs {
            command.arg("--input").arg(format!("{name}={value}"));
        }
        shell.read(command.arg(path))
    };
    if let Err(error) = judge(&profile, &[]) {
        faults.push(format!("the profile: {error}"));
    }
    let templates: Vec<_> = templates.iter().filter(|template| !template.breaks_tosca_parser()).collect();
    let copies = with_profiles(shell, &workshop, &templates)?;
    for (template, copy) in templates.iter().zip(copies) {
        if let Err(error) = judge(&copy, template.inputs()) {
            faults.push(format!("{}: {error}", template.name));
        }
    }
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    Ok(Outcome::Passed(format!("the profile and {} templates", templates.len())))
}

fn xopera_accepts(shell: &Shell, python: &Path, templates: &[Template]) -> Result<Outcome> {
    let workshop = shell.workshop().join("xopera");
    let templates: Vec<_> = templates.iter().filter(|template| !template.is_refused_by_xopera()).collect();
    let copies = with_profiles(shell, &workshop, &templates)?;
    let mut command = shell.command(python);
    command.arg("testdata/peers/xopera_accepts.py").args(&copies);
    shell.read(&mut command)?;
    Ok(Outcome::Passed(format!("the profile, by {} templates", templates.len())))
}

/// Copies of templates, each with the profile beside it: there other tools look for it.
fn with_profiles(shell: &Shell, workshop: &Path, templates: &[&Template]) -> Result<Vec<PathBuf>> {
    files::fresh_folder(workshop)?;
    let profile = shell.root.join(templates::PROFILE);
    let copy = |template: &&Template| {
        let folder = workshop.join(&template.name);
        files::make_folder(&folder)?;
        files::copy(&profile, &folder.join(templates::PROFILE_NAME))?;
        let copy = folder.join("template.yaml");
        files::copy(&template.path, &copy)?;
        Ok(copy)
    };
    templates.iter().map(copy).collect()
}

fn pyyaml_agrees(shell: &Shell, python: &Path, templates: &[Template]) -> Result<Outcome> {
    let workshop = shell.workshop().join("rendered");
    files::fresh_folder(&workshop)?;
    let mut faults = Vec::new();
    let (mut values, mut services) = (0, 0);
    for template in templates {
        let out = workshop.join(&template.name);
        let translated = translate(shell, &template.path, &out);
        if !template.is_deployable() {
            if translated.is_ok() {
                faults.push(format!("{} was translated, though it cannot be deployed", template.name));
            }
            continue;
        }
        translated?;
        let release = release::read(&out.join("release.json"))?;
        let stacks = read_stacks(shell, python, &out)?;
        let compared = compare::release_with_stacks(&release, &stacks);
        values += compared.values;
        services += compared.services;
        faults.extend(compared.faults.into_iter().map(|fault| format!("{}: {fault}", template.name)));
    }
    if !faults.is_empty() {
        return Err(faults.join("\n").into());
    }
    Ok(Outcome::Passed(format!("{values} values of {services} services")))
}

fn translate(shell: &Shell, template: &Path, out: &Path) -> Result<String> {
    let paas = shell.target.join("debug").join("paas");
    let mut command = shell.command(paas);
    command.arg("translate").arg(template).args(["--policy", "testdata/peers/everything-allowed.yaml"]);
    shell.read(command.arg("--out").arg(out))
}

/// The files of each stack, as PyYAML understood them, the second merged over the first as Rancher does.
fn read_stacks(shell: &Shell, python: &Path, out: &Path) -> Result<Vec<Stack>> {
    let folders: Vec<PathBuf> = files::entries(out)?.into_iter().filter(|path| path.is_dir()).collect();
    let mut command = shell.command(python);
    command.arg("testdata/peers/pyyaml_reads.py");
    for folder in &folders {
        command.args([folder.join(stack::DOCKER_COMPOSE), folder.join(stack::RANCHER_COMPOSE)]);
    }
    let mut read: BTreeMap<PathBuf, Value> = serde_json::from_str(&shell.read(&mut command)?)?;
    let mut stacks = Vec::new();
    for folder in folders {
        let docker = read.remove(&folder.join(stack::DOCKER_COMPOSE));
        let rancher = read.remove(&folder.join(stack::RANCHER_COMPOSE));
        stacks.push(Stack::merge(docker.unwrap_or_default(), rancher.unwrap_or_default())?);
    }
    Ok(stacks)
}
