//! What is stored, and what is checked of it.

use super::bed::*;
use paas_core::images::promotion::{CopyId, FailureKind, Image, Observation, State, StateName};

#[test]
fn a_stored_image_is_read_with_fields_of_later_versions() {
    let mut written = serde_json::to_value(image_in(StateName::Syncing)).unwrap();
    written["colour"] = "green".into();
    written["state"]["copy"]["host"] = "n-1".into();
    written["state"]["approval"]["ticket"] = 7.into();
    written["production"]["region"] = "z1".into();
    assert_eq!(serde_json::from_value::<Image>(written).unwrap(), image_in(StateName::Syncing));

    // The least that a pending image is.
    let least = serde_json::json!({
        "name": "retail-shop/web:1.4", "digest": digest(1), "pushed_at": "2026-11-23T00:00:00Z",
        "state": {
            "kind": "pending_sync",
            "approval": { "digest": digest(1), "by": "anna", "at": "2026-11-23T00:00:10Z" },
            "since": "2026-11-23T00:00:10Z",
            "cause": "released",
        },
    });
    assert_eq!(serde_json::from_value::<Image>(least).unwrap(), pending());
    let wrong = serde_json::json!({ "name": "retail-shop/web", "digest": digest(1) });
    assert!(serde_json::from_value::<Image>(wrong).is_err());
}

#[test]
fn ids_of_copies_are_checked() {
    for wrong in ["", " ", "a/b", "a.b", "ä", &"a".repeat(65)] {
        assert!(wrong.parse::<CopyId>().is_err() && serde_json::from_value::<CopyId>(wrong.into()).is_err());
    }
    assert_eq!(copy(&"a".repeat(64)).as_str().len(), 64);
}

#[test]
fn messages_of_failures_are_one_line_and_bounded() {
    let long = Observation::CopyFailed {
        copy: copy("c-1"),
        kind: FailureKind::Unexpected,
        message: format!("a\r\nb{}", "é".repeat(2_000)),
        production: None,
    };
    let image = see(&syncing(), long, at(30));
    let State::PendingSync(waiting) = &image.state else { panic!("{image:?}") };
    let message = &waiting.failure.as_ref().unwrap().message;
    assert!(message.starts_with("a  b") && message.chars().count() == 500);
}
