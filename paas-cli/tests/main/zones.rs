//! `paas image zones`, with two real registries where the environment tells by which program.

use crate::{
    image::Registry,
    scratch::{Ran, Scratch},
};

#[test]
fn zones_are_told_by_variables_and_rules_by_words() {
    let scratch = Scratch::new();
    scratch.put("tenant.yaml", "tenant: retail\nproject: 8a3f\nnetworks: []\n");
    let run = |words: &[&str]| scratch.run(&[words, &["--as", "anna"]].concat());
    run(&["namespace", "create", "retail-shop", "--tenant", "./tenant.yaml"]).ended(0);
    let status = run(&["image", "zones", "status", "--tenant", "retail"]).ended(0);
    assert_eq!(status.out, "no namespace has a rule: images stay where they were pushed\n");
    let none = run(&["image", "zones", "scan"]).ended(1);
    assert!(none.err.contains("`PAAS_ZONES` is not set"), "{none:?}");
    // Neither zones nor their absence.
    run(&["image", "zones", "rule", "retail-shop"]).ended(2);
    run(&["image", "zones", "rule", "retail-shop", "--none", "--zones", "north,south"]).ended(2);

    let with_zones = |words: &[&str]| -> Ran {
        let words = [words, &["--as", "anna"]].concat();
        let mut command = scratch.command(&words);
        command.env("PAAS_ZONES", "north,south-1");
        command.env("REGISTRY_ZONE_NORTH_URL", "http://127.0.0.1:1");
        command.env("REGISTRY_ZONE_SOUTH_1_URL", "http://127.0.0.1:2");
        scratch.finished(command, &words)
    };
    let rule = with_zones(&[
        "image",
        "zones",
        "rule",
        "retail-shop",
        "--zones",
        "north,south-1",
        "--tags",
        "versions >=1",
        "--but",
        "*-rc*",
    ]);
    assert_eq!(rule.ended(0).out, "retail-shop: in north, south-1: tags `versions >=1`, but `*-rc*`\n");
    let words = ["image", "zones", "rule", "retail-shop", "--none", "--as", "anna"];
    let mut command = scratch.command(&words);
    command
        .env("PAAS_ZONES", "north,south")
        .env("REGISTRY_ZONE_NORTH_URL", "https://Registry.Bank.Test:443/v2/");
    command.env("REGISTRY_ZONE_SOUTH_URL", "https://registry.bank.test");
    let shared = scratch.finished(command, &words).ended(1);
    assert!(shared.err.contains("`north` and `south` share a registry"), "{shared:?}");
    let unknown = with_zones(&["image", "zones", "rule", "retail-shop", "--zones", "north,moon"]).ended(1);
    assert!(unknown.err.contains("platform.unknown_zone"), "{unknown:?}");
    let status = run(&["image", "zones", "status", "--tenant", "retail"]).ended(0).out;
    assert!(status.contains("south-1  in step  not yet"), "{status}");
    let none = with_zones(&["image", "zones", "rule", "retail-shop", "--none"]).ended(0);
    assert_eq!(none.out, "retail-shop: no rule: images stay where they were pushed\n");
}

#[test]
fn images_come_to_other_zones_by_the_command() {
    let (Some(north), Some(south)) = (Registry::start(), Registry::start()) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let scratch = Scratch::new();
    scratch.put("tenant.yaml", "tenant: retail\nproject: 8a3f\nnetworks: []\n");
    let run = |words: &[&str]| -> Ran {
        let words = [words, &["--as", "anna"]].concat();
        let mut command = scratch.command(&words);
        command.env("PAAS_ZONES", "north,south");
        command.env("REGISTRY_ZONE_NORTH_URL", &north.url).env("REGISTRY_ZONE_SOUTH_URL", &south.url);
        scratch.finished(command, &words)
    };
    run(&["namespace", "create", "retail-shop", "--tenant", "./tenant.yaml"]).ended(0);
    run(&["image", "zones", "rule", "retail-shop", "--zones", "north,south"]).ended(0);
    let web = "retail-shop/web:1.4";
    let digest = runtime.block_on(north.push(web, "a layer")).to_string();
    let short = digest.get(..19).expect("a digest");

    let told = run(&["image", "zones", "scan", "--copies", "0"]).ended(0).out;
    assert_eq!(told, format!("1 image in 1 namespace, 1 to be copied\n{web}: belongs to north\n"));
    let status = run(&["image", "zones", "status", "--tenant", "retail", "--images"]).ended(0).out;
    assert!(
        status.contains("behind by 1") && status.contains(&format!("{web} in south: behind")),
        "{status}"
    );
    let scan = run(&["image", "zones", "scan"]).ended(0).out;
    assert!(scan.contains(&format!("{web}: {short} was copied to south\n")), "{scan}");
    let again = run(&["image", "zones", "scan"]).ended(0).out;
    assert_eq!(again, "1 image in 1 namespace: all in step\n");

    // Somebody pushes where it does not belong.
    let other = runtime.block_on(south.push(web, "another layer")).to_string();
    let scan = run(&["image", "zones", "scan"]).ended(0).out;
    assert!(scan.contains(&format!("{web}: conflict: south holds ")), "{scan}");
    let shown = run(&["image", "zones", "show", web]).ended(0).out;
    assert!(shown.contains("belongs to  north") && shown.contains(&other), "{shown}");
    run(&["image", "zones", "decide", web, "--zone", "south"]).ended(2);
    run(&["image", "zones", "decide", web, "--zone", "south", "--replace", &other]).ended(0);
    let scan = run(&["image", "zones", "scan", "--format", "json"]).ended(0).out;
    let scan: serde_json::Value = serde_json::from_str(&scan).expect("JSON");
    assert_eq!(scan.pointer("/copies/0/what/kind"), Some(&"copied".into()), "{scan}");
}
