//! `cargo xtask bench gateway`: what the gateway adds to a proxy.

use super::{Programs, Verdict, json_lines, page};
use crate::{Result, machine, shell::Shell};
use serde::Deserialize;
use std::fmt::Write as _;

/// Seconds of each measurement.
const SECONDS: &str = "5";

/// What the gateway may add to the 99th percentile, in microseconds.
const MOST_ADDED: f64 = 1_000.0;

/// A line of the program `gateway`.
#[derive(Debug, Deserialize)]
struct Line {
    proxy: String,
    p50_us: f64,
    p99_us: f64,
    per_second: f64,
    per_core_second: f64,
}

/// Measures and writes the table; tells whether the limit was kept, if that was asked.
pub(crate) fn run(shell: &Shell, verdict: Verdict) -> Result<bool> {
    println!("── set-up: release build");
    let programs = Programs::build(shell)?;
    println!("── a bare proxy and a guarded one, in turns");
    let told = shell.read(shell.command(programs.folder.join("gateway")).arg(SECONDS))?;
    let lines = json_lines::<Line>(&told)?;
    let added = median(&lines, "guarded", |line| line.p99_us) - median(&lines, "bare", |line| line.p99_us);
    let (date, machine, compiler) =
        (machine::today(shell)?, machine::description(shell), machine::compiler(shell)?);
    page::write(shell, "gateway", &section(&lines, added, &format!("{date} · {machine} · {compiler}")))?;
    let broken = broken_limit(added);
    if let Some(limit) = broken.as_ref().filter(|_| verdict == Verdict::HoldLimits) {
        println!("{limit}");
    }
    Ok(verdict == Verdict::JustTell || broken.is_none())
}

fn broken_limit(added: f64) -> Option<String> {
    (added.is_nan() || added > MOST_ADDED)
        .then(|| format!("the gateway adds {added:.0} µs to the 99th percentile, more than {MOST_ADDED}"))
}

/// The median of the turns of a proxy.
fn median(lines: &[Line], proxy: &str, figure: impl Fn(&Line) -> f64) -> f64 {
    let mut figures: Vec<f64> = lines.iter().filter(|line| line.proxy == proxy).map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

fn section(lines: &[Line], added: f64, setting: &str) -> String {
    let mut text = format!(
        "## The gateway\n\n\
         `cargo xtask bench gateway` · {setting}\n\n\
         The proxy alone and with the gateway in front, on loopback, before the same service, each on one thread; they take \
         turns, and figures are medians. 200 users, whose tokens are known. Latencies are at 2,000 requests a second over 32 \
         connections; *per core*: requests in a second of the proxy's processor, as many as go.\n\n\
         | | p50, µs | p99, µs | requests/s | requests/s per core |\n| --- | ---: | ---: | ---: | ---: |\n"
    );
    for (proxy, title) in [("bare", "the proxy alone"), ("guarded", "with the gateway")] {
        let of = |figure: fn(&Line) -> f64| median(lines, proxy, figure);
        let _ = writeln!(
            text,
            "| {title} | {:.0} | {:.0} | {:.0} | {:.0} |",
            of(|line| line.p50_us),
            of(|line| line.p99_us),
            of(|line| line.per_second),
            of(|line| line.per_core_second),
        );
    }
    let _ = writeln!(
        text,
        "\nAdded to the 99th percentile: {added:.0} µs. Limit, held by `cargo xtask bench gateway --check`: {MOST_ADDED} µs."
    );
    text
}

#[cfg(test)]
mod tests {
    use super::{Line, broken_limit, median};

    #[test]
    fn the_limit_is_held_by_medians_of_turns() {
        let line = |proxy: &str, p99_us| Line {
            proxy: proxy.to_owned(),
            p50_us: 0.0,
            p99_us,
            per_second: 0.0,
            per_core_second: 0.0,
        };
        let lines = [line("bare", 9.0), line("bare", 1.0), line("bare", 2.0), line("guarded", 7.0)];
        assert!((median(&lines, "bare", |line| line.p99_us) - 2.0).abs() < 0.001);
        assert!(median(&lines, "other", |line| line.p99_us).is_nan());
        assert!(broken_limit(1_000.0).is_none() && broken_limit(1_001.0).is_some());
        assert!(broken_limit(f64::NAN).is_some());
    }
}
