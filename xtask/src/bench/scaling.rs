//! `cargo xtask bench scaling`: what scaling takes, beside others.

mod services;
mod timers;

use super::{Verdict, heavy_peers, json_lines, page};
use crate::{Result, machine, shell::Shell};
use serde::Deserialize;

/// A line of the program `scaling`, by the part that it is of.
#[derive(Debug, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
enum Line {
    Timers(timers::Line),
    Days(services::Days),
    Edge(services::Edge),
}

/// Measures and writes the section; tells whether the limits were kept, if that was asked.
pub(crate) fn run(shell: &Shell, verdict: Verdict) -> Result<bool> {
    println!("── set-up: release build of the peers (minutes, the first time)");
    let program = heavy_peers(shell, "scaling")?;
    println!("── timers in turns, days of services");
    let told = shell.read(&mut shell.command(program))?;
    let (mut timers, mut days, mut edges) = (Vec::new(), Vec::new(), Vec::new());
    for line in json_lines::<Line>(&told)? {
        match line {
            Line::Timers(line) => timers.push(line),
            Line::Days(line) => days.push(line),
            Line::Edge(line) => edges.push(line),
        }
    }
    let (date, machine, compiler) =
        (machine::today(shell)?, machine::description(shell), machine::compiler(shell)?);
    let text = format!(
        "## Scaling\n\n`cargo xtask bench scaling` · {date} · {machine} · {compiler}\n\n{}\n{}",
        timers::section(&timers),
        services::section(&days, edges.first())
    );
    page::write(shell, "scaling", &text)?;
    let mut broken = timers::broken_limits(&timers);
    broken.extend(services::broken_limits(&days, edges.first()));
    if verdict == Verdict::HoldLimits {
        broken.iter().for_each(|limit| println!("{limit}"));
    }
    Ok(verdict == Verdict::JustTell || broken.is_empty())
}
