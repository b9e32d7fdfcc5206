//! `cargo xtask generate`: pages that are made from tables in the code.

use crate::{Result, files, report::Outcome, shell::Shell};

/// What is generated: the path in the project, and the arguments of the `paas` command that prints it.
const PAGES: [(&str, &[&str]); 1] = [("docs/diagnostics.md", &["explain", "--markdown"])];

/// Whether pages are written or only compared.
#[derive(Clone, Copy)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// Writes the pages that are not as they should be, or tells whether there are any.
pub(crate) fn run(shell: &Shell, mode: Mode) -> Result<bool> {
    match mode {
        Mode::Check => check(shell).map(|_| true),
        Mode::Write => {
            for (path, page) in outdated(shell)? {
                files::write(&shell.root.join(path), page)?;
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

/// The pages that are not as they should be, with what they should be.
fn outdated(shell: &Shell) -> Result<Vec<(&'static str, String)>> {
    let mut outdated = Vec::new();
    for (path, arguments) in PAGES {
        let mut cargo = shell.cargo(&["run", "--quiet", "--package", "paas-cli", "--"]);
        let page = shell.read(cargo.args(arguments))?;
        if files::read(&shell.root.join(path)).map_or(true, |there| there != page) {
            outdated.push((path, page));
        }
    }
    Ok(outdated)
}
