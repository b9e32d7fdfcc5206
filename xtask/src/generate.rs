//! `cargo xtask generate`: files that are made from tables in the code.

use crate::{Result, files, report::Outcome, shell::Shell};

/// What is generated: the path in the project, and the program of the workspace that prints it, as `cargo run` takes it.
const FILES: [(&str, &[&str]); 2] = [
    ("docs/diagnostics.md", &["--package", "paas-cli", "--", "explain", "--markdown"]),
    ("schema/template.json", &["--package", "paas-tosca", "--example", "template-schema"]),
];

/// Whether files are written or only compared.
#[derive(Clone, Copy)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// Writes the files that are not as they should be, or tells whether there are any.
pub(crate) fn run(shell: &Shell, mode: Mode) -> Result<bool> {
    match mode {
        Mode::Check => check(shell).map(|_| true),
        Mode::Write => {
            for (path, text) in outdated(shell)? {
                files::write(&shell.root.join(path), text)?;
                println!("{path}: written");
            }
            Ok(true)
        }
    }
}

/// The step of `cargo xtask test`.
pub(crate) fn check(shell: &Shell) -> Result<Outcome> {
    match outdated(shell)?.as_slice() {
        [] => Ok(Outcome::Passed(String::new())),
        [(path, _), ..] => {
            Err(format!("{path} is not what the code says: run `cargo xtask generate` and commit it").into())
        }
    }
}

/// The files that are not as they should be, with what they should be.
fn outdated(shell: &Shell) -> Result<Vec<(&'static str, String)>> {
    let mut outdated = Vec::new();
    for (path, program) in FILES {
        let text = shell.read(shell.cargo(&["run", "--quiet"]).args(program))?;
        if files::read(&shell.root.join(path)).map_or(true, |there| there != text) {
            outdated.push((path, text));
        }
    }
    Ok(outdated)
}
