//! Whatever stands at the path: one clear message, soon, and no crash.

use crate::scratch::{SHOP, Scratch};
use std::{
    fs::File,
    time::{Duration, Instant},
};

/// Checks a file in all formats, and gives the line that is said about it.
fn line(scratch: &Scratch, file: &str) -> String {
    let human = scratch.run(&["check", file]).ended(1);
    assert!(human.out.ends_with("\n1 error\n") && human.err.is_empty(), "{human:#?}");
    let json = scratch.run(&["check", file, "--format", "json"]).ended(1);
    assert!(json.out.contains("\"errors\":1,\"warnings\":0,"), "{json:#?}");
    let out = scratch.run(&["translate", file, "--out", "out"]).ended(1);
    assert!(out.out.is_empty() && !scratch.path("out").exists(), "{out:#?}");
    scratch.run(&["check", file, "--format", "short"]).ended(1).out
}

#[test]
fn a_missing_file() {
    let scratch = Scratch::new();
    let expected = "error[file.unreadable]: `no/such.yaml` cannot be read: no such file or directory\n";
    assert_eq!(line(&scratch, "no/such.yaml"), expected);
}

#[test]
fn a_folder() {
    let scratch = Scratch::with(SHOP);
    let expected = "error[file.unreadable]: `.` cannot be read: it is a folder\n";
    assert_eq!(line(&scratch, "."), expected);
}

#[cfg(unix)]
#[test]
fn a_pipe() {
    let scratch = Scratch::new();
    let made = std::process::Command::new("mkfifo").arg(scratch.path("pipe")).status();
    assert!(made.expect("`mkfifo` runs").success());
    let expected = "error[file.unreadable]: `pipe` cannot be read: it is not a regular file\n";
    assert_eq!(line(&scratch, "pipe"), expected);
}

#[test]
fn a_huge_file() {
    let scratch = Scratch::new();
    let file = File::create(scratch.path("huge.yaml")).expect("created");
    file.set_len(50 << 20).expect("grown");
    let start = Instant::now();
    let expected = "huge.yaml:1:1: error[yaml.too_large]: `huge.yaml` is too large: \
                    52428800 bytes, where 16777216 are allowed\n";
    assert_eq!(line(&scratch, "huge.yaml"), expected);
    // Four runs, none of which reads it.
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[test]
fn an_empty_file() {
    let scratch = Scratch::new();
    for (name, text) in [("empty.yaml", ""), ("blank.yaml", "\n\n"), ("comment.yaml", "# nothing\n")] {
        scratch.put(name, text);
        let said = line(&scratch, name);
        assert!(said.contains("error[yaml.empty]"), "{said}");
    }
}

#[test]
fn binary_data() {
    let scratch = Scratch::new();
    scratch.put("binary.yaml", [b"a: ".as_slice(), &[0xff, 0xfe, 0x00, 0x9b]].concat());
    let said = line(&scratch, "binary.yaml");
    assert!(said.starts_with("binary.yaml:1:4: error[yaml.not_utf8]"), "{said}");
}

#[test]
fn two_documents() {
    let scratch = Scratch::with(&format!("{SHOP}---\n{SHOP}"));
    let said = line(&scratch, "shop.yaml");
    assert!(said.contains("error[yaml.several_documents]"), "{said}");
}

#[test]
fn what_would_steer_the_terminal_is_shown_as_signs() {
    let template = SHOP.replace("    web:\n", "    \"web\\u009b31m\\e]0;owned\\a\":\n");
    let scratch = Scratch::with(&template);
    for format in ["human", "short", "json"] {
        let ran = scratch.run(&["check", "shop.yaml", "--format", format]).ended(1);
        let steers = |c: char| c.is_control() && c != '\n';
        assert!(!ran.out.contains(steers) && !ran.err.contains(steers), "{ran:#?}");
    }
}
