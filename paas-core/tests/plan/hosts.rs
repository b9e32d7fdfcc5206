//! Host names of services in the values of others.

use super::*;
use paas_core::application::{Segment, Sidekick, Text};

fn reading(service: Service, hosts: &[&str]) -> Service {
    let mut service = service;
    let ServiceKind::Container(container) = &mut service.kind else { unreachable!() };
    for host in hosts {
        let text = Text::from_segments([Segment::Literal("at ".to_owned()), Segment::host_of(*host)]);
        container.environment.insert(format!("AT_{host}"), text);
    }
    service
}

fn connected_as(service: Service, to: &str, alias: &str) -> Service {
    service.connects(to).with(|service| service.links[0].alias = Some(alias.to_owned()))
}

fn beside(service: Service, of: &str) -> Service {
    let mut service = service;
    let ServiceKind::Container(container) = &mut service.kind else { unreachable!() };
    container.sidekick = Some(Sidekick::new(of));
    service
}

#[test]
fn names_are_found_in_the_same_network_or_by_a_connection() {
    let ledger = || container("ledger", "core").listens(9000);
    for found in [
        reading(container("web", "core"), &["ledger", "web"]),
        reading(container("web", "dmz"), &["web"]),
        reading(container("web", "dmz").connects("ledger"), &["ledger"]),
        reading(connected_as(container("web", "dmz"), "ledger", "books"), &["ledger"]),
    ] {
        assert_eq!(problems(bank([ledger(), found])), "");
    }
    let web = container("web", "dmz").depends("ledger");
    insta::assert_snapshot!(problems(bank([ledger(), reading(web, &["ledger", "leger"])])), @r"
    bank.yaml:20:5: error[app.host_name]: `web` is on the network `dmz` and finds no host name of `ledger`, which is on `core`
      20: (no words)
      10: `ledger` is defined here
      help: give `web` a `connection` to `ledger`
    bank.yaml:20:5: error[tosca.unknown_node]: `web` asks for the host name of `leger`, which is no service of the application
      help: did you mean `ledger`?
    ");
}

#[test]
fn what_runs_beside_each_other_shares_its_connections() {
    let ledger = || container("ledger", "core").listens(9000);
    let web = || container("web", "dmz").connects("ledger");
    let agent = || beside(container("agent", "dmz"), "web");
    let with_agent = [ledger(), web(), reading(agent(), &["ledger", "web", "agent"])];
    assert_eq!(problems(bank(with_agent)), "");
    let shares =
        [ledger(), reading(container("web", "dmz"), &["ledger", "agent"]), agent().connects("ledger")];
    assert_eq!(problems(bank(shares)), "");
    let shop = reading(container("shop", "dmz"), &["web", "agent"]);
    insta::assert_snapshot!(problems(bank([ledger(), web(), agent(), shop])), @r"
    bank.yaml:40:5: error[app.host_name]: `shop` asks for the host name of `agent`, which runs beside `web`
      40: (no words)
      30: `agent` is defined here
      help: ask for that of `web`: only what runs there finds `agent`
    ");
}

#[test]
fn a_name_that_leads_elsewhere_is_not_taken() {
    let web = connected_as(container("web", "core"), "mail", "ledger");
    let web = reading(web, &["ledger"]);
    let others = [container("ledger", "core"), container("mail", "core")];
    insta::assert_snapshot!(problems(bank(others.into_iter().chain([web]))), @r"
    bank.yaml:30:5: error[app.host_name]: `web` asks for the host name of `ledger`, but reaches `mail` by that name
      30: (no words)
      31: leads to `mail`
      10: `ledger` is defined here
      help: give `web` a `connection` to `ledger` with an alias
    ");
}
