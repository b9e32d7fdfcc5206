//! What machine this is: figures mean nothing without it.

use crate::{Result, shell::Shell};
use std::{fs, thread};

/// One line about processor, cores and system.
pub(crate) fn description(shell: &Shell) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let cores = if cores == 1 { "1 core".to_owned() } else { format!("{cores} cores") };
    let system = shell.read(shell.command("uname").args(["-s", "-m"]));
    let system = system.map_or_else(|_| "unknown system".to_owned(), |text| text.trim().to_owned());
    format!("{}, {cores}, {system}", processor())
}

/// Today's date, in UTC.
pub(crate) fn today(shell: &Shell) -> Result<String> {
    Ok(shell.read(shell.command("date").args(["-u", "+%Y-%m-%d"]))?.trim().to_owned())
}

/// The compiler's version.
pub(crate) fn compiler(shell: &Shell) -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Ok(shell.read(shell.command(rustc).arg("--version"))?.trim().to_owned())
}

fn processor() -> String {
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == "model name").then(|| value.trim().to_owned())
    });
    model.unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}
