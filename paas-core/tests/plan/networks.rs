//! Networks and environments.

use super::*;

fn target(environments: &[(&str, &str)]) -> Target {
    let mut target = Target::default();
    target.environments =
        environments.iter().map(|&(network, name)| (network.to_owned(), name.to_owned())).collect();
    target
}

#[test]
fn there_is_a_part_for_each_network_with_services() {
    let bank = bank([container("web", "dmz"), container("ledger", "core"), container("shop", "dmz")]);
    let release = Release::plan(bank, &target(&[("core", "core-2")])).release.unwrap();
    let parts: Vec<_> = release
        .parts
        .iter()
        .map(|part| {
            let services: Vec<_> = part.services.iter().map(|service| service.name.as_str()).collect();
            (part.network.name.as_str(), part.environment.as_str(), services)
        })
        .collect();
    assert_eq!(parts, [("dmz", "dmz", vec!["web", "shop"]), ("core", "core-2", vec!["ledger"])]);
}

#[test]
fn networks_of_services_and_of_the_target_exist() {
    let bank = bank([container("web", "dmzz"), container("api", "elsewhere")]);
    insta::assert_snapshot!(problems_for(bank, &target(&[("cor", "production"), ("staging", "s")])), @r"
    error[target.unknown_network]: the target has the environment `production` for the network `cor`, which the application does not have
      help: did you mean `core`?
    error[target.unknown_network]: the target has the environment `s` for the network `staging`, which the application does not have
      help: its networks: `dmz`, `app`, `core`
    bank.yaml:10:5: error[target.unknown_network]: `web` is on the network `dmzz`, which the application does not have
      help: did you mean `dmz`?
    bank.yaml:20:5: error[target.unknown_network]: `api` is on the network `elsewhere`, which the application does not have
      help: its networks: `dmz`, `app`, `core`
    ");
}

#[test]
fn a_network_is_defined_once() {
    let mut bank = bank([container("web", "dmz")]);
    bank.networks[2].name = "dmz".to_owned();
    insta::assert_snapshot!(problems(bank), @r"
    bank.yaml:3:5: error[app.network_twice]: two networks are called `dmz`
      3: here again
      1: first here
      help: keep one of them, and put the services of both on it
    ");
}

#[test]
fn each_network_has_an_environment_of_its_own() {
    insta::assert_snapshot!(
        problems_for(bank([container("web", "dmz")]), &target(&[("dmz", "production"), ("core", "production")])),
        @r"
    bank.yaml:3:5: error[target.environment_name]: the networks `dmz` and `core` are both the environment `production`
      3: (no words)
      1: the other network
      help: give each network an environment of its own
    "
    );
    insta::assert_snapshot!(problems_for(bank([container("web", "dmz")]), &target(&[("dmz", "core")])), @r"
    bank.yaml:3:5: error[target.environment_name]: the networks `dmz` and `core` are both the environment `core`
      3: (no words)
      1: the other network
      help: give each network an environment of its own
    ");
}

#[test]
fn names_of_environments_that_are_linked_to_are_part_of_links() {
    let linked = || bank([container("web", "dmz").connects("api"), container("api", "app").listens(80)]);
    insta::assert_snapshot!(problems_for(linked(), &target(&[("app", "bank/app")])), @r"
    bank.yaml:2:5: error[target.environment_name]: the environment `bank/app` cannot be linked to: it has `/` in its name
      2: (no words)
      11: `web` connects to `api`
      help: rename the environment, or name another one for this network in the target
    ");
    insta::assert_snapshot!(problems_for(linked(), &target(&[("app", "42")])), @r"
    bank.yaml:2:5: error[target.environment_name]: the environment `42` cannot be linked to: Rancher reads its name as a number
      2: (no words)
      11: `web` connects to `api`
      help: rename the environment, or name another one for this network in the target
    ");
    for name in ["a b", "ä", "a:b", "a+b"] {
        assert!(problems_for(linked(), &target(&[("app", name)])).contains("cannot be linked to"), "{name}");
    }
    assert_eq!(
        problems_for(linked(), &target(&[("dmz", "bank/dmz"), ("core", "a:b"), ("app", "A.b_c-1")])),
        ""
    );
}

#[test]
fn environments_have_names() {
    insta::assert_snapshot!(
        problems_for(bank([container("web", "dmz")]), &target(&[("app", ""), ("core", "a\u{7}")])),
        @r"
    bank.yaml:2:5: error[target.environment_name]: the network `app` cannot be the environment ``
      help: a name is not empty and holds no control characters
    bank.yaml:3:5: error[target.environment_name]: the network `core` cannot be the environment `a\u{7}`
      help: a name is not empty and holds no control characters
    "
    );
}
