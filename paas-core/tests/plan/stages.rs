//! Stages of services.

use super::*;
use paas_core::application::RouteProtocol;

/// A stage a line.
fn stages(services: impl IntoIterator<Item = Service>) -> String {
    let release = release(bank(services));
    let line = |stage: &paas_core::release::Stage| {
        let names = stage.activations.iter().map(|it| format!("{}/{}", it.network, it.service));
        format!("{}: {}", stage.number, names.collect::<Vec<_>>().join(" "))
    };
    release.stages.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_needed_across_networks_or_strictly_is_a_stage_earlier() {
    insta::assert_snapshot!(stages([
        load_balancer("lb", "dmz", [Route::new(80, RouteProtocol::Http, "web", 8080)]).connects("web"),
        container("web", "dmz").listens(8080).connects("api"),
        container("api", "app").listens(80).connects("ledger").connects("cache"),
        container("cache", "app"),
        container("nightly", "app").depends("api"),
        container("ledger", "core").listens(9000).connects("db"),
        container("db", "core"),
    ]), @r"
    1: app/cache core/db core/ledger
    2: app/api
    3: dmz/web dmz/lb app/nightly
    ");
}

#[test]
fn a_network_may_be_activated_in_several_stages() {
    insta::assert_snapshot!(stages([
        container("a", "dmz").listens(1).connects("b"),
        container("b", "app").listens(1).connects("c"),
        container("c", "dmz").listens(1),
    ]), @r"
    1: dmz/c
    2: app/b
    3: dmz/a
    ");
}

#[test]
fn an_external_service_is_activated_in_the_first_stage_that_needs_it() {
    insta::assert_snapshot!(stages([
        container("late", "dmz").depends("early").connects("swift"),
        container("early", "app").depends("db").connects("swift"),
        container("db", "core"),
        external("swift", "core"),
        external("mail", "dmz"),
        external("unused", "app"),
        container("sender", "dmz").depends("late").depends("mail"),
    ]), @r"
    1: app/unused core/db
    2: core/swift app/early
    3: dmz/late
    4: dmz/mail dmz/sender
    ");
    insta::assert_snapshot!(stages([external("alone", "dmz")]), @"1: dmz/alone");
    assert_eq!(stages([]), "");
}

#[test]
fn services_that_wait_for_each_other_are_shown() {
    insta::assert_snapshot!(problems(bank([
        container("a", "dmz").connects("b"),
        container("b", "app").depends("c").listens(1),
        container("c", "core").connects("a").listens(1),
        container("x", "dmz").depends("y").listens(1),
        container("y", "dmz").depends("x"),
        container("self", "dmz").depends("self"),
    ])), @r"
    bank.yaml:21:5: error[app.dependency_loop]: services wait for each other: `b` → `c` → `a` → `b`
      21: `b` depends on `c`
      31: `c` connects to `a`
      11: `a` connects to `b`
      help: if `b` only needs to reach `c`, and not to start after it, make the dependency a `connection`
    bank.yaml:31:5: warning[app.flow_port]: `c` connects to `a` from `core` to `dmz`, but `a` declares no port
      help: list the `ports` of `a`, so that the firewall can be opened for them
    bank.yaml:41:5: error[app.dependency_loop]: services wait for each other: `x` → `y` → `x`
      41: `x` depends on `y`
      51: `y` depends on `x`
      help: a service that only needs to reach another has a `connection` to it, not a `dependency`
    bank.yaml:61:5: error[app.dependency_loop]: `self` depends on itself
      61: `self` depends on `self`
      help: a service starts strictly after those that it depends on: remove the dependency
    ");
}

#[test]
fn a_long_loop_is_cut_short() {
    let next = |number: usize| format!("s{}", (number + 1) % 30);
    insta::assert_snapshot!(
        problems(bank((0..30).map(|number| container(&format!("s{number}"), "app").depends(&next(number))))),
        @r"
    bank.yaml:11:5: error[app.dependency_loop]: services wait for each other: `s0` → `s1` → `s2` → `s3` → `s4` → `s5` → `s6` → `s7` → 22 more → `s0`
      11: `s0` depends on `s1`
      21: `s1` depends on `s2`
      31: `s2` depends on `s3`
      41: `s3` depends on `s4`
      51: `s4` depends on `s5`
      61: `s5` depends on `s6`
      71: `s6` depends on `s7`
      81: `s7` depends on `s8`
      help: a service that only needs to reach another has a `connection` to it, not a `dependency`
    "
    );
}
