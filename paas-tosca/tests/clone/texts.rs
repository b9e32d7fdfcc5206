//! Only what is mapped changes in a text, whatever stands around it.

use super::{cloned, text};

/// A template with these nodes behind a service.
fn with(before: &str, nodes: &str) -> String {
    format!(
        "tosca_definitions_version: tosca_simple_yaml_1_3\n{before}topology_template:\n  node_templates:\n{nodes}    web:\n      type: \
         paas.nodes.Service\n      properties: {{ image: 'r.test/web:1' }}\n      requirements: [ {{ network: dmz }} ]\n"
    )
}

/// Nodes before and after, by a mapping.
fn hold(map: &str, table: &[(&str, &str)]) {
    for (before, after) in table {
        assert_eq!(text(&with("", before), map), with("", after));
    }
}

#[test]
fn networks_have_other_names() {
    hold(
        "networks: { dmz: dmz-b }",
        &[
            (
                "    dmz: { type: paas.nodes.Network }\n",
                "    dmz: { type: paas.nodes.Network, properties: { network_name: dmz-b } }\n",
            ),
            (
                "    dmz:\n      # where users come in\n      type: paas.nodes.Network # Ü\n      description: a\n",
                "    dmz:\n      # where users come in\n      type: paas.nodes.Network # Ü\n      properties:\n        network_name: dmz-b\n      description: a\n",
            ),
            (
                "    dmz:\n      properties:\n        # how\n        security_level: high\n      type: paas.nodes.Network\n",
                "    dmz:\n      properties:\n        # how\n        network_name: dmz-b\n        security_level: high\n      type: paas.nodes.Network\n",
            ),
            (
                "    dmz: { type: paas.nodes.Network, properties: {security_level: high} }\n",
                "    dmz: { type: paas.nodes.Network, properties: {network_name: dmz-b, security_level: high} }\n",
            ),
            (
                "    dmz: { type: paas.nodes.Network, properties: {} }\n",
                "    dmz: { type: paas.nodes.Network, properties: { network_name: dmz-b } }\n",
            ),
            (
                "    dmz:\n      type: paas.nodes.Network\n      properties: # none\n",
                "    dmz:\n      type: paas.nodes.Network\n      properties: { network_name: dmz-b } # none\n",
            ),
            (
                "    dmz: { type: paas.nodes.Network, properties: { \"network_name\": 'dmz' } } # dmz\n",
                "    dmz: { type: paas.nodes.Network, properties: { \"network_name\": 'dmz-b' } } # dmz\n",
            ),
            (
                "    dmz:\n      type: paas.nodes.Network\n      properties:\n        network_name: &n !!str >- # dmz\n          dmz\n",
                "    dmz:\n      type: paas.nodes.Network\n      properties:\n        network_name: &n !!str >- # dmz\n          dmz-b\n",
            ),
            (
                "    lan: { type: paas.nodes.Network, properties: { network_name: lan } }\n    dmz: { copy: lan, properties: { network_name: dmz } }\n",
                "    lan: { type: paas.nodes.Network, properties: { network_name: lan } }\n    dmz: { copy: lan, properties: { network_name: dmz-b } }\n",
            ),
        ],
    );
}

#[test]
fn names_are_exchanged_at_once() {
    hold(
        "networks: { dmz: core, core: dmz }",
        &[(
            "    dmz: { type: paas.nodes.Network }\n    core: { type: paas.nodes.Network, properties: { network_name: core } }\n",
            "    dmz: { type: paas.nodes.Network, properties: { network_name: core } }\n    core: { type: paas.nodes.Network, properties: { network_name: dmz } }\n",
        )],
    );
}

#[test]
fn balanced_networks_too() {
    let routes = "    dmz: { type: paas.nodes.Network }\n    entry:\n      type: paas.nodes.LoadBalancer\n      properties:\n        routes:\n          - { listen: 80, selector: { product: shop }, network: inner, port: 80 }\n      requirements: [ { network: dmz } ]\n";
    hold("networks: { inner: inner-b }", &[(routes, &routes.replace("inner", "inner-b"))]);
}

#[test]
fn volumes_have_other_tiers_and_servers() {
    let volumes = "    dmz: { type: paas.nodes.Network }\n    a: { type: paas.nodes.Volume, properties: { tier: gold } }\n    b: { type: paas.nodes.Volume, properties: { tier: silver, server: nfs-1 } }\n";
    let after = volumes.replace("gold", "bronze").replace("nfs-1", "nfs-7");
    hold("{ tiers: { gold: bronze }, servers: { nfs-1: nfs-7 } }", &[(volumes, &after)]);
}

#[test]
fn images_come_from_other_registries() {
    let dmz = "    dmz: { type: paas.nodes.Network }\n";
    let text_of = |image: &str| with("", dmz).replace("'r.test/web:1'", image);
    for (map, before, after) in [
        ("r.test: r.b.test/mirror", "'r.test/web:1'", "'r.b.test/mirror/web:1'"),
        ("r.test: r.b.test:5000", "r.test/web", "\"r.b.test:5000/web\""),
        ("r.test: r.b.test:5000", "\"r.test/a/web:1\"", "\"r.b.test:5000/a/web:1\""),
        ("{ r.test: a.test, r.test/x: b.test }", "'r.test/x/web:1'", "'b.test/web:1'"),
        ("docker.io: r.test", "nginx:1.27", "r.test/nginx:1.27"),
        ("docker.io/library: r.test/library", "nginx", "r.test/library/nginx"),
        ("r.test: docker.io", "r.test/nginx:1.27", "nginx:1.27"),
        ("r.test: r.b.test", "r.test/web@sha256:{}", "r.b.test/web@sha256:{}"),
        (
            "r.test: r.b.test",
            "{ concat: [ r.test, '/web:', '1' ] }",
            "{ concat: [ r.b.test, '/web:', '1' ] }",
        ),
        (
            "r.test: r.b.test/m",
            "{ join: [ [ r.test, 'web:1' ], / ] }",
            "{ join: [ [ r.b.test/m, 'web:1' ], / ] }",
        ),
        ("r.test: r.b.test", "'r.test/web:\\\n 1'", "'r.test/web:\\\n 1'"),
    ] {
        if before.contains('\\') {
            continue;
        }
        let fill = |image: &str| image.replace("{}", &"0a".repeat(32));
        let map = format!(
            "registries: {}",
            if map.starts_with('{') { map.to_owned() } else { format!("{{ {map} }}") }
        );
        assert_eq!(text(&text_of(&fill(before)), &map), text_of(&fill(after)));
    }
}

#[test]
fn artifacts_and_repositories_too() {
    let template = "tosca_definitions_version: tosca_simple_yaml_1_3\nrepositories:\n  own: { url: 'https://r.test/core/' } # ours\ntopology_template:\n  node_templates:\n    dmz: { type: paas.nodes.Network }\n    docker: { type: tosca.nodes.Container.Runtime, requirements: [ { host: server } ] }\n    server: { type: tosca.nodes.Compute }\n    db:\n      type: tosca.nodes.Container.Application\n      artifacts:\n        image: { type: tosca.artifacts.Deployment.Image.Container.Docker, file: 'db:1', repository: own }\n      requirements: [ { host: docker }, { network: dmz } ]\n    web:\n      type: tosca.nodes.Container.Application\n      artifacts:\n        image: { type: tosca.artifacts.Deployment.Image.Container.Docker, file: 'r.test/web:1' }\n      requirements: [ { host: docker }, { network: dmz } ]\n";
    let clone = text(template, "registries: { r.test: r.b.test/mirror }");
    let after =
        template.replace("r.test/core/", "r.b.test/mirror/core").replace("r.test/web", "r.b.test/mirror/web");
    assert_eq!(clone, after);
    let back = text(&clone, "registries: { r.b.test/mirror: docker.io }");
    assert!(back.contains("https://docker.io/core") && back.contains("file: 'web:1'"), "{back}");
}

#[test]
fn inputs_have_other_defaults() {
    let dmz = "    dmz: { type: paas.nodes.Network }\n";
    for (map, before, after) in [
        ("n: 3", "n: { type: integer, default: 2 }", "n: { type: integer, default: 3 }"),
        ("n: 3", "n: { type: integer }", "n: { type: integer, default: 3 }"),
        ("n: 3", "n: { type: string, default: '2' } # n", "n: { type: string, default: '3' } # n"),
        ("n: 3", "n: { type: string }", "n: { type: string, default: \"3\" }"),
        ("n: yes", "n: { type: string, default: no way }", "n: { type: string, default: \"yes\" }"),
        ("n: yes", "n: { type: boolean, default: false }", "n: { type: boolean, default: yes }"),
        (
            "n: 64 MiB",
            "n: { type: scalar-unit.size, default: 1 GiB }",
            "n: { type: scalar-unit.size, default: 64 MiB }",
        ),
        (
            "n: [ a, 'b c', '1' ]",
            "n: { type: list, default: [ x , ] }",
            "n: { type: list, default: [a, b c, \"1\"] }",
        ),
        (
            "n: { a: 1 }",
            "n:\n      type: map\n      entry_schema: integer\n      default:\n        x: 1 # x",
            "n:\n      type: map\n      entry_schema: integer\n      default:\n        { a: 1 } # x",
        ),
        (
            "n: 5",
            "n:\n      type: integer # how many\n      required: true",
            "n:\n      type: integer # how many\n      default: 5\n      required: true",
        ),
        (
            "n: new",
            "n:\n      type: string\n      default: |\n        one\n        two\n",
            "n:\n      type: string\n      default: \"new\"\n",
        ),
        ("n: \"a\\nb\"", "n: { type: string, default: 'x' }", "n: { type: string, default: \"a\\nb\" }"),
        ("n: 3", "n: { type: integer, default: 3 }", "n: { type: integer, default: 3 }"),
    ] {
        let template = |input: &str| {
            with("", dmz).replace("  node_templates:", &format!("  inputs:\n    {input}\n  node_templates:"))
        };
        assert_eq!(text(&template(before), &format!("inputs: {{ {map} }}")), template(after));
    }
}

#[test]
fn templates_have_other_names() {
    let dmz = "    dmz: { type: paas.nodes.Network }\n";
    for (before, after) in [
        ("", "metadata:\n  template_name: shop-b\n"),
        ("metadata: { template_name: 'shop' } # s\n", "metadata: { template_name: 'shop-b' } # s\n"),
        ("metadata: { author: me }\n", "metadata: { template_name: shop-b, author: me }\n"),
        ("metadata:\n  author: me\n", "metadata:\n  template_name: shop-b\n  author: me\n"),
        ("metadata:\n", "metadata: { template_name: shop-b }\n"),
        ("metadata: { template_name: }\n", "metadata: { template_name: shop-b }\n"),
    ] {
        assert_eq!(text(&with(before, dmz), "name: shop-b"), with(after, dmz));
    }
}

#[test]
fn values_are_changed_where_they_are_written() {
    let before = "dsl_definitions:\n  net: &net dmz   # shared\n  gold: &gold { tier: gold }\n";
    let nodes = "    dmz: { type: paas.nodes.Network, properties: { network_name: *net } }\n    a: { type: paas.nodes.Volume, properties: { <<: *gold, size: 1 GB } }\n    b: { type: paas.nodes.Volume, properties: *gold }\n    c: { type: paas.nodes.Volume, properties: { tier: { get_property: [ a, tier ] } } }\n";
    let after = before.replace("&net dmz", "&net dmz-b").replace("tier: gold", "tier: silver");
    let clone = text(&with(before, nodes), "{ networks: { dmz: dmz-b }, tiers: { gold: silver } }");
    assert_eq!(clone, with(&after, nodes));
}

#[test]
fn inputs_are_changed_if_all_uses_agree() {
    let inputs = "  inputs:\n    tier: { type: string, default: gold }\n    places: { type: map, entry_schema: string, default: { web: dmz } }\n  node_templates:";
    let nodes = "    dmz: { type: paas.nodes.Network, properties: { network_name: { get_input: [ places, web ] } } }\n    a: { type: paas.nodes.Volume, properties: { tier: { get_input: tier } } }\n    b: { type: paas.nodes.Volume, properties: { tier: { get_input: tier } } }\n";
    let template = with("", nodes).replace("  node_templates:", inputs);
    let clone = text(&template, "{ networks: { dmz: dmz-b }, tiers: { gold: silver } }");
    assert_eq!(
        clone,
        template.replace("default: gold", "default: silver").replace("web: dmz }", "web: dmz-b }")
    );
}

#[test]
fn what_shows_a_property_changes_with_it() {
    let nodes = "    dmz: { type: paas.nodes.Network, properties: { network_name: dmz } }\n    a:\n      type: paas.nodes.Service\n      properties:\n        image: r.test/a:1\n        environment:\n          OWN: { get_property: [ SELF, network, network_name ] }\n          WEB: { concat: [ 'image ', { get_property: [ web, image ] } ] }\n      requirements: [ { network: dmz } ]\n";
    let template = format!(
        "{}  outputs:\n    image: {{ value: {{ get_property: [ web, image ] }} }}\n",
        with("", nodes)
    );
    let cloned = cloned(&template, "{ networks: { dmz: dmz-b }, registries: { r.test: r.b.test } }");
    assert!(cloned.diagnostics.is_empty(), "{:?}", super::told(&cloned.diagnostics));
    let application = cloned.application.expect("an application");
    assert_eq!(application.outputs[0].value, paas_core::application::Value::Text("r.b.test/web:1".into()));
    let environment = &application.services[0].container().expect("a container").environment;
    assert_eq!(environment["OWN"].as_plain(), Some("dmz-b"));
    assert_eq!(environment["WEB"].as_plain(), Some("image r.b.test/web:1"));
}

#[test]
fn lines_may_end_in_any_way() {
    let nodes = "    dmz:\n      type: paas.nodes.Network # ß\n    core:\n      type: paas.nodes.Network\n      properties:\n        network_name: 'core' # ü\n";
    let map = "{ name: shop-b, networks: { dmz: dmz-b, core: core-b } }";
    let unix = with("# Zürich\n", nodes);
    let other = text(&unix, map);
    assert_eq!(text(&unix.replace('\n', "\r\n"), map), other.replace('\n', "\r\n"));
    assert_eq!(text(&format!("\u{FEFF}{unix}"), map), format!("\u{FEFF}{other}"));
}

#[test]
fn json_is_a_template_too() {
    let template = r#"{"tosca_definitions_version":"tosca_simple_yaml_1_3","topology_template":{"node_templates":{"dmz":{"type":"paas.nodes.Network"},"web":{"type":"paas.nodes.Service","properties":{"image":"r.test/web:1"},"requirements":[{"network":"dmz"}]}}}}"#;
    let clone =
        text(template, "{ name: shop-b, networks: { dmz: dmz-b }, registries: { r.test: r.b.test } }");
    for part in [
        r#"{"tosca_definitions_version":"tosca_simple_yaml_1_3", metadata: { template_name: shop-b },"#,
        r#""dmz":{"type":"paas.nodes.Network", properties: { network_name: dmz-b }}"#,
        r#""image":"r.b.test/web:1""#,
    ] {
        assert!(clone.contains(part), "{clone}");
    }
}

#[test]
fn what_stays_changes_no_byte() {
    let nodes = "    dmz: { type: paas.nodes.Network }\n    a: { type: paas.nodes.Volume, properties: { tier: gold, server: s } }\n";
    let template = with("metadata: { template_name: shop }\n", nodes);
    let map = "{ name: shop, networks: { dmz: dmz }, tiers: { gold: gold }, servers: { s: s }, registries: { r.test: r.test } }";
    assert_eq!(text(&template, map), template);
    assert_eq!(text(&template, "{}"), template);
}
