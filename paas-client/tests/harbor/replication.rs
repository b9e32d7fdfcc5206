//! Other registries and copies to them: what is sent, what is asked for again, what is read.

use super::{
    asked, canned, created,
    images::{body, done, lost, script},
    refused,
};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, HarborClient, Limits,
    harbor::{
        ExecutionId, ExecutionQuery, NewRegistry, NewReplicationPolicy, RegistryCredential, RegistryHealth,
        RegistryId, RegistryKind, ReplicationDirection, ReplicationFilter, ReplicationPolicyId,
        ReplicationState, ReplicationTrigger, TaskId, TaskLog,
    },
    transport::{Canned, Response},
};
use serde_json::{Value, json};

const TO: ReplicationDirection = ReplicationDirection::PushTo(RegistryId::new(3));

fn registry() -> NewRegistry {
    NewRegistry::new("production", RegistryKind::Harbor, "https://registry.bank.test/")
        .credential(RegistryCredential::basic("robot$copy", "hidden"))
}

fn row(url: &str, user: &str) -> String {
    format!(
        r#"[{{"id":3,"name":"production","type":"harbor","url":"{url}","status":"healthy","insecure":false,
            "credential":{{"type":"basic","access_key":"{user}","access_secret":"*****"}}}}]"#
    )
}

#[test]
fn a_registry_that_may_have_been_made_is_looked_for() {
    let time = VirtualTime::default();
    let create = |answers| {
        let (client, server) = script(&time, answers);
        (time.run(client.create_registry(&registry())).map(RegistryId::number), asked(&server))
    };
    let (made, lines) = create(vec![lost(), body(&row("https://registry.bank.test", "robot$copy"))]);
    assert_eq!(made.unwrap(), 3);
    assert_eq!(lines, ["POST /registries", "GET /registries?name=production&page=1&page_size=100"]);
    let (made, _) = create(vec![lost(), body("[]"), Ok(created("/api/v2.0/registries/4"))]);
    assert_eq!(made.unwrap(), 4);
    for other in [row("https://elsewhere.bank.test", "robot$copy"), row("https://registry.bank.test", "anna")]
    {
        let error = create(vec![lost(), body(&other)]).0.unwrap_err();
        assert!(error.kind() == ErrorKind::Exists && error.outcome_unknown(), "{error}");
    }
    // It is not reached: asking again does not help.
    let (made, lines) = create(vec![Ok(refused(400))]);
    assert_eq!((made.unwrap_err().kind(), lines.len()), (ErrorKind::Invalid, 1));
}

#[test]
fn a_policy_that_may_have_been_made_is_looked_for_by_all_that_it_copies() {
    let time = VirtualTime::default();
    let new =
        NewReplicationPolicy::new("retail", TO).filter(ReplicationFilter::name("retail/**")).overrides(true);
    let there = |overrides: bool, source: u64| {
        body(&format!(
            r#"[{{"id":8,"name":"retail","src_registry":{{"id":{source}}},"dest_registry":{{"id":3}},"enabled":true,
                "override":{overrides},"dest_namespace_replace_count":-1,"trigger":{{"type":"manual"}},
                "filters":[{{"type":"name","value":"retail/**"}}]}}]"#
        ))
    };
    let create = |answers| {
        let (client, _) = script(&time, answers);
        time.run(client.create_replication_policy(&new)).map(ReplicationPolicyId::number)
    };
    assert_eq!(create(vec![lost(), there(true, 0)]).unwrap(), 8);
    for other in [there(false, 0), there(true, 5)] {
        assert_eq!(create(vec![lost(), other]).unwrap_err().kind(), ErrorKind::Exists);
    }
    assert_eq!(create(vec![lost(), body("null"), Ok(created("/x/9"))]).unwrap(), 9);
}

#[test]
fn deletions_are_said_by_both_names_and_one_end_is_left_out() {
    let time = VirtualTime::default();
    let sent = |new: NewReplicationPolicy| {
        let (client, server) = script(&time, vec![done()]);
        time.run(client.update_replication_policy(ReplicationPolicyId::new(1), &new)).unwrap();
        serde_json::from_slice::<Value>(server.requests()[0].body.as_deref().unwrap()).unwrap()
    };
    let body = sent(NewReplicationPolicy::new("a", TO).deletes(true));
    assert_eq!((&body["deletion"], &body["replicate_deletion"]), (&json!(true), &json!(true)));
    assert_eq!((body.get("src_registry"), &body["dest_registry"]), (None, &json!({"id": 3})));
    assert_eq!(body["dest_namespace_replace_count"], -1);
    let from = ReplicationDirection::PullFrom(RegistryId::new(3));
    let body = sent(
        NewReplicationPolicy::new("a", from)
            .destination_in_place_of("prod", 1)
            .trigger(ReplicationTrigger::Scheduled { cron: "0 0 3 * * *".to_owned() }),
    );
    assert_eq!((body.get("dest_registry"), &body["src_registry"]), (None, &json!({"id": 3})));
    assert_eq!(body["trigger"]["trigger_settings"]["cron"], "0 0 3 * * *");
    assert_eq!((&body["dest_namespace"], &body["dest_namespace_replace_count"]), (&json!("prod"), &json!(1)));
}

#[test]
fn an_execution_is_begun_once() {
    let time = VirtualTime::default();
    let start = |answers| {
        let (client, server) = script(&time, answers);
        (time.run(client.start_replication(ReplicationPolicyId::new(4))), server.requests().len())
    };
    assert_eq!(
        start(vec![Ok(created("/api/v2.0/replication/executions/12"))]).0.unwrap(),
        ExecutionId::new(12)
    );
    for first in [lost(), Ok(Response::new(500, "")), Ok(Response::new(201, ""))] {
        let (started, asked) = start(vec![first]);
        let error = started.unwrap_err();
        assert!(error.outcome_unknown() && asked == 1, "{error}");
    }
    let (client, server) = script(&time, vec![lost(), done()]);
    time.run(client.stop_replication(ExecutionId::new(12))).unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn rows_of_other_versions_are_read() {
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |request| {
        let list = match request.path().rsplit('/').next().unwrap() {
            "registries" => {
                r#"[{"id":1,"name":"a","type":"volcengine-cr","credential":null},{"id":2,"type":"harbor","status":"resting"}]"#
            }
            "policies" => {
                r#"[{"id":1,"trigger":null,"filters":null,"speed":0},
                    {"id":2,"src_registry":{"id":7},"dest_registry":{"id":0},"speed":-1,
                     "trigger":{"type":"scheduled","trigger_settings":{"cron":"0 0 3 * * *"}},
                     "filters":[{"type":"label","value":["a","b"],"decoration":"excludes"},{"type":"age","value":7},{"type":"tag","value":"v*","decoration":"matches"}]}]"#
            }
            "executions" => r#"[{"id":1,"status":"Resting","total":2},{"id":2,"status":null}]"#,
            _ => {
                r#"[{"id":1,"status":"InProgress","operation":"copy","src_resource":"a [1 item(s) in total]"}]"#
            }
        };
        Ok(Response::new(200, list))
    });
    time.run(async {
        let registries = client.list_registries().collect_all().await.unwrap();
        assert_eq!(registries[0].kind, RegistryKind::Other("volcengine-cr".to_owned()));
        assert_eq!(registries[1].health, RegistryHealth::Other("resting".to_owned()));
        let policies = client.list_replication_policies().collect_all().await.unwrap();
        assert_eq!((policies[0].direction, policies[0].speed), (None, None));
        assert_eq!(policies[1].direction, Some(ReplicationDirection::PullFrom(RegistryId::new(7))));
        let labels =
            ReplicationFilter::Labels { names: vec!["a".to_owned(), "b".to_owned()], excludes: true };
        let other = ReplicationFilter::Other { kind: "age".to_owned() };
        assert_eq!(policies[1].filters, [labels, other, ReplicationFilter::tag("v*")]);
        let executions =
            client.list_replication_executions(&ExecutionQuery::default()).collect_all().await.unwrap();
        assert_eq!(executions[0].state, ReplicationState::Other("Resting".to_owned()));
        assert!(executions.iter().all(|execution| !execution.state.is_over()));
        let tasks = client.list_replication_tasks(ExecutionId::new(1)).collect_all().await.unwrap();
        assert_eq!(tasks[0].state, ReplicationState::InProgress);
    });
}

fn log(client: &HarborClient, time: &VirtualTime) -> paas_client::Result<TaskLog> {
    time.run(client.read_replication_log(ExecutionId::new(1), TaskId::new(2)))
}

#[test]
fn logs_are_cut_where_they_are_too_long() {
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_| Ok(Response::new(200, "copied\nall of it ü\n")));
    let short = log(&client, &time).unwrap();
    assert_eq!((short.text.as_str(), short.is_cut), ("copied\nall of it ü\n", false));
    // Two bytes for each letter, of which one is beyond the end.
    let (client, _) = canned(time.clone(), |_| Ok(Response::new(200, format!("x{}", "ü".repeat(1 << 20)))));
    let long = log(&client, &time).unwrap();
    assert!(long.is_cut && long.text.len() == TaskLog::LONGEST - 1 && long.text.ends_with('ü'));
    let (client, _) = canned(time.clone(), |_| {
        Ok(Response::new(200, "<html><title>Log in</title>")
            .header("Content-Type", "text/html; charset=utf-8"))
    });
    let error = log(&client, &time).unwrap_err();
    assert!(error.kind() == ErrorKind::Protocol && error.to_string().contains("`Log in`"), "{error}");
    // The limits of the client are kept, too.
    let server = Canned::new(|_| Ok(Response::new(200, "x".repeat(5_000))));
    let limits = Limits { answer: 1_000, ..Limits::default() };
    let client = HarborClient::builder()
        .url("https://harbor.example")
        .login(super::login())
        .transport(server)
        .clock(time.clone())
        .limits(limits)
        .build()
        .unwrap();
    let cut = log(&client, &time).unwrap();
    assert!(cut.is_cut && cut.text.len() == 1_000);
}
