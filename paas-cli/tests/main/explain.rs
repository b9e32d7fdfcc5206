//! `paas explain`.

use crate::scratch::Scratch;

#[test]
fn says_what_a_code_means() {
    let ran = Scratch::new().run(&["explain", "tosca.unquoted_time"]).ended(0);
    assert_eq!(
        ran.out,
        "tosca.unquoted_time (error): a time of day is not quoted

Other YAML readers take an unquoted `22:30` for the number 1350 (base 60), so
the same template would mean different things in different tools. Put it in
quotes.
"
    );
}

#[test]
fn lists_all_codes() {
    let scratch = Scratch::new();
    let ran = scratch.run(&["explain", "--list"]).ended(0);
    assert_eq!(ran.out.lines().count(), paas_sdk::Code::ALL.len());
    for (line, code) in ran.out.lines().zip(paas_sdk::Code::ALL) {
        assert!(line.starts_with(code.as_str()) && line.ends_with(code.title()), "{line}");
    }
    assert_eq!(scratch.run(&["explain"]).ended(0).out, ran.out);
}

#[test]
fn guesses_what_was_meant() {
    let scratch = Scratch::new();
    let ran = scratch.run(&["explain", "tosca.unknown_tipe"]).ended(1);
    assert_eq!(ran.out, "");
    assert_eq!(
        ran.err,
        "error: `tosca.unknown_tipe` is not a code\nhelp: did you mean `tosca.unknown_type`?\n"
    );
    let ran = scratch.run(&["explain", "\u{1b}[31m"]).ended(1);
    assert_eq!(ran.err, "error: `␛[31m` is not a code\nhelp: `paas explain --list` shows all codes\n");
}
