//! Registries that send elsewhere for blobs.

use super::{PASSWORD, builder, canned, image, login, shop, shown, tag};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, RegistryClient,
    registry::Digest,
    transport::{Request, Response},
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, header_exists, method, path, query_param},
};

const CONTENT: &str = "the content of a layer";

#[tokio::test]
async fn another_storage_is_asked_without_credentials() {
    let storage = MockServer::start().await;
    let content = ResponseTemplate::new(200).set_body_string(CONTENT);
    let rest = ResponseTemplate::new(206)
        .set_body_string(&CONTENT[4..])
        .insert_header("content-range", "bytes 4-21/22");
    Mock::given(method("GET"))
        .and(header("range", "bytes=4-"))
        .and(query_param("signature", "x/y"))
        .respond_with(rest)
        .mount(&storage)
        .await;
    Mock::given(query_param("signature", "x/y")).respond_with(content).mount(&storage).await;

    for status in [301, 302, 303, 307, 308] {
        let registry = MockServer::start().await;
        let elsewhere = format!("{}/bucket/layer?signature=x%2Fy", storage.uri());
        let sent = ResponseTemplate::new(status).insert_header("location", elsewhere.as_str());
        Mock::given(header_exists("authorization"))
            .and(path("/moved"))
            .respond_with(sent)
            .mount(&registry)
            .await;
        // Within the registry the login goes along.
        let near = ResponseTemplate::new(307).insert_header("location", "/moved");
        Mock::given(header_exists("authorization")).respond_with(near).mount(&registry).await;
        let basic = ResponseTemplate::new(401).insert_header("www-authenticate", "Basic realm=\"x\"");
        Mock::given(path("/v2/")).respond_with(basic).mount(&registry).await;

        let client = RegistryClient::builder().url(registry.uri()).login(login()).build().unwrap();
        let digest = Digest::of(CONTENT);
        for from in [0, 4] {
            let mut blob = client.blob(&shop(), &digest, from).await.unwrap();
            let mut text = String::new();
            while let Some(chunk) = blob.next().await {
                text.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
            }
            assert_eq!(text, CONTENT[usize::try_from(from).unwrap()..]);
        }
        assert_eq!(client.blob_size(&shop(), &digest).await.unwrap(), Some(22));
    }
    let requests = storage.received_requests().await.unwrap();
    assert_eq!(requests.len(), 15);
    for request in requests {
        assert!(!request.headers.contains_key("authorization"), "{:?}", request.headers);
        assert!(!request.url.as_str().contains(PASSWORD));
    }
}

#[test]
fn redirects_end_and_stay_with_tls() {
    for (location, words) in [
        ("https://registry.example/again", "more than 5 times"),
        ("https://elsewhere.example/again", "more than 5 times"),
        ("http://registry.example/again", "`https:` to `http:`"),
        ("http://elsewhere.example/?token=CANARY", "`https:` to `http:`"),
        ("ftp://elsewhere.example/CANARY", "sends us to"),
        ("", "nowhere"),
    ] {
        let time = VirtualTime::default();
        let (client, server) = canned(time.clone(), move |_| {
            let answer = Response::new(307, "");
            Ok(if location.is_empty() { answer } else { answer.header("Location", location) })
        });
        for error in [
            time.run(client.blob(&shop(), &Digest::of("x"), 0)).unwrap_err(),
            time.run(client.blob_size(&shop(), &Digest::of("x"))).unwrap_err(),
            time.run(client.manifest(&shop(), &tag())).unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Redirect, Some(307)), "{error}");
            assert!(error.to_string().contains(words), "{error}");
            assert!(!format!("{error:?}").contains("token="), "{error:?}");
        }
        assert!(server.requests().len() <= 1 + 3 * 6);
        assert!(server.requests().iter().all(|request| !request.url.starts_with("http:")));
        // What changes something is never sent elsewhere.
        let before = server.requests().len();
        let error = time.run(client.start_upload(&shop())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert_eq!(server.requests().len(), before + 1);
    }
}

#[test]
fn the_storage_says_nothing_about_what_the_registry_has() {
    for (answer, kind) in [
        (Response::new(404, "<?xml?><Error><Code>NoSuchKey</Code></Error>"), ErrorKind::Protocol),
        (Response::new(403, "<?xml?><Error><Code>AccessDenied</Code></Error>"), ErrorKind::Forbidden),
        (Response::new(401, "").header("WWW-Authenticate", "Basic realm=\"x\""), ErrorKind::Unauthorized),
        (Response::new(503, "<?xml?><Error><Code>SlowDown</Code></Error>"), ErrorKind::Server),
    ] {
        let time = VirtualTime::default();
        let (builder, server) = builder(time.clone(), move |request: &Request| {
            Ok(match shown(request) {
                _ if request.url.starts_with("https://storage.example") => answer.clone(),
                Some(_) if request.path() == "/v2/" => Response::new(200, ""),
                Some(_) if request.path().contains("manifests") => image(),
                Some(_) => {
                    Response::new(307, "").header("Location", "https://storage.example/x?signature=CANARY")
                }
                None => super::challenged("Basic realm=\"x\""),
            })
        });
        let client = builder.build().unwrap();
        let error = time.run(client.blob(&shop(), &Digest::of("x"), 0)).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.endpoint(), Some("https://storage.example"));
        assert!(!format!("{error} {error:?}").contains("CANARY"), "{error:?}");
        let elsewhere = server.requests().into_iter().filter(|request| request.url.contains("storage"));
        assert!(elsewhere.into_iter().all(|request| shown(&request).is_none()));
    }
}
