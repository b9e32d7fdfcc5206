//! Webhooks: policies that may have been made, and what Harbor posts.

use super::{
    created,
    images::{body, lost, script},
};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind,
    harbor::{
        NewWebhookPolicy, NewWebhookTarget, ProjectId, ReplicationState, WebhookEvent, WebhookEventKind,
        WebhookPolicyId,
    },
    notification::{HeaderSecret, LARGEST_BODY, NotificationError},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};

const HEADER: &str = "Bearer HEADERCANARY4711";

fn secret() -> HeaderSecret {
    HeaderSecret::new(HEADER).unwrap()
}

fn read(body: &[u8]) -> Result<WebhookEvent, NotificationError> {
    WebhookEvent::read(body, Some(HEADER), &secret())
}

fn read_json(body: &Value) -> Result<WebhookEvent, NotificationError> {
    read(body.to_string().as_bytes())
}

fn seconds(seconds: u64) -> Option<SystemTime> {
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
}

/// The samples that stand in Harbor's source (`src/pkg/notifier/formats`), word for word.
const DEFAULT: &str = r#"{
   "type":"PULL_ARTIFACT",
   "occur_at":1678082303,
   "operator":"admin",
   "event_data":{
      "resources":[
         {
            "digest":"sha256:dde8e930c7b6a490f728e66292bc9bce42efc9bbb5278bae40e4f30f6e00fe8c",
            "tag":"sha256:dde8e930c7b6a490f728e66292bc9bce42efc9bbb5278bae40e4f30f6e00fe8c",
            "resource_url":"harbor.dev/library/busybox@sha256:dde8e930c7b6a490f728e66292bc9bce42efc9bbb5278bae40e4f30f6e00fe8c"
         }
      ],
      "repository":{
         "date_created":1677053165,
         "name":"busybox",
         "namespace":"library",
         "repo_full_name":"library/busybox",
         "repo_type":"public"
      }
   }
}"#;

const CLOUD_EVENT: &str = r#"{
   "specversion":"1.0",
   "requestid": "2eedfab8-61d3-4f3c-8ec3-8f82d1ec4c84",
   "id":"4b2f89a6-548d-4c12-9993-a1f5790b97d2",
   "source":"/projects/1/webhook/policies/3",
   "type":"harbor.artifact.pulled",
   "datacontenttype":"application/json",
   "time":"2023-03-06T06:08:43Z",
   "data":{
      "resources":[
         {
            "digest":"sha256:dde8e930c7b6a490f728e66292bc9bce42efc9bbb5278bae40e4f30f6e00fe8c",
            "tag":"sha256:dde8e930c7b6a490f728e66292bc9bce42efc9bbb5278bae40e4f30f6e00fe8c",
            "resource_url":"harbor.dev/library/busybox@sha256:dde8e930c7b6a490f728e66292bc9bce42efc9bbb5278bae40e4f30f6e00fe8c"
         }
      ],
      "repository":{
         "date_created":1677053165,
         "name":"busybox",
         "namespace":"library",
         "repo_full_name":"library/busybox",
         "repo_type":"public"
      }
   },
   "operator":"robot$library+scanner-Trivy-51fe4548-bbe5-11ed-9217-0242ac14000d"
}"#;

#[test]
fn both_formats_say_the_same() {
    let default = read(DEFAULT.as_bytes()).unwrap();
    assert_eq!(default.kind, WebhookEventKind::Pulled);
    assert_eq!((default.operator.as_deref(), default.at), (Some("admin"), seconds(1_678_082_303)));
    assert_eq!((default.id.as_deref(), default.project_id, default.policy_id), (None, None, None));
    assert_eq!(default.repository.as_ref().unwrap().to_string(), "library/busybox");
    let [resource] = default.resources.as_slice() else { panic!() };
    assert!(resource.digest.as_ref().unwrap().as_str().starts_with("sha256:dde8"));
    assert_eq!(resource.tag, None, "what has no tag has its digest there");
    assert!(resource.url.as_ref().unwrap().starts_with("harbor.dev/"));

    let cloud = read(CLOUD_EVENT.as_bytes()).unwrap();
    assert_eq!(cloud.id.as_deref(), Some("4b2f89a6-548d-4c12-9993-a1f5790b97d2"));
    assert_eq!((cloud.project_id, cloud.policy_id), (Some(ProjectId::new(1)), Some(WebhookPolicyId::new(3))));
    assert_eq!(cloud.at, seconds(1_678_082_923));
    assert!(cloud.operator.as_ref().unwrap().starts_with("robot$library+scanner"));
    assert_eq!((cloud.kind, cloud.repository), (default.kind, default.repository));
    assert_eq!((cloud.resources, cloud.replication), (default.resources, None));
}

#[test]
fn what_happened_is_told_in_both_formats() {
    for (default, cloud, kind) in [
        ("PUSH_ARTIFACT", "harbor.artifact.pushed", WebhookEventKind::Pushed),
        ("DELETE_ARTIFACT", "harbor.artifact.deleted", WebhookEventKind::Deleted),
        ("QUOTA_EXCEED", "harbor.quota.exceeded", WebhookEventKind::QuotaExceeded),
        ("QUOTA_WARNING", "harbor.quota.warned", WebhookEventKind::QuotaWarned),
        ("REPLICATION", "harbor.replication.status.changed", WebhookEventKind::Replicated),
        ("SCANNING_FAILED", "harbor.scan.failed", WebhookEventKind::ScanFailed),
        ("SCANNING_STOPPED", "harbor.scan.stopped", WebhookEventKind::ScanStopped),
        ("SCANNING_COMPLETED", "harbor.scan.completed", WebhookEventKind::ScanCompleted),
        ("TAG_RETENTION", "harbor.tag_retention.finished", WebhookEventKind::TagRetention),
        ("CREATE_TAG", "CREATE_TAG", WebhookEventKind::Other("CREATE_TAG".to_owned())),
    ] {
        let digest = format!("sha256:{}", "0a".repeat(32));
        let data = json!({"resources": [{"digest": digest, "tag": "1.0"}], "repository": {"repo_full_name": "a/b/c"}});
        let event =
            read_json(&json!({"type": default, "occur_at": 0, "operator": "", "event_data": data})).unwrap();
        assert_eq!((&event.kind, event.at, event.operator), (&kind, None, None));
        assert_eq!(event.resources[0].tag.as_ref().unwrap().as_str(), "1.0");
        let event = read_json(&json!({"specversion": "1.0", "type": cloud, "data": data})).unwrap();
        assert_eq!(event.kind, kind);
    }
}

#[test]
fn replications_and_quotas_say_more() {
    let event = read_json(&json!({"type": "REPLICATION", "occur_at": 1, "operator": "MANUAL", "event_data": {"replication": {
        "harbor_hostname": "harbor", "job_status": "Error", "artifact_type": "image", "trigger_type": "MANUAL",
        "execution_timestamp": 5, "execution_id": 12, "task_id": 13,
        "src_resource": {"registry_type": "harbor", "endpoint": "https://a", "namespace": "retail"},
        "dest_resource": {"registry_name": "production", "registry_type": "harbor", "endpoint": "https://b", "namespace": "retail"},
        "failed_artifact": [{"type": "image", "status": "Error", "name_tag": "web [1 item(s) in total]", "references": ["1.0"], "fail_reason": "denied\nby `b`"}],
    }}})).unwrap();
    let replication = event.replication.unwrap();
    assert_eq!(replication.state, ReplicationState::Failed);
    assert_eq!(replication.execution.unwrap().number(), 12);
    assert_eq!((replication.task.unwrap().number(), replication.begun), (13, seconds(5)));
    assert_eq!(replication.destination.unwrap().registry.as_deref(), Some("production"));
    assert!(replication.succeeded.is_empty());
    assert_eq!(replication.failed[0].references, ["1.0"]);
    assert_eq!(replication.failed[0].reason.as_deref(), Some("denied by 'b'"));
    let details = "a".repeat(10_000);
    let event = read_json(&json!({"type": "QUOTA_EXCEED", "event_data": {
        "repository": {"repo_full_name": "retail/web"}, "custom_attributes": {"Details": details}}}))
    .unwrap();
    assert!(event.details.unwrap().chars().count() <= 501, "bounded");
    assert_eq!(event.repository.unwrap().to_string(), "retail/web");
}

#[test]
fn who_does_not_know_the_secret_is_told_nothing_else() {
    let stranger =
        |authorization, body: &[u8]| WebhookEvent::read(body, authorization, &secret()).unwrap_err();
    let large = vec![b' '; LARGEST_BODY + 1];
    for authorization in [
        None,
        Some(""),
        Some("Bearer HEADERCANARY4712"),
        Some("Bearer HEADERCANARY47111"),
        Some("bearer HEADERCANARY4711"),
        Some("HEADERCANARY4711"),
    ] {
        for body in [DEFAULT.as_bytes(), b"", b"junk", &large] {
            assert_eq!(stranger(authorization, body), NotificationError::NotAuthentic);
        }
    }
    assert_eq!(stranger(Some(HEADER), &large), NotificationError::TooLarge);
    assert_eq!(NotificationError::TooLarge.status(), 413);
    let mut padded = DEFAULT.as_bytes().to_vec();
    padded.resize(LARGEST_BODY, b' ');
    assert_eq!(read(&padded).unwrap().kind, WebhookEventKind::Pulled);
}

#[test]
fn what_is_no_event_is_refused_and_not_quoted() {
    let digest = format!("sha256:{}", "0a".repeat(32));
    let good = json!({"resources": [{"digest": digest}], "repository": {"repo_full_name": "a/b"}});
    for bad in [
        json!([]),
        json!(null),
        json!({}),
        json!({"type": ""}),
        json!({"type": 7, "event_data": good}),
        json!({"type": "PUSH_ARTIFACT"}),
        json!({"type": "PUSH_ARTIFACT", "event_data": []}),
        json!({"type": "PUSH_ARTIFACT", "data": good}),
        json!({"type": "PUSH_ARTIFACT", "event_data": {"resources": good["resources"]}}),
        json!({"type": "PUSH_ARTIFACT", "event_data": {"repository": good["repository"]}}),
        json!({"type": "PUSH_ARTIFACT", "event_data": {"resources": [], "repository": good["repository"]}}),
        json!({"type": "PUSH_ARTIFACT", "event_data": {"resources": ["x"], "repository": good["repository"]}}),
        json!({"type": "PUSH_ARTIFACT", "event_data": {"resources": [{"digest": "CANARY"}], "repository": good["repository"]}}),
        json!({"type": "PUSH_ARTIFACT", "event_data": {"resources": good["resources"], "repository": {"repo_full_name": "../CANARY"}}}),
        json!({"specversion": "2.0", "type": "harbor.artifact.pushed", "data": good}),
        json!({"specversion": 1, "type": "harbor.artifact.pushed", "data": good}),
        json!({"specversion": "1.0", "type": "harbor.artifact.pushed", "event_data": good}),
    ] {
        let error = read_json(&bad).unwrap_err();
        assert!(matches!(error, NotificationError::Malformed { .. }) && error.status() == 400, "{bad}");
        assert!(!format!("{error} {error:?}").contains("CANARY"));
    }
    for bad in ["", "{", "\u{0}", "[[[", &"[".repeat(100_000), "{\"type\":\"PUSH_ARTIFACT\",\"type\":"] {
        assert!(matches!(read(bad.as_bytes()), Err(NotificationError::Malformed { .. })));
    }
    assert!(matches!(read(b"\xff\xfe"), Err(NotificationError::Malformed { .. })));
}

/// Any JSON, with the words that events are made of.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "PUSH_ARTIFACT",
        "harbor.artifact.pushed",
        "1.0",
        "a/b",
        "a/b/c",
        "/projects/1/webhook/policies/x",
        "2023-03-06T06:08:43Z",
        "sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        "ü\n`",
        "",
    ]);
    let key = prop::sample::select(vec![
        "type",
        "specversion",
        "occur_at",
        "time",
        "source",
        "operator",
        "id",
        "event_data",
        "data",
        "resources",
        "repository",
        "repo_full_name",
        "digest",
        "tag",
        "resource_url",
        "replication",
        "successful_artifact",
        "execution_id",
        "custom_attributes",
        "Details",
        "events",
        "action",
        "target",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        word.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..8).prop_map(|pairs| Value::Object(
                pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
        prop_assert_eq!(WebhookEvent::read(&bytes, None, &secret()), Err(NotificationError::NotAuthentic));
    }

    #[test]
    fn no_json_makes_it_panic_and_what_is_read_is_whole(json in any_json()) {
        if let Ok(event) = read_json(&json) {
            let is_of_artifact = matches!(event.kind, WebhookEventKind::Pushed | WebhookEventKind::Pulled | WebhookEventKind::Deleted);
            if is_of_artifact {
                prop_assert!(event.repository.is_some() && !event.resources.is_empty());
                prop_assert!(event.resources.iter().all(|resource| resource.digest.is_some()));
            }
            for text in [&event.id, &event.operator, &event.details].into_iter().flatten() {
                prop_assert!(!text.is_empty() && text.chars().count() <= 501 && !text.contains(char::is_control));
            }
        }
    }

    #[test]
    fn a_good_event_that_is_cut_anywhere_is_refused(at in 0..DEFAULT.len()) {
        prop_assert!(read(&DEFAULT.as_bytes()[..at]).is_err());
    }

    #[test]
    fn only_the_secret_itself_is_let_in(given in "[ -~]{0,40}") {
        prop_assert_eq!(secret().admits(Some(&given)), given == HEADER);
    }
}

#[test]
fn a_policy_that_may_have_been_made_is_looked_for_with_its_secret() {
    let time = VirtualTime::default();
    let target = NewWebhookTarget::new("https://paas.bank.test/hooks", secret());
    let new = NewWebhookPolicy::new("paas", target, [WebhookEventKind::Pushed, WebhookEventKind::Deleted]);
    let row = |name: &str, header: &str, events: &str| {
        body(&format!(
            r#"[{{"id":1,"name":"another","enabled":false,"targets":null}},
                {{"id":8,"name":"{name}","enabled":true,"event_types":{events},
                 "targets":[{{"type":"http","address":"https://paas.bank.test/hooks","auth_header":"{header}"}}]}}]"#
        ))
    };
    let both = r#"["DELETE_ARTIFACT","PUSH_ARTIFACT"]"#;
    let create = |answers| {
        let (client, _) = script(&time, answers);
        time.run(client.create_webhook_policy(ProjectId::new(7), &new)).map(WebhookPolicyId::number)
    };
    assert_eq!(create(vec![lost(), row("paas", HEADER, both)]).unwrap(), 8);
    assert_eq!(create(vec![lost(), row("other", "x", both), Ok(created("/x/9"))]).unwrap(), 9);
    for other in [row("paas", "Bearer of another secret", both), row("paas", HEADER, r#"["PUSH_ARTIFACT"]"#)]
    {
        let error = create(vec![lost(), other]).unwrap_err();
        assert!(error.kind() == ErrorKind::Exists && error.outcome_unknown(), "{error}");
    }
    let (client, _) = script(&time, vec![row("paas", HEADER, both)]);
    let policies = time.run(client.list_webhook_policies(ProjectId::new(7)).collect_all()).unwrap();
    assert!(policies[1].targets[0].sends(&secret()) && policies[1].targets[0].sends_authorization());
    assert!(!format!("{policies:?}").contains("HEADERCANARY"));
}
