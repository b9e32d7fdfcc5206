//! Harbor slow, down, garbling, too talkative, or not Harbor at all.

use super::{asked, canned, created, login, project, refused};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, HarborClient, Limits, RetryPolicy, System,
    harbor::{MemberId, NewProject, ProjectChange, ProjectId, ProjectKey, ProjectName, ProjectRole},
    transport::{Request, Response, TransportError, TransportErrorKind},
};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, header_exists, method, path},
};

const ID: ProjectId = ProjectId::new(7);

fn name() -> ProjectName {
    "retail".parse().unwrap()
}

fn over_sockets(url: &str) -> HarborClient {
    let retry = RetryPolicy { attempts: 2, first_pause: Duration::from_millis(1), ..RetryPolicy::default() };
    let limits = Limits { total: Duration::from_millis(500), ..Limits::default() };
    HarborClient::builder().url(url).login(login()).retry(retry).limits(limits).build().unwrap()
}

#[test]
fn failures_have_their_kinds_and_only_harbor_says_what_is_not_there() {
    for (answer, kind) in [
        (Ok(refused(400)), ErrorKind::Invalid),
        (Ok(refused(401)), ErrorKind::Unauthorized),
        (Ok(refused(403)), ErrorKind::Forbidden),
        (Ok(refused(404)), ErrorKind::NotFound),
        (Ok(refused(409)), ErrorKind::Exists),
        (Ok(refused(412)), ErrorKind::Precondition),
        (Ok(refused(422)), ErrorKind::Invalid),
        (Ok(refused(429)), ErrorKind::RateLimited),
        (Ok(refused(500)), ErrorKind::Server),
        (Ok(Response::new(502, "<html><title>502 Bad Gateway</title>")), ErrorKind::Server),
        (Ok(Response::new(404, "<html><title>404 Not Found</title>")), ErrorKind::Protocol),
        (Ok(Response::new(404, "")), ErrorKind::Protocol),
        (Ok(Response::new(302, "").header("Location", "https://elsewhere.example")), ErrorKind::Redirect),
        (Ok(Response::new(200, "")), ErrorKind::Protocol),
        (Ok(Response::new(200, "<html><title>Log in</title>")), ErrorKind::Protocol),
        (Ok(Response::new(200, "{}")), ErrorKind::Protocol),
        (Ok(Response::new(200, r#"{"project_id":"x","name":"a"}"#)), ErrorKind::Protocol),
        (Ok(Response::new(200, r#"{"project_id":7,"#)), ErrorKind::Interrupted),
        (Err(TransportError::new(TransportErrorKind::Connect, "refused")), ErrorKind::Connect),
        (Err(TransportError::new(TransportErrorKind::Tls, "not trusted")), ErrorKind::Tls),
        (Err(TransportError::new(TransportErrorKind::Timeout, "late")), ErrorKind::Timeout),
    ] {
        let time = VirtualTime::default();
        let (client, _) = canned(time.clone(), move |_| answer.clone());
        let error = time.run(client.read_project(ID)).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.system(), System::Harbor);
        assert!(error.code().starts_with("client.harbor."));
        assert!(System::Harbor.kinds().contains(&kind), "{kind:?}");
        if error.server_code().is_some() {
            assert_eq!(error.server_code(), Some("THE_CODE"));
            assert_eq!(error.server_message(), Some("the message"));
            assert_eq!(error.request_id(), Some("request-1"));
        }
    }
}

#[test]
fn a_project_is_there_or_not_by_harbors_word_only() {
    let ask = |answer: Response| {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |_| Ok(answer.clone()));
        let there = time.run(client.project_exists(&"a.b".parse().unwrap()));
        assert_eq!(asked(&server)[0], "HEAD /projects?project_name=a.b");
        there
    };
    assert!(ask(Response::new(200, "")).unwrap());
    // The answer to HEAD has no body.
    assert!(!ask(Response::new(404, "").header("X-Request-Id", "1")).unwrap());
    assert_eq!(ask(Response::new(404, "")).unwrap_err().kind(), ErrorKind::Protocol);
    assert_eq!(ask(Response::new(403, "")).unwrap_err().kind(), ErrorKind::Forbidden);
    let find = |answer: Response| {
        let time = VirtualTime::default();
        let (client, _) = canned(time.clone(), move |_| Ok(answer.clone()));
        time.run(client.find_project(&name()))
    };
    assert_eq!(find(project("anna")).unwrap().unwrap().id, ID);
    assert_eq!(find(refused(404)).unwrap(), None);
    assert_eq!(find(Response::new(404, "")).unwrap_err().kind(), ErrorKind::Protocol);
    assert_eq!(find(refused(403)).unwrap_err().kind(), ErrorKind::Forbidden);
}

#[test]
fn names_are_names_also_when_they_are_all_digits() {
    for (key, path, header) in [
        (ProjectKey::from(ID), "/projects/7", None),
        (ProjectKey::from("7".parse::<ProjectName>().unwrap()), "/projects/7", Some("true")),
        (ProjectKey::from("retail".parse::<ProjectName>().unwrap()), "/projects/retail", Some("true")),
        (
            ProjectKey::from("a/../b?c#d e%2f+ü".parse::<ProjectName>().unwrap()),
            "/projects/a%2F..%2Fb%3Fc%23d%20e%252f%2B%C3%BC",
            Some("true"),
        ),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), |request: &Request| {
            Ok(match request.method.as_str() {
                "POST" => created("/x/12"),
                "GET" if request.path().ends_with("members") => Response::new(200, "[]"),
                _ => Response::new(200, ""),
            })
        });
        let new = paas_client::harbor::NewMember::UserNamed("anna".to_owned());
        let member = MemberId::new(12);
        time.run(async {
            client.list_members(&key).collect_all().await.unwrap();
            client.find_members(&key, "anna").collect_all().await.unwrap();
            client.add_member(&key, &new, ProjectRole::Guest).await.unwrap();
            client.set_member_role(&key, member, ProjectRole::Guest).await.unwrap();
            client.remove_member(&key, member).await.unwrap();
            client.read_member(&key, member).await.unwrap_err();
            client.read_project(&key).await.unwrap_err();
        });
        assert_eq!(server.requests().len(), 7);
        for request in server.requests() {
            let sent = request.headers.iter().find(|(name, _)| *name == "x-is-resource-name");
            assert_eq!(sent.map(|(_, value)| value.as_str()), header, "{request:?}");
            let of_project = request.path().trim_start_matches("/api/v2.0");
            assert!(of_project == path || of_project.starts_with(&format!("{path}/members")), "{of_project}");
        }
    }
}

#[test]
fn changes_that_can_be_repeated_are_and_a_second_removal_finds_nothing() {
    let time = VirtualTime::default();
    let twice = |second: Response| {
        let count = AtomicU32::new(0);
        canned(time.clone(), move |_| match count.fetch_add(1, Ordering::Relaxed) {
            0 => Err(TransportError::new(TransportErrorKind::Interrupted, "reset")),
            _ => Ok(second.clone()),
        })
    };
    let done = || Response::new(200, "");
    for (client, _) in [twice(done()), twice(refused(404))] {
        time.run(client.delete_project(ID)).unwrap();
    }
    for (client, _) in [twice(done()), twice(refused(404))] {
        time.run(client.remove_member(ID, MemberId::new(1))).unwrap();
    }
    time.run(twice(done()).0.update_project(ID, &ProjectChange::default().public(true))).unwrap();
    time.run(twice(done()).0.set_member_role(ID, MemberId::new(1), ProjectRole::Guest)).unwrap();
    let error = time
        .run(twice(refused(404)).0.set_member_role(ID, MemberId::new(1), ProjectRole::Guest))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    // A refusal does not undo what an earlier try may have done.
    let error = time.run(twice(refused(403)).0.delete_project(ID)).unwrap_err();
    assert!(error.kind() == ErrorKind::Forbidden && error.outcome_unknown(), "{error}");
    // What is not there at the first try that arrives is not there.
    let count = AtomicU32::new(0);
    let (client, _) = canned(time.clone(), move |_| match count.fetch_add(1, Ordering::Relaxed) {
        0 => Err(TransportError::new(TransportErrorKind::Connect, "refused")),
        _ => Ok(refused(404)),
    });
    assert_eq!(time.run(client.delete_project(ID)).unwrap_err().kind(), ErrorKind::NotFound);
    let (client, server) = canned(time.clone(), |_| Ok(refused(404)));
    assert_eq!(time.run(client.delete_project(ID)).unwrap_err().kind(), ErrorKind::NotFound);
    // A project with repositories is not deleted by asking again.
    let (client, full) = canned(time.clone(), |_| Ok(refused(412)));
    let error = time.run(client.delete_project(ID)).unwrap_err();
    assert!(error.kind() == ErrorKind::Precondition && !error.is_retryable() && !error.outcome_unknown());
    assert_eq!((server.requests().len(), full.requests().len()), (1, 1));
}

#[test]
fn rows_of_other_versions_are_read() {
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |request: &Request| {
        Ok(Response::new(
            200,
            match request.path().rsplit('/').next().unwrap() {
                "projects" => {
                    r#"[{"project_id":7,"name":"a","owner_id":0,"owner_name":null,"metadata":null,"new":{}},
                        {"project_id":8,"name":"b","metadata":{"public":"true","severity":null,"n":1},"current_user_role_ids":[1,9]}]"#
                }
                "members" => {
                    r#"[{"id":1,"entity_id":2,"entity_type":"z","entity_name":null,"role_id":77,"role_name":"auditor"}]"#
                }
                "permissions" => "null",
                _ => {
                    r#"{"user_id":3,"username":"anna","sysadmin_flag":"true","oidc_user_meta":{"secret":"SECRETCANARY"}}"#
                }
            },
        ))
    });
    time.run(async {
        let projects =
            client.list_projects(&paas_client::harbor::ProjectQuery::default()).collect_all().await.unwrap();
        assert!(!projects[0].is_public() && projects[0].owner_id.is_none());
        assert!(projects[1].is_public() && projects[1].metadata["n"] == "1");
        assert_eq!(projects[1].current_user_role_ids, [ProjectRole::ProjectAdmin, ProjectRole::Other(9)]);
        let members = client.list_members(ID).collect_all().await.unwrap();
        assert_eq!(members[0].role, ProjectRole::Other(77));
        assert_eq!(members[0].holder, paas_client::harbor::Holder::Other { kind: "z".to_owned(), id: 2 });
        assert!(client.own_permissions(ID).await.unwrap().is_empty());
        let user = client.current_user().await.unwrap();
        assert!(user.is_system_administrator());
        assert!(!format!("{user:?}").contains("SECRETCANARY"));
    });
}

#[tokio::test]
async fn a_busy_harbor_is_asked_again_when_it_says() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429).insert_header("Retry-After", "1");
    Mock::given(any()).respond_with(busy).up_to_n_times(1).mount(&server).await;
    let good =
        ResponseTemplate::new(200).set_body_string(r#"{"status":"healthy","components":[{"name":"core"}]}"#);
    Mock::given(path("/api/v2.0/health"))
        .and(header_exists("authorization"))
        .respond_with(good)
        .mount(&server)
        .await;
    let client = HarborClient::builder().url(server.uri()).login(login()).build().unwrap();
    let begun = std::time::Instant::now();
    assert!(client.health().await.unwrap().is_healthy());
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn no_cookie_is_kept_and_a_head_has_no_body() {
    let server = MockServer::start().await;
    let answer = |status| {
        ResponseTemplate::new(status)
            .insert_header("Set-Cookie", "sid=1; Path=/")
            .insert_header("X-Request-Id", "1")
    };
    Mock::given(method("HEAD")).respond_with(answer(404)).mount(&server).await;
    Mock::given(method("PUT")).respond_with(answer(200)).mount(&server).await;
    Mock::given(path("/api/v2.0/ping"))
        .respond_with(answer(200).set_body_string("Pong"))
        .mount(&server)
        .await;
    let client = over_sockets(&server.uri());
    assert!(!client.project_exists(&name()).await.unwrap());
    client.ping().await.unwrap();
    client.update_project(ID, &ProjectChange::default().public(false)).await.unwrap();
    for request in server.received_requests().await.unwrap() {
        assert!(!request.headers.contains_key("cookie"), "{request:?}");
        let accept = if request.url.path().ends_with("ping") { "text/plain" } else { "application/json" };
        assert_eq!(request.headers.get_all("accept").iter().collect::<Vec<_>>(), [accept]);
    }
}

#[tokio::test]
async fn a_harbor_that_is_slow_or_not_one_is_told_from_a_refusal() {
    let server = MockServer::start().await;
    let slow = ResponseTemplate::new(200).set_body_string("Pong").set_delay(Duration::from_secs(5));
    Mock::given(path("/api/v2.0/ping")).respond_with(slow).mount(&server).await;
    let page = ResponseTemplate::new(200).set_body_string("<html><title>Harbor</title>");
    Mock::given(any()).respond_with(page).mount(&server).await;
    let client = over_sockets(&server.uri());
    assert_eq!(client.ping().await.unwrap_err().kind(), ErrorKind::Timeout);
    let error = client.list_members(ID).collect_all().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol);
    assert!(error.to_string().contains("a web page titled `Harbor`"), "{error}");
    assert_eq!(
        client.create_project(&NewProject::new(name())).await.unwrap_err().kind(),
        ErrorKind::Protocol
    );
    let gone = over_sockets("http://127.0.0.1:1");
    assert_eq!(gone.ping().await.unwrap_err().kind(), ErrorKind::Connect);
}
