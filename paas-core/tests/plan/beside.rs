//! What services have of others that run beside them.

use super::*;
use paas_core::application::{Sidekick, Value};

fn change(service: Service, change: impl FnOnce(&mut Container)) -> Service {
    let mut service = service;
    let ServiceKind::Container(container) = &mut service.kind else { unreachable!() };
    change(container);
    service
}

fn beside(service: Service, of: &str) -> Service {
    change(service, |container| container.sidekick = Some(Sidekick::new(of)))
}

fn with_volumes_of(service: Service, others: &[&str]) -> Service {
    change(service, |container| {
        container.volumes_from = others.iter().map(|&other| other.to_owned()).collect();
    })
}

fn with_address_of(service: Service, other: &str) -> Service {
    change(service, |container| {
        let mode = Value::Text(format!("container:{other}").into());
        container.rancher.insert("network_mode".to_owned(), mode);
    })
}

fn web() -> Service {
    container("web", "dmz")
}

fn data() -> Service {
    beside(container("data", "dmz"), "web")
}

fn logs() -> Service {
    beside(container("logs", "dmz"), "web")
}

#[test]
fn a_service_and_its_sidekicks_share_what_they_have() {
    let all = [
        with_volumes_of(web(), &["data", "logs"]),
        with_address_of(data(), "logs"),
        logs(),
        beside(with_volumes_of(container("more", "dmz"), &["web", "data"]), "web"),
    ];
    assert_eq!(problems(bank(all)), "");
}

#[test]
fn others_share_nothing() {
    let shop = with_address_of(with_volumes_of(container("shop", "dmz"), &["data", "dta", "shop"]), "web");
    insta::assert_snapshot!(problems(bank([web(), data(), with_address_of(logs(), "web"), shop])), @r"
    bank.yaml:30:5: error[app.rancher_keys]: `logs` has the address of `web`, whose sidekick it is
      help: say `share_network: true` where it says `sidekick_of`
    bank.yaml:40:5: error[app.rancher_keys]: `shop` has the address of `web`, which does not run beside it
      40: (no words)
      10: `web` is defined here
      help: only a service and its sidekicks share anything
    bank.yaml:40:5: error[app.volumes_from]: `shop` has the volumes of `data`, which does not run beside it
      40: (no words)
      20: `data` is defined here
      help: only a service and its sidekicks share anything
    bank.yaml:40:5: error[app.volumes_from]: `shop` has the volumes of itself
      help: leave it out
    bank.yaml:40:5: error[tosca.unknown_node]: `shop` has the volumes of `dta`, which is no service of the application
      help: did you mean `data`?
    ");
}

#[test]
fn nobody_waits_for_itself() {
    let sees = change(data(), |it| it.sidekick.as_mut().unwrap().volumes_from = true);
    insta::assert_snapshot!(problems(bank([with_volumes_of(web(), &["data"]), sees])), @r"
    bank.yaml:10:5: error[app.volumes_from]: services have the volumes or the address of each other: `web` → `data` → `web`
      10: (no words)
      20: `data` is one of them
      help: let one of them have the volumes, and the others see them
    ");
    let circle = [web(), with_volumes_of(data(), &["logs"]), with_address_of(logs(), "data")];
    insta::assert_snapshot!(problems(bank(circle)), @r"
    bank.yaml:20:5: error[app.volumes_from]: services have the volumes or the address of each other: `data` → `logs` → `data`
      20: (no words)
      30: `logs` is one of them
      help: let one of them have the volumes, and the others see them
    ");
}

#[test]
fn long_chains_are_gone_once() {
    let count = 5_000;
    let sidekicks = (0..count).map(|index| {
        let next = format!("s{}", (index + 1) % count);
        with_volumes_of(beside(container(&format!("s{index}"), "dmz"), "web"), &[&next, "web"])
    });
    let found = problems(bank(std::iter::once(web()).chain(sidekicks).collect::<Vec<_>>()));
    assert_eq!(found.matches("error[").count(), 1, "{found}");
    assert!(found.contains("`s6` → `s7` → 4992 more → `s0`"), "{found}");
}
