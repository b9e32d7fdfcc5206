//! How a registry wants to be shown who asks.

use super::{PASSWORD, URL, USER, asked, builder, challenged, image, login, refused, shop, shown, tag};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, RegistryClient,
    registry::RegistryLogin,
    transport::{Canned, Request, Response},
};

const BASIC: &str = "Basic YW5uYTpQQVNTV09SRENBTkFSWTQ3MTE=";

/// A registry that wants a password.
fn with_password(request: &Request) -> Response {
    match shown(request) {
        Some(BASIC) if request.path() == "/v2/" => Response::new(200, "{}"),
        Some(BASIC) => image(),
        _ => challenged(r#"Basic realm="registry""#),
    }
}

#[test]
fn a_password_is_given_when_it_is_asked_for_and_then_at_once() {
    let time = VirtualTime::default();
    let (builder, server) = builder(time.clone(), |request| Ok(with_password(request)));
    let client = builder.build().unwrap();
    for _ in 0..3 {
        assert!(time.run(client.manifest(&shop(), &tag())).unwrap().is_some());
    }
    time.run(client.ping()).unwrap();
    let requests = server.requests();
    let given: Vec<bool> = requests.iter().map(|request| shown(request).is_some()).collect();
    assert_eq!(given, [false, true, true, true, true]);
    assert_eq!(asked(&server), ["GET /manifests/1.0"; 3]);
}

#[test]
fn who_is_wrong_or_nobody_is_refused_at_once() {
    for login in
        [RegistryLogin::anonymous(), RegistryLogin::user(USER, "wrong"), RegistryLogin::token("a-token")]
    {
        let time = VirtualTime::default();
        let (builder, server) = builder(time.clone(), |request| Ok(with_password(request)));
        let client = builder.login(login.clone()).build().unwrap();
        let error = time.run(client.manifest(&shop(), &tag())).unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Unauthorized, Some(401)), "{login:?} {error}");
        assert_eq!(error.operation(), "manifest");
        assert_eq!(asked(&server).len(), 1, "{login:?}");
    }
}

#[test]
fn a_token_of_ones_own_is_given_at_once() {
    let time = VirtualTime::default();
    let (builder, server) = builder(time.clone(), |request| {
        Ok(if shown(request) == Some("Bearer my-own-token") { image() } else { Response::new(500, "") })
    });
    let client = builder.login(RegistryLogin::token("my-own-token")).build().unwrap();
    assert!(time.run(client.manifest(&shop(), &tag())).unwrap().is_some());
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_login_that_nobody_here_knows_is_told() {
    let time = VirtualTime::default();
    for challenge in ["Negotiate", "Digest realm=\"x\", qop=\"auth\"", ""] {
        let (builder, server) = builder(time.clone(), move |_| Ok(challenged(challenge)));
        let client = builder.build().unwrap();
        let error = time.run(client.manifest(&shop(), &tag())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unauthorized, "{error}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn a_registry_that_cannot_be_asked_how_it_wants_it_fails_all_who_wait_and_is_asked_again_later() {
    let time = VirtualTime::default();
    let (builder, server) = builder(time.clone(), |_| Ok(Response::new(503, "")));
    let client = builder.build().unwrap();
    let error = time.run(client.manifest(&shop(), &tag())).unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.operation()), (ErrorKind::Server, 5, "manifest"));
    assert!(error.is_retryable() && !error.outcome_unknown());
    let error = time.run(client.start_upload(&shop())).unwrap_err();
    // Nothing of it was sent.
    assert!(error.kind() == ErrorKind::Server && !error.outcome_unknown(), "{error}");
    assert_eq!(server.requests().len(), 5);
    time.pass(std::time::Duration::from_secs(2));
    time.run(client.start_upload(&shop())).unwrap_err();
    assert_eq!(server.requests().len(), 10);
}

#[test]
fn a_registry_without_that_page_is_asked_for_the_thing_itself() {
    for status in [403, 404, 405] {
        let time = VirtualTime::default();
        let (builder, server) = builder(time.clone(), move |request| {
            Ok(match request.path() {
                "/v2/" => refused(status, "ANY", "no"),
                _ => with_password(request),
            })
        });
        let client = builder.build().unwrap();
        assert!(time.run(client.manifest(&shop(), &tag())).unwrap().is_some());
        assert_eq!(asked(&server).len(), 2);
    }
}

#[test]
fn only_a_registry_answers_a_ping() {
    for (answer, expected) in [
        (Response::new(200, "{}"), None),
        (Response::new(200, ""), None),
        (Response::new(200, "true").header("Docker-Distribution-Api-Version", "registry/2.0"), None),
        (Response::new(200, "<html><title>Log in</title>"), Some(ErrorKind::Protocol)),
        (Response::new(404, "<html>"), Some(ErrorKind::Protocol)),
        (Response::new(502, "<html>"), Some(ErrorKind::Server)),
        (
            Response::new(301, "").header("Location", "https://elsewhere.example/v2/"),
            Some(ErrorKind::Redirect),
        ),
    ] {
        let time = VirtualTime::default();
        let (builder, _) = builder(time.clone(), move |_| Ok(answer.clone()));
        let result = time.run(builder.build().unwrap().ping());
        assert_eq!(result.err().map(|error| error.kind()), expected);
    }
}

#[test]
fn a_client_that_cannot_work_is_not_made() {
    let builder =
        || RegistryClient::builder().url(URL).transport(Canned::new(|_| Ok(Response::new(200, ""))));
    for (builder, words) in [
        (RegistryClient::builder(), "no address"),
        (RegistryClient::builder().url("http://registry.example"), "in clear"),
        (RegistryClient::builder().url("https://anna:hidden@registry.example"), "user or password"),
        (builder().login(RegistryLogin::user("", PASSWORD)), "the name of the login is empty"),
        (builder().login(RegistryLogin::user("a:b", PASSWORD)), "`:`"),
        (builder().login(RegistryLogin::user(USER, "abc")), "fewer than 4"),
        (builder().login(RegistryLogin::token("two words")), "printable"),
        (builder().login(RegistryLogin::token("")), "fewer than 4"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Configuration, "client.registry.configuration"));
        assert!(error.to_string().contains(words) && !error.to_string().contains("hidden"), "{error}");
    }
    assert!(builder().login(login()).build().is_ok());
    let plain = RegistryClient::builder().url("http://registry.example:5000/v2/").allow_plain_http();
    assert!(plain.build().is_ok());
}
