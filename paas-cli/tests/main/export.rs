//! `paas export`.

use crate::scratch::{SHOP, SHOP_FILES, Scratch, misspelt_shop};

const WRITTEN: &str = "\
tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop }
imports: [ paas-profile-1.0.yaml ]

topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    core: { type: paas.nodes.Network }

    web:
      type: paas.nodes.Service
      properties:
        image: shop/web:1.0
        resources: { cpu_limit: 0.5, memory_limit: 64 MiB }
      requirements:
        - network: dmz
        - connection: api

    api:
      type: paas.nodes.Service
      properties:
        image: shop/api:1.0
        ports: [ { container: 8080 } ]
        resources: { cpu_limit: 0.5, memory_limit: 64 MiB }
      requirements:
        - network: core
";

#[test]
fn a_template_is_written_again() {
    let scratch = Scratch::with(SHOP);
    let ran = scratch.run(&["export", "shop.yaml"]).ended(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), (WRITTEN, ""));
    let saved = scratch.run(&["export", "shop.yaml", "--out", "again.yaml"]).ended(0);
    assert_eq!((saved.out.as_str(), saved.err.as_str()), ("", ""));
    assert_eq!(scratch.read("again.yaml"), WRITTEN);
}

#[test]
fn what_is_exported_translates_to_the_same_files() {
    let scratch = Scratch::with(SHOP);
    scratch.run(&["translate", "shop.yaml", "--out", "one"]).ended(0);
    scratch.run(&["export", "shop.yaml", "--out", "again.yaml"]).ended(0);
    scratch.run(&["export", "one/release.json", "--out", "released.yaml"]).ended(0);
    for (template, folder) in [("again.yaml", "two"), ("released.yaml", "three")] {
        scratch.run(&["translate", template, "--out", folder]).ended(0);
        for file in SHOP_FILES.iter().filter(|file| file.ends_with(".yml")) {
            assert_eq!(
                scratch.read(&format!("one/{file}")),
                scratch.read(&format!("{folder}/{file}")),
                "{template}: {file}"
            );
        }
    }
}

#[test]
fn nothing_is_exported_of_errors() {
    let scratch = Scratch::with(&misspelt_shop());
    let ran = scratch.run(&["export", "shop.yaml", "--out", "again.yaml"]).ended(1);
    assert!(ran.out.is_empty() && ran.err.contains("tosca.unknown_property"), "{ran:#?}");
    assert!(!scratch.path("again.yaml").exists());
}

#[test]
fn an_input_without_a_value_is_an_error() {
    let text = SHOP.replace("  node_templates:", "  inputs: { tag: { type: string } }\n  node_templates:");
    let scratch =
        Scratch::with(&text.replace("'shop/web:1.0'", "{ concat: [ 'shop/web:', { get_input: tag } ] }"));
    let ran = scratch.run(&["export", "shop.yaml"]).ended(1);
    assert!(ran.out.is_empty() && ran.err.contains("tosca.input_missing"), "{}", ran.err);
    let ran = scratch.run(&["export", "shop.yaml", "--input", "tag=1.0"]).ended(0);
    assert_eq!(ran.out, WRITTEN);
}

#[test]
fn a_release_has_no_inputs() {
    let scratch = Scratch::with(SHOP);
    scratch.run(&["translate", "shop.yaml", "--out", "out"]).ended(0);
    let ran = scratch.run(&["export", "out/release.json", "--input", "tag=1"]).ended(1);
    assert!(ran.err.contains("`tag` is given, but a release has no inputs"), "{}", ran.err);
}

#[test]
fn a_release_of_a_later_format_is_refused() {
    let scratch = Scratch::with(SHOP);
    scratch.put("r.json", r#"{ "format": 99, "parts": [], "stages": [] }"#);
    let ran = scratch.run(&["export", "r.json"]).ended(1);
    assert!(ran.err.contains("`r.json` cannot be read: the release has the format 99"), "{}", ran.err);
}

#[test]
fn the_template_is_not_written_over() {
    let scratch = Scratch::with(SHOP);
    let ran = scratch.run(&["export", "shop.yaml", "--out", "./shop.yaml"]).ended(1);
    assert!(ran.err.contains("`./shop.yaml` cannot be written: it is the template"), "{}", ran.err);
    assert_eq!(scratch.read("shop.yaml"), SHOP);
}
