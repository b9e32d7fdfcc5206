//! What is no clone: each said once, at its place, and nothing given out.

use super::{cloned, mapping, told};
use paas_core::mapping::Mapping;
use paas_tosca::{
    Options, Source,
    clone::{self, clone_template},
};

const SHOP: &str = "tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { secret_inputs: password }
topology_template:
  inputs:
    zone: { type: string, default: core }
    count: { type: integer, default: 2, constraints: [ { in_range: [ 1, 5 ] } ] }
    password: { type: string }
  node_templates:
    dmz: { type: paas.nodes.Network }
    inner: { type: paas.nodes.Network, properties: { network_name: { get_input: zone } } }
    web:
      type: paas.nodes.Service
      properties:
        image: { token: [ 'r.test/web:1,x', ',', 0 ] }
        scale: { get_input: count }
        environment: { ZONE: { get_input: zone }, PASSWORD: { get_input: password } }
      requirements: [ { network: dmz } ]
";

/// What is told of a mapping.
fn told_of(map: &str) -> Vec<String> {
    let cloned = cloned(SHOP, map);
    assert!(cloned.files.is_empty() && cloned.application.is_none(), "{map}");
    told(&cloned.diagnostics)
}

#[test]
fn entries_that_change_nothing() {
    assert_eq!(
        told_of("networks: { dmzz: a, other: b }\ntiers: { gold: a }\nregistries: { s.test: a.test }"),
        [
            "clone.no_match map.yaml:1:13 the template names no network `dmzz`",
            "clone.no_match map.yaml:1:22 the template names no network `other`",
            "clone.no_match map.yaml:2:10 the template names no tier `gold`",
            "clone.no_match map.yaml:3:15 the template names no registry `s.test`",
        ]
    );
    assert_eq!(
        told_of("inputs: { zones: a, password: b }"),
        [
            "clone.no_match map.yaml:1:11 the template names no input `zones`",
            "clone.wrong_value map.yaml:1:21 the secret input `password` cannot have a default",
        ]
    );
}

#[test]
fn values_that_cannot_be_changed_there() {
    assert_eq!(
        told_of("registries: { r.test: s.test }"),
        [
            "clone.fixed shop.yaml:14:16 `r.test/web:1` is made by `token`, so that it cannot be changed in one place"
        ]
    );
    assert_eq!(
        told_of("{ networks: { place: a }, inputs: { zone: place } }"),
        ["clone.fixed shop.yaml:10:68 the value of the input `zone` is given from outside"]
    );
}

#[test]
fn another_application() {
    assert_eq!(
        told_of("networks: { core: core-b }"),
        [
            "clone.differs shop.yaml:5:36 `services.web.environment.ZONE` of the clone would be `core-b`, not `core`"
        ]
    );
    assert_eq!(
        told_of("inputs: { count: 7 }"),
        ["tosca.constraint map.yaml:1:18 `count` must be from 1 to 5, but is 7"]
    );
}

/// The places of a diagnostic that are not its own, with their words.
fn related(map: &str, template: &str) -> Vec<String> {
    let cloned = cloned(template, map);
    let labels = cloned.diagnostics.iter().flat_map(|it| it.labels.iter().skip(1));
    labels.map(|label| format!("{} {}", label.place, label.text.as_deref().unwrap_or_default())).collect()
}

#[test]
fn the_entry_that_asks_for_what_is_wrong_is_shown() {
    let asks = "the mapping asks for it here";
    assert_eq!(related("networks: { core: core-b }", SHOP), [format!("map.yaml:1:19 {asks}")]);
    let zone = "zone: { type: string, default: core";
    let constrained = SHOP.replace(zone, &format!("{zone}, constraints: [ {{ valid_values: [ core ] }} ]"));
    assert_ne!(constrained, SHOP);
    assert_eq!(related("networks: { core: core-b }", &constrained), [format!("map.yaml:1:19 {asks}")]);
}

#[test]
fn a_name_that_cannot_be_one_is_told_where_it_stands() {
    assert_eq!(
        told_of("registries: { 'a b': r.test, r.test: 'c d' }"),
        [
            "clone.wrong_value map.yaml:1:15 `a b` cannot be a registry",
            "clone.wrong_value map.yaml:1:38 `c d` cannot be a registry",
        ]
    );
}

#[test]
fn networks_that_would_be_one() {
    for (map, told) in [
        (
            "networks: { dmz: core }",
            "clone.joined map.yaml:1:18 the networks `core` and `dmz` would both be `core`",
        ),
        (
            "networks: { dmz: a, core: a }",
            "clone.joined map.yaml:1:18 the networks `core` and `dmz` would both be `a`",
        ),
    ] {
        assert_eq!(told_of(map)[0], told);
    }
}

#[test]
fn shared_values() {
    let nodes = "tosca_definitions_version: tosca_simple_yaml_1_3
dsl_definitions: { word: &word gold }
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network, properties: { network_name: *word } }
    a: { type: paas.nodes.Volume, properties: { tier: *word } }
";
    let cloned = cloned(nodes, "{ networks: { gold: g }, tiers: { gold: silver } }");
    assert_eq!(
        told(&cloned.diagnostics),
        ["clone.fixed shop.yaml:2:26 this value would have to be `g` and `silver`"]
    );
    let cloned = super::cloned(nodes, "{ networks: { gold: g } }");
    assert_eq!(
        told(&cloned.diagnostics),
        ["clone.differs shop.yaml:2:26 `volumes.a.tier` of the clone would be `g`, not `gold`"]
    );
}

#[test]
fn what_the_new_policy_denies() {
    let template = SHOP.replace("{ token: [ 'r.test/web:1,x', ',', 0 ] }", "r.test/web:1");
    let policy = "registries: { level: deny, allowed: [ r.b.test ] }\nmissing_limits: allow";
    let mut options = Options::default();
    options.policy =
        paas_tosca::policy_file::read(&Source::new("policy.yaml", policy)).policy.expect("a policy");
    let source = Source::new("shop.yaml", template);
    let good = clone_template(&source, &mapping("registries: { r.test: r.b.test }"), &options);
    assert_eq!(told(&good.diagnostics), [""; 0]);
    let bad = clone_template(&source, &mapping("registries: { r.test: s.test }"), &options);
    assert!(bad.files.is_empty());
    assert_eq!(
        told(&bad.diagnostics),
        [
            "clone.differs shop.yaml:14:16 the clone would not be right: the image `s.test/web:1` of `web` is from `s.test`, which is not an allowed registry"
        ]
    );
}

#[test]
fn wrong_templates_are_told_as_they_are() {
    let template = SHOP.replace("network: dmz", "network: dmzz");
    let told = told(&cloned(&template, "{ networks: { dmz: a }, inputs: { zone: x } }").diagnostics);
    assert_eq!(told, ["tosca.unknown_node shop.yaml:17:34 `dmzz` is not a node template"]);
}

#[test]
fn mapping_files_are_read_strictly() {
    for (text, told_of_it) in [
        ("[ a ]", &["clone.wrong_shape map.yaml:1:1 a mapping file is a map, but here is a list"][..]),
        (
            "tosca_definitions_version: x",
            &["clone.unknown_key map.yaml:1:1 this is a TOSCA template, not a mapping file"],
        ),
        (
            "networks:\nname: [ a ]",
            &[
                "clone.wrong_shape map.yaml:1:1 `networks` is a map, but here is nothing",
                "clone.wrong_shape map.yaml:2:7 `name` is a single value, but here is a list",
            ],
        ),
        ("networks: { a: b, a: c }", &["yaml.duplicate_key map.yaml:1:19 `a` is given twice in this map"]),
        (
            "networks: { a: 1, 2: b, c: , d: ~ }",
            &[
                "clone.wrong_value map.yaml:1:16 `1` without quotes is an integer",
                "clone.wrong_value map.yaml:1:19 `2` without quotes is an integer",
                "clone.wrong_value map.yaml:1:25 `c` has no value",
                "clone.wrong_value map.yaml:1:30 `d` has no value",
            ],
        ),
        ("inputs: { a: , b: 1 }", &["clone.wrong_value map.yaml:1:11 `a` has no value"]),
        ("naem: a", &["clone.unknown_key map.yaml:1:1 `naem` is not a part of a mapping"]),
    ] {
        let file = clone::read_mapping(&Source::new("map.yaml", text));
        assert_eq!(file.mapping, None);
        assert_eq!(told(&file.diagnostics), told_of_it, "{text}");
    }
}

#[test]
fn mappings_need_no_file() {
    let mut mapping = Mapping::default();
    mapping.name = Some(" ".into());
    mapping.networks = [(String::new(), "a".into()), ("dmz".into(), "a\nb".into())].into();
    mapping.registries = [("shop".into(), "r.test/*".into())].into();
    let cloned = clone_template(&Source::new("shop.yaml", SHOP), &mapping, &super::options());
    let wrong: Vec<_> =
        cloned.diagnostics.iter().filter(|it| it.code.as_str() == "clone.wrong_value").collect();
    assert_eq!(wrong.len(), 5, "{:?}", told(&cloned.diagnostics));
}

#[test]
fn open_inputs() {
    let template = SHOP.replace(
        "{ token: [ 'r.test/web:1,x', ',', 0 ] }",
        "{ concat: [ 'r.test/web:', { get_input: tag } ] }",
    );
    let template = template.replace("    password:", "    tag: { type: string }\n    password:");
    let (map, source) =
        (mapping("registries: { r.test: s.test }"), Source::new("shop.yaml", template.as_str()));
    let open = clone_template(&source, &map, &super::options());
    let help = open.diagnostics.iter().find_map(|it| it.help.as_deref().filter(|_| it.is_error()));
    assert!(
        help.is_some_and(|help| help.ends_with("what depends on inputs without a value is not known")),
        "{help:?}"
    );
    // What is given from outside stays outside.
    let mut options = super::options();
    options.inputs.insert("tag".into(), "1.4".into());
    let cloned = clone_template(&source, &map, &options);
    assert_eq!(cloned.files[0].text(), template.replace("r.test", "s.test"));
    let image =
        cloned.application.expect("an application").services[0].container().expect("one").image.clone();
    assert_eq!(image, "s.test/web:1.4");
}
