//! `paas translate`: all files or none, and never over what it did not write.

use crate::scratch::{SHOP, SHOP_FILES, Scratch, misspelt_shop, shop_in_one_network};
use serde_json::Value;

const TRANSLATE: [&str; 4] = ["translate", "shop.yaml", "--out", "out"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&TRANSLATE[..], more].concat()
}

#[test]
fn writes_the_files_of_every_network() {
    let scratch = Scratch::with(SHOP);
    let ran = scratch.run(&TRANSLATE).ended(0);
    assert_eq!(ran.err, "");
    assert_eq!(
        ran.out,
        "\
shop: 2 networks, 2 services, 2 stages

  stage  network  services
  1      core     api
  2      dmz      web

  new       out/release.json
  new       out/dmz/docker-compose.yml
  new       out/dmz/rancher-compose.yml
  new       out/core/docker-compose.yml
  new       out/core/rancher-compose.yml
files in `out`: 5 new
"
    );
    let files = scratch.files("out");
    assert!(files.keys().eq(SHOP_FILES.iter()), "{:?}", files.keys());
    assert!(scratch.read("out/dmz/docker-compose.yml").contains("shop/web:1.0"));
    let release: Value = serde_json::from_str(&scratch.read("out/release.json")).expect("JSON");
    assert_eq!((&release["format"], &release["stack"]), (&1.into(), &"shop".into()));
}

#[test]
fn the_same_again_changes_nothing() {
    let scratch = Scratch::with(SHOP);
    scratch.run(&TRANSLATE).ended(0);
    let (files, modified) = (scratch.files("out"), modified(&scratch));
    let ran = scratch.run(&TRANSLATE).ended(0);
    assert!(ran.out.ends_with("\nfiles in `out`: 5 unchanged\n"), "{}", ran.out);
    assert_eq!(scratch.files("out"), files);
    assert_eq!(self::modified(&scratch), modified);
}

fn modified(scratch: &Scratch) -> Vec<std::time::SystemTime> {
    let path = |file: &&str| scratch.path("out").join(file);
    let time = |path: std::path::PathBuf| path.metadata().and_then(|metadata| metadata.modified());
    SHOP_FILES.iter().map(path).map(|path| time(path).expect("a time")).collect()
}

#[test]
fn replaces_what_it_wrote_and_removes_what_is_gone() {
    let scratch = Scratch::with(SHOP);
    scratch.run(&TRANSLATE).ended(0);
    scratch.put("shop.yaml", shop_in_one_network());
    let ran = scratch.run(&TRANSLATE).ended(0);
    assert!(ran.out.contains("  removed   out/core/docker-compose.yml\n"), "{}", ran.out);
    assert!(!scratch.path("out/core").exists());
    assert_eq!(scratch.files("out").len(), 4);
}

#[test]
fn foreign_files_stop_everything_unless_forced() {
    let scratch = Scratch::with(SHOP);
    scratch.put("out/release.json", "mine");
    scratch.put("out/core/docker-compose.yml", "mine");
    let before = scratch.files("out");
    let ran = scratch.run(&with(&["--format", "short"])).ended(1);
    assert_eq!(ran.out, "");
    assert_eq!(
        ran.err,
        "\
out/release.json:1:1: error[file.not_ours]: `out/release.json` was not written by a translation
out/core/docker-compose.yml:1:1: error[file.not_ours]: `out/core/docker-compose.yml` was not written by a translation
"
    );
    let human = scratch.run(&TRANSLATE).ended(1);
    assert!(human.err.contains("--force") && human.err.ends_with("\n2 errors\n"), "{}", human.err);
    assert_eq!(scratch.files("out"), before);

    let ran = scratch.run(&with(&["--force"])).ended(0);
    assert!(ran.out.contains("  replaced  out/release.json\n"), "{}", ran.out);
    assert!(scratch.files("out").keys().eq(SHOP_FILES.iter()));
}

#[test]
fn changed_files_are_not_overwritten() {
    let scratch = Scratch::with(SHOP);
    scratch.run(&TRANSLATE).ended(0);
    scratch.put("out/dmz/docker-compose.yml", "tuned by hand");
    scratch.put("shop.yaml", SHOP.replace("web:1.0", "web:1.1"));
    let before = scratch.files("out");
    let ran = scratch.run(&with(&["--format", "short"])).ended(1);
    assert!(ran.err.contains("`out/dmz/docker-compose.yml` was changed since it was written"), "{}", ran.err);
    assert_eq!(scratch.files("out"), before);
}

#[test]
fn a_template_with_errors_writes_nothing() {
    let scratch = Scratch::with(SHOP);
    scratch.run(&TRANSLATE).ended(0);
    let before = scratch.files("out");
    scratch.put("shop.yaml", misspelt_shop());
    let ran = scratch.run(&TRANSLATE).ended(1);
    assert!(ran.out.is_empty() && ran.err.contains("tosca.unknown_property"), "{ran:#?}");
    assert_eq!(scratch.files("out"), before);
    scratch.run(&["translate", "shop.yaml", "--out", "new", "--force"]).ended(1);
    assert!(!scratch.path("new").exists());
}

#[test]
fn says_as_json_what_was_written() {
    let scratch = Scratch::with(SHOP);
    let ran = scratch.run(&with(&["--format", "json"])).ended(0);
    let document: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((&document["file"], &document["errors"]), (&"shop.yaml".into(), &0.into()));
    assert_eq!(document["written"]["folder"], "out");
    assert_eq!(document["written"]["created"].as_array().map(Vec::len), Some(5));
    scratch.put("out/release.json", "mine");
    let ran = scratch.run(&with(&["--format", "json"])).ended(1);
    let document: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(document["written"], Value::Null);
    assert_eq!(document["diagnostics"][0]["code"], "file.not_ours");
}

#[test]
fn the_target_is_taken() {
    let scratch = Scratch::with(SHOP);
    let ran = scratch.run(&with(&[
        "--stack",
        "shop-blue",
        "--environment",
        "core=prod-core",
        "--target",
        "rancher-1.6.28",
        "--lb-image",
        "mirror.test/lb:1",
    ]));
    ran.ended(0);
    let release: Value = serde_json::from_str(&scratch.read("out/release.json")).expect("JSON");
    assert_eq!(release["stack"], "shop-blue");
    assert_eq!(release["parts"][1]["environment"], "prod-core");
    assert_eq!(release["backend"]["version"], "1.6.28");
    assert_eq!(release["backend"]["load_balancer_image"], "mirror.test/lb:1");
    assert!(scratch.read("out/dmz/docker-compose.yml").contains("prod-core/shop-blue/api"));

    let ran = scratch.run(&with(&["--rancher", "1.6.14", "--format", "short"])).ended(1);
    assert!(ran.err.contains("error[target.links_need_region]"), "{}", ran.err);
    let ran = scratch.run(&with(&["--environment", "cor=prod", "--format", "short"])).ended(1);
    assert!(ran.err.contains("error[target.unknown_network]"), "{}", ran.err);
}

#[test]
fn secrets_are_in_no_file_and_cannot_be_said() {
    let template = SHOP
        .replace("{ template_name: shop }", "{ template_name: shop, secret_inputs: \"key\" }")
        .replace("  node_templates:\n", "  inputs: { key: { type: string } }\n  node_templates:\n")
        .replace("image: 'shop/web:1.0'", "image: 'shop/web:1.0', environment: { KEY: { get_input: key } }");
    let scratch = Scratch::with(&template);
    scratch.run(&TRANSLATE).ended(0);
    let release: Value = serde_json::from_str(&scratch.read("out/release.json")).expect("JSON");
    let answer = release["secrets"][0]["answer"].as_str().expect("the name of the answer");
    assert!(scratch.read("out/dmz/docker-compose.yml").contains(&format!("${{{answer}}}")));
    let ran = scratch.run(&with(&["--input", "key=s3cr3t-value"])).ended(1);
    assert!(!ran.err.contains("s3cr3t-value") && !ran.out.contains("s3cr3t-value"), "{ran:#?}");
}
