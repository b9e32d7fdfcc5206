//! A retail bank's internet channel as a release, without the way from a template to it.

use crate::{
    application::{
        Container, External, ExternalService, Link, LoadBalancer, Mount, Network, Protocol, Route,
        RouteProtocol, Service, Volume,
    },
    release::{
        Activation, Backend, EnvironmentLink, Flow, FlowPort, LinkStrategy, Part, PublishedPort, Rancher,
        Release, Stage, Target,
    },
};

/// Ten services on three networks, in three stages; `core` and `application` need each other.
pub(super) fn bank() -> Release {
    let entry = LoadBalancer {
        scale: 2,
        ..LoadBalancer::new([
            Route::new(443, RouteProtocol::Https, "api-gateway", 8080),
            Route::new(443, RouteProtocol::Https, "web-front", 8080),
            Route::new(80, RouteProtocol::Http, "web-front", 8080),
        ])
    };
    let receipts = |read_only| Mount { read_only, ..Mount::new("payment-receipts", "/var/spool/receipts") };
    let mut release = release(
        "retail-banking",
        [
            part(
                ("dmz", "low"),
                [
                    linked(Service::new("entry", "dmz", entry), &["web-front", "api-gateway"], &[]),
                    linked(containers("web-front", "dmz", 3), &["api-gateway"], &[]),
                ],
            ),
            part(
                ("application", "medium"),
                [
                    linked(
                        containers("api-gateway", "application", 3),
                        &["accounts", "payments", "session-cache"],
                        &[],
                    ),
                    linked(containers("accounts", "application", 2), &["ledger"], &[]),
                    linked(
                        mounting(containers("payments", "application", 3), [receipts(false)]),
                        &["ledger", "card-network"],
                        &[],
                    ),
                    mounting(containers("notifications", "application", 2), [receipts(true)]),
                    containers("session-cache", "application", 1),
                    Service::new(
                        "card-network",
                        "application",
                        ExternalService::Host("acquiring.cardnetwork.test".into()),
                    ),
                ],
            ),
            part(
                ("core", "high"),
                [
                    linked(containers("ledger", "core", 2), &["database"], &[]),
                    mounting(
                        containers("database", "core", 1),
                        [Mount::new("ledger-data", "/var/lib/postgresql/data")],
                    ),
                    linked(
                        Service::new(
                            "nightly-settlement",
                            "core",
                            Container { run_once: true, ..Container::new("settlement:1") },
                        ),
                        &["notifications"],
                        &["ledger"],
                    ),
                    Service::new(
                        "log-shipper",
                        "core",
                        Container { everywhere: true, ..Container::new("shipper:1") },
                    ),
                ],
            ),
        ],
    );
    release.parts[1].services[2].links[1].alias = Some("cards".into());
    release.parts[2].environment = "core-production".into();
    release.parts[2].network.security_domain = Some("ledger-zone".into());
    release.stages = vec![
        stage(1, &release, &["notifications", "session-cache", "database", "ledger", "log-shipper"]),
        stage(2, &release, &["accounts", "card-network", "payments", "api-gateway", "nightly-settlement"]),
        stage(3, &release, &["web-front", "entry"]),
    ];
    release.flows = vec![
        flow(&release, "entry", "api-gateway", &[8080]),
        flow(&release, "web-front", "api-gateway", &[8080]),
        flow(&release, "accounts", "ledger", &[9000]),
        flow(&release, "payments", "ledger", &[9000]),
        flow(&release, "nightly-settlement", "notifications", &[8090]),
    ];
    release.environment_links = vec![
        EnvironmentLink { from: "dmz".into(), to: "application".into() },
        EnvironmentLink { from: "application".into(), to: "core".into() },
        EnvironmentLink { from: "core".into(), to: "application".into() },
    ];
    release.volumes = vec![
        Volume { tier: Some("gold".into()), ..Volume::new("ledger-data") },
        Volume { tier: Some("silver".into()), ..Volume::new("payment-receipts") },
    ];
    release.ports = vec![
        published(&release, "entry", 443, External::Given(443)),
        published(&release, "notifications", 9102, External::Allocated),
        published(&release, "database", 5432, External::Given(15432)),
    ];
    release
}

/// A release with these parts and nothing else.
pub(super) fn release(application: &str, parts: impl IntoIterator<Item = Part>) -> Release {
    let target = Target::default();
    Release {
        format: Release::FORMAT,
        application: application.to_owned(),
        description: None,
        stack: application.to_owned(),
        backend: Backend::Rancher(Rancher {
            version: target.rancher,
            link_strategy: Some(LinkStrategy::RegionName),
            load_balancer_image: target.load_balancer_image,
        }),
        parts: parts.into_iter().collect(),
        stages: Vec::new(),
        environment_links: Vec::new(),
        flows: Vec::new(),
        volumes: Vec::new(),
        ports: Vec::new(),
        images: Vec::new(),
        log_sources: Vec::new(),
        policies: Vec::new(),
        secrets: Vec::new(),
        outputs: Vec::new(),
    }
}

pub(super) fn part((name, level): (&str, &str), services: impl IntoIterator<Item = Service>) -> Part {
    Part {
        network: Network { security_level: Some(level.into()), ..Network::new(name) },
        environment: name.to_owned(),
        services: services.into_iter().collect(),
        volumes: Vec::new(),
        stand_ins: Vec::new(),
    }
}

pub(super) fn containers(name: &str, network: &str, scale: u32) -> Service {
    Service::new(name, network, Container { scale, ..Container::new("registry.bank.test/app:1") })
}

pub(super) fn linked(mut service: Service, connections: &[&str], dependencies: &[&str]) -> Service {
    service.links.extend(connections.iter().map(|to| Link::connection(*to)));
    service.links.extend(dependencies.iter().map(|to| Link::dependency(*to)));
    service
}

pub(super) fn stage(number: u32, release: &Release, services: &[&str]) -> Stage {
    let activation = |service: &&str| Activation {
        network: release.service(service).unwrap().0.network.name.clone(),
        service: (*service).to_owned(),
    };
    Stage { number, activations: services.iter().map(activation).collect() }
}

fn mounting(mut service: Service, mounts: impl IntoIterator<Item = Mount>) -> Service {
    if let crate::application::ServiceKind::Container(container) = &mut service.kind {
        container.mounts.extend(mounts);
    }
    service
}

fn flow(release: &Release, from: &str, to: &str, ports: &[u16]) -> Flow {
    let network = |service| release.service(service).unwrap().0.network.name.clone();
    Flow {
        from_network: network(from),
        from_service: from.to_owned(),
        to_network: network(to),
        to_service: to.to_owned(),
        ports: ports.iter().map(|&port| FlowPort { port, protocol: Protocol::Tcp }).collect(),
    }
}

fn published(release: &Release, service: &str, container: u16, external: External) -> PublishedPort {
    PublishedPort {
        network: release.service(service).unwrap().0.network.name.clone(),
        service: service.to_owned(),
        container,
        external,
        protocol: Protocol::Tcp,
    }
}
