//! `paas explain`.

mod area;
mod errors;
mod example;
mod page;

use crate::{
    Outcome,
    args::ExplainArgs,
    output::{Output, Stream},
};
use paas_sdk::{
    Code,
    codes::{self, Found},
    report::printable,
};
use std::fmt::Write as _;

pub(crate) fn run(args: &ExplainArgs, output: &mut Output) -> Outcome {
    let Some(text) = &args.code else {
        let printed = match (args.markdown, args.errors) {
            (true, false) => page::markdown(),
            (true, true) => errors::markdown(),
            (false, false) => table(),
            (false, true) => errors::table(),
        };
        output.print(Stream::Out, &printed);
        return Outcome::Well;
    };
    let found = codes::find(text).and_then(|found| match found {
        Found::Diagnostic(code) => Some(explanation(code)),
        Found::Error(error) => Some(errors::explanation(&error)),
        _ => None,
    });
    match found {
        Some(explanation) => {
            output.print(Stream::Out, &explanation);
            Outcome::Well
        }
        None => {
            let help = match codes::closest(text) {
                Some(code) => format!("did you mean `{code}`?"),
                None => "`paas explain --list` and `paas explain --errors` show all codes".to_owned(),
            };
            output.print(Stream::Err, &format!("error: `{}` is not a code\nhelp: {help}\n", printable(text)));
            Outcome::Failed
        }
    }
}

fn explanation(code: Code) -> String {
    let heading = format!("{code} ({}): {}", code.severity(), code.title());
    let examples = area::Area::of(code).and_then(|area| area.examples);
    let paragraphs: String =
        [code.meaning()].into_iter().chain(examples).map(|text| format!("{}\n", fill(text))).collect();
    format!("{heading}\n\n{paragraphs}{}", example::both(code.example()))
}

fn table() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
    Code::ALL.iter().fold(String::new(), |mut text, code| {
        // What the severity is called is seven letters long at most.
        let _ =
            writeln!(text, "{:<width$}  {:<7}  {}", code.as_str(), code.severity().to_string(), code.title());
        text
    })
}

/// Breaks a paragraph into lines.
fn fill(paragraph: &str) -> String {
    const WIDTH: usize = 80;
    let mut text = String::new();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_filled_without_losing_a_word() {
        for code in Code::ALL {
            let filled = fill(code.meaning());
            assert!(filled.lines().all(|line| line.chars().count() <= 80), "{filled}");
            assert!(filled.split_whitespace().eq(code.meaning().split_whitespace()));
        }
    }
}
