//! Releases that are planned from arbitrary applications, alone and in pairs.

use paas_core::{
    application::{
        Access, Application, ConfigurationFile, Container, External, ExternalService, FileContent,
        HealthCheck, Link, LoadBalancer, LogFiles, Mount, Network, Output, Port, Protocol, Route,
        RouteProtocol, Segment, Service, ServiceKind, Sidekick, Text, UpdateStrategy, Value, Volume,
    },
    release::{LinkStrategy, Release, Target},
    scaling::{Bounds, FixedCount, Rule, ScalingPolicy, Threshold, TimeOfDay, Window},
};
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::{select, subsequence},
};
use std::collections::BTreeSet;

const NETWORKS: [&str; 3] = ["dmz", "app", "core"];
const SERVICES: usize = 8;
const VOLUMES: [&str; 3] = ["data", "logs", "x y"];

/// A release.
pub(super) fn release() -> impl Strategy<Value = Release> {
    application().prop_filter_map("cannot be planned", plan)
}

/// A release, and another one of which a few services, and perhaps a little besides, are others.
pub(super) fn pair() -> impl Strategy<Value = (Release, Release)> {
    let mutation = (vec(0..SERVICES, 0..=3), any::<u16>(), 0..8_u32);
    (application(), application(), mutation).prop_filter_map(
        "cannot be planned",
        |(a, other, (which, rest, to))| {
            let (mut a, mut b) = (a.clone(), a);
            repair(&mut a);
            for index in which {
                let name = name(index);
                let place = b.services.iter().position(|service| service.name == name);
                match (place, other.services.iter().find(|service| service.name == name).cloned()) {
                    (Some(place), Some(service)) => b.services[place] = service,
                    (Some(place), None) => drop(b.services.remove(place)),
                    (None, Some(service)) => b.services.push(service),
                    (None, None) => {}
                }
            }
            let flag = |bit: u16| rest & (1 << bit) != 0;
            if flag(0) && !b.services.is_empty() {
                let first = b.services.remove(0);
                b.services.push(first);
            }
            if let Some(ServiceKind::Container(container)) =
                b.services.first_mut().map(|service| &mut service.kind)
                && flag(1)
            {
                container.scale = to;
            }
            if flag(2) {
                b.volumes = other.volumes;
            }
            if flag(3) {
                b.policies = other.policies;
            }
            if flag(4) {
                b.outputs = other.outputs;
            }
            if flag(5) && flag(6) {
                b.networks.reverse();
            }
            let (mut before, mut target) = (Target::default(), Target::default());
            if flag(7) && flag(8) {
                target.stack = Some("another".to_owned());
            }
            if flag(9) && flag(10) {
                target.environments.insert("dmz".to_owned(), "outside".to_owned());
            } else if flag(9) && flag(8) {
                // Two networks swap their environments.
                target.environments.insert("dmz".to_owned(), "app".to_owned());
                target.environments.insert("app".to_owned(), "dmz".to_owned());
            }
            if flag(11) {
                target.link_strategy = Some(LinkStrategy::EnvironmentLinks);
            }
            if flag(11) && flag(12) {
                before.link_strategy = target.link_strategy;
            }
            if flag(13) && flag(14) {
                target.load_balancer_image = "lb:2".to_owned();
            }
            Some((plan_for(a, &before)?, plan_for(b, &target)?))
        },
    )
}

fn plan(application: Application) -> Option<Release> {
    plan_for(application, &Target::default())
}

fn plan_for(mut application: Application, target: &Target) -> Option<Release> {
    repair(&mut application);
    Release::plan(application, target).release
}

fn name(index: usize) -> String {
    format!("s{index}")
}

fn application() -> impl Strategy<Value = Application> {
    let which = subsequence((0..SERVICES).collect::<Vec<_>>(), 0..=SERVICES);
    let services = which.prop_flat_map(|which| {
        which.into_iter().map(|index| service(index).boxed()).collect::<Vec<BoxedStrategy<Service>>>()
    });
    (services, volumes(), policies(), vec((any::<u8>(), word()), 0..3), option::of(word())).prop_map(
        |(services, volumes, policies, outputs, description)| {
            let mut application = Application::new("bank");
            application.description = description;
            application.networks = NETWORKS.map(Network::new).into();
            application.networks[1].security_level = Some("high".to_owned());
            application.volumes = volumes;
            application.secrets = vec!["password".to_owned()];
            let output = |(index, (number, text)): (usize, (u8, String))| Output {
                name: format!("o{index}"),
                description: None,
                value: match number % 3 {
                    0 => Value::Null,
                    1 => Value::List(vec![Value::Integer(number.into()), Value::Text(text.into())]),
                    _ => Value::Float(f64::from(number) / 4.0),
                },
                pending: None,
            };
            application.outputs = outputs.into_iter().enumerate().map(output).collect();
            application.services = services;
            application.policies = policies;
            application
        },
    )
}

/// Leaves only what leads somewhere, and what can be planned.
fn repair(application: &mut Application) {
    let mut known: Vec<String> = Vec::new();
    application.services.retain(|service| {
        let is_first = !known.contains(&service.name);
        known.push(service.name.clone());
        is_first
    });
    application.policies.retain(|policy| known.contains(&policy.service));
    let all = application.services.clone();
    let find = |name: &str| all.iter().find(|service| service.name == name);
    let mut beside: Vec<String> = Vec::new();
    for service in &mut application.services {
        // A sidekick is where its service is.
        let main = service.sidekick().and_then(|sidekick| find(&sidekick.of));
        if let Some(main) = main.filter(|main| main.container().is_some() && main.sidekick().is_none()) {
            service.network = main.network.clone();
        }
        let network = service.network.clone();
        match &mut service.kind {
            ServiceKind::Container(container) => {
                if let Some(sidekick) = &container.sidekick {
                    let main = find(&sidekick.of).filter(|main| main.network == network);
                    match main.and_then(Service::container).filter(|main| main.sidekick.is_none()) {
                        Some(main) => {
                            (container.scale, container.everywhere) = (main.scale, main.everywhere);
                            container.configuration_files.clear();
                            beside.push(service.name.clone());
                        }
                        None => container.sidekick = None,
                    }
                }
                let known = |name: &str| application.volumes.iter().any(|volume| volume.name == name);
                container.mounts.retain(|mount| known(&mount.volume));
            }
            ServiceKind::LoadBalancer(balancer) => {
                let is_container = |name: &str| find(name).is_some_and(|target| target.container().is_some());
                balancer.routes.retain(|route| is_container(&route.service));
                if balancer.routes.is_empty() {
                    service.kind = Container::new("was a load balancer").into();
                }
            }
            _ => {}
        }
    }
    application.policies.retain(|policy| !beside.contains(&policy.service));
    publish_once(&mut application.services);
    for service in &mut application.services {
        let of = service.sidekick().map(|sidekick| sidekick.of.clone());
        service.links.retain(|link| {
            known.contains(&link.to) && !beside.contains(&link.to) && Some(&link.to) != of.as_ref()
        });
        if let ServiceKind::LoadBalancer(balancer) = &mut service.kind {
            balancer.routes.retain(|route| !beside.contains(&route.service));
            if balancer.routes.is_empty() {
                service.kind = Container::new("was a load balancer").into();
            }
        }
    }
}

/// Takes no port of the hosts of a network twice.
fn publish_once(services: &mut [Service]) {
    let mut taken: BTreeSet<(String, u16, Protocol)> = BTreeSet::new();
    for service in services {
        let network = service.network.clone();
        match &mut service.kind {
            ServiceKind::Container(container) => {
                let on_host = container.security.host_network;
                container.ports.retain(|port| {
                    let number = match port.external {
                        External::Given(number) => number,
                        _ if on_host => port.container,
                        _ => return true,
                    };
                    taken.insert((network.clone(), number, port.protocol))
                });
            }
            ServiceKind::LoadBalancer(balancer) => {
                let mut own = BTreeSet::new();
                balancer.routes.retain(|route| {
                    own.contains(&route.listen)
                        || taken.insert((network.clone(), route.listen, Protocol::Tcp))
                            && own.insert(route.listen)
                });
                if balancer.routes.is_empty() {
                    service.kind = Container::new("was a load balancer").into();
                }
            }
            _ => {}
        }
    }
}

fn service(index: usize) -> impl Strategy<Value = Service> {
    let kind = prop_oneof![
        6 => container(index).prop_map(ServiceKind::from),
        2 => load_balancer(index).prop_map(ServiceKind::from),
        1 => Just(ServiceKind::from(ExternalService::Host("outside.example".to_owned()))),
        1 => vec("10\\.0\\.0\\.[1-9]", 1..3).prop_map(|all| ExternalService::Addresses(all).into()),
    ];
    (select(NETWORKS.to_vec()), kind, vec((0..SERVICES, any::<bool>(), option::of("[a-c]")), 0..3)).prop_map(
        move |(network, kind, links)| {
            let targets: Vec<String> = match &kind {
                ServiceKind::LoadBalancer(balancer) => {
                    balancer.routes.iter().map(|route| route.service.clone()).collect()
                }
                _ => Vec::new(),
            };
            let mut service = Service::new(name(index), network, kind);
            for (to, is_connection, alias) in links {
                // Only backwards, so that there are no loops.
                if to < index {
                    let mut link = if is_connection || targets.contains(&name(to)) {
                        Link::connection(name(to))
                    } else {
                        Link::dependency(name(to))
                    };
                    link.alias = alias.filter(|_| is_connection);
                    service.links.push(link);
                }
            }
            // A route needs a connection.
            for target in targets {
                if service.links.iter().all(|link| link.to != target) {
                    service.links.push(Link::connection(target));
                }
            }
            service
        },
    )
}

fn container(index: usize) -> impl Strategy<Value = Container> {
    let runs = (word(), 0..5_u32, vec(text(), 0..3), btree_map(word(), text(), 0..4));
    // Often the same ones, of which some are those of load balancers.
    let external = prop_oneof![select(vec![8011, 8012, 8021, 8080]), 1..60_000_u16];
    let ports = vec((1..5_u16, option::of(external), prop::bool::weighted(0.2)), 0..3);
    let mounts = vec((select(VOLUMES.to_vec()), "/[a-c]", any::<bool>()), 0..2);
    let beside = option::weighted(0.7, 0..SERVICES);
    let rare = [prop::bool::weighted(0.1), prop::bool::weighted(0.6)];
    let flags = (any::<[bool; 4]>(), beside, option::of(1..9_u16), any::<[bool; 2]>(), rare);
    (runs, ports, mounts, flags).prop_map(move |(runs, ports, mounts, flags)| {
        let mut container = Container::new(runs.0);
        (container.scale, container.command, container.environment) = (runs.1, runs.2, runs.3);
        for (number, external, is_udp) in ports {
            let mut port = Port::new(number);
            port.external = external.map_or(External::None, External::Given);
            port.protocol = if is_udp { Protocol::Udp } else { Protocol::Tcp };
            if container.ports.iter().all(|known| known.container != number) {
                container.ports.push(port);
            }
        }
        for (volume, path, read_only) in mounts {
            let mut mount = Mount::new(volume, path);
            mount.read_only = read_only;
            if container.mounts.iter().all(|known| known.path != mount.path) {
                container.mounts.push(mount);
            }
        }
        let ([everywhere, once, update, sidekick], of, check, [log, file], [on_host, keeps_address]) = flags;
        container.security.host_network = on_host;
        if keeps_address {
            container.rancher.insert("retain_ip".to_owned(), Value::Boolean(true));
        }
        container.everywhere = everywhere && once;
        container.run_once = once && !everywhere;
        container.health_check = check.map(HealthCheck::new);
        container.update = update.then(|| {
            let mut update = UpdateStrategy::one_by_one();
            update.start_first = once;
            update
        });
        container.sidekick = of.filter(|of| sidekick && *of < index).map(|of| Sidekick::new(name(of)));
        if log {
            container.log_files.push(LogFiles::new("/var/log", ["log".to_owned()]));
        }
        if file {
            let content = FileContent::Secret("a".to_owned());
            container.configuration_files.push(ConfigurationFile::new("/run/secrets/file", content));
        }
        container
    })
}

fn load_balancer(index: usize) -> impl Strategy<Value = LoadBalancer> {
    let route = (1..4_u16, option::of("[a-c]\\.example"), option::of("/[a-c]"), 0..SERVICES, 1..4_u16);
    (vec(route, 1..4), 1..4_u32).prop_map(move |(routes, scale)| {
        let routes =
            routes.into_iter().filter(|route| route.3 < index).map(|(listen, host, path, to, port)| {
                let mut route = Route::new(
                    listen + 8000 + 10 * u16::try_from(index).unwrap(),
                    RouteProtocol::Http,
                    name(to),
                    port,
                );
                (route.host, route.path) = (host, path);
                route
            });
        let mut balancer = LoadBalancer::new(routes);
        balancer.scale = scale;
        balancer
    })
}

fn volumes() -> impl Strategy<Value = Vec<Volume>> {
    let access = select(vec![None, Some(Access::ManyWriters)]);
    subsequence(VOLUMES.to_vec(), 0..=VOLUMES.len()).prop_flat_map(move |names| {
        let details = vec((option::of("[a-z]{1,3}"), option::of(1..9_u64), access.clone()), names.len());
        (Just(names), details).prop_map(|(names, details)| {
            let volume = |(name, (tier, size_bytes, access)): (&str, _)| {
                let mut volume = Volume::new(name);
                (volume.tier, volume.size_bytes, volume.access) = (tier, size_bytes, access);
                volume
            };
            names.into_iter().zip(details).map(volume).collect()
        })
    })
}

fn policies() -> impl Strategy<Value = Vec<ScalingPolicy>> {
    subsequence((0..SERVICES).collect::<Vec<_>>(), 0..3).prop_flat_map(|services| {
        let policy = (1..4_u32, 4..7_u32, option::of(1..5_u8));
        (Just(services.clone()), vec(policy, services.len())).prop_map(|(services, policies)| {
            let policy = |(service, (min, max, upper)): (usize, (u32, u32, Option<u8>))| {
                let bounds = Bounds { min, max };
                let mut policy = ScalingPolicy::new(name(service), "Europe/Zurich", bounds);
                let rule = match upper {
                    None => Rule::Fixed { count: FixedCount::Max },
                    Some(upper) => Rule::Metric {
                        metric: "cpu".to_owned(),
                        upper: Some(Threshold::new(f64::from(upper) * 12.5)),
                        lower: None,
                        bounds,
                    },
                };
                let time: TimeOfDay = "08:00".parse().unwrap();
                policy.windows.push(Window::daily("day", time, "18:30".parse().unwrap(), rule));
                policy
            };
            services.into_iter().zip(policies).map(policy).collect()
        })
    })
}

fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        3 => word().prop_map(Text::from),
        1 => Just(Text::from_segments([
            Segment::Literal("root:".to_owned()),
            Segment::Secret { secret: "password".to_owned() },
        ])),
    ]
}

/// Any text that is no name.
fn word() -> impl Strategy<Value = String> {
    let odd =
        ["a.b", "a[0]", "]", "\"q\"", "x=1", "line\nline", "", "\u{1b}[31m", "ü 銀", "-->", "'; DROP", "***"];
    prop_oneof![3 => "[a-zA-Z0-9_.]{1,6}", 1 => select(odd.map(str::to_owned).to_vec())]
}
