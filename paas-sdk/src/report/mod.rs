//! Diagnostics as text: for people, as JSON, as one line each. Plans, progress and states of applications as tables.
//! Differences of releases, and what imports could not keep.
//!
//! Templates come from anywhere, and what is in them must not steer the terminal that shows it. No output of this
//! module holds a control character other than line breaks (and tabs, inside of snippets); those of the template are
//! shown as signs. See [`printable`].

mod difference;
#[cfg(feature = "report")]
mod excerpt;
pub mod html;
#[cfg(feature = "report")]
mod human;
#[cfg(feature = "platform")]
mod image;
mod losses;
mod mall;
#[cfg(feature = "platform")]
mod members;
#[cfg(feature = "platform")]
mod operation;
mod printable;
#[cfg(feature = "platform")]
mod zones;

pub use difference::{difference, difference_json};
#[cfg(feature = "report")]
pub use human::{ReportStyle, human};
#[cfg(feature = "platform")]
pub use image::{image, image_copy, image_sweep, images};
pub use losses::losses;
#[cfg(feature = "platform")]
pub use mall::{mall, publication, publications};
#[cfg(feature = "platform")]
pub use members::members;
#[cfg(feature = "platform")]
pub use operation::{Progress, changes, operations, plan, status};
pub use printable::printable;
pub use zones::{zone_happening, zone_rule, zone_scan, zoned_image, zoned_images, zones};

use paas_core::diagnostic::Diagnostics;
use std::fmt::Write as _;

/// `1 image`, `2 images`.
#[cfg(feature = "platform")]
fn counted(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// One line each: `file:line:column: severity[code]: message`.
///
/// ```
/// use paas_sdk::{Code, Diagnostic, Diagnostics, report};
///
/// let problems = Diagnostics::from_iter([Diagnostic::new(Code::Empty, "there is nothing in `a\u{1b}.yaml`")]);
/// assert_eq!(report::short(&problems), "error[yaml.empty]: there is nothing in `a␛.yaml`\n");
/// ```
pub fn short(diagnostics: &Diagnostics) -> String {
    diagnostics.iter().fold(String::new(), |mut text, diagnostic| {
        let _ = writeln!(text, "{}", printable(&diagnostic.to_string()));
        text
    })
}

/// A list in JSON, on one line: `code`, `severity`, `message`, `labels` (each with `file`, `start`, `end`: `line` and
/// `column` from 1, `offset` in bytes) and, where there is one, `help`.
///
/// ```
/// use paas_sdk::{Code, Diagnostic, Diagnostics, report};
///
/// let problems = Diagnostics::from_iter([Diagnostic::new(Code::Empty, "there is nothing in `a.yaml`")]);
/// assert_eq!(
///     report::json(&problems),
///     r#"[{"code":"yaml.empty","severity":"error","message":"there is nothing in `a.yaml`","labels":[]}]"#
/// );
/// ```
pub fn json(diagnostics: &Diagnostics) -> String {
    // Only a type that JSON cannot hold makes this fail, and a diagnostic has none.
    let text = serde_json::to_string(diagnostics).unwrap_or_else(|_| "[]".to_owned());
    printable::escape_in_json(&text)
}

/// `3 errors, 1 warning`; `no problems`.
///
/// ```
/// use paas_sdk::{Diagnostics, report};
///
/// assert_eq!(report::summary(&Diagnostics::default()), "no problems");
/// ```
pub fn summary(diagnostics: &Diagnostics) -> String {
    let count = |number, one: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {one}s")),
    };
    let (errors, warnings) = diagnostics.counts();
    match (count(errors, "error"), count(warnings, "warning")) {
        (Some(errors), Some(warnings)) => format!("{errors}, {warnings}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => "no problems".to_owned(),
    }
}
