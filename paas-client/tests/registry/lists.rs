//! Tags and repositories, page by page.

use super::{asked, canned, refused, shop};
use crate::virtual_time::VirtualTime;
use paas_client::{ErrorKind, Limits, RegistryClient, transport::Response};

fn run<T: 'static>(
    answer: impl Fn(&str) -> Response + Send + Sync + 'static,
    list: impl Fn(&RegistryClient) -> paas_client::Items<T>,
) -> (paas_client::Result<Vec<T>>, Vec<String>) {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), move |request| Ok(answer(request.query())));
    let found = time.run(list(&client).collect_all());
    (found, asked(&server))
}

#[test]
fn links_are_followed_to_the_end_at_our_own_address() {
    let (found, asked) = run(
        |query| match query {
            "n=1000" => Response::new(200, r#"{"name":"team-a/shop","tags":["1","2"]}"#)
                .header("Link", r#"</v2/team-a/shop/tags/list?last=2&n=1000>; rel="next""#),
            "last=2&n=1000" => Response::new(200, r#"{"name":"team-a/shop","tags":[]}"#)
                .header("Link", r#"<https://elsewhere.example/v2/x?n=2&last=3%2F&token=x>; rel=next"#),
            _ => Response::new(200, r#"{"name":"team-a/shop","tags":["4"]}"#),
        },
        |client| client.tags(&shop()),
    );
    let found: Vec<String> = found.unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(found, ["1", "2", "4"]);
    assert_eq!(
        asked,
        ["GET /tags/list?n=1000", "GET /tags/list?last=2&n=1000", "GET /tags/list?n=2&last=3%2F&token=x"]
    );
}

#[test]
fn pages_without_an_end_end() {
    let (found, asked) = run(
        |_| {
            Response::new(200, r#"{"repositories":["a"]}"#)
                .header("Link", r#"</v2/_catalog?last=a>; rel="next""#)
        },
        RegistryClient::repositories,
    );
    let error = found.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
    assert!(error.to_string().contains("no end"), "{error}");
    assert_eq!(asked.len(), 2);
}

#[test]
fn what_is_no_list_is_not_taken_for_an_empty_one() {
    for (answer, expected) in [
        (Response::new(200, r#"{"name":"x","tags":null}"#), None),
        (Response::new(200, r#"{"name":"x","tags":[]}"#), None),
        (Response::new(200, "{}"), Some(ErrorKind::Protocol)),
        (Response::new(200, "[]"), Some(ErrorKind::Protocol)),
        (Response::new(200, r#"{"tags":["a b"]}"#), Some(ErrorKind::Protocol)),
        (Response::new(200, r#"{"tags":[7]}"#), Some(ErrorKind::Protocol)),
        (Response::new(200, r#"{"tags":["a""#), Some(ErrorKind::Interrupted)),
        (Response::new(200, "<html>"), Some(ErrorKind::Protocol)),
        (refused(404, "NAME_UNKNOWN", "no"), Some(ErrorKind::NotFound)),
        (refused(403, "DENIED", "no"), Some(ErrorKind::Forbidden)),
    ] {
        let body = answer.body.clone();
        let (found, _) = run(move |_| answer.clone(), |client| client.tags(&shop()));
        assert_eq!(found.err().map(|error| error.kind()), expected, "{}", String::from_utf8_lossy(&body));
    }
}

#[test]
fn pages_are_no_larger_than_registries_give() {
    for (page, asked_for) in [(0, 1), (7, 7), (5_000, 1_000)] {
        let time = VirtualTime::default();
        let (builder, server) =
            super::builder(time.clone(), |_| Ok(Response::new(200, r#"{"repositories":[]}"#)));
        let client = builder.limits(Limits { page, ..Limits::default() }).build().unwrap();
        time.run(client.repositories().collect_all()).unwrap();
        assert_eq!(asked(&server), [format!("GET /v2/_catalog?n={asked_for}")]);
    }
}
