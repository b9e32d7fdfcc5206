//! Load balancers and their targets.

use super::{
    reading::both,
    releases::{release, route, service},
};
use paas_core::{
    application::{Container, ExternalService, Link, LoadBalancer, Route, RouteProtocol, Service},
    release::Release,
};
use serde_json::json;

fn container() -> Container {
    Container::new("image:1")
}

#[test]
fn a_load_balancer_names_targets_in_its_network() {
    let mut first = route(443, "a.test", "/x", "web", 8080);
    first.protocol = RouteProtocol::Https;
    first.priority = Some(3);
    let mut balancer =
        LoadBalancer::new([first, route(443, "", "", "web", 8081), route(80, "", "", "out", 80)]);
    balancer.certificate = Some("cert $1".to_owned());
    balancer.scale = 2;
    let release = release([(
        "n",
        vec![
            service("lb", "n", balancer, [Link::connection("web"), Link::dependency("web")]),
            service("web", "n", container(), []),
            service("out", "n", ExternalService::Host("h".to_owned()), []),
        ],
    )]);
    let (docker, rancher) = both(&release, "lb");
    assert_eq!(
        docker,
        json!({ "image": "rancher/lb-service-haproxy:v0.9.14", "ports": ["443:443/tcp", "80:80/tcp"] })
    );
    assert_eq!(
        rancher,
        json!({ "scale": 2, "lb_config": { "default_cert": "cert $$1", "port_rules": [
            { "source_port": 443, "protocol": "https", "hostname": "a.test", "path": "/x", "target_port": 8080,
              "priority": 3, "service": "web" },
            { "source_port": 443, "protocol": "http", "target_port": 8081, "service": "web" },
            { "source_port": 80, "protocol": "http", "target_port": 80, "service": "out" },
        ] } })
    );
    assert_eq!(both(&release, "web"), (json!({ "image": "image:1" }), json!({ "scale": 1 })));
}

/// Load balancers in `dmz` and `public`, and the target in `app`.
fn across(balancers: [(&str, &[Route]); 2], target: Service) -> Release {
    let [dmz, public] = balancers.map(|(network, routes)| {
        (network, vec![service(&format!("lb-{network}"), network, LoadBalancer::new(routes.to_vec()), [])])
    });
    release([dmz, public, ("app", vec![target])])
}

#[test]
fn a_load_balancer_selects_targets_in_other_networks() {
    let target = service("web", "app", container(), []);
    let mut release = across([("dmz", &[route(80, "a.test", "/x", "web", 8080)]), ("public", &[])], target);
    release.parts[2].environment = "App 2".to_owned();
    assert_eq!(
        both(&release, "lb-dmz").1["lb_config"]["port_rules"],
        json!([{
            "source_port": 80, "protocol": "http", "hostname": "a.test", "path": "/x", "target_port": 8080,
            "selector": "io.paas.load_balancer.target=retail.web", "environment": "App 2"
        }])
    );
    let (docker, rancher) = both(&release, "web");
    assert_eq!(docker["labels"], json!({ "io.paas.load_balancer.target": "retail.web" }));
    let rule = json!({ "hostname": "a.test", "path": "/x", "target_port": 8080 });
    assert_eq!(rancher, json!({ "scale": 1, "lb_config": { "port_rules": [rule] } }));
}

#[test]
fn target_rules_are_those_of_all_ports_and_load_balancers() {
    let same = [route(80, "b", "", "web", 8080), route(443, "b", "", "web", 8080)];
    let target = service("web", "app", container(), []);
    let release = across([("dmz", &same), ("public", &same[1..])], target);
    let rule = json!({ "hostname": "b", "target_port": 8080 });
    assert_eq!(both(&release, "web").1["lb_config"], json!({ "port_rules": [rule] }));
}

#[test]
fn without_common_rules_a_target_has_none() {
    let cases: [[&[Route]; 2]; 4] = [
        [&[route(80, "", "", "web", 8080), route(443, "", "", "web", 8443)], &[]],
        [&[route(80, "a", "", "web", 80)], &[route(80, "b", "", "web", 80)]],
        [
            &[route(80, "", "/a", "web", 80), route(80, "", "/b", "web", 80)],
            &[route(80, "", "/a", "web", 80)],
        ],
        [&[route(80, "a", "", "web", 80)], &[route(80, "", "", "web", 80)]],
    ];
    for [dmz, public] in cases {
        let release = across([("dmz", dmz), ("public", public)], service("web", "app", container(), []));
        let (docker, rancher) = both(&release, "web");
        assert_eq!(docker["labels"], json!({ "io.paas.load_balancer.target": "retail.web" }));
        assert_eq!(rancher, json!({ "scale": 1 }));
    }
}

#[test]
fn other_targets_in_other_networks_have_the_label_only() {
    let routes = [route(80, "a", "", "target", 80)];
    let balancers = || [("dmz", &routes[..]), ("public", &[][..])];
    let label = json!({ "io.paas.load_balancer.target": "retail.target" });

    let outside = service("target", "app", ExternalService::Host("h".to_owned()), []);
    let (docker, rancher) = both(&across(balancers(), outside), "target");
    assert_eq!((&docker["labels"], rancher), (&label, json!({ "hostname": "h" })));

    let balancer = service("target", "app", LoadBalancer::new([]), []);
    let (docker, rancher) = both(&across(balancers(), balancer), "target");
    assert_eq!(
        (&docker["labels"], rancher),
        (&label, json!({ "scale": 1, "lb_config": { "port_rules": [] } }))
    );
}
