//! Links, and whether the target can make them.

use super::*;
use paas_core::{
    application::{External, ExternalService, ServiceKind},
    release::{Backend, LinkStrategy, Part, RancherVersion, Release, StandInBy},
};

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
    bank.yaml:21:5: error[target.links_need_region]: connections between networks by name need Rancher 1.6.15 or later, and the target is 1.6.14
      21: `web-0` connects to `ledger`, from `dmz` to `core`
      31: `web-1` connects to `ledger`, from `dmz` to `core`
      help: deploy to a later version, give the addresses of the networks, or put the services into one network
    ");
    insta::assert_snapshot!(problems_for(crossing(5), &target), @r"
    bank.yaml:21:5: error[target.links_need_region]: connections between networks by name need Rancher 1.6.15 or later, and the target is 1.6.14
      21: `web-0` connects to `ledger`, from `dmz` to `core`
      31: `web-1` connects to `ledger`, from `dmz` to `core`
      41: `web-2` connects to `ledger`, from `dmz` to `core`
      help: deploy to a later version, give the addresses of the networks, or put the services into one network; 2 more connections cross
    ");
    target.rancher = RancherVersion::REGIONS;
    assert_eq!(problems_for(crossing(5), &target), "");
}

#[test]
fn older_ranchers_have_two_other_ways() {
    let with = |version: RancherVersion, strategy: Option<LinkStrategy>, address: Option<&str>| {
        let mut target = Target::default();
        (target.rancher, target.link_strategy) = (version, strategy);
        let host = address.map(|host| ("core".to_owned(), ExternalService::Host(host.to_owned())));
        target.addresses.extend(host);
        target
    };
    let old = RancherVersion::new(1, 5, 0);
    let published = || {
        let mut bank = crossing(2);
        let ServiceKind::Container(ledger) = &mut bank.services[0].kind else { unreachable!() };
        ledger.ports.iter_mut().for_each(|port| port.external = External::Given(port.container));
        bank
    };
    let stand_ins = |target: &Target| {
        let release = Release::plan(published(), target).release.unwrap();
        let Backend::Rancher(rancher) = &release.backend else { panic!("another backend") };
        let of = |part: &Part| part.stand_ins.iter().map(|it| (it.service.clone(), it.by.clone())).collect();
        let all: Vec<Vec<(String, StandInBy)>> = release.parts.iter().map(of).collect();
        (rancher.link_strategy.unwrap(), all.concat())
    };
    let address = StandInBy::Address(ExternalService::Host("core.bank.test".to_owned()));
    // Addresses that are known are enough; links of environments must be asked for.
    assert_eq!(
        stand_ins(&with(old, None, Some("core.bank.test"))),
        (LinkStrategy::ExternalService, vec![("ledger".to_owned(), address)])
    );
    assert_eq!(
        stand_ins(&with(old, Some(LinkStrategy::EnvironmentLinks), None)),
        (LinkStrategy::EnvironmentLinks, vec![("ledger".to_owned(), StandInBy::Labels)])
    );
    insta::assert_snapshot!(problems_for(crossing(1), &with(RancherVersion::new(1, 3, 9), Some(LinkStrategy::EnvironmentLinks), None)), @r"
    bank.yaml:21:5: error[target.links_need_region]: connections between networks by links of environments need Rancher 1.4.0 or later, and the target is 1.3.9
      21: `web-0` connects to `ledger`, from `dmz` to `core`
      help: deploy to a later version, give the addresses of the networks, or put the services into one network
    ");
    insta::assert_snapshot!(problems_for(crossing(1), &with(old, Some(LinkStrategy::ExternalService), None)), @r"
    bank.yaml:21:5: error[target.link_address]: `web-0` connects to `ledger`, but nobody says where `core` is reached
      help: give the address of the hosts of `core`, or of what stands before them
    bank.yaml:21:5: error[target.link_address]: `web-0` connects to `ledger`, which publishes its port 9000 not under that number
      21: (no words)
      10: `ledger` is defined here
      help: an external service leads to ports of hosts: give each port `external` with its own number
    ");
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
