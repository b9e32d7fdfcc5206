//! The npm packages, and tests where only they are installed.

use super::{Build, library};
use crate::{Result, files, report::Outcome, shell::Shell, tools};
use std::{
    env::consts::{ARCH, OS},
    path::{Path, PathBuf},
    process::Command,
};

/// The package.
const PACKAGE: &str = "bindings/node";

/// What the tests and the examples read, at the same places beside them.
const BESIDE: [&str; 6] = [
    "bindings/node/test",
    "examples/node",
    "examples/bank",
    "examples/stack",
    "schema/interface.json",
    "testdata/bindings",
];

/// A folder with what the package is tested with.
pub(crate) struct Tools {
    folder: PathBuf,
}

impl Tools {
    pub(super) fn ensure(shell: &Shell) -> Result<Self> {
        tools::NODE.ensure(shell)?;
        let folder = shell.target.join("node-tools");
        let wanted = files::read(&shell.root.join(PACKAGE).join("package-lock.json"))?;
        let stamp = folder.join("made-from.json");
        if files::read(&stamp).is_ok_and(|made_from| made_from == wanted) {
            return Ok(Self { folder });
        }
        files::fresh_folder(&folder)?;
        for name in ["package.json", "package-lock.json"] {
            files::copy(&shell.root.join(PACKAGE).join(name), &folder.join(name))?;
        }
        shell
            .run("npm-ci", npm(shell, &folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))?;
        files::write(&stamp, wanted)?;
        Ok(Self { folder })
    }

    /// Builds the native half, and packs the package and that of this platform; gives their paths.
    pub(super) fn packages(&self, shell: &Shell, build: Build) -> Result<Vec<PathBuf>> {
        let mut cargo = match build {
            // With all that the tests need: one package alone has fewer features, and all would be built anew.
            Build::Development => shell.cargo(&["build", "--workspace", "--lib", "--examples"]),
            Build::Release => {
                let profile = ["--profile", build.profile(), "--", "-C", "strip=symbols"];
                let mut cargo = shell.cargo(&["rustc", "--package", "paas-node", "--lib"]);
                cargo.args(profile);
                cargo
            }
        };
        shell.run("node-build", &mut cargo)?;
        let folder = shell.workshop().join("npm").join(build.folder());
        files::fresh_folder(&folder)?;
        let native = format!("{}={}", platform(), library(shell, build, "paas_node").display());
        let mut assemble = shell.command("node");
        assemble.arg(format!("{PACKAGE}/scripts/assemble.mjs")).arg(&folder).arg(native);
        shell.run("npm-assemble", &mut assemble)?;
        let packed = folder.join("packed");
        files::make_folder(&packed)?;
        for package in ["paas-sdk".to_owned(), format!("@paas-sdk/{}", platform())] {
            let mut pack = npm(shell, &folder.join(package));
            shell.run("npm-pack", pack.args(["pack", "--pack-destination"]).arg(&packed))?;
        }
        files::entries(&packed)
    }

    /// Installs packages into an empty folder, beside the tests and the examples.
    pub(super) fn install(&self, shell: &Shell, packages: &[PathBuf]) -> Result<Installed> {
        let folder = shell.workshop().join("node-alone");
        files::fresh_folder(&folder)?;
        files::write(&folder.join("package.json"), "{ \"private\": true }\n")?;
        let mut install = npm(shell, &folder);
        install.args(["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts"]).args(packages);
        shell.run("npm-install", &mut install)?;
        // What the type checks and the examples need beside the package; the compiler runs where it is.
        for module in files::entries(&self.folder.join("node_modules"))? {
            let name = files::name(&module);
            if !name.starts_with('.') && !name.starts_with("typescript") && name != "@typescript" {
                files::copy_all(&module, &folder.join("node_modules").join(&*name))?;
            }
        }
        for path in BESIDE {
            files::copy_all(&shell.root.join(path), &folder.join(path))?;
        }
        Ok(Installed { folder, compiler: self.folder.join("node_modules/typescript/bin/tsc") })
    }
}

/// The packages where they were installed.
pub(crate) struct Installed {
    folder: PathBuf,
    compiler: PathBuf,
}

impl Installed {
    pub(super) fn tests(&self, shell: &Shell) -> Result<Outcome> {
        let tests = files::entries(&self.folder.join("bindings/node/test"))?;
        let tests = tests.iter().filter(|path| files::name(path).ends_with(".test.mjs"));
        let output = shell.run(
            "node-test",
            self.node(shell).arg("--test").args(tests).env(super::REGISTRY, "docker-registry"),
        )?;
        let count = |what: &str| {
            let line = output.lines().find_map(|line| line.split_once(&format!(" {what} ")));
            line.and_then(|(_, count)| count.trim().parse::<u32>().ok())
        };
        match (count("pass"), count("skipped"), count("todo")) {
            (Some(passed @ 1..), Some(0), Some(0)) => Ok(Outcome::Passed(format!("{passed} passed"))),
            (passed, ..) => Err(format!("of the tests {passed:?} passed, or some were left out").into()),
        }
    }

    /// The tests of types and the example in TypeScript under `tsc --strict`.
    pub(super) fn types(&self, shell: &Shell) -> Result<Outcome> {
        for project in ["bindings/node/test/types", "examples/node"] {
            let name = format!("tsc-{}", project.replace('/', "-"));
            let mut tsc = self.node(shell);
            tsc.arg(&self.compiler).args(["--noEmit", "--strict", "--project", project]);
            shell.run(&name, &mut tsc)?;
        }
        Ok(Outcome::Passed(String::new()))
    }

    /// Each example; those in TypeScript are compiled first.
    pub(super) fn examples(&self, shell: &Shell) -> Result<Outcome> {
        let mut compile = self.node(shell);
        compile.arg(&self.compiler).args(["--project", "examples/node"]);
        shell.run("tsc-examples", &mut compile)?;
        let mut count = 0;
        for example in files::entries(&self.folder.join("examples/node"))? {
            if !example.extension().is_some_and(|extension| extension == "mjs" || extension == "js") {
                continue;
            }
            let name = files::name(&example);
            let output = shell.run(&format!("example-{name}"), self.node(shell).arg(&example))?;
            if output.trim().is_empty() {
                return Err(format!("the example {name} shows nothing").into());
            }
            count += 1;
        }
        if count == 0 {
            Err("there is no example".into())
        } else {
            Ok(Outcome::Passed(format!("{count} examples")))
        }
    }

    /// A script, copied to where only the packages are installed.
    pub(super) fn script(&self, shell: &Shell, script: &str) -> Result<Command> {
        files::copy_all(&shell.root.join(script), &self.folder.join(script))?;
        let mut command = self.node(shell);
        command.arg(script);
        Ok(command)
    }

    fn node(&self, shell: &Shell) -> Command {
        let mut command = shell.command("node");
        command.current_dir(&self.folder);
        command
    }
}

fn npm(shell: &Shell, folder: &Path) -> Command {
    let mut command = shell.command("npm");
    command.current_dir(folder).env("NO_UPDATE_NOTIFIER", "1");
    command
}

/// The platform as the packages are called: `linux-x64-gnu`.
fn platform() -> String {
    let os = match OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let cpu = match ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let libc = match OS {
        "linux" if cfg!(target_env = "musl") => "-musl",
        "linux" => "-gnu",
        "windows" => "-msvc",
        _ => "",
    };
    format!("{os}-{cpu}{libc}")
}
