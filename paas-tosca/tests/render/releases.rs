//! Releases made by hand.

use paas_core::{
    application::{
        Container, External, ExternalService, HealthCheck, Link, LoadBalancer, LogFiles, Mount, OnFailure,
        Port, Protocol, Route, RouteProtocol, Segment, Service, ServiceKind, Text, UpdateStrategy,
    },
    release::{Part, Release},
    scaling::{Bounds, FixedCount, Rule, ScalingPolicy, TimeOfDay, Window},
};
use serde_json::{from_value, json};

/// A release of these parts: network (which is also the environment) and services.
pub(crate) fn release<'a>(parts: impl IntoIterator<Item = (&'a str, Vec<Service>)>) -> Release {
    let mut release: Release = from_value(json!({
        "format": Release::FORMAT,
        "application": "retail",
        "stack": "retail",
        "backend": { "kind": "rancher", "version": "1.6.30", "load_balancer_image": "rancher/lb-service-haproxy:v0.9.14" },
        "parts": [],
        "stages": [],
    }))
    .unwrap();
    release.parts = parts.into_iter().map(|(network, services)| part(network, services)).collect();
    release
}

fn part(network: &str, services: Vec<Service>) -> Part {
    let mut part: Part =
        from_value(json!({ "network": { "name": network }, "environment": network, "services": [] }))
            .unwrap();
    let mounts = services.iter().filter_map(Service::container).flat_map(|container| &container.mounts);
    part.volumes = mounts.map(|mount| mount.volume.clone()).collect();
    part.volumes.sort();
    part.volumes.dedup();
    part.services = services;
    part
}

/// Says which answer carries a secret input.
pub(crate) fn add_secret(release: &mut Release, input: &str, answer: &str) {
    release.secrets.push(from_value(json!({ "input": input, "answer": answer })).unwrap());
}

/// A service with connections.
pub(crate) fn service(
    name: &str,
    network: &str,
    kind: impl Into<ServiceKind>,
    links: impl IntoIterator<Item = Link>,
) -> Service {
    let mut service = Service::new(name, network, kind);
    service.links.extend(links);
    service
}

/// A connection with an alias.
pub(crate) fn connection_as(to: &str, alias: &str) -> Link {
    let mut link = Link::connection(to);
    link.alias = Some(alias.to_owned());
    link
}

/// A port.
pub(crate) fn port(container: u16, external: External, protocol: Protocol) -> Port {
    let mut port = Port::new(container);
    (port.external, port.protocol) = (external, protocol);
    port
}

/// A route for a host and path.
pub(crate) fn route(listen: u16, host: &str, path: &str, to: &str, port: u16) -> Route {
    let mut route = Route::new(listen, RouteProtocol::Http, to, port);
    route.host = (!host.is_empty()).then(|| host.to_owned());
    route.path = (!path.is_empty()).then(|| path.to_owned());
    route
}

/// A plan with one window whose grace is this.
pub(crate) fn plan_with_grace(service: &str, grace_ms: u64) -> ScalingPolicy {
    let mut policy = ScalingPolicy::new(service, "UTC", Bounds { min: 1, max: 9 });
    let rule = Rule::Fixed { count: FixedCount::Max };
    let mut window = Window::daily("w", TimeOfDay::MIDNIGHT, TimeOfDay::MIDNIGHT, rule);
    window.grace_ms = grace_ms;
    policy.windows.push(window);
    policy
}

/// A small release on three networks in which everything occurs that is rendered.
pub(crate) fn everything() -> Release {
    let mut release = release([
        ("dmz", vec![front(), auxiliary_front()]),
        ("app", vec![gateway(), nightly(), collector()]),
        ("core", vec![database(), clearing(), swift()]),
    ]);
    add_secret(&mut release, "db password", "db_password");
    release.policies.push(plan_with_grace("gateway", 30_000));
    release
}

fn front() -> Service {
    let mut https = Route::new(443, RouteProtocol::Https, "gateway", 8080);
    https.host = Some("www.bank.test".to_owned());
    https.priority = Some(1);
    let mut front = LoadBalancer::new([https, Route::new(80, RouteProtocol::Http, "maintenance", 8081)]);
    front.certificate = Some("www.bank.test".to_owned());
    front.scale = 2;
    service("front", "dmz", front, [Link::connection("gateway")])
}

fn auxiliary_front() -> Service {
    service("maintenance", "dmz", Container::new("registry.bank.test/dmz/maintenance:1"), [])
}

fn gateway() -> Service {
    let mut gateway = Container::new("registry.bank.test/app/gateway:1.9.0");
    gateway.scale = 3;
    gateway.entrypoint = vec!["/bin/sh".into(), "-c".into()];
    gateway.command = vec!["exec gateway --price '$5' \"$HOME\"\n".into()];
    gateway.environment.insert("MODE".to_owned(), "on".into());
    gateway.environment.insert(
        "DB_URL".to_owned(),
        Text::from_segments([
            Segment::Literal("mysql://app$1:".to_owned()),
            Segment::Secret { secret: "db password".to_owned() },
            Segment::Literal("@ledger-db".to_owned()),
        ]),
    );
    gateway.labels.insert("team".to_owned(), "payments: {{core}}".into());
    gateway.ports = vec![
        port(8080, External::None, Protocol::Tcp),
        port(8443, External::Given(443), Protocol::Tcp),
        port(5353, External::Allocated, Protocol::Udp),
    ];
    gateway.log_files = vec![LogFiles::new("/var/log/gateway", ["log".to_owned()])];
    let mut check = HealthCheck::new(8080);
    check.path = Some("/health z?a=\"b\"".to_owned());
    check.interval_ms = Some(5_000);
    check.initializing_ms = Some(60_000);
    check.on_failure = OnFailure::RecreateOnQuorum;
    gateway.health_check = Some(check);
    gateway.resources.cpu_limit_millis = Some(1_500);
    gateway.resources.cpu_reservation_millis = Some(500);
    gateway.resources.memory_limit_bytes = Some(2 << 30);
    gateway.resources.memory_reservation_bytes = Some(1 << 30);
    let mut update = UpdateStrategy::one_by_one();
    update.start_first = true;
    gateway.update = Some(update);
    gateway.stop_grace_ms = Some(10_500);
    gateway.mounts = vec![Mount::new("shared-files", "/srv/files")];
    let links = [connection_as("db", "ledger-db"), Link::connection("swift"), Link::dependency("db")];
    service("gateway", "app", gateway, links)
}

fn nightly() -> Service {
    let mut nightly = Container::new("registry.bank.test/app/nightly:1.0.3");
    nightly.run_once = true;
    let mut mount = Mount::new("shared-files", "/in");
    mount.read_only = true;
    nightly.mounts.push(mount);
    service("nightly", "app", nightly, [Link::connection("gateway"), Link::dependency("db")])
}

fn collector() -> Service {
    let mut collector = Container::new("registry.bank.test/app/collector:2");
    collector.everywhere = true;
    collector.host_affinity.insert("tier".to_owned(), "app".to_owned());
    collector.host_affinity.insert("zone".to_owned(), "a".to_owned());
    service("collector", "app", collector, [])
}

fn database() -> Service {
    let mut database = Container::new("registry.bank.test/core/mysql:5.7.44");
    database.environment.insert(
        "MYSQL_ROOT_PASSWORD".to_owned(),
        Text::from_segments([Segment::Secret { secret: "db password".to_owned() }]),
    );
    database.health_check = Some(HealthCheck::new(3306));
    database.mounts = vec![Mount::new("ledger-data", "/var/lib/mysql")];
    service("db", "core", database, [])
}

fn clearing() -> Service {
    let addresses = ["10.9.0.1", "10.9.0.2"].map(str::to_owned).to_vec();
    service("clearing", "core", ExternalService::Addresses(addresses), [])
}

fn swift() -> Service {
    service("swift", "core", ExternalService::Host("swift.bank.test".to_owned()), [])
}
