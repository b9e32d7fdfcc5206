//! Keystone slow, down, garbling, too talkative, or not Keystone at all.

use super::{canned, is_login, issued, login, refused, theirs, token};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, KeystoneClient, Limits, RetryPolicy, System,
    keystone::{AssignmentQuery, Grant, ProjectQuery, Scope},
    transport::{Canned, Request, Response, TransportError, TransportErrorKind},
};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// A client whose own token is good, and what Keystone answers to all else.
fn answering(time: &VirtualTime, answer: Result<Response, TransportError>) -> (KeystoneClient, Canned) {
    canned(
        time.clone(),
        move |request: &Request| {
            if is_login(request) { Ok(issued("own", 59)) } else { answer.clone() }
        },
    )
}

#[test]
fn only_keystone_says_that_a_token_is_invalid() {
    for (answer, kind) in [
        (Ok(refused(404)), ErrorKind::TokenInvalid),
        (Ok(refused(401)), ErrorKind::Unauthorized),
        (Ok(refused(403)), ErrorKind::Forbidden),
        (Ok(refused(400)), ErrorKind::Invalid),
        (Ok(Response::new(404, "<html><title>nothing here</title>")), ErrorKind::Protocol),
        (Ok(Response::new(404, "")), ErrorKind::Protocol),
        (Ok(Response::new(403, "<html>")), ErrorKind::Forbidden),
        (Ok(refused(500)), ErrorKind::Server),
        (Ok(Response::new(503, "")), ErrorKind::Server),
        (Ok(refused(429)), ErrorKind::RateLimited),
        (Ok(Response::new(302, "").header("Location", "https://elsewhere.example")), ErrorKind::Redirect),
        (Ok(Response::new(200, "")), ErrorKind::Protocol),
        (Ok(Response::new(200, "<html><title>Log in</title>")), ErrorKind::Protocol),
        (Ok(Response::new(200, "{}")), ErrorKind::Protocol),
        (Ok(Response::new(200, r#"{"token":{}}"#)), ErrorKind::Protocol),
        (Ok(Response::new(200, &token(59)[..80])), ErrorKind::Interrupted),
        (Err(TransportError::new(TransportErrorKind::Connect, "refused")), ErrorKind::Connect),
        (Err(TransportError::new(TransportErrorKind::Tls, "not trusted")), ErrorKind::Tls),
        (Err(TransportError::new(TransportErrorKind::Timeout, "late")), ErrorKind::Timeout),
        (Err(TransportError::new(TransportErrorKind::Interrupted, "reset")), ErrorKind::Interrupted),
    ] {
        let time = VirtualTime::default();
        let (client, _) = answering(&time, answer.clone());
        let error = time.run(client.validate(&theirs())).unwrap_err();
        assert_eq!(error.kind(), kind, "{answer:?}: {error}");
        assert_eq!(error.system(), System::Keystone);
        assert!(error.code().starts_with("client.keystone."));
        assert!(System::Keystone.kinds().contains(&kind));
        // Asked with that very token, a refusal is about it.
        let error = time.run(client.validate_self(&theirs())).unwrap_err();
        let expected = if kind == ErrorKind::Unauthorized { ErrorKind::TokenInvalid } else { kind };
        assert_eq!(error.kind(), expected, "{answer:?}: {error}");
    }
}

#[test]
fn a_scope_is_never_taken_for_a_wider_one() {
    let with = |what: &str| token(59).replace(r#""audit_ids""#, &format!(r#"{what},"audit_ids""#));
    let without_project = |what: &str| with(what).replace("\"project\":", "\"unknown\":");
    for body in [
        with(r#""system":{"all":true}"#),
        with(r#""domain":{"id":"d1"}"#),
        without_project(r#""system":{"all":false}"#),
        without_project(r#""system":{}"#),
        // Roles without a place.
        without_project(r#""else":1"#),
        token(59).replace("2026-11-21T20:59:00.000000Z", "never"),
    ] {
        let time = VirtualTime::default();
        let (client, _) = answering(&time, Ok(Response::new(200, body.as_str())));
        let error = time.run(client.validate(&theirs())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{body}");
    }
    let time = VirtualTime::default();
    let (client, _) = answering(&time, Ok(Response::new(200, without_project(r#""system":{"all":true}"#))));
    assert_eq!(time.run(client.validate(&theirs())).unwrap().scope, Scope::System);
}

#[test]
fn what_cannot_be_a_token_is_not_asked_about() {
    for text in ["", " ", "two words", "a\nb", "tok\u{e4}n", &"x".repeat(4_097)] {
        let error = text.parse::<paas_client::keystone::AuthToken>().unwrap_err();
        assert_eq!((error.kind(), error.system()), (ErrorKind::TokenInvalid, System::Keystone));
        assert!(text.len() < 3 || !error.to_string().contains(text));
    }
    assert!("x".repeat(4_096).parse::<paas_client::keystone::AuthToken>().is_ok());
}

#[test]
fn requests_are_what_keystone_reads() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request: &Request| {
        Ok(match request.path() {
            _ if is_login(request) => issued("own", 59),
            "/v3/auth/tokens" => Response::new(200, token(59)),
            "/v3/role_assignments" => Response::new(200, r#"{"role_assignments":[],"links":{"next":null}}"#),
            _ => Response::new(204, ""),
        })
    });
    time.run(async {
        let how = paas_client::keystone::Validation::default().allow_expired();
        client.validate_with(&theirs(), how).await.unwrap();
        let query =
            AssignmentQuery::default().project("p1".parse().unwrap()).with_subtree().effective().with_names();
        client.list_role_assignments(&query).collect_all().await.unwrap();
        let grant =
            Grant::to_group("g 1".parse().unwrap(), "r1".parse().unwrap()).in_project("p/1".parse().unwrap());
        client.acting_as(&theirs()).assign_role(&grant.clone().inherited()).await.unwrap();
        client.acting_as(&theirs()).unassign_role(&grant).await.unwrap();
    });
    let asked: Vec<String> = server
        .requests()
        .iter()
        .map(|request| {
            let query = Some(request.query()).filter(|query| !query.is_empty());
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            format!("{} {}{query}", request.method.as_str(), request.path())
        })
        .collect();
    assert_eq!(
        asked,
        [
            "POST /v3/auth/tokens?nocatalog=true",
            "GET /v3/auth/tokens?nocatalog=true&allow_expired=true",
            "GET /v3/role_assignments?scope.project.id=p1&effective=true&include_names=true&include_subtree=true",
            "PUT /v3/OS-INHERIT/projects/p%2F1/groups/g%201/roles/r1/inherited_to_projects",
            "DELETE /v3/projects/p%2F1/groups/g%201/roles/r1",
        ]
    );
    let validation = &server.requests()[1];
    assert!(validation.headers.contains(&("openstack-identity-access-rules", "1.0".to_owned())));
    assert_eq!(super::secret(validation, "x-auth-token").as_deref(), Some("own"));
    assert_eq!(super::secret(validation, "x-subject-token").as_deref(), Some("gAAAAAB-theirs"));
    assert_eq!(super::secret(&server.requests()[3], "x-auth-token").as_deref(), Some("gAAAAAB-theirs"));
    assert!(server.requests().iter().all(|request| request.authorization.is_none()));
}

fn page(n: u32, next: Option<&str>) -> Response {
    let next = next.map_or("null".to_owned(), |next| format!("\"{next}\""));
    let item = format!(
        r#"{{"id":"p{n}","name":"project-{n}","enabled":true,"is_domain":false,"tags":[],"new":{{}}}}"#
    );
    Response::new(
        200,
        format!(r#"{{"projects":[{item}],"links":{{"next":{next},"self":"x"}},"truncated":true}}"#),
    )
}

#[test]
fn the_next_page_is_asked_of_the_configured_address_whoever_is_named() {
    let time = VirtualTime::default();
    let count = AtomicU32::new(0);
    let (client, server) = canned(time.clone(), move |request: &Request| {
        if is_login(request) {
            return Ok(issued("own", 59));
        }
        Ok(match count.fetch_add(1, Ordering::Relaxed) {
            0 => page(1, Some("https://evil.example/v3/projects?limit=1&marker=p1")),
            1 => page(2, Some("http://keystone.internal:5000/v3/users?limit=1&marker=p2")),
            _ => Response::new(200, r#"{"projects":[],"links":{"next":null}}"#),
        })
    });
    let query = ProjectQuery::default().domain("d1".parse().unwrap()).page(1);
    let projects = time.run(client.list_projects(&query).collect_all()).unwrap();
    assert_eq!(
        projects.iter().map(|project| project.name.as_str()).collect::<Vec<_>>(),
        ["project-1", "project-2"]
    );
    let urls: Vec<String> = server.requests()[1..].iter().map(|request| request.url.clone()).collect();
    assert_eq!(
        urls,
        [
            "https://keystone.example/v3/projects?domain_id=d1&limit=1",
            "https://keystone.example/v3/projects?domain_id=d1&limit=1&marker=p1",
            "https://keystone.example/v3/projects?domain_id=d1&limit=1&marker=p2",
        ]
    );
}

#[test]
fn a_list_that_is_cut_or_endless_is_no_list() {
    for answer in [
        // Cut at a limit of the server, without a way on.
        page(1, None),
        // The same page for ever.
        page(1, Some("https://keystone.example/v3/projects?marker=p1")),
        page(1, Some("https://keystone.example/v3/projects")),
        Response::new(200, r#"{"users":[],"links":{"next":null}}"#),
        Response::new(200, "[]"),
    ] {
        let time = VirtualTime::default();
        let (client, _) = answering(&time, Ok(answer.clone()));
        let error = time.run(client.list_projects(&ProjectQuery::default()).collect_all()).unwrap_err();
        assert_eq!(
            (error.kind(), error.system()),
            (ErrorKind::Protocol, System::Keystone),
            "{answer:?}: {error}"
        );
    }
}

#[test]
fn assignments_that_are_not_understood_are_refused() {
    let row =
        |row: &str| Response::new(200, format!(r#"{{"role_assignments":[{row}],"links":{{"next":null}}}}"#));
    let list = |answer: Response| {
        let time = VirtualTime::default();
        let (client, _) = answering(&time, Ok(answer));
        time.run(client.list_role_assignments(&AssignmentQuery::default()).collect_all())
    };
    let good = r#"{"role":{"id":"r1"},"user":{"id":"u1"},"scope":{"project":{"id":"p1"}},"links":{}}"#;
    assert_eq!(list(row(good)).unwrap().len(), 1);
    for (was, is) in [
        (r#""user":{"id":"u1"},"#, ""),
        (r#""user":{"id":"u1"}"#, r#""user":{"id":"u1"},"group":{"id":"g1"}"#),
        (r#"{"project":{"id":"p1"}}"#, "{}"),
        (r#"{"project":{"id":"p1"}}"#, r#"{"project":{"id":"p1"},"system":{"all":true}}"#),
        (r#"{"project":{"id":"p1"}}"#, r#"{"system":{"all":false}}"#),
        (r#"{"project":{"id":"p1"}}"#, r#"{"project":{"id":"p1"},"OS-INHERIT:inherited_to":"everything"}"#),
    ] {
        assert_eq!(list(row(&good.replace(was, is))).unwrap_err().kind(), ErrorKind::Protocol, "{is}");
    }
}

#[test]
fn grants_are_repeated_and_what_was_done_already_counts_as_done() {
    let grant =
        || Grant::to_user("u1".parse().unwrap(), "r1".parse().unwrap()).in_project("p1".parse().unwrap());
    let lost_then = |answer: Response| {
        let count = AtomicU32::new(0);
        move |request: &Request| {
            if is_login(request) {
                return Ok(issued("own", 59));
            }
            match count.fetch_add(1, Ordering::Relaxed) {
                0 => Err(TransportError::new(TransportErrorKind::Interrupted, "reset")),
                _ => Ok(answer.clone()),
            }
        }
    };
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), lost_then(Response::new(204, "")));
    time.run(client.assign_role(&grant())).unwrap();
    assert_eq!(server.requests().len(), 3);
    let (client, _) = canned(time.clone(), lost_then(refused(404)));
    time.run(client.unassign_role(&grant())).unwrap();
    let (client, _) = canned(time.clone(), lost_then(refused(404)));
    time.run(client.revoke(&theirs())).unwrap();
    // A page of somebody in between says nothing of what was done.
    let (client, _) = answering(&time, Ok(Response::new(200, "<html><title>Log in</title>")));
    let error = time.run(client.assign_role(&grant())).unwrap_err();
    assert!(error.kind() == ErrorKind::Protocol && error.outcome_unknown(), "{error}");
}

async fn wire(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

fn over_sockets(server: &MockServer, limits: Limits) -> KeystoneClient {
    let builder = KeystoneClient::builder().url(server.uri()).login(login()).limits(limits);
    builder.retry(RetryPolicy::never()).build().unwrap()
}

#[tokio::test]
async fn a_slow_keystone_is_not_waited_for() {
    let server =
        wire(ResponseTemplate::new(200).set_body_string(token(59)).set_delay(Duration::from_secs(30))).await;
    let limits = Limits { total: Duration::from_millis(50), ..Limits::default() };
    let client = over_sockets(&server, limits);
    let error = client.validate_self(&theirs()).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome_unknown()), (ErrorKind::Timeout, false), "{error}");
    assert_eq!(client.validate(&theirs()).await.unwrap_err().operation(), "authenticate");
}

#[tokio::test]
async fn a_keystone_that_is_down_is_told_as_such() {
    let server = wire(ResponseTemplate::new(200)).await;
    let client = over_sockets(&server, Limits::default());
    drop(server);
    let dead = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let gone =
        KeystoneClient::builder().url(format!("http://{dead}")).retry(RetryPolicy::never()).build().unwrap();
    let error = gone.validate_self(&theirs()).await.unwrap_err();
    assert!(error.kind() == ErrorKind::Connect && error.is_retryable(), "{error}");
    drop(client);
}

#[tokio::test]
async fn ten_megabytes_are_not_read() {
    let big = "x".repeat(10 << 20);
    let server = wire(ResponseTemplate::new(200).set_body_string(big.as_str())).await;
    let client = over_sockets(&server, Limits { answer: 1 << 20, ..Limits::default() });
    assert_eq!(client.validate_self(&theirs()).await.unwrap_err().kind(), ErrorKind::TooLarge);
    let server = wire(ResponseTemplate::new(404).set_body_string(big)).await;
    let error = over_sockets(&server, Limits::default()).validate_self(&theirs()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol);
    assert!(error.to_string().len() < 500, "{error}");
}
