//! What points at a node that is stood for, and what the node points at.

use super::{DATABASE, STORE, TYPES, check_with, checked, service, services, shown, template, told};

#[test]
fn who_waits_for_a_node_waits_for_all_that_stands_for_it() {
    let app = template(&format!("{STORE}{}", service("web", "", ", dependency: store")));
    assert_eq!(shown(&services(checked(&app)))[0], "web core dependency:store-pool:- dependency:store-db:-");
    let waits = STORE.replace("network: core", "network: core, dependency: web");
    let app = template(&format!("{waits}{}", service("web", "", "")));
    assert_eq!(
        shown(&services(checked(&app))),
        [
            "web core",
            "store-pool core connection:store-db:db dependency:web:-",
            "store-db core dependency:web:-"
        ]
    );
}

#[test]
fn requirements_of_the_node_are_those_that_they_are_mapped_to() {
    let backed = STORE.replace("network: core", "network: core, backup: safe");
    let app = template(&format!("{backed}{}", service("safe", "", "")));
    assert_eq!(shown(&services(checked(&app)))[2], "store-db core connection:safe:-");
}

#[test]
fn one_that_is_not_mapped_has_no_effect_and_that_is_told() {
    let inner = DATABASE.replace("      - backup: [ db, connection ]\n", "");
    let backed = STORE.replace("network: core", "network: core, backup: safe");
    let app = template(&format!("{backed}{}", service("safe", "", "")));
    let files = [("types.yaml", TYPES), ("database.yaml", &*inner)];
    assert_eq!(told(&check_with(&app, &files)), ["app.yaml:6:102 ~tosca.not_executed < database.yaml:9"]);
}

#[test]
fn a_capability_must_be_mapped_before_it_can_be_connected_to() {
    let inner = DATABASE.replace("    capabilities: { sql: [ pool, service ] }\n", "");
    let app = template(&format!("{STORE}{}", service("web", "", ", connection: store")));
    let files = [("types.yaml", TYPES), ("database.yaml", &*inner)];
    let found = check_with(&app, &files);
    assert_eq!(told(&found), ["app.yaml:7:122 tosca.substitution < database.yaml:9"]);
    // A mapping that leads nowhere is told itself.
    let wrong = DATABASE.replace("sql: [ pool, service ]", "sql: [ pools, service ]");
    let files = [("types.yaml", TYPES), ("database.yaml", &*wrong)];
    assert_eq!(told(&check_with(&app, &files)), ["database.yaml:10:28 tosca.unknown_node"]);
}

#[test]
fn what_is_needed_inside_and_may_be_left_out_outside_is_told_at_the_node() {
    let app = template(&STORE.replace(", requirements: [ network: core ]", ""));
    let told = told(&checked(&app));
    let expected = "app.yaml:6:5 tosca.missing_requirement < database.yaml:9 < paas-profile-1.0.yaml:";
    assert!(told.iter().all(|told| told.starts_with(expected)) && told.len() == 2, "{told:?}");
}

#[test]
fn policies_are_for_all_that_they_can_be_for() {
    let app = format!(
        "{}  policies: [ zone: {{ type: paas.policies.Placement, properties: {{ security_level: high }}, targets: [ store, web ] }} ]\n",
        template(&format!("{STORE}{}", service("web", "", ", connection: store")))
    )
    .replace("core: { type: paas.nodes.Network }", "core: { type: paas.nodes.Network, properties: { security_level: high } }");
    let types = TYPES.to_owned();
    let found = check_with(&app, &[("types.yaml", &*types), ("database.yaml", DATABASE)]);
    // The policy is for services, and the type of `store` is none: so says its type.
    assert_eq!(told(&found), ["app.yaml:8:103 tosca.wrong_target"]);
    let types = TYPES.replace("derived_from: tosca.nodes.Root", "derived_from: paas.nodes.Service").replace(
        "      - network: { capability: tosca.capabilities.Node, node: paas.nodes.Network, relationship: paas.relationships.PlacedIn, occurrences: [ 0, 1 ] }\n",
        "",
    );
    let app = app
        .replace("directives", "properties: { image: 'x:1' }, directives")
        .replace("connection: store", "connection: { node: store, capability: sql }");
    let inner = DATABASE
        .replace("    name: { type: string }\n", "    name: { type: string }\n    image: { type: string }\n");
    let checked = check_with(&app, &[("types.yaml", &*types), ("database.yaml", &*inner)]);
    assert_eq!(told(&checked), [""; 0]);
    let application = checked.application.expect("an application");
    assert_eq!(application.placements[0].services, ["web", "store-pool", "store-db"]);
}

#[test]
fn policies_inside_are_kept() {
    let scaling = "  policies: [ night: { type: paas.policies.Scaling.Fixed, properties: { window_start: '20:00', window_end: '06:00', time_zone: Asia/Shanghai, instances: 2 }, targets: [ pool ] } ]\n";
    let inner =
        format!("{DATABASE}{scaling}").replace("image: 'r.test/pool:1'", "image: 'r.test/pool:1', scale: 3");
    let app = template(&format!("{STORE}{}", service("web", "", "")));
    let checked = check_with(&app, &[("types.yaml", TYPES), ("database.yaml", &*inner)]);
    assert_eq!(told(&checked), [""; 0]);
    let application = checked.application.expect("an application");
    let policies = format!("{:?}", application.policies);
    assert!(policies.contains("\"store-pool\"") && policies.contains("\"store-night\""), "{policies}");
}
