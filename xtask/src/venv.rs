//! Virtual environments of Python.

use crate::{Result, files, shell::Shell, tools};
use std::path::PathBuf;

/// Makes a virtual environment below the target folder, unless it is there and has what is asked for; gives its Python.
pub(crate) fn ensure(shell: &Shell, name: &str, requirements: &str) -> Result<PathBuf> {
    make(shell, name, requirements, &[])
}

/// The same with nothing but what is asked for, whatever that says it needs.
pub(crate) fn ensure_exactly(shell: &Shell, name: &str, requirements: &str) -> Result<PathBuf> {
    make(shell, name, requirements, &["--no-deps"])
}

fn make(shell: &Shell, name: &str, requirements: &str, options: &[&str]) -> Result<PathBuf> {
    let venv = shell.target.join(name);
    let python = venv.join("bin").join("python");
    let stamp = venv.join("made-from.txt");
    let wanted = files::read(&shell.root.join(requirements))?;
    if python.exists() && files::read(&stamp).is_ok_and(|made_from| made_from == wanted) {
        return Ok(python);
    }
    tools::PYTHON.ensure(shell)?;
    shell.run(name, shell.command("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    let mut pip = shell.command(&python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "-r",
        requirements,
    ]);
    pip.args(options);
    shell.run(&format!("{name}-pip"), &mut pip)?;
    files::write(&stamp, wanted)?;
    Ok(python)
}
