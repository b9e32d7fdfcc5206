//! `cargo xtask bench access`: decisions beside those of casbin and cedar, by the same matrix.

use super::{Verdict, heavy_peers, json_lines, page};
use crate::{Result, machine, shell::Shell};
use serde::Deserialize;
use std::fmt::Write as _;

/// By numbers, at most so many nanoseconds.
const MOST_BY_NUMBER: f64 = 10.0;

/// By names, at most so many nanoseconds.
const MOST_BY_NAME: f64 = 200.0;

/// A line of the program `access`.
#[derive(Debug, Deserialize)]
struct Line {
    engine: String,
    ns: f64,
    requests: u64,
    allowed: u64,
}

/// Measures and writes the table; tells whether the limits were kept, if that was asked.
pub(crate) fn run(shell: &Shell, verdict: Verdict) -> Result<bool> {
    println!("── set-up: release build of the peers (minutes, the first time)");
    let program = heavy_peers(shell, "access")?;
    println!("── decisions, in turns");
    let told = shell.read(&mut shell.command(program))?;
    let lines = json_lines::<Line>(&told)?;
    let ours = |engine: &str| lines.iter().find(|line| line.engine == engine).map(|line| line.ns);
    let (by_number, by_name) =
        ours("by_number").zip(ours("by_name")).ok_or("the program told no time of ours")?;
    let (date, machine, compiler) =
        (machine::today(shell)?, machine::description(shell), machine::compiler(shell)?);
    page::write(shell, "access", &section(&lines, by_number, &format!("{date} · {machine} · {compiler}")))?;
    let broken = broken_limits(by_number, by_name);
    if verdict == Verdict::HoldLimits {
        broken.iter().for_each(|limit| println!("{limit}"));
    }
    Ok(verdict == Verdict::JustTell || broken.is_empty())
}

fn broken_limits(by_number: f64, by_name: f64) -> Vec<String> {
    [("by numbers", by_number, MOST_BY_NUMBER), ("by names", by_name, MOST_BY_NAME)]
        .into_iter()
        .filter(|(_, ns, most)| ns > most)
        .map(|(how, ns, most)| format!("a decision {how} takes {ns:.1} ns, more than {most}"))
        .collect()
}

fn section(lines: &[Line], by_number: f64, setting: &str) -> String {
    let mut text = format!(
        "## Decisions\n\n\
         `cargo xtask bench access` · {setting}\n\n\
         Processor time of one decision by the whole matrix, on one core, in one process: 1,000 tenants of ten users; each \
         engine has nine turns, and the figure is their median. All engines say the same to each request before anything is \
         measured. *casbin*: 2.20, `CachedEnforcer`, roles in domains; all its requests are in its cache. *cedar*: 4.14, one \
         policy for each role and kind; it is given the two entities of each request, made beforehand. Both have turns of \
         2,048 of the requests.\n\n\
         | engine | ns | times ours by numbers |\n| --- | ---: | ---: |\n"
    );
    for Line { engine, ns, .. } in lines {
        let name = match engine.as_str() {
            "by_number" => "ours, by numbers",
            "by_name" => "ours, by names",
            "casbin" => "casbin, cached",
            other => other,
        };
        let _ = writeln!(text, "| {name} | {ns:.1} | {:.0} |", ns / by_number);
    }
    if let Some(Line { requests, allowed, .. }) = lines.first() {
        let share = 100 * allowed / (*requests).max(1);
        let _ = writeln!(
            text,
            "\nOf {requests} random requests {share} % are allowed; a tenth are about another tenant."
        );
    }
    let _ = writeln!(
        text,
        "\nLimits, held by `cargo xtask bench access --check`: at most {MOST_BY_NUMBER} ns by numbers, at most {MOST_BY_NAME} ns by names."
    );
    text
}

#[cfg(test)]
mod tests {
    use super::broken_limits;

    #[test]
    fn a_limit_that_is_not_kept_is_told() {
        assert!(broken_limits(9.9, 200.0).is_empty());
        assert_eq!(broken_limits(10.1, 199.0), ["a decision by numbers takes 10.1 ns, more than 10"]);
        assert_eq!(broken_limits(1.0, 201.0), ["a decision by names takes 201.0 ns, more than 200"]);
    }
}
