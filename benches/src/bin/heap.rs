//! Measures the peak of the heap: `heap TEMPLATE…`, one JSON object a line.
//!
//! A program of its own: counting costs time, which the figures of `translate` should not show. The template's text is
//! there before and is not counted. A block that grows counts twice while it is copied.

#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

use paas_benches::{Case, Failure};
use peak_alloc::PeakAlloc;
use serde_json::json;
use std::{env, path::Path};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() -> Result<(), Failure> {
    for template in env::args().skip(1) {
        // Loading does the work once, so what is made only once is there already.
        let case = Case::load(Path::new(&template))?;
        let before = HEAP.current_usage();
        HEAP.reset_peak_usage();
        case.run();
        let peak = HEAP.peak_usage().saturating_sub(before);
        println!("{}", json!({ "case": case.name(), "bytes": case.text().len(), "peak": peak }));
    }
    Ok(())
}
