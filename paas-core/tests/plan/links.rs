//! Links, and whether the target can make them.

use super::*;
use paas_core::release::{Backend, LinkStrategy, RancherVersion};

#[test]
fn links_lead_to_services_that_exist() {
    insta::assert_snapshot!(problems(bank([
        container("ledger", "core"),
        container("web", "dmz").connects("leger").depends("nightly-job"),
        external("host", "dmz").connects("nowhere"),
    ])), @r"
    bank.yaml:21:5: error[tosca.unknown_node]: `web` connects to `leger`, which is no service of the application
      help: did you mean `ledger`?
    bank.yaml:22:5: error[tosca.unknown_node]: `web` depends on `nightly-job`, which is no service of the application
    bank.yaml:31:5: error[tosca.unknown_node]: `host` connects to `nowhere`, which is no service of the application
    ");
}

fn crossing(count: usize) -> Application {
    let mut services = vec![container("ledger", "core").listens(9000)];
    services.extend((0..count).map(|number| container(&format!("web-{number}"), "dmz").connects("ledger")));
    bank(services)
}

#[test]
fn connections_between_networks_need_a_rancher_with_regions() {
    let mut target = Target::default();
    target.rancher = RancherVersion::new(1, 6, 14);
    insta::assert_snapshot!(problems_for(crossing(2), &target), @r"
    bank.yaml:21:5: error[target.links_need_region]: connections between networks need Rancher 1.6.15 or later, and the target is 1.6.14
      21: `web-0` connects to `ledger`, from `dmz` to `core`
      31: `web-1` connects to `ledger`, from `dmz` to `core`
      help: deploy to a later version, or put the services into one network
    ");
    insta::assert_snapshot!(problems_for(crossing(5), &target), @r"
    bank.yaml:21:5: error[target.links_need_region]: connections between networks need Rancher 1.6.15 or later, and the target is 1.6.14
      21: `web-0` connects to `ledger`, from `dmz` to `core`
      31: `web-1` connects to `ledger`, from `dmz` to `core`
      41: `web-2` connects to `ledger`, from `dmz` to `core`
      help: deploy to a later version, or put the services into one network; 2 more connections cross
    ");
    target.rancher = RancherVersion::REGIONS;
    assert_eq!(problems_for(crossing(5), &target), "");
}

#[test]
fn the_release_says_which_links_it_relies_on() {
    let strategy = |application| {
        let Backend::Rancher(rancher) = release(application).backend else { panic!("another backend") };
        assert_eq!(rancher.version.to_string(), "1.6.30");
        rancher.link_strategy
    };
    assert_eq!(strategy(crossing(1)), Some(LinkStrategy::RegionName));
    assert_eq!(strategy(crossing(0)), None);
    // A dependency is a matter of stages.
    assert_eq!(strategy(bank([container("a", "dmz").depends("b"), container("b", "app")])), None);
}
