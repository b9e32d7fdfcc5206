//! A sandbox without a socket answers as one with a socket does.

use crate::{
    http::Client,
    shared::{seconds, still},
};
use paas_sandbox::{Fault, Sandbox, SandboxAnswer, SandboxReply, SandboxRequest, Trouble};
use serde_json::{Value, json};
use std::{net::TcpListener, time::Duration};

#[test]
fn both_ways_give_the_same_bytes() {
    let (listening, environment, over_socket) = still();
    let inside = Sandbox::builder().virtual_clock().in_process().start().unwrap();
    assert_eq!(inside.environment("office"), environment, "the same seed gives the same keys");
    let host = listening.url().strip_prefix("http://").unwrap();
    let key = basic(&environment.access_key, &environment.secret_key);
    let ask = |method: &str, path: &str, body: Option<&Value>| {
        let path = if path.starts_with("/sandbox") { path.to_owned() } else { format!("/v2-beta{path}") };
        let request = SandboxRequest::new(method, &path).header("AUTHORIZATION", &key).header("Host", host);
        let body = body.map(Value::to_string).unwrap_or_default();
        inside.answer(request.header("Accept", "application/json").body(body))
    };

    let compose = "version: '2'\nservices: {web: {image: x, scale: 2}, db: {image: x, volumes: ['d:/d']}}\nvolumes: {d: {driver: nfs}}";
    let volume = json!({"name": "v", "driver": "nfs"});
    let requests = [
        ("GET", "", None),
        ("POST", "/stacks", Some(json!({"name": "bank", "dockerCompose": compose, "startOnCreate": true}))),
        ("POST", "/stacks", Some(json!({"name": "BANK"}))),
        ("POST", "/stacks", Some(json!([]))),
        ("POST", "/volumes", Some(volume.clone())),
        ("GET", "/services?stackId=1st1&sort=name&order=desc", None),
        ("GET", "/containers?limit=1", None),
        ("GET", "/containers?limit=1&marker=m1", None),
        ("GET", "/volumes?name_like=bank_%25", None),
        ("PUT", "/services/1s1", Some(json!({"scale": 3}))),
        ("POST", "/services/1s1/?action=deactivate", None),
        ("POST", "/services/1s1/?action=nothing", None),
        ("GET", "/projects/1a5/stacks/1st1", None),
        ("GET", "/projects/1a6/stacks", None),
        ("GET", "/st%61cks/1st1", None),
        ("PATCH", "/stacks", None),
        ("DELETE", "/stacks/1st1", None),
        ("GET", "/stacks/1st1", None),
        ("GET", "/sandbox/requests", None),
    ];
    for (method, path, body) in &requests {
        let inner = ask(method, path, body.as_ref());
        same(&over_socket.raw(method, path, body.as_ref()), &inner, path);
        seconds(&listening, 2);
        seconds(&inside, 2);
    }

    let html =
        Trouble::Answer { status: 502, body: "<html>".to_owned(), content_type: "text/html".to_owned() };
    for trouble in [
        Trouble::Conflict,
        Trouble::Unavailable { retry_after: Some(3) },
        html,
        Trouble::HugeAnswer { bytes: 70_000 },
        Trouble::Slow { millis: 5 },
        Trouble::CutBody,
        Trouble::LostAnswer,
        Trouble::LostRequest,
        Trouble::DoneTwice,
        Trouble::AnsweredTwice,
    ] {
        let fault = Fault::new(trouble).method("POST").path("/volumes");
        listening.add_fault(fault.clone());
        inside.add_fault(fault.clone());
        let name = format!("{fault:?}");
        let inner = ask("POST", "/volumes", Some(&volume));
        same(&over_socket.raw("POST", "/volumes", Some(&volume)), &inner, &name);
        let inner = ask("GET", "/volumes", None);
        same(&over_socket.raw("GET", "/volumes", None), &inner, &name);
    }
    assert_eq!(listening.requests(), inside.requests());
    assert_eq!(inside.requests().len(), requests.len() - 1 + 2 * 10 + 1, "a doubled request counts twice");
}

#[test]
fn what_the_faults_cut_is_cut() {
    let inside = Sandbox::builder().virtual_clock().in_process().start().unwrap();
    let ask = |trouble: Trouble| {
        inside.add_fault(Fault::new(trouble));
        let key = basic(inside.access_key(), inside.secret_key());
        inside.answer(SandboxRequest::new("GET", "/v2-beta/projects").header("Authorization", &key))
    };
    let whole = ask(Trouble::AnsweredTwice).reply.unwrap();
    assert!(whole.is_doubled && !whole.is_cut && whole.status == 200);
    let half = ask(Trouble::CutBody).reply.unwrap();
    assert!(half.is_cut && !half.is_doubled);
    assert_eq!(half.body, whole.body[..whole.body.len() / 2]);
    assert_eq!(header(&half, "content-length"), Some(whole.body.len().to_string().as_str()));
    for lost in [Trouble::LostAnswer, Trouble::LostRequest] {
        assert_eq!(ask(lost).reply, None);
    }
    let statuses: Vec<u16> = inside.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [200, 200, 200, 0]);
    let slow = ask(Trouble::Slow { millis: 3_600_000 });
    assert_eq!((slow.delay, slow.reply.unwrap().body), (Duration::from_secs(3600), whole.body));
}

#[test]
fn nothing_listens_in_process() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    assert!(Sandbox::builder().port(port).start().is_err());
    let inside = Sandbox::builder().port(port).in_process().start().unwrap();
    assert_eq!(inside.url(), "http://127.0.0.1:1");
    let key = basic(inside.access_key(), inside.secret_key());
    let ask = |target: &str| {
        let reply = inside.answer(SandboxRequest::new("GET", target).header("Authorization", &key)).reply;
        serde_json::from_slice::<Value>(&reply.unwrap().body).unwrap()
    };
    let own = ask("/v2-beta");
    assert_eq!(own["links"]["self"], inside.api_url());
    assert_eq!(ask(&inside.api_url()), own, "a whole address does as well");
    assert_eq!(ask("http://proxy.test/v2-beta")["links"]["self"], "http://proxy.test/v2-beta");
    let nested = ask("/v2-beta/regions?url=http://127.0.0.1:1");
    assert_eq!(nested["data"][0]["name"], "local", "{nested}");
    inside.stop();
}

#[test]
fn requests_are_bounded_and_debug_shows_no_key() {
    let inside = Sandbox::builder().in_process().start().unwrap();
    let request = SandboxRequest::new("POST", "/v2-beta/stacks").header("authorization", "Basic c2VjcmV0");
    let large = request.clone().body(vec![b' '; 16 * 1024 * 1024 + 1]);
    assert_eq!(inside.answer(large).reply.unwrap().status, 413);
    assert_eq!(inside.answer(request.clone()).reply.unwrap().status, 401);
    let shown = format!("{:?}", request.body("hidden"));
    assert!(!shown.contains("c2VjcmV0") && !shown.contains("hidden"), "{shown}");
}

#[test]
fn of_many_threads_that_make_the_same_stack_one_succeeds() {
    let inside = Sandbox::builder().in_process().start().unwrap();
    let environment = inside.environment("office");
    let key = basic(inside.access_key(), inside.secret_key());
    let make = || {
        let request = SandboxRequest::new("POST", "/v2-beta/stacks").header("Authorization", &key);
        let request = request.header("x-api-project-id", &environment.id).body(r#"{"name": "bank"}"#);
        inside.answer(request).reply.unwrap().status
    };
    let made = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8).map(|_| scope.spawn(make)).collect();
        tries.into_iter().map(|each| each.join().unwrap()).filter(|status| *status == 201).count()
    });
    assert_eq!((made, inside.resources("stack").len()), (1, 1));
}

#[test]
fn resources_are_seen_as_an_administrator_sees_them() {
    let (sandbox, office, client) = still();
    let other = sandbox.environment("other");
    let compose = "version: '2'\nservices: {web: {image: x}, lb: {image: rancher/lb-service-haproxy, ports: ['80'], lb_config: {port_rules: [{source_port: 80, target_port: 80, service: web}]}}}";
    client.post("/stacks", &json!({"name": "bank", "dockerCompose": compose})).ok();
    let admin = Client::admin(&sandbox);
    admin.post(&format!("/projects/{}/volumes", other.id), &json!({"name": "v", "driver": "nfs"})).ok();
    sandbox.clear_requests();
    assert!(sandbox.resources("service").is_empty(), "time has not moved");
    seconds(&sandbox, 1);

    assert_eq!(sandbox.resources("project"), admin.get("/projects?all=true").data());
    assert_eq!(sandbox.resources("service"), admin.get("/services").data());
    assert_eq!(sandbox.resources("volume"), admin.get("/volumes").data());
    assert_eq!(sandbox.resources("stack"), admin.get("/stacks").data());
    let names = |kind: &str| -> Vec<String> {
        sandbox.resources(kind).iter().map(|each| each["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (names("service"), names("loadBalancerService")),
        (vec!["web".into(), "lb".into()], vec!["lb".into()])
    );
    assert_eq!(sandbox.resources("stack")[0]["accountId"], office.id);
    assert!(sandbox.resources("unicorn").is_empty() && sandbox.resources("launchConfig").is_empty());

    admin.delete("/stacks/1st1").ok();
    assert_eq!(sandbox.resources("stack")[0]["state"], "removing");
    seconds(&sandbox, 5);
    assert!(sandbox.resources("stack").is_empty() && sandbox.resources("service").is_empty());
    assert_eq!(sandbox.requests().len(), 5, "the log saw only the requests");
}

/// Holds what came over the socket against an answer.
fn same(raw: &[u8], answer: &SandboxAnswer, what: &str) {
    let Some(reply) = &answer.reply else {
        assert!(raw.is_empty(), "{what}: {}", String::from_utf8_lossy(raw));
        return;
    };
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("{what}: cut"));
    let head = String::from_utf8(raw[..end].to_vec()).unwrap().to_lowercase();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    assert_eq!(status, reply.status.to_string(), "{what}");
    let hop = |name: &str| name == "connection" || name == "date";
    let mut sent: Vec<(&str, &str)> = lines.map(|line| line.split_once(": ").unwrap()).collect();
    sent.retain(|(name, _)| !hop(name));
    let mut told: Vec<(String, String)> =
        reply.headers.iter().map(|(name, value)| (name.to_lowercase(), value.to_lowercase())).collect();
    told.sort();
    sent.sort_unstable();
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(sent, told, "{what}");
    let body = &raw[end + 4..];
    if reply.is_doubled {
        let half = raw.len() / 2;
        assert_eq!(raw[..half], raw[half..], "{what}");
        assert_eq!(&raw[end + 4..half], reply.body, "{what}");
    } else {
        assert_eq!(String::from_utf8_lossy(body), String::from_utf8_lossy(&reply.body), "{what}");
    }
    let whole = header(reply, "content-length").unwrap().parse::<usize>().unwrap();
    assert_eq!(reply.body.len() < whole, reply.is_cut, "{what}");
}

fn header<'a>(reply: &'a SandboxReply, name: &str) -> Option<&'a str> {
    reply.headers.iter().find(|(each, _)| each.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

fn basic(access: &str, secret: &str) -> String {
    format!("Basic {}", crate::http::base64(format!("{access}:{secret}").as_bytes()))
}
