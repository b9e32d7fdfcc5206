//! Lists: all pages, in order, from the configured address only.

use crate::{asked, canned, credentials, environment, over_sockets, virtual_time::VirtualTime};
use paas_client::{
    ErrorKind, Limits, RancherClient,
    rancher::{EnvironmentQuery, ServiceQuery, StackId, StackQuery},
    transport::{Canned, Request, Response},
};
use std::{
    collections::HashMap,
    sync::atomic::{AtomicU32, Ordering},
};
use url::form_urlencoded;
use wiremock::{Mock, MockServer, Request as WireRequest, Respond, ResponseTemplate, matchers::any};

fn parameters(query: &str) -> HashMap<String, String> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// One page of so many services, as a server gives it that believes itself to be at this address.
fn page(total: usize, query: &str, most: usize, address: &str) -> String {
    let parameters = parameters(query);
    let limit = parameters.get("limit").map_or(100, |limit| limit.parse::<usize>().unwrap()).min(most);
    let start = parameters.get("marker").map_or(0, |marker| marker[1..].parse::<usize>().unwrap());
    let end = (start + limit).min(total);
    let data: Vec<String> = (start..end)
        .map(|n| format!(r#"{{"id":"1s{n}","type":"service","name":"service-{n}","state":"active"}}"#))
        .collect();
    let next = if end < total {
        format!(r#""{address}/v2-beta/services?limit={limit}&marker=m{end}""#)
    } else {
        "null".to_owned()
    };
    format!(
        r#"{{"type":"collection","resourceType":"service","data":[{}],"pagination":{{"first":null,"next":{next},"limit":{limit},"partial":{}}}}}"#,
        data.join(","),
        end < total
    )
}

struct Services(usize, usize);

impl Respond for Services {
    fn respond(&self, request: &WireRequest) -> ResponseTemplate {
        let query = request.url.query().unwrap_or_default();
        ResponseTemplate::new(200).set_body_string(page(
            self.0,
            query,
            self.1,
            "http://rancher.internal:8080",
        ))
    }
}

#[tokio::test]
async fn no_list_ends_with_its_first_page() {
    for (total, most, pages) in
        [(0, 3_000, 1), (250, 100, 3), (250, 3_000, 1), (3_500, 3_000, 4), (3_000, 1_000, 3)]
    {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(Services(total, most)).mount(&server).await;
        let environment = over_sockets(&server.uri()).own_environment();
        let services = environment.list_services(&ServiceQuery::default()).collect_all().await.unwrap();
        let names: Vec<_> = services.iter().map(|service| service.name.clone()).collect();
        let expected: Vec<_> = (0..total).map(|n| format!("service-{n}")).collect();
        assert_eq!(names, expected);
        assert_eq!(server.received_requests().await.unwrap().len(), pages, "{total} by {most}");
    }
}

#[test]
fn the_next_page_comes_from_the_configured_address_with_the_same_filters() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request: &Request| {
        Ok(Response::new(200, page(1_001, request.query(), 1_000, "https://evil.example:99/other")))
    });
    let query = ServiceQuery::default().stack("1st7".parse().unwrap());
    let services = time.run(environment(&client).list_services(&query).collect_all()).unwrap();
    assert_eq!(services.len(), 1_001);
    let requests = server.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.url.starts_with("https://rancher.example/v2-beta/projects/1a5/services?"))
    );
    let second = parameters(requests[1].query());
    assert_eq!(
        (second["stackId"].as_str(), second["marker"].as_str(), second["limit"].as_str()),
        ("1st7", "m1000", "1000")
    );
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[1].query().matches("limit=").count(), 1, "{}", requests[1].query());
}

#[test]
fn pages_without_an_end_come_to_one() {
    // The same page again: seen at once.
    let item = r#"{"id":"1st1","type":"stack"}"#;
    let time = VirtualTime::default();
    let same = format!(r#"{{"data":[{item}],"pagination":{{"next":"http://x/stacks?marker=m1"}}}}"#);
    let (client, server) = canned(time.clone(), move |_: &Request| Ok(Response::new(200, same.clone())));
    time.run(environment(&client).list_stacks(&StackQuery::default()).collect_all()).unwrap_err();
    assert_eq!(server.requests().len(), 2);

    // Always another: seen at the limit.
    let count = AtomicU32::new(0);
    let server = Canned::new(move |_| {
        let n = count.fetch_add(1, Ordering::Relaxed);
        let next = format!("http://x/stacks?marker=m{n}");
        Ok(Response::new(200, format!(r#"{{"data":[{item}],"pagination":{{"next":"{next}"}}}}"#)))
    });
    let client = RancherClient::builder()
        .url("https://rancher.example")
        .credentials(credentials())
        .transport(server.clone())
        .clock(time.clone())
        .limits(Limits { pages: 7, ..Limits::default() })
        .build()
        .unwrap();
    let error = time.run(environment(&client).list_stacks(&StackQuery::default()).collect_all()).unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Protocol, 7));
}

#[test]
fn pages_are_read_as_they_are_asked_for() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request: &Request| {
        Ok(Response::new(200, page(5_000, request.query(), 3_000, "http://localhost")))
    });
    let mut services = environment(&client).list_services(&ServiceQuery::default());
    assert!(server.requests().is_empty());
    time.run(async {
        for n in 0..1_500 {
            assert_eq!(services.next().await.unwrap().unwrap().name, format!("service-{n}"));
        }
    });
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn environments_have_no_pages() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |_: &Request| {
        Ok(Response::new(
            200,
            r#"{"type":"collection","data":[{"id":"1a5","type":"project"},{"id":"1a6","type":"project"}]}"#,
        ))
    });
    let query = EnvironmentQuery::default().name("tenant a&b").all();
    assert_eq!(time.run(client.list_environments(&query).collect_all()).unwrap().len(), 2);
    time.run(client.list_environments(&EnvironmentQuery::default()).collect_all()).unwrap();
    assert_eq!(asked(&server), ["GET /v2-beta/projects?name=tenant+a%26b&all=true", "GET /v2-beta/projects"]);
}

#[test]
fn what_would_not_be_whole_is_an_error() {
    let item = r#"{"id":"1st1","type":"stack"}"#;
    for (body, words) in [
        // The same page for ever.
        (format!(r#"{{"data":[{item}],"pagination":{{"next":"http://x/stacks?marker=m1"}}}}"#), "no end"),
        // More, but where?
        (format!(r#"{{"data":[{item}],"pagination":{{"next":null,"partial":true}}}}"#), "does not say where"),
        (format!(r#"{{"data":[{item}],"pagination":{{"next":"http://x/stacks"}}}}"#), "not one"),
        (format!(r#"{{"data":[{item}],"pagination":{{"next":7}}}}"#), "another form"),
        (r#"{"type":"collection"}"#.to_owned(), "missing field"),
        (r#"{"data":[{"type":"stack"}]}"#.to_owned(), "missing field"),
    ] {
        let time = VirtualTime::default();
        let (client, _) = canned(time.clone(), move |_: &Request| Ok(Response::new(200, body.clone())));
        let error =
            time.run(environment(&client).list_stacks(&StackQuery::default()).collect_all()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol);
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(error.operation(), "list_stacks");
    }
}

#[test]
fn after_an_error_a_list_has_ended() {
    let time = VirtualTime::default();
    let (client, _) = canned(time.clone(), |request: &Request| {
        Ok(if request.query().contains("marker") {
            crate::refused(403, "Forbidden")
        } else {
            Response::new(200, page(2_000, request.query(), 1_000, "http://x"))
        })
    });
    let mut services = environment(&client).list_services(&ServiceQuery::default());
    time.run(async {
        for _ in 0..1_000 {
            services.next().await.unwrap().unwrap();
        }
        assert_eq!(services.next().await.unwrap().unwrap_err().kind(), ErrorKind::Forbidden);
        assert!(services.next().await.is_none());
    });
}

#[test]
fn filters_are_sent() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |_: &Request| Ok(Response::new(200, r#"{"data":[]}"#)));
    let id: StackId = "1st7".parse().unwrap();
    let environment = environment(&client);
    time.run(async {
        environment
            .list_stacks(&StackQuery::default().name("a").external_id("k/1"))
            .collect_all()
            .await
            .unwrap();
        environment
            .list_services(&ServiceQuery::default().stack(id).name("web"))
            .collect_all()
            .await
            .unwrap();
        client.list_regions().collect_all().await.unwrap();
        client.list_account_links(&"1a5".parse().unwrap()).collect_all().await.unwrap();
    });
    assert_eq!(
        asked(&server),
        [
            "GET /v2-beta/projects/1a5/stacks?name=a&externalId=k%2F1&limit=1000",
            "GET /v2-beta/projects/1a5/services?stackId=1st7&name=web&limit=1000",
            "GET /v2-beta/regions?limit=1000",
            "GET /v2-beta/accountlinks?accountId=1a5&limit=1000",
        ]
    );
}
