//! `paas graph`.

use crate::scratch::{SHOP, Scratch, misspelt_shop};

#[test]
fn prints_each_language() {
    let scratch = Scratch::with(SHOP);
    for (format, begins) in [("mermaid", "flowchart"), ("dot", "digraph"), ("svg", "<svg")] {
        let ran = scratch.run(&["graph", "shop.yaml", "--format", format]).ended(0);
        assert!(ran.out.contains(begins), "{}", ran.out);
        for service in ["web", "api"] {
            assert!(ran.out.contains(service), "{}", ran.out);
        }
        let out = format!("picture.{format}");
        let saved = scratch.run(&["graph", "shop.yaml", "--format", format, "--out", &out]).ended(0);
        assert_eq!((saved.out.as_str(), saved.err.as_str()), ("", ""));
        assert_eq!(scratch.read(&out), ran.out);
    }
}

#[test]
fn there_is_no_picture_of_errors() {
    let scratch = Scratch::with(&misspelt_shop());
    let ran = scratch.run(&["graph", "shop.yaml", "--format", "svg", "--out", "shop.svg"]).ended(1);
    assert!(ran.out.is_empty() && ran.err.contains("tosca.unknown_property"), "{ran:#?}");
    assert!(!scratch.path("shop.svg").exists());
}

#[test]
fn the_template_is_not_drawn_over() {
    let scratch = Scratch::with(SHOP);
    let ran = scratch.run(&["graph", "shop.yaml", "--format", "dot", "--out", "./shop.yaml"]).ended(1);
    assert!(ran.err.contains("`./shop.yaml` cannot be written: it is the template"), "{}", ran.err);
    assert_eq!(scratch.read("shop.yaml"), SHOP);
}
