//! Scaling beside others, in one process and in turns: prints a line of JSON for each part and engine.

#![allow(clippy::unwrap_used, reason = "a benchmark ends at what it did not expect")]

mod clock;
mod services;
mod timers;

use peak_alloc::PeakAlloc;
use serde_json::Value;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    timers::measure().iter().for_each(print);
    services::measure(&HEAP).iter().for_each(print);
}

fn print(line: &Value) {
    #[allow(clippy::print_stdout, reason = "that is what it is for")]
    {
        println!("{line}");
    }
}
