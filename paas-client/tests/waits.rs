//! Waiting for states, on a clock of the test.

use crate::{canned, environment, refused, service, virtual_time::VirtualTime};
use paas_client::{
    Clock, Error, ErrorKind, Progress, WaitReason,
    rancher::{Resource, ServiceId, State},
    transport::Response,
};
use std::{sync::LazyLock, time::Duration};

const MINUTE: Duration = Duration::from_secs(60);

static ID: LazyLock<ServiceId> = LazyLock::new(|| "1s7".parse().unwrap());

fn with_message(state: &str, transitioning: &str, message: &str) -> Response {
    Response::new(
        200,
        format!(
            r#"{{"id":"1s7","type":"service","state":"{state}","transitioning":"{transitioning}","transitioningMessage":"{message}"}}"#
        ),
    )
}

#[test]
fn a_wait_ends_when_the_state_is_there() {
    let time = VirtualTime::default();
    let clock = time.clone();
    let (client, server) = canned(time.clone(), move |_| {
        Ok(service(if clock.now() < Duration::from_secs(20) { "activating" } else { "active" }, &[]))
    });
    let wanted = [State::Active];
    let environment = environment(&client);
    let active =
        time.run(environment.wait_until(&*ID, |service| service.progress_to(&wanted), MINUTE)).unwrap();
    assert_eq!(active.state, State::Active);
    // Often at first, then each few seconds.
    assert!((20.0..25.0).contains(&time.seconds()), "{time:?}");
    assert!((6..25).contains(&server.requests().len()), "{server:?}");
}

#[test]
fn a_deadline_tells_the_last_state_and_the_words() {
    let time = VirtualTime::default();
    let (client, _) =
        canned(time.clone(), |_| Ok(with_message("activating", "error", "no host\\nwith `ssd`")));
    let environment = environment(&client);
    let wait = environment.wait_until(&*ID, |service| service.state == State::Active, MINUTE);
    let error = time.run(wait).unwrap_err();
    assert_eq!(time.seconds(), 60.0);
    assert!(matches!(error.reason(), WaitReason::Deadline(limit) if *limit == MINUTE));
    assert_eq!(error.last().unwrap().state, State::Activating);
    assert_eq!(error.transitioning_message(), Some("no host with 'ssd'"));
    let words = "wait_until `/v2-beta/projects/1a5/services/1s7`: the awaited state was not reached within 60s; \
                 last seen `activating`, saying `no host with 'ssd'`";
    assert_eq!(error.to_string(), words);
    let error = Error::from(error);
    assert_eq!((error.kind(), error.code()), (ErrorKind::Deadline, "client.rancher.deadline"));
    assert_eq!((error.to_string().as_str(), error.state()), (words, Some("activating")));
}

#[test]
fn the_mark_of_an_old_failure_is_no_failure() {
    let wanted = [State::Active];
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_| Ok(with_message("active", "error", "left over")));
    let environment_client = environment(&client);
    time.run(environment_client.wait_until(&*ID, |service| service.progress_to(&wanted), MINUTE)).unwrap();

    let (client, _) = canned(time.clone(), |_| Ok(with_message("error", "error", "bad yaml")));
    let environment_client = environment(&client);
    let error = time
        .run(environment_client.wait_until(&*ID, |service| service.progress_to(&wanted), MINUTE))
        .unwrap_err();
    assert!(matches!(error.reason(), WaitReason::Failed(_)));
    assert_eq!(time.seconds(), 0.0);
    let error = Error::from(error);
    assert_eq!(error.kind(), ErrorKind::Failed);
    assert!(
        error.to_string().ends_with("the resource has failed; last seen `error`, saying `bad yaml`"),
        "{error}"
    );
}

#[test]
fn passing_trouble_is_waited_out_and_lasting_trouble_is_not() {
    let time = VirtualTime::default();
    let clock = time.clone();
    let (client, _) = canned(time.clone(), move |_| {
        Ok(match clock.now().as_secs() % 60 {
            0..=9 => Response::new(503, ""),
            10..=19 => service("activating", &[]),
            20..=29 => Response::new(502, "<html>"),
            _ => service("active", &[]),
        })
    });
    let is_active = |service: &paas_client::rancher::Service| service.state == State::Active;
    time.run(environment(&client).wait_until(&*ID, is_active, MINUTE)).unwrap();

    // Trouble that is over is not told.
    let wait = environment(&client);
    let error =
        time.run(wait.wait_until(&*ID, |service| service.state == State::Inactive, MINUTE)).unwrap_err();
    assert!(error.last_trouble().is_none(), "{error}");

    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_| Ok(Response::new(503, "")));
    let error = time.run(environment(&client).wait_until(&*ID, is_active, MINUTE)).unwrap_err();
    assert!(matches!(error.reason(), WaitReason::Deadline(_)) && error.last().is_none());
    assert_eq!(error.last_trouble().unwrap().status(), Some(503));
    assert!(error.to_string().contains("the last look failed"), "{error}");

    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |_| Ok(refused(403, "Forbidden")));
    let error = time.run(environment(&client).wait_until(&*ID, is_active, MINUTE)).unwrap_err();
    assert!(matches!(error.reason(), WaitReason::Client(error) if error.kind() == ErrorKind::Forbidden));
    assert_eq!(server.requests().len(), 1);
    assert_eq!(Error::from(error).kind(), ErrorKind::Forbidden);
}

#[test]
fn a_condition_can_give_up_in_its_own_words() {
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_| Ok(service("active", &[])));
    let environment = environment(&client);
    let wait = environment.wait_until(&*ID, |_| Progress::Failed("the release was withdrawn".into()), MINUTE);
    let error = time.run(wait).unwrap_err();
    assert!(error.to_string().contains("the release was withdrawn; last seen `active`"), "{error}");
}

#[test]
fn gone_is_removed_or_not_found_but_not_being_removed() {
    let last_answers = [
        Response::new(200, r#"{"id":"1s7","type":"service","state":"removed"}"#),
        Response::new(
            200,
            r#"{"id":"1s7","type":"service","state":"purged","removed":"2026-01-01T00:00:00Z"}"#,
        ),
        refused(404, "NotFound"),
    ];
    for last in last_answers {
        let time = VirtualTime::default();
        let clock = time.clone();
        let (client, _) = canned(time.clone(), move |_| {
            Ok(if clock.now() < Duration::from_secs(5) { service("removing", &[]) } else { last.clone() })
        });
        time.run(environment(&client).wait_until_gone(&*ID, MINUTE)).unwrap();
        assert!(time.seconds() >= 5.0);
    }
    // A page of a proxy is not the news that it is gone.
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_| Ok(Response::new(404, "<title>404 Not Found</title>")));
    assert!(time.run(environment(&client).wait_until_gone(&*ID, MINUTE)).is_err());
}

#[test]
fn a_wait_without_time_looks_once() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |_| Ok(service("active", &[])));
    let environment = environment(&client);
    let wait = environment.wait_until(&*ID, |service| service.state == State::Active, Duration::ZERO);
    assert!(time.run(wait).is_ok());
    let wait = environment.wait_until(&*ID, |service| service.state == State::Inactive, Duration::ZERO);
    assert!(time.run(wait).is_err());
    assert_eq!(server.requests().len(), 2);
}
