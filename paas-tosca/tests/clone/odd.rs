//! No mapping and no template makes a clone panic, or a clone that is not one.

use super::options;
use paas_core::mapping::{Mapping, Part};
use paas_tosca::{
    Source, check,
    clone::{clone_template, read_mapping},
};
use proptest::prelude::*;

const SHOP: &str = "tosca_definitions_version: tosca_simple_yaml_1_3
metadata: { template_name: shop }
dsl_definitions: { all: &all { tier: gold, server: nfs } }
topology_template:
  inputs:
    zone: { type: string, default: core }
    count: { type: integer, default: 2 }
    list: { type: list, entry_schema: string, default: [ a, b ] }
  node_templates:
    dmz: { type: paas.nodes.Network }
    inner:
      type: paas.nodes.Network
      properties:
        network_name: { get_input: zone }
    web:
      type: paas.nodes.Service
      properties:
        image: r.test/web:1
        scale: { get_input: count }
        command: { get_input: list }
      requirements: [ { network: dmz } ]
    data: { type: paas.nodes.Volume, properties: *all }
";

/// Odd and ordinary texts.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("dmz".to_owned()),
        Just("core".to_owned()),
        Just("gold".to_owned()),
        Just("nfs".to_owned()),
        Just("r.test".to_owned()),
        Just("docker.io".to_owned()),
        Just("zone".to_owned()),
        Just("count".to_owned()),
        Just("list".to_owned()),
        "[a-z]{1,3}\\.test(:[0-9]{1,5})?(/[a-z]{1,3})?",
        "[a-z0-9\\[\\]{}:,'\"#&*!|> -]{0,12}",
        "\\PC{0,8}",
    ]
}

fn entries() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((word(), word()), 0..4)
}

proptest! {
    #[test]
    fn odd_mappings(
        name in prop::option::of(word()),
        parts in prop::collection::vec(entries(), Part::ALL.len()),
        cut in 0..2 * SHOP.len(),
    ) {
        let mut mapping = Mapping::default();
        mapping.name = name;
        for (part, entries) in Part::ALL.into_iter().zip(parts) {
            mapping.part_mut(part).extend(entries);
        }
        // Half of the templates are cut off somewhere.
        let template = Source::new("shop.yaml", SHOP.get(..cut.min(SHOP.len())).unwrap_or(SHOP));
        let cloned = clone_template(&template, &mapping, &options());
        prop_assert_eq!(cloned.files.is_empty(), cloned.diagnostics.has_errors());
        if let Some(clone) = cloned.files.first() {
            let again = check(clone, &options());
            prop_assert_eq!(again.application, cloned.application);
            prop_assert!(!again.diagnostics.has_errors());
        }
    }

    #[test]
    fn odd_names_arrive(new in "(\\PC|[\\n'\":#,\\[\\]{}&*!|>%@` -]){1,12}") {
        let mut mapping = Mapping::default();
        for (part, old) in [(Part::Networks, "dmz"), (Part::Tiers, "gold"), (Part::Inputs, "zone")] {
            mapping.part_mut(part).insert(old.to_owned(), new.clone());
        }
        mapping.networks.insert("dmz".to_owned(), format!("{new}-x"));
        let cloned = clone_template(&Source::new("shop.yaml", SHOP), &mapping, &options());
        if let Some(application) = cloned.application {
            prop_assert_eq!(&application.networks[0].name, &format!("{new}-x"));
            prop_assert_eq!(&application.networks[1].name, &new);
            prop_assert_eq!(application.volumes[0].tier.as_ref(), Some(&new));
        } else {
            prop_assert!(cloned.diagnostics.has_errors());
        }
    }

    #[test]
    fn odd_files(text in "([a-z]{1,8}|networks|inputs|name|: |\\{|\\}|\\[|\\]|\n|  |- |'|\"|~|1|&a |\\*a|\\PC){0,30}") {
        let file = read_mapping(&Source::new("map.yaml", text));
        prop_assert_eq!(file.mapping.is_none(), file.diagnostics.has_errors());
    }
}
