//! The client's own token: one login for all, renewed in time, and once when it is refused.

use super::{canned, is_login, issued, login, refused, secret, theirs, token};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, KeystoneClient, Limits, RetryPolicy,
    transport::{Request, Response, TransportError, TransportErrorKind},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

/// Gives `own-1`, `own-2` … and takes only the last one.
fn keystone(
    minutes: u32,
) -> (impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync, Arc<AtomicU32>) {
    let logins = Arc::new(AtomicU32::new(0));
    let count = logins.clone();
    let answer = move |request: &Request| {
        Ok(if is_login(request) {
            issued(&format!("own-{}", count.fetch_add(1, Ordering::Relaxed) + 1), minutes)
        } else if secret(request, "x-auth-token") == Some(format!("own-{}", count.load(Ordering::Relaxed))) {
            Response::new(200, token(59))
        } else {
            refused(401)
        })
    };
    (answer, logins)
}

#[test]
fn a_token_is_kept_and_renewed_shortly_before_its_end() {
    for (minutes, good_for) in [(59, 57), (4, 3), (1, 0)] {
        let time = VirtualTime::default();
        let (answer, logins) = keystone(minutes);
        let (client, _) = canned(time.clone(), answer);
        let ask = || time.run(client.validate(&theirs())).unwrap();
        ask();
        time.pass(Duration::from_secs(good_for * 60).saturating_sub(Duration::from_secs(1)));
        ask();
        assert_eq!(logins.load(Ordering::Relaxed), 1, "{minutes}");
        time.pass(Duration::from_secs(60));
        ask();
        assert_eq!(logins.load(Ordering::Relaxed), 2, "{minutes}");
    }
}

#[test]
fn a_refused_token_is_renewed_once_and_the_call_is_asked_again_once() {
    let time = VirtualTime::default();
    let (answer, logins) = keystone(59);
    let (client, server) = canned(time.clone(), answer);
    time.run(client.validate(&theirs())).unwrap();
    // Somebody ends it.
    logins.fetch_add(10, Ordering::Relaxed);
    time.pass(Duration::from_secs(5));
    time.run(client.validate(&theirs())).unwrap();
    let asked: Vec<_> = server.requests().iter().map(is_login).collect();
    assert_eq!(asked, [true, false, false, true, false]);
}

#[test]
fn a_server_that_refuses_every_token_is_not_flooded_with_logins() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request: &Request| {
        Ok(if is_login(request) { issued("own", 59) } else { refused(401) })
    });
    let count = || server.requests().iter().filter(|request| is_login(request)).count();
    for _ in 0..100 {
        let error = time.run(client.validate(&theirs())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unauthorized, "ours, not the one that was asked about");
    }
    assert_eq!(count(), 1, "the token was a moment old");
    time.pass(Duration::from_secs(2));
    for _ in 0..100 {
        time.run(client.validate(&theirs())).unwrap_err();
    }
    assert_eq!(count(), 2);
}

#[test]
fn a_login_that_fails_is_not_tried_by_each_call_again() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |_: &Request| Ok(refused(401)));
    for _ in 0..50 {
        let error = time.run(client.validate(&theirs())).unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Unauthorized, "authenticate"));
    }
    assert_eq!(server.requests().len(), 1);
    time.pass(Duration::from_secs(1));
    time.run(client.validate(&theirs())).unwrap_err();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_hundred_calls_at_once_log_in_once() {
    let server = MockServer::start().await;
    let made = ResponseTemplate::new(201).insert_header("x-subject-token", "own").set_body_string(token(59));
    Mock::given(method("POST")).respond_with(made.set_delay(Duration::from_millis(100))).mount(&server).await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(200).set_body_string(token(59)))
        .mount(&server)
        .await;
    let client = KeystoneClient::builder().url(server.uri()).login(login()).build().unwrap();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.validate(&theirs()).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let requests = server.received_requests().await.unwrap();
    let logins = requests.iter().filter(|request| request.method.as_str() == "POST").count();
    assert_eq!((logins, requests.len()), (1, 101));
}

#[tokio::test]
async fn a_hundred_calls_at_once_share_one_failure() {
    let server = MockServer::start().await;
    let down = ResponseTemplate::new(503).set_delay(Duration::from_millis(100));
    Mock::given(method("POST")).respond_with(down).mount(&server).await;
    let client = KeystoneClient::builder()
        .url(server.uri())
        .login(login())
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.validate(&theirs()).await.unwrap_err().kind() })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), ErrorKind::Server);
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_is_dropped_while_logging_in_leaves_it_to_the_next() {
    let server = MockServer::start().await;
    let made = ResponseTemplate::new(201).insert_header("x-subject-token", "own").set_body_string(token(59));
    Mock::given(method("POST")).respond_with(made.set_delay(Duration::from_millis(80))).mount(&server).await;
    let client = KeystoneClient::builder().url(server.uri()).login(login()).build().unwrap();
    let first = client.clone();
    let first = tokio::time::timeout(Duration::from_millis(20), async move { first.own_token().await }).await;
    assert!(first.is_err());
    assert!(client.own_token().await.is_ok());
}

#[test]
fn a_login_is_repeated_while_it_may_help() {
    let time = VirtualTime::default();
    let tries = AtomicU32::new(0);
    let (client, server) =
        canned(time.clone(), move |request: &Request| match tries.fetch_add(1, Ordering::Relaxed) {
            0 => Err(TransportError::new(TransportErrorKind::Timeout, "late")),
            1 => Ok(Response::new(502, "<html>")),
            _ if is_login(request) => Ok(issued("own", 59)),
            _ => Ok(Response::new(200, token(59))),
        });
    time.run(client.validate(&theirs())).unwrap();
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_login_with_a_useless_answer_is_none() {
    for (answer, words) in [
        (Response::new(201, token(59)), "no header `X-Subject-Token`"),
        (issued("two words", 59), "holds no token"),
        (issued("own", 0), "ends when it begins"),
        (Response::new(201, "{}").header("X-Subject-Token", "own"), "missing field"),
        (Response::new(200, "<html><title>Log in</title>").header("X-Subject-Token", "own"), "a web page"),
    ] {
        let time = VirtualTime::default();
        let (client, _) = canned(time.clone(), move |_: &Request| Ok(answer.clone()));
        let error = time.run(client.validate(&theirs())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn without_a_login_only_what_needs_none_is_done() {
    let time = VirtualTime::default();
    let server = paas_client::transport::Canned::new(|request: &Request| {
        assert_eq!(secret(request, "x-auth-token").as_deref(), Some("gAAAAAB-theirs"));
        Ok(Response::new(200, token(59)))
    });
    let client = KeystoneClient::builder()
        .url("https://keystone.example")
        .transport(server)
        .clock(time.clone())
        .limits(Limits::default())
        .build()
        .unwrap();
    let error = time.run(client.validate(&theirs())).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Configuration, "client.keystone.configuration"));
    assert_eq!(time.run(client.own_token()).unwrap_err().kind(), ErrorKind::Configuration);
    assert!(time.run(client.validate_self(&theirs())).is_ok());
}
