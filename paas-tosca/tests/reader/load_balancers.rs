//! Load balancers and their routes.

use super::{services, told};

/// What is said of the routes of a load balancer in line 7, beside the services `s1` and `007`.
fn of(routes: &str) -> Vec<String> {
    let text = services(&["image: x"]);
    told(&format!(
        "{text}    '007': {{ type: paas.nodes.Service, properties: {{ image: x }}, requirements: [ network: net ] }}\n\
         \x20   lb: {{ type: paas.nodes.LoadBalancer, requirements: [ network: net, connection: s1, connection: '007' ], properties: {{ routes: [ {routes} ] }} }}\n"
    ))
}

fn codes_of(route: &str) -> Vec<String> {
    let codes = of(&format!("{{ listen: 80, port: 80, {route} }}"));
    codes.into_iter().filter_map(|told| Some(told.split_once(' ')?.1.to_owned())).collect()
}

#[test]
fn routes() {
    for (route, code) in [
        ("service: s1, priority: 0", "tosca.constraint"),
        ("service: s1, priority: 2147483648", "tosca.constraint"),
        ("service: s1, path: x", "app.route"),
        ("service: s1, path: /ü", "app.route"),
        ("service: s1, path: '/a\\b'", "app.route"),
        ("service: s1, path: '/${a}'", "app.route"),
        ("service: s1, path: '/a?b'", "app.route"),
        ("service: s1, host: '007'", "app.route"),
        ("service: s1, protocol: tcp, host: a.test", "app.route"),
        ("service: s1, protocol: tcp, path: /a", "app.route"),
        ("service: s1, protocol: sni, path: /a", "app.route"),
        ("service: '007'", "app.service_name"),
    ] {
        assert_eq!(codes_of(route), [code], "{route}");
    }
    for route in
        ["service: s1, priority: 1", "service: s1, protocol: sni, host: a.test", "service: s1, path: /a%20b"]
    {
        assert_eq!(codes_of(route), [""; 0], "{route}");
    }
}
