//! Printing problems.

use crate::{
    args::Format,
    output::{Output, Stream},
};
use paas_sdk::{Diagnostics, Sources, report};

/// Prints problems for people, or one line each. (As JSON they are part of a [`document`].)
pub(crate) fn print(
    output: &mut Output,
    stream: Stream,
    format: Format,
    sources: &Sources,
    diagnostics: &Diagnostics,
) {
    let text = match format {
        Format::Human => report::human(diagnostics, sources, &output.style(stream)),
        Format::Short => report::short(diagnostics),
        Format::Json => return,
    };
    output.print(stream, &text);
}

/// What a command prints as JSON, on one line: the file, its problems, and `more`, which begins with a comma.
pub(crate) fn document(file: &str, diagnostics: &Diagnostics, more: &str) -> String {
    let (errors, warnings) = diagnostics.counts();
    let file = serde_json::Value::from(file);
    let diagnostics = report::json(diagnostics);
    format!(
        "{{\"file\":{file},\"errors\":{errors},\"warnings\":{warnings},\"diagnostics\":{diagnostics}{more}}}\n"
    )
}
