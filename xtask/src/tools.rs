//! Programs that a step needs beside Cargo: installed where that is possible, asked for where not.

use crate::{Result, shell::Shell};

/// A program that a fresh machine may lack.
pub(crate) struct Tool {
    /// What it is called.
    pub(crate) name: &'static str,
    /// A command that works only if it is there.
    pub(crate) probe: &'static [&'static str],
    /// Debian's packages of it.
    pub(crate) packages: &'static [&'static str],
}

/// Python with what it needs to make virtual environments.
pub(crate) const PYTHON: Tool = Tool {
    name: "Python 3 with `venv`",
    probe: &["python3", "-c", "import ensurepip, venv"],
    packages: &["python3-venv"],
};

/// What compiles the fuzzer's loop.
pub(crate) const COMPILER_OF_CPP: Tool =
    Tool { name: "a compiler for C++", probe: &["c++", "--version"], packages: &["g++"] };

/// A container registry of the distribution project.
pub(crate) const REGISTRY: Tool = Tool {
    name: "the container registry `docker-registry`",
    probe: &["docker-registry", "--version"],
    packages: &["docker-registry"],
};

/// Copies images between registries.
pub(crate) const SKOPEO: Tool =
    Tool { name: "`skopeo`", probe: &["skopeo", "--version"], packages: &["skopeo"] };

/// Node with npm. Debian's own is too old up to version 12: then there is only the request to install another.
pub(crate) const NODE: Tool = Tool {
    name: "Node 20.9 or later with npm",
    probe: &[
        "node",
        "-e",
        "const [major, minor] = process.versions.node.split('.').map(Number); \
         if (major < 20 || (major === 20 && minor < 9)) process.exit(1); \
         require('node:child_process').execFileSync('npm', ['--version'])",
    ],
    packages: &["nodejs", "npm"],
};

impl Tool {
    /// Makes sure that it is there.
    ///
    /// # Errors
    /// With what to install when it is not and cannot be installed from here.
    pub(crate) fn ensure(&self, shell: &Shell) -> Result<()> {
        if self.is_there(shell) {
            return Ok(());
        }
        if is_root(shell) && works(shell, &["apt-get", "--version"]) {
            // The lists of a fresh machine may be empty or old. If this fails, the installation tells why.
            let _ = shell.run("apt-update", shell.command("apt-get").args(["update", "-qq"]));
            let mut install = shell.command("apt-get");
            install.env("DEBIAN_FRONTEND", "noninteractive");
            install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(self.packages);
            shell.run("apt-install", &mut install).map_err(|error| format!("{error}\n{}", self.request()))?;
        }
        if self.is_there(shell) { Ok(()) } else { Err(self.request().into()) }
    }

    fn is_there(&self, shell: &Shell) -> bool {
        works(shell, self.probe)
    }

    fn request(&self) -> String {
        format!(
            "this step needs {}; install it (Debian: `apt-get install {}`), or run `cargo xtask test --fast`, \
             which does without",
            self.name,
            self.packages.join(" ")
        )
    }
}

fn is_root(shell: &Shell) -> bool {
    shell.read(shell.command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn works(shell: &Shell, command: &[&str]) -> bool {
    command
        .split_first()
        .is_some_and(|(program, arguments)| shell.read(shell.command(program).args(arguments)).is_ok())
}
