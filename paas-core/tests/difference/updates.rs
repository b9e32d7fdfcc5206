//! What an update does, in its order.

use super::{between, steps};
use crate::plan::{With, bank, container, load_balancer, release};
use paas_core::{
    application::{External, Port, Route, RouteProtocol, Service, Volume},
    release::{
        Release, Target,
        difference::{Difference, Fate},
    },
};

#[test]
fn stages_are_followed_and_what_is_gone_goes_last() {
    let old = bank([
        container("db", "core").listens(5432),
        container("api", "app").connects("db").listens(80),
        container("web", "dmz").connects("api"),
    ]);
    let new = bank([
        container("db", "core").listens(5432).runs(|db| db.image = "db:2".to_owned()),
        container("api2", "app").connects("db").listens(80),
        container("web", "dmz").connects("api2").runs(|web| web.scale = 3),
    ]);
    let difference = between(old, new);
    assert_eq!(
        steps(&difference),
        [
            "prepare: have the firewall opened for `app/api2 → core/db`",
            "prepare: have the firewall opened for `dmz/web → app/api2`",
            "1: upgrade `db` in `core`: image",
            "2: create `api2` in `app`: it is new",
            "3: set the links of `web` in `dmz`: links[connection api], links[connection api2]",
            "3: scale `web` in `dmz`: 1 → 3 containers",
            "finish: finish the upgrade of `db` in `core`",
            "finish: remove `api` in `app`: it is no longer there",
            "finish: the firewall can be closed for `app/api → core/db`",
            "finish: the firewall can be closed for `dmz/web → app/api`",
        ]
    );
}

#[test]
fn what_moves_is_made_there_before_it_is_removed_here() {
    let old = || {
        bank([
            container("db", "app").mounts("data", "/d").listens(5432),
            container("web", "app").connects("db"),
        ])
    };
    let new = || {
        bank([
            container("db", "core").mounts("data", "/d").listens(5432),
            container("web", "app").connects("db"),
        ])
    };
    let with_volume = |mut application: paas_core::application::Application| {
        application.volumes = vec![Volume::new("data")];
        application
    };
    let difference = between(with_volume(old()), with_volume(new()));
    assert_eq!(
        steps(&difference),
        [
            "prepare: have the firewall opened for `app/web → core/db`",
            "prepare: make the volume `data` in `core`: unless it is there",
            "prepare: create the stack `bank` in `core`: no service was in this network",
            "1: stop `db` in `app`: old and new containers write to `data`, which is not for several writers",
            "1: create `db` in `core`: it moves here from `app`",
            "2: set the links of `web` in `app`: what it reaches is made anew: `db`",
            "finish: remove `db` in `app`: it is in `core` now",
        ]
    );
}

#[test]
fn a_service_gives_its_port_to_the_one_that_comes_in_its_place() {
    let publishing = |name: &str| {
        container(name, "dmz").runs(|container| {
            let mut port = Port::new(80);
            port.external = External::Given(443);
            container.ports.push(port);
        })
    };
    let difference = between(bank([publishing("old")]), bank([publishing("new")]));
    assert_eq!(
        steps(&difference)[..2],
        ["1: stop `old` in `dmz`: `new` needs its port 443", "1: create `new` in `dmz`: it is new"]
    );
    // It goes with all else that is no longer there: until then the update can be rolled back.
    let removed = "finish: remove `old` in `dmz`: it is no longer there";
    assert_eq!(steps(&difference).iter().filter(|step| *step == removed).count(), 1);
}

#[test]
fn another_stack_or_environment_is_made_before_the_old_one_goes() {
    let application = || bank([container("web", "dmz"), container("api", "app")]);
    let for_target = |change: fn(&mut Target)| {
        let mut target = Target::default();
        change(&mut target);
        Release::plan(application(), &target).release.unwrap()
    };
    let old = for_target(|_| {});
    let renamed = for_target(|target| target.stack = Some("shop".to_owned()));
    let difference = Difference::between(&old, &renamed);
    assert_eq!(
        steps(&difference),
        [
            "prepare: create the stack `shop` in `app`: its services are made anew",
            "prepare: create the stack `shop` in `dmz`: its services are made anew",
            "1: create `web` in `dmz`: the stack has another name",
            "1: create `api` in `app`: the stack has another name",
            "finish: remove the stack `bank` in `app`: its services are elsewhere now",
            "finish: remove the stack `bank` in `dmz`: its services are elsewhere now",
        ]
    );
    assert!(difference.services.is_empty() && difference.touched.len() == 2);

    let elsewhere = for_target(|target| {
        target.environments.insert("dmz".to_owned(), "outside".to_owned());
    });
    let difference = Difference::between(&old, &elsewhere);
    assert_eq!(
        steps(&difference)[1],
        "1: create `web` in `dmz`: the network is another environment: `outside`"
    );
}

#[test]
fn load_balancers_get_their_image_and_their_targets_a_label() {
    let route = || Route::new(443, RouteProtocol::Http, "web", 80);
    let gate = |network| load_balancer("gate", network, [route()]).connects("web");
    let web = || container("web", "app").listens(80);
    let mut target = Target::default();
    let old = release(bank([web(), gate("app")]));
    target.load_balancer_image = "lb:2".to_owned();
    let new = Release::plan(bank([web(), gate("app")]), &target).release.unwrap();
    assert_eq!(
        steps(&Difference::between(&old, &new)),
        [
            "1: upgrade `gate` in `app`: load balancers run another image",
            "finish: finish the upgrade of `gate` in `app`"
        ]
    );
    let across = between(bank([web(), gate("app")]), bank([web(), gate("dmz")]));
    let upgrade =
        "1: upgrade `web` in `app`: it now has the label by which it is reached from other networks";
    assert!(steps(&across).iter().any(|step| step == upgrade), "{:#?}", steps(&across));
}

/// Each that changed has a step, and nothing else has.
#[test]
fn only_what_changed_is_touched() {
    let services = |version: u32| -> Vec<Service> {
        (0..30)
            .map(|number| {
                let image = if number % 10 == 0 { version } else { 1 };
                container(&format!("s{number}"), "dmz").runs(|service| service.image = format!("s:{image}"))
            })
            .collect()
    };
    let difference = between(bank(services(1)), bank(services(2)));
    assert_eq!(difference.counts(), [(Fate::Upgraded, 3)]);
    let mut names: Vec<&str> = difference.steps.iter().map(|step| step.name.as_str()).collect();
    names.dedup();
    assert_eq!(names, ["s0", "s10", "s20", "s0", "s10", "s20"]);
}
