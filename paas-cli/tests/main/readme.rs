//! The README's commands give what it says.
#![cfg(unix)]

use crate::scratch::Scratch;
use std::{env, fs, path::Path, process::Stdio};

#[test]
fn commands_of_the_readme_print_what_it_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(path).expect("the README");
    let scratch = Scratch::with(block(&readme, "yaml"));
    let mut count = 0;
    for part in block(&readme, "console").split("$ ").skip(1) {
        let (command, expected) = part.split_once('\n').expect("a line");
        assert_eq!(run(&scratch, command), expected, "{command}");
        count += 1;
    }
    assert!(count > 0);
}

/// The first block of a language.
fn block<'a>(text: &'a str, language: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("```{language}\n")).expect("a block");
    rest.split("```\n").next().unwrap_or_default()
}

/// All that a line of shell prints, with our `paas` as the command of that name.
fn run(scratch: &Scratch, command: &str) -> String {
    let paas = Path::new(env!("CARGO_BIN_EXE_paas"));
    let folders = [paas.parent().expect("a folder").to_owned()];
    let others = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(folders.into_iter().chain(env::split_paths(&others))).expect("a path");
    let mut shell = scratch.command_of("sh", &["-c", &format!("{command} 2>&1")]);
    let output = shell.env("PATH", path).stdout(Stdio::piped()).output().expect("a shell");
    String::from_utf8(output.stdout).expect("UTF-8")
}
