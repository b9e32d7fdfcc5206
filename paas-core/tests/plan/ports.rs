//! Ports on hosts.

use super::*;
use paas_core::application::{
    External, Protocol,
    RouteProtocol::{Http, Tcp},
};

fn publishes(service: Service, container: u16, external: External, protocol: Protocol) -> Service {
    service.runs(|it| {
        let mut port = Port::new(container);
        (port.external, port.protocol) = (external, protocol);
        it.ports.push(port);
    })
}

fn given(service: Service, container: u16, external: u16) -> Service {
    publishes(service, container, External::Given(external), Protocol::Tcp)
}

#[test]
fn a_port_is_taken_once_on_the_hosts_of_a_network() {
    insta::assert_snapshot!(problems(bank([
        given(container("web", "dmz"), 8080, 80),
        given(given(container("shop", "dmz"), 8080, 80), 8443, 443),
        load_balancer("lb", "dmz", [Route::new(443, Tcp, "web", 8080)]).connects("web"),
        given(given(container("twice", "app"), 1, 5000), 2, 5000),
    ])), @r"
    bank.yaml:21:5: error[app.port_conflict]: `web` and `shop` both take port 80/tcp on the hosts of `dmz`
      21: `shop` takes it here
      11: `web` takes it here
      help: publish one of them on another port, or let the platform allocate one
    bank.yaml:32:5: error[app.port_conflict]: `shop` and `lb` both take port 443/tcp on the hosts of `dmz`
      32: `lb` takes it here
      22: `shop` takes it here
      help: publish one of them on another port, or let the platform allocate one
    bank.yaml:42:5: error[app.port_conflict]: `twice` takes port 5000/tcp of its hosts twice
      42: `twice` takes it here
      41: `twice` takes it here
      help: publish one of them on another port, or let the platform allocate one
    ");
}

#[test]
fn a_container_port_is_listed_once() {
    insta::assert_snapshot!(problems(bank([
        container("web", "dmz").listens(80).listens(81).listens(80),
        given(given(container("api", "dmz"), 1, 5000), 1, 5000),
        given(given(container("old", "dmz"), 1, 5001), 1, 5000),
    ])), @r"
    bank.yaml:13:5: error[app.port_conflict]: `web` lists the container port 80/tcp twice
      13: here again
      11: first here
      help: keep one of them
    bank.yaml:22:5: error[app.port_conflict]: `api` lists the container port 1/tcp twice
      22: here again
      21: first here
      help: keep one of them
    bank.yaml:32:5: error[app.port_conflict]: `api` and `old` both take port 5000/tcp on the hosts of `dmz`
      32: `old` takes it here
      21: `api` takes it here
      help: publish one of them on another port, or let the platform allocate one
    bank.yaml:32:5: error[app.port_conflict]: `old` lists the container port 1/tcp twice
      32: here again
      31: first here
      help: keep one of them
    ");
}

#[test]
fn routes_of_one_port_speak_one_protocol() {
    insta::assert_snapshot!(problems(bank([
        load_balancer("lb", "dmz", [
            Route::new(80, Http, "web", 8080),
            Route::new(80, Http, "web", 8081),
            Route::new(80, Tcp, "web", 8082),
            Route::new(42, Http, "web", 8080),
            Route::new(42, Http, "web", 8081),
        ]).connects("web"),
        container("web", "dmz"),
    ])), @r"
    bank.yaml:14:5: error[app.port_conflict]: `lb` cannot speak both `http` and `tcp` on port 80
      14: `tcp` here
      12: `http` here
      help: routes of one port share its protocol; let one of them listen on another port
    bank.yaml:15:5: error[app.port_conflict]: `lb` cannot listen on port 42: Rancher asks its load balancers there whether they are healthy
      help: let it listen on another port
    ");
}

#[test]
fn published_ports_are_listed() {
    let web = publishes(container("web", "dmz").listens(9), 80, External::Allocated, Protocol::Tcp);
    let release = release(bank([
        publishes(web, 53, External::Given(53), Protocol::Udp),
        given(container("dns", "dmz"), 53, 53),
        given(container("api", "app"), 53, 53),
        load_balancer(
            "lb",
            "app",
            [
                Route::new(80, Http, "api", 53),
                Route::new(81, Http, "api", 53),
                Route::new(80, Http, "api", 54),
            ],
        )
        .connects("api"),
    ]));
    let ports: Vec<String> = release
        .ports
        .iter()
        .map(|port| {
            let (network, service, protocol) = (&port.network, &port.service, port.protocol.as_str());
            format!("{network}/{service} {}/{protocol} {:?}", port.container, port.external)
        })
        .collect();
    insta::assert_snapshot!(ports.join("\n"), @r"
    dmz/web 80/tcp Allocated
    dmz/web 53/udp Given(53)
    dmz/dns 53/tcp Given(53)
    app/api 53/tcp Given(53)
    app/lb 80/tcp Given(80)
    app/lb 81/tcp Given(81)
    ");
}
