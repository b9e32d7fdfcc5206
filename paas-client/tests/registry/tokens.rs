//! Tokens of an endpoint.

use super::{PASSWORD, TOKEN, asked, builder, canned, challenged, image, login, refused, shop, shown, tag};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, RegistryClient, RetryPolicy,
    registry::{Digest, RegistryLogin, UploadBody},
    transport::{Canned, Request, Response},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::path};

const CHALLENGE: &str = r#"Bearer realm="https://tokens.example/token?tenant=a",service="the registry",scope="repository:team-a/shop:pull""#;

/// An endpoint that gives a token with a number.
fn endpoint(count: &AtomicU32, more: &str) -> Response {
    let number = count.fetch_add(1, Ordering::Relaxed);
    Response::new(200, format!(r#"{{"token":"{TOKEN}-{number}"{more}}}"#))
}

/// A registry that takes the token of this number and no other.
fn registry(request: &Request, number: u32) -> Response {
    if shown(request) != Some(&format!("Bearer {TOKEN}-{number}")) {
        return challenged(&format!(r#"{CHALLENGE},error="invalid_token""#));
    }
    if request.path() == "/v2/" { Response::new(200, "{}") } else { image() }
}

fn is_endpoint(request: &Request) -> bool {
    request.url.starts_with("https://tokens.example/token")
}

/// What the endpoint was asked.
fn asked_of_endpoint(server: &Canned) -> Vec<String> {
    server
        .requests()
        .iter()
        .filter(|request| is_endpoint(request))
        .map(|request| request.query().to_owned())
        .collect()
}

#[test]
fn an_endpoint_is_asked_with_the_password_for_the_scopes_of_the_call() {
    let time = VirtualTime::default();
    let count = AtomicU32::new(0);
    let (builder, server) = builder(time.clone(), move |request| {
        Ok(if is_endpoint(request) { endpoint(&count, "") } else { registry(request, 0) })
    });
    let client = builder.build().unwrap();
    assert!(time.run(client.manifest(&shop(), &tag())).unwrap().is_some());
    assert_eq!(
        asked_of_endpoint(&server),
        ["tenant=a&service=the+registry&scope=repository%3Ateam-a%2Fshop%3Apull&account=anna"]
    );
    let requests = server.requests();
    let shown: Vec<Option<&str>> = requests.iter().map(shown).collect();
    let basic = format!("Basic {}", "YW5uYTpQQVNTV09SRENBTkFSWTQ3MTE=");
    let bearer = format!("Bearer {TOKEN}-0");
    assert_eq!(shown, [None, Some(basic.as_str()), Some(bearer.as_str())]);
}

#[test]
fn a_token_is_kept_and_renewed_before_its_end() {
    let time = VirtualTime::default();
    let (count, good) = (AtomicU32::new(0), Arc::new(AtomicU32::new(0)));
    let taken = good.clone();
    let (builder, server) = builder(time.clone(), move |request| {
        Ok(if is_endpoint(request) {
            endpoint(&count, "")
        } else {
            registry(request, taken.load(Ordering::Relaxed))
        })
    });
    let client = builder.build().unwrap();
    let read = || time.run(client.manifest(&shop(), &tag())).unwrap().unwrap();
    read();
    // It lives a minute if nobody says otherwise, and is renewed ten seconds before.
    time.pass(Duration::from_secs(49));
    read();
    assert_eq!(asked_of_endpoint(&server).len(), 1);
    time.pass(Duration::from_secs(2));
    good.store(1, Ordering::Relaxed);
    read();
    assert_eq!(asked_of_endpoint(&server).len(), 2);
    // One that ended before its time is renewed when it is refused.
    time.pass(Duration::from_secs(5));
    good.store(2, Ordering::Relaxed);
    read();
    assert_eq!(asked_of_endpoint(&server).len(), 3);
}

#[test]
fn a_registry_that_takes_no_token_is_not_asked_for_ever() {
    let time = VirtualTime::default();
    let (count, passed) = (AtomicU32::new(0), time.clone());
    let (builder, server) = builder(time.clone(), move |request| {
        // Each answer takes so long that no token is young when it is refused.
        passed.pass(Duration::from_secs(3));
        Ok(if is_endpoint(request) { endpoint(&count, "") } else { registry(request, 99) })
    });
    let client = builder.build().unwrap();
    let error = time.run(client.manifest(&shop(), &tag())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized, "{error}");
    assert!(error.to_string().contains("does not accept the token that its own endpoint gave"), "{error}");
    assert_eq!((asked(&server).len(), asked_of_endpoint(&server).len()), (4, 2));
}

#[test]
fn what_a_token_does_not_allow_is_forbidden() {
    for fault in [r#",error="insufficient_scope""#, ""] {
        let time = VirtualTime::default();
        let count = AtomicU32::new(0);
        let (builder, server) = builder(time.clone(), move |request| {
            Ok(if is_endpoint(request) {
                endpoint(&count, "")
            } else {
                challenged(&format!("{CHALLENGE}{fault}"))
            })
        });
        let client = builder.build().unwrap();
        let error = time.run(client.manifest(&shop(), &tag())).unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(401)), "{error}");
        assert!(!error.is_retryable());
        assert_eq!(asked_of_endpoint(&server).len(), 1, "{fault}");
        assert_eq!(asked(&server).len(), 2);
    }
}

#[test]
fn what_the_registry_wants_beyond_what_was_thought_is_asked_for() {
    let time = VirtualTime::default();
    let count = AtomicU32::new(0);
    let (builder, server) = builder(time.clone(), move |request| {
        let wider = CHALLENGE.replace(":pull\"", ":pull,inspect project:team-a:use\"");
        Ok(match shown(request) {
            _ if is_endpoint(request) => endpoint(&count, r#","expires_in":300"#),
            Some(token) if token.ends_with("-1") => image(),
            _ => challenged(&format!(r#"{wider},error="insufficient_scope""#)),
        })
    });
    let client = builder.build().unwrap();
    assert!(time.run(client.manifest(&shop(), &tag())).unwrap().is_some());
    let scopes: Vec<String> = asked_of_endpoint(&server)
        .iter()
        .map(|query| {
            url::form_urlencoded::parse(query.as_bytes())
                .filter(|(name, _)| name == "scope")
                .map(|(_, scope)| scope.into_owned())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(
        scopes,
        ["repository:team-a/shop:pull", "project:team-a:use repository:team-a/shop:inspect,pull"]
    );
}

#[test]
fn a_password_goes_to_no_endpoint_in_clear() {
    // Where the registry is, what else is allowed, the endpoint, whether it may be asked.
    for (url, plain, realm, may) in [
        ("https://registry.example", false, "https://tokens.example/token", true),
        ("https://registry.example", false, "http://tokens.example/token", false),
        ("https://registry.example", false, "http://localhost/token", false),
        ("https://registry.example", true, "http://tokens.example/token", true),
        ("http://127.0.0.1:5000", false, "http://127.0.0.1:5001/token", true),
        ("http://127.0.0.1:5000", false, "http://tokens.example/token", false),
        ("https://registry.example", false, "https://anna:x@tokens.example/token", false),
        ("https://registry.example", false, "ftp://tokens.example/token", false),
        ("https://registry.example", false, "/token", false),
        ("https://registry.example", false, "", false),
    ] {
        let time = VirtualTime::default();
        let (builder, server) = builder(time.clone(), move |request| {
            if request.path() == "/token" {
                return Ok(Response::new(200, r#"{"token":"abc"}"#));
            }
            Ok(match shown(request) {
                Some("Bearer abc") => image(),
                _ => challenged(&format!(r#"Bearer realm="{realm}""#)),
            })
        });
        // The first address is that of the test.
        let server_of_url =
            RegistryClient::builder().url(url).login(login()).transport(server.clone()).clock(time.clone());
        drop(builder);
        let builder = if plain { server_of_url.allow_plain_http() } else { server_of_url };
        let result = time.run(builder.build().unwrap().manifest(&shop(), &tag()));
        assert_eq!(result.is_ok(), may, "{url} {realm} {result:?}");
        let asked = server.requests().iter().filter(|request| request.path() == "/token").count();
        assert_eq!(asked, usize::from(may), "{url} {realm}");
        if let Err(error) = result {
            assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
            assert_eq!(error.operation(), "manifest");
        }
    }
}

#[test]
fn a_failing_endpoint_fails_the_call_in_its_own_words() {
    for (answer, kind, words) in [
        (Response::new(503, ""), ErrorKind::Server, "no token: the server failed"),
        (refused(401, "UNAUTHORIZED", "no"), ErrorKind::Unauthorized, "does not accept the login"),
        (challenged(CHALLENGE), ErrorKind::Unauthorized, "does not accept the login"),
        (
            refused(429, "TOOMANYREQUESTS", "no").header("Retry-After", "70"),
            ErrorKind::RateLimited,
            "no token",
        ),
        (Response::new(404, "<html>"), ErrorKind::Protocol, "no token"),
        (Response::new(200, "{}"), ErrorKind::Protocol, "gives no token"),
        (Response::new(200, "<html>"), ErrorKind::Protocol, "no token"),
        (
            Response::new(307, "").header("Location", "https://elsewhere.example/"),
            ErrorKind::Redirect,
            "no token",
        ),
    ] {
        let time = VirtualTime::default();
        let given = answer.clone();
        let (builder, server) = builder(time.clone(), move |request| {
            Ok(if is_endpoint(request) { given.clone() } else { challenged(CHALLENGE) })
        });
        let client = builder.build().unwrap();
        let error = time.run(client.start_upload(&shop())).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(error.operation(), "start_upload");
        assert!(!error.outcome_unknown() && !format!("{error:?}").contains(PASSWORD));
        assert_eq!(error.endpoint(), Some("https://tokens.example"));
        assert!(asked(&server).iter().all(|line| !line.starts_with("POST")), "{:?}", asked(&server));
        // Who asks right afterwards is not made to wait for the same.
        let before = server.requests().len();
        time.run(client.start_upload(&shop())).unwrap_err();
        assert_eq!(server.requests().len(), before);
    }
}

#[tokio::test]
async fn however_many_ask_at_once_the_endpoint_is_asked_once() {
    let server = MockServer::start().await;
    let challenge = format!(r#"Bearer realm="{}/token",service="s""#, server.uri());
    let token = ResponseTemplate::new(200)
        .set_body_string(r#"{"token":"abc"}"#)
        .set_delay(Duration::from_millis(100));
    Mock::given(path("/token")).respond_with(token).expect(1).mount(&server).await;
    let bearer = wiremock::matchers::header("authorization", "Bearer abc");
    let size = ResponseTemplate::new(200).insert_header("content-length", "0");
    Mock::given(bearer).respond_with(size).mount(&server).await;
    let refused = ResponseTemplate::new(401).insert_header("www-authenticate", challenge.as_str());
    Mock::given(path("/v2/")).respond_with(refused).expect(1).mount(&server).await;

    let client = RegistryClient::builder().url(server.uri()).login(login()).build().unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.blob_size(&shop(), &Digest::of("")).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), Some(0));
    }
    server.verify().await;
}

#[test]
fn tokens_do_not_pile_up() {
    let time = VirtualTime::default();
    let count = AtomicU32::new(0);
    let (builder, server) = builder(time.clone(), move |request| {
        Ok(match shown(request) {
            _ if is_endpoint(request) => endpoint(&count, r#","expires_in":300"#),
            Some(_) => image(),
            None => challenged(CHALLENGE),
        })
    });
    let client = builder.build().unwrap();
    let repository = |number: u32| format!("team-a/shop-{number}").parse().unwrap();
    for number in 0..1_100 {
        time.pass(Duration::from_millis(1));
        time.run(client.manifest(&repository(number), &tag())).unwrap();
    }
    assert!(format!("{client:?}").contains("Tokens(1024)"), "{client:?}");
    // The youngest are kept.
    let before = asked_of_endpoint(&server).len();
    for number in 200..1_100 {
        time.run(client.manifest(&repository(number), &tag())).unwrap();
    }
    assert_eq!(asked_of_endpoint(&server).len(), before);
    time.pass(Duration::from_secs(400));
    time.run(client.manifest(&repository(7), &tag())).unwrap();
    assert!(format!("{client:?}").contains("Tokens(1)"), "{client:?}");
}

#[test]
fn a_token_that_ends_in_the_middle_of_an_upload_lets_it_be_tried_again() {
    let time = VirtualTime::default();
    let (count, good) = (AtomicU32::new(0), Arc::new(AtomicU32::new(0)));
    let taken = good.clone();
    let (builder, server) = builder(time.clone(), move |request| {
        if is_endpoint(request) {
            return Ok(endpoint(&count, r#","expires_in":300"#));
        }
        let answer = registry(request, taken.load(Ordering::Relaxed));
        Ok(match (request.method.as_str(), answer.status) {
            ("POST", 200) => Response::new(202, "").header("Location", "/v2/team-a/shop/blobs/uploads/1"),
            ("PUT", 200) => Response::new(201, ""),
            _ => answer,
        })
    });
    let client = builder.retry(RetryPolicy::default()).build().unwrap();
    let digest = Digest::of("a layer");
    let mut upload = time.run(client.start_upload(&shop())).unwrap();
    good.store(1, Ordering::Relaxed);
    time.pass(Duration::from_secs(30));
    let body = || Some(UploadBody::whole("a layer"));
    let error = time.run(client.finish_upload(&mut upload, &digest, body())).unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Interrupted, Some(401)), "{error}");
    assert!(error.is_retryable() && !error.outcome_unknown());
    // The body is spent. Whoever tries again asks first, and that renews the token.
    time.run(client.upload_whole(&shop(), &digest, UploadBody::whole("a layer"))).unwrap();
    assert_eq!(asked_of_endpoint(&server).len(), 2);

    // What is not allowed is not tried again.
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |request| {
        Ok(match request.method.as_str() {
            "POST" => Response::new(202, "").header("Location", "/v2/team-a/shop/blobs/uploads/1"),
            _ => challenged("Basic realm=\"x\""),
        })
    });
    let other = RegistryLogin::anonymous();
    assert_eq!(format!("{other:?}"), "RegistryLogin::Anonymous");
    let error = time.run(client.upload_whole(&shop(), &digest, UploadBody::whole("a layer"))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted, "the next try gives the password: {error}");
}

#[test]
fn one_token_serves_for_looking_and_pushing_where_that_is_told() {
    for (pushes, tokens) in [(false, 2), (true, 1)] {
        let time = VirtualTime::default();
        let count = AtomicU32::new(0);
        let (builder, server) = builder(time.clone(), move |request| {
            Ok(match (shown(request), request.method.as_str()) {
                _ if is_endpoint(request) => endpoint(&count, r#","expires_in":300"#),
                (None, _) => challenged(CHALLENGE),
                (_, "POST") => Response::new(202, "").header("Location", "/u"),
                _ => image(),
            })
        });
        let builder = if pushes { builder.for_pushing() } else { builder };
        let client = builder.build().unwrap();
        time.run(client.manifest(&shop(), &tag())).unwrap();
        time.run(client.start_upload(&shop())).unwrap();
        time.run(client.manifest(&shop(), &tag())).unwrap();
        assert_eq!(asked_of_endpoint(&server).len(), tokens);
    }
}

/// One endpoint may give tokens for several registries. One that is not to be trusted must get none by which it could write
/// elsewhere in our name.
#[test]
fn a_registry_that_is_read_gets_no_token_to_write_with() {
    let wanted = "repository:bank/core:pull,push,delete repository:bank/other:* registry:catalog:* \
                  repository:team-a/shop:pull,push";
    let challenge =
        format!(r#"Bearer realm="https://tokens.example/token",service="another",scope="{wanted}""#);
    let time = VirtualTime::default();
    let count = AtomicU32::new(0);
    let (builder, server) = builder(time.clone(), move |request| {
        Ok(if is_endpoint(request) { endpoint(&count, "") } else { challenged(&challenge) })
    });
    let client = builder.build().unwrap();
    time.run(client.manifest(&shop(), &tag())).unwrap_err();
    let asked = asked_of_endpoint(&server);
    assert!(!asked.is_empty());
    for query in asked {
        for word in ["push", "delete", "*", "%2A"] {
            assert!(!query.contains(word), "{query}");
        }
    }
    // Who writes in one repository is to write in no other.
    time.run(client.start_upload(&shop())).unwrap_err();
    let asked = asked_of_endpoint(&server);
    let last = asked.last().unwrap();
    assert!(last.contains("scope=repository%3Ateam-a%2Fshop%3Apull%2Cpush"), "{last}");
    assert!(!last.contains("bank%2Fcore%3Apull%2Cpush") && !last.contains("delete"), "{last}");
}
