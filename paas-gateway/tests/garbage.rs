//! A Keystone that answers garbage, or something else in its place.

use crate::support::{TestClock, routes, status};
use http::Method;
use paas_client::{
    KeystoneClient, RetryPolicy,
    transport::{Canned, Response, TransportError, TransportErrorKind},
};
use paas_gateway::{Gateway, SelfValidating};
use std::sync::{Arc, Mutex};

const GOOD: &str = r#"{"token":{"methods":["password"],"user":{"id":"u1","name":"anna"},"project":{"id":"p1"},
    "roles":[{"id":"r","name":"reader"}],"issued_at":"2026-11-21T09:00:00Z","expires_at":"2026-11-21T11:00:00Z"}}"#;
const NOT_FOUND: &str = r#"{"error":{"code":404,"message":"Failed to validate token","title":"Not Found"}}"#;
const UNAUTHORIZED: &str = r#"{"error":{"code":401,"message":"…","title":"Unauthorized"}}"#;

type Answer = Result<Response, TransportError>;

/// Gateways that ask with a token of their own, and with that of the request.
fn gateways() -> ([Gateway; 2], Arc<Mutex<Answer>>) {
    let answer = Arc::new(Mutex::new(Ok(Response::new(200, GOOD))));
    let next = answer.clone();
    let server = Canned::new(move |_| next.lock().unwrap().clone());
    let once = RetryPolicy { attempts: 1, ..RetryPolicy::default() };
    let client =
        KeystoneClient::builder().url("https://keystone.test").transport(server).retry(once).build().unwrap();
    let own = Gateway::builder(client.acting_as(&"own".parse().unwrap()), routes());
    let with_theirs = Gateway::builder(SelfValidating(client), routes());
    ([own, with_theirs].map(|builder| builder.clock(TestClock::default()).build().unwrap()), answer)
}

#[tokio::test]
async fn what_is_no_word_of_keystone_is_503_and_never_kept() {
    let (gateways, answer) = gateways();
    let broken = |kind| Err(TransportError::new(kind, "…"));
    let ended = GOOD.replace("T11:00:00Z", "T09:30:00Z");
    let cases: Vec<(Answer, [u16; 2])> = vec![
        (Ok(Response::new(200, "<html>welcome</html>")), [503, 503]),
        (Ok(Response::new(200, "")), [503, 503]),
        (Ok(Response::new(200, "{}")), [503, 503]),
        (Ok(Response::new(200, GOOD.replace("\"expires_at\"", "\"expires\""))), [503, 503]),
        (Ok(Response::new(200, GOOD.replace("11:00:00Z", "soon"))), [503, 503]),
        (
            Ok(Response::new(200, GOOD.replace("\"roles\"", "\"system\":{\"all\":true},\"roles\""))),
            [503, 503],
        ),
        (Ok(Response::new(204, "")), [503, 503]),
        (Ok(Response::new(302, "").header("Location", "https://elsewhere.test/")), [503, 503]),
        (Ok(Response::new(404, "<html>")), [503, 503]),
        (Ok(Response::new(404, "")), [503, 503]),
        (Ok(Response::new(401, "<html>")), [503, 503]),
        // Our own token is not good; the other gateway has none.
        (Ok(Response::new(401, UNAUTHORIZED)), [503, 401]),
        (Ok(Response::new(403, "")), [503, 503]),
        (Ok(Response::new(429, "")), [503, 503]),
        (Ok(Response::new(500, GOOD)), [503, 503]),
        (Ok(Response::new(503, "")), [503, 503]),
        (broken(TransportErrorKind::Connect), [503, 503]),
        (broken(TransportErrorKind::Interrupted), [503, 503]),
        (broken(TransportErrorKind::Tls), [503, 503]),
        (Ok(Response::new(404, NOT_FOUND)), [401, 401]),
        (Ok(Response::new(200, ended)), [401, 401]),
    ];
    for (n, (said, expected)) in cases.into_iter().enumerate() {
        *answer.lock().unwrap() = said.clone();
        for (gateway, expected) in gateways.iter().zip(expected) {
            // Junk that a query has in common with none before.
            let token = format!("token-{n}");
            assert_eq!(status(gateway, &Method::GET, "/v1/volumes", &token).await, expected, "{said:?}");
            *answer.lock().unwrap() = Ok(Response::new(200, GOOD));
            let later = if expected == 401 { 401 } else { 200 };
            assert_eq!(status(gateway, &Method::GET, "/v1/volumes", &token).await, later, "after {said:?}");
            *answer.lock().unwrap() = said.clone();
        }
    }
}
