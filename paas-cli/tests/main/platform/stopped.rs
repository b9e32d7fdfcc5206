//! Operations that do not reach their end at once.

use super::world::{MERIDIAN, World};
use crate::scratch::Ran;
use paas_sandbox::{Fault, Trouble};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read},
    process::Command,
};

/// Deploys with a service that never gets healthy.
fn stopped(world: &World) -> Ran {
    world.sandbox.add_fault(Fault::new(Trouble::NeverHealthy).service("api-gateway"));
    world.deploy(&["--wait", "1"]).ended(1)
}

/// What a server says that does not like what it was sent.
const REFUSAL: &str = r#"{"type":"error","status":422,"code":"InvalidOption","message":"no"}"#;

/// The command that begins so, as it was printed.
fn printed<'a>(text: &'a str, beginning: &str) -> &'a str {
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| line.starts_with(beginning)).unwrap_or_else(|| panic!("no `{beginning}` in\n{text}"))
}

#[test]
fn a_service_that_never_gets_healthy_stops_it_until_it_is_resumed() {
    let world = World::bank();
    let ran = stopped(&world);
    for part in [
        "error[platform.not_ready",
        "`api-gateway` in `meridian-application`",
        "GET /healthz on port 8080",
        "\nstep: wait for `card-network`, `accounts`, `payments`, `api-gateway` in `meridian-application`\n",
        "\nhelp: look at the log of its containers",
        "\nerror[platform.operation_stopped]: the operation `op-",
    ] {
        assert!(ran.err.contains(part), "`{part}` is missing in\n{}", ran.err);
    }
    let list = world.run(&["operations"], &[]).ended(0).out;
    assert!(list.contains("  stopped  "), "{list}");
    let status = world.run(&["status", "retail-banking", "--format", "json"], MERIDIAN).ended(0);
    let status: Value = serde_json::from_str(&status.out).expect("JSON");
    assert_eq!(status["state"], "deploying");
    let dmz = &status["networks"][0]["services"];
    assert!(dmz.as_array().expect("a list").iter().all(|service| service["state"] == "inactive"), "{dmz}");

    // Who deploys again is told of it.
    let again = world.deploy(&[]).ended(1);
    assert!(again.err.starts_with("error[platform.application_busy]: "), "{}", again.err);
    let id = status["operation"].as_str().expect("an id");
    assert!(printed(&again.err, "paas operations resume ").contains(id));

    let shown = world.run(&["operations", "show", id], &[]).ended(0).out;
    assert!(shown.contains("\nerror[platform.not_ready"), "{shown}");
    assert!(printed(&shown, "paas operations abandon ").contains(id));

    world.sandbox.clear_faults();
    let ran = world.run_printed(printed(&ran.err, "paas operations resume ")).ended(0);
    assert!(!ran.out.contains("begun by"), "what was told is not told again: {}", ran.out);
    assert!(ran.out.contains("resumed by anna\n"), "{}", ran.out);
    assert!(ran.out.contains("retail-banking of meridian: deployed, release 1\n"), "{}", ran.out);
    assert_eq!(world.changes("POST", "/stacks"), 3);
    assert_eq!(world.changes("POST", "/volumes"), 2);
    world.assert_no_secret_in_files();
}

#[test]
fn what_was_abandoned_can_be_removed() {
    let world = World::bank();
    let ran = stopped(&world);
    let ran = world.run_printed(printed(&ran.err, "paas operations abandon ")).ended(0);
    let expected = "what it made stays until `paas remove retail-banking --tenant meridian` removes it\n";
    assert!(ran.out.ends_with(expected), "{}", ran.out);
    assert_eq!(world.run(&["status"], MERIDIAN).ended(0).out, "retail-banking: incomplete\n");
    world.run(&["remove", "retail-banking", "--yes"], MERIDIAN).ended(0);
    assert_eq!(world.sandbox.resources("stack").len(), 0);

    let list = world.run(&["operations"], &[]).ended(0).out;
    let id = list.lines().last().and_then(|line| line.split_whitespace().next()).expect("an id");
    for command in ["resume", "abandon"] {
        let ran = world.run(&["operations", command, id], &[]).ended(1);
        let expected = format!("error[platform.operation_state]: the operation `{id}` is abandoned\n");
        assert!(ran.err.starts_with(&expected), "{}", ran.err);
    }
}

#[test]
fn ctrl_c_loses_nothing() {
    let world = World::bank();
    let fault = Trouble::StaysActivating { message: "waiting".to_owned() };
    world.sandbox.add_fault(Fault::new(fault).service("ledger"));
    let mut child = world.start_deploying();
    let mut lines = BufReader::new(child.stdout.take().expect("the output")).lines();
    let waits = lines.any(|line| line.expect("a line").contains("ledger is activating"));
    assert!(waits);
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
    // Nobody reads the output any more, and that is no failure.
    drop(lines);
    let mut err = String::new();
    child.stderr.take().expect("the errors").read_to_string(&mut err).expect("UTF-8");
    assert_eq!(child.wait().expect("its end").code(), Some(130), "{err}");
    assert!(err.starts_with("\ninterrupted: the operation `op-"), "{err}");

    let list = world.run(&["operations"], &[]).ended(0).out;
    assert!(list.contains("  interrupted  "), "{list}");
    world.sandbox.clear_faults();
    let ran = world.run_printed(printed(&err, "paas operations resume ")).ended(0);
    assert!(ran.out.contains("retail-banking of meridian: deployed"), "{}", ran.out);
    assert_eq!(world.changes("POST", "/stacks"), 3);
}

#[test]
fn an_operation_that_needs_its_secrets_again_says_so() {
    let world = World::bank();
    let fault = Trouble::Answer {
        status: 422,
        body: REFUSAL.to_owned(),
        content_type: "application/json".to_owned(),
    };
    world.sandbox.add_fault(Fault::new(fault).method("POST").path("/stacks").times(3));
    let ran = world.deploy(&[]).ended(1);
    let resume = printed(&ran.err, "paas operations resume ");
    let without = resume.replace(" --secrets secrets.env", "");
    let ran = world.run_printed(&without).ended(1);
    assert!(ran.err.contains("error[resource.secret_missing]: "), "{}", ran.err);
    world.run_printed(resume).ended(0);
}
