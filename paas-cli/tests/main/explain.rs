//! `paas explain`.

use crate::scratch::{SHOP, Scratch};
use paas_sdk::Code;

#[test]
fn says_what_a_code_means_and_shows_it() {
    let ran = Scratch::new().run(&["explain", "tosca.missing_requirement"]).ended(0);
    assert_eq!(
        ran.out,
        "tosca.missing_requirement (error): a requirement is not met

The node type demands the requirement at least once.

wrong:

    tosca_definitions_version: tosca_simple_yaml_1_3
    topology_template:
      node_templates:
        dmz: { type: paas.nodes.Network }
        web:
          type: paas.nodes.Service
          properties:
            image: registry.bank.test/web:1.4

right:

    tosca_definitions_version: tosca_simple_yaml_1_3
    topology_template:
      node_templates:
        dmz: { type: paas.nodes.Network }
        web:
          type: paas.nodes.Service
          properties:
            image: registry.bank.test/web:1.4
  +       requirements:
  +         - network: dmz
"
    );
}

/// A tenant file is not taken for a template.
#[test]
fn says_what_its_examples_are() {
    let ran = Scratch::new().run(&["explain", "tenant.unknown_key"]).ended(0);
    let (before, examples) = ran.out.split_once("wrong:").expect("examples");
    assert!(before.ends_with("\n\nThe examples are tenant files.\n\n"), "{before}");
    assert!(examples.contains("\n  -   - { name: core, enviroment: shop-core }\n"), "{examples}");
}

/// The other codes are given by `paas-tosca/tests/codes.rs`, and those of tenants by tests of `paas-platform`.
#[test]
fn examples_of_files_give_their_codes() {
    let codes: Vec<_> = Code::ALL.iter().filter(|code| code.as_str().starts_with("file.")).collect();
    assert!(!codes.is_empty());
    for code in codes {
        let scratch = Scratch::with(SHOP);
        scratch.put("templates/shop.yaml", SHOP);
        scratch.put("release/release.json", "mine");
        let run = |text: &str| {
            let command =
                text.lines().next().and_then(|line| line.strip_prefix("# paas ")).expect("a command");
            scratch.run(&command.split(' ').collect::<Vec<_>>())
        };
        let wrong = run(code.example().wrong).ended(1);
        assert!(format!("{}{}", wrong.out, wrong.err).contains(code.as_str()), "{wrong:#?}");
        let right = run(code.example().right).ended(0);
        assert_eq!(right.err, "");
    }
}

#[test]
fn lists_all_codes() {
    let scratch = Scratch::new();
    let ran = scratch.run(&["explain", "--list"]).ended(0);
    assert_eq!(ran.out.lines().count(), Code::ALL.len());
    for (line, code) in ran.out.lines().zip(Code::ALL) {
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
    assert_eq!(
        ran.err,
        "error: `␛[31m` is not a code\nhelp: `paas explain --list` and `paas explain --errors` show all codes\n"
    );
}

#[test]
fn explains_codes_of_errors() {
    let ran = Scratch::new().run(&["explain", "store.locked"]).ended(0);
    assert_eq!(
        ran.out,
        "store.locked (error): the store

Another process has the file open, or this one has it open already.
what to do: stop that one, or take another file
asking again may help: yes
"
    );
    let ran = Scratch::new().run(&["explain", "store.loked"]).ended(1);
    assert!(ran.err.ends_with("help: did you mean `store.locked`?\n"), "{}", ran.err);
}

#[test]
fn lists_codes_of_errors() {
    let ran = Scratch::new().run(&["explain", "--errors"]).ended(0);
    assert_eq!(ran.out.lines().count(), paas_sdk::codes::all().count());
    for (line, error) in ran.out.lines().zip(paas_sdk::codes::all()) {
        assert!(line.starts_with(error.code) && line.ends_with(error.meaning), "{line}");
    }
}
