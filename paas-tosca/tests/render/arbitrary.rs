//! Releases that hold any strings at all.

use super::releases::{add_secret, plan_with_grace, port, release as release_of};
use paas_core::{
    application::{
        Affinity, AffinityRule, AffinityTo, ConfigurationFile, Container, CookieMode, External,
        ExternalService, FileContent, HealthCheck, HostMount, Link, LoadBalancer, LogFiles, Mount, OnFailure,
        Propagation, Protocol, Route, RouteProtocol, SecretFile, Security, Segment, Selector, Service,
        ServiceKind, Sidekick, Stickiness, Text, UpdateStrategy, Value,
    },
    release::{Backend, Release},
};
use proptest::{
    collection::{btree_map, btree_set, vec},
    option,
    prelude::*,
    sample::select,
    strategy::Union,
};
use std::collections::{BTreeMap, BTreeSet};

/// How names are made: [`text`] or [`proper_name`].
type Names = fn() -> BoxedStrategy<String>;

/// Any string; often one that YAML, Go templates or the executor could take for something else.
pub(crate) fn text() -> BoxedStrategy<String> {
    const ODD: &[&str] = &[
        "$",
        "$$",
        "${x}",
        "$x",
        "{{",
        "}}",
        "yes",
        "no",
        "on",
        "null",
        "~",
        "22:30",
        "1e3",
        "0x1F",
        "007",
        "<<",
        "=",
        ":",
        ": ",
        " #",
        "#",
        "- ",
        "? ",
        "\"",
        "'",
        "\\",
        "\\n",
        "\n",
        "\r\n",
        "\t",
        " ",
        "\0",
        "\u{7F}",
        "\u{85}",
        "\u{A0}",
        "\u{2028}",
        "\u{2029}",
        "\u{FEFF}",
        "\u{FFFE}",
        "\u{FFFF}",
        "\u{1FFFE}",
        "\u{202E}",
        "ü",
        "銀行",
        "🏦",
        "---",
        "...",
        "%",
        "@",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "[",
        "]",
        "{",
        "}",
        ",",
        "/",
        ".",
    ];
    prop_oneof![
        3 => vec(any::<char>(), 0..8).prop_map(String::from_iter),
        3 => vec(select(ODD), 0..4).prop_map(|pieces| pieces.concat()),
        2 => "[a-z]{1,8}",
        1 => "[a-z$\"\n]{900,1100}",
    ]
    .boxed()
}

/// A name that Rancher takes.
pub(crate) fn proper_name() -> BoxedStrategy<String> {
    "[a-z]([a-z0-9-]{0,8}[a-z0-9])?".boxed()
}

/// A release of up to three networks and six services, with names from `name` and other strings from [`text`].
pub(crate) fn release(name: Names) -> impl Strategy<Value = Release> {
    let networks = vec((name(), name()), 1..=3);
    let services = btree_set(name(), 1..=6);
    let secrets = vec((text(), "[a-zA-Z0-9_]{1,5}"), 0..3);
    (networks, services, secrets, name(), text())
        .prop_flat_map(move |(networks, services, secrets, stack, balancer_image)| {
            let names: Vec<_> = services.into_iter().collect();
            let inputs: Vec<_> = secrets.iter().map(|(input, _)| input.clone()).collect();
            let one = (0..networks.len(), kind(name, &names, &inputs), vec(link(name, &names), 0..5));
            let services = vec(one, names.len());
            let graces = vec((select(names.clone()), 0..3_u64), 0..3);
            let rest = (Just(networks), Just(secrets), Just(stack), Just(balancer_image), Just(names));
            (services, graces, rest)
        })
        .prop_map(|(services, graces, (networks, secrets, stack, balancer_image, names))| {
            let mut seen = BTreeSet::new();
            let mut parts = vec![];
            for (position, (network, _)) in
                networks.iter().enumerate().filter(|(_, n)| seen.insert(n.0.clone()))
            {
                let here = services
                    .iter()
                    .zip(&names)
                    .filter(|((home, ..), _)| *home == position || networks[*home].0 == *network);
                let here = here.map(|((_, kind, links), name)| {
                    super::releases::service(name, network, kind.clone(), links.iter().cloned())
                });
                parts.push((network.as_str(), here.collect::<Vec<Service>>()));
            }
            let mut release = release_of(parts);
            for part in &mut release.parts {
                part.environment = networks.iter().find(|n| n.0 == part.network.name).unwrap().1.clone();
            }
            release.stack = stack;
            let Backend::Rancher(rancher) = &mut release.backend else { unreachable!() };
            rancher.load_balancer_image = balancer_image;
            let mut inputs = BTreeSet::new();
            for (input, answer) in secrets.iter().filter(|(input, _)| inputs.insert(input)) {
                add_secret(&mut release, input, answer);
            }
            release.policies =
                graces.iter().map(|(service, grace)| plan_with_grace(service, *grace)).collect();
            release
        })
}

fn kind(name: Names, services: &[String], inputs: &[String]) -> BoxedStrategy<ServiceKind> {
    prop_oneof![
        5 => (container(name, services, inputs), delivered(name, services), own(name, services, inputs)).prop_map(
            |(container, delivered, own)| {
                let mut container = container;
                delivered.put_into(&mut container);
                own.put_into(&mut container);
                ServiceKind::from(container)
            },
        ),
        3 => load_balancer(services).prop_map(ServiceKind::from),
        1 => text().prop_map(|host| ExternalService::Host(host).into()),
        1 => vec(text(), 0..3).prop_map(|addresses| ExternalService::Addresses(addresses).into()),
    ]
    .boxed()
}

fn container(name: Names, services: &[String], inputs: &[String]) -> BoxedStrategy<Container> {
    let runs = (
        text(),
        0..4_u32,
        vec(with_references(services, inputs), 0..3),
        vec(with_references(services, inputs), 0..3),
        btree_map(name(), with_references(services, inputs), 0..3),
        btree_map(label(name), with_references(services, &[]), 0..3),
    );
    let numbers = (
        option::of(any::<u64>()),
        option::of(any::<u64>()),
        option::of(any::<u64>()),
        option::of(any::<u64>()),
    );
    let placed = (any::<bool>(), btree_map(text(), text(), 0..3), any::<bool>(), option::of(any::<u64>()));
    let mounts = vec((name(), text(), any::<bool>()), 0..3);
    let numbers = (numbers, option::of(any::<bool>()));
    (runs, ports(), option::of(health_check()), numbers, mounts, placed, security())
        .prop_map(|(runs, ports, health_check, (numbers, start_first), mounts, placed, security)| {
            let mut container = Container::new(runs.0);
            container.scale = runs.1;
            (container.command, container.entrypoint, container.environment) = (runs.2, runs.3, runs.4);
            container.labels = runs.5;
            container.ports = ports
                .into_iter()
                .map(|(number, external, protocol)| port(number, external, protocol))
                .collect();
            container.health_check = health_check;
            (container.resources.cpu_limit_millis, container.resources.cpu_reservation_millis) =
                (numbers.0, numbers.1);
            (container.resources.memory_limit_bytes, container.resources.memory_reservation_bytes) =
                (numbers.2, numbers.3);
            container.update = start_first.map(|start_first| {
                let mut update = UpdateStrategy::one_by_one();
                update.start_first = start_first;
                update
            });
            container.mounts = mounts
                .into_iter()
                .map(|(volume, path, read_only)| {
                    let mut mount = Mount::new(volume, path);
                    mount.read_only = read_only;
                    mount
                })
                .collect();
            (container.everywhere, container.host_affinity) = (placed.0, placed.1);
            (container.run_once, container.stop_grace_ms) = (placed.2, placed.3);
            container.security = security;
            container
        })
        .boxed()
}

fn security() -> impl Strategy<Value = Security> {
    let flags = any::<[bool; 5]>();
    let lists = (vec(text(), 0..3), vec(text(), 0..3), vec(text(), 0..3), vec(text(), 0..3));
    let propagation = option::of(select(Propagation::ALL.to_vec()));
    let mounts = vec((text(), text(), any::<bool>(), propagation), 0..3);
    (flags, lists, option::of(text()), mounts).prop_map(|(flags, lists, user, mounts)| {
        let mut security = Security::default();
        [
            security.privileged,
            security.host_network,
            security.host_pid,
            security.host_ipc,
            security.read_only_root,
        ] = flags;
        (security.devices, security.add_capabilities) = (lists.0, lists.1);
        (security.drop_capabilities, security.security_opt) = (lists.2, lists.3);
        security.user = user;
        security.host_mounts = mounts
            .into_iter()
            .map(|(host_path, path, read_only, propagation)| {
                let mut mount = HostMount::new(host_path, path);
                (mount.read_only, mount.propagation) = (read_only, propagation);
                mount
            })
            .collect();
        security
    })
}

/// What is put into containers, and where these run.
#[derive(Debug, Clone)]
struct Delivered {
    affinities: Vec<Affinity>,
    secret_files: Vec<SecretFile>,
    configuration_files: Vec<ConfigurationFile>,
    log_files: Vec<LogFiles>,
    sidekick: Option<Sidekick>,
    restart_on_failure: bool,
    batches: (u32, Option<u64>),
}

impl Delivered {
    fn put_into(self, container: &mut Container) {
        container.affinities = self.affinities;
        container.secret_files = self.secret_files;
        container.configuration_files = self.configuration_files;
        container.log_files = self.log_files;
        container.sidekick = self.sidekick;
        container.restart_on_failure = self.restart_on_failure;
        if let Some(update) = &mut container.update {
            (update.batch_size, update.interval_ms) = self.batches;
        }
    }
}

fn delivered(name: Names, services: &[String]) -> BoxedStrategy<Delivered> {
    use AffinityRule::{Must, MustNot, Should, ShouldNot};
    let rule = || select(vec![Must, MustNot, Should, ShouldNot]);
    let to = prop_oneof![
        (name(), text()).prop_map(|(label, value)| AffinityTo::Host { label, value }),
        (name(), text()).prop_map(|(label, value)| AffinityTo::Container { label, value }),
        select(services.to_vec()).prop_map(AffinityTo::Service),
    ];
    let affinity = (rule(), to).prop_map(|(rule, to)| Affinity::new(rule, to));
    let secret = (name(), text(), option::of(any::<u32>()), option::of("0?[0-7]{3}")).prop_map(
        |(secret, file, number, mode)| {
            let mut secret = SecretFile::new(secret);
            (secret.file, secret.user, secret.group, secret.mode) = (file, number, number, mode);
            secret
        },
    );
    let file = (name(), name(), any::<bool>()).prop_map(|(secret, file, is_secret)| {
        let content = match is_secret {
            true => FileContent::Secret(secret),
            false => FileContent::Inline(secret.into()),
        };
        ConfigurationFile::new(format!("/run/secrets/{file}"), content)
    });
    let logs = (text(), vec(text(), 0..3)).prop_map(|(folder, endings)| LogFiles::new(folder, endings));
    let sidekick =
        (select(services.to_vec()), any::<bool>(), any::<bool>()).prop_map(|(of, volumes, network)| {
            let mut sidekick = Sidekick::new(of);
            (sidekick.volumes_from, sidekick.share_network) = (volumes, network);
            sidekick
        });
    let batches = (1..3_u32, option::of(any::<u64>()));
    let lists = (vec(affinity, 0..4), vec(secret, 0..3), vec(file, 0..3), vec(logs, 0..3));
    (lists, option::weighted(0.3, sidekick), any::<bool>(), batches)
        .prop_map(|(lists, sidekick, restart_on_failure, batches)| Delivered {
            affinities: lists.0,
            secret_files: lists.1,
            configuration_files: lists.2,
            log_files: lists.3,
            sidekick,
            restart_on_failure,
            batches,
        })
        .boxed()
}

/// How the program begins, and what has no word but Rancher's.
#[derive(Debug, Clone)]
struct Own {
    texts: [Option<String>; 2],
    flags: [bool; 2],
    lists: (Vec<String>, Vec<String>),
    rancher: BTreeMap<String, Value>,
}

impl Own {
    fn put_into(self, container: &mut Container) {
        [container.hostname, container.working_dir] = self.texts;
        [container.tty, container.stdin_open] = self.flags;
        (container.volumes_from, container.anonymous_volumes) = self.lists;
        container.rancher = self.rancher;
    }
}

fn own(name: Names, services: &[String], inputs: &[String]) -> BoxedStrategy<Own> {
    let texts = [option::of(text()), option::of(text())];
    // What has a `:` is no path.
    let path = text().prop_map(|text| text.replace(':', ""));
    let lists = (vec(select(services.to_vec()), 0..3), vec(path, 0..3));
    (texts, any::<[bool; 2]>(), lists, passed_on(name, services, inputs))
        .prop_map(|(texts, flags, lists, rancher)| Own { texts, flags, lists, rancher })
        .boxed()
}

/// Keys of the shapes that the executor takes, and one that is none.
fn passed_on(name: Names, services: &[String], inputs: &[String]) -> BoxedStrategy<BTreeMap<String, Value>> {
    let a_text = || with_references(services, inputs).prop_map(Value::Text).boxed();
    let plain_texts =
        || btree_set(text(), 0..3).prop_map(|texts| Value::List(texts.into_iter().map(as_text).collect()));
    let labels = btree_map(label(name), with_references(services, &[]).prop_map(Value::Text), 0..3);
    let rule = (text(), 1..9_i64).prop_map(|(host, port)| {
        let entries = [("hostname", as_text(host)), ("target_port", Value::Integer(port))];
        Value::Map(entries.map(|(key, value)| (key.to_owned(), value)).into())
    });
    let rules =
        vec(rule, 0..3).prop_map(|rules| Value::Map([("port_rules".to_owned(), Value::List(rules))].into()));
    let keys: Vec<(&str, BoxedStrategy<Value>)> = vec![
        ("retain_ip", any::<bool>().prop_map(Value::Boolean).boxed()),
        ("init", any::<bool>().prop_map(Value::Boolean).boxed()),
        ("oom_score_adj", (-1_000..=1_000_i64).prop_map(Value::Integer).boxed()),
        ("cpu_shares", any::<u32>().prop_map(|number| Value::Integer(number.into())).boxed()),
        ("stop_signal", a_text()),
        ("network_mode", a_text()),
        ("restart", a_text()),
        (
            "metadata",
            anything(name, a_text()).prop_map(|value| Value::Map([("m".to_owned(), value)].into())).boxed(),
        ),
        ("dns_opt", plain_texts().boxed()),
        ("external_links", plain_texts().boxed()),
        ("labels", labels.prop_map(Value::Map).boxed()),
        ("lb_config", rules.boxed()),
        ("image", a_text()),
    ];
    vec(
        (0..keys.len()).prop_flat_map(move |at| {
            keys[at].1.clone().prop_map({
                let key = keys[at].0.to_owned();
                move |value| (key.clone(), value)
            })
        }),
        0..3,
    )
    .prop_map(|entries| entries.into_iter().collect())
    .boxed()
}

fn as_text(text: String) -> Value {
    Value::Text(text.into())
}

/// Any value that JSON can say.
fn anything(name: Names, a_text: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        any::<i32>().prop_map(|number| Value::Integer(number.into())),
        prop_oneof![proptest::num::f64::NORMAL, proptest::num::f64::SUBNORMAL, Just(-0.0), Just(1e300)]
            .prop_map(Value::Float),
        a_text,
    ];
    leaf.prop_recursive(3, 12, 3, move |inside| {
        prop_oneof![
            vec(inside.clone(), 0..3).prop_map(Value::List),
            btree_map(name(), inside, 0..3).prop_map(Value::Map),
        ]
    })
    .boxed()
}

fn label(name: Names) -> BoxedStrategy<String> {
    let ours = [
        "io.rancher.scheduler.global",
        "io.rancher.scheduler.affinity:host_label",
        "io.rancher.container.start_once",
        "io.rancher.container.dns",
        "io.paas.load_balancer.target",
        "io.paas.logs.1.directory",
        "io.paas.logs.2.extensions",
        "io.rancher.sidekicks",
        "io.rancher.scheduler.affinity:container_label_soft_ne",
    ];
    prop_oneof![4 => name(), 1 => select(ours.map(str::to_owned).to_vec())].boxed()
}

fn ports() -> impl Strategy<Value = Vec<(u16, External, Protocol)>> {
    let external =
        prop_oneof![Just(External::None), Just(External::Allocated), (1..4_u16).prop_map(External::Given),];
    vec((1..4_u16, external, select(vec![Protocol::Tcp, Protocol::Udp])), 0..4)
}

fn health_check() -> impl Strategy<Value = HealthCheck> {
    let on_failure = select(vec![OnFailure::None, OnFailure::Recreate, OnFailure::RecreateOnQuorum]);
    let times = (option::of(any::<u64>()), option::of(any::<u64>()), option::of(any::<u64>()));
    (any::<u16>(), option::of(text()), times, any::<u32>(), any::<u32>(), on_failure).prop_map(
        |(port, path, times, healthy, unhealthy, on_failure)| {
            let mut check = HealthCheck::new(port);
            (check.interval_ms, check.timeout_ms, check.initializing_ms) = times;
            (check.healthy_threshold, check.unhealthy_threshold) = (healthy, unhealthy);
            (check.path, check.on_failure) = (path, on_failure);
            check
        },
    )
}

fn load_balancer(services: &[String]) -> BoxedStrategy<LoadBalancer> {
    use RouteProtocol::{Http, Https, Sni, Tcp, Tls};
    let few = || option::of(prop_oneof![Just("a".to_owned()), text()]);
    let protocol = select(vec![Http, Https, Tcp, Tls, Sni]);
    let route =
        (1..3_u16, protocol, few(), few(), select(services.to_vec()), 1..3_u16, option::of(any::<i32>()))
            .prop_map(|(listen, protocol, host, path, service, port, priority)| {
                let mut route = Route::new(listen, protocol, service, port);
                (route.host, route.path, route.priority) = (host, path, priority);
                route
            });
    let selector = (btree_map(text(), text(), 0..3), option::of(text())).prop_map(|(labels, environment)| {
        let mut selector = Selector::new(labels);
        selector.environment = environment;
        selector
    });
    let route = (route, option::weighted(0.2, selector)).prop_map(|(mut route, selector)| {
        if selector.is_some() {
            route.service.clear();
        }
        route.selector = selector;
        route
    });
    let stickiness = (text(), option::of(text()), any::<[bool; 3]>()).prop_map(|(cookie, domain, flags)| {
        let mut stickiness = Stickiness::new(cookie);
        (stickiness.mode, stickiness.domain) = (CookieMode::Rewrite, domain);
        [stickiness.indirect, stickiness.no_cache, stickiness.post_only] = flags;
        stickiness
    });
    let more = (vec(text(), 0..3), option::of(stickiness));
    (vec(route, 0..4), option::of(text()), any::<u32>(), more)
        .prop_map(|(routes, certificate, scale, more)| {
            let mut balancer = LoadBalancer::new(routes);
            (balancer.certificate, balancer.scale) = (certificate, scale);
            (balancer.certificates, balancer.stickiness) = more;
            balancer
        })
        .boxed()
}

fn link(name: Names, services: &[String]) -> impl Strategy<Value = Link> + use<> {
    let to = prop_oneof![5 => select(services.to_vec()), 1 => name()];
    (to, any::<bool>(), option::of(text())).prop_map(|(to, connection, alias)| {
        let mut link = if connection { Link::connection(to) } else { Link::dependency(to) };
        link.alias = alias;
        link
    })
}

fn with_references(services: &[String], inputs: &[String]) -> BoxedStrategy<Text> {
    let plain = text().prop_map(Text::from);
    let mut segments = vec![
        text().prop_map(Segment::Literal).boxed(),
        select(services.to_vec()).prop_map(Segment::host_of).boxed(),
    ];
    if !inputs.is_empty() {
        segments.push(select(inputs.to_vec()).prop_map(|secret| Segment::Secret { secret }).boxed());
    }
    let segment = Union::new(segments);
    prop_oneof![2 => plain, 1 => vec(segment, 0..4).prop_map(Text::from_segments)].boxed()
}
