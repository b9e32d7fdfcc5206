//! What a real registry said, word for word.

use super::{URL, builder, login, shown};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind, RegistryClient,
    registry::{Digest, Mount},
    transport::Response,
};
use serde_json::Value;
use std::{fs, path::Path};

/// A refusal of the samples.
fn sample(all: &Value, name: &str) -> Response {
    let status = all[name][0].as_u64().unwrap();
    let mut answer = Response::new(u16::try_from(status).unwrap(), all[name][2].as_str().unwrap());
    for (name, value) in all[name][1].as_object().unwrap() {
        answer = answer.header(name, value.as_str().unwrap());
    }
    answer
}

#[test]
fn the_challenges_of_a_real_registry_are_understood() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/registry/bearer-token-flow.json");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: there are no samples at {}", path.display());
        return;
    };
    let all: Value = serde_json::from_str(&text).unwrap();
    let repository = "prod/img1".parse().unwrap();
    let other = "team-a/img1".parse().unwrap();
    // Each sample is the answer to all but a token that has a number.
    for (name, good, kind) in [
        ("manifest_401_no_token", 0, None),
        ("push_401_insufficient_scope", 9, Some(ErrorKind::Forbidden)),
        ("push_401_insufficient_scope", 1, None),
        ("mount_401_scopes", 1, None),
        ("expired", 9, Some(ErrorKind::Unauthorized)),
        ("expired", 1, None),
        ("catalog_401", 9, Some(ErrorKind::Forbidden)),
    ] {
        let time = VirtualTime::default();
        let (ping, refusal) = (sample(&all, "ping_401"), sample(&all, name));
        let count = std::sync::atomic::AtomicU32::new(0);
        let clock = time.clone();
        let (_, server) = builder(time.clone(), move |request| {
            clock.pass(std::time::Duration::from_secs(2));
            if request.path() == "/token" {
                assert!(
                    request.url.starts_with("http://127.0.0.1:5098/token?service=reg-d"),
                    "{}",
                    request.url
                );
                let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                return Ok(Response::new(200, format!(r#"{{"token":"t-{number}"}}"#)));
            }
            Ok(match shown(request) {
                None => ping.clone(),
                Some(token) if token == format!("Bearer t-{good}") => {
                    Response::new(201, "{}").header("Location", "/v2/prod/img1/blobs/uploads/1?_state=a%3D")
                }
                Some(_) => refusal.clone(),
            })
        });
        let client = RegistryClient::builder()
            .url(URL)
            .login(login())
            .allow_plain_http()
            .transport(server.clone())
            .clock(time.clone())
            .build()
            .unwrap();
        let result = time.run(client.mount_blob(&repository, &Digest::of("x"), &other));
        match kind {
            None => assert!(matches!(result.unwrap(), Mount::Mounted), "{name}"),
            Some(kind) => {
                let error = result.unwrap_err();
                assert_eq!((error.kind(), error.status()), (kind, Some(401)), "{name} {error}");
                assert_eq!(error.server_code(), Some("UNAUTHORIZED"));
            }
        }
        assert!(server.requests().len() < 14, "{name} {}", server.requests().len());
    }
}

#[test]
fn a_manifest_of_a_real_registry_is_described_as_it_says() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/registry/bearer-token-flow.json");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: there are no samples at {}", path.display());
        return;
    };
    let all: Value = serde_json::from_str(&text).unwrap();
    let mut head = sample(&all, "manifest_200_pull_token");
    head.body.clear();
    let time = VirtualTime::default();
    let (builder, _) = builder(time.clone(), move |_| Ok(head.clone()));
    let client = builder.build().unwrap();
    let tag = "1.0".parse().unwrap();
    let described =
        time.run(client.manifest_descriptor(&"team-a/img1".parse().unwrap(), &tag)).unwrap().unwrap();
    assert_eq!(described.size, 908);
    assert_eq!(
        described.digest.to_string(),
        "sha256:d94830530109a87be6ca9096b78f5343d7994c07acf5d298969f5b0acdafd369"
    );
}
