//! Containers.

use super::{
    convert::{Maker, Seen},
    filled::Filled,
    health,
    keys::{self, Meaning},
    labels, links, network,
    node::{Data, Key, Node},
    numbers::MOST,
    passed, ports, published,
    read::Service,
    resources, secret_files, sizes, volumes, words,
};
use crate::profile;
use paas_core::{
    application::{
        ALL_CAPABILITIES, CAPABILITIES, Container, Link, ServiceKind, Sidekick, Text, UpdateStrategy,
    },
    diagnostic::{Code, Diagnostic, Place, shown},
};

pub(super) fn make(maker: &mut Maker<'_>, service: &Service) -> (Option<ServiceKind>, Vec<Link>) {
    let name = service.name.text.as_str();
    let image = service.get("image").and_then(Node::scalar).unwrap_or_default();
    if service.get("image").is_none_or(Node::is_empty) {
        let why = "it has no image: nothing runs, and Rancher refuses it when the stack is made";
        maker.findings.lost(Some(name), "image", &service.name.place, why);
        return (None, Vec::new());
    }
    let place = service.get("image").map_or(&service.name.place, |node| &node.place);
    let image = maker.string(name, "image", &["image"], &image, place);
    if !profile::is_image(&image) && !maker.findings.diagnostics.has_errors() {
        let message = format!("{} is not a reference to an image", shown(&image));
        maker.findings.push(Diagnostic::new(Code::ComposeValue, message).at(place.clone()));
    }
    let mut container = Container::new(image);
    maker.seen = Seen::default();
    container.sidekick = maker.main_of(name).map(Sidekick::new);
    let mut links = Vec::new();
    for (key, node) in &service.entries {
        read(maker, service, key, node, &mut container, &mut links);
    }
    labels::read(maker, service, &mut container);
    published::of_host(maker, service, &mut container);
    resources::cpu_limit(maker, service, &mut container);
    restart(maker, service, &mut container);
    if container.sidekick.is_some() || container.everywhere {
        if let Some((key, _)) = service.entry("scale") {
            let why = "it has as many containers as the service that it runs beside, or as there are hosts";
            maker.findings.kept(Some(name), "scale", &key.place, why);
        }
        container.scale = 1;
        maker.findings.forget(name, |path| path == ["scale"]);
    }
    (Some(container.into()), links)
}

fn read(
    maker: &mut Maker<'_>,
    service: &Service,
    key: &Key,
    node: &Node,
    container: &mut Container,
    links: &mut Vec<Link>,
) {
    let name = service.name.text.as_str();
    let word = key.text.as_str();
    // Version 2 has the keys of both by now.
    let meaning = keys::key(word, true).or_else(|| keys::key(word, false)).map(|(_, meaning)| meaning);
    match meaning {
        Some(Meaning::NoEffect) => {
            return maker.findings.kept(Some(name), word, &key.place, "Rancher gives it no meaning");
        }
        Some(Meaning::Lost(why)) => return maker.findings.lost(Some(name), word, &key.place, why),
        Some(Meaning::RancherOnly) => return passed::on(maker, name, key, node, container),
        _ => {}
    }
    let flag = node.flag().unwrap_or(false);
    match word {
        "command" => container.command = texts(maker, name, "command", node),
        "entrypoint" => container.entrypoint = texts(maker, name, "entrypoint", node),
        "environment" => environment(maker, name, node, container),
        "ports" => published::add(maker, name, "ports", node, ports::published, container),
        "expose" => published::add(maker, name, "expose", node, ports::exposed, container),
        "volumes" => node.items().iter().for_each(|item| volumes::mount(maker, name, item, container)),
        "volumes_from" => volumes_from(maker, name, node, container),
        "volume_driver" => {
            maker.fixed(name, "volume_driver", node);
            let why = "named volumes are the tenant's, on a file server";
            maker.findings.partly(Some(name), word, &key.place, why);
        }
        "links" => *links = links::links(maker, name, node),
        "depends_on" => depends_on(maker, name, node, links),
        "health_check" => container.health_check = health::check(maker, name, key, node),
        "scale" => container.scale = maker.scale(name, node),
        "hostname" => container.hostname = said(maker, name, key, node, &["hostname"]),
        "working_dir" => container.working_dir = said(maker, name, key, node, &["working_dir"]),
        "user" => container.security.user = said(maker, name, key, node, &["security", "user"]),
        "tty" => container.tty = flag,
        "stdin_open" => container.stdin_open = flag,
        "privileged" => container.security.privileged = flag,
        "read_only" => container.security.read_only_root = flag,
        "pid" => container.security.host_pid = network::of_host(maker, name, "pid", node),
        "ipc" => container.security.host_ipc = network::of_host(maker, name, "ipc", node),
        "network_mode" => network::mode(maker, name, node, container),
        "cap_add" => container.security.add_capabilities = capabilities(maker, name, word, node),
        "cap_drop" => container.security.drop_capabilities = capabilities(maker, name, word, node),
        "devices" => {
            let is_one: (fn(&str) -> bool, _) = (profile::is_device, "device");
            container.security.devices = strings(maker, name, word, &["security", word], node, is_one);
        }
        "security_opt" => {
            let is_one: (fn(&str) -> bool, _) = (profile::is_security_option, "security option");
            container.security.security_opt = strings(maker, name, word, &["security", word], node, is_one);
        }
        "mem_limit" => container.resources.memory_limit_bytes = resources::size(maker, name, key, node),
        "mem_reservation" => {
            container.resources.memory_reservation_bytes = resources::size(maker, name, key, node);
        }
        "milli_cpu_reservation" => {
            let millis = maker.number(name, word, node, 1..=MOST, "number of thousandths of a core");
            container.resources.cpu_reservation_millis = millis.and_then(|millis| u64::try_from(millis).ok());
        }
        "stop_grace_period" => {
            maker.fixed(name, word, node);
            match sizes::seconds(node) {
                Some(seconds) if (0..=MOST).contains(&seconds) => {
                    let seconds = u64::try_from(seconds).unwrap_or_default();
                    container.stop_grace_ms = (seconds > 0).then_some(seconds * 1_000);
                }
                Some(seconds) => {
                    let why = format!("{seconds} seconds are no time that a container could have to stop");
                    maker.findings.lost(Some(name), word, &node.place, why);
                }
                None => wrong(maker, name, key, node, "a time such as `30s`"),
            }
        }
        "upgrade_strategy" => upgrade(maker, name, node, container),
        "secrets" => secret_files::read(maker, name, node, container),
        "lb_config" => passed::on(maker, name, key, node, container),
        "external_ips" | "load_balancer_config" => {
            maker.findings.lost(Some(name), word, &key.place, "a container has none");
        }
        // Read with others.
        _ => {}
    }
}

pub(super) fn wrong(maker: &mut Maker<'_>, service: &str, key: &Key, node: &Node, expected: &str) {
    let message = format!("{} of {} takes {expected}", shown(&key.text), shown(service));
    maker.findings.push(Diagnostic::new(Code::ComposeValue, message).at(node.place.clone()));
}

/// A string that is not empty.
fn said(maker: &mut Maker<'_>, service: &str, key: &Key, node: &Node, path: &[&str]) -> Option<String> {
    let text = node.scalar()?;
    if text.value().is_empty() {
        maker.findings.fixed(&text, service, &key.text, &node.place);
        return None;
    }
    Some(maker.string(service, &key.text, path, &text, &node.place))
}

/// A command: a list of words, or a text that is split.
fn texts(maker: &mut Maker<'_>, service: &str, key: &str, node: &Node) -> Vec<Text> {
    let words = match &node.data {
        Data::Text(text) => match words::split(text) {
            Ok(words) => {
                for answer in words.fixed {
                    let mut fixed = Filled::default();
                    fixed.push_answer(&answer, "");
                    maker.findings.fixed(&fixed, service, key, &node.place);
                }
                let why = match words.all.is_empty() {
                    true => "it is empty: what the image has counts",
                    false => "the words are written one by one",
                };
                maker.findings.kept(Some(service), key, &node.place, why);
                words.all
            }
            Err(words::Unclosed) => {
                let message = format!("a quote in {} of {} does not end", shown(key), shown(service));
                maker.findings.push(Diagnostic::new(Code::ComposeValue, message).at(node.place.clone()));
                return Vec::new();
            }
        },
        _ => node.items().iter().filter_map(Node::scalar).collect(),
    };
    let words = words.iter().enumerate();
    words.map(|(index, word)| maker.text(service, &[key, &index.to_string()], word)).collect()
}

/// Variables: a map, or `K=V` items. One without a value takes the answer of its name.
fn environment(maker: &mut Maker<'_>, service: &str, node: &Node, container: &mut Container) {
    let of_item = |item: &Node| {
        let text = item.scalar().unwrap_or_default();
        match text.split_once('=') {
            Some((name, value)) => (name, Some(value), item.place.clone()),
            None => (text, None, item.place.clone()),
        }
    };
    let entries: Vec<(Filled, Option<Filled>, Place)> = match &node.data {
        Data::Map(entries) => entries
            .iter()
            .map(|(key, value)| (Filled::from(key.text.as_str()), value.scalar(), value.place.clone()))
            .collect(),
        _ => node.items().iter().map(of_item).collect(),
    };
    for (name, value, place) in entries {
        maker.findings.fixed(&name, service, "environment", &place);
        let name = name.value();
        let Some(value) = value else {
            let why = match name.split_once(':') {
                // `{A:1}`
                Some((name, value)) => format!(
                    "it is a name without a value: write {} with a space after the colon",
                    shown(&format!("{name}: {value}"))
                ),
                None => format!(
                    "{} has the answer of its name in Rancher, if there is one; here it is left out",
                    shown(&name)
                ),
            };
            maker.findings.partly(Some(service), "environment", &place, why);
            continue;
        };
        if !profile::is_variable_name(&name) {
            let why = format!("{} cannot be the name of an environment variable", shown(&name));
            maker.findings.lost(Some(service), "environment", &place, why);
            continue;
        }
        let text = maker.text(service, &["environment", &name], &value);
        container.environment.insert(name, text);
    }
}

fn volumes_from(maker: &mut Maker<'_>, service: &str, node: &Node, container: &mut Container) {
    for item in node.items() {
        let other = maker.fixed(service, "volumes_from", item);
        if !maker.is_beside(service, &other) || other == service {
            let why = "only services that run beside each other see each other's volumes";
            maker.findings.lost(Some(service), "volumes_from", &item.place, why);
        } else if let Some(sidekick) = container.sidekick.as_mut().filter(|sidekick| sidekick.of == other) {
            sidekick.volumes_from = true;
        } else {
            container.volumes_from.push(other);
        }
    }
}

/// Rancher's executor only orders by it.
fn depends_on(maker: &mut Maker<'_>, service: &str, node: &Node, links: &mut Vec<Link>) {
    for item in node.items() {
        let other = maker.fixed(service, "depends_on", item);
        let targets = maker.behind_alias(&other);
        if targets.is_empty() {
            let why = format!("the stack does not have {}", shown(&other));
            maker.findings.lost(Some(service), "depends_on", &item.place, why);
            continue;
        }
        for to in targets.into_iter().filter(|to| !maker.is_beside(service, to)) {
            links.push(Link::dependency(to));
        }
        let why = "Rancher creates the other one first; here it waits until the other one works";
        maker.findings.partly(Some(service), "depends_on", &item.place, why);
    }
}

/// The items of a list that are what they have to be.
fn strings(
    maker: &mut Maker<'_>,
    service: &str,
    key: &str,
    path: &[&str],
    node: &Node,
    (is_one, what): (fn(&str) -> bool, &str),
) -> Vec<String> {
    let mut all = Vec::new();
    for item in node.items() {
        let text = item.scalar().unwrap_or_default();
        let value = text.value();
        if !is_one(&value) && !maker.has_secret(&text) {
            maker.findings.fixed(&text, service, key, &item.place);
            let why = format!("{} is no {what}", shown(&value));
            maker.findings.lost(Some(service), key, &item.place, why);
            continue;
        }
        let index = all.len().to_string();
        let path: Vec<&str> = path.iter().copied().chain([index.as_str()]).collect();
        all.push(maker.string(service, key, &path, &text, &item.place));
    }
    all
}

fn capabilities(maker: &mut Maker<'_>, service: &str, key: &str, node: &Node) -> Vec<String> {
    let mut all = Vec::new();
    for item in node.items() {
        let written = maker.fixed(service, key, item);
        let upper = written.to_ascii_uppercase();
        let name = upper.strip_prefix("CAP_").unwrap_or(&upper).to_owned();
        if name != ALL_CAPABILITIES && !CAPABILITIES.contains(&name.as_str()) {
            let why = format!("{} is no capability of Linux", shown(&written));
            maker.findings.lost(Some(service), key, &item.place, why);
            continue;
        }
        if name != written {
            maker.findings.kept(Some(service), key, &item.place, "Docker takes the name in either way");
        }
        all.push(name);
    }
    all
}

fn upgrade(maker: &mut Maker<'_>, service: &str, node: &Node, container: &mut Container) {
    let mut strategy = UpdateStrategy::one_by_one();
    for (key, value) in node.entries() {
        let word = format!("upgrade_strategy.{}", key.text);
        match key.text.as_str() {
            "start_first" => match value.flag() {
                Some(flag) => strategy.start_first = flag,
                None if value.is_empty() => {}
                None => {
                    let message = format!(
                        "`start_first` of {} takes `true` or `false`, without quotes",
                        shown(service)
                    );
                    let place = value.place.clone();
                    maker.findings.push(Diagnostic::new(Code::ComposeShape, message).at(place));
                }
            },
            "batch_size" => {
                let batch = maker.number(service, &word, value, 1..=MOST, "number of containers at a time");
                if let Some(batch) = batch.and_then(|batch| u32::try_from(batch).ok()) {
                    strategy.batch_size = batch;
                }
            }
            "interval_millis" => {
                let interval = maker.number(service, &word, value, 1..=MOST, "time in milliseconds");
                strategy.interval_ms = interval.and_then(|interval| u64::try_from(interval).ok());
            }
            _ => {
                for text in value.texts().cloned().collect::<Vec<_>>() {
                    maker.findings.fixed(&text, service, &word, &value.place);
                }
                maker.findings.kept(Some(service), &word, &key.place, "Rancher gives it no meaning");
            }
        }
    }
    container.update = (strategy != UpdateStrategy::one_by_one()).then_some(strategy);
}

/// Rancher starts whatever ended again, unless it is started once.
fn restart(maker: &mut Maker<'_>, service: &Service, container: &mut Container) {
    let name = service.name.text.as_str();
    let Some((key, node)) = service.entry("restart") else { return };
    let policy = maker.fixed(name, "restart", node);
    match (policy.as_str(), container.run_once) {
        ("", _) => {}
        ("on-failure", true) => container.restart_on_failure = true,
        ("no", true) => maker.findings.kept(Some(name), "restart", &key.place, "a job is not started again"),
        ("always" | "unless-stopped", false) => {
            maker.findings.kept(
                Some(name),
                "restart",
                &key.place,
                "Rancher starts what ended again in any case",
            );
        }
        _ => {
            let why = "Rancher starts what ended again in any case, but for jobs; this is left out";
            maker.findings.partly(Some(name), "restart", &key.place, why);
        }
    }
}
