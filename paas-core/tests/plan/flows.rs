//! Traffic between networks.

use super::*;
use paas_core::application::{HealthCheck, Protocol, RouteProtocol::Http};

/// A flow a line, then the links between environments.
fn flows(application: Application) -> String {
    let planned = Release::plan(application, &Target::default());
    let release = planned.release.unwrap();
    let mut lines: Vec<String> = release
        .flows
        .iter()
        .map(|flow| {
            let ports = flow.ports.iter().map(|port| format!("{}/{}", port.port, port.protocol.as_str()));
            format!(
                "{}/{} → {}/{}: {}",
                flow.from_network,
                flow.from_service,
                flow.to_network,
                flow.to_service,
                ports.collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    lines.extend(release.environment_links.iter().map(|link| format!("{} → {}", link.from, link.to)));
    lines.join("\n") + "\n" + &show(&planned.diagnostics)
}

#[test]
fn connections_between_networks_are_flows_with_the_ports_of_the_target() {
    insta::assert_snapshot!(flows(bank([
        container("web", "dmz").connects("api").connects("beside").connects("lb").depends("job"),
        container("beside", "dmz"),
        container("api", "app").connects("ledger").listens(8443).listens(8080).runs(|container| {
            container.ports.push(Port::new(53));
            container.ports[2].protocol = Protocol::Udp;
            container.health_check = Some(HealthCheck::new(9999));
        }),
        container("job", "app"),
        load_balancer("lb", "app", [
            Route::new(82, Http, "api", 8080),
            Route::new(81, Http, "api", 8080),
            Route::new(82, Http, "api", 8443),
        ]).connects("api"),
        container("ledger", "core").runs(|container| container.health_check = Some(HealthCheck::new(9000))),
    ])), @r"
    dmz/web → app/api: 53/udp 8080/tcp 8443/tcp
    dmz/web → app/lb: 81/tcp 82/tcp
    app/api → core/ledger: 9000/tcp
    app → core
    dmz → app
    ");
}

#[test]
fn a_load_balancer_reaches_what_its_routes_lead_to() {
    insta::assert_snapshot!(flows(bank([
        load_balancer("lb", "dmz", [Route::new(80, Http, "api", 8080), Route::new(81, Http, "api", 7070)])
            .connects("api")
            .connects("admin"),
        container("api", "app").listens(8080).listens(9090),
        container("admin", "app").listens(9090),
    ])), @r"
    dmz/lb → app/api: 7070/tcp 8080/tcp
    dmz/lb → app/admin: 
    dmz → app
    bank.yaml:12:5: warning[app.flow_port]: `lb` connects to `admin` from `dmz` to `app`, but no route of `lb` leads there
      help: add a route to `admin`, or remove the connection
    ");
}

#[test]
fn what_is_outside_the_platform_has_no_ports() {
    insta::assert_snapshot!(flows(bank([
        container("web", "dmz").connects("swift"),
        external("swift", "core"),
    ])), @r"
    dmz/web → core/swift: 
    dmz → core
    ");
}

#[test]
fn a_target_without_ports_is_a_warning() {
    insta::assert_snapshot!(flows(bank([
        container("web", "dmz").connects("api").connects("lb"),
        container("api", "app"),
        load_balancer("lb", "app", []),
    ])), @r"
    dmz/web → app/api: 
    dmz/web → app/lb: 
    dmz → app
    bank.yaml:11:5: warning[app.flow_port]: `web` connects to `api` from `dmz` to `app`, but `api` declares no port
      help: list the `ports` of `api`, so that the firewall can be opened for them
    bank.yaml:12:5: warning[app.flow_port]: `web` connects to `lb` from `dmz` to `app`, but `lb` listens on no port
      help: add a route to `lb`
    ");
}

#[test]
fn a_service_that_is_reached_twice_is_one_flow() {
    let mut alias = Link::connection("api");
    alias.alias = Some("other".to_owned());
    insta::assert_snapshot!(flows(bank([
        container("z", "dmz").connects("api").with(|web| web.links.push(alias)),
        container("api", "app").connects("z").listens(80),
        container("a", "dmz").connects("api").listens(1),
    ])), @r"
    dmz/z → app/api: 80/tcp
    app/api → dmz/z: 
    dmz/a → app/api: 80/tcp
    app → dmz
    dmz → app
    bank.yaml:21:5: warning[app.flow_port]: `api` connects to `z` from `app` to `dmz`, but `z` declares no port
      help: list the `ports` of `z`, so that the firewall can be opened for them
    ");
}
