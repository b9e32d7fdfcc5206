//! Servers that are slow, cut, garbled, or not there, over real sockets.

use crate::{ACCESS, credentials, over_sockets};
use paas_client::{
    ErrorKind, Limits, RancherClient, RetryPolicy,
    rancher::{NewStack, StackId},
};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

const STACK: &str = r#"{"id":"1st7","type":"stack","state":"active"}"#;

fn id() -> StackId {
    "1st7".parse().unwrap()
}

/// A server that reads each request, answers with these bytes, and hangs up.
async fn raw(answers: Vec<&'static [u8]>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        for answer in answers {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let length = socket.read(&mut request).await.unwrap();
            assert!(length > 0);
            socket.write_all(answer).await.unwrap();
        }
    });
    address
}

async fn wire(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

#[tokio::test]
async fn a_cut_answer_is_read_again_but_a_create_is_not_sent_again() {
    const CUT: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"id\":\"1st7\",";
    const WHOLE: &[u8] =
        b"HTTP/1.1 200 OK\r\ncontent-length: 45\r\n\r\n{\"id\":\"1st7\",\"type\":\"stack\",\"state\":\"active\"}";
    let address = raw(vec![CUT, b"", WHOLE]).await;
    let environment = over_sockets(&format!("http://{address}")).own_environment();
    assert_eq!(environment.read_stack(&id()).await.unwrap().id, id());

    for cut in [CUT, b"", b"HTTP/1.1 201 Cre"] {
        // The second answer would be a good one: it must not be asked for.
        let address = raw(vec![cut, WHOLE]).await;
        let environment = over_sockets(&format!("http://{address}")).own_environment();
        let error = environment.create_stack(&NewStack::new("shop")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Interrupted, "{error}");
        assert!(error.outcome_unknown());
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test]
async fn half_a_body_that_claims_to_be_whole_is_seen() {
    let server = wire(ResponseTemplate::new(200).set_body_string(&STACK[..20])).await;
    let environment = over_sockets(&server.uri()).own_environment();
    let error = environment.read_stack(&id()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interrupted, 5));
    let error = environment.create_stack(&NewStack::new("shop")).await.unwrap_err();
    assert!(error.outcome_unknown() && error.attempts() == 1);
}

#[tokio::test]
async fn a_good_status_with_a_bad_body_is_no_answer() {
    for (body, words) in [
        ("<!doctype html><title>Log in</title>", "a web page titled `Log in`"),
        ("", "empty"),
        ("OK", "text that begins with `OK`"),
        ("[]", "a value has another form"),
        (r#"{"type":"stack"}"#, "missing field"),
        (r#"{"id":"1st7"}"#, "missing field"),
        (r#"{"id":"../1st7","type":"stack"}"#, "a value has another form"),
        (r#"{"id":"1st7","type":"error"}"#, "a value has another form"),
        (r#"{"id":"1st7","type":"stack","actions":"hidden"}"#, "a value has another form"),
        (r#"{"id":"1st7",,}"#, "bytes of JSON"),
    ] {
        let server = wire(ResponseTemplate::new(200).set_body_string(body)).await;
        let environment = over_sockets(&server.uri()).own_environment();
        let error = environment.read_stack(&id()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{body}: {error}");
        assert!(error.to_string().contains(words), "{body}: {error}");
        assert!(!error.to_string().contains("hidden"), "{error}");
        assert_eq!(error.attempts(), 1, "{body}");
        let error = environment.create_stack(&NewStack::new("shop")).await.unwrap_err();
        assert!(error.outcome_unknown(), "{body}");
    }
}

#[tokio::test]
async fn ten_megabytes_are_not_read() {
    let big = "x".repeat(10 << 20);
    let server = wire(ResponseTemplate::new(200).set_body_string(big.as_str())).await;
    let limits = Limits { answer: 1 << 20, ..Limits::default() };
    let client =
        RancherClient::builder().url(server.uri()).credentials(credentials()).limits(limits).build().unwrap();
    let error = client.own_environment().read_stack(&id()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.to_string().contains("1048576 bytes"), "{error}");

    let server = wire(ResponseTemplate::new(500).set_body_string(big)).await;
    let error = over_sockets(&server.uri()).own_environment().read_stack(&id()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Server, Some(500)));
    assert!(error.to_string().len() < 500 && format!("{error:?}").len() < 2_000);
}

#[tokio::test]
async fn a_slow_server_is_not_waited_for() {
    let server =
        wire(ResponseTemplate::new(200).set_body_string(STACK).set_delay(Duration::from_secs(30))).await;
    for limits in [
        Limits { total: Duration::from_millis(50), ..Limits::default() },
        Limits { read: Duration::from_millis(50), ..Limits::default() },
    ] {
        let client = RancherClient::builder()
            .url(server.uri())
            .credentials(credentials())
            .limits(limits)
            .retry(RetryPolicy::never())
            .build()
            .unwrap();
        let environment = client.own_environment();
        let error = environment.read_stack(&id()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(error.is_retryable() && !error.outcome_unknown());
        let error = environment.create_stack(&NewStack::new("shop")).await.unwrap_err();
        assert!(error.kind() == ErrorKind::Timeout && error.outcome_unknown());
    }
}

#[tokio::test]
async fn only_so_many_requests_are_under_way_at_once() {
    let server =
        wire(ResponseTemplate::new(200).set_body_string(STACK).set_delay(Duration::from_millis(40))).await;
    let limits = Limits { concurrent: 1, ..Limits::default() };
    let client =
        RancherClient::builder().url(server.uri()).credentials(credentials()).limits(limits).build().unwrap();
    let environment = client.own_environment();
    let begun = std::time::Instant::now();
    let id = id();
    let (a, b, c) =
        tokio::join!(environment.read_stack(&id), environment.read_stack(&id), environment.read_stack(&id));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert!(begun.elapsed() >= Duration::from_millis(120), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let other = wire(ResponseTemplate::new(200).set_body_string(STACK)).await;
    let target = format!("{}/v2-beta/stacks/1st7?token=hidden", other.uri());
    for status in [301, 302, 303, 307, 308] {
        let server = wire(ResponseTemplate::new(status).insert_header("location", target.as_str())).await;
        let error = over_sockets(&server.uri()).own_environment().read_stack(&id()).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Redirect, Some(status)));
        assert!(error.to_string().contains(&other.uri()) && !error.to_string().contains("hidden"), "{error}");
    }
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_cookie_is_not_kept() {
    let server = wire(
        ResponseTemplate::new(200).set_body_string(STACK).insert_header("set-cookie", "token=1; Path=/"),
    )
    .await;
    let environment = over_sockets(&server.uri()).own_environment();
    for _ in 0..2 {
        environment.read_stack(&id()).await.unwrap();
    }
    let requests = server.received_requests().await.unwrap();
    assert!(requests.iter().all(|request| !request.headers.contains_key("cookie")));
    assert!(
        requests
            .iter()
            .all(|request| request.headers["authorization"].to_str().unwrap().starts_with("Basic "))
    );
}

#[tokio::test]
async fn the_addresses_of_a_server_are_tried_in_turn() {
    // Bound and dropped: nobody listens there.
    let dead = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let dead = format!("http://{dead}");
    let server = wire(ResponseTemplate::new(200).set_body_string(STACK)).await;
    let client = RancherClient::builder()
        .url(&dead)
        .url(server.uri())
        .credentials(credentials())
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let environment = client.own_environment();
    // A create too: at a dead address nothing was sent.
    assert_eq!(environment.create_stack(&NewStack::new("shop")).await.unwrap().id, id());
    assert_eq!(environment.read_stack(&id()).await.unwrap().id, id());
    assert_eq!(server.received_requests().await.unwrap().len(), 2);

    let client = RancherClient::builder().url(&dead).credentials(credentials()).retry(RetryPolicy::never());
    let error =
        client.build().unwrap().own_environment().create_stack(&NewStack::new("x")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.is_retryable() && !error.outcome_unknown());
    assert_eq!(error.endpoint(), Some(dead.as_str()));
    assert!(!error.to_string().contains(ACCESS));
}

#[tokio::test]
async fn a_failing_address_is_left_for_one_that_works() {
    let sick = wire(ResponseTemplate::new(503)).await;
    let well = wire(ResponseTemplate::new(200).set_body_string(STACK)).await;
    let client = RancherClient::builder().url(sick.uri()).url(well.uri()).credentials(credentials());
    let environment = client.build().unwrap().own_environment();
    for _ in 0..3 {
        environment.read_stack(&id()).await.unwrap();
    }
    assert_eq!(sick.received_requests().await.unwrap().len(), 1);
    assert_eq!(well.received_requests().await.unwrap().len(), 3);
}
