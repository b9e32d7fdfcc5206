//! The main path.

use super::world::{MERIDIAN, SECRETS, World};
use serde_json::Value;

#[test]
fn the_bank_is_deployed_shown_scaled_and_removed() {
    let world = World::bank();
    let ran = world.deploy(&[]).ended(0);
    assert_eq!(ran.err, "");
    for part in [
        "deploy retail-banking for meridian: 21 steps\n",
        "  prepare  dmz          meridian-dmz          stack retail-banking\n",
        "           core         meridian-core         volume ledger-data, stack retail-banking\n",
        "  1        application  meridian-application  notifications (healthy),\n",
        "           core         meridian-core         nightly-settlement (runs once)\n",
        "  0 % begun by anna\n",
        "100 % done\n",
        "retail-banking of meridian: deployed, release 1\n",
        "  core         database            active  healthy       1           192.0.2.1:15432\n",
        "               nightly-settlement  active  started-once  1\n",
    ] {
        assert!(ran.out.contains(part), "`{part}` is missing in\n{}", ran.out);
    }

    let ran = world.run(&["status"], MERIDIAN).ended(0);
    assert_eq!(ran.out, "retail-banking: deployed\n");
    let ran = world.run(&["status", "--format", "json", "--tenant", "tenant.yaml"], &[]).ended(0);
    let expected = "{\"applications\":[{\"application\":\"retail-banking\",\"state\":\"deployed\"}],\"tenant\":\"meridian\"}\n";
    assert_eq!(ran.out, expected);
    let ran = world.run(&["status", "retail-banking", "--format", "json"], MERIDIAN).ended(0);
    let status: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((&status["state"], &status["release"]), (&"deployed".into(), &1.into()));
    let networks = status["networks"].as_array().expect("a list");
    let services = networks.iter().map(|network| network["services"].as_array().map_or(0, Vec::len));
    assert_eq!(services.collect::<Vec<_>>(), [2, 6, 3]);

    let ran = world.run(&["scale", "retail-banking", "web-front", "5"], MERIDIAN).ended(0);
    let expected = "changed:\n  dmz  web-front  scale       3 → 5\n  dmz  web-front  containers  3 → 5\n";
    assert!(ran.out.ends_with(expected), "{}", ran.out);

    let ran = world.run(&["remove", "retail-banking"], MERIDIAN).ended(1);
    assert!(ran.out.contains("what goes: 11 services with 22 containers\n"), "{}", ran.out);
    let stays = "what stays: volumes payment-receipts (application), ledger-data (core)\n";
    assert!(ran.out.contains(stays), "{}", ran.out);
    assert!(ran.err.ends_with("help: say --yes\n"), "{}", ran.err);
    assert_eq!(world.sandbox.resources("stack").len(), 3);

    let ran = world.run(&["remove", "retail-banking", "--yes"], MERIDIAN).ended(0);
    assert!(ran.out.ends_with("retail-banking is removed\n"), "{}", ran.out);
    assert_eq!(world.sandbox.resources("stack").len(), 0);
    assert_eq!(world.sandbox.resources("volume").len(), 2);
    assert_eq!(world.run(&["status"], MERIDIAN).ended(0).out, "meridian has no applications\n");
    let ran = world.run(&["status", "retail-banking"], MERIDIAN).ended(1);
    assert!(ran.err.starts_with("error[platform.unknown_application]: "), "{}", ran.err);

    world.assert_no_secret_in_files();
}

#[test]
fn operations_are_told_from_the_journal() {
    let world = World::bank();
    assert_eq!(world.run(&["operations"], &[]).ended(0).out, "there are no operations\n");
    world.deploy(&[]).ended(0);
    world.run(&["scale", "retail-banking", "ledger", "4"], MERIDIAN).ended(0);

    let table = world.run(&["operations"], &[]).ended(0).out;
    let whats: Vec<&str> = table.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert_eq!(whats, ["what", "scale", "deploy"]);
    assert_eq!(world.run(&["operations", "list"], MERIDIAN).ended(0).out, table);
    let ran = world.run(&["operations", "--tenant", "other"], &[]).ended(0);
    assert_eq!(ran.out, "there are no operations\n");

    let ran = world.run(&["operations", "list", "--format", "json"], &[]).ended(0);
    let all: Value = serde_json::from_str(&ran.out).expect("JSON");
    let deployment = &all["operations"][1];
    let facts = ["kind", "application", "by", "state"].map(|name| deployment[name].as_str().expect("a text"));
    assert_eq!(facts, ["deploy", "retail-banking", "anna", "done"]);
    assert_eq!(deployment["percent"], 100);

    let id = deployment["id"].as_str().expect("an id");
    let shown = world.run(&["operations", "show", id], &[]).ended(0).out;
    for part in ["    0 % begun by anna\n", "start `ledger` in `meridian-core`: done\n", "  100 % done\n"] {
        assert!(shown.contains(part), "`{part}` is missing in\n{shown}");
    }
    let ran = world.run(&["operations", "show", id, "--format", "json"], &[]).ended(0);
    let shown: Value = serde_json::from_str(&ran.out).expect("JSON");
    let events = shown["events"].as_array().expect("a list");
    assert_eq!(events.first().map(|event| &event["kind"]), Some(&"begun".into()));
    assert_eq!(events.last().map(|event| &event["kind"]), Some(&"done".into()));
    world.assert_no_secret_in_files();
}

#[test]
fn only_a_plan_changes_nothing_here_or_there() {
    let world = World::bank();
    let before = world.scratch.files(".");
    let ran = world.deploy(&["--plan-only"]).ended(0);
    assert!(ran.out.ends_with("\nnothing was changed\n"), "{}", ran.out);
    assert_eq!(world.scratch.files("."), before);
    assert!(world.sandbox.requests().iter().all(|request| request.method == "GET"));

    // A tenant that is not recorded, in a store that is there.
    world.run(&["operations"], &[]).ended(0);
    let before = world.scratch.files(".");
    world.deploy(&["--plan-only"]).ended(0);
    assert_eq!(world.scratch.files("."), before);
    let ran = world.run(&["status"], MERIDIAN).ended(1);
    assert!(ran.err.starts_with("error[platform.unknown_tenant]: "), "{}", ran.err);
}

#[test]
fn names_and_options_come_from_the_environment_too() {
    let world = World::bank();
    let mut command = world.scratch.command(&["deploy", "template.yaml", "--tenant", "tenant.yaml"]);
    for line in world.sandbox.credentials().lines() {
        let (name, value) = line.split_once('=').expect("a pair");
        command.env(name, value);
    }
    for (name, value) in SECRETS {
        command.env(format!("PAAS_SECRET_{name}"), value);
    }
    command.env("PAAS_STORE", "here.db").env("PAAS_ACTOR", "bert").env("USER", "anna");
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let ran = world.run(&["operations", "--store", "here.db"], &[]).ended(0);
    assert!(ran.out.contains(" bert\n"), "{}", ran.out);
    world.assert_no_secret_in_files();
}

#[test]
fn the_application_can_have_other_inputs_and_another_stack() {
    let world = World::bank();
    let more =
        ["--input", "entry_instances=3", "--stack", "banking", "--lb-image", "registry.bank.test/lb:1"];
    world.deploy(&more).ended(0);
    let stacks = world.sandbox.resources("stack");
    assert!(stacks.iter().all(|stack| stack["name"] == "banking"), "{stacks:?}");
    let ran = world.run(&["status", "retail-banking", "--format", "json"], MERIDIAN).ended(0);
    let status: Value = serde_json::from_str(&ran.out).expect("JSON");
    let entry = &status["networks"][0]["services"][0];
    assert_eq!((&entry["name"], &entry["scale"]), (&"entry".into(), &3.into()));
    assert_eq!(entry["image"], "registry.bank.test/lb:1");
}
