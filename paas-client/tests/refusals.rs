//! What comes back when a server says no, over real sockets.

use crate::over_sockets;
use paas_client::{ErrorKind, rancher::NewStack};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// An answer as a table shows it: status, body.
async fn answering(status: u16, body: &str) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(
            ResponseTemplate::new(status).set_body_raw(body.as_bytes().to_vec(), "application/json"),
        )
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn each_refusal_of_rancher_has_its_kind() {
    for (status, code, kind, unknown) in [
        (400, "InvalidFormat", ErrorKind::Invalid, false),
        (401, "Unauthorized", ErrorKind::Unauthorized, false),
        (403, "Forbidden", ErrorKind::Forbidden, false),
        (404, "NotFound", ErrorKind::NotFound, false),
        (405, "MethodNotAllowed", ErrorKind::MethodNotAllowed, false),
        (409, "Conflict", ErrorKind::Conflict, true),
        (422, "InvalidState", ErrorKind::Invalid, false),
        (422, "ActionNotAvailable", ErrorKind::ActionNotAvailable, false),
        (429, "TooMany", ErrorKind::RateLimited, false),
        (500, "ServerError", ErrorKind::Server, true),
        (503, "Down", ErrorKind::Server, true),
    ] {
        let body = format!(
            r#"{{"id":"d6b1","type":"error","status":{status},"code":"{code}","message":"no\nway","detail":"at all","fieldName":"name"}}"#
        );
        let server = answering(status, &body).await;
        let environment = over_sockets(&server.uri()).own_environment();

        let error = environment.create_stack(&NewStack::new("shop")).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status} {code}");
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.server_code(), Some(code));
        assert_eq!(error.server_message(), Some("no way; at all"));
        assert_eq!(error.field(), Some("name"));
        assert_eq!(error.request_id(), Some("d6b1"));
        assert_eq!(error.endpoint(), Some(server.uri().as_str()));
        assert_eq!((error.operation(), error.resource()), ("create_stack", "/v2-beta/stacks"));
        assert_eq!(error.outcome_unknown(), unknown, "{status} {code}");
        // A create is repeated only where it was refused for being too much.
        let times = if status == 429 { 5 } else { 1 };
        assert_eq!(server.received_requests().await.unwrap().len(), times, "{status} {code}");
        assert_eq!(error.attempts(), u32::try_from(times).unwrap());
    }
}

#[tokio::test]
async fn an_error_reads_as_a_sentence() {
    let server =
        answering(422, r#"{"type":"error","status":422,"code":"NotUnique","fieldName":"name"}"#).await;
    let environment = over_sockets(&server.uri()).own_environment();
    let error = environment.create_stack(&NewStack::new("shop")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "create_stack `/v2-beta/stacks`: the server refuses the content (status 422, `NotUnique`, field `name`)"
    );
    let server =
        answering(409, r#"{"type":"error","status":409,"code":"Conflict","message":"Conflict"}"#).await;
    let environment = over_sockets(&server.uri()).own_environment();
    let error = environment.create_stack(&NewStack::new("shop")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "create_stack `/v2-beta/stacks`: the resource is busy or has changed (status 409, `Conflict`, `Conflict`); \
         it may have been done all the same: look before you ask again"
    );
}

#[tokio::test]
async fn what_is_not_rancher_is_not_taken_for_its_word() {
    for (status, body, kind, words) in [
        // A proxy before a dead server: not the news that the stack is gone.
        (404, "<html><title>404 Not Found</title>", ErrorKind::Protocol, "a web page titled `404 Not Found`"),
        (404, "", ErrorKind::Protocol, "it is empty"),
        (404, "{\"error\":\"x\"}", ErrorKind::Protocol, "13 bytes of JSON"),
        (418, "short and stout", ErrorKind::Protocol, "`short and stout`"),
        (403, "<title>Blocked</title>", ErrorKind::Forbidden, "a web page titled `Blocked`"),
        (401, "", ErrorKind::Unauthorized, "the answer is empty"),
        (502, "<title>Bad Gateway</title>", ErrorKind::Server, "a web page titled `Bad Gateway`"),
        (504, "[1, 2", ErrorKind::Server, "5 bytes of JSON"),
    ] {
        let server = answering(status, body).await;
        let environment = over_sockets(&server.uri()).own_environment();
        let error = environment.read_stack(&"1st7".parse().unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{status} {body}");
        assert!(error.to_string().contains(words), "{error}");
        assert!(!error.outcome_unknown());
    }
}

#[tokio::test]
async fn odd_fields_of_an_error_do_no_harm() {
    let body =
        r#"{"type":"error","status":"x","code":7,"message":["a"],"detail":{"b":1},"fieldName":null,"id":3}"#;
    let server = answering(422, body).await;
    let error =
        over_sockets(&server.uri()).own_environment().read_stack(&"1st7".parse().unwrap()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!((error.server_code(), error.server_message(), error.field()), (None, None, None));
}
