//! Every code of clones is given by its own example, and by nothing that is right.

use super::{options, told};
use paas_core::diagnostic::{Code, Diagnostics};
use paas_tosca::{
    Source,
    clone::{clone_template, read_mapping},
};

const SHOP: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
topology_template:
  inputs:
    zone: { type: string, default: core }
  node_templates:
    dmz: { type: paas.nodes.Network }
    inner: { type: paas.nodes.Network, properties: { network_name: { get_input: zone } } }
    web:
      type: paas.nodes.Service
      properties:
        image: registry.bank.test/web:1
        command: [ serve, --hooks, hooks.bank.test/web ]
        environment: { ZONE: { get_input: zone } }
      requirements: [ { network: dmz } ]
    hooks:
      type: paas.nodes.Service
      properties: { image: 'hooks.bank.test/hooks:1' }
      requirements: [ { network: dmz } ]
    ledger:
      type: paas.nodes.Volume
      properties: { tier: { token: [ 'gold,rush', ',', 0 ] } }
    archive:
      type: paas.nodes.Volume
      properties: { tier: silver }
";

#[test]
fn examples_give_their_code_and_no_other() {
    let codes: Vec<_> = Code::ALL.iter().filter(|code| code.as_str().starts_with("clone.")).collect();
    assert!(codes.len() >= 8);
    for code in codes {
        let wrong = diagnostics(code.example().wrong);
        let found: Vec<_> = wrong.iter().map(|found| found.code).collect();
        assert_eq!(found, [*code], "{:?}", told(&wrong));
        assert!(wrong.iter().all(|it| it.help.is_some() && it.place().is_some()), "{code}");
        assert_eq!(told(&diagnostics(code.example().right)), [""; 0]);
    }
}

fn diagnostics(map: &str) -> Diagnostics {
    let file = read_mapping(&Source::new("map.yaml", map));
    match file.mapping {
        Some(mapping) => clone_template(&Source::new("shop.yaml", SHOP), &mapping, &options()).diagnostics,
        None => file.diagnostics,
    }
}
