//! Paths: what is let through is what is decided on.

use crate::support::{Keystone, gateway, get, in_project, parts};
use http::Method;
use proptest::prelude::*;

#[tokio::test]
async fn paths_that_servers_read_differently_never_come_to_a_decision() {
    let keystone = Keystone::default().with("t", in_project("u1", "p1", &["admin"]));
    let (gateway, _) = gateway(&keystone);
    for path in [
        "/v1/tenants/p2/../p1/volumes",
        "/v1/tenants/p1/./volumes",
        "/v1/tenants/p1/%2e%2e/volumes",
        "/v1/tenants/p1%2f..%2fp2/volumes",
        "/v1/tenants/p1//volumes",
        "//v1/tenants/p1/volumes",
        "/v1/tenants/p1/volumes;x=/../../p2",
        "/v1/tenants/p1/..;/volumes",
        "/v1/tenants/%70%31/volumes",
        "/v1/tenants/p1%252f/volumes",
        "/v1/tenants/p1%00/volumes",
        "/v1/tenants/p1%5c/volumes",
        "/health/..",
        "/%68ealth",
    ] {
        assert_eq!(get(&gateway, path, "t").await.unwrap_err().status(), 400, "{path}");
    }
    assert_eq!(keystone.asked(), 0);
    for path in ["/v1/tenants/p1/volumes", "/v1/tenants/p1/volumes/", "/v1/tenants/p1/volumes?a=/../b%2f;"] {
        assert!(get(&gateway, path, "t").await.is_ok(), "{path}");
    }
}

/// What a careless server may make of a path: it decodes once more, cuts parameters, normalises.
fn careless(path: &str) -> Vec<String> {
    let decode = |text: &str| {
        let mut out = Vec::new();
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let escaped = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
            match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                Some(byte) => {
                    out.push(byte);
                    at += 3;
                }
                None => {
                    out.push(bytes[at]);
                    at += 1;
                }
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    };
    let normal = |text: &str| {
        let mut segments: Vec<&str> = Vec::new();
        for segment in text.split(['/', '\\']) {
            let segment = segment.split(';').next().unwrap();
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop();
                }
                other => segments.push(other),
            }
        }
        segments.join("/")
    };
    let once = decode(path);
    let twice = decode(&once);
    vec![normal(&once), normal(&twice), decode(&normal(path)), normal(&decode(&normal(path)))]
}

proptest! {
    #[test]
    fn what_is_let_through_is_the_same_path_to_all(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "/", "//", ".", "..", "%2e", "%2F", "%5c", "\\", ";", "%3b", "%25", "2f", "%", "a", "p1", "p2", "tenants",
                "volumes", "/v1/tenants/p1/volumes", "/v1/tenants/", "/volumes", "?", "%20", "%C3%A4", "%61", "@", "%ff",
            ]),
            0..9,
        )
    ) {
        let path = format!("/{}", pieces.concat());
        let path = if path.starts_with("//") { path[1..].to_owned() } else { path };
        let Ok(uri) = path.parse::<http::Uri>() else { return Ok(()) };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let keystone = Keystone::default().with("t", in_project("u1", "p1", &["admin"]));
        runtime.block_on(async {
            let (gateway, _) = gateway(&keystone);
            let mut request = parts(&Method::GET, "/", "t");
            request.uri = uri.clone();
            let Ok(Some(authorized)) = gateway.admit(&mut request).await else { return };
            // Not a byte is different from what came in, and whoever reads it finds the tenant that was decided on.
            assert_eq!(request.uri, uri);
            for read in careless(uri.path()) {
                let segments: Vec<&str> = read.split('/').collect();
                match segments.as_slice() {
                    ["v1", "tenants", tenant, "volumes", ..] => assert_eq!(Some(*tenant), authorized.tenant(), "{uri}"),
                    ["v1", "volumes"] => assert_eq!(authorized.tenant(), Some("p1")),
                    other => panic!("{uri} is read as {other:?}"),
                }
            }
        });
    }
}
