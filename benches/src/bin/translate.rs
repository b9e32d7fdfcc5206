//! Measures processor time of warm calls: `translate ROUNDS TEMPLATE…`, one JSON object a line.
//!
//! The rounds of the translator and of the bare events take turns, so that a machine that gets slower or faster does so
//! for both.

#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use paas_benches::{Case, Failure, Series, bare_events};
use serde_json::json;
use std::{env, path::Path};

fn main() -> Result<(), Failure> {
    let mut arguments = env::args().skip(1);
    let rounds: u32 = arguments.next().ok_or("how many rounds?")?.parse()?;
    for template in arguments {
        measure(&Case::load(Path::new(&template))?, rounds)?;
    }
    Ok(())
}

fn measure(case: &Case, rounds: u32) -> Result<(), Failure> {
    let events = bare_events(case.text())?;
    let mut read_events = || {
        // It was read without an error just above.
        let _ = bare_events(case.text());
    };
    let mut work = || case.run();
    let mut of_events = Series::warm(&mut read_events);
    let mut of_ours = Series::warm(&mut work);
    for _ in 0..rounds {
        of_events.round(&mut read_events);
        of_ours.round(&mut work);
    }
    let figures = json!({
        "case": case.name(),
        "work": case.work().as_str(),
        "bytes": case.text().len(),
        "events": events,
        "rounds": rounds,
        "events_ms": of_events.median_ms(),
        "ours_ms": of_ours.median_ms(),
    });
    println!("{figures}");
    Ok(())
}
