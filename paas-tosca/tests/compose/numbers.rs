//! Numbers that Rancher or an application does not take: each is told, and none is taken for nothing.

use super::{container, import, taken};
use paas_core::application::UpdateStrategy;
use paas_tosca::compose::{Kept, Loss};

/// What is lost: the text at its place, the key and why.
fn lost(docker: &str) -> Vec<String> {
    let (_, imported) = taken(docker);
    let shown = |loss: &Loss| {
        let place = &loss.place;
        let text = &docker[place.start.offset as usize..place.end.offset as usize];
        format!("{text} {} {}", loss.key, loss.why)
    };
    imported.losses.iter().filter(|loss| loss.kept == Kept::None).map(shown).collect()
}

#[test]
fn a_number_out_of_range_is_lost_at_its_place() {
    for (entry, expected) in [
        (
            "upgrade_strategy: { batch_size: -1 }",
            "-1 upgrade_strategy.batch_size -1 is no number of containers at a time",
        ),
        (
            "upgrade_strategy: { batch_size: 5000000000 }",
            "5000000000 upgrade_strategy.batch_size 5000000000 is no number of containers at a time",
        ),
        (
            "upgrade_strategy: { interval_millis: -1 }",
            "-1 upgrade_strategy.interval_millis -1 is no time in milliseconds",
        ),
        ("health_check: { port: 70000 }", "70000 health_check 70000 is no port: nothing is checked"),
        ("health_check: { port: '-1' }", "'-1' health_check -1 is no port: nothing is checked"),
        (
            "health_check: { port: 80, interval: -5 }",
            "-5 health_check.interval -5 is no time in milliseconds",
        ),
        (
            "health_check: { port: 80, response_timeout: -5 }",
            "-5 health_check.response_timeout -5 is no time in milliseconds",
        ),
        (
            "health_check: { port: 80, healthy_threshold: 5000000000 }",
            "5000000000 health_check.healthy_threshold 5000000000 is no number of checks",
        ),
        (
            "health_check: { port: 80, initializing_timeout: -5 }",
            "-5 health_check.initializing_timeout -5 is no time in milliseconds",
        ),
        ("scale: 5000000000", "5000000000 scale 5000000000 is no number of containers that Rancher takes"),
        ("mem_limit: -1", "-1 mem_limit -1 is no size"),
        ("milli_cpu_reservation: -5", "-5 milli_cpu_reservation -5 is no number of thousandths of a core"),
        ("cpu_quota: -5", "-5 cpu_quota -5 is no number of microseconds"),
        (
            "stop_grace_period: -5s",
            "-5s stop_grace_period -5 seconds are no time that a container could have to stop",
        ),
        (
            "stop_grace_period: 9000000000000000000",
            "9000000000000000000 stop_grace_period 9000000000000000000 seconds are no time that a container could have to stop",
        ),
    ] {
        assert_eq!(lost(&format!("web: {{ image: 'a:1', {entry} }}")), [expected], "{entry}");
    }
}

#[test]
fn a_route_with_a_number_out_of_range_says_which() {
    let docker = "
lb:
  image: a:1
  lb_config:
    port_rules:
    - { source_port: 80, service: web }
    - { source_port: 70000, service: web }
    - { source_port: 81, target_port: -1, service: web }
    - { source_port: 82, priority: -1, service: web }
    - { service: web }
web: { image: 'a:1' }
";
    let found = lost(docker);
    let why = ["70000 is no port: the rule is left out", "-1 is no port: the rule is left out"];
    let rest = ["-1 is no priority: routes have 1 and more", "a rule that listens nowhere"];
    assert_eq!(found.len(), 4, "{found:#?}");
    for (found, why) in found.iter().zip(why.into_iter().chain(rest)) {
        assert!(found.ends_with(why), "{found}");
    }
}

/// The executor reads what is no number into a number nowhere.
#[test]
fn what_is_no_number_is_refused() {
    for entry in [
        "upgrade_strategy: { batch_size: x }",
        "upgrade_strategy: { interval_millis: '1.5' }",
        "health_check: { port: x }",
        "health_check: { port: 80, interval: x }",
        "health_check: { port: 80, unhealthy_threshold: [ 1 ] }",
        "health_check: { port: 80, recreate_on_quorum_strategy_config: { quorum: x } }",
        "scale: x",
        "scale: .inf",
        "mem_limit: 1Q",
        "mem_limit: .nan",
        "milli_cpu_reservation: x",
        "cpu_quota: 1e30",
    ] {
        let imported = import(&format!("web: {{ image: 'a:1', {entry} }}"), "", &[]);
        let codes: Vec<_> = imported.diagnostics.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(codes, ["compose.value"], "{entry}");
    }
}

#[test]
fn nothing_is_told_of_zeros_but_of_containers() {
    let entry =
        "upgrade_strategy: { batch_size: 0, interval_millis: 2000, other: 1 }, scale: 0, cpu_quota: -1";
    let (application, imported) = taken(&format!("web: {{ image: 'a:1', {entry} }}"));
    let web = container(&application, "web");
    let mut expected = UpdateStrategy::one_by_one();
    expected.interval_ms = Some(2_000);
    assert_eq!((web.scale, web.update), (1, Some(expected)));
    let told: Vec<_> = imported.losses.iter().map(|loss| (loss.kept, loss.key.as_str())).collect();
    let expected = [(Kept::Full, "upgrade_strategy.other"), (Kept::Full, "scale"), (Kept::Full, "cpu_quota")];
    assert_eq!(told, expected);
    // Rancher makes one container of less than none.
    let (application, imported) = taken("web: { image: 'a:1', scale: -3 }");
    assert_eq!(container(&application, "web").scale, 1);
    assert_eq!(imported.losses.iter().map(|loss| loss.kept).collect::<Vec<_>>(), [Kept::Partial]);
}
