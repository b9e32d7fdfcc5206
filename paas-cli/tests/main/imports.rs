//! Templates of several files, and archives.

use crate::scratch::{SHOP, Scratch};

const VERSION: &str = "tosca_definitions_version: tosca_simple_yaml_1_3\n";

fn shop(import: &str) -> String {
    SHOP.replacen("metadata:", &format!("imports: [ {import} ]\nmetadata:"), 1)
}

#[test]
fn files_below_the_folder_of_the_template_are_imported() {
    let scratch = Scratch::with(&shop("types/web.yaml"));
    scratch.put("types/web.yaml", format!("{VERSION}node_types: {{ a.Web: {{ derived_from: Rot }} }}\n"));
    let ran = scratch.run(&["check", "shop.yaml"]).ended(1);
    for part in ["[types/web.yaml:2:38]", "node_types: { a.Web", "───"] {
        assert!(ran.out.contains(part), "`{part}` is missing in\n{}", ran.out);
    }
    scratch.put("types/web.yaml", format!("{VERSION}node_types: {{ a.Web: {{ derived_from: Root }} }}\n"));
    scratch.run(&["check", "shop.yaml"]).ended(0);
    scratch.run(&["translate", "shop.yaml", "--out", "release"]).ended(0);
    scratch.run(&["graph", "shop.yaml", "--format", "dot"]).ended(0);
}

#[test]
fn nothing_outside_is_imported_unless_the_folder_is_wider() {
    let scratch = Scratch::new();
    scratch.put("shops/shop.yaml", shop("../types.yaml"));
    scratch.put("types.yaml", VERSION);
    let check = ["check", "shops/shop.yaml", "--format", "short"];
    let ran = scratch.run(&check).ended(1);
    assert_eq!(
        ran.out,
        "shops/shop.yaml:2:12: error[tosca.import_refused]: `../types.yaml` cannot be imported: it leads out of the \
         folder of the template\n"
    );
    let wider = [&check[..], &["--folder", "."]].concat();
    assert_eq!(scratch.run(&wider).ended(0).out, "");
}

#[test]
fn what_is_named_as_an_archive_must_be_one() {
    let scratch = Scratch::new();
    scratch.put("shop.csar", SHOP);
    let ran = scratch.run(&["check", "shop.csar", "--format", "short"]).ended(1);
    assert_eq!(ran.out, "shop.csar:1:1: error[csar.not_zip]: `shop.csar` is no zip archive\n");
}

#[test]
fn the_examples_of_several_files_are_right() {
    for example in ["imports", "nested"] {
        let example = format!("{}/../examples/{example}/template.yaml", env!("CARGO_MANIFEST_DIR"));
        let ran = Scratch::new().run(&["translate", &example, "--out", "shop"]).ended(0);
        assert_eq!(ran.err, "", "{example}");
    }
}
