//! The page of all codes, `docs/diagnostics.md`: `cargo xtask generate` writes it.

use super::{
    area::{AREAS, Area},
    example,
};
use paas_sdk::Code;
use std::fmt::Write as _;

const BEGINNING: &str = "\
<!-- Written by `cargo xtask generate` from the table in paas-core/src/diagnostic/code.rs and the examples in
     paas-core/codes. Change those. -->

# Diagnostics

Every problem has a code, `area.name`, which is never reused or renamed. `paas explain CODE` prints what stands here.
An error keeps a template from being translated or deployed; a warning does not. Each example shows what gives the code
(`-`) and what puts it right (`+`); both are run by the tests. Codes of errors are in [errors.md](errors.md).
";

/// The page.
pub(super) fn markdown() -> String {
    let mut text = BEGINNING.to_owned();
    for area in AREAS {
        let _ = writeln!(text, "\n**{}**\n\n| code | | |\n| --- | --- | --- |", area.heading);
        for code in codes(area) {
            let (severity, title) = (code.severity(), code.title());
            let _ = writeln!(text, "| [`{code}`](#{}) | {severity} | {title} |", anchor(code));
        }
    }
    for area in AREAS {
        let _ = writeln!(text, "\n## {}", area.heading);
        if let Some(examples) = area.examples {
            let _ = writeln!(text, "\n{examples}");
        }
        for code in codes(area) {
            let (severity, title, meaning) = (code.severity(), code.title(), code.meaning());
            let example = example::difference(code.example());
            let _ = writeln!(text, "\n### `{code}`\n\n*{severity}: {title}.* {meaning}\n");
            let _ = writeln!(text, "```diff\n{example}```");
        }
    }
    text
}

fn codes(area: &Area) -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| area.has(*code))
}

/// What a reader of Markdown makes of the heading: without the dot.
fn anchor(code: Code) -> String {
    code.as_str().replace('.', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_on_the_page_once() {
        let page = markdown();
        for code in Code::ALL {
            assert_eq!(page.matches(&format!("\n### `{code}`\n")).count(), 1, "{code}");
            assert_eq!(page.matches(&format!("(#{})", anchor(*code))).count(), 1, "{code}");
        }
    }
}
