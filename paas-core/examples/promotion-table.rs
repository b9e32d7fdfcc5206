//! Prints what is made from the table of the promotion: `cargo run --example promotion-table -- svg > promotion.svg`.
//!
//! `docs/images.md` and its picture are made by it, with `cargo xtask generate`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "that is what it is for")]

use paas_core::images::promotion::table;
use std::process::ExitCode;

fn main() -> ExitCode {
    let text = match std::env::args().nth(1).as_deref() {
        Some("states") => table::states(),
        None | Some("table") => table::markdown(),
        Some("failures") => table::failures(),
        Some("mermaid") => table::mermaid(),
        Some("svg") => table::svg(),
        Some(_) => {
            eprintln!("say `states`, `table`, `failures`, `mermaid` or `svg`");
            return ExitCode::from(2);
        }
    };
    print!("{text}");
    ExitCode::SUCCESS
}
