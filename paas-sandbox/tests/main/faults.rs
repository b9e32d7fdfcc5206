use crate::{
    http::Client,
    shared::{names, seconds, service, stack, still},
};
use paas_sandbox::{Fault, Trouble};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[test]
fn the_next_requests_conflict_and_do_nothing() {
    let (sandbox, _, client) = still();
    let path = format!("/services/{}", service(&client, &stack(&client, "s"), "a").id());
    seconds(&sandbox, 1);
    sandbox.add_fault(Fault::new(Trouble::Conflict).method("PUT").path("/services/").skip(1).times(2));
    let statuses: Vec<u16> =
        (1..=4).map(|scale| client.put(&path, &json!({ "scale": scale * 10 })).status).collect();
    assert_eq!(statuses, [200, 409, 409, 409], "the last one is the server's own: the update is under way");
    assert_eq!(
        client.get(&path).body["scale"],
        40,
        "the server stores the fields before it finds the process refused"
    );
    let hit = sandbox.requests().iter().filter(|each| each.fault.as_deref() == Some("conflict")).count();
    assert_eq!(hit, 2);
}

#[test]
fn the_server_is_down_for_a_while() {
    let (sandbox, _, client) = still();
    sandbox.add_fault(Fault::new(Trouble::Unavailable { retry_after: Some(3) }));
    let down = client.get("/stacks");
    assert_eq!(down.status, 503);
    assert!(down.head.to_lowercase().contains("retry-after: 3"), "{}", down.head);
    assert_eq!(client.get("/stacks").status, 200);
}

#[test]
fn a_lost_answer_was_done_all_the_same() {
    let (sandbox, _, client) = still();
    sandbox.add_fault(Fault::new(Trouble::LostAnswer).method("POST"));
    assert!(client.try_call("POST", "/stacks", Some(&json!({"name": "bank"}))).is_none());
    assert_eq!(names(&client.get("/stacks")), ["bank"]);
    assert_eq!(client.post("/stacks", &json!({"name": "bank"})).error(), (422, "NotUnique", "name"));
    let log = sandbox.requests();
    assert_eq!(
        (log[0].status, log[0].fault.as_deref(), log[0].id.as_deref()),
        (201, Some("lost_answer"), Some("1st1"))
    );
    assert!(log[0].is_mutating() && !log[1].is_mutating());

    sandbox.add_fault(Fault::new(Trouble::LostRequest).method("POST"));
    assert!(client.try_call("POST", "/stacks", Some(&json!({"name": "other"}))).is_none());
    assert_eq!(names(&client.get("/stacks")), ["bank"]);
}

#[test]
fn half_a_body_is_cut_off() {
    let (sandbox, _, client) = still();
    sandbox.add_fault(Fault::new(Trouble::CutBody));
    let raw = String::from_utf8(client.raw("GET", "/stacks", None)).unwrap();
    let (head, body) = raw.split_once("\r\n\r\n").unwrap();
    let length: usize = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(|n| n.parse().unwrap()))
        .unwrap();
    assert_eq!(body.len(), length / 2, "{raw}");
    assert!(serde_json::from_str::<Value>(body).is_err());
}

#[test]
fn answers_are_slow_large_or_no_json() {
    let (sandbox, _, client) = still();
    sandbox.add_fault(Fault::new(Trouble::Slow { millis: 120 }));
    let start = Instant::now();
    assert_eq!(client.get("/stacks").status, 200);
    assert!(start.elapsed() >= Duration::from_millis(120));

    sandbox.add_fault(Fault::new(Trouble::HugeAnswer { bytes: 3_000_000 }));
    assert_eq!(client.get("/stacks").bytes.len(), 3_000_000);

    let html = "<html>502 Bad Gateway</html>";
    let proxy = Trouble::Answer { status: 502, body: html.to_owned(), content_type: "text/html".to_owned() };
    sandbox.add_fault(Fault::new(proxy));
    let answer = client.get("/stacks");
    assert_eq!((answer.status, answer.bytes.as_slice()), (502, html.as_bytes()));
}

#[test]
fn requests_are_doubled_on_the_way_there_or_back() {
    let (sandbox, _, _) = still();
    let admin = Client::admin(&sandbox);
    sandbox.add_fault(Fault::new(Trouble::DoneTwice).method("POST").path("/projects"));
    let second = admin.post("/projects", &json!({"name": "twin"})).ok();
    let twins = admin.get("/projects?name=twin");
    assert_eq!(twins.data().len(), 2);
    assert_eq!(twins.data()[1]["id"], second.id());
    let made = sandbox.requests().iter().filter(|each| each.method == "POST").count();
    assert_eq!(made, 2, "the log has what was done");

    sandbox.add_fault(Fault::new(Trouble::AnsweredTwice));
    let raw = String::from_utf8(admin.raw("POST", "/projects", Some(&json!({"name": "once"})))).unwrap();
    assert_eq!(raw.matches("HTTP/1.1 201").count(), 2, "{raw}");
    let (one, two) = raw.split_at(raw.len() / 2);
    assert_eq!(one, two);
    assert_eq!(admin.get("/projects?name=once").data().len(), 1);
}

#[test]
fn names_of_volumes_may_be_doubled_and_those_of_stacks_may_not() {
    let (sandbox, _, client) = still();
    let volume = json!({"name": "records", "driver": "rancher-nfs"});
    sandbox.add_fault(Fault::new(Trouble::DoneTwice).method("POST").path("/volumes"));
    let second = client.post("/volumes", &volume).ok();
    seconds(&sandbox, 1);
    let found = client.get("/volumes?name=records");
    assert_eq!(found.data().len(), 2);
    assert_eq!(found.data()[1]["id"], second.id());
    assert!(found.data().iter().all(|each| each["state"] == "inactive"), "{}", found.body);

    sandbox.add_fault(Fault::new(Trouble::DoneTwice).method("POST").path("/stacks"));
    assert_eq!(client.post("/stacks", &json!({"name": "bank"})).error(), (422, "NotUnique", "name"));
    assert_eq!(names(&client.get("/stacks")), ["bank"], "the first one was made all the same");
    let statuses: Vec<(u16, Option<String>)> = sandbox
        .requests()
        .into_iter()
        .filter(|each| each.path.ends_with("/stacks") && each.is_mutating())
        .map(|each| (each.status, each.id))
        .collect();
    assert_eq!(statuses, [(201, Some("1st1".to_owned())), (422, None)]);
}

#[test]
fn faults_log_and_clock_are_reached_over_http_without_a_key() {
    let (sandbox, _, client) = still();
    let anyone = Client::stranger(&sandbox);
    let fault =
        json!({"fault": "unavailable", "retry_after": 1, "method": "GET", "path": "/stacks", "times": 2});
    assert_eq!(anyone.post("/sandbox/faults", &fault).status, 201);
    assert_eq!(anyone.get("/sandbox/faults").body["faults"][0]["fault"], "unavailable");
    assert_eq!(client.get("/stacks").status, 503);
    assert_eq!(anyone.delete("/sandbox/faults").status, 200);
    assert_eq!(client.get("/stacks").status, 200);

    for (wrong, words) in [
        (json!({"fault": "no-such"}), "unknown variant"),
        (json!({"fault": "conflict", "metod": "GET"}), "a fault has no `metod`"),
        (json!({"fault": "slow"}), "missing field `millis`"),
        (json!([]), "expected"),
    ] {
        let refused = anyone.post("/sandbox/faults", &wrong);
        assert_eq!(refused.status, 422, "{wrong}");
        let message = refused.text("message");
        assert!(message.contains(words) || wrong.is_array(), "{message}");
    }

    let log = anyone.get("/sandbox/requests");
    assert_eq!(log.body["requests"].as_array().unwrap().len(), 2);
    assert_eq!(log.body["requests"][0]["path"], "/v2-beta/stacks");
    assert!(!String::from_utf8_lossy(&log.bytes).contains("uthoriz"), "headers are not kept");
    anyone.delete("/sandbox/requests").ok();
    assert!(sandbox.requests().is_empty());

    assert_eq!(anyone.get("/sandbox/clock").body["millis"], 0);
    assert_eq!(
        anyone.post("/sandbox/clock", &json!({"advance_millis": 90_000})).body["date"],
        "2026-01-01T00:01:30Z"
    );
    assert_eq!(anyone.post("/sandbox/clock", &json!({})).status, 422);
    assert_eq!(anyone.get("/sandbox/nothing").status, 404);
    assert_eq!(anyone.get("/sandbox").body["api"], format!("{}/v2-beta", sandbox.url()));
}
