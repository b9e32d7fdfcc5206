//! Which request is let through, with which token.

use crate::support::{Keystone, TestClock, builder, gateway, get, in_project, parts, routes, status, token};
use http::{HeaderValue, Method};
use paas_client::BoxFuture;
use paas_core::access::{Action, Kind, Role, RoleNames};
use paas_gateway::{
    Gateway, NamespaceOwner, Namespaces, NotValidated, RefusalKind, Route, RouteTable, TenantFrom, Unrouted,
};
use serde_json::{Value, json};

const VOLUMES: &str = "/v1/tenants/p1/volumes";

fn body(refusal: &paas_gateway::Refusal) -> Value {
    serde_json::from_str(refusal.response::<String>().body()).unwrap()
}

#[tokio::test]
async fn each_scope_reaches_as_far_as_it_goes() {
    let keystone = Keystone::default()
        .with("own", in_project("u1", "p1", &["member", "reader"]))
        .with("reader", in_project("u2", "p1", &["reader"]))
        .with("foreign", in_project("u3", "p2", &["admin", "manager", "member"]))
        .with("system", token("u4", json!({ "system": { "all": true } }), &["admin", "member"]))
        .with("auditor", token("u5", json!({ "system": { "all": true } }), &["platform_auditor", "member"]))
        .with(
            "domain",
            token("u6", json!({ "domain": { "id": "d1", "name": "Bank" } }), &["admin", "manager"]),
        )
        .with(
            "acts_as_domain",
            token("u7", json!({ "project": { "id": "p1" }, "is_domain": true }), &["admin"]),
        )
        .with("unscoped", token("u8", json!({}), &[]))
        .with("service", in_project("nova", "p1", &["service"]))
        .with("nobody", in_project("u9", "p1", &[]));
    let (gateway, _) = gateway(&keystone);
    // View and create a volume of p1; view those of the token's project; make a network of the platform.
    for (token, expected) in [
        ("own", [200, 200, 200, 403]),
        ("reader", [200, 403, 200, 403]),
        ("foreign", [403, 403, 200, 403]),
        ("system", [200, 200, 403, 200]),
        ("auditor", [403, 403, 403, 403]),
        ("domain", [403, 403, 403, 403]),
        ("acts_as_domain", [403, 403, 403, 403]),
        ("unscoped", [403, 403, 403, 403]),
        ("service", [403, 403, 403, 403]),
        ("nobody", [403, 403, 403, 403]),
        ("unknown", [401, 401, 401, 401]),
    ] {
        let requests = [
            (Method::GET, VOLUMES),
            (Method::POST, VOLUMES),
            (Method::GET, "/v1/volumes"),
            (Method::POST, "/v1/networks"),
        ];
        for ((method, path), expected) in requests.iter().zip(expected) {
            assert_eq!(status(&gateway, method, path, token).await, expected, "{token}: {method} {path}");
        }
    }
    let refusal = get(&gateway, VOLUMES, "foreign").await.unwrap_err();
    assert_eq!(
        body(&refusal),
        json!({ "error": {
            "code": 403, "title": "Forbidden", "message": "You are not allowed to do this.",
            "because": "the user has no role in the tenant of this volume",
        } })
    );

    // Administrators of the system can be turned off.
    let names = RoleNames::default().without_system_administrators();
    let without = builder(&keystone, &TestClock::default()).role_names(names).build().unwrap();
    assert_eq!(status(&without, &Method::GET, VOLUMES, "system").await, 403);
}

#[tokio::test]
async fn who_may_not_authorise_is_refused_before_keystone_is_asked_to_grant() {
    let keystone = Keystone::default()
        .with("manager", in_project("u1", "p1", &["manager"]))
        .with("senior", in_project("u2", "p1", &["senior", "member"]))
        .with("member", in_project("u3", "p1", &["member"]))
        .with("elsewhere", in_project("u4", "p2", &["manager"]));
    let (gateway, _) = gateway(&keystone);
    for method in [Method::PUT, Method::DELETE] {
        for (token, expected) in [("manager", 200), ("senior", 403), ("member", 403), ("elsewhere", 403)] {
            let path = "/v3/projects/p1/users/u9/roles/r1";
            assert_eq!(status(&gateway, &method, path, token).await, expected, "{method} {token}");
        }
    }
}

#[tokio::test]
async fn without_a_token_only_what_is_public_is_open() {
    let keystone = Keystone::default();
    let (gateway, _) = gateway(&keystone);
    let mut request = parts(&Method::GET, "/health", "junk");
    assert!(gateway.admit(&mut request).await.unwrap().is_none());
    // Nobody is believed to be anybody there.
    assert!(!request.headers.contains_key("x-auth-token"));

    let tokens: [(&[&str], u16); 6] = [
        (&[], 401),
        (&[""], 401),
        (&["  "], 401),
        (&["two words"], 401),
        (&["a", "a"], 400),
        (&["", "a"], 400),
    ];
    for (tokens, expected) in tokens {
        let mut request = parts(&Method::GET, VOLUMES, "x");
        request.headers.remove("x-auth-token");
        for token in tokens {
            request.headers.append("x-auth-token", HeaderValue::from_static(token));
        }
        let refusal = gateway.admit(&mut request).await.unwrap_err();
        assert_eq!(refusal.status(), expected, "{tokens:?}");
        let response = refusal.response::<String>();
        let challenge = response.headers().get("www-authenticate").map(|value| value.to_str().unwrap());
        assert_eq!(challenge, (expected == 401).then_some("Keystone uri=\"https://keystone.test/v3\""));
    }
    let mut request = parts(&Method::GET, VOLUMES, "x");
    request.headers.insert("x-auth-token", HeaderValue::from_bytes(b"\xff\xfe").unwrap());
    assert_eq!(gateway.admit(&mut request).await.unwrap_err().status(), 401);
    // Nobody else's header is one.
    let mut request = parts(&Method::GET, VOLUMES, "x");
    request.headers.remove("x-auth-token");
    request.headers.insert("x-storage-token", HeaderValue::from_static("t"));
    assert_eq!(gateway.admit(&mut request).await.unwrap_err().status(), 401);
    assert_eq!(keystone.asked(), 0);
}

#[tokio::test]
async fn without_a_route_nothing_goes_on() {
    let keystone =
        Keystone::default().with("t", token("u1", json!({ "system": { "all": true } }), &["admin"]));
    let (gateway, _) = gateway(&keystone);
    for (method, path) in
        [(Method::GET, "/"), (Method::PATCH, VOLUMES), (Method::GET, "/v1/tenants/p1/volumes/1/2")]
    {
        let refusal = gateway.admit(&mut parts(&method, path, "t")).await.unwrap_err();
        assert_eq!(
            (refusal.kind(), refusal.status().as_u16()),
            (RefusalKind::NotFound, 404),
            "{method} {path}"
        );
    }
    let table = RouteTable::builder().unrouted(Unrouted::Forbidden).build().unwrap();
    let strict = Gateway::builder(keystone.clone(), table).build().unwrap();
    assert_eq!(get(&strict, "/", "t").await.unwrap_err().status(), 403);
    assert_eq!(keystone.asked(), 0);
}

#[tokio::test]
async fn access_rules_of_application_credentials_are_held() {
    let with_rules = |rules: Value| {
        let fields = json!({ "project": { "id": "p1" }, "application_credential": { "id": "c", "access_rules": rules } });
        token("u1", fields, &["member"])
    };
    let rule = |service: &str, method: &str, path: &str| json!({ "service": service, "method": method, "path": path });
    let keystone = Keystone::default()
        .with("view", with_rules(json!([rule("paas", "GET", "/v1/tenants/*/volumes")])))
        .with("all", with_rules(json!([rule("paas", "GET", "/v1/**"), rule("paas", "POST", "/v1/**")])))
        .with("other", with_rules(json!([rule("compute", "GET", "**")])))
        .with("none", with_rules(json!([])))
        .with("without", with_rules(Value::Null));
    let (gateway, _) = gateway(&keystone);
    for (token, expected) in [
        ("view", [200, 403]),
        ("all", [200, 200]),
        ("other", [403, 403]),
        ("none", [403, 403]),
        ("without", [200, 200]),
    ] {
        for (method, expected) in [Method::GET, Method::POST].iter().zip(expected) {
            assert_eq!(status(&gateway, method, VOLUMES, token).await, expected, "{token} {method}");
        }
    }
    // The right is needed too; and who does not say what service this is, cannot hold the rules.
    assert_eq!(status(&gateway, &Method::GET, "/v1/tenants/p2/volumes", "all").await, 403);
    let route = Route::new(Method::GET, VOLUMES, Action::View, Kind::Volume, TenantFrom::Token);
    let table = RouteTable::builder().route(route).build().unwrap();
    let nameless = Gateway::builder(keystone, table).clock(TestClock::default()).build().unwrap();
    assert_eq!(status(&nameless, &Method::GET, VOLUMES, "all").await, 403);
    assert_eq!(status(&nameless, &Method::GET, VOLUMES, "without").await, 200);
}

#[tokio::test]
async fn an_ended_token_counts_only_with_a_service_that_goes_on_with_it() {
    let expired =
        token("u1", json!({ "project": { "id": "p1" }, "expires_at": "2026-11-21T09:00:00Z" }), &["member"]);
    let keystone = Keystone::default()
        .with("service", in_project("nova", "services", &["service"]))
        .with("user", in_project("u2", "p1", &["admin", "member"]))
        .with("live", in_project("u1", "p1", &["reader"]));
    keystone.say("ended", Err(NotValidated::Invalid));
    keystone.say_expired("ended", expired);
    let ask = async |gateway: &Gateway, user: &str, service: &str| {
        let mut request = parts(&Method::GET, VOLUMES, user);
        request.headers.insert("x-service-token", service.parse().unwrap());
        let status =
            gateway.admit(&mut request).await.map_or_else(|refusal| refusal.status().as_u16(), |_| 200);
        (status, request.headers)
    };
    // Off, as it is by default: the header is nobody's business.
    let (plain, _) = gateway(&keystone);
    assert_eq!(ask(&plain, "ended", "service").await.0, 401);
    let (status, headers) = ask(&plain, "live", "service").await;
    assert!(status == 200 && headers.keys().all(|name| !name.as_str().starts_with("x-service-")));

    let heeding = builder(&keystone, &TestClock::default()).service_token_roles(["service"]).build().unwrap();
    for (user, service, expected) in [
        ("ended", "service", 200),
        ("live", "service", 200),
        ("junk", "service", 401),
        // A user is no service, whatever else it is; nor is junk; nor does a service have the user's rights.
        ("ended", "user", 401),
        ("live", "user", 401),
        ("ended", "junk", 401),
        ("ended", "ended", 401),
        ("service", "service", 403),
    ] {
        let (status, headers) = ask(&heeding, user, service).await;
        assert_eq!(status, expected, "{user} {service}");
        if status == 200 {
            assert_eq!(headers["x-service-user-id"], "nova");
            assert_eq!(
                (&headers["x-service-roles"], &headers["x-user-id"]),
                (&"service".parse().unwrap(), &"u1".parse().unwrap())
            );
            assert_eq!(headers["x-service-identity-status"], "Confirmed");
        }
    }
    assert_eq!(crate::support::status(&heeding, &Method::GET, VOLUMES, "ended").await, 401);
}

/// Of p1 is `shop`, to which u1 belongs; of p2 is `other`.
struct Known;

impl Namespaces for Known {
    fn find<'a>(
        &'a self,
        namespace: &'a str,
        user: &'a str,
    ) -> BoxFuture<'a, Result<Option<NamespaceOwner>, String>> {
        Box::pin(async move {
            Ok(match namespace {
                "shop" => Some(NamespaceOwner { tenant: "p1".to_owned(), is_member: user == "u1" }),
                "other" => Some(NamespaceOwner { tenant: "p2".to_owned(), is_member: true }),
                "broken" => return Err("no database".to_owned()),
                _ => None,
            })
        })
    }
}

#[tokio::test]
async fn whose_an_image_namespace_is_no_request_decides() {
    let keystone = Keystone::default()
        .with("member", in_project("u1", "p1", &["member"]))
        .with("outside", in_project("u2", "p1", &["member"]))
        .with("senior", in_project("u3", "p1", &["senior"]))
        .with("system", token("u4", json!({ "system": { "all": true } }), &["admin"]));
    let image = |path: &str, tenant| {
        Route::new(Method::PUT, path, Action::Push, Kind::Image, tenant).in_namespace("namespace")
    };
    let table = || {
        RouteTable::builder()
            .route(image("/images/{namespace}/{name}", TenantFrom::Namespace))
            .route(image("/tenants/{tenant}/images/{namespace}", TenantFrom::path("tenant")))
            .build()
            .unwrap()
    };
    assert!(Gateway::builder(keystone.clone(), table()).build().is_err());
    let gateway =
        Gateway::builder(keystone, table()).clock(TestClock::default()).namespaces(Known).build().unwrap();
    for (token, path, expected) in [
        ("member", "/images/shop/web", 200),
        ("outside", "/images/shop/web", 403),
        ("member", "/images/other/web", 403),
        ("member", "/images/nowhere/web", 403),
        ("system", "/images/nowhere/web", 200),
        ("member", "/images/broken/web", 503),
        ("member", "/tenants/p1/images/shop", 200),
        // It says that the namespace of another is its own tenant's.
        ("member", "/tenants/p1/images/other", 403),
        ("member", "/tenants/p2/images/shop", 403),
        ("outside", "/tenants/p1/images/shop", 403),
    ] {
        assert_eq!(status(&gateway, &Method::PUT, path, token).await, expected, "{token} {path}");
    }
    let mut request = parts(&Method::PUT, "/images/shop/web", "member");
    let authorized = gateway.admit(&mut request).await.unwrap().unwrap();
    assert_eq!((authorized.tenant(), authorized.namespace()), (Some("p1"), Some("shop")));
    assert!(authorized.subject().namespaces.contains("shop"));
    assert_eq!(authorized.decision().role(), Some(Role::RestrictedMember));
    assert_eq!(
        (&request.headers["x-paas-namespace"], &request.headers["x-paas-tenant"]),
        (&"shop".parse().unwrap(), &"p1".parse().unwrap())
    );
}

#[test]
fn what_could_not_work_is_not_built() {
    let keystone = Keystone::default();
    let clock = TestClock::default();
    assert!(builder(&keystone, &clock).auth_uri("https://k\"\r\nX: y").build().is_err());
    let mut settings = paas_gateway::KeystoneSettings::default();
    settings.at_a_time = 0;
    assert!(builder(&keystone, &clock).keystone(settings).build().is_err());
    assert!(Gateway::builder(keystone, routes()).build().is_ok());
}
