//! What a plain container registry posts.

use paas_client::notification::{
    Action, Change, HeaderSecret, LARGEST_BODY, Notification, NotificationError, Notifications,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

const HEADER: &str = "Bearer HEADERCANARY4711";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

fn secret() -> HeaderSecret {
    HeaderSecret::new(HEADER).unwrap()
}

fn read(body: &[u8]) -> Result<Notifications, NotificationError> {
    Notifications::read(body, Some(HEADER), &secret())
}

fn digest() -> String {
    format!("sha256:{}", "0a".repeat(32))
}

fn one(action: &str, target: &Value) -> Notifications {
    read(json!({"events": [{"action": action, "target": target}]}).to_string().as_bytes()).unwrap()
}

fn event(action: &str, target: &Value) -> Notification {
    let read = one(action, target);
    assert_eq!(read.not_understood, 0, "{target}");
    read.events.into_iter().next().unwrap()
}

#[test]
fn what_a_real_registry_has_posted_is_read() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/registry/notifications.json");
    let Ok(body) = fs::read(file) else {
        eprintln!("skipped: there is no ../shared/data/registry beside the checkout");
        return;
    };
    let raw: Value = serde_json::from_slice(&body).unwrap();
    let read = read(&body).unwrap();
    assert_eq!((read.events.len(), read.not_understood), (raw["events"].as_array().unwrap().len(), 0));
    let mut tagged = 0;
    for (event, raw) in read.events.iter().zip(raw["events"].as_array().unwrap()) {
        let target = &raw["target"];
        assert_eq!(Some(event.repository.as_str()), target["repository"].as_str());
        assert_eq!(event.digest.as_deref(), target["digest"].as_str());
        assert_eq!(event.tag.as_deref(), target["tag"].as_str());
        assert_eq!(event.size, target["size"].as_u64());
        assert_eq!(event.from_repository.as_deref(), target["fromRepository"].as_str());
        assert_eq!(event.id.as_deref(), raw["id"].as_str());
        assert_eq!(event.action.to_string(), raw["action"]);
        assert_eq!(event.user_agent.as_deref(), Some("skopeo/1.9.3"));
        assert_eq!((event.actor.as_deref(), event.instance.as_deref()), (None, Some("vm:5001")));
        let since = event.at.unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        assert!((1_795_294_000..1_795_298_000).contains(&since.as_secs()), "{since:?}");
        // Of all that goes on, little changes an image.
        let is_tagging = raw["action"] == "push" && target["mediaType"] == MANIFEST;
        let expected = is_tagging.then(|| Change::Tagged {
            tag: target["tag"].as_str().unwrap(),
            digest: target["digest"].as_str().unwrap(),
        });
        assert_eq!(event.change(), expected);
        tagged += usize::from(is_tagging);
    }
    assert!(tagged > 0);
}

/// What docker-registry 2.8.2 posts when a blob is pushed, a manifest under a tag and once more by its digest, and when
/// both are deleted, with the names of hosts changed.
const PUSHED_AND_DELETED: &str = include_str!("../../testdata/registry/notifications.json");

#[test]
fn a_deletion_tells_of_the_manifest_then_of_its_tags() {
    let read = read(PUSHED_AND_DELETED.as_bytes()).unwrap();
    assert_eq!(read.not_understood, 0);
    let manifest = "sha256:8b69f7d8e07952056bb62d4b8879779e21dc44a4ae00c0501afa9b9923aa9b8f";
    let blob = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let changes: Vec<Option<Change<'_>>> = read.events.iter().map(Notification::change).collect();
    assert_eq!(
        changes,
        [
            None,
            Some(Change::Tagged { tag: "1.0", digest: manifest }),
            Some(Change::Added { digest: manifest }),
            Some(Change::Removed { digest: manifest }),
            Some(Change::Untagged { tag: "1.0" }),
            // Nothing tells a blob from a manifest here.
            Some(Change::Removed { digest: blob }),
        ]
    );
    assert!(read.events.iter().all(|event| event.repository == "retail/team/web" && event.actor.is_none()));
}

#[test]
fn what_changes_images_is_told_from_the_rest() {
    let digest = digest();
    let digest = digest.as_str();
    let target = json!({"repository": "a/b", "digest": digest, "tag": "1.0", "mediaType": MANIFEST});
    assert_eq!(event("push", &target).change(), Some(Change::Tagged { tag: "1.0", digest }));
    for kind in [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.docker.distribution.manifest.list.v2+json; charset=utf-8",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
    ] {
        let child = json!({"repository": "a/b", "digest": digest, "mediaType": kind});
        assert_eq!(event("push", &child).change(), Some(Change::Added { digest }), "{kind}");
    }
    for action in ["pull", "mount", "bless"] {
        assert_eq!(event(action, &target).change(), None);
    }
    for kind in ["application/octet-stream", "", "application/vnd.oci.image.layer.v1.tar+gzip"] {
        let blob = json!({"repository": "a/b", "digest": digest, "mediaType": kind});
        assert_eq!(event("push", &blob).change(), None, "{kind}");
    }
    // What is removed has no media type.
    let removed = json!({"repository": "a/b", "digest": digest});
    assert_eq!(event("delete", &removed).change(), Some(Change::Removed { digest }));
    let untagged = json!({"repository": "a/b", "tag": "1.0", "digest": ""});
    assert_eq!(event("delete", &untagged).change(), Some(Change::Untagged { tag: "1.0" }));
    assert_eq!(event("bless", &target).action, Action::Other("bless".to_owned()));
}

#[test]
fn one_that_is_not_understood_keeps_no_other_from_being_read() {
    let digest = digest();
    for bad in [
        json!(7),
        json!({}),
        json!({"action": "push"}),
        json!({"action": "push", "target": {"repository": "a/b"}}),
        json!({"action": "", "target": {"repository": "a/b", "digest": digest}}),
        json!({"action": 7, "target": {"repository": "a/b", "digest": digest}}),
        json!({"action": "push", "target": {"repository": "../b", "digest": digest}}),
        json!({"action": "push", "target": {"repository": "a/b", "digest": "sha256:0a"}}),
        json!({"action": "push", "target": {"repository": "a/b", "digest": digest, "tag": "a/b"}}),
        json!({"action": "push", "target": {"repository": "a/b", "digest": digest, "size": -1}}),
        json!({"action": "mount", "target": {"repository": "a/b", "digest": digest, "fromRepository": "A"}}),
    ] {
        let good = json!({"action": "push", "target": {"repository": "a/b", "digest": digest, "tag": "1.0"}});
        let body = json!({"events": [bad, good, bad]}).to_string();
        let read = read(body.as_bytes()).unwrap();
        assert_eq!((read.events.len(), read.not_understood), (1, 2), "{bad}");
        assert_eq!(read.events[0].tag.as_deref(), Some("1.0"));
    }
    assert_eq!(read(br#"{"events":[],"more":1}"#).unwrap(), Notifications::default());
    for bad in
        ["", "[]", "{}", r#"{"events":{}}"#, r#"{"events":null}"#, "{\"events\":[", &"[".repeat(100_000)]
    {
        assert!(matches!(read(bad.as_bytes()), Err(NotificationError::Malformed { .. })), "{bad:.20}");
    }
}

#[test]
fn who_does_not_know_the_secret_is_told_nothing_else() {
    let large = vec![b' '; LARGEST_BODY + 1];
    for body in [&br#"{"events":[]}"#[..], b"junk", &large] {
        for authorization in [None, Some("Bearer abc")] {
            let error = Notifications::read(body, authorization, &secret()).unwrap_err();
            assert_eq!((error.status(), error), (401, NotificationError::NotAuthentic));
        }
    }
    assert_eq!(read(&large), Err(NotificationError::TooLarge));
}

#[test]
fn strangers_words_are_bounded() {
    let digest = digest();
    let body = json!({"events": [{
        "id": 7, "timestamp": "2026-11-21T23:50:08.5+02:00", "action": "push",
        "target": {"repository": "a/b", "digest": digest, "size": 3},
        "request": {"useragent": format!("evil\r\nX: `{}`", "x".repeat(10_000))},
        "actor": {"name": "anna\u{0}"}, "source": "none"}]});
    let read = read(body.to_string().as_bytes()).unwrap();
    let event = &read.events[0];
    assert_eq!(event.at, Some(SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_297_808_500)));
    let agent = event.user_agent.as_deref().unwrap();
    assert!(agent.starts_with("evil X: 'xxx") && agent.chars().count() <= 121, "{agent}");
    assert_eq!((event.id.as_deref(), event.actor.as_deref()), (None, Some("anna")));
}

#[test]
fn secrets_are_such_that_a_header_carries_them() {
    for bad in [
        "",
        "Bearer abc",
        "0123456789abcde",
        " 0123456789abcdef",
        "0123456789abcdef\n",
        "0123456789abcdefü",
        &"x".repeat(1_001),
    ] {
        let error = HeaderSecret::new(bad).unwrap_err();
        assert_eq!(error, NotificationError::WeakSecret);
        assert!(bad.is_empty() || !error.to_string().contains(bad));
    }
    assert_eq!(secret(), secret());
    assert_ne!(secret(), HeaderSecret::new("Basic cmVnaXN0cnk6c2VjcmV0").unwrap());
    assert!(!format!("{:?}", secret()).contains("CANARY"));
}

fn any_event() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        prop::sample::select(vec!["push", "pull", "mount", "delete", "a/b", "1.0", "", MANIFEST])
            .prop_map(str::to_owned),
        Just(digest()),
        any::<String>(),
    ];
    let field = prop_oneof![
        text.prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        Just(Value::Null),
        Just(json!([])),
    ];
    prop::collection::vec(field, 10).prop_map(|fields| {
        json!({"id": fields[0], "timestamp": fields[1], "action": fields[2],
            "target": {"repository": fields[3], "tag": fields[4], "digest": fields[5], "mediaType": fields[6], "size": fields[7]},
            "request": {"useragent": fields[8]}, "actor": fields[9]})
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn each_event_is_read_or_counted(events in prop::collection::vec(any_event(), 0..6)) {
        let all = read(json!({"events": events}).to_string().as_bytes()).unwrap();
        prop_assert_eq!(all.events.len() + all.not_understood, events.len());
        for event in &all.events {
            prop_assert!(event.tag.is_some() || event.digest.is_some());
            if let Some(Change::Tagged { tag, digest }) = event.change() {
                prop_assert!(event.action == Action::Push && event.is_of_manifest());
                prop_assert_eq!((Some(tag), Some(digest)), (event.tag.as_deref(), event.digest.as_deref()));
            }
        }
    }
}
