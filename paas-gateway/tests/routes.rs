//! Tables of routes: what is wrong with them, and which route a request takes.

use crate::support::{Keystone, TestClock, in_project, parts};
use http::Method;
use paas_core::access::{Action, Kind};
use paas_gateway::{Gateway, Route, RouteTable, TenantFrom};

fn problems(table: &str) -> Vec<String> {
    let error = serde_json::from_str::<RouteTable>(table).unwrap_err().to_string();
    error.lines().map(str::to_owned).collect()
}

#[test]
fn a_document_tells_all_its_problems_at_once() {
    let found = problems(
        r#"{ "servicetype": "paas", "unrouted": "teapot", "routes": [
            { "methods": ["GET"], "path": "/a", "action": "view", "kind": "volume", "tenant": "token" },
            { "methods": ["GET"], "path": "/a/", "action": "view", "kind": "volume", "tenant": "token" },
            { "methods": ["GET"], "path": "/b/{x}", "action": "view", "kind": "volume", "tenant": "{y}" },
            { "methods": ["GET"], "path": "/{x}/c", "action": "view", "kind": "volume", "tenant": "token" },
            { "methods": ["get", "CONNECT"], "path": "d", "action": "look", "kind": "volum", "tenant": "x", "colour": 1 },
            { "methods": ["GET"], "path": "/e", "public": true, "tenant": "token" },
            { "methods": ["GET"], "path": "/f" },
            { "methods": ["GET"], "path": "/g", "action": "push", "kind": "volume", "tenant": "token" },
            { "methods": ["GET"], "path": "/h/{n}/x", "action": "view", "kind": "image", "tenant": "namespace" },
            7
        ] }"#,
    );
    let expected = [
        "`servicetype` is not known here",
        "`unrouted` is `not_found` or `forbidden`, not `teapot`",
        "route 2 (`/a/`): route 1 (`/a`) is for `GET` and the same paths",
        "route 3 (`/b/{x}`): the path has no parameter `{y}`; it has `{x}`",
        "route 4 (`/{x}/c`): some paths are of route 3",
        "route 5 (`d`): `colour` is not known here",
        "route 5 (`d`): \"get\" is no method",
        "route 5 (`d`): \"CONNECT\" is no method",
        "route 5 (`d`): ",
        "route 5 (`d`): ",
        "route 5 (`d`): `tenant` is `token`, `platform`, `namespace` or a parameter",
        "route 6 (`/e`): a public route asks for no right: take `tenant` away",
        "route 7 (`/f`): `action` is missing",
        "route 7 (`/f`): `kind` is missing",
        "route 7 (`/f`): `tenant` is missing",
        "route 8 (`/g`): no role may push volume",
        "route 9 (`/h/{n}/x`): the tenant is that of an image namespace, and there is none",
        "route 10 (``): a route is an object",
    ];
    for (index, expected) in expected.iter().enumerate() {
        // Routes with a mistake are held against others too.
        assert!(
            found.get(index).is_some_and(|found| found.starts_with(expected)),
            "{index}: {expected}\n{found:#?}"
        );
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    assert_eq!(problems("[]"), ["a table of routes is an object with `routes`"]);
}

#[test]
fn nobody_needs_to_write_a_route_twice() {
    let route = |method, path| Route::new(method, path, Action::View, Kind::Volume, TenantFrom::Token);
    for (one, other, is_good) in [
        (route(Method::GET, "/a"), route(Method::GET, "/a"), false),
        (route(Method::GET, "/a"), route(Method::POST, "/a"), true),
        (route(Method::GET, "/a").and(Method::POST), route(Method::POST, "/a"), false),
        (route(Method::GET, "/a"), Route::public(Method::GET, "/a/"), false),
        (route(Method::GET, "/a/{b}"), route(Method::GET, "/{c}/d"), false),
        (route(Method::GET, "/a/{b}"), route(Method::PUT, "/{c}/d"), true),
        (route(Method::GET, "/{c..}"), Route::public(Method::GET, "/health"), true),
    ] {
        let table = RouteTable::builder().route(one).route(other).build();
        assert_eq!(table.is_ok(), is_good, "{table:?}");
    }
}

#[tokio::test]
async fn of_several_routes_the_one_that_says_most_counts() {
    let route = |method, path, action| Route::new(method, path, action, Kind::Application, TenantFrom::Token);
    let table = RouteTable::builder()
        .route(route(Method::GET, "/{rest..}", Action::View))
        .route(route(Method::GET, "/a/{b}", Action::Create))
        .route(route(Method::GET, "/a/c", Action::Update))
        .route(route(Method::POST, "/a/c", Action::Operate))
        .route(route(Method::HEAD, "/a/c", Action::Delete))
        .route(route(Method::PUT, "/a/{b}/d", Action::Update))
        .build()
        .unwrap();
    let keystone = Keystone::default().with("t", in_project("u1", "p1", &["admin"]));
    let gateway = Gateway::builder(keystone, table).clock(TestClock::default()).build().unwrap();
    for (method, path, expected) in [
        (Method::GET, "/x", Some(Action::View)),
        (Method::GET, "/a", Some(Action::View)),
        (Method::GET, "/", None),
        (Method::GET, "/a/b", Some(Action::Create)),
        (Method::GET, "/a/b/", Some(Action::Create)),
        (Method::HEAD, "/a/b", Some(Action::Create)),
        (Method::GET, "/a/c", Some(Action::Update)),
        (Method::GET, "/a/c/", Some(Action::Update)),
        (Method::GET, "/a/C", Some(Action::Create)),
        (Method::POST, "/a/c", Some(Action::Operate)),
        (Method::HEAD, "/a/c", Some(Action::Delete)),
        (Method::POST, "/a/b", None),
        (Method::GET, "/a/c/d", Some(Action::View)),
        (Method::PUT, "/a/c/d", Some(Action::Update)),
        (Method::OPTIONS, "/a/c", None),
    ] {
        let found = gateway.admit(&mut parts(&method, path, "t")).await;
        let found = found.map(|authorized| authorized.map(|authorized| authorized.decision().action()));
        match (&found, expected) {
            (Ok(found), Some(_)) => assert_eq!(*found, expected, "{method} {path}"),
            (Err(refusal), None) => assert_eq!(refusal.status(), 404, "{method} {path}"),
            _ => panic!("{method} {path}: {found:?}"),
        }
    }
}
