//! `paas check`.

use crate::scratch::{SHOP, Scratch, misspelt_shop};
use serde_json::Value;

#[test]
fn a_template_without_problems() {
    let scratch = Scratch::with(SHOP);
    assert_eq!(scratch.run(&["check", "shop.yaml"]).ended(0).out, "shop.yaml: no problems\n");
    assert_eq!(scratch.run(&["check", "shop.yaml", "--format", "short"]).ended(0).out, "");
    assert_eq!(
        scratch.run(&["check", "shop.yaml", "--format", "json"]).ended(0).out,
        "{\"file\":\"shop.yaml\",\"errors\":0,\"warnings\":0,\"diagnostics\":[]}\n"
    );
}

#[test]
fn an_error_with_its_line_and_help() {
    let ran = Scratch::with(&misspelt_shop()).run(&["check", "shop.yaml"]).ended(1);
    for part in
        ["error[tosca.unknown_property]", "[shop.yaml:9:21]", "imge: 'shop/web:1.0'", "────", "`image`"]
    {
        assert!(ran.out.contains(part), "`{part}` is missing in\n{}", ran.out);
    }
    assert!(ran.err.is_empty() && ran.out.contains(" error"), "{ran:#?}");
}

#[test]
fn an_error_as_json() {
    let ran = Scratch::with(&misspelt_shop()).run(&["check", "shop.yaml", "--format", "json"]).ended(1);
    let document: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(document["file"], "shop.yaml");
    let diagnostics = document["diagnostics"].as_array().expect("a list");
    assert_eq!(document["errors"].as_u64(), Some(diagnostics.len() as u64));
    assert_eq!(document["warnings"], 0);
    let problem = diagnostics
        .iter()
        .find(|problem| problem["code"] == "tosca.unknown_property")
        .expect("the misspelt property is reported");
    assert_eq!(problem["severity"], "error");
    let label = &problem["labels"][0];
    assert_eq!(label["file"], "shop.yaml");
    assert_eq!((&label["start"]["line"], &label["start"]["column"]), (&9.into(), &21.into()));
    assert_eq!((&label["end"]["line"], &label["end"]["column"]), (&9.into(), &25.into()));
    let start = label["start"]["offset"].as_u64().expect("an offset") as usize;
    assert!(misspelt_shop()[start..].starts_with("imge:"));
}

#[test]
fn an_error_on_one_line() {
    let ran = Scratch::with(&misspelt_shop()).run(&["check", "shop.yaml", "--format", "short"]).ended(1);
    let found =
        ran.out.lines().any(|line| line.starts_with("shop.yaml:9:21: error[tosca.unknown_property]: "));
    assert!(found, "{}", ran.out);
}

#[test]
fn warnings_are_no_failure_and_inputs_are_taken() {
    let template = SHOP
        .replace("  node_templates:\n", "  inputs: { tag: { type: string } }\n  node_templates:\n")
        .replace("'shop/web:1.0'", "{ concat: [ 'shop/web:', { get_input: tag } ] }");
    let scratch = Scratch::with(&template);
    let ran = scratch.run(&["check", "shop.yaml"]).ended(0);
    assert!(
        ran.out.contains("warning[tosca.input_missing]") && ran.out.ends_with("1 warning\n"),
        "{}",
        ran.out
    );
    let ran = scratch.run(&["check", "shop.yaml", "--input", "tag=2.0"]).ended(0);
    assert_eq!(ran.out, "shop.yaml: no problems\n");
    let ran = scratch.run(&["check", "shop.yaml", "--input", "tga=2.0"]).ended(1);
    assert!(ran.out.contains("error[tosca.unknown_input]"), "{}", ran.out);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let scratch = Scratch::new();
    let colored = |args: &[&str], no_color: &str| {
        let output = scratch.command(args).env("NO_COLOR", no_color).output().expect("the output");
        String::from_utf8(output.stdout).expect("UTF-8").contains('\u{1b}')
    };
    // Standard output is no terminal here.
    assert!(!colored(&["check", "none.yaml"], ""));
    assert!(!colored(&["check", "none.yaml", "--color", "never"], ""));
    assert!(colored(&["check", "none.yaml", "--color", "always"], ""));
    // Who says it on the command line means it more than who sets a variable for all commands.
    assert!(colored(&["--color", "always", "check", "none.yaml"], "1"));
    assert!(!colored(&["check", "none.yaml"], "1"));
}

#[cfg(target_os = "linux")]
#[test]
fn colours_on_a_terminal_unless_told_otherwise() {
    let scratch = Scratch::new();
    let on_terminal = |variable: &str, value: &str| {
        // `script` gives the command a terminal. It is part of every Debian and of most other systems.
        let line = format!("{} check none.yaml", env!("CARGO_BIN_EXE_paas"));
        let mut command = std::process::Command::new("script");
        command.args(["-q", "-e", "-c", &line, "/dev/null"]).current_dir(scratch.path(""));
        command.env_remove("NO_COLOR").env("TERM", "xterm").env(variable, value);
        command.stdin(std::process::Stdio::null());
        command.output().ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let Some(plain) = on_terminal("NO_COLOR", "1") else {
        eprintln!("skipped: there is no `script` command");
        return;
    };
    assert!(plain.contains("file.unreadable") && !plain.contains('\u{1b}'), "{plain:?}");
    let dumb = on_terminal("TERM", "dumb").expect("as before");
    assert!(!dumb.contains('\u{1b}'), "{dumb:?}");
    let colored = on_terminal("NO_COLOR", "").expect("as before");
    assert!(colored.contains('\u{1b}'), "{colored:?}");
}
