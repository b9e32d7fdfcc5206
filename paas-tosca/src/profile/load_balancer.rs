//! Load balancers.

use super::{addresses, names, read::Read};
use crate::tosca::{Node, Value};
use paas_core::{
    application::{CookieMode, LoadBalancer, Route, RouteProtocol, Selector, Stickiness},
    diagnostic::Code,
};
use std::collections::BTreeMap;

pub(super) fn load_balancer(node: &Node<'_>, read: &Read<'_>) -> LoadBalancer {
    let routes = node.property("routes");
    if let Some(routes) = routes.filter(|routes| !routes.is_settled() && routes.items().is_empty()) {
        read.report.at(Code::Route, routes.at, "a load balancer needs a route");
    }
    let items = routes.map_or(&[][..], Value::items);
    let mut load_balancer = LoadBalancer::new(items.iter().filter_map(|item| route(item, read)));
    load_balancer.certificate = node.property("certificate").map(|it| certificate(it, read));
    let further = node.property("certificates").map_or(&[][..], Value::items);
    load_balancer.certificates = further.iter().map(|it| certificate(it, read)).collect();
    if let (None, Some(first)) = (&load_balancer.certificate, further.first()) {
        let message = "further `certificates` need a `certificate` for clients that ask for no host name";
        read.report.at(Code::RouteCertificate, first.at, message);
    }
    load_balancer.stickiness = node.property("stickiness").and_then(|it| stickiness(it, read));
    load_balancer.scale = read.count("scale", node.property("scale")).unwrap_or(1);
    load_balancer
}

/// The name of a certificate; one that was diagnosed is a certificate all the same.
fn certificate(value: &Value<'_>, read: &Read<'_>) -> String {
    let Some(name) = read.string(Some(value)) else { return String::new() };
    if name.trim().is_empty() || name.chars().any(char::is_control) || is_whole_number(&name) {
        let message = format!("`{}` cannot be the name of a certificate", name.escape_debug());
        let help = "a name is not empty and not just a number".to_owned();
        read.report.help(Code::RouteCertificate, value.at, message, help);
    }
    name
}

fn stickiness(value: &Value<'_>, read: &Read<'_>) -> Option<Stickiness> {
    let flag = |name: &str| value.get(name).and_then(Value::as_boolean).unwrap_or(false);
    let name = value.get("cookie")?;
    let mut stickiness = Stickiness::new(read.string(Some(name))?);
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let cookie = &stickiness.cookie;
    if cookie.is_empty() || !cookie.bytes().all(letter) || is_whole_number(cookie) {
        let message = format!("`{}` cannot be the name of a cookie", cookie.escape_debug());
        let help = "use letters, digits, dashes and underscores, and not just digits".to_owned();
        read.report.help(Code::Stickiness, name.at, message, help);
    }
    stickiness.mode = match value.get("mode").and_then(Value::as_str)? {
        "prefix" => CookieMode::Prefix,
        "rewrite" => CookieMode::Rewrite,
        _ => CookieMode::Insert,
    };
    if let Some(at) = value.get("domain") {
        stickiness.domain = read.string(Some(at));
        let host = |domain: &str| addresses::is_host_name(domain.strip_prefix('.').unwrap_or(domain));
        if let Some(domain) = stickiness.domain.as_deref().filter(|domain| !host(domain)) {
            read.report.at(Code::Stickiness, at.at, format!("`{domain}` is not a domain"));
        }
    }
    stickiness.indirect = flag("indirect");
    stickiness.no_cache = flag("no_cache");
    stickiness.post_only = flag("post_only");
    Some(stickiness)
}

/// Rancher's executor makes a number of it, and another text of the number: `-007` becomes `-7`.
fn is_whole_number(name: &str) -> bool {
    let digits = name.strip_prefix(['+', '-']).unwrap_or(name);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// What says where a route leads: a service or a selector.
fn target<'v, 't>(route: &'v Value<'t>, read: &Read<'_>) -> Option<&'v Value<'t>> {
    match (route.get("service"), route.get("selector")) {
        (Some(service), None) => {
            if let Some(network) = route.get("network").filter(|network| !network.is_settled()) {
                let message = "a route to a `service` has no `network`: the service's own is known";
                read.report.at(Code::Route, network.at, message);
            }
            Some(service)
        }
        (None, Some(selector)) => Some(selector),
        (Some(_), Some(selector)) => {
            let message = "`service` and `selector` are both given, and only one can lead";
            read.report.at(Code::Route, selector.at, message);
            None
        }
        (None, None) => {
            // One may have been meant by what nobody knows.
            if route.entries().iter().all(|(_, value)| !value.is_invalid()) {
                let help = "give a `service`, or a `selector` for services of other applications".to_owned();
                read.report.help(Code::Route, route.at, "a route leads nowhere", help);
            }
            None
        }
    }
}

fn route(value: &Value<'_>, read: &Read<'_>) -> Option<Route> {
    let protocol = match value.get("protocol").and_then(Value::as_str)? {
        "http" => RouteProtocol::Http,
        "https" => RouteProtocol::Https,
        "tcp" => RouteProtocol::Tcp,
        "tls" => RouteProtocol::Tls,
        "sni" => RouteProtocol::Sni,
        _ => return None,
    };
    let target = target(value, read)?;
    let service = if value.get("selector").is_none() { read.string(Some(target))? } else { String::new() };
    let mut route =
        Route::new(read.port(value.get("listen"))?, protocol, service, read.port(value.get("port"))?);
    route.selector = value.get("selector").map(|selector| {
        let mut labels = BTreeMap::new();
        for (key, value) in selector.entries() {
            let name = key.text().unwrap_or_default().to_owned();
            labels.extend(read.string(Some(value)).map(|text| (name, text)));
        }
        let mut selector = Selector::new(labels);
        selector.network = read.string(value.get("network"));
        selector
    });
    if let Some(at) = value.get("host") {
        route.host = read.string(Some(at));
        if let Some(host) = route.host.as_deref().filter(|host| !addresses::is_host_pattern(host)) {
            read.report.at(Code::Route, at.at, format!("`{host}` is not a host name"));
        }
    }
    if let Some(at) = value.get("path") {
        route.path = read.string(Some(at));
        if let Some(path) = route.path.as_deref().filter(|path| !names::is_url_path(path)) {
            let message = format!("`{}` cannot be the path of a route", path.escape_debug());
            let help = "a path begins with `/`; what a URL cannot hold is written as `%20`".to_owned();
            read.report.help(Code::Route, at.at, message, help);
        }
    }
    let is_http = matches!(protocol, RouteProtocol::Http | RouteProtocol::Https);
    for (word, is_known) in [("host", is_http || protocol == RouteProtocol::Sni), ("path", is_http)] {
        if let (Some(at), false) = (value.get(word), is_known) {
            let message = format!("a `{}` route knows no `{word}`", protocol.as_str());
            read.report.at(Code::Route, at.at, message);
        }
    }
    route.priority = value.get("priority").and_then(|priority| {
        let number = priority.as_integer()?;
        let fits = i32::try_from(number).ok().filter(|number| *number >= 1);
        if fits.is_none() {
            let message = format!("`priority` must be from 1 to {}, but is {number}", i32::MAX);
            read.report.at(Code::Constraint, priority.at, message);
        }
        fits
    });
    route.origin = target.at.place().into();
    // Of a route that says what nobody knows nothing more can be said.
    value.entries().iter().all(|(_, value)| !value.is_invalid()).then_some(route)
}
