//! Canaries: the secret shows in nothing that is printed, logged or thrown, however hard a server tries.

use super::{PASSWORD, canned, login};
use crate::{log::Log, virtual_time::VirtualTime};
use paas_client::{
    ErrorKind, ExposeSecret, HarborClient,
    harbor::{
        Login, NewProject, NewRegistry, NewWebhookPolicy, NewWebhookTarget, ProjectId, ProjectQuery,
        RegistryChange, RegistryCredential, RegistryId, RegistryKind, WebhookEventKind, WebhookPolicyId,
    },
    notification::HeaderSecret,
    transport::{Request, Response, TransportError, TransportErrorKind},
};
use tracing::Dispatch;

/// What another registry is logged in to with. In JSON it is written otherwise.
const OTHER: &str = "OTHER\"CANARY0815";
const OTHER_IN_JSON: &str = "OTHER\\\"CANARY0815";

/// What webhooks are told by.
const HEADER: &str = "Bearer HEADERCANARY2342";

/// `paas:PASSWORDCANARY4711`.
const ENCODED: &str = "cGFhczpQQVNTV09SRENBTkFSWTQ3MTE=";

fn assert_clean(text: &str) {
    for secret in [PASSWORD, ENCODED, OTHER, OTHER_IN_JSON, "CANARY0815", "HEADERCANARY2342"] {
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
fn secrets_that_are_sent_for_others_show_nowhere() {
    let log = Log::default();
    let _second = Dispatch::new(Log::default());
    let guard = tracing::subscriber::set_default(log.clone());
    tracing::callsite::rebuild_interest_cache();
    let credential = || RegistryCredential::basic("robot$copy", OTHER);
    let registry =
        NewRegistry::new("production", RegistryKind::Harbor, "https://b.bank.test").credential(credential());
    let change = RegistryChange::default().credential(credential());
    let target = NewWebhookTarget::new("https://paas.bank.test", HeaderSecret::new(HEADER).unwrap());
    let policy = NewWebhookPolicy::new("paas", target, [WebhookEventKind::Pushed]);
    assert_clean(&format!("{registry:?} {change:?} {policy:?}"));
    for n in 0..echoes("").len() {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |request: &Request| {
            let sent = String::from_utf8(request.body.clone().unwrap_or_default()).unwrap();
            let words = match (sent.contains("HEADERCANARY"), sent.contains("CANARY0815")) {
                (true, _) => format!("{HEADER} {PASSWORD} {}", HEADER.trim_start_matches("Bearer ")),
                // Once as it is, and once escaped: for a place in JSON, and for what escapes once more.
                (_, true) => format!("{OTHER_IN_JSON} {PASSWORD}"),
                _ => PASSWORD.to_owned(),
            };
            echoes(&words).swap_remove(n)
        });
        let results = time.run(async {
            let (id, project) = (RegistryId::new(3), ProjectId::new(7));
            vec![
                client.create_registry(&registry).await.map(drop),
                client.update_registry(id, &change).await,
                client.ping_new_registry(&registry).await,
                client.create_webhook_policy(project, &policy).await.map(drop),
                client.update_webhook_policy(project, WebhookPolicyId::new(8), &policy).await,
            ]
        });
        assert!(results.iter().any(Result::is_err), "{n}");
        for error in results.into_iter().filter_map(Result::err) {
            assert_clean(&format!("{error} {error:?} {:?}", error.request_id()));
        }
        assert_clean(&format!("{client:?} {:?}", server.requests()));
        assert!(server.requests().iter().any(|request| {
            String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()).contains("CANARY")
        }));
    }
    drop(guard);
    assert_clean(&log.text());
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
