//! The README's commands give what it says.
#![cfg(unix)]

use crate::{sandbox::Running, scratch::Scratch};
use std::{env, fs, path::Path, process::Stdio};

#[test]
fn commands_of_the_readme_print_what_it_shows() {
    let readme = readme();
    let scratch = Scratch::with(block(&readme, "yaml", 0));
    let mut count = 0;
    for part in block(&readme, "console", 0).split("$ ").skip(1) {
        let (command, expected) = part.split_once('\n').expect("a line");
        assert_eq!(run(&scratch, command), expected, "{command}");
        count += 1;
    }
    assert!(count > 0);
}

/// These print ids, times and events, too: ids and times may be others, and a line `…` stands for any lines.
#[test]
fn what_the_readme_deploys_is_deployed() {
    let readme = readme();
    let scratch = Scratch::with(block(&readme, "yaml", 0));
    scratch.put("acme.yaml", block(&readme, "yaml", 1));
    let sandbox = readme.lines().find_map(|line| line.strip_prefix("paas sandbox ")).expect("a sandbox");
    let _running = Running::start(&scratch, &sandbox.split(' ').collect::<Vec<_>>());
    let mut count = 0;
    for part in block(&readme, "console", 1).split("$ ").skip(1) {
        let (command, expected) = part.split_once('\n').expect("a line");
        let printed = run(&scratch, command);
        assert!(fits(&printed, expected), "{command}\n{printed}");
        count += 1;
    }
    assert!(count > 3);
}

#[test]
fn differences_are_as_their_page_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/differences.md");
    let page = fs::read_to_string(path).expect("the page");
    let scratch = Scratch::with(block(&page, "yaml", 0));
    for part in block(&page, "console", 0).split("$ ").skip(1) {
        let (command, expected) = part.split_once('\n').expect("a line");
        assert_eq!(run(&scratch, command), expected, "{command}");
    }
}

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    fs::read_to_string(path).expect("the README")
}

/// A block of a language, counted from 0.
fn block<'a>(text: &'a str, language: &str, number: usize) -> &'a str {
    let rest = text.split(&format!("```{language}\n")).nth(number + 1).expect("a block");
    rest.split("```\n").next().unwrap_or_default()
}

/// Whether a text is as it is shown.
fn fits(printed: &str, shown: &str) -> bool {
    let mut lines = printed.lines().map(masked);
    let mut skips = false;
    for line in shown.lines() {
        if line == "…" {
            skips = true;
            continue;
        }
        let line = masked(line);
        let is_there = if skips { lines.any(|other| other == line) } else { lines.next() == Some(line) };
        if !is_there {
            return false;
        }
        skips = false;
    }
    skips || lines.next().is_none()
}

/// Without what is different each time.
fn masked(line: &str) -> String {
    let is_other = |word: &str| word.starts_with("op-") || (word.starts_with("20") && word.ends_with('Z'));
    line.split(' ').map(|word| if is_other(word) { "…" } else { word }).collect::<Vec<_>>().join(" ")
}

#[test]
fn other_lines_do_not_fit() {
    assert!(fits("a\nop-1 b\nc\n", "a\n…\nc\n") && fits("op-1 b\n", "op-2 b\n") && fits("a\nb\n", "a\n…\n"));
    assert!(!fits("a\nb\n", "a\n") && !fits("a\n", "a\nb\n") && !fits("a\nb\n", "…\nc\n"));
}

/// All that a line of shell prints, with our `paas` as the command of that name.
fn run(scratch: &Scratch, command: &str) -> String {
    let paas = Path::new(env!("CARGO_BIN_EXE_paas"));
    let folders = [paas.parent().expect("a folder").to_owned()];
    let others = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(folders.into_iter().chain(env::split_paths(&others))).expect("a path");
    let mut shell = scratch.command_of("sh", &["-c", &format!("{command} 2>&1")]);
    shell.env("PATH", path).env("USER", "anna");
    let output = shell.stdout(Stdio::piped()).output().expect("a shell");
    String::from_utf8(output.stdout).expect("UTF-8")
}
