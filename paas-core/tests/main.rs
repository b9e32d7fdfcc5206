//! What a user of the crate relies on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends at what it did not expect"
)]

mod access;
mod difference;
mod images;
mod order;
mod plan;
mod scaling;
mod steps;

use paas_core::diagnostic::{Diagnostic, Diagnostics};
use std::fmt::Write;

/// Diagnostics with all that they say.
fn show(diagnostics: &Diagnostics) -> String {
    diagnostics.iter().fold(String::new(), |mut shown, diagnostic| {
        let Diagnostic { labels, help, .. } = diagnostic;
        writeln!(shown, "{diagnostic}").unwrap();
        for label in labels.iter().filter(|label| label.text.is_some() || labels.len() > 1) {
            let text = label.text.as_deref().unwrap_or("(no words)");
            writeln!(shown, "  {}: {text}", label.place.start.line).unwrap();
        }
        if let Some(help) = help {
            writeln!(shown, "  help: {help}").unwrap();
        }
        shown
    })
}
