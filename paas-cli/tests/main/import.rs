//! `paas import`, and `paas export` of a stack.

use crate::scratch::Scratch;
use serde_json::Value;

/// The stack of the examples.
fn stack() -> Scratch {
    let scratch = Scratch::new();
    scratch.put("shop/docker-compose.yml", include_str!("../../../examples/stack/docker-compose.yml"));
    scratch.put("shop/rancher-compose.yml", include_str!("../../../examples/stack/rancher-compose.yml"));
    scratch
}

/// What the page shows is what is printed.
#[test]
fn the_page_is_true() {
    let page = include_str!("../../../docs/import.md");
    let shown = page.split("--out shop.yaml\n").nth(1).expect("the example");
    let shown = shown.split("```").next().expect("its end");
    let scratch = stack();
    let ran = scratch.run(&["import", "shop", "--network", "dmz", "--out", "shop.yaml"]).ended(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), (shown, ""));
}

#[test]
fn the_template_translates_with_other_inputs() {
    let scratch = stack();
    scratch.put("all.yaml", include_str!("../../../testdata/peers/everything-allowed.yaml"));
    scratch.run(&["import", "shop", "--network", "dmz", "--out", "shop.yaml"]).ended(0);
    let exported = scratch.run(&["export", "shop", "--network", "dmz"]).ended(0);
    assert_eq!(exported.out, scratch.read("shop.yaml"));
    let said =
        ["--policy", "all.yaml", "--input", "VERSION=1.4", "--input", "PORT=9090", "--input", "LEVEL=debug"];
    let run = |command: &[&str]| scratch.run(&[command, &said[..]].concat()).ended(0);
    assert_eq!(run(&["check", "shop.yaml"]).out, "shop.yaml: no problems\n");
    run(&["translate", "shop.yaml", "--out", "one"]);
    let file = scratch.read("one/dmz/docker-compose.yml");
    for part in
        ["shop/web:1.4\"", "\"9090:8080/tcp\"", "\"--level=debug\"", "\"${DB_PASSWORD}\"", "\"volumes_from\""]
    {
        assert!(file.contains(part), "{part} is missing in\n{file}");
    }

    // The same answers to the stack give the same files.
    scratch.put("answers.yaml", "VERSION: '1.4'\nPORT: 9090\nLEVEL: debug\n");
    let answered =
        ["export", "shop", "--network", "dmz", "--answers", "answers.yaml", "--out", "answered.yaml"];
    scratch.run(&answered).ended(0);
    let translate = ["translate", "answered.yaml", "--policy", "all.yaml", "--out", "two"];
    scratch.run(&translate).ended(0);
    assert_eq!(scratch.read("two/dmz/docker-compose.yml"), file);
}

#[test]
fn no_password_is_shown() {
    let scratch = stack();
    let rancher = scratch
        .read("shop/rancher-compose.yml")
        .replace("type: password,", "type: password, default: hunter2,");
    scratch.put("shop/rancher-compose.yml", rancher);
    scratch.put("answers.yaml", "DB_PASSWORD: hunter3\n");
    for format in ["human", "short", "json"] {
        let ran = scratch
            .run(&["import", "shop", "--answers", "answers.yaml", "--all", "--format", format])
            .ended(0);
        assert!(!ran.out.contains("hunter") && !ran.err.contains("hunter"), "{ran:#?}");
    }
    scratch.run(&["import", "shop", "--answers", "answers.yaml", "--out", "shop.yaml"]).ended(0);
    assert!(!scratch.read("shop.yaml").contains("hunter"));
}

#[test]
fn losses_and_problems_as_json() {
    let scratch = stack();
    let ran = scratch.run(&["import", "shop", "--format", "json"]).ended(0);
    let document: Value = serde_json::from_str(&ran.out).expect("JSON");
    let losses = document["losses"].as_array().expect("a list");
    let lost: Vec<_> = losses.iter().filter(|loss| loss["kept"] == "none").collect();
    assert_eq!(lost.len(), 1);
    assert_eq!((&lost[0]["service"], &lost[0]["key"]), (&"db".into(), &"drain_timeout_ms".into()));
    assert_eq!(lost[0]["place"]["start"]["line"], 27);
    assert!(document["template"].as_str().expect("the template").contains("tosca_simple_yaml_1_3"));

    scratch.put("bad/docker-compose.yml", "web: { image: 'nginx:1', prots: [ '80:' ] }\n");
    let ran = scratch.run(&["import", "bad", "--format", "short"]).ended(1);
    assert_eq!(
        ran.err,
        "bad/docker-compose.yml:1:26: error[compose.unknown_key]: `prots` is not a key of services\n"
    );
    assert_eq!(scratch.run(&["import", "nowhere"]).ended(1).out, "");
    let ran = scratch.run(&["export", "shop", "--answers", "no.yaml"]).ended(1);
    assert!(ran.err.contains("`no.yaml` cannot be read"), "{ran:#?}");
}

#[test]
fn nothing_is_written_over_the_stack() {
    let scratch = stack();
    let before = scratch.read("shop/docker-compose.yml");
    let ran = scratch.run(&["import", "shop", "--out", "shop/docker-compose.yml"]).ended(1);
    assert!(ran.err.contains("cannot be written"), "{ran:#?}");
    assert_eq!(scratch.read("shop/docker-compose.yml"), before);
}
