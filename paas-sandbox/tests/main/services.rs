use crate::shared::{action, actions, seconds, service, stack, still};
use paas_sandbox::{Fault, Latencies, Sandbox, Trouble};
use serde_json::json;
use std::time::Duration;

#[test]
fn actions_are_there_only_when_the_state_allows_them() {
    let (sandbox, _, client) = still();
    let made = service(&client, &stack(&client, "bank"), "web");
    let path = format!("/services/{}", made.id());
    let links = ["addservicelink", "removeservicelink", "setservicelinks"];
    let with = |more: &[&str]| {
        let mut all: Vec<String> = links.iter().chain(more).map(|name| (*name).to_owned()).collect();
        all.sort();
        all
    };
    assert_eq!((made.text("state"), actions(&made)), ("registering", with(&["remove"])));
    assert_eq!(action(&client, &path, "activate").error(), (422, "ActionNotAvailable", "action"));
    assert_eq!(action(&client, &path, "upgrade").error(), (422, "InvalidAction", "action"));

    seconds(&sandbox, 1);
    let read = client.get(&path);
    assert_eq!((read.text("state"), actions(&read)), ("inactive", with(&["activate", "remove", "update"])));
    let address = read.body["actions"]["activate"].as_str().unwrap();
    assert!(address.ends_with(&format!("/services/{}/?action=activate", made.id())), "{address}");

    let activating = action(&client, &path, "activate");
    assert_eq!((activating.status, activating.text("state")), (202, "activating"));
    assert_eq!(actions(&activating), with(&["deactivate", "remove", "update"]));
    assert_eq!(action(&client, &path, "activate").error(), (422, "ActionNotAvailable", "action"));

    seconds(&sandbox, 2);
    let read = client.get(&path);
    assert_eq!((read.text("state"), actions(&read)), ("active", with(&["deactivate", "remove", "update"])));

    assert_eq!(action(&client, &path, "deactivate").text("state"), "deactivating");
    seconds(&sandbox, 1);
    assert_eq!(client.get(&path).text("state"), "inactive");
    assert_eq!(client.delete(&path).text("state"), "removing");
    seconds(&sandbox, 1);
    let read = client.get(&path);
    assert_eq!((read.text("state"), actions(&read)), ("removed", vec![]));
}

#[test]
fn time_passes_only_when_it_is_moved() {
    let latencies =
        Latencies { step: 1000, container_start: 10_000, jitter_percent: 0, ..Latencies::default() };
    let sandbox = Sandbox::builder().virtual_clock().latencies(latencies).start().unwrap();
    let environment = sandbox.environment("office");
    let client = crate::http::Client::with_key(&sandbox, &environment.access_key, &environment.secret_key);
    let path = format!("/services/{}", service(&client, &stack(&client, "bank"), "web").id());
    std::thread::sleep(Duration::from_millis(30));
    assert_eq!(client.get(&path).text("state"), "registering");
    for (millis, state) in [(999, "registering"), (1, "inactive")] {
        sandbox.advance(Duration::from_millis(millis));
        assert_eq!(client.get(&path).text("state"), state);
    }
    action(&client, &path, "activate").ok();
    for (millis, state) in [(9_999, "activating"), (1, "active")] {
        sandbox.advance(Duration::from_millis(millis));
        assert_eq!(client.get(&path).text("state"), state);
    }
}

#[test]
fn the_same_seed_gives_the_same_answers() {
    let play = |seed: u64| {
        let sandbox = Sandbox::builder().virtual_clock().seed(seed).start().unwrap();
        let environment = sandbox.environment("office");
        let client =
            crate::http::Client::with_key(&sandbox, &environment.access_key, &environment.secret_key);
        let path = format!("/services/{}", service(&client, &stack(&client, "bank"), "web").id());
        let mut seen = Vec::new();
        seconds(&sandbox, 1);
        action(&client, &path, "activate").ok();
        while client.get(&path).text("state") != "active" {
            sandbox.advance(Duration::from_millis(7));
            seen.push(client.get(&path).text("state").to_owned());
        }
        (seen.len(), client.get(&path).text("uuid").to_owned(), environment)
    };
    assert_eq!(play(7), play(7));
    assert_ne!(play(7).1, play(8).1);
}

#[test]
fn a_real_clock_goes_by_itself() {
    let latencies = Latencies { step: 1, container_start: 1, ..Latencies::NONE };
    let sandbox = Sandbox::builder().latencies(latencies).start().unwrap();
    let environment = sandbox.environment("office");
    let client = crate::http::Client::with_key(&sandbox, &environment.access_key, &environment.secret_key);
    let launch = json!({"imageUuid": "docker:a"});
    let body =
        json!({"name": "a", "stackId": stack(&client, "s"), "launchConfig": launch, "startOnCreate": true});
    let path = format!("/services/{}", client.post("/services", &body).ok().id());
    let active = (0..1000).any(|_| {
        std::thread::sleep(Duration::from_millis(2));
        client.get(&path).text("state") == "active"
    });
    assert!(active);
    assert!(!sandbox.advance(Duration::from_secs(1)), "a real clock is not to be moved");
}

#[test]
fn the_scale_is_changed_by_a_put() {
    let (sandbox, _, client) = still();
    let path = format!("/services/{}", service(&client, &stack(&client, "bank"), "web").id());
    assert_eq!(client.put(&path, &json!({"scale": 2})).error(), (409, "Conflict", ""), "while registering");
    seconds(&sandbox, 1);

    assert_eq!(client.put(&path, &json!({"scale": 3})).ok().text("state"), "updating-inactive");
    seconds(&sandbox, 1);
    assert_eq!(client.get(&path).text("state"), "inactive");
    action(&client, &path, "activate").ok();
    assert_eq!(client.put(&path, &json!({"scale": "4"})).ok().text("state"), "activating");
    seconds(&sandbox, 2);
    let four = client.get(&path);
    assert_eq!(
        (four.text("state"), &four.body["currentScale"], &four.body["scale"]),
        ("active", &json!(4), &json!(4))
    );
    assert_eq!(four.body["instanceIds"].as_array().unwrap().len(), 4);

    let up = client.put(&path, &json!({"scale": 6})).ok();
    assert_eq!((up.text("state"), &up.body["currentScale"]), ("updating-active", &json!(4)));
    assert_eq!(up.text("healthState"), "degraded");
    seconds(&sandbox, 2);
    assert_eq!(client.get(&path).body["currentScale"], 6);

    client.put(&path, &json!({"scale": 1})).ok();
    seconds(&sandbox, 2);
    let one = client.get(&path);
    assert_eq!((one.text("state"), &one.body["currentScale"]), ("active", &json!(1)));
    let containers = client.get(&format!("{path}/instances"));
    assert_eq!(containers.data().len(), 1);
    assert_eq!(containers.data()[0]["name"], "bank-web-1");
    assert_eq!(containers.data()[0]["labels"]["io.rancher.stack_service.name"], "bank/web");

    assert_eq!(client.put(&path, &json!({"scale": 1})).ok().text("state"), "active", "nothing changes");
    assert_eq!(client.put(&path, &json!({"scale": "many"})).error(), (422, "InvalidFormat", "scale"));
    assert_eq!(
        client.put(&path, &json!({"launchConfig": {"imageUuid": "docker:other"}})).ok().body["launchConfig"]
            ["imageUuid"],
        "docker:nginx:1"
    );
}

#[test]
fn a_service_of_no_containers_is_active_and_healthy() {
    let (sandbox, _, client) = still();
    let stack = stack(&client, "bank");
    let path = format!("/services/{}", service(&client, &stack, "web").id());
    seconds(&sandbox, 1);
    assert_eq!(client.get(&path).text("healthState"), "unhealthy");
    client.put(&path, &json!({"scale": 0})).ok();
    seconds(&sandbox, 1);
    let inactive = client.get(&path);
    assert_eq!((inactive.text("state"), &inactive.body["scale"]), ("inactive", &json!(0)));
    action(&client, &path, "activate").ok();
    seconds(&sandbox, 2);
    let active = client.get(&path);
    assert_eq!(
        (active.text("state"), active.text("healthState"), &active.body["currentScale"]),
        ("active", "healthy", &json!(0))
    );
    assert!(sandbox.resources("container").is_empty());
    assert_eq!(client.get(&format!("/stacks/{stack}")).text("healthState"), "healthy");

    client.put(&path, &json!({"scale": 2})).ok();
    seconds(&sandbox, 2);
    let grown = client.get(&path);
    assert_eq!((grown.text("state"), &grown.body["currentScale"]), ("active", &json!(2)));
}

#[test]
fn services_without_containers_are_active_when_they_are_activated() {
    let (sandbox, _, client) = still();
    let stack = stack(&client, "bank");
    for (kind, body) in [
        ("externalservices", json!({"name": "ext", "stackId": stack, "externalIpAddresses": ["192.0.2.9"]})),
        ("dnsservices", json!({"name": "alias", "stackId": stack})),
    ] {
        let path = format!("/{kind}/{}", client.post(&format!("/{kind}"), &body).ok().id());
        seconds(&sandbox, 1);
        assert_eq!(client.get(&path).text("state"), "inactive");
        let answer = action(&client, &path, "activate");
        assert_eq!((answer.status, answer.text("state")), (202, "activating"));
        seconds(&sandbox, 1);
        let active = client.get(&path);
        assert_eq!((active.text("state"), active.text("healthState")), ("active", "healthy"));
    }
    assert!(sandbox.resources("container").is_empty());
}

#[test]
fn a_global_service_runs_on_every_host() {
    let sandbox = Sandbox::builder().virtual_clock().hosts(3).start().unwrap();
    let environment = sandbox.environment("office");
    let client = crate::http::Client::with_key(&sandbox, &environment.access_key, &environment.secret_key);
    let launch = json!({"imageUuid": "docker:a", "labels": {"io.rancher.scheduler.global": "true"}});
    let body = json!({"name": "a", "stackId": stack(&client, "s"), "launchConfig": launch, "startOnCreate": true, "scale": 1});
    let path = format!("/services/{}", client.post("/services", &body).ok().id());
    seconds(&sandbox, 3);
    let service = client.get(&path);
    assert_eq!((service.text("state"), &service.body["currentScale"]), ("active", &json!(3)));
    let hosts: std::collections::BTreeSet<_> = client
        .get("/containers")
        .data()
        .iter()
        .map(|each| each["hostId"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(hosts.len(), 3);
}

#[test]
fn health_comes_after_active() {
    let (sandbox, _, client) = still();
    let launch = json!({"imageUuid": "docker:a", "healthCheck": {"port": 80, "interval": 2000}, "ports": ["8080:80/tcp"]});
    let body =
        json!({"name": "a", "stackId": stack(&client, "s"), "launchConfig": launch, "startOnCreate": true});
    let path = format!("/services/{}", client.post("/services", &body).ok().id());
    let mut seen = vec![];
    for _ in 0..40 {
        let read = client.get(&path);
        let both = (read.text("state").to_owned(), read.text("healthState").to_owned());
        if seen.last() != Some(&both) {
            seen.push(both);
        }
        sandbox.advance(Duration::from_millis(50));
    }
    let seen: Vec<_> = seen.iter().map(|(state, health)| (state.as_str(), health.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("registering", "unhealthy"),
            ("activating", "unhealthy"),
            ("active", "initializing"),
            ("active", "healthy"),
        ]
    );
    let endpoint = &client.get(&path).body["publicEndpoints"][0];
    assert_eq!((&endpoint["port"], &endpoint["ipAddress"]), (&json!(8080), &json!("192.0.2.1")));
}

#[test]
fn a_job_is_done_when_it_has_run_once() {
    let (sandbox, _, client) = still();
    let launch = json!({"imageUuid": "docker:a", "labels": {"io.rancher.container.start_once": "true"}});
    let body =
        json!({"name": "job", "stackId": stack(&client, "s"), "launchConfig": launch, "startOnCreate": true});
    let path = format!("/services/{}", client.post("/services", &body).ok().id());
    sandbox.advance(Duration::from_millis(1200));
    let running = client.get(&path);
    assert_eq!((running.text("state"), running.text("healthState")), ("active", "healthy"));
    seconds(&sandbox, 2);
    let done = client.get(&path);
    assert_eq!((done.text("state"), done.text("healthState")), ("active", "started-once"));
    assert_eq!(client.get("/stacks?name=s").data()[0]["healthState"], "started-once");
    assert_eq!(client.get("/containers").data()[0]["state"], "stopped");
}

#[test]
fn a_service_that_cannot_start_stays_activating_until_it_can() {
    let (sandbox, _, client) = still();
    sandbox
        .add_fault(Fault::new(Trouble::StaysActivating { message: "no such image".to_owned() }).service("a"));
    let stack = stack(&client, "s");
    let launch = json!({"imageUuid": "docker:a"});
    for name in ["a", "b"] {
        let body = json!({"name": name, "stackId": stack, "launchConfig": launch, "startOnCreate": true});
        client.post("/services", &body).ok();
    }
    seconds(&sandbox, 3600);
    let a = client.get("/services?name=a").data()[0].clone();
    assert_eq!(
        (&a["state"], &a["transitioning"], &a["transitioningMessage"]),
        (&json!("activating"), &json!("yes"), &json!("no such image"))
    );
    assert_eq!(client.get("/services?name=b").data()[0]["state"], "active");
    sandbox.clear_faults();
    seconds(&sandbox, 2);
    assert_eq!(client.get("/services?name=a").data()[0]["state"], "active");
}

#[test]
fn a_service_that_is_never_healthy_says_so_after_its_time() {
    let (sandbox, _, client) = still();
    sandbox.add_fault(Fault::new(Trouble::NeverHealthy).service("a"));
    let launch = json!({"imageUuid": "docker:a", "healthCheck": {"port": 80, "initializingTimeout": 30_000}});
    let body =
        json!({"name": "a", "stackId": stack(&client, "s"), "launchConfig": launch, "startOnCreate": true});
    let path = format!("/services/{}", client.post("/services", &body).ok().id());
    seconds(&sandbox, 20);
    let read = client.get(&path);
    assert_eq!((read.text("state"), read.text("healthState")), ("active", "initializing"));
    seconds(&sandbox, 20);
    assert_eq!(client.get(&path).text("healthState"), "unhealthy");
    sandbox.clear_faults();
    seconds(&sandbox, 2);
    assert_eq!(client.get(&path).text("healthState"), "healthy");
}

#[test]
fn sidekicks_share_the_name_space_of_their_stack() {
    let (sandbox, _, client) = still();
    let stack = stack(&client, "s");
    let launch = json!({"imageUuid": "docker:a"});
    let side = json!([{"name": "side", "imageUuid": "docker:b", "networkMode": "container", "networkLaunchConfig": "a"}]);
    let body = json!({"name": "a", "stackId": stack, "launchConfig": launch, "secondaryLaunchConfigs": side, "scale": 2});
    let path = format!("/services/{}", client.post("/services", &body).ok().id());
    let taken = client.post("/services", &json!({"name": "side", "stackId": stack, "launchConfig": launch}));
    assert_eq!(taken.error(), (422, "NotUnique", "name"));
    let lost = json!([{"name": "x", "imageUuid": "docker:b", "dataVolumesFromLaunchConfigs": ["nobody"]}]);
    let lost =
        client.post("/services", &json!({"name": "c", "stackId": stack, "secondaryLaunchConfigs": lost}));
    assert_eq!(lost.error(), (422, "InvalidReference", "LaunchConfigName"));
    seconds(&sandbox, 1);
    action(&client, &path, "activate").ok();
    seconds(&sandbox, 2);
    assert_eq!(client.get(&path).body["currentScale"], 2);
    let containers = client.get("/containers?sort=name");
    assert_eq!(crate::shared::names(&containers), ["s-a-1", "s-a-2", "s-a-side-1", "s-a-side-2"]);
    let units: Vec<_> =
        containers.data().iter().map(|each| each["deploymentUnitUuid"].as_str().unwrap()).collect();
    assert!(units[0] == units[2] && units[1] == units[3] && units[0] != units[1], "{units:?}");
}

#[test]
fn what_the_server_checks_of_a_service() {
    let (_sandbox, _, client) = still();
    let stack = stack(&client, "s");
    let other = service(&client, &stack, "web").id().to_owned();
    let launch = json!({"imageUuid": "docker:a"});
    let cases = [
        ("services", json!({"name": "a", "launchConfig": launch}), (422, "MissingRequired", "stackId")),
        ("services", json!({"name": "a", "stackId": "1st99"}), (422, "InvalidReference", "stackId")),
        ("services", json!({"name": "WEB", "stackId": stack}), (422, "NotUnique", "name")),
        ("services", json!({"name": "a_b", "stackId": stack}), (422, "InvalidCharacters", "name")),
        (
            "services",
            json!({"name": "a", "stackId": stack, "launchConfig": {"ports": ["x:80"]}}),
            (422, "PortWrongFormat", "x:80"),
        ),
        (
            "services",
            json!({"name": "a", "stackId": stack, "launchConfig": {"ports": 7, "command": {}}}),
            (422, "InvalidFormat", "command"),
        ),
        (
            "services",
            json!({"name": "a", "stackId": stack, "scalePolicy": {"min": 3, "max": 2}}),
            (422, "MaxLimitExceeded", "Min scale can't exceed scale"),
        ),
        (
            "services",
            json!({"name": "a", "stackId": stack, "launchConfig": {"healthCheck": {"port": 0}}}),
            (422, "MinLimitExceeded", "port"),
        ),
        (
            "loadbalancerservices",
            json!({"name": "a", "stackId": stack, "launchConfig": launch}),
            (422, "MissingRequired", "lbConfig"),
        ),
        (
            "externalservices",
            json!({"name": "a", "stackId": stack, "hostname": "h", "externalIpAddresses": ["192.0.2.1"]}),
            (422, "InvalidOption", "externalIpAddresses and hostname are mutually exclusive"),
        ),
    ];
    for (path, body, error) in cases {
        assert_eq!(client.post(&format!("/{path}"), &body).error(), error, "{path} {body}");
    }
    for (rule, error) in [
        (
            json!({"sourcePort": 42, "selector": "a=b"}),
            (422, "InvalidOption", "Port 42 is reserved for service health check"),
        ),
        (json!({"sourcePort": 80}), (422, "MissingRequired", "serviceId")),
        (
            json!({"sourcePort": 80, "serviceId": other, "selector": "a=b"}),
            (422, "InvalidOption", "Can't specify both selector and serviceId"),
        ),
        (json!({"sourcePort": 80, "serviceId": other}), (422, "MissingRequired", "targetPort")),
        (
            json!({"sourcePort": 80, "selector": "a=b", "region": "r"}),
            (422, "MissingRequired", "environment"),
        ),
        (json!({"sourcePort": 80, "selector": "a=b", "protocol": "ftp"}), (422, "InvalidOption", "protocol")),
        (json!({"sourcePort": 70_000, "selector": "a=b"}), (422, "MaxLimitExceeded", "sourcePort")),
        (
            json!({"sourcePort": 80, "serviceId": "1s999", "targetPort": 80}),
            (422, "InvalidReference", "serviceId"),
        ),
    ] {
        let body = json!({"name": "lb", "stackId": stack, "launchConfig": launch, "lbConfig": {"portRules": [rule]}});
        assert_eq!(client.post("/loadbalancerservices", &body).error(), error, "{rule}");
    }
    let body = json!({"name": "lb", "stackId": stack, "launchConfig": launch, "lbConfig": {"portRules": [{"sourcePort": 80, "serviceId": other, "targetPort": 80}]}});
    let made = client.post("/loadbalancerservices", &body).ok();
    assert_eq!((made.text("type"), made.text("baseType")), ("loadBalancerService", "service"));
    assert_eq!(made.body["launchConfig"]["healthCheck"]["port"], 42);
    assert_eq!(made.body["lbConfig"]["portRules"][0]["protocol"], "http");
    assert_eq!(client.get(&format!("/loadbalancerservices/{}", made.id())).status, 200);
    assert_eq!(client.get(&format!("/externalservices/{}", made.id())).status, 404);
}
