//! Codes of errors: what is printed of one, the list, and the page `docs/errors.md`, which `cargo xtask generate` writes.

use super::fill;
use paas_sdk::codes::{self, ErrorCode};
use std::fmt::Write as _;

const BEGINNING: &str = "\
<!-- Written by `cargo xtask generate` from the tables of codes in paas-platform and paas-client. Change those. -->

# Errors

An error has a code, which is never reused or renamed, and says what to do about it. `paas explain CODE` prints what
stands here. Problems of templates and tenant files have codes, too: [diagnostics.md](diagnostics.md) has those. A step
of an operation can fail with one of them, or with a code of the client.

*Again* tells whether the same call may go well later without anybody doing something about it; where it depends, the
error itself knows (`is_retryable`).
";

/// What is printed of a code.
pub(super) fn explanation(error: &ErrorCode) -> String {
    let ErrorCode { code, meaning, help, retryable, area } = error;
    let again = format!("asking again may help: {}", retryable.as_str());
    format!(
        "{code} (error): {}\n\n{}{}{}\n",
        area.to_lowercase(),
        fill(meaning),
        fill(&format!("what to do: {help}")),
        again
    )
}

/// One line for each code.
pub(super) fn table() -> String {
    let width = codes::all().map(|error| error.code.len()).max().unwrap_or_default();
    codes::all().fold(String::new(), |mut text, error| {
        let _ = writeln!(text, "{:<width$}  {}", error.code, error.meaning);
        text
    })
}

/// The page.
pub(super) fn markdown() -> String {
    let mut text = BEGINNING.to_owned();
    let mut area = "";
    for error in codes::all() {
        if area != error.area {
            area = error.area;
            let _ = writeln!(
                text,
                "\n## {area}\n\n| code | what it means | what to do | again |\n| --- | --- | --- | --- |"
            );
        }
        let ErrorCode { code, meaning, help, retryable, .. } = error;
        let _ = writeln!(text, "| `{code}` | {meaning} | {help} | {} |", retryable.as_str());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_on_the_page_once_and_no_cell_is_broken() {
        let page = markdown();
        for error in codes::all() {
            assert_eq!(page.matches(&format!("\n| `{}` | ", error.code)).count(), 1, "{}", error.code);
            assert!(
                ![error.meaning, error.help].iter().any(|text| text.contains(['|', '\n'])),
                "{}",
                error.code
            );
        }
    }

    #[test]
    fn an_area_has_one_heading() {
        let areas: BTreeSet<&str> = codes::all().map(|error| error.area).collect();
        assert!(areas.len() >= 4);
        assert_eq!(markdown().matches("\n## ").count(), areas.len());
    }
}
