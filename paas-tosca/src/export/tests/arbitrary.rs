//! Applications that say anything that a template can.

use crate::yaml::write::tests;
use paas_core::{
    application::{
        Access, Affinity, AffinityRule, AffinityTo, Application, CAPABILITIES, ConfigurationFile, Container,
        CookieMode, External, ExternalService, FileContent, HealthCheck, HostMount, Link, LoadBalancer,
        LogFiles, Mount, Network, OnFailure, Output, Placement, Port, Propagation, Protocol, Route,
        RouteProtocol, SecretFile, Segment, Selector, Service, ServiceKind, Sidekick, Stickiness, Text,
        UpdateStrategy, Value, Volume,
    },
    scaling::{Bounds, Cycle, FixedCount, Rule, ScalingPolicy, Threshold, TimeOfDay, Weekday, Window},
};
use proptest::{
    collection::{btree_map, btree_set, vec},
    option,
    prelude::*,
    sample::{select, subsequence},
};
use std::collections::BTreeSet;

/// Any text without NUL, which no container can be given.
fn text() -> BoxedStrategy<String> {
    let short = |text: String| text.chars().filter(|&c| c != '\0').take(40).collect::<String>();
    tests::text().prop_map(short).boxed()
}

fn full() -> BoxedStrategy<String> {
    text().prop_filter("something", |text| !text.is_empty()).boxed()
}

/// A key of a map that nobody takes for a function.
fn key() -> BoxedStrategy<String> {
    let word = prop_oneof![3 => "[a-zA-Z_]{1,8}", 1 => full()];
    let is_key = |key: &String| key != "<<" && !key.contains(|c: char| c == '=' || c.is_control());
    word.prop_filter("a key", is_key).boxed()
}

/// The name of a volume or a secret.
fn proper() -> BoxedStrategy<String> {
    "[a-zA-Z0-9][a-zA-Z0-9._-]{0,8}".boxed()
}

fn path() -> BoxedStrategy<String> {
    "(/[a-zA-Z0-9 #'\"_-]{1,6}){1,3}".boxed()
}

/// Part of a rule about labels.
fn label_part() -> BoxedStrategy<String> {
    key().prop_map(|key| key.replace(',', ".")).boxed()
}

fn time() -> BoxedStrategy<u64> {
    prop_oneof![1..=2_073_600_000_u64, (1..=2000_u64).prop_map(|seconds| seconds * 1000)].boxed()
}

/// What texts can refer to.
#[derive(Debug, Clone, Default)]
struct Known {
    services: Vec<String>,
    containers: Vec<String>,
    networks: Vec<String>,
    volumes: Vec<String>,
    secrets: Vec<String>,
}

fn referring(known: &Known, secrets: bool) -> BoxedStrategy<Text> {
    let piece = prop_oneof![
        2 => text().prop_map(Segment::Literal),
        1 => select(known.services.clone()).prop_map(Segment::host_of),
    ];
    if !secrets || known.secrets.is_empty() {
        return vec(piece, 0..4).prop_map(Text::from_segments).boxed();
    }
    let secret = select(known.secrets.clone()).prop_map(|secret| Segment::Secret { secret });
    vec(prop_oneof![2 => piece, 1 => secret], 0..4).prop_map(Text::from_segments).boxed()
}

pub(super) fn application() -> impl Strategy<Value = Application> {
    let names = btree_set(prop_oneof![3 => "[a-d]{1,2}", 1 => full()], 1..6);
    let networks = vec((prop_oneof!["[a-d]{1,2}", full()], network()), 1..4);
    let volumes = vec((prop_oneof!["[a-d]{1,2}", proper()], volume()), 0..4);
    (names, networks, volumes, btree_set(full(), 0..3))
        .prop_flat_map(|(names, networks, volumes, secrets)| {
            let names: Vec<String> = names.into_iter().collect();
            let mut seen: BTreeSet<String> = BTreeSet::new();
            let networks: Vec<Network> = networks
                .into_iter()
                .filter(|(name, _)| seen.insert(name.clone()))
                .map(|(name, mut network)| {
                    network.chosen &= !names.contains(&name);
                    network.name = name;
                    network
                })
                .collect();
            let mut seen = BTreeSet::new();
            let volumes: Vec<Volume> = volumes
                .into_iter()
                .filter(|(name, _)| seen.insert(name.clone()))
                .map(|(name, mut volume)| {
                    volume.name = name;
                    volume
                })
                .collect();
            // The first are containers.
            let containers = names[..names.len().div_ceil(2)].to_vec();
            let known = Known {
                networks: networks.iter().map(|network| network.name.clone()).collect(),
                volumes: volumes.iter().map(|volume| volume.name.clone()).collect(),
                secrets: secrets.into_iter().collect(),
                services: names,
                containers,
            };
            let services: Vec<_> = known.services.iter().map(|name| service(name, &known)).collect();
            (Just((known.clone(), networks, volumes)), services, rest(&known))
        })
        .prop_map(|((known, networks, volumes), services, rest)| {
            let mut application = Application::new(rest.name);
            application.description = rest.description;
            (application.networks, application.volumes) = (networks, volumes);
            application.services = services;
            share_counts(&mut application.services);
            application.policies = rest.plans.iter().filter_map(|plan| plan.of(&application)).collect();
            (application.placements, application.outputs) = (rest.placements, rest.outputs);
            let used = secrets_in(&application);
            application.secrets = known.secrets.into_iter().filter(|name| used.contains(name)).collect();
            application
        })
}

fn secrets_in(application: &Application) -> BTreeSet<String> {
    super::super::inputs::inputs(application, &Default::default()).names().map(str::to_owned).collect()
}

fn network() -> impl Strategy<Value = Network> {
    let level = option::of(select(vec!["low", "medium", "high"]));
    (level, option::of(text()), any::<bool>()).prop_map(|(level, domain, is_chosen)| {
        let mut network = Network::new("");
        network.chosen = is_chosen && (level.is_some() || domain.is_some());
        (network.security_level, network.security_domain) = (level.map(str::to_owned), domain);
        network
    })
}

fn volume() -> impl Strategy<Value = Volume> {
    let access = select(vec![Access::OneWriter, Access::ManyReaders, Access::ManyWriters]);
    let size = prop_oneof![0..1_u64 << 53, (0..3000_u64).prop_map(|size| size << 30)];
    (option::of(text()), option::of(text()), option::of(size), option::of(access), any::<bool>()).prop_map(
        |(server, tier, size, access, existing)| {
            let mut volume = Volume::new("");
            (volume.server, volume.tier, volume.size_bytes) = (server, tier, size);
            (volume.access, volume.existing) = (access, existing);
            volume
        },
    )
}

fn service(name: &str, known: &Known) -> BoxedStrategy<Service> {
    let is_container = known.containers.iter().any(|container| container == name);
    let kind = if is_container {
        container(known).prop_map(ServiceKind::from).boxed()
    } else {
        prop_oneof![
            load_balancer(known).prop_map(ServiceKind::from),
            text_of_host().prop_map(|host| ExternalService::Host(host).into()),
            vec(any::<std::net::IpAddr>(), 1..3).prop_map(|addresses| {
                ExternalService::Addresses(addresses.iter().map(ToString::to_string).collect()).into()
            }),
        ]
        .boxed()
    };
    let link = (select(known.services.clone()), any::<bool>(), option::of(text()));
    let name = name.to_owned();
    (kind, select(known.networks.clone()), vec(link, 0..4))
        .prop_map(move |(kind, network, links)| {
            let mut service = Service::new(&name, network, kind);
            let is_external = service.is_external();
            service.links = links
                .into_iter()
                .map(|(to, is_dependency, alias)| match is_dependency || is_external {
                    true => Link::dependency(to),
                    false => {
                        let mut link = Link::connection(to);
                        link.alias = alias;
                        link
                    }
                })
                .collect();
            if let ServiceKind::Container(container) = &mut service.kind
                && container.sidekick.as_ref().is_some_and(|sidekick| sidekick.of == name)
            {
                container.sidekick = None;
            }
            service
        })
        .boxed()
}

fn text_of_host() -> BoxedStrategy<String> {
    "[a-z][a-z0-9-]{0,5}[a-z]([.][a-z]{1,4}){0,2}".boxed()
}

/// Sidekicks have the counts of what they run beside.
fn share_counts(services: &mut [Service]) {
    let is_sidekick = |service: &Service| service.sidekick().is_some();
    let main: Vec<(String, u32, bool)> = services
        .iter()
        .filter(|service| !is_sidekick(service))
        .filter_map(|it| {
            it.container().map(|container| (it.name.clone(), container.scale, container.everywhere))
        })
        .collect();
    for service in services {
        let ServiceKind::Container(container) = &mut service.kind else { continue };
        let Some(sidekick) = &mut container.sidekick else { continue };
        match main.iter().find(|(name, ..)| *name == sidekick.of) {
            Some((_, scale, everywhere)) => (container.scale, container.everywhere) = (*scale, *everywhere),
            None => container.sidekick = None,
        }
        if let Some(sidekick) = &mut container.sidekick {
            sidekick.share_network &= !container.security.host_network;
        }
    }
}

fn container(known: &Known) -> BoxedStrategy<Container> {
    let image = select(vec![
        "nginx",
        "registry.bank.test:5000/a/web:1.4",
        "a@sha256:00112233445566778899aabbccddeeff",
    ]);
    let open = |known: &Known| referring(known, true);
    let label = key().prop_filter("a free label", |key| !key.starts_with("io."));
    let runs = (
        image,
        prop_oneof![Just(1_u32), 0..20_u32],
        vec(open(known), 0..4),
        vec(open(known), 0..4),
        btree_map(key(), open(known), 0..4),
        btree_map(label, referring(known, false), 0..4),
    );
    let files = (vec(configuration_file(known), 0..3), vec(secret_file(), 0..3), vec(log_files(), 0..3));
    let times = (option::of(health_check()), resources(), option::of(update()), option::of(time()));
    let volumes = match known.volumes.is_empty() {
        true => Just(Vec::new()).boxed(),
        false => vec((select(known.volumes.clone()), path(), any::<bool>()), 0..3).boxed(),
    };
    let sidekick = (select(known.containers.clone()), any::<bool>(), any::<bool>());
    let process = process(known);
    let placed = (
        any::<bool>(),
        btree_map(label_part(), label_part(), 0..4),
        vec(affinity(), 0..3),
        option::weighted(0.3, sidekick),
        volumes,
    );
    (runs, vec(port(), 0..4), files, times, placed, any::<[bool; 2]>(), security(), process)
        .prop_map(|(runs, ports, files, times, placed, ends, security, process)| {
            let mut container = Container::new(runs.0);
            (container.hostname, container.working_dir, container.rancher) =
                (process.0, process.1, process.2);
            (container.volumes_from, container.anonymous_volumes) = (process.3, process.4);
            [container.tty, container.stdin_open] = process.5;
            container.scale = runs.1;
            (container.command, container.entrypoint) = (runs.2, runs.3);
            (container.environment, container.labels) = (runs.4, runs.5);
            container.ports = ports;
            (container.configuration_files, container.secret_files, container.log_files) = files;
            (container.health_check, container.resources) = (times.0, times.1);
            (container.update, container.stop_grace_ms) = (times.2, times.3);
            (container.everywhere, container.host_affinity, container.affinities) =
                (placed.0, placed.1, placed.2);
            container.sidekick = placed.3.map(|(of, volumes, network)| {
                let mut sidekick = Sidekick::new(of);
                (sidekick.volumes_from, sidekick.share_network) = (volumes, network);
                sidekick
            });
            container.mounts = placed
                .4
                .into_iter()
                .map(|(volume, path, read_only)| {
                    let mut mount = Mount::new(volume, path);
                    mount.read_only = read_only;
                    mount
                })
                .collect();
            if container.everywhere {
                container.scale = 1;
            }
            container.run_once = ends[0];
            container.restart_on_failure = ends[0] && ends[1];
            container.security = security;
            if container.security.host_network {
                container.ports.iter_mut().for_each(|port| port.external = External::None);
            }
            container
        })
        .boxed()
}

type Process = (
    Option<String>,
    Option<String>,
    std::collections::BTreeMap<String, Value>,
    Vec<String>,
    Vec<String>,
    [bool; 2],
);

/// What few containers have.
fn process(known: &Known) -> BoxedStrategy<Process> {
    let words = btree_map(select(vec!["cpuset", "stop_signal", "userdata"]), full(), 0..2);
    let metadata = btree_map(key(), value_within(known, -1e6..1e6, key()), 0..3);
    let referring = option::of(referring(known, true));
    let rancher = (words, option::of(metadata), option::of(any::<bool>()), referring).prop_map(
        |(words, metadata, init, description)| {
            let words = words.into_iter().map(|(word, text)| (word, Value::Text(text.into())));
            let description = description.filter(|text| text.as_plain().is_none());
            let all = words
                .chain(metadata.map(|map| ("metadata", Value::Map(map))))
                .chain(init.map(|flag| ("init", Value::Boolean(flag))))
                .chain(description.map(|text| ("description", Value::Text(text))));
            all.map(|(key, value)| (key.to_owned(), value)).collect()
        },
    );
    let services = subsequence(known.services.clone(), 0..=known.services.len().min(2));
    let paths = btree_set(path(), 0..3).prop_map(|paths| paths.into_iter().collect());
    (
        option::of("[a-z]([a-z0-9-]{0,5}[a-z])?"),
        option::of(path()),
        rancher,
        services,
        paths,
        any::<[bool; 2]>(),
    )
        .boxed()
}

fn port() -> impl Strategy<Value = Port> {
    let external = prop_oneof![
        Just(External::None),
        Just(External::Allocated),
        (1..=u16::MAX).prop_map(External::Given)
    ];
    (1..=u16::MAX, external, select(vec![Protocol::Tcp, Protocol::Udp])).prop_map(
        |(number, external, protocol)| {
            let mut port = Port::new(number);
            (port.external, port.protocol) = (external, protocol);
            port
        },
    )
}

fn configuration_file(known: &Known) -> BoxedStrategy<ConfigurationFile> {
    let content = prop_oneof![
        2 => referring(known, true).prop_map(FileContent::Inline),
        1 => proper().prop_map(FileContent::Secret),
    ];
    (path(), content).prop_map(|(path, content)| ConfigurationFile::new(path, content)).boxed()
}

fn secret_file() -> impl Strategy<Value = SecretFile> {
    let number = || option::of(0..=2_147_483_647_u32);
    (proper(), option::of(proper()), number(), number(), option::of("0?[0-7]{3}")).prop_map(
        |(name, file, user, group, mode)| {
            let mut secret = SecretFile::new(name);
            secret.file = file.unwrap_or(secret.file);
            (secret.user, secret.group, secret.mode) = (user, group, mode);
            secret
        },
    )
}

fn log_files() -> impl Strategy<Value = LogFiles> {
    let ending = full().prop_map(|text| text.replace(['/', ','], "."));
    (path(), vec(ending, 0..3)).prop_map(|(folder, endings)| LogFiles::new(folder, endings))
}

fn health_check() -> impl Strategy<Value = HealthCheck> {
    let on_failure = select(vec![OnFailure::None, OnFailure::Recreate, OnFailure::RecreateOnQuorum]);
    let times = (option::of(time()), option::of(time()), option::of(time()));
    let path = option::of("/[a-z0-9~%]{0}[a-z?&=:/]{0,6}");
    (1..=u16::MAX, path, times, 1..6_u32, 1..6_u32, on_failure).prop_map(
        |(port, path, times, healthy, unhealthy, on_failure)| {
            let mut check = HealthCheck::new(port);
            (check.interval_ms, check.timeout_ms, check.initializing_ms) = times;
            (check.healthy_threshold, check.unhealthy_threshold) = (healthy, unhealthy);
            (check.path, check.on_failure) = (path, on_failure);
            check
        },
    )
}

fn resources() -> impl Strategy<Value = paas_core::application::Resources> {
    let cpu = (option::of(10_000..1_000_000_u64), option::of(1..10_000_u64));
    let memory = (option::of(1_u64 << 32..1 << 50), option::of(4_u64 << 20..1 << 32));
    (cpu, memory).prop_map(|(cpu, memory)| {
        let mut resources = paas_core::application::Resources::default();
        (resources.cpu_limit_millis, resources.cpu_reservation_millis) = cpu;
        (resources.memory_limit_bytes, resources.memory_reservation_bytes) = memory;
        resources
    })
}

fn update() -> impl Strategy<Value = UpdateStrategy> {
    (1..5_u32, option::of(time()), any::<bool>()).prop_map(|(batch, interval, start_first)| {
        let mut update = UpdateStrategy::one_by_one();
        (update.batch_size, update.interval_ms, update.start_first) = (batch, interval, start_first);
        update
    })
}

fn affinity() -> impl Strategy<Value = Affinity> {
    use AffinityRule::{Must, MustNot, Should, ShouldNot};
    let to = prop_oneof![
        (label_part(), label_part()).prop_map(|(label, value)| AffinityTo::Host { label, value }),
        (label_part(), label_part()).prop_map(|(label, value)| AffinityTo::Container { label, value }),
        text().prop_map(AffinityTo::Service),
    ];
    (select(vec![Must, MustNot, Should, ShouldNot]), to).prop_map(|(rule, to)| Affinity::new(rule, to))
}

fn security() -> impl Strategy<Value = paas_core::application::Security> {
    let capabilities = subsequence(CAPABILITIES.to_vec(), 0..4);
    let options = vec!["no-new-privileges", "no-new-privileges:true", "seccomp=unconfined", "label:disable"];
    let mount = (prop_oneof![path(), Just("/".to_owned())], path(), any::<bool>()).prop_map(
        |(host_path, path, read_only)| {
            let mut mount = HostMount::new(host_path, path);
            mount.read_only = read_only;
            mount
        },
    );
    let propagation = option::of(select(Propagation::ALL.to_vec()));
    let mount = (mount, propagation).prop_map(|(mut mount, propagation)| {
        mount.propagation = propagation;
        mount
    });
    let devices = vec!["/dev/fuse", "/dev/a:/dev/b", "/dev/a:/dev/b:rwm"];
    let user = option::of("[a-z0-9]{1,5}(:[a-z0-9]{1,3})?");
    let lists = (subsequence(devices, 0..3), capabilities, subsequence(options, 0..3), vec(mount, 0..3));
    (any::<[bool; 5]>(), lists, user).prop_map(|(flags, (devices, capabilities, options, mounts), user)| {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let mut security = paas_core::application::Security::default();
        [
            security.privileged,
            security.host_network,
            security.host_pid,
            security.host_ipc,
            security.read_only_root,
        ] = flags;
        let (added, dropped) = capabilities.split_at(capabilities.len() / 2);
        (security.add_capabilities, security.drop_capabilities) = (owned(added), owned(dropped));
        (security.devices, security.security_opt) = (owned(&devices), owned(&options));
        (security.user, security.host_mounts) = (user, mounts);
        security
    })
}

fn load_balancer(known: &Known) -> BoxedStrategy<LoadBalancer> {
    use RouteProtocol::{Http, Https, Sni, Tcp, Tls};
    let selector = (btree_map(key(), text(), 0..3), option::of(text())).prop_map(|(labels, network)| {
        let mut selector = Selector::new(labels);
        selector.network = network;
        selector
    });
    let route = (
        (1..=u16::MAX, 1..=u16::MAX, select(vec![Http, Https, Tcp, Tls, Sni])),
        (option::of(text_of_host()), option::of("/[a-z0-9&;/]{0,6}")),
        select(known.services.clone()),
        option::weighted(0.3, selector),
        option::of(1..=i32::MAX),
    )
        .prop_map(|((listen, port, protocol), (host, path), service, selector, priority)| {
            let is_http = matches!(protocol, Http | Https);
            let mut route = Route::new(listen, protocol, service, port);
            route.host = host.filter(|_| is_http || protocol == Sni);
            route.path = path.filter(|_| is_http);
            if selector.is_some() {
                route.service.clear();
            }
            (route.selector, route.priority) = (selector, priority);
            route
        });
    let certificate = || label_part().prop_map(|name| format!("c{name}"));
    let certificates = option::of((certificate(), vec(certificate(), 0..3)));
    (vec(route, 1..4), certificates, option::of(stickiness()), 1..4_u32)
        .prop_map(|(routes, certificates, stickiness, scale)| {
            let mut load_balancer = LoadBalancer::new(routes);
            if let Some((first, others)) = certificates {
                (load_balancer.certificate, load_balancer.certificates) = (Some(first), others);
            }
            (load_balancer.stickiness, load_balancer.scale) = (stickiness, scale);
            load_balancer
        })
        .boxed()
}

fn stickiness() -> impl Strategy<Value = Stickiness> {
    let mode = select(vec![CookieMode::Insert, CookieMode::Prefix, CookieMode::Rewrite]);
    ("[a-zA-Z_-]{1,6}", mode, option::of(text_of_host()), any::<[bool; 3]>()).prop_map(
        |(cookie, mode, domain, flags)| {
            let mut stickiness = Stickiness::new(cookie);
            (stickiness.mode, stickiness.domain) = (mode, domain);
            [stickiness.indirect, stickiness.no_cache, stickiness.post_only] = flags;
            stickiness
        },
    )
}

/// What is said besides nodes.
#[derive(Debug, Clone)]
struct Rest {
    name: String,
    description: Option<String>,
    plans: Vec<Plan>,
    placements: Vec<Placement>,
    outputs: Vec<Output>,
}

fn rest(known: &Known) -> BoxedStrategy<Rest> {
    let services = known.services.clone();
    let level = select(vec!["low", "medium", "high"]);
    let placement = (level, option::of(text()), subsequence(services.clone(), 1..=services.len()));
    let placements = btree_map(full(), placement, 0..3).prop_map(|placements| {
        let placement = |(name, (level, domain, services)): (String, (&str, Option<String>, Vec<String>))| {
            let mut placement = Placement::new(name);
            (placement.security_level, placement.security_domain) = (Some(level.to_owned()), domain);
            placement.services = services;
            placement
        };
        placements.into_iter().map(placement).collect::<Vec<_>>()
    });
    let output = (option::of(text()), value(known));
    let outputs = btree_map(full(), output, 0..4).prop_map(|outputs| {
        let output = |(name, (description, value))| Output { name, description, value, pending: None };
        outputs.into_iter().map(output).collect::<Vec<_>>()
    });
    (full(), option::of(text()), plans(known), placements, outputs)
        .prop_map(|(name, description, plans, placements, outputs)| Rest {
            name,
            description,
            plans,
            // The names of policies are one set.
            placements: placements.into_iter().filter(|it| !it.name.starts_with("window ")).collect(),
            outputs,
        })
        .boxed()
}

fn value(known: &Known) -> BoxedStrategy<Value> {
    value_within(known, f64::MIN..f64::MAX, text())
}

fn value_within(
    known: &Known,
    floats: std::ops::Range<f64>,
    keys: BoxedStrategy<String>,
) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Boolean),
        1 => (-(1_i64 << 53) + 1..1 << 53).prop_map(Value::Integer),
        1 => floats.prop_map(Value::Float),
        4 => referring(known, true).prop_map(Value::Text),
    ];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::List),
            btree_map(keys.clone(), inner, 0..4).prop_map(Value::Map),
        ]
    })
    .boxed()
}

/// Windows for a service, if it can be scaled.
#[derive(Debug, Clone)]
struct Plan {
    service: String,
    time_zone: &'static str,
    windows: Vec<Window>,
    more: (u32, u32, bool),
}

impl Plan {
    fn of(&self, application: &Application) -> Option<ScalingPolicy> {
        let service = application.services.iter().find(|service| service.name == self.service)?;
        let container = service.container()?;
        let can_be_scaled = !container.run_once && !container.everywhere && container.sidekick.is_none();
        if self.windows.is_empty() || !can_be_scaled {
            return None;
        }
        let (below, above, is_own) = self.more;
        let own = Bounds { min: container.scale.saturating_sub(below), max: container.scale + above };
        let mut plan = ScalingPolicy::new(&self.service, self.time_zone, own);
        plan.windows.clone_from(&self.windows);
        let spans = plan.windows.iter().filter_map(|window| match &window.rule {
            Rule::Metric { bounds, .. } => Some(*bounds),
            Rule::Fixed { count: FixedCount::Count(count) } => Some(Bounds { min: *count, max: *count }),
            _ => None,
        });
        plan.bounds = spans.reduce(Bounds::union).filter(|_| !is_own).unwrap_or(own);
        Some(plan)
    }
}

/// Plans that take their windows from the same few.
fn plans(known: &Known) -> BoxedStrategy<Vec<Plan>> {
    let containers = known.containers.clone();
    let pool = (vec(window(), 1..5), select(vec!["UTC", "Europe/Zurich"]));
    pool.prop_flat_map(move |(windows, time_zone)| {
        let numbered = windows.into_iter().enumerate().map(|(index, mut window)| {
            window.name = format!("window {index}: {}", window.name);
            window
        });
        let windows: Vec<Window> = numbered.collect();
        let plan = |service: &String| {
            let own = subsequence(windows.clone(), 0..=windows.len());
            (Just(service.clone()), own, (0..3_u32, 0..3_u32, any::<bool>()))
        };
        let plans: Vec<_> = containers.iter().map(plan).collect();
        plans.prop_map(move |plans| {
            let plan = |(service, windows, more)| Plan { service, time_zone, windows, more };
            plans.into_iter().map(plan).collect()
        })
    })
    .boxed()
}

fn window() -> impl Strategy<Value = Window> {
    let minute = || (0..1440_u16).prop_map(|minutes| TimeOfDay::from_minutes(minutes).expect("a minute"));
    let cycle = prop_oneof![
        Just(Cycle::Daily),
        btree_set(select(Weekday::ALL.to_vec()), 1..4).prop_map(Cycle::Weekly),
        btree_set(1..=31_u8, 1..4).prop_map(Cycle::Monthly),
    ];
    let rest = (prop_oneof![Just(300_000), time()], prop_oneof![Just(0), time()], any::<bool>());
    (text(), minute(), minute(), cycle, rule(), rest).prop_map(
        |(name, from, to, cycle, rule, (retrigger, grace, enabled))| {
            let mut window = Window::daily(name, from, to, rule);
            (window.cycle, window.enabled) = (cycle, enabled);
            (window.retrigger_ms, window.grace_ms) = (retrigger, grace);
            window
        },
    )
}

fn rule() -> impl Strategy<Value = Rule> {
    let count =
        prop_oneof![Just(FixedCount::Min), Just(FixedCount::Max), (0..9_u32).prop_map(FixedCount::Count)];
    // Both sides alike, and each as it likes.
    let side = || (prop_oneof![Just(60_000), Just(90_000), time()], 1..4_u32);
    let sides = (side(), option::of(side())).prop_map(|(upper, lower)| (upper, lower.unwrap_or(upper)));
    let thresholds = (option::of(0.5..1.0_f64), option::of(0.0..0.5_f64));
    let metric = prop_oneof![
        Just("cpu".to_owned()),
        Just("memory".to_owned()),
        full().prop_filter("a name", |name| !name.trim().is_empty()),
    ];
    let bounds = (0..5_u32, 5..9_u32).prop_map(|(min, max)| Bounds { min, max });
    let metric = (metric, thresholds, sides, bounds);
    let threshold = |value: Option<f64>, (sustained_for_ms, step)| {
        value.map(|value| Threshold::new(value).for_ms(sustained_for_ms).by(step))
    };
    prop_oneof![
        count.prop_map(|count| Rule::Fixed { count }),
        metric.prop_map(move |(metric, (upper, lower), (out, into), bounds)| {
            Rule::Metric { metric, upper: threshold(upper, out), lower: threshold(lower, into), bounds }
        }),
    ]
}
