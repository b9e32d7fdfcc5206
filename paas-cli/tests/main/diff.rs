//! `paas diff`.

use crate::scratch::{SHOP, Scratch, misspelt_shop};

/// [`SHOP`] with a newer `web`, an `api` that moved, and a count that an input gives.
fn newer() -> String {
    SHOP.replace("shop/web:1.0", "shop/web:1.1")
        .replace("{ network: core } ]", "{ network: dmz } ]")
        .replace("    core: { type: paas.nodes.Network, properties: { network_name: core } }\n", "")
}

fn both(new: &str) -> Scratch {
    let scratch = Scratch::with(SHOP);
    scratch.put("new.yaml", new);
    scratch
}

#[test]
fn tells_what_changed_and_what_an_update_does() {
    let ran = both(&newer()).run(&["diff", "shop.yaml", "new.yaml"]).ended(0);
    assert_eq!(ran.err, "");
    for line in [
        "shop: 2 of 2 services change: 1 moved, 1 upgraded\n",
        "  api (core → dmz)\n",
        "    ~ image: shop/web:1.0 → shop/web:1.1\n",
        "  - dmz/web → core/api: the firewall can close it after the update\n",
        "  stage 1  create `api` in `dmz`: it moves here from `core`\n",
        "           remove the stack `shop` in `core`: no service is in this network any more\n",
    ] {
        assert!(ran.out.contains(line), "{line}{}", ran.out);
    }
}

#[test]
fn prints_each_format() {
    let scratch = both(&newer());
    let json = scratch.run(&["diff", "shop.yaml", "new.yaml", "--format", "json"]).ended(0);
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(
        (document["format"].as_u64(), document["services"][0]["fate"].as_str()),
        (Some(1), Some("moved"))
    );
    assert_eq!(json.out.lines().count(), 1);
    let picture = scratch.run(&["diff", "shop.yaml", "new.yaml", "--format", "mermaid"]).ended(0);
    assert!(
        picture.out.starts_with("flowchart RL\n") && picture.out.contains("|\"moves\"|"),
        "{}",
        picture.out
    );
}

#[test]
fn the_exit_code_tells_of_differences_only_if_asked() {
    let scratch = both(&newer());
    scratch.run(&["diff", "shop.yaml", "new.yaml", "--exit-code"]).ended(1);
    scratch.run(&["diff", "shop.yaml", "nowhere.yaml", "--exit-code"]).ended(2);
    scratch.run(&["diff", "shop.yaml", "nowhere.yaml"]).ended(1);
    let ran = scratch.run(&["diff", "shop.yaml", "shop.yaml", "--exit-code"]).ended(0);
    assert_eq!(ran.out, "shop: nothing is different\n");
}

#[test]
fn takes_what_a_translation_wrote() {
    let scratch = both(&newer());
    scratch.run(&["translate", "shop.yaml", "--out", "out"]).ended(0);
    let expected = scratch.run(&["diff", "shop.yaml", "new.yaml"]).ended(0).out;
    for old in ["out", "out/release.json"] {
        assert_eq!(scratch.run(&["diff", old, "new.yaml"]).ended(0).out, expected);
    }
    scratch.put("later.json", scratch.read("out/release.json").replace("\"format\": 1", "\"format\": 2"));
    let ran = scratch.run(&["diff", "later.json", "new.yaml"]).ended(1);
    assert!(ran.err.contains("file.unreadable") && ran.err.contains("has the format 2"), "{}", ran.err);
}

#[test]
fn inputs_are_for_both_or_for_one() {
    let template = SHOP
        .replace(
            "topology_template:",
            "topology_template:\n  inputs: { count: { type: integer, default: 1 } }",
        )
        .replace("image: 'shop/web:1.0'", "image: 'shop/web:1.0', scale: { get_input: count }");
    let scratch = Scratch::with(&template);
    let diff = |more: &[&str]| {
        let args: Vec<&str> = ["diff", "shop.yaml", "shop.yaml"].iter().chain(more).copied().collect();
        scratch.run(&args).ended(0).out
    };
    assert_eq!(diff(&["--input", "count=4"]), "shop: nothing is different\n");
    assert!(diff(&["--new-input", "count=4"]).contains("  web (dmz): 1 → 4 containers\n"));
    assert!(diff(&["--old-input", "count=4"]).contains("  web (dmz): 4 → 1 container\n"));
}

#[test]
fn problems_of_both_are_told() {
    let scratch = Scratch::with(&misspelt_shop());
    let ran = scratch.run(&["diff", "shop.yaml", "missing.yaml"]).ended(1);
    assert!(ran.out.is_empty(), "{}", ran.out);
    assert!(ran.err.contains("tosca.unknown_property") && ran.err.contains("file.unreadable"), "{}", ran.err);
}

#[test]
fn a_template_without_a_name_is_another_version_of_the_same_application() {
    let nameless = SHOP.replace("metadata: { template_name: shop }\n", "");
    let scratch = Scratch::with(&nameless);
    scratch.put("next.yaml", &nameless);
    let ran = scratch.run(&["diff", "shop.yaml", "next.yaml"]).ended(0);
    assert_eq!(ran.out, "shop: nothing is different\n");
}
