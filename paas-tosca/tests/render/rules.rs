//! Each rule of the renderer.

use super::{
    reading::{both, read},
    releases::{add_secret, connection_as, everything, plan_with_grace, port, release, service},
};
use paas_core::{
    application::{
        Container, External, ExternalService, HealthCheck, Link, LoadBalancer, Mount, OnFailure, Protocol,
        Route, RouteProtocol, Segment, Text, UpdateStrategy,
    },
    release::Release,
};
use paas_tosca::rancher::render;
use serde_json::{Value, json};

/// One container in one network: what both files say of it.
fn one(container: Container) -> (Value, Value) {
    both(&release([("n", vec![service("s", "n", container, [])])]), "s")
}

fn container() -> Container {
    Container::new("image:1")
}

#[test]
fn files_begin_with_notemplating_and_their_origin() {
    for part in render(&everything()) {
        for text in [&part.docker_compose, &part.rancher_compose] {
            let lines: Vec<_> = text.lines().take(3).collect();
            let origin = format!(
                "# Generated: stack retail in environment {}. Change the template instead.",
                part.network
            );
            assert_eq!(lines, ["# notemplating", &origin, "\"version\": \"2\""]);
        }
    }
}

#[test]
fn unusual_names_are_not_in_comments() {
    let mut release = release([("a\nb: c", vec![service("s", "a\nb: c", container(), [])])]);
    release.stack = "x {{y}}".to_owned();
    let files = render(&release);
    assert!(
        files[0]
            .docker_compose
            .starts_with("# notemplating\n# Generated. Change the template instead.\n\"version\"")
    );
}

#[test]
fn parts_keep_their_order_and_names() {
    let mut release = release([("b", vec![]), ("A", vec![]), ("a", vec![])]);
    release.parts[1].environment = "other".to_owned();
    let files = render(&release);
    let names: Vec<_> =
        files.iter().map(|f| (f.network.as_str(), f.environment.as_str(), f.folder.as_str())).collect();
    assert_eq!(names, [("b", "b", "b"), ("A", "other", "A"), ("a", "a", "a-2")]);
}

#[test]
fn same_release_gives_same_bytes() {
    let release = everything();
    let again: Release = serde_json::from_value(serde_json::to_value(&release).unwrap()).unwrap();
    assert_eq!(render(&release), render(&release.clone()));
    assert_eq!(render(&release), render(&again), "after it was stored");
}

#[test]
fn a_bare_container_says_little() {
    assert_eq!(one(container()), (json!({ "image": "image:1" }), json!({ "scale": 1 })));
}

#[test]
fn dollars_are_doubled_in_values_and_kept_in_keys() {
    let mut it = container();
    it.image = "i:$1".to_owned();
    it.environment.insert("A$B".to_owned(), "${x}".into());
    it.labels.insert("$".to_owned(), "$".into());
    it.command = vec!["$$".into()];
    let (docker, _) = one(it);
    assert_eq!(
        docker,
        json!({
            "image": "i:$$1", "environment": { "A$B": "$${x}" }, "labels": { "$": "$$" }, "command": ["$$$$"]
        })
    );
}

#[test]
fn secrets_are_answers() {
    let mut it = container();
    let secret = || Segment::Secret { secret: "my input".to_owned() };
    it.environment.insert("A".to_owned(), Text::from_segments([Segment::Literal("$".to_owned()), secret()]));
    it.command = vec![Text::from_segments([secret()])];
    let mut release = release([("n", vec![service("s", "n", it, [])])]);
    add_secret(&mut release, "my input", "my_input");
    let (docker, _) = both(&release, "s");
    assert_eq!(
        (&docker["environment"]["A"], &docker["command"]),
        (&json!("$$${my_input}"), &json!(["${my_input}"]))
    );
}

#[test]
fn ports_are_published_or_exposed() {
    let mut it = container();
    it.ports = vec![
        port(8080, External::Given(80), Protocol::Tcp),
        port(53, External::Allocated, Protocol::Udp),
        port(9000, External::None, Protocol::Tcp),
        port(9000, External::None, Protocol::Udp),
    ];
    it.ports.extend(it.ports.clone());
    let (docker, _) = one(it);
    assert_eq!(docker["ports"], json!(["80:8080/tcp", "53/udp"]));
    assert_eq!(docker["expose"], json!(["9000/tcp", "9000/udp"]));
}

#[test]
fn times_are_in_the_unit_of_their_key() {
    for (stop_grace_ms, seconds) in [(0, 1), (1, 1), (1_000, 1), (1_001, 2), (90_000, 90)] {
        let mut it = container();
        it.stop_grace_ms = Some(stop_grace_ms);
        assert_eq!(one(it).0["stop_grace_period"], json!(seconds));
    }
}

#[test]
fn limits_are_bytes_and_microseconds() {
    let mut it = container();
    it.resources.memory_limit_bytes = Some(u64::MAX);
    it.resources.memory_reservation_bytes = Some(512 << 20);
    it.resources.cpu_limit_millis = Some(250);
    it.resources.cpu_reservation_millis = Some(100);
    let (docker, rancher) = one(it);
    assert_eq!(
        docker,
        json!({
            "image": "image:1", "mem_limit": i64::MAX, "mem_reservation": 536_870_912,
            "cpu_period": 100_000, "cpu_quota": 25_000
        })
    );
    assert_eq!(rancher, json!({ "scale": 1, "milli_cpu_reservation": 100 }));
    let mut least = container();
    least.resources.cpu_limit_millis = Some(1);
    assert_eq!(one(least).0["cpu_quota"], json!(1_000), "Docker takes no less");
}

#[test]
fn health_checks_are_in_milliseconds() {
    let mut it = container();
    it.health_check = Some(HealthCheck::new(3306));
    let tcp = json!({
        "port": 3306, "interval": 2000, "response_timeout": 2000, "healthy_threshold": 2, "unhealthy_threshold": 3,
        "strategy": "recreate"
    });
    assert_eq!(one(it.clone()).1["health_check"], tcp);
    let mut check = HealthCheck::new(80);
    check.path = Some("/ready".to_owned());
    (check.interval_ms, check.timeout_ms, check.initializing_ms) = (Some(5_000), Some(700), Some(60_000));
    (check.healthy_threshold, check.unhealthy_threshold) = (1, 5);
    check.on_failure = OnFailure::RecreateOnQuorum;
    it.health_check = Some(check);
    let http = json!({
        "port": 80, "request_line": "GET \"/ready\" \"HTTP/1.0\"", "interval": 5000, "response_timeout": 700,
        "healthy_threshold": 1, "unhealthy_threshold": 5, "initializing_timeout": 60000,
        "reinitializing_timeout": 60000, "strategy": "recreateOnQuorum",
        "recreate_on_quorum_strategy_config": { "quorum": 1 }
    });
    assert_eq!(one(it).1["health_check"], http);
    let mut ignored = container();
    let mut check = HealthCheck::new(80);
    check.on_failure = OnFailure::None;
    ignored.health_check = Some(check);
    assert_eq!(one(ignored).1["health_check"]["strategy"], json!("none"));
}

#[test]
fn a_health_path_cannot_leave_its_line() {
    let mut it = container();
    let mut check = HealthCheck::new(80);
    check.path = Some("/a b\"\n\\$%20ü?c=d&e".to_owned());
    it.health_check = Some(check);
    assert_eq!(
        one(it).1["health_check"]["request_line"],
        json!("GET \"/a%20b%22%0A%5C%24%20%C3%BC?c=d&e\" \"HTTP/1.0\"")
    );
}

#[test]
fn updates_say_whether_to_start_first() {
    for start_first in [false, true] {
        let mut it = container();
        let mut update = UpdateStrategy::one_by_one();
        (update.start_first, update.batch_size, update.interval_ms) = (start_first, 5, Some(1_000));
        it.update = Some(update);
        // The executor uses the first only.
        let strategy = json!({ "start_first": start_first, "batch_size": 5, "interval_millis": 1_000 });
        assert_eq!(one(it).1, json!({ "scale": 1, "upgrade_strategy": strategy }));
    }
}

#[test]
fn the_longest_grace_drains() {
    let mut release =
        release([("n", vec![service("s", "n", container(), []), service("t", "n", container(), [])])]);
    release.policies = vec![plan_with_grace("s", 30_000), plan_with_grace("t", 0)];
    release.policies[0].windows.extend(plan_with_grace("s", 90_000).windows);
    release.policies[0].windows.extend(plan_with_grace("s", 10_000).windows);
    assert_eq!(both(&release, "s").1, json!({ "scale": 1, "drain_timeout_ms": 90_000 }));
    assert_eq!(both(&release, "t").1, json!({ "scale": 1 }));
}

#[test]
fn scheduling_is_said_by_labels() {
    let mut it = container();
    it.host_affinity = [("zone", "a"), ("disk", "ssd")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    it.run_once = true;
    assert_eq!(
        one(it).0["labels"],
        json!({
            "io.rancher.scheduler.affinity:host_label": "disk=ssd,zone=a",
            "io.rancher.container.start_once": "true"
        })
    );
}

#[test]
fn a_service_everywhere_has_no_scale() {
    let mut it = container();
    it.everywhere = true;
    it.scale = 7;
    let (docker, rancher) = one(it);
    assert_eq!(docker["labels"], json!({ "io.rancher.scheduler.global": "true" }));
    assert_eq!(rancher, Value::Null);
}

#[test]
fn our_labels_win_over_the_templates() {
    let mut it = container();
    it.everywhere = true;
    for key in ["io.rancher.scheduler.global", "io.rancher.container.start_once", "other"] {
        it.labels.insert(key.to_owned(), "theirs".into());
    }
    assert_eq!(
        one(it).0["labels"],
        json!({
            "io.rancher.scheduler.global": "true", "io.rancher.container.start_once": "theirs", "other": "theirs"
        })
    );
}

#[test]
fn mounts_are_of_external_volumes() {
    let mut it = container();
    let mut read_only = Mount::new("data", "/b");
    read_only.read_only = true;
    it.mounts = vec![Mount::new("files", "/a"), read_only, Mount::new("files", "/a")];
    let mut release = release([("n", vec![service("s", "n", it, [])])]);
    let volume = json!({ "driver": "rancher-nfs", "external": true });
    let expected = json!({ "data": volume, "files": volume });
    assert_eq!(both(&release, "s").0["volumes"], json!(["files:/a", "data:/b:ro"]));
    assert_eq!(read(&render(&release)[0].docker_compose)["volumes"], expected);
    release.parts[0].volumes.clear();
    assert_eq!(read(&render(&release)[0].docker_compose)["volumes"], expected, "what is mounted is declared");
}

#[test]
fn links_inside_a_network_and_across() {
    let client = || {
        let links = [
            Link::connection("near"),
            Link::connection("far"),
            connection_as("far", "db"),
            Link::connection("near"),
            Link::dependency("near"),
            Link::dependency("far"),
            Link::connection("missing"),
        ];
        service("client", "a", container(), links)
    };
    let mut release = release([
        ("a", vec![client(), service("near", "a", container(), [])]),
        ("b", vec![service("far", "b", ExternalService::Host("h".to_owned()), [])]),
    ]);
    release.parts[1].environment = "Production".to_owned();
    let (docker, _) = both(&release, "client");
    assert_eq!(docker["links"], json!(["near:near", "missing:missing"]));
    assert_eq!(docker["external_links"], json!(["Production/retail/far:far", "Production/retail/far:db"]));
}

#[test]
fn external_services_have_a_host_or_addresses() {
    let addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.1"].map(str::to_owned).to_vec();
    let release = release([(
        "n",
        vec![
            service("host", "n", ExternalService::Host("a.bank.test".to_owned()), [Link::connection("ips")]),
            service("ips", "n", ExternalService::Addresses(addresses), []),
        ],
    )]);
    let image = json!({ "image": "rancher/external-service" });
    assert_eq!(both(&release, "host"), (image.clone(), json!({ "hostname": "a.bank.test" })));
    assert_eq!(both(&release, "ips"), (image, json!({ "external_ips": ["10.0.0.1", "10.0.0.2"] })));
}

#[test]
fn what_stands_for_services_elsewhere_is_linked_as_if_it_were_here() {
    let client = service("client", "a", container(), [connection_as("far", "db"), Link::connection("named")]);
    let mut balancer = LoadBalancer::new([Route::new(80, RouteProtocol::Http, "far", 8080)]);
    balancer.scale = 1;
    let mut release = release([
        ("a", vec![client, service("entry", "a", balancer, [Link::connection("far")])]),
        ("b", vec![service("far", "b", container(), []), service("named", "b", container(), [])]),
    ]);
    let labels = json!({ "io.paas.link.target": "retail.far" });
    for (by, docker, rancher, target) in [
        (
            json!("labels"),
            json!({
                "image": "rancher/dns-service",
                "labels": { "io.rancher.service.selector.link": "io.paas.link.target=retail.far" },
            }),
            Value::Null,
            labels,
        ),
        (
            json!({ "address": { "addresses": ["10.0.0.1", "10.0.0.2"] } }),
            json!({ "image": "rancher/external-service" }),
            json!({ "external_ips": ["10.0.0.1", "10.0.0.2"] }),
            Value::Null,
        ),
    ] {
        release.parts[0].stand_ins = serde_json::from_value(json!([{ "service": "far", "by": by }])).unwrap();
        let files = render(&release);
        let stand_in = |text: &str| read(text)["services"]["far"].clone();
        assert_eq!(stand_in(&files[0].docker_compose), docker);
        assert_eq!(stand_in(&files[0].rancher_compose), rancher);
        let (client, _) = both(&release, "client");
        assert_eq!(client["links"], json!(["far:db"]));
        assert_eq!(client["external_links"], json!(["b/retail/named:named"]));
        let rule = &both(&release, "entry").1["lb_config"]["port_rules"][0];
        assert_eq!(rule["service"], "far");
        assert_eq!(rule.get("selector").or(rule.get("environment")), None);
        assert_eq!(stand_in(&files[1].docker_compose)["labels"], target);
    }
}
