//! The gateway without anything around it: Keystone and the service are in this program.

use crate::ROUTES;
use http::{Method, Request, Response};
use paas_client::{
    ExposeSecret, KeystoneClient,
    transport::{Canned, Request as Asked, Response as Said},
};
use paas_gateway::{Gateway, RouteTable, SelfValidating};
use serde_json::json;
use std::{
    convert::Infallible,
    error::Error,
    task::{Context, Poll},
};
use tower_service::Service;

/// Asks a few things, and shows what comes of it.
pub(crate) async fn show() -> Result<(), Box<dyn Error>> {
    let keystone = KeystoneClient::builder()
        .url("https://keystone.example/v3")
        .transport(Canned::new(|request| Ok(validate(request))))
        .build()?;
    let routes: RouteTable = serde_json::from_str(ROUTES)?;
    let gateway =
        Gateway::builder(SelfValidating(keystone), routes).auth_uri("https://keystone.example/v3").build()?;
    let mut guarded = gateway.in_front_of(Upstream);
    for (method, path, token) in [
        (Method::GET, "/health", None),
        (Method::GET, "/v1/tenants/p1/volumes", None),
        (Method::GET, "/v1/tenants/p1/volumes", Some("token-of-anna")),
        (Method::POST, "/v1/tenants/p1/volumes", Some("token-of-anna")),
        (Method::POST, "/v1/networks", Some("token-of-anna")),
        (Method::GET, "/v1/tenants/p2/volumes", Some("token-of-anna")),
        (Method::GET, "/v1/tenants/p2/../p1/volumes", Some("token-of-anna")),
        (Method::PUT, "/identity/v3/projects/p1/users/bob/roles/member", Some("token-of-anna")),
        (Method::PUT, "/identity/v3/projects/p1/users/bob/roles/member", Some("token-of-mary")),
        (Method::GET, "/v1/tenants/p1/volumes", Some("revoked")),
    ] {
        let mut request = Request::builder().method(&method).uri(path);
        if let Some(token) = token {
            request = request.header("X-Auth-Token", token);
        }
        let response = guarded.call(request.header("X-Roles", "admin").body(String::new())?).await?;
        println!("{method} {path} ({})", token.unwrap_or("no token"));
        println!("    {} {}", response.status().as_u16(), response.body());
    }
    println!("\n{}", gateway.metrics());
    Ok(())
}

/// Anna is a member of p1, and Mary its manager; no other token is known.
fn validate(request: &Asked) -> Said {
    let subject = request.secrets.iter().find(|(name, _)| *name == "x-subject-token");
    let (user, role) = match subject.map(|(_, token)| token.expose_secret()) {
        Some("token-of-anna") => ("anna", "member"),
        Some("token-of-mary") => ("mary", "manager"),
        _ => {
            let error = json!({ "code": 404, "title": "Not Found", "message": "Failed to validate token" });
            return Said::new(404, json!({ "error": error }).to_string());
        }
    };
    let domain = json!({ "id": "default", "name": "Default" });
    let token = json!({
        "user": { "id": user, "name": user, "domain": domain },
        "project": { "id": "p1", "name": "retail", "domain": domain },
        "roles": [{ "id": role, "name": role }],
        "methods": ["password"], "audit_ids": ["a"],
        "issued_at": "2026-11-21T10:00:00.000000Z", "expires_at": "2999-11-21T11:00:00.000000Z",
    });
    Said::new(200, json!({ "token": token }).to_string())
}

/// A service that says whom it takes the request to be of.
#[derive(Clone)]
struct Upstream;

impl Service<Request<String>> for Upstream {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Response<String>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<String>) -> Self::Future {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        let said = match header("x-user-id") {
            Some(user) => format!("from {user}, with the roles {}", header("x-roles").unwrap_or_default()),
            None => "from anybody".to_owned(),
        };
        std::future::ready(Ok(Response::new(said)))
    }
}
