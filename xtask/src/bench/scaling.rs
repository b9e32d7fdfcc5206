//! `cargo xtask bench scaling`: what scaling takes, beside others.

mod timers;

use super::{Verdict, heavy_peers, json_lines, page};
use crate::{Result, machine, shell::Shell};
use serde::Deserialize;

/// A line of the program `scaling`, by the part that it is of.
#[derive(Debug, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
enum Line {
    Timers(timers::Line),
}

/// Measures and writes the section; tells whether the limits were kept, if that was asked.
pub(crate) fn run(shell: &Shell, verdict: Verdict) -> Result<bool> {
    println!("── set-up: release build of the peers (minutes, the first time)");
    let program = heavy_peers(shell, "scaling")?;
    println!("── timers, in turns");
    let told = shell.read(&mut shell.command(program))?;
    let mut timers = Vec::new();
    for line in json_lines::<Line>(&told)? {
        match line {
            Line::Timers(line) => timers.push(line),
        }
    }
    let (date, machine, compiler) =
        (machine::today(shell)?, machine::description(shell), machine::compiler(shell)?);
    let text = format!(
        "## Scaling\n\n`cargo xtask bench scaling` · {date} · {machine} · {compiler}\n\n{}",
        timers::section(&timers)
    );
    page::write(shell, "scaling", &text)?;
    let broken = timers::broken_limits(&timers);
    if verdict == Verdict::HoldLimits {
        broken.iter().for_each(|limit| println!("{limit}"));
    }
    Ok(verdict == Verdict::JustTell || broken.is_empty())
}
