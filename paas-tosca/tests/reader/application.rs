//! What a profile's values mean.

use super::{codes, hold, options, services};
use paas_tosca::{Source, check};

/// The codes for a service with these properties.
fn of(properties: &str) -> Vec<String> {
    codes(&services(&[properties]))
}

#[test]
fn images() {
    for image in [
        "rancher/external-service",
        "'rancher/dns-service:v1'",
        "rancher/load-balancer-service",
        "Repository/name",
        "'a:b:c'",
        "'a/b:'",
        "''",
    ] {
        assert_eq!(of(&format!("image: {image}")), ["app.image_reference"], "{image}");
    }
}

#[test]
fn counts() {
    assert_eq!(of("image: x, scale: 0"), ["~target.scale_zero"]);
    assert_eq!(of("image: x, scale: 0, everywhere: true"), ["app.scale_conflict"]);
    assert_eq!(of("image: x, scale: 3, everywhere: true"), ["app.scale_conflict"]);
    assert_eq!(of("image: x, scale: 99999999999"), ["tosca.constraint"]);
}

#[test]
fn counts_and_bounds() {
    let of = |properties: &str, bounds: &str| {
        let text = services(&[properties]).replace(
            "properties: { image",
            &format!("capabilities: {{ scalable: {{ properties: {{ {bounds} }} }} }}, properties: {{ image"),
        );
        codes(&text)
    };
    assert_eq!(of("image: x, scale: 4", "min_instances: 2, max_instances: 3"), ["scaling.bounds"]);
    assert_eq!(of("image: x", "default_instances: 5, max_instances: 3"), ["scaling.bounds"]);
    assert_eq!(
        of("image: x", "default_instances: 1, min_instances: 2, max_instances: 3"),
        ["scaling.bounds"]
    );
    assert_eq!(of("image: x", "min_instances: 4, max_instances: 3"), ["scaling.bounds"]);
    assert_eq!(of("image: x, scale: 2", "min_instances: 2, max_instances: 3"), [""; 0]);
}

#[test]
fn limits() {
    for resources in [
        "memory_limit: 0 B",
        "memory_limit: 3 MB",
        "memory_reservation: 0.2 B",
        "cpu_limit: 0.001",
        "cpu_limit: 1e13",
    ] {
        assert_eq!(of(&format!("image: x, resources: {{ {resources} }}")), ["app.resources"], "{resources}");
    }
    assert_eq!(
        of("image: x, resources: { memory_limit: 4 MiB, cpu_limit: 0.01, cpu_reservation: 0.001 }"),
        [""; 0]
    );
}

#[test]
fn times() {
    assert_eq!(of("image: x, stop_grace: 99999999999 d"), ["tosca.constraint"]);
    assert_eq!(of("image: x, stop_grace: 24 d"), [""; 0]);
    assert_eq!(of("image: x, health_check: { port: 80, interval: 0 s }"), ["app.health_check"]);
    assert_eq!(of("image: x, health_check: { port: 80, timeout: 25 d }"), ["tosca.constraint"]);
}

#[test]
fn paths_of_health_checks() {
    for path in ["x", "'/a b'", "/ü", "'/a\\b'", "'/${x}'", "'/{x}'", "/a%2", "'/''a'"] {
        assert_eq!(
            of(&format!("image: x, health_check: {{ port: 80, path: {path} }}")),
            ["app.health_check"],
            "{path}"
        );
    }
    assert_eq!(of("image: x, health_check: { port: 80, path: '/a%20b/c;d?e=f' }"), [""; 0]);
}

#[test]
fn log_files() {
    for extension in ["''", "a/b"] {
        let properties =
            format!("image: x, log_files: [ {{ directory: /var/log, extensions: [ {extension} ] }} ]");
        assert_eq!(of(&properties), ["app.log_path"], "{extension}");
    }
}

#[test]
fn networks() {
    let of = |properties: &str| {
        codes(
            &services(&["image: x"])
                .replace("Network }", &format!("Network, properties: {{ {properties} }} }}")),
        )
    };
    assert_eq!(of("network_name: ''"), ["target.environment_name"]);
    assert_eq!(of("network_name: \"a\\nb\""), ["target.environment_name"]);
    assert_eq!(of("cidr: 10.0.0.0/24"), ["~tosca.not_executed"]);
}

#[test]
fn what_is_outside_waits_for_nothing() {
    let text = services(&["image: x"])
        + "    x: { type: paas.nodes.ExternalService, properties: { host: h.test }, requirements: [ network: net, dependency: s1 ] }\n";
    hold(&[(&text, &["6:116 ~tosca.not_executed"])]);
}

#[test]
fn what_translation_refuses_checking_refuses_too() {
    let text = services(&["image: x"]);
    hold(&[
        (&format!("{text}    c: {{ type: Compute }}\n"), &["6:5 tosca.not_supported"]),
        (
            &format!("{text}  policies: [ p: {{ type: tosca.policies.Placement }} ]\n"),
            &["6:15 tosca.not_supported"],
        ),
        // Without services there is nothing to translate, and so nothing that would be lost.
        ("topology_template: { node_templates: { c: { type: Compute } } }", &[]),
    ]);
}

#[test]
fn volumes_have_names_of_their_own() {
    let of = |volumes: &str| {
        let mounts = "requirements: [ { network: n }, { volume: { node: a, relationship: at } } ]";
        let text = format!(
            "topology_template:\n  node_templates:\n    n: {{ type: paas.nodes.Network }}\n    s: {{ type: paas.nodes.Service, properties: {{ image: x }}, {mounts} }}\n{volumes}  relationship_templates:\n    at: {{ type: paas.relationships.Mounts, properties: {{ location: /data }} }}\n"
        );
        let source = format!("tosca_definitions_version: tosca_simple_yaml_1_3\n{text}");
        check(&Source::new("t.yaml", source), &options())
    };
    let volume = |node: &str, name: &str| {
        format!("    {node}: {{ type: paas.nodes.Volume, properties: {{ name: {name} }} }}\n")
    };
    let checked = of(&volume("a", "s"));
    let application = checked.application.as_ref().unwrap();
    assert_eq!(application.volumes[0].name, "s");
    assert_eq!(application.services[0].container().unwrap().mounts[0].volume, "s");
    for (volumes, code) in [
        (volume("a", "'not a name'"), "app.volume_name"),
        (volume("a", "''"), "app.volume_name"),
        (volume("a", "[]"), "tosca.wrong_type"),
        (volume("a", "b") + &volume("b", "b"), "app.volume_name"),
        (volume("a", "b") + "    b: { type: paas.nodes.Volume }\n", "app.volume_name"),
    ] {
        let checked = of(&volumes);
        let codes: Vec<String> = checked.diagnostics.iter().map(|it| it.code.to_string()).collect();
        assert_eq!(codes, [code], "{volumes}");
    }
}
