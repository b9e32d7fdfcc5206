//! Load balancers: those with `lb_config`, and those of Rancher before 1.2.

use super::{
    BALANCER_IMAGE,
    convert::Maker,
    filled::Filled,
    labels,
    node::{Key, Node},
    numbers::MOST,
    read::Service,
};
use paas_core::{
    application::{CookieMode, Link, LoadBalancer, Route, RouteProtocol, Selector, ServiceKind, Stickiness},
    diagnostic::{Code, Diagnostic, Place, shown},
};
use std::collections::BTreeMap;

const KEY: &str = "lb_config.port_rules";
const TARGET: &str = "io.rancher.loadbalancer.target.";
const TLS_PORTS: &str = "io.rancher.loadbalancer.ssl.ports";

pub(super) fn make(maker: &mut Maker<'_>, service: &Service) -> (Option<ServiceKind>, Vec<Link>) {
    let name = service.name.text.as_str();
    let is_old =
        service.get("image").and_then(Node::scalar).is_some_and(|image| image.value() == BALANCER_IMAGE);
    let mut made = LoadBalancer::new([]);
    for (key, node) in &service.entries {
        match key.text.as_str() {
            "scale" => made.scale = maker.scale(name, node),
            "lb_config" => config(maker, name, node, &mut made),
            "load_balancer_config" => old_config(maker, name, node, &mut made),
            "default_cert" => made.certificate = some(maker.fixed(name, "default_cert", node)),
            "certs" => {
                made.certificates =
                    node.items().iter().map(|item| maker.fixed(name, "certs", item)).collect();
            }
            "image" => {
                let why = "the image is that of the platform's load balancers";
                maker.findings.partly(Some(name), "image", &key.place, why);
            }
            "labels" => other_labels(maker, service, is_old),
            "ports" | "links" | "external_links" | "expose" if is_old => {
                let why = "its ports and links are the routes now";
                maker.findings.partly(Some(name), &key.text, &key.place, why);
            }
            "ports" => {
                let why = "it listens where its routes say";
                maker.findings.partly(Some(name), "ports", &key.place, why);
            }
            "container_name" | "start_on_create" => {
                maker.findings.kept(Some(name), &key.text, &key.place, "Rancher gives it no meaning");
            }
            "restart" => {
                let why = "Rancher starts its load balancers again in any case";
                maker.findings.kept(Some(name), "restart", &key.place, why);
            }
            "tty" | "stdin_open" => {
                let why = "nobody speaks to the load balancer of the platform by a terminal";
                maker.findings.partly(Some(name), &key.text, &key.place, why);
            }
            "health_check" => {
                let why = "Rancher checks its load balancers by itself, on a port of their own";
                maker.findings.partly(Some(name), "health_check", &key.place, why);
            }
            word => maker.findings.lost(
                Some(name),
                word,
                &key.place,
                "a load balancer has routes, certificates and a count",
            ),
        }
    }
    if is_old {
        old_routes(maker, service, &mut made);
        let why = "the routes are written as those of newer load balancers";
        for key in ["lb_config", "ports"] {
            maker.findings.kept(Some(name), key, &service.name.place, why);
        }
    }
    if made.routes.is_empty() {
        let message = format!("the load balancer {} leads nowhere", shown(name));
        maker.findings.push(Diagnostic::new(Code::ComposeValue, message).at(service.name.place.clone()));
        return (None, Vec::new());
    }
    let mut links: Vec<Link> = Vec::new();
    for route in made.routes.iter().filter(|route| route.selector.is_none()) {
        if !links.iter().any(|link| link.to == route.service) {
            let mut link = Link::connection(&route.service);
            link.origin = route.origin.clone();
            links.push(link);
        }
    }
    (Some(made.into()), links)
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn config(maker: &mut Maker<'_>, service: &str, node: &Node, made: &mut LoadBalancer) {
    for (key, value) in node.entries() {
        match key.text.as_str() {
            "certs" => {
                made.certificates =
                    value.items().iter().map(|item| maker.fixed(service, "lb_config.certs", item)).collect();
            }
            "default_cert" => made.certificate = some(maker.fixed(service, "lb_config.default_cert", value)),
            "stickiness_policy" => made.stickiness = stickiness(maker, service, value),
            "port_rules" => {
                for rule in value.items() {
                    if let Some(route) = route(maker, service, rule) {
                        made.routes.push(route);
                    }
                }
            }
            _ if value.is_empty() => {}
            "config" => {
                let why = "a load balancer has no lines of HAProxy's configuration";
                maker.findings.lost(Some(service), "lb_config.config", &key.place, why);
            }
            word => maker.findings.kept(
                Some(service),
                &format!("lb_config.{word}"),
                &key.place,
                "Rancher gives it no meaning",
            ),
        }
    }
}

/// The words of both kinds of stickiness are the same, below another key.
fn old_config(maker: &mut Maker<'_>, service: &str, node: &Node, made: &mut LoadBalancer) {
    if node.entries().iter().all(|(_, value)| value.entries().iter().all(|(_, value)| value.is_empty())) {
        return maker.findings.kept(Some(service), "load_balancer_config", &node.place, "it says nothing");
    }
    for (key, value) in node.entries() {
        match key.text.as_str() {
            "lb_cookie_stickiness_policy" if !value.is_empty() => {
                made.stickiness = stickiness(maker, service, value);
            }
            _ if value.is_empty() => {}
            "haproxy_config" if value.entries().iter().all(|(_, value)| value.is_empty()) => {}
            word => {
                let why =
                    "a load balancer has no lines of HAProxy's configuration, nor cookies of applications";
                maker.findings.lost(Some(service), &format!("load_balancer_config.{word}"), &key.place, why);
            }
        }
    }
}

fn stickiness(maker: &mut Maker<'_>, service: &str, node: &Node) -> Option<Stickiness> {
    let field = |maker: &mut Maker<'_>, key: &str| {
        node.get(key).map(|value| maker.fixed(service, "stickiness_policy", value)).and_then(some)
    };
    let flag = |key: &str| node.get(key).and_then(Node::flag).unwrap_or(false);
    let (name, cookie) = (field(maker, "name"), field(maker, "cookie"));
    let Some(called) = cookie.clone().or(name.clone()) else {
        maker.findings.lost(Some(service), "stickiness_policy", &node.place, "the cookie has no name");
        return None;
    };
    let mut made = Stickiness::new(called);
    made.mode = match field(maker, "mode").as_deref() {
        Some("prefix") => CookieMode::Prefix,
        Some("rewrite") => CookieMode::Rewrite,
        Some("insert") | None => CookieMode::Insert,
        Some(_) => {
            let why = "Rancher does not know this mode: the load balancer adds the cookie";
            maker.findings.partly(Some(service), "stickiness_policy", &node.place, why);
            CookieMode::Insert
        }
    };
    made.domain = field(maker, "domain");
    (made.indirect, made.no_cache, made.post_only) = (flag("indirect"), flag("nocache"), flag("postonly"));
    if name.is_some() && cookie.is_some() && name != cookie {
        let why = "the cookie has one name";
        maker.findings.partly(Some(service), "stickiness_policy", &node.place, why);
    }
    Some(made)
}

fn route(maker: &mut Maker<'_>, service: &str, rule: &Node) -> Option<Route> {
    let said = |key: &str| rule.get(key).filter(|node| !node.is_empty() && node.whole() != Some(0));
    let port = |maker: &mut Maker<'_>, key: &str| {
        let number = maker.number(service, KEY, said(key)?, 1..=65_535, "port: the rule is left out")?;
        u16::try_from(number).ok()
    };
    let field = |maker: &mut Maker<'_>, key: &str| {
        rule.get(key).map(|value| maker.fixed(service, KEY, value)).and_then(some)
    };
    let lose = |maker: &mut Maker<'_>, why: &str| {
        maker.findings.lost(Some(service), KEY, &rule.place, why);
    };
    let (listen, target) = (port(maker, "source_port"), port(maker, "target_port"));
    let Some(listen) = listen else {
        if said("source_port").is_none() {
            lose(maker, "a rule that listens nowhere");
        }
        return None;
    };
    if said("target_port").is_some() && target.is_none() {
        return None;
    }
    let protocol = match field(maker, "protocol").as_deref() {
        None | Some("http") => RouteProtocol::Http,
        Some("https") => RouteProtocol::Https,
        Some("tcp") => RouteProtocol::Tcp,
        Some("tls") => RouteProtocol::Tls,
        Some("sni") => RouteProtocol::Sni,
        Some(_) => {
            lose(maker, "routes speak http, https, tcp, tls or sni");
            return None;
        }
    };
    let mut made = Route::new(listen, protocol, "", target.unwrap_or(listen));
    made.origin = rule.place.clone().into();
    made.host = field(maker, "hostname");
    made.path = field(maker, "path");
    let priority = said("priority")
        .and_then(|node| maker.number(service, KEY, node, 1..=MOST, "priority: routes have 1 and more"));
    made.priority = priority.and_then(|number| i32::try_from(number).ok());
    match (field(maker, "service"), field(maker, "selector")) {
        (Some(name), _) => {
            let targets = maker.behind_alias(&name);
            if targets.len() > 1 {
                lose(maker, "behind the alias are several services, and a route leads to one");
            }
            let Some(first) = targets.into_iter().next() else {
                lose(maker, "it leads to a service that the stack does not have");
                return None;
            };
            made.service = first;
        }
        (None, Some(selector)) => {
            let pairs = selector.split(',').map(|pair| pair.split_once('='));
            let labels: Option<BTreeMap<_, _>> = pairs
                .map(|pair| pair.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned())))
                .collect();
            let Some(labels) = labels else {
                lose(maker, "the selector is no list of `label=value`");
                return None;
            };
            made.selector = Some(Selector::new(labels));
        }
        (None, None) => {
            lose(maker, "it leads nowhere");
            return None;
        }
    }
    for key in ["environment", "region", "backend_name", "weight"] {
        if rule.get(key).is_some_and(|value| !value.is_empty()) {
            let why = format!("{} of a rule is left out", shown(key));
            maker.findings.lost(Some(service), KEY, &rule.place, why);
        }
    }
    Some(made)
}

/// What the labels of a load balancer say beside its routes.
fn other_labels(maker: &mut Maker<'_>, service: &Service, is_old: bool) {
    let name = service.name.text.as_str();
    for (key, value) in labels::of(service) {
        let shown = format!("labels.{}", key.text);
        if is_old && (key.text.starts_with(TARGET) || key.text == TLS_PORTS) {
            maker.findings.partly(Some(name), &shown, &key.place, "the routes say it now");
            continue;
        }
        let text = value.scalar().unwrap_or_default();
        maker.findings.fixed(&text, name, &shown, &value.place);
        maker.findings.lost(Some(name), &shown, &key.place, "a load balancer has no labels");
    }
}

/// The routes of a load balancer of Rancher before 1.2: each port with each link, and what its labels say of a link.
fn old_routes(maker: &mut Maker<'_>, service: &Service, made: &mut LoadBalancer) {
    let name = service.name.text.as_str();
    let mut targets = Vec::new();
    for item in service.get("links").map(Node::items).unwrap_or_default() {
        let link = maker.fixed(name, "links", item);
        let target = link.split(':').next().unwrap_or_default().trim().to_owned();
        let found = maker.behind_alias(&target);
        if found.is_empty() {
            maker.findings.lost(Some(name), "links", &item.place, "the stack does not have this service");
        }
        targets.extend(found);
    }
    for item in service.get("external_links").map(Node::items).unwrap_or_default() {
        maker.fixed(name, "external_links", item);
        maker.findings.lost(
            Some(name),
            "external_links",
            &item.place,
            "routes lead to services of the application",
        );
    }
    let of_links = labels::of(service);
    let tls: Vec<u16> = labels::literal(&of_links, TLS_PORTS)
        .map(|(_, text)| text.value().split(',').filter_map(|port| port.trim().parse().ok()).collect())
        .unwrap_or_default();
    for key in ["ports", "expose"] {
        for item in service.get(key).map(Node::items).unwrap_or_default() {
            let text = item.scalar().unwrap_or_default();
            maker.findings.fixed(&text, name, key, &item.place);
            let Some((listen, port, protocol)) = old_port(&text) else {
                let message = format!("{} is no port of a load balancer", shown(&text.value()));
                maker.findings.push(Diagnostic::new(Code::ComposeValue, message).at(item.place.clone()));
                continue;
            };
            let protocol = if tls.contains(&listen) { RouteProtocol::Https } else { protocol };
            if !maker.findings.spend(targets.len(), &item.place) {
                return;
            }
            for target in &targets {
                let said = labels::literal(&of_links, &format!("{TARGET}{target}"));
                old_route(maker, name, listen, port, protocol, target, said, &item.place, made);
            }
        }
    }
}

/// `80`, `80:8080`, with `/tcp`: where it listens, where it leads, and what it speaks.
fn old_port(text: &Filled) -> Option<(u16, u16, RouteProtocol)> {
    let value = text.value();
    let (ports, protocol) = value.split_once('/').unwrap_or((&value, "http"));
    let protocol = match protocol {
        "http" => RouteProtocol::Http,
        "tcp" => RouteProtocol::Tcp,
        _ => return None,
    };
    let (listen, target) = ports.split_once(':').unwrap_or((ports, ports));
    let number = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0);
    Some((number(listen)?, number(target)?, protocol))
}

/// The route of a port to a service, or those that a label says instead: `host:port/path=target`.
#[expect(clippy::too_many_arguments, reason = "what a route is made of")]
fn old_route(
    maker: &mut Maker<'_>,
    service: &str,
    listen: u16,
    port: u16,
    protocol: RouteProtocol,
    target: &str,
    said: Option<(&Key, Filled)>,
    place: &Place,
    made: &mut LoadBalancer,
) {
    let mut plain = Route::new(listen, protocol, target, port);
    plain.origin = place.clone().into();
    let Some((key, text)) = said else { return made.routes.push(plain) };
    maker.findings.fixed(&text, service, &format!("labels.{}", key.text), &key.place);
    for item in text.value().split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let (from, to) = item.split_once('=').map_or((item, None), |(from, to)| (from, Some(to.trim())));
        let (address, path) = match from.split_once('/') {
            Some((address, path)) => (address, Some(format!("/{path}"))),
            None => (from, None),
        };
        let (host, source) = match address.split_once(':') {
            Some((host, source)) => (host, source),
            None if address.bytes().all(|byte| byte.is_ascii_digit()) => ("", address),
            None => (address, ""),
        };
        let source = source.parse::<u16>().ok();
        let mut route = plain.clone();
        // A number alone is the port of the target.
        let is_alone = host.is_empty() && path.is_none() && to.is_none();
        match (to.and_then(|to| to.parse().ok()), source) {
            (Some(to), _) => route.port = to,
            (None, Some(source)) if is_alone => route.port = source,
            _ => {}
        }
        if !is_alone && source.is_some_and(|source| source != listen) {
            continue;
        }
        route.host = some(host.to_owned());
        route.path = path;
        made.routes.push(route);
    }
}
