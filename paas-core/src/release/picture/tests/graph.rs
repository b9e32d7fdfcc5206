use super::{
    super::graph::{Graph, Mounting, Node, Shape},
    fixture::{bank, containers, linked, part, release, stage},
};
use crate::application::{Link, LoadBalancer, Mount, Route, RouteProtocol, Service, ServiceKind};

#[test]
fn services_say_kind_count_stage_ports_and_volumes() {
    let release = bank();
    let graph = Graph::of(&release);
    let facts = |name: &str| {
        let node = graph.nodes.iter().find(|node| node.name == name).unwrap();
        let disks: Vec<_> = node.mounts.iter().map(|m| (graph.disks[m.disk].name, m.read_only)).collect();
        (node.shape, node.kind.as_str(), node.stage(), node.ports.join("; "), disks)
    };
    assert_eq!(facts("entry"), (Shape::LoadBalancer, "load balancer ×2", Some(3), "443; 80".into(), vec![]));
    assert_eq!(
        facts("notifications"),
        (Shape::Container, "container ×2", Some(1), "any → 9102".into(), vec![("payment-receipts", true)])
    );
    assert_eq!(
        facts("database"),
        (Shape::Container, "container ×1", Some(1), "15432 → 5432".into(), vec![("ledger-data", false)])
    );
    assert_eq!(facts("nightly-settlement").1, "job");
    assert_eq!(facts("log-shipper").1, "container everywhere");
    assert_eq!(facts("card-network").0, Shape::External);
}

#[test]
fn what_crosses_networks_has_its_ports() {
    let release = bank();
    let graph = Graph::of(&release);
    let crossing: Vec<_> = graph
        .arrows
        .iter()
        .filter(|arrow| arrow.crosses)
        .map(|arrow| (graph.nodes[arrow.from].name, graph.nodes[arrow.to].name, arrow.ports.as_str()))
        .collect();
    assert_eq!(
        crossing,
        [
            ("entry", "api-gateway", "8080"),
            ("web-front", "api-gateway", "8080"),
            ("accounts", "ledger", "9000"),
            ("payments", "ledger", "9000"),
            ("nightly-settlement", "notifications", "8090"),
        ]
    );
    assert!(graph.arrows.iter().filter(|arrow| !arrow.crosses).all(|arrow| arrow.ports.is_empty()));
}

#[test]
fn rules_of_load_balancers_are_arrows_even_without_links() {
    let balancer = LoadBalancer::new([
        Route::new(80, RouteProtocol::Http, "a", 1),
        Route::new(81, RouteProtocol::Http, "a", 2),
        Route::new(80, RouteProtocol::Http, "b", 1),
    ]);
    let services = [
        linked(Service::new("lb", "n", balancer), &["b"], &[]),
        containers("a", "n", 1),
        containers("b", "n", 1),
    ];
    let release = release("r", [part(("n", "low"), services)]);
    let graph = Graph::of(&release);
    let arrows: Vec<_> = graph.arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    assert_eq!(arrows, [(0, 2), (0, 1)]);
    assert_eq!(graph.nodes[0].ports, ["80", "81"]);
}

#[test]
fn the_same_link_twice_is_one_arrow_and_one_into_nowhere_is_none() {
    let mut service = linked(containers("a", "n", 1), &["b", "b", "gone"], &["b"]);
    service.links.push(Link { alias: Some("store".into()), ..Link::connection("b") });
    service.links.push(Link { alias: Some("b".into()), ..Link::connection("b") });
    let release = release("r", [part(("n", "low"), [service, containers("b", "n", 1)])]);
    let arrows: Vec<_> = Graph::of(&release).arrows.iter().map(|a| (a.to, a.dependency, a.alias)).collect();
    assert_eq!(arrows, [(1, false, None), (1, true, None), (1, false, Some("store"))]);
}

#[test]
fn a_volume_belongs_to_the_network_that_alone_mounts_it() {
    let mounting = |name: &str, network: &str, mounts: &[Mount]| {
        let mut service = containers(name, network, 1);
        if let ServiceKind::Container(container) = &mut service.kind {
            container.mounts = mounts.to_vec();
        }
        service
    };
    let read = Mount { read_only: true, ..Mount::new("shared", "/r") };
    let release = release(
        "r",
        [
            part(("one", "low"), [mounting("a", "one", &[Mount::new("own", "/o"), read.clone()])]),
            part(("two", "low"), [mounting("b", "two", &[read, Mount::new("shared", "/w")])]),
        ],
    );
    let graph = Graph::of(&release);
    let disks: Vec<_> = graph.disks.iter().map(|disk| (disk.name, disk.part)).collect();
    assert_eq!(disks, [("own", Some(0)), ("shared", None)]);
    assert_eq!(graph.nodes[1].mounts, [Mounting { disk: 1, read_only: false }]);
    assert!(release.to_mermaid().contains("\n  v1[(\"shared\")]\n"));
    assert!(release.to_dot().contains("\n  v1 [shape=cylinder, label=\"shared\"];\n"));
}

#[test]
fn services_of_one_name_have_the_stage_of_their_network() {
    let mut release = release(
        "r",
        [
            part(("one", "low"), [containers("a", "one", 1)]),
            part(("two", "low"), [containers("a", "two", 1)]),
        ],
    );
    release.stages = vec![stage(4, &release, &["a"])];
    let stages: Vec<_> = Graph::of(&release).nodes.iter().map(Node::stage).collect();
    assert_eq!(stages, [Some(4), None]);
}
