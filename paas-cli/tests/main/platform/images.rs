//! Which images a tenant may deploy, and where they come from.

use super::world::World;
use crate::scratch::Ran;

fn deploy(world: &World, variables: &[(&str, &str)], more: &[&str]) -> Ran {
    let words = ["deploy", "template.yaml", "--tenant", "tenant.yaml", "--secrets", "secrets.env"];
    let words = [&words[..], &["--credentials", "key", "--as", "anna"], more].concat();
    let mut command = world.scratch.command(&words);
    command.envs(variables.iter().copied());
    world.scratch.finished(command, &words)
}

#[test]
fn images_come_from_where_variables_say_if_the_tenant_is_shown_them() {
    let world = World::bank();
    let sources = [
        ("PAAS_IMAGE_SOURCES", "bank=registry.bank.test,south=registry.south.test:5000/bank"),
        ("PAAS_IMAGES_FROM", "meridian-core=south,bank"),
        ("PAAS_IMAGES_OPEN", "base"),
    ];
    let hidden = deploy(&world, &sources, &["--plan-only"]).ended(1);
    assert_eq!(hidden.err.matches("error[resource.image_hidden]\n").count(), 7, "{hidden:?}");
    assert!(hidden.err.contains("template.yaml:132:16"), "{hidden:?}");
    deploy(&world, &sources, &[]).ended(1);
    assert!(world.sandbox.requests().iter().all(|request| request.method == "GET"));

    for namespace in ["channel", "accounts", "payments", "core"] {
        let words = ["namespace", "create", namespace, "--tenant", "./tenant.yaml", "--as", "anna"];
        world.scratch.run(&words).ended(0);
    }
    deploy(&world, &sources, &[]).ended(0);
    let images: Vec<String> = world
        .sandbox
        .resources("service")
        .iter()
        .filter_map(|service| Some(service["launchConfig"]["imageUuid"].as_str()?.to_owned()))
        .collect();
    let has = |image: &str| images.iter().any(|other| other == &format!("docker:{image}"));
    assert!(has("registry.south.test:5000/bank/core/ledger:2.4.1"), "{images:?}");
    assert!(has("registry.south.test:5000/bank/base/postgres:13.14"), "{images:?}");
    assert!(has("registry.bank.test/accounts/accounts-service:5.2.3"), "{images:?}");
}

#[test]
fn variables_that_make_no_sense_are_told_before_anything_is_done() {
    let world = World::bank();
    for (variables, told) in [
        (&[("PAAS_IMAGES_FROM", "north")][..], "`PAAS_IMAGE_SOURCES` is not"),
        (&[("PAAS_IMAGE_SOURCES", "north")], "`north` names no registry"),
        (&[("PAAS_IMAGE_SOURCES", "north=https://r.test")], "`https://r.test`"),
        (&[("PAAS_IMAGE_SOURCES", "North=r.test")], "`North`"),
        (&[("PAAS_IMAGE_SOURCES", "north=r.test,south=r.test")], "share a registry"),
        (&[("PAAS_IMAGE_SOURCES", "north=r.test"), ("PAAS_IMAGES_FROM", "x=south")], "no zone `south`"),
        (&[("PAAS_IMAGE_SOURCES", "north=r.test"), ("PAAS_IMAGES_OPEN", "a/b")], "`a/b`"),
    ] {
        let ran = deploy(&world, variables, &[]).ended(1);
        assert!(ran.err.contains(told), "{variables:?}: {}", ran.err);
    }
    assert!(world.sandbox.requests().is_empty());
}
