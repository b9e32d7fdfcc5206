//! `--policy`.

use crate::scratch::{SHOP, Scratch};

#[test]
fn a_policy_is_read_and_held() {
    let scratch = Scratch::with(&SHOP.replace("'shop/web:1.0'", "'shop/web:latest'"));
    let codes = |args: &[&str], ended| scratch.run(args).ended(ended).out;
    let check = ["check", "shop.yaml", "--format", "short"];
    assert!(codes(&check, 0).contains("warning[policy.mutable_tags]"));
    scratch.put("policy.yaml", "mutable_tags: deny\n");
    let with_policy = [&check[..], &["--policy", "policy.yaml"]].concat();
    assert!(codes(&with_policy, 1).contains("shop.yaml:9:28: error[policy.mutable_tags]"));
    let translate = ["translate", "shop.yaml", "--out", "out", "--policy", "policy.yaml"];
    let ran = scratch.run(&translate).ended(1);
    assert!(ran.err.contains("mutable_tags: allow") && !scratch.path("out").exists(), "{}", ran.err);
    scratch.put("policy.yaml", "mutable_tags: allow\n");
    assert_eq!(codes(&with_policy, 0), "");
}

#[test]
fn problems_of_the_policy_are_shown_in_it() {
    let scratch = Scratch::with(SHOP);
    scratch.put("policy.yaml", "privilegd: allow\n");
    let ran = scratch.run(&["check", "shop.yaml", "--policy", "policy.yaml"]).ended(1);
    for part in ["error[policy_file.unknown_key]", "[policy.yaml:1:1]", "did you mean `privileged`?"] {
        assert!(ran.out.contains(part), "`{part}` is missing in\n{}", ran.out);
    }
    let ran = scratch.run(&["check", "shop.yaml", "--policy", "none.yaml"]).ended(1);
    assert!(ran.out.contains("error[file.unreadable]"), "{}", ran.out);
}
