//! Clones of templates that import files.

use super::{mapping, options, told};
use paas_tosca::{
    Options, Source,
    clone::{Cloned, clone_template},
    resolve::InMemory,
};
use std::sync::Arc;

const TYPES: &str = "tosca_definitions_version: tosca_simple_yaml_1_3
node_types:
  shop.nodes.Web:
    derived_from: paas.nodes.Service
    properties:
      image: { type: string, default: 'r.test/web:1' } # for all
";

const SHOP: &str = "tosca_definitions_version: tosca_simple_yaml_1_3
imports: [ types.yaml ]
topology_template:
  node_templates:
    dmz: { type: paas.nodes.Network }
    web: { type: shop.nodes.Web, requirements: [ { network: dmz } ] }
";

fn cloned(template: &str, files: &[(&str, &str)], map: &str) -> Cloned {
    let mut with: Options = options();
    with.resolver = Arc::new(InMemory::from_iter(files.iter().copied()));
    clone_template(&Source::new("shop.yaml", template), &mapping(map), &with)
}

#[test]
fn what_stands_in_an_imported_file_is_changed_there() {
    let map = "{ networks: { dmz: dmz-b }, registries: { r.test: r.b.test } }";
    let cloned = cloned(SHOP, &[("types.yaml", TYPES)], map);
    assert_eq!(told(&cloned.diagnostics), [""; 0]);
    let names: Vec<_> = cloned.files.iter().map(|file| file.name().as_ref()).collect();
    assert_eq!(names, ["shop.yaml", "types.yaml"]);
    assert_eq!(cloned.files[1].text(), TYPES.replace("r.test", "r.b.test"));
    assert_eq!(
        cloned.application.expect("one").services[0].container().expect("one").image,
        "r.b.test/web:1"
    );
}

#[test]
fn files_that_stay_are_not_given_out() {
    let cloned = cloned(SHOP, &[("types.yaml", TYPES)], "networks: { dmz: dmz-b }");
    assert_eq!(cloned.files.len(), 1);
}

const DATABASE: &str = "tosca_definitions_version: tosca_simple_yaml_1_3
imports: [ types.yaml ]
topology_template:
  inputs:
    image: { type: string, default: 'r.test/db:1' }
    tier: { type: string, default: gold }
  substitution_mappings:
    node_type: shop.nodes.Database
    requirements: [ { network: [ server, network ] } ]
  node_templates:
    server:
      type: paas.nodes.Service
      properties: { image: { get_input: image } }
    data: { type: paas.nodes.Volume, properties: { tier: { get_input: tier } } }
";

#[test]
fn templates_that_stand_for_nodes_too() {
    let types = "tosca_definitions_version: tosca_simple_yaml_1_3
node_types:
  shop.nodes.Database:
    derived_from: tosca.nodes.Root
    properties: { tier: { type: string } }
    requirements:
      - network: { capability: tosca.capabilities.Node, node: paas.nodes.Network, relationship: paas.relationships.PlacedIn }
";
    let template = "tosca_definitions_version: tosca_simple_yaml_1_3
imports: [ types.yaml, db.yaml ]
topology_template:
  inputs: { tier: { type: string, default: gold } }
  node_templates:
    dmz: { type: paas.nodes.Network }
    db:
      type: shop.nodes.Database
      directives: [ substitute ]
      properties: { tier: { get_input: tier } }
      requirements: [ { network: dmz } ]
";
    let map = "{ networks: { dmz: dmz-b }, tiers: { gold: silver }, registries: { r.test: r.b.test } }";
    let cloned = cloned(template, &[("types.yaml", types), ("db.yaml", DATABASE)], map);
    assert_eq!(told(&cloned.diagnostics), [""; 0]);
    assert_eq!(
        cloned.files[0].text(),
        template
            .replace("default: gold", "default: silver")
            .replace("paas.nodes.Network }", "paas.nodes.Network, properties: { network_name: dmz-b } }")
    );
    assert_eq!(cloned.files[1].text(), DATABASE.replace("r.test", "r.b.test"));
}
