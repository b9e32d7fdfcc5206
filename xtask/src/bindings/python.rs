//! The Python package: its wheel, and tests where only the wheel is installed.

use super::Build;
use crate::{Result, files, report::Outcome, shell::Shell, venv};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What the package is built and tested with.
const REQUIREMENTS: &str = "bindings/python/requirements-dev.txt";

/// What `stubtest` takes for a difference and is none.
const ALLOWED: &str = "bindings/python/stubtest-allowlist.txt";

/// Where the tests and the examples are.
const TESTS: &str = "bindings/python/tests";
const EXAMPLES: &str = "examples/python";

/// A virtual environment with maturin, pytest and mypy.
pub(crate) struct Tools {
    python: PathBuf,
}

impl Tools {
    pub(super) fn ensure(shell: &Shell) -> Result<Self> {
        Ok(Self { python: venv::ensure(shell, "python-tools", REQUIREMENTS)? })
    }

    /// Builds the wheel; gives its path.
    pub(super) fn wheel(&self, shell: &Shell, build: Build) -> Result<PathBuf> {
        let folder = shell.workshop().join("wheel").join(build.folder());
        files::fresh_folder(&folder)?;
        let mut maturin = shell.command(&self.python);
        maturin.args(["-m", "maturin", "build", "--manifest-path", "bindings/python/Cargo.toml"]);
        maturin.args(["--profile", build.profile(), "--out"]).arg(&folder);
        if build == Build::Release {
            maturin.arg("--strip");
        }
        shell.run("wheel", &mut maturin)?;
        match files::entries(&folder)?.as_slice() {
            [wheel] => Ok(wheel.clone()),
            others => Err(format!("maturin made {} files in place of one wheel", others.len()).into()),
        }
    }

    /// Installs the wheel beside the tools, and alone into an empty environment.
    pub(super) fn install(&self, shell: &Shell, wheel: &Path) -> Result<Installed> {
        let alone = shell.workshop().join("python-alone");
        shell.run("venv-alone", shell.command("python3").args(["-m", "venv", "--clear"]).arg(&alone))?;
        let installed = Installed { python: self.python.clone(), alone: alone.join("bin").join("python") };
        for (name, python) in
            [("wheel-install", &installed.python), ("wheel-install-alone", &installed.alone)]
        {
            let mut pip = shell.command(python);
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]);
            pip.args(["--no-index", "--no-deps", "--force-reinstall"]).arg(wheel);
            shell.run(name, &mut pip)?;
        }
        Ok(installed)
    }
}

/// The wheel where it was installed.
pub(crate) struct Installed {
    /// With the tools.
    python: PathBuf,
    /// With nothing else.
    alone: PathBuf,
}

impl Installed {
    pub(super) fn tests(&self, shell: &Shell) -> Result<Outcome> {
        let output = shell.run(
            "pytest",
            self.module("pytest", shell)
                .args(["-q", "-p", "no:cacheprovider", TESTS])
                .env(super::REGISTRY, "docker-registry"),
        )?;
        let count = output.lines().rev().find(|line| line.contains(" passed"));
        let count = count.ok_or("pytest ran no test")?.trim_matches([' ', '=']);
        if count.contains("skipped") {
            return Err(format!("tests were skipped: {count}").into());
        }
        Ok(Outcome::Passed(count.to_owned()))
    }

    /// The examples and tests under `mypy --strict`; the stubs against what is there.
    pub(super) fn types(&self, shell: &Shell) -> Result<Outcome> {
        let cache = shell.workshop().join("mypy-cache");
        let mut mypy = self.module("mypy", shell);
        mypy.args(["--strict", "--cache-dir"]).arg(&cache).args([TESTS, EXAMPLES]);
        let told = shell.run("mypy", &mut mypy)?;
        shell.run(
            "stubtest",
            self.module("mypy.stubtest", shell).args(["--allowlist", ALLOWED, "paas_sdk"]),
        )?;
        Ok(Outcome::Passed(told.lines().last().unwrap_or_default().to_owned()))
    }

    /// Each example, where nothing but the wheel is installed.
    pub(super) fn examples(&self, shell: &Shell) -> Result<Outcome> {
        let mut count = 0;
        for example in files::entries(&shell.root.join(EXAMPLES))? {
            if example.extension().is_none_or(|extension| extension != "py") {
                continue;
            }
            let name = format!("example-{}", files::name(&example));
            let output = shell.run(&name, shell.command(&self.alone).arg(&example))?;
            if output.trim().is_empty() {
                return Err(format!("the example {} shows nothing", example.display()).into());
            }
            count += 1;
        }
        if count == 0 {
            Err("there is no example".into())
        } else {
            Ok(Outcome::Passed(format!("{count} examples")))
        }
    }

    /// A script, where nothing but the wheel is installed.
    pub(super) fn script(&self, shell: &Shell, script: &str) -> Command {
        let mut command = shell.command(&self.alone);
        command.arg(script);
        command
    }

    fn module(&self, name: &str, shell: &Shell) -> Command {
        let mut command = shell.command(&self.python);
        // Nothing is left in the work tree.
        command.env("PYTHONDONTWRITEBYTECODE", "1").args(["-m", name]);
        command
    }
}
