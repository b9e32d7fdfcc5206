//! `paas clone`, and the example of `docs/clone.md`.

use crate::scratch::{SHOP, Scratch};
use serde_json::Value;
use std::{fs, path::Path};

const MAP: &str = "networks: { dmz: outer }\nregistries: { docker.io: r.test/hub }\n";

fn scratch() -> Scratch {
    let scratch = Scratch::with(SHOP);
    scratch.put("map.yaml", MAP);
    scratch
}

/// What becomes of [`SHOP`].
fn clone() -> String {
    SHOP.replace("network_name: dmz", "network_name: outer").replace("'shop/", "'r.test/hub/shop/")
}

#[test]
fn a_clone_is_printed_or_written() {
    let scratch = scratch();
    let ran = scratch.run(&["clone", "shop.yaml", "--map", "map.yaml"]).ended(0);
    assert_eq!((ran.out, ran.err), (clone(), String::new()));
    let write = ["clone", "shop.yaml", "--map", "map.yaml", "--out", "b.yaml"];
    assert_eq!(scratch.run(&write).ended(0).out, "b.yaml: written\n");
    assert_eq!(scratch.read("b.yaml"), clone());
    scratch.put("b.yaml", "theirs");
    let ran = scratch.run(&write).ended(1);
    assert!(ran.err.contains("file.not_ours") && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(scratch.read("b.yaml"), "theirs");
    scratch.run(&[&write[..], &["--force"]].concat()).ended(0);
    assert_eq!(scratch.read("b.yaml"), clone());
    for file in ["shop.yaml", "map.yaml"] {
        let before = scratch.read(file);
        let ran =
            scratch.run(&["clone", "shop.yaml", "--map", "map.yaml", "--out", file, "--force"]).ended(1);
        assert!(ran.err.contains("cannot be written: it is the"), "{}", ran.err);
        assert_eq!(scratch.read(file), before);
    }
}

#[test]
fn a_clone_as_json() {
    let scratch = scratch();
    let document = |args: &[&str], ended| -> Value {
        let args = [&["clone", "shop.yaml", "--map", "map.yaml", "--format", "json"], args].concat();
        serde_json::from_str(&scratch.run(&args).ended(ended).out).expect("JSON")
    };
    let printed = document(&[], 0);
    assert_eq!(printed["files"]["shop.yaml"], clone());
    let written = document(&["--out-dir", "b"], 0);
    assert!(written["files"].is_null());
    assert_eq!(written["written"][0], Path::new("b").join("shop.yaml").to_str().expect("UTF-8"));
    scratch.put("map.yaml", "networks: { dmzz: outer }");
    let refused = document(&[], 1);
    assert_eq!(refused["diagnostics"][0]["code"], "clone.no_match");
    assert_eq!(refused["diagnostics"][0]["labels"][0]["file"], "map.yaml");
}

#[test]
fn imported_files_go_along() {
    let scratch = Scratch::new();
    let types = "tosca_definitions_version: tosca_simple_yaml_1_3\nnode_types:\n  shop.nodes.Web:\n    derived_from: paas.nodes.Service\n    properties: { image: { type: string, default: 'shop/web:1.0' } }\n";
    let shop = SHOP
        .replacen("topology_template:", "imports: [ types/web.yaml ]\ntopology_template:", 1)
        .replacen("paas.nodes.Service", "shop.nodes.Web", 1)
        .replacen("image: 'shop/web:1.0', ", "", 1);
    scratch.put("a/shop.yaml", &shop);
    scratch.put("a/types/web.yaml", types);
    scratch.put("map.yaml", MAP);
    let clone = |args: &[&str]| scratch.run(&[&["clone", "a/shop.yaml", "--map", "map.yaml"], args].concat());
    for args in [&[][..], &["--out", "b.yaml"]] {
        let ran = clone(args).ended(1);
        assert!(ran.err.contains("the clone has 2 files") && ran.err.contains("--out-dir"), "{}", ran.err);
        assert_eq!(ran.out, "");
    }
    assert!(!scratch.path("b.yaml").exists());
    scratch.put("map.yaml", "networks: { dmz: outer }");
    let ran = clone(&["--out", "b.yaml"]).ended(1);
    assert!(ran.err.contains("it imports `a/types/web.yaml`"), "{}", ran.err);
    assert!(ran.err.contains("--out-dir"), "{}", ran.err);
    let ran = clone(&["--out", "a/types/web.yaml", "--force"]).ended(1);
    assert!(ran.err.contains("it is a file that"), "{}", ran.err);
    assert_eq!(scratch.read("a/types/web.yaml"), types);
    clone(&["--out", "a/b.yaml"]).ended(0);
    scratch.run(&["check", "a/b.yaml"]).ended(0);
    scratch.put("map.yaml", MAP);
    clone(&["--out-dir", "b"]).ended(0);
    let files: Vec<_> = scratch.files("b").into_keys().collect();
    assert_eq!(files, ["shop.yaml", "types/web.yaml"]);
    assert_eq!(scratch.read("b/types/web.yaml"), types.replace("shop/web", "r.test/hub/shop/web"));
    scratch.run(&["check", "b/shop.yaml"]).ended(0);
    assert!(clone(&["--out-dir", "b"]).ended(1).err.contains("file.not_ours"));
}

#[test]
fn the_other_tenant_has_what_it_needs() {
    let scratch = scratch();
    let clone = ["clone", "shop.yaml", "--map", "map.yaml", "--tenant", "b.yaml", "--out", "shop-b.yaml"];
    scratch.put(
        "b.yaml",
        "tenant: b\nnetworks: [ { name: outr, environment: o }, { name: core, environment: c } ]\n",
    );
    let ran = scratch.run(&clone).ended(1);
    for part in ["resource.unknown_network", "no network `outer`", "did you mean `outr`?"] {
        assert!(ran.err.contains(part), "`{part}` is missing in\n{}", ran.err);
    }
    assert!(!scratch.path("shop-b.yaml").exists());
    scratch.put(
        "b.yaml",
        "tenant: b\nnetworks: [ { name: outer, environment: o }, { name: core, environment: c } ]\n",
    );
    scratch.run(&clone).ended(0);
    scratch.put("b.yaml", "tenants: b\n");
    assert!(scratch.run(&clone).ended(1).err.contains("b.yaml:1:1"));
}

#[test]
fn the_page_shows_what_happens() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/clone.md");
    let page = fs::read_to_string(page).expect("the page");
    let block = |language: &str, number: usize| {
        let rest = page.split(&format!("```{language}\n")).nth(number + 1).expect("a block");
        rest.split("```\n").next().unwrap_or_default().to_owned()
    };
    let scratch = Scratch::with(&block("yaml", 0));
    scratch.put("map.yaml", block("yaml", 1));
    scratch.put("tenant-b.yaml", block("yaml", 2));
    let mut count = 0;
    for part in block("console", 0).split("$ paas ").skip(1) {
        let (command, expected) = part.split_once('\n').expect("a line");
        let args: Vec<_> = command.split(' ').collect();
        assert_eq!(scratch.run(&args).ended(0).out, expected, "{command}");
        count += 1;
    }
    assert_eq!(count, 2);
    let (before, after) = (scratch.read("shop.yaml"), scratch.read("shop-b.yaml"));
    assert_eq!(before.lines().count(), after.lines().count());
    let pairs = before.lines().zip(after.lines()).filter(|(before, after)| before != after);
    let differs: String = pairs.map(|(before, after)| format!("-{before}\n+{after}\n")).collect();
    assert_eq!(differs, block("diff", 0));
}
