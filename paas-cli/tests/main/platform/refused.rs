//! What keeps a command from doing anything.

use super::world::{MERIDIAN, World};
use paas_sdk::platform::{seam::SystemClock, store::SqliteStore};
use std::{net::TcpListener, process};

#[test]
fn a_key_that_is_not_right() {
    let world = World::bank();
    let key =
        format!("RANCHER_URL={}\nRANCHER_ACCESS_KEY=wrong\nRANCHER_SECRET_KEY=wrong\n", world.sandbox.url());
    world.put_private("wrong", &key);
    let words = ["deploy", "template.yaml", "--tenant", "tenant.yaml", "--secrets", "secrets.env"];
    let ran = world.run_with_key("wrong", &words).ended(1);
    assert!(ran.err.starts_with("error[client.rancher.unauthorized]: "), "{}", ran.err);
    assert!(ran.err.contains("\nhelp: "), "{}", ran.err);
    assert_eq!(ran.out, "");
    assert_eq!(world.run(&["operations"], &[]).ended(0).out, "there are no operations\n");
}

#[test]
fn credentials_that_cannot_be_used() {
    let world = World::bank();
    world.set_mode("key", 0o644);
    let ran = world.deploy(&[]).ended(1);
    assert!(ran.err.starts_with("error[client.rancher.configuration]: "), "{}", ran.err);
    assert!(ran.err.contains("can be read by others (mode 644)"), "{}", ran.err);
    let ran = world.scratch.run(&["status", "bank", "--tenant", "meridian"]).ended(1);
    let expected = "error[client.rancher.configuration]: the environment variable `RANCHER_ACCESS_KEY` is not set\n\
                    help: name a file by --credentials, or set RANCHER_URL, RANCHER_ACCESS_KEY and RANCHER_SECRET_KEY\n";
    assert_eq!(ran.err, expected);
    assert!(!world.scratch.path("paas.db").exists(), "no store is made for nothing");
}

#[test]
fn a_server_that_is_not_there() {
    let world = World::bank();
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    let key = format!("RANCHER_URL=http://{closed}\nRANCHER_ACCESS_KEY=access\nRANCHER_SECRET_KEY=secret\n");
    world.put_private("other", &key);
    let words = ["deploy", "template.yaml", "--tenant", "tenant.yaml", "--secrets", "secrets.env"];
    let ran = world.run_with_key("other", &words).ended(1);
    assert!(ran.err.starts_with("error[client.rancher.connect]: "), "{}", ran.err);
    // What is recorded can be read without it.
    assert_eq!(world.run_with_key("other", &["status", "--tenant", "meridian"]).ended(0).err, "");
}

#[test]
fn a_store_that_another_process_has() {
    let world = World::bank();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let open = SqliteStore::open(world.scratch.path("paas.db"), SystemClock::new());
    let store = runtime.block_on(open).expect("a store");
    for ran in [world.deploy(&[]), world.run(&["operations"], &[])] {
        let err = ran.ended(1).err;
        let expected = format!("paas.db` is in use by process {}: ", process::id());
        assert!(err.starts_with("error[store.locked]: ") && err.contains(&expected), "{err}");
    }
    runtime.block_on(store.close());
    world.run(&["operations"], &[]).ended(0);
}

#[test]
fn a_store_that_is_none() {
    let world = World::bank();
    world
        .scratch
        .put("paas.db", "something else, that is longer than the head of a database would be, by far");
    let ran = world.run(&["operations", "--format", "json"], &[]).ended(1);
    let error: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(error["error"]["code"], "store.not_a_store");
    assert!(error["error"]["help"].is_string());
}

#[test]
fn secrets_that_others_can_read() {
    let world = World::bank();
    world.set_mode("secrets.env", 0o644);
    let ran = world.deploy(&[]).ended(1);
    assert!(ran.err.starts_with("error[file.unreadable]\n"), "{}", ran.err);
    assert!(ran.err.contains("chmod 600 secrets.env"), "{}", ran.err);
    assert!(world.sandbox.requests().is_empty());
}

#[test]
fn secrets_that_are_missing() {
    let world = World::bank();
    world.put_private("secrets.env", "card_api_key=canary-key-e05b2c\n");
    let ran = world.deploy(&[]).ended(1);
    for part in ["error[resource.secret_missing]\n", "`database_password`", "PAAS_SECRET_NAME\n"] {
        assert!(ran.err.contains(part), "`{part}` is missing in\n{}", ran.err);
    }
    assert!(world.sandbox.requests().iter().all(|request| request.method == "GET"));
}

#[test]
fn files_with_mistakes_are_shown_at_their_places() {
    let world = World::bank();
    let tenant = world.scratch.read("tenant.yaml");
    world.scratch.put("tenant.yaml", tenant.replace("tier: silver", "teir: silver"));
    let ran = world.deploy(&[]).ended(1);
    assert!(ran.err.contains("error[tenant.unknown_key]\n"), "{}", ran.err);
    assert!(ran.err.contains("[tenant.yaml:"), "{}", ran.err);

    world.scratch.put("tenant.yaml", tenant.replace("name: core, ", "name: kernel, "));
    let ran = world.deploy(&[]).ended(1);
    assert!(ran.err.contains("error[resource.unknown_network]\n"), "{}", ran.err);
    assert!(ran.err.contains("[template.yaml:"), "{}", ran.err);

    world.scratch.put("tenant.yaml", &tenant);
    let template = world.scratch.read("template.yaml");
    world.scratch.put("template.yaml", template.replace("connection: ledger", "connection: ledgr"));
    let ran = world.deploy(&[]).ended(1);
    assert!(ran.err.contains("help: did you mean `ledger`?"), "{}", ran.err);
    assert_eq!(world.sandbox.resources("stack").len(), 0);
}

#[test]
fn names_that_nothing_has() {
    let world = World::bank();
    world.deploy(&[]).ended(0);
    for (words, code) in [
        (&["status", "retail", "--tenant", "meridian"][..], "platform.unknown_application"),
        (&["status", "--tenant", "other"], "platform.unknown_tenant"),
        (&["scale", "retail-banking", "web", "2", "--tenant", "meridian"], "platform.unknown_service"),
        (&["scale", "retail-banking", "card-network", "2", "--tenant", "meridian"], "platform.not_scalable"),
        (&["remove", "retail", "--tenant", "meridian"], "platform.unknown_application"),
        (&["operations", "show", "op-0"], "platform.unknown_operation"),
        (&["operations", "resume", "op-0"], "platform.unknown_operation"),
    ] {
        let ran = world.run(words, &[]).ended(1);
        assert!(ran.err.starts_with(&format!("error[{code}]: ")), "{words:?}: {}", ran.err);
        assert!(ran.err.contains("\nhelp: "), "{words:?}: {}", ran.err);
    }
    let ran = world.deploy(&[]).ended(1);
    assert!(ran.err.starts_with("error[platform.application_deployed]: "), "{}", ran.err);
}

#[test]
fn nobody_who_acts() {
    let world = World::bank();
    let words = ["remove", "bank", "--credentials", "key"];
    let ran = world.scratch.run(&[&words[..], MERIDIAN].concat()).ended(1);
    let expected = "error: nothing says who acts, and the journal is to tell it\n\
                    help: say --as NAME, or set the variable PAAS_ACTOR\n";
    assert_eq!(ran.err, expected);
}
