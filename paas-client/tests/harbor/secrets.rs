//! Canaries: the secret shows in nothing that is printed, logged or thrown, however hard a server tries.

use super::{PASSWORD, canned, login};
use crate::{log::Log, virtual_time::VirtualTime};
use paas_client::{
    ErrorKind, ExposeSecret, HarborClient,
    harbor::{Login, NewProject, ProjectId, ProjectQuery},
    transport::{Request, Response, TransportError, TransportErrorKind},
};
use tracing::Dispatch;

/// `paas:PASSWORDCANARY4711`.
const ENCODED: &str = "cGFhczpQQVNTV09SRENBTkFSWTQ3MTE=";

fn assert_clean(text: &str) {
    for secret in [PASSWORD, ENCODED] {
        assert!(!text.contains(secret), "{secret} shows in: {text}");
    }
}

/// All ways in which a server or network can say a secret back.
fn echoes(echo: &str) -> Vec<Result<Response, TransportError>> {
    let json = |status: u16| {
        let body = format!(
            r#"{{"errors":[{{"code":"{echo}","message":"{echo}"}},{{"code":1,"message":"{echo}"}}]}}"#
        );
        Ok(Response::new(status, body).header("X-Request-Id", echo))
    };
    vec![
        json(400),
        json(401),
        json(403),
        json(404),
        json(409),
        json(412),
        json(500),
        Ok(Response::new(502, format!("<html><title>{echo}</title>"))),
        Ok(Response::new(404, echo)),
        Ok(Response::new(200, echo)),
        Ok(Response::new(201, "").header("Location", echo)),
        Ok(Response::new(200, format!(r#"[{{"project_id":"{echo}"}}]"#))),
        Ok(Response::new(200, "[]").header("Link", &format!(r#"</x?page={echo}>; rel="next""#))),
        Ok(Response::new(302, "").header("Location", &format!("https://{echo}@x.example/{echo}"))),
        Err(TransportError::new(TransportErrorKind::Interrupted, echo)),
        Err(TransportError::new(TransportErrorKind::Connect, echo)),
    ]
}

#[test]
fn no_error_and_no_log_shows_a_secret() {
    let log = Log::default();
    // With two subscribers tracing asks both whether a place is wanted, also when another test comes to it first.
    let _second = Dispatch::new(Log::default());
    let guard = log.listen();
    tracing::callsite::rebuild_interest_cache();
    for n in 0..echoes("").len() {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |request: &Request| {
            let sent = request.authorization.as_ref().unwrap().expose_secret();
            echoes(&format!("{sent} {PASSWORD}")).swap_remove(n)
        });
        let results = time.run(async {
            vec![
                client.read_project(ProjectId::new(7)).await.map(drop),
                client.list_projects(&ProjectQuery::default()).collect_all().await.map(drop),
                client.create_project(&NewProject::new("retail".parse().unwrap())).await.map(drop),
                client.delete_project(ProjectId::new(7)).await,
                client.ping().await,
            ]
        });
        assert!(results.iter().any(Result::is_err), "{n}");
        for error in results.into_iter().filter_map(Result::err) {
            assert_clean(&format!("{error} {error:?} {:?}", error.request_id()));
        }
        assert_clean(&format!("{client:?} {:?}", server.requests()));
    }
    drop(guard);
    let log = log.text();
    assert_clean(&log);
    for part in [
        "span harbor",
        "span operation=\"delete_project\"",
        "span path=\"/api/v2.0/projects/{project}\"",
        "recorded status=412",
    ] {
        assert!(log.contains(part), "`{part}` is missing in: {log}");
    }
}

#[test]
fn what_the_server_says_is_bounded() {
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |_| {
        let message = "long ".repeat(10_000);
        let error = format!(r#"{{"code":"{message}","message":"{message}`\n"}}"#);
        Ok(Response::new(400, format!(r#"{{"errors":[{error},{error},{error}]}}"#)))
    });
    let error = time.run(client.system_info()).unwrap_err();
    assert!(error.to_string().chars().count() < 1_500, "{}", error.to_string().len());
    assert!(!error.to_string().contains('\n'));
}

#[test]
fn no_value_shows_a_secret_when_it_is_printed() {
    let builder = HarborClient::builder().url("https://harbor.example").login(login());
    let client = builder.clone().build().unwrap();
    assert_clean(&format!("{builder:?} {:?} {client:?}", login()));
    assert_eq!(client.quotable(&format!("a {PASSWORD} {ENCODED}")), "a [redacted] [redacted]");
    let careless =
        HarborClient::builder().url(format!("https://anna:{PASSWORD}@harbor.example")).login(login());
    let error = careless.clone().build().unwrap_err();
    assert_clean(&format!("{careless:?} {error} {error:?}"));
}

#[test]
fn a_client_that_cannot_work_is_not_made() {
    let builder = || HarborClient::builder().url("https://harbor.example");
    for (builder, words) in [
        (builder(), "no login"),
        (HarborClient::builder().login(login()), "no address"),
        (HarborClient::builder().login(login()).url("http://harbor.example"), "in clear"),
        (builder().login(Login::user("", PASSWORD)), "the name of the login is empty"),
        (builder().login(Login::user("a:b", PASSWORD)), "`:`"),
        (builder().login(Login::user("a\nb", PASSWORD)), "control"),
        (builder().login(Login::user("anna", "abc")), "fewer than 4"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Configuration, "client.harbor.configuration"));
        assert!(error.to_string().contains(words), "{error}");
    }
    let plain = HarborClient::builder().login(login()).url("http://harbor.example").allow_plain_http();
    assert!(plain.build().is_ok());
}
