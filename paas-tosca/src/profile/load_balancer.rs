//! Load balancers.

use super::{addresses, names, read::Read};
use crate::tosca::{Node, Value};
use paas_core::{
    application::{LoadBalancer, Route, RouteProtocol},
    diagnostic::Code,
};

pub(super) fn load_balancer(node: &Node<'_>, read: &Read<'_>) -> LoadBalancer {
    let routes = node.property("routes");
    if let Some(routes) = routes.filter(|routes| !routes.is_settled() && routes.items().is_empty()) {
        read.report.at(Code::Route, routes.at, "a load balancer needs a route");
    }
    let items = routes.map_or(&[][..], Value::items);
    let mut load_balancer = LoadBalancer::new(items.iter().filter_map(|item| route(item, read)));
    load_balancer.certificate = node.property("certificate").map(|certificate| {
        // One that was diagnosed is a certificate all the same.
        let Some(name) = read.string(Some(certificate)) else { return String::new() };
        if name.trim().is_empty() || name.chars().any(char::is_control) || is_whole_number(&name) {
            let message = format!("`{}` cannot be the name of a certificate", name.escape_debug());
            let help = "a name is not empty and not just a number".to_owned();
            read.report.help(Code::RouteCertificate, certificate.at, message, help);
        }
        name
    });
    load_balancer.scale = read.count("scale", node.property("scale")).unwrap_or(1);
    load_balancer
}

/// Rancher's executor makes a number of it, and another text of the number: `-007` becomes `-7`.
fn is_whole_number(name: &str) -> bool {
    let digits = name.strip_prefix(['+', '-']).unwrap_or(name);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
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
    let target = value.get("service")?;
    let service = read.string(Some(target))?;
    let mut route =
        Route::new(read.port(value.get("listen"))?, protocol, service, read.port(value.get("port"))?);
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
