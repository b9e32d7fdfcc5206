//! Whole applications.

use super::*;
use paas_core::application::{LinkKind, RouteProtocol};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn all_problems_are_found_at_once_in_the_order_of_the_template() {
    let mut application = bank([
        container("web_1", "dmz").connects("apii").depends("api"),
        container("api", "ap").connects("web_1").listens(80).listens(80).mounts("data", "/data"),
        load_balancer("lb", "dmz", [Route::new(443, RouteProtocol::Https, "api", 80)]),
    ]);
    application.name = "!".to_owned();
    insta::assert_snapshot!(problems(application), @r"
    error[target.stack_name]: no name of a stack can be made of the application's name `!`: it has no letter from a to z and no digit
      help: say how to call the stacks with `--stack`
    bank.yaml:10:5: error[app.service_name]: `web_1` cannot be the name of a service: `_` is no letter from a to z, digit or dash
      help: `web-1` would do
    bank.yaml:11:5: error[tosca.unknown_node]: `web_1` connects to `apii`, which is no service of the application
      help: did you mean `api`?
    bank.yaml:12:5: error[app.dependency_loop]: services wait for each other: `web_1` → `api` → `web_1`
      12: `web_1` depends on `api`
      21: `api` connects to `web_1`
      help: if `web_1` only needs to reach `api`, and not to start after it, make the dependency a `connection`
    bank.yaml:20:5: error[target.unknown_network]: `api` is on the network `ap`, which the application does not have
      help: did you mean `app`?
    bank.yaml:23:5: error[app.port_conflict]: `api` lists the container port 80/tcp twice
      23: here again
      22: first here
      help: keep one of them
    bank.yaml:24:5: error[tosca.unknown_node]: `api` mounts `data`, which is no volume of the application
    bank.yaml:31:5: error[app.route_certificate]: `lb` ends `https` on port 443, but has no certificate
      help: name a `certificate` for `lb`, or pass TLS on unopened with `sni`
    bank.yaml:31:5: error[app.route_target]: `lb` routes to `api`, but has no connection to it
      help: give `lb` the requirement `connection: api`
    ");
}

#[test]
fn a_release_is_stored_and_read() {
    let release = release(bank([
        load_balancer("lb", "dmz", [Route::new(80, RouteProtocol::Http, "api", 8080)]).connects("api"),
        container("api", "app").listens(8080).connects("swift").depends("db"),
        container("db", "app"),
        external("swift", "core"),
    ]));
    assert_eq!(release.format, Release::FORMAT);
    let stored = serde_json::to_string(&release).unwrap();
    assert_eq!(serde_json::from_str::<Release>(&stored).unwrap(), release);
}

/// Services on three networks with random links: to services before them, or within pairs in a circle of connections.
fn applications() -> impl Strategy<Value = Application> {
    let service = (0..3_usize, 0..5_u8, prop::collection::vec((0..30_usize, any::<bool>()), 0..4));
    prop::collection::vec(service, 1..30).prop_map(|drawn| {
        let count = drawn.len();
        let services = drawn.into_iter().enumerate().map(|(index, (network, kind, links))| {
            let (name, network) = (format!("s{index}"), ["dmz", "app", "core"][network]);
            if kind == 0 {
                return external(&name, network);
            }
            links.into_iter().fold(container(&name, network).listens(80), |service, (to, depends)| {
                let pair = index / 2 * 2;
                match to.checked_rem(pair) {
                    Some(to) if depends => service.depends(&format!("s{to}")),
                    Some(to) if to % 5 > 0 => service.connects(&format!("s{to}")),
                    _ => service.connects(&format!("s{}", (pair + to % 2).min(count - 1))),
                }
            })
        });
        bank(services)
    })
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_comes_before_what_it_depends_on(application in applications()) {
        let planned = Release::plan(application.clone(), &Target::default());
        prop_assert_eq!(&planned, &Release::plan(application.clone(), &Target::default()));
        let release = planned.release.unwrap();
        let placed: BTreeSet<&str> = release
            .parts
            .iter()
            .flat_map(|part| part.services.iter().filter(|service| service.network == part.network.name))
            .map(|service| service.name.as_str())
            .collect();
        prop_assert_eq!(placed.len(), application.services.len());
        let mut stages = BTreeMap::new();
        for stage in &release.stages {
            prop_assert!(!stage.activations.is_empty());
            for activation in &stage.activations {
                prop_assert!(stages.insert(activation.service.as_str(), stage.number).is_none());
            }
        }
        prop_assert_eq!(stages.len(), application.services.len());
        for service in &application.services {
            for link in &service.links {
                let (later, sooner) = (stages[service.name.as_str()], stages[link.to.as_str()]);
                prop_assert!(later >= sooner || link.kind == LinkKind::Connection);
                if link.kind == LinkKind::Dependency && !release.service(&link.to).unwrap().1.is_external() {
                    prop_assert!(later > sooner);
                }
            }
        }
    }
}

#[test]
fn nothing_to_run_is_one_for_the_executor() {
    let planned = Release::plan(
        bank([
            container("web", "dmz").runs(|container| container.scale = 0),
            container("agent", "dmz").runs(|container| (container.scale, container.everywhere) = (0, true)),
        ]),
        &Target::default(),
    );
    assert!(planned.release.is_some());
    insta::assert_snapshot!(show(&planned.diagnostics), @r"
    bank.yaml:10:5: warning[target.scale_zero]: the files say 0 containers of `web`, but Rancher's executor starts one
      help: scale the service to 0 after it was created
    ");
}
