//! What does not depend on a template.

use crate::scratch::{SHOP, Scratch};
use std::process::Stdio;

#[test]
fn tells_its_version_and_how_it_is_used() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["--version"]).ended(0).out, concat!("paas ", env!("CARGO_PKG_VERSION"), "\n"));
    let help = scratch.run(&["--help"]).ended(0).out;
    for word in [
        "check",
        "translate",
        "graph",
        "export",
        "import",
        "clone",
        "diff",
        "explain",
        "deploy",
        "operations",
        "sandbox",
        "--color",
        "Exit codes: 0 no errors",
    ] {
        assert!(help.contains(word), "{help}");
    }
    let help = scratch.run(&["translate", "--help"]).ended(0).out;
    for word in ["--input <NAME=VALUE>", "--target <TARGET>", "--rancher", "rancher-1.6.30", "--force"] {
        assert!(help.contains(word), "{help}");
    }
}

#[test]
fn a_command_that_is_not_understood_ends_with_2() {
    let scratch = Scratch::with(SHOP);
    for args in [
        &[][..],
        &["chek", "shop.yaml"],
        &["check"],
        &["check", "shop.yaml", "--format", "xml"],
        &["check", "shop.yaml", "--input", "no-value"],
        &["translate", "shop.yaml"],
        &["translate", "shop.yaml", "--out", "out", "--target", "rancher-two"],
        &["graph", "shop.yaml"],
        &["diff", "shop.yaml"],
        &["diff", "shop.yaml", "shop.yaml", "--format", "dot"],
        &["explain", "tosca.unknown_type", "--list"],
        &["check", "shop.yaml", "--color", "sometimes"],
        &["sandbox", "--port", "70000"],
        &["sandbox", "--environment", ""],
        &["sandbox", "shop.yaml"],
        &["deploy", "shop.yaml"],
        &["deploy", "shop.yaml", "--tenant", "shop", "--as", "two\nlines"],
        &["deploy", "shop.yaml", "--tenant", "shop", "--wait", "0"],
        &["status", "shop"],
        &["scale", "shop", "web", "many", "--tenant", "shop"],
        &["remove", "--tenant", "shop"],
        &["operations", "show"],
        &["operations", "resume", "../op"],
        &["operations", "list", "--format", "short"],
    ] {
        let ran = scratch.run(args).ended(2);
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{args:?}: {ran:#?}");
    }
    assert!(!scratch.path("out").exists());
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let scratch = Scratch::new();
    for args in [&["explain", "--list"][..], &["--help"]] {
        let mut child = scratch
            .command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the output");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let scratch = Scratch::new();
    let full = std::fs::File::options().write(true).open("/dev/full").expect("opened");
    let output = scratch.command(&["explain"]).stdout(full).output().expect("the output");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.starts_with("error: the output cannot be written: "), "{said}");
}
