//! What must let go of something before what comes can have it.

use super::{between, steps, world::carry_out};
use crate::plan::{With, bank, container, release};
use paas_core::{
    application::{External, Port, Service, Sidekick, UpdateStrategy, Value, Volume},
    release::{
        LinkStrategy, Release, Target,
        difference::{Difference, Fate, Reason, Touch},
    },
};

/// The steps of the stages from one release to the other, which can be done.
fn stages(old: Vec<Service>, new: Vec<Service>) -> Vec<String> {
    let planned = |services: Vec<Service>| {
        let mut containers = services.iter().filter_map(Service::container);
        let is_mounted = containers.any(|container| !container.mounts.is_empty());
        let mut application = bank(services);
        application.volumes.extend(is_mounted.then(|| Volume::new("data")));
        release(application)
    };
    all(&planned(old), &planned(new))
}

fn all(old: &Release, new: &Release) -> Vec<String> {
    let difference = Difference::between(old, new);
    carry_out(old, new, &difference.steps).unwrap();
    let steps = steps(&difference);
    steps.into_iter().filter(|step| !step.starts_with("prepare") && !step.contains("port `")).collect()
}

fn publishes(service: Service, number: u16) -> Service {
    service.runs(|container| {
        let mut port = Port::new(80);
        port.external = External::Given(number);
        container.ports.push(port);
    })
}

fn beside(service: Service, main: &str) -> Service {
    service.runs(|container| container.sidekick = Some(Sidekick::new(main)))
}

fn runs(service: Service, image: &str) -> Service {
    service.runs(|container| container.image = image.to_owned())
}

fn starts_first(service: Service) -> Service {
    service.runs(|container| {
        let mut update = UpdateStrategy::one_by_one();
        update.start_first = true;
        container.update = Some(update);
    })
}

#[test]
fn a_volume_is_handed_over_by_one_that_is_stopped() {
    let (a, b) = (|| container("a", "app"), || container("b", "app"));
    assert_eq!(
        stages(vec![a().mounts("data", "/d"), b()], vec![a(), b().mounts("data", "/d")]),
        [
            "1: upgrade `a` in `app`: mounts",
            "1: upgrade `b` in `app`: mounts",
            "finish: finish the upgrade of `a` in `app`",
            "finish: finish the upgrade of `b` in `app`",
        ]
    );
    assert_eq!(
        stages(vec![b().mounts("data", "/d"), a()], vec![a().mounts("data", "/d"), b()]),
        [
            "1: stop `b` in `app`: `a` writes to `data`, which is not for several writers",
            "1: upgrade `a` in `app`: mounts",
            "1: upgrade `b` in `app`: mounts",
            "finish: finish the upgrade of `a` in `app`",
            "finish: finish the upgrade of `b` in `app`",
        ]
    );
}

#[test]
fn two_that_swap_their_ports_are_both_stopped() {
    let services =
        |one, other| vec![publishes(container("a", "dmz"), one), publishes(container("b", "dmz"), other)];
    assert_eq!(
        stages(services(8080, 8081), services(8081, 8080))[..3],
        [
            "1: stop `b` in `dmz`: `a` needs its port 8081",
            "1: upgrade `a` in `dmz`: ports[80/tcp].external.given",
            "1: upgrade `b` in `dmz`: ports[80/tcp].external.given",
        ]
    );
}

#[test]
fn a_port_is_also_held_by_a_sidekick_and_by_the_old_stack() {
    let old = vec![container("web", "dmz"), publishes(beside(container("proxy", "dmz"), "web"), 443)];
    let new = vec![publishes(container("gate", "dmz"), 443), container("web", "dmz")];
    assert_eq!(
        stages(old, new)[..3],
        [
            "1: stop `web` in `dmz`: `gate` needs its port 443",
            "1: create `gate` in `dmz`: it is new",
            "1: upgrade `web` in `dmz`: `proxy` no longer runs beside it",
        ]
    );
    let old = release(bank([publishes(container("web", "dmz"), 443)]));
    let mut target = Target::default();
    target.stack = Some("shop".to_owned());
    let renamed = Release::plan(bank([publishes(container("web", "dmz"), 443)]), &target).release.unwrap();
    assert_eq!(
        all(&old, &renamed),
        [
            "1: stop `web` in `dmz`: its new containers need port 443 of its hosts",
            "1: create `web` in `dmz`: the stack has another name",
            "finish: remove the stack `bank` in `dmz`: its services are elsewhere now",
        ]
    );
}

#[test]
fn a_service_that_becomes_a_sidekick_is_removed() {
    let old = vec![container("logger", "app")];
    let new = vec![container("web", "app"), beside(container("logger", "app"), "web")];
    assert_eq!(
        stages(old, new),
        ["1: remove `logger` in `app`: it runs beside `web` now", "1: create `web` in `app`: it is new"]
    );
    let old = vec![container("logger", "app"), container("web", "app")];
    let new = vec![container("web", "core"), beside(container("logger", "core"), "web")];
    assert_eq!(
        stages(old, new),
        [
            "1: create `web` in `core`: it moves here from `app`",
            "finish: remove the stack `bank` in `app`: no service is in this network any more",
        ]
    );
}

#[test]
fn a_sidekick_becomes_a_service_when_its_unit_is_without_it() {
    let (web, logger) = (|| container("web", "app"), || container("logger", "app").mounts("data", "/d"));
    let old = vec![web(), beside(logger(), "web")];
    let new = vec![logger(), web().depends("logger")];
    assert_eq!(
        stages(old, new),
        [
            "1: upgrade `web` in `app`: `logger` no longer runs beside it",
            "1: create `logger` in `app`: it runs beside another service now, or did",
            "finish: finish the upgrade of `web` in `app`",
        ]
    );
}

/// Its old network, and the whole unit.
#[test]
fn what_is_stopped_is_the_unit_as_it_was() {
    let (web, logger) =
        (|| container("web", "app"), |network| container("logger", network).mounts("data", "/d"));
    assert_eq!(
        stages(vec![web(), beside(logger("app"), "web")], vec![web(), logger("core")])[..3],
        [
            "1: upgrade `web` in `app`: `logger` no longer runs beside it",
            "1: create `logger` in `core`: it moves here from `app`",
            "finish: finish the upgrade of `web` in `app`",
        ]
    );
    assert_eq!(
        stages(vec![web(), beside(logger("app"), "web")], vec![logger("core"), web()])[..3],
        [
            "1: stop `web` in `app`: `logger` writes to `data`, which is not for several writers",
            "1: create `logger` in `core`: it moves here from `app`",
            "1: upgrade `web` in `app`: `logger` no longer runs beside it",
        ]
    );
}

#[test]
fn where_sidekicks_go_round_one_unit_is_made_anew() {
    let services = |one, other| {
        vec![
            container("a", "app"),
            container("b", "app"),
            beside(container("k", "app"), one),
            beside(container("l", "app"), other),
            container("web", "app").connects("a"),
        ]
    };
    let why = "sidekicks go round between it and other services, so none can be upgraded first";
    assert_eq!(
        stages(services("a", "b"), services("b", "a"))[..4],
        [
            "1: remove `a` in `app`: `k` runs beside `b` now".to_owned(),
            "1: upgrade `b` in `app`: `k` now runs beside it".to_owned(),
            format!("1: create `a` in `app`: {why}"),
            "1: set the links of `web` in `app`: what it reaches is made anew: `a`".to_owned(),
        ]
    );
}

#[test]
fn what_keeps_its_address_does_not_start_first() {
    let web = |image| {
        starts_first(runs(container("web", "app"), image)).runs(|web| {
            web.rancher.insert("retain_ip".to_owned(), Value::Boolean(true));
        })
    };
    let logger = |image| beside(runs(container("logger", "app"), image), "web");
    let services = |web, logger| bank([web, logger, container("gate", "app").connects("web")]);
    let why = "it keeps its address, so its new containers cannot start before the old ones stop";

    let own = between(services(web("web:1"), logger("logger:1")), services(web("web:2"), logger("logger:1")));
    assert_eq!(own.services[0].fate, Fate::Recreated);
    assert_eq!(own.services[0].reasons, [Reason::StartsFirstWithItsAddress]);

    let (old, new) = (services(web("web:1"), logger("logger:1")), services(web("web:1"), logger("logger:2")));
    let beside = between(old, new);
    assert_eq!((beside.services[0].fate, beside.services.len()), (Fate::Upgraded, 1));
    assert_eq!((beside.touched[0].service.as_str(), beside.touched[0].touch), ("web", Touch::Recreated));
    assert_eq!(
        steps(&beside),
        [
            format!("1: remove `web` in `app`: {why}"),
            "1: create `web` in `app`".to_owned(),
            "1: set the links of `gate` in `app`: what it reaches is made anew: `web`".to_owned(),
        ]
    );
}

#[test]
fn an_upgrade_does_not_start_first_where_both_need_one_port() {
    let web = |image: &str, port| vec![starts_first(publishes(runs(container("web", "dmz"), image), port))];
    assert_eq!(
        stages(web("web:1", 443), web("web:2", 443))[0],
        "1: upgrade `web` in `dmz`: image; the old containers stop first: old and new containers take port 443/tcp of \
         their hosts"
    );
    assert_eq!(
        stages(web("web:1", 443), web("web:1", 444))[0],
        "1: upgrade `web` in `dmz`: ports[80/tcp].external.given"
    );
}

#[test]
fn what_stands_for_a_service_waits_for_its_name() {
    let mut target = Target::default();
    target.link_strategy = Some(LinkStrategy::EnvironmentLinks);
    let plan = |network: &str| {
        let services = [container("db", network).listens(5432), container("web", "app").connects("db")];
        Release::plan(bank(services), &target).release.unwrap()
    };
    let (near, far) = (plan("app"), plan("core"));
    assert_eq!(
        all(&near, &far)[..4],
        [
            "1: create `db` in `core`: it moves here from `app`",
            "1: remove `db` in `app`: what stands for a service in another network takes its name",
            "1: create `db` in `app`: it stands for the service of this name in another network",
            "2: set the links of `web` in `app`: what it reaches is made anew: `db`",
        ]
    );
    assert_eq!(
        all(&far, &near)[..2],
        [
            "1: remove `db` in `app`: the service itself is in this network now",
            "1: create `db` in `app`: it moves here from `core`",
        ]
    );
}

#[test]
fn networks_can_swap_their_environments() {
    let release = |dmz: &str, app: &str| {
        let mut target = Target::default();
        target.environments = [("dmz", dmz), ("app", app)].map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        Release::plan(bank([container("web", "dmz"), container("api", "app")]), &target).release.unwrap()
    };
    let (old, new) = (release("one", "two"), release("two", "one"));
    let difference = Difference::between(&old, &new);
    carry_out(&old, &new, &difference.steps).unwrap();
    assert_eq!(
        steps(&difference)[..3],
        [
            "prepare: remove the stack `bank` in `app`: its environment is the network `dmz` now",
            "prepare: remove the stack `bank` in `dmz`: its environment is the network `app` now",
            "prepare: create the stack `bank` in `app`: its services are made anew",
        ]
    );
}

#[test]
fn connections_are_named_also_if_there_were_none() {
    let web = |web: Service| vec![container("db", "dmz").listens(5432), web];
    assert_eq!(
        stages(web(container("web", "dmz")), web(container("web", "dmz").connects("db"))),
        ["1: set the links of `web` in `dmz`: links[connection db]"]
    );
}
