//! `cargo xtask generate`: files that are made from tables and types in the code.

mod documents;
mod interface;
mod node;
mod part;
mod python;

use crate::{Result, files, report::Outcome, shell::Shell};
use interface::Interface;
use serde_json::Value;
use std::{collections::BTreeMap, path::PathBuf};

/// What a program of the workspace prints, and where it goes: the path in the project, the program below the folder of
/// the build, and what is said to it.
const PRINTED: [(&str, &str, &[&str]); 8] = [
    ("docs/permissions.md", "paas", &["matrix", "--page"]),
    ("docs/diagnostics.md", "paas", &["explain", "--markdown"]),
    ("docs/errors.md", "paas", &["explain", "--errors", "--markdown"]),
    (
        "docs/images/scaling-day.svg",
        "paas",
        &[
            "simulate",
            "examples/bank/template.yaml",
            "--service=web-front",
            "--date=2026-11-23",
            "--format=svg",
        ],
    ),
    ("docs/images/promotion.svg", "examples/promotion-table", &["svg"]),
    ("docs/profile.md", "examples/profile-page", &[]),
    ("schema/template.json", "examples/template-schema", &[]),
    ("testdata/bindings/cases.json", "examples/cases", &[]),
];

/// What a program prints that is a part of a page: the path of the page, the name of the part, the program, and what is
/// said to it.
const PARTS: [(&str, &str, &str, &[&str]); 3] = [
    ("docs/images.md", "states", "examples/promotion-table", &["states"]),
    ("docs/images.md", "table", "examples/promotion-table", &["table"]),
    ("docs/images.md", "failures", "examples/promotion-table", &["failures"]),
];

/// Where the interface of the bindings goes, and the program that prints it.
const INTERFACE: (&str, &str) = ("schema/interface.json", "examples/interface");

/// Whether files are written or only compared.
#[derive(Clone, Copy)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// A file that is made from the code.
#[derive(Debug)]
pub(crate) struct Generated {
    /// Its path in the project.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Generated {
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// Writes the files that are not as they should be, or tells whether there are any.
pub(crate) fn run(shell: &Shell, mode: Mode) -> Result<bool> {
    match mode {
        Mode::Check => check(shell).map(|_| true),
        Mode::Write => {
            for Generated { path, text } in outdated(shell)? {
                let place = shell.root.join(&path);
                if let Some(folder) = place.parent() {
                    files::make_folder(folder)?;
                }
                files::write(&place, text)?;
                println!("{path}: written");
            }
            Ok(true)
        }
    }
}

/// The step of `cargo xtask test`.
pub(crate) fn check(shell: &Shell) -> Result<Outcome> {
    let outdated = outdated(shell)?;
    if outdated.is_empty() {
        return Ok(Outcome::Passed(String::new()));
    }
    let paths: Vec<&str> = outdated.iter().map(|file| file.path.as_str()).collect();
    let paths = paths.join(", ");
    Err(format!("{paths}: not what the code says; run `cargo xtask generate` and commit it").into())
}

/// The files that are not as they should be, with what they should be.
fn outdated(shell: &Shell) -> Result<Vec<Generated>> {
    let mut all = all(shell)?;
    all.retain(|file| files::read(&shell.root.join(&file.path)).map_or(true, |there| there != file.text));
    Ok(all)
}

/// All files, as they should be.
fn all(shell: &Shell) -> Result<Vec<Generated>> {
    let programs = programs(shell)?;
    let mut all = Vec::new();
    for (path, program, arguments) in PRINTED {
        let text = shell.read(shell.command(programs.join(program)).args(arguments))?;
        all.push(Generated::new(path, text));
    }
    let mut pages: BTreeMap<&str, String> = BTreeMap::new();
    for (path, name, program, arguments) in PARTS {
        let text = shell.read(shell.command(programs.join(program)).args(arguments))?;
        let page = match pages.remove(path) {
            Some(page) => page,
            None => files::read(&shell.root.join(path))?,
        };
        pages.insert(path, part::put(&page, name, &text).map_err(|error| format!("{path}: {error}"))?);
    }
    all.extend(pages.into_iter().map(|(path, text)| Generated::new(path, text)));
    let (path, program) = INTERFACE;
    let text = shell.read(&mut shell.command(programs.join(program)))?;
    let description: Value = serde_json::from_str(&text)?;
    let interface = interface::read(&description)?;
    all.push(Generated::new(path, text));
    all.extend(documents::schemas(&description, &interface)?);
    all.extend(languages(&interface)?);
    Ok(all)
}

/// The types and functions of each language.
fn languages(interface: &Interface) -> Result<Vec<Generated>> {
    let mut all = node::files(interface);
    all.extend(python::files(interface)?);
    Ok(all)
}

/// Builds the programs that print, and gives the folder where they are. All of the workspace is asked for, as the tests do:
/// else cargo would build it anew with fewer features.
fn programs(shell: &Shell) -> Result<PathBuf> {
    shell.run("programs", &mut shell.cargo(&["build", "--workspace", "--bins", "--examples"]))?;
    Ok(shell.target.join("debug"))
}
