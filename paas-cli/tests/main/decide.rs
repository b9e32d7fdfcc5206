//! `paas decide` and `paas matrix`.

use crate::scratch::Scratch;

#[test]
fn a_yes_ends_well_and_a_no_does_not() {
    let scratch = Scratch::new();
    let asked = ["decide", "create", "volume", "--tenant", "retail", "--role"];
    let yes = scratch.run(&[&asked[..], &["restricted_member"]].concat()).ended(0);
    assert_eq!(yes.out, "yes: a restricted member may create a volume in its tenant\n");
    let no = scratch.run(&[&asked[..], &["read_only"]].concat()).ended(1);
    assert!(
        no.out.starts_with("no: a user who reads only may not create a volume: that takes "),
        "{}",
        no.out
    );
}

#[test]
fn a_subject_comes_from_a_file() {
    let scratch = Scratch::new();
    scratch.put(
        "anna.json",
        r#"{ "user": "5f3c", "tenants": { "retail": { "roles": ["restricted_member"] } }, "namespaces": ["retail-shop"] }"#,
    );
    let asked =
        ["decide", "push", "image", "--tenant", "retail", "--subject", "anna.json", "--format", "json"];
    let yes = scratch.run(&[&asked[..], &["--namespace", "retail-shop"]].concat()).ended(0);
    let decision: serde_json::Value = serde_json::from_str(&yes.out).expect("JSON");
    assert_eq!(decision["reason"], "in_namespace");
    let no = scratch.run(&[&asked[..], &["--namespace", "retail-web"]].concat()).ended(1);
    let decision: serde_json::Value = serde_json::from_str(&no.out).expect("JSON");
    assert_eq!((&decision["allowed"], &decision["reason"]), (&false.into(), &"not_member".into()));
}

/// A script that takes 1 for a no must not take a mistake for one.
#[test]
fn what_is_not_understood_is_no_decision() {
    let scratch = Scratch::new();
    scratch.put("bad.json", r#"{ "user": "u", "tenant": {} }"#);
    for (words, problem) in [
        (&["decide", "creat", "volume"][..], "there is no action `creat`; did you mean `create`?"),
        (&["decide", "create", "volume", "--role", "read_only"], "say which with `--tenant`"),
        (
            &["decide", "push", "image", "--tenant", "t", "--member"],
            "say of which namespace with `--namespace`",
        ),
        (
            &["decide", "view", "host", "--subject", "bad.json"],
            "`bad.json` is no user with its roles: unknown field `tenant`",
        ),
        (&["decide", "view", "host", "--subject", "none.json"], "`none.json` cannot be read"),
    ] {
        let ran = scratch.run(words).ended(2);
        assert!(ran.err.contains(problem), "{}", ran.err);
        assert_eq!(ran.out, "");
    }
}

#[test]
fn the_matrix_says_what_decisions_do() {
    let scratch = Scratch::new();
    let all = scratch.run(&["matrix"]).ended(0).out;
    assert!(all.contains("production image"), "{all}");
    let markdown = scratch.run(&["matrix", "--format", "markdown"]).ended(0).out;
    assert_eq!(markdown, paas_sdk::access::matrix::markdown());
    let json: serde_json::Value =
        serde_json::from_str(&scratch.run(&["matrix", "--format", "json"]).ended(0).out).expect("JSON");
    assert_eq!(json["rows"].as_array().map(Vec::len), Some(markdown.lines().count() - 2));
    let auditor = scratch.run(&["matrix", "--role", "publication_auditor"]).ended(0).out;
    assert_eq!(auditor.lines().count(), 3, "{auditor}");
}
