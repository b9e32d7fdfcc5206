//! `cargo xtask bench bindings`: what a translation costs from Python and Node beside the same in Rust.

use super::{Programs, Verdict, figures::median, json_lines, page};
use crate::{Result, bindings, machine, shell::Shell};
use serde::Deserialize;
use std::{fmt::Write as _, process::Command};

/// The template that is measured, and that the limits are about.
const TEMPLATE: &str = "services_1000";

/// How many turns each language has, and how many calls it makes in one.
const TURNS: usize = 9;
const ROUNDS: u32 = 5;

/// A release with its files as texts, at most so many times Rust's time.
const MOST_FOR_FILES: f64 = 1.15;

/// A release as a whole document, at most so many times Rust's time for the files.
const MOST_FOR_DOCUMENT: f64 = 2.0;

/// A line of the programs of the languages: medians of a turn.
#[derive(Debug, Deserialize)]
struct Times {
    files_ms: f64,
    document_ms: f64,
}

/// Measures and writes the table; tells whether the limits were kept, if that was asked.
pub(crate) fn run(shell: &Shell, verdict: Verdict) -> Result<bool> {
    let Some(data) = shell.shared_data() else {
        return Err(
            "the templates for speed are in ../shared/data/bench, which is not beside this clone".into()
        );
    };
    let template = data.join("bench").join(format!("{TEMPLATE}.yaml"));
    println!("── set-up: release builds of the packages");
    let programs = Programs::build(shell)?;
    let installed = bindings::install_release(shell)?;
    println!("── Rust, Python and Node, in turns");
    let rust = || -> Result<f64> {
        let times = programs.times(shell, ROUNDS, std::slice::from_ref(&template))?;
        Ok(times.first().ok_or("Rust told no time")?.ours_ms)
    };
    let other = |command: &mut Command| -> Result<Times> {
        let told = shell.read(command.arg(ROUNDS.to_string()).arg(&template))?;
        Ok(json_lines::<Times>(&told)?.pop().ok_or("a language told no time")?)
    };
    let (mut all_rust, mut python, mut node) = (vec![rust()?], Vec::new(), Vec::new());
    for _ in 0..TURNS {
        for (turns, mut command) in [
            (&mut python, installed.python(shell, "benches/bindings/translate.py")),
            (&mut node, installed.node(shell, "benches/bindings/translate.mjs")?),
        ] {
            let before = all_rust.last().copied().unwrap_or_default();
            let times = other(&mut command)?;
            let after = rust()?;
            all_rust.push(after);
            turns.push(Turn { times, rust_ms: (before + after) / 2.0 });
        }
    }
    let all = [("Python", Row::of(&python)), ("Node", Row::of(&node))];
    let section = section(shell, median(all_rust), &all)?;
    page::write(shell, "bindings", &section)?;
    let broken: Vec<String> = all.iter().flat_map(|(language, row)| row.broken_limits(language)).collect();
    if verdict == Verdict::HoldLimits {
        broken.iter().for_each(|limit| println!("{limit}"));
    }
    Ok(verdict == Verdict::JustTell || broken.is_empty())
}

/// A turn of a language, with what Rust took just before and after it.
struct Turn {
    times: Times,
    rust_ms: f64,
}

/// The figures of a language: medians over its turns.
struct Row {
    files_ms: f64,
    files_to_rust: f64,
    document_ms: f64,
    document_to_rust: f64,
}

impl Row {
    fn of(turns: &[Turn]) -> Self {
        let over = |figure: fn(&Turn) -> f64| median(turns.iter().map(figure).collect());
        Self {
            files_ms: over(|turn| turn.times.files_ms),
            files_to_rust: over(|turn| turn.times.files_ms / turn.rust_ms),
            document_ms: over(|turn| turn.times.document_ms),
            document_to_rust: over(|turn| turn.times.document_ms / turn.rust_ms),
        }
    }

    fn broken_limits(&self, language: &str) -> Vec<String> {
        let limits = [
            ("a release with its files", self.files_to_rust, MOST_FOR_FILES),
            ("a whole document", self.document_to_rust, MOST_FOR_DOCUMENT),
        ];
        limits
            .into_iter()
            .filter(|(_, ratio, most)| ratio > most)
            .map(|(what, ratio, most)| {
                format!("{language}: {what} takes {ratio:.2} times Rust's time, more than {most}")
            })
            .collect()
    }
}

fn section(shell: &Shell, rust_ms: f64, all: &[(&str, Row)]) -> Result<String> {
    let (date, machine, compiler) =
        (machine::today(shell)?, machine::description(shell), machine::compiler(shell)?);
    let mut text = format!(
        "## From Python and Node\n\n\
         `cargo xtask bench bindings` · {date} · {machine} · {compiler}\n\n\
         Processor time of one warm translation of {TEMPLATE}: check, plan, render. *Files*: a release with its files as \
         texts of the language. *Document*: a release, and all of it as a document (`to_dict`). Each language has {TURNS} \
         turns of {ROUNDS} calls, and Rust one before and after each; a ratio is that of a turn to the Rust around it. All \
         figures are medians. Of Node all threads count.\n\n\
         | language | files, ms | / Rust | document, ms | / Rust |\n\
         | --- | ---: | ---: | ---: | ---: |\n\
         | Rust | {rust_ms:.1} | 1 | | |\n"
    );
    for (language, Row { files_ms, files_to_rust, document_ms, document_to_rust }) in all {
        let _ = writeln!(
            text,
            "| {language} | {files_ms:.1} | {files_to_rust:.2} | {document_ms:.1} | {document_to_rust:.2} |"
        );
    }
    let _ = writeln!(
        text,
        "\nLimits, held by `cargo xtask bench bindings --check`: at most {MOST_FOR_FILES} times Rust's time for the files, \
         at most {MOST_FOR_DOCUMENT} times for the document."
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Row, Times, Turn};

    #[test]
    fn limits_are_about_the_ratio_to_the_rust_around_a_turn() {
        let turn = |files_ms, document_ms, rust_ms| Turn { times: Times { files_ms, document_ms }, rust_ms };
        // The machine was half as fast in the second turn, for all.
        let even = Row::of(&[turn(110.0, 190.0, 100.0), turn(220.0, 380.0, 200.0), turn(1.0, 1.0, 1.0)]);
        assert!(even.broken_limits("Node").is_empty());
        assert_eq!(
            Row::of(&[turn(120.0, 201.0, 100.0)]).broken_limits("Node"),
            [
                "Node: a release with its files takes 1.20 times Rust's time, more than 1.15",
                "Node: a whole document takes 2.01 times Rust's time, more than 2"
            ]
        );
    }
}
