//! What the service behind is told of who asks.

use crate::support::{Keystone, TestClock, builder, gateway, in_project, parts, token};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::json;

const PATH: &str = "/v1/tenants/p1/volumes";

/// All that keystonemiddleware sets, and more that others believe.
const FORGED: &[&str] = &[
    "X-Identity-Status",
    "X-User-Id",
    "X-User-Name",
    "X-User-Domain-Id",
    "X-User-Domain-Name",
    "X-Project-Id",
    "X-Project-Name",
    "X-Project-Domain-Id",
    "X-Project-Domain-Name",
    "X-Domain-Id",
    "X-Domain-Name",
    "X-Roles",
    "X-Is-Admin-Project",
    "OpenStack-System-Scope",
    "X-Service-Catalog",
    "X-Role",
    "X-User",
    "X-Tenant-Id",
    "X-Tenant-Name",
    "X-Tenant",
    "X-Service-Identity-Status",
    "X-Service-User-Id",
    "X-Service-User-Name",
    "X-Service-Roles",
    "X-Service-Project-Id",
    "X-Service-Domain-Name",
    "X-Service-Token",
    "X-Storage-Token",
    "X-Paas-Role",
    "X-Paas-Tenant",
    "X-Paas-Namespace",
    "X_User_Id",
    "X_User-Id",
    "X_Roles",
    "X_Service_Roles",
    "OpenStack_System_Scope",
    "X_Auth_Token",
    "Remote-User",
    "X-HTTP-Method-Override",
    "X-Original-URL",
];

fn forge(headers: &mut HeaderMap) {
    for name in FORGED {
        let name: HeaderName = name.parse().unwrap();
        headers.append(name.clone(), HeaderValue::from_static("forged"));
        headers.append(name, HeaderValue::from_static("forged again"));
    }
}

fn read(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers.get_all(name).iter().map(|value| String::from_utf8(value.as_bytes().to_vec()).unwrap()).collect()
}

#[tokio::test]
async fn forged_identities_are_gone_and_ours_are_there_once() {
    let keystone = Keystone::default()
        .with("project", in_project("u1", "p1", &["member", "reader", "odd,admin", " admin"]))
        .with("system", token("u2", json!({ "system": { "all": true } }), &["admin"]));
    let (gateway, _) = gateway(&keystone);
    for (name, expected) in [
        (
            "project",
            vec![
                ("x-identity-status", "Confirmed"),
                ("x-user-id", "u1"),
                ("x-user-name", "u1 Müller"),
                ("x-user-domain-id", "d1"),
                ("x-user-domain-name", "Bank"),
                ("x-project-id", "p1"),
                ("x-project-name", "retail"),
                ("x-project-domain-id", "d1"),
                ("x-project-domain-name", "Bank"),
                ("x-roles", "member,reader"),
                ("x-paas-role", "restricted_member"),
                ("x-paas-tenant", "p1"),
                ("x-auth-token", "project"),
            ],
        ),
        (
            "system",
            vec![
                ("x-identity-status", "Confirmed"),
                ("x-user-id", "u2"),
                ("x-user-name", "u2 Müller"),
                ("x-user-domain-id", "d1"),
                ("x-user-domain-name", "Bank"),
                ("x-roles", "admin"),
                ("openstack-system-scope", "all"),
                ("x-paas-role", "platform_administrator"),
                ("x-paas-tenant", "p1"),
                ("x-auth-token", "system"),
            ],
        ),
    ] {
        let mut request = parts(&Method::GET, PATH, name);
        forge(&mut request.headers);
        request.headers.insert("accept", HeaderValue::from_static("text/plain"));
        gateway.admit(&mut request).await.unwrap();
        for (name, value) in &expected {
            assert_eq!(read(&request.headers, name), [*value], "{name}");
        }
        // And nothing else but what is no identity.
        assert_eq!(request.headers.len(), expected.len() + 1, "{:?}", request.headers);
        assert_eq!(request.headers["accept"], "text/plain");
    }
    // On public routes nothing is said, and nothing is left.
    let mut request = parts(&Method::GET, "/health", "project");
    forge(&mut request.headers);
    gateway.admit(&mut request).await.unwrap();
    assert!(request.headers.is_empty(), "{:?}", request.headers);
}

#[tokio::test]
async fn no_connection_header_takes_ours_away() {
    let keystone = Keystone::default().with("t", in_project("u1", "p1", &["reader"]));
    let (gateway, _) = gateway(&keystone);
    let mut request = parts(&Method::GET, PATH, "t");
    let named = "close, X-User-Id, x-roles,X-Identity-Status , x-project-id, x-auth-token, x-custom";
    request.headers.insert("connection", named.parse().unwrap());
    request.headers.insert("x-custom", "1".parse().unwrap());
    gateway.admit(&mut request).await.unwrap();
    assert_eq!(read(&request.headers, "connection"), ["close"]);
    for name in ["x-user-id", "x-roles", "x-identity-status", "x-project-id", "x-auth-token"] {
        assert_eq!(read(&request.headers, name).len(), 1, "{name}");
    }
    assert!(!request.headers.contains_key("x-custom"));
}

#[tokio::test]
async fn the_token_is_handed_on_or_kept() {
    let keystone = Keystone::default().with("t", in_project("u1", "p1", &["reader"]));
    let keeping = builder(&keystone, &TestClock::default()).keep_token().build().unwrap();
    let mut request = parts(&Method::GET, PATH, "t");
    keeping.admit(&mut request).await.unwrap();
    assert!(!request.headers.contains_key("x-auth-token") && request.headers.contains_key("x-user-id"));
    let (passing, _) = gateway(&keystone);
    let mut request = parts(&Method::GET, PATH, "t");
    passing.admit(&mut request).await.unwrap();
    assert!(request.headers["x-auth-token"].is_sensitive());
}
