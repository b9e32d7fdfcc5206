//! The packages for Python and Node: built, installed where nothing of the project is, and tested there.

mod node;
mod python;

use crate::{
    Result, files,
    report::{Outcome, Report},
    shell::Shell,
    tools,
};
use std::{env::consts::DLL_SUFFIX, path::PathBuf, process::Command};

/// The variable that tells tests which program is a registry; without it those that need one are skipped.
const REGISTRY: &str = "PAAS_DOCKER_REGISTRY";

/// How the native halves are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// Quickly, to be tested.
    Development,
    /// To be given to people: optimised, without symbols.
    Release,
}

impl Build {
    /// The profile of Cargo.
    const fn profile(self) -> &'static str {
        match self {
            Self::Development => "dev",
            Self::Release => "release",
        }
    }

    /// Cargo's folder for what it builds.
    const fn folder(self) -> &'static str {
        match self {
            Self::Development => "debug",
            Self::Release => "release",
        }
    }
}

/// What the bindings are built and tested with.
pub(crate) struct Tools {
    python: python::Tools,
    node: node::Tools,
}

/// Fetches what the bindings are built and tested with, unless it is there.
pub(crate) fn set_up(shell: &Shell) -> Result<Tools> {
    Ok(Tools { python: python::Tools::ensure(shell)?, node: node::Tools::ensure(shell)? })
}

/// The steps of `cargo xtask test`.
pub(crate) fn steps(report: &mut Report, shell: &Shell, tools: Result<Tools>) {
    let mut installed = None;
    report.step("packages for Python and Node", || {
        let tools = tools?;
        // Tests start it.
        tools::REGISTRY.ensure(shell)?;
        let wheel = tools.python.wheel(shell, Build::Development)?;
        let packages = tools.node.packages(shell, Build::Development)?;
        let told = format!("{}, {} npm packages", files::name(&wheel), packages.len());
        installed = Some((tools.python.install(shell, &wheel)?, tools.node.install(shell, &packages)?));
        Ok(Outcome::Passed(told))
    });
    let Some((python, node)) = installed else { return };
    report.step("Python: tests", || python.tests(shell));
    report.step("Python: types", || python.types(shell));
    report.step("Python: examples", || python.examples(shell));
    report.step("Node: tests", || node.tests(shell));
    report.step("Node: types", || node.types(shell));
    report.step("Node: examples", || node.examples(shell));
}

/// Packages of a release, installed where nothing else is.
pub(crate) struct Installed {
    python: python::Installed,
    node: node::Installed,
}

/// Builds and installs what would be given to people, for the benches.
pub(crate) fn install_release(shell: &Shell) -> Result<Installed> {
    let Tools { python, node } = set_up(shell)?;
    let (wheel, packages) = (python.wheel(shell, Build::Release)?, node.packages(shell, Build::Release)?);
    Ok(Installed { python: python.install(shell, &wheel)?, node: node.install(shell, &packages)? })
}

impl Installed {
    /// Python that runs a script of the project.
    pub(crate) fn python(&self, shell: &Shell, script: &str) -> Command {
        self.python.script(shell, script)
    }

    /// Node that runs a script of the project.
    pub(crate) fn node(&self, shell: &Shell, script: &str) -> Result<Command> {
        self.node.script(shell, script)
    }
}

/// `cargo xtask package`.
pub(crate) fn package(shell: &Shell) -> Result<()> {
    let tools = set_up(shell)?;
    let folder = shell.target.join("packages");
    files::fresh_folder(&folder)?;
    let mut made = vec![tools.python.wheel(shell, Build::Release)?];
    made.extend(tools.node.packages(shell, Build::Release)?);
    for file in made {
        let place = folder.join(files::name(&file));
        files::copy(&file, &place)?;
        println!("{}", place.strip_prefix(&shell.root).unwrap_or(&place).display());
    }
    Ok(())
}

/// A native half that was built.
fn library(shell: &Shell, build: Build, package: &str) -> PathBuf {
    shell.target.join(build.folder()).join(format!("lib{package}{DLL_SUFFIX}"))
}
