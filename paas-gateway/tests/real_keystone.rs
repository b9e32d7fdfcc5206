//! Against a real Keystone, whose address the environment tells: `cargo xtask test` starts one.

use crate::{
    server::{self, Counted},
    support::status,
};
use http::Method;
use paas_client::{
    ExposeSecret, KeystoneClient, Limits,
    keystone::{
        ApplicationCredentialKey, AuthToken, DomainKey, Grant, Login, ProjectKey, ScopeRequest, UserKey,
    },
    transport::{BodyLimits, HttpTransport, Method as Verb, Request, Tls, Transport},
};
use paas_core::access::{Action, Kind};
use paas_gateway::{CacheSettings, Gateway, Proxy, Route, RouteTable, SelfValidating, TenantFrom};
use serde_json::{Value, json};
use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime},
};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// How long the gateways of these tests keep tokens.
const KEPT: Duration = Duration::from_millis(1_500);

/// A Keystone, its administrator, and a project with a user.
struct Seed {
    url: String,
    admin: KeystoneClient,
    domain: String,
    project: String,
    http: HttpTransport,
}

impl Seed {
    async fn new() -> Option<Self> {
        let (Ok(url), Ok(password)) = (env::var("PAAS_KEYSTONE_URL"), env::var("PAAS_KEYSTONE_PASSWORD"))
        else {
            eprintln!(
                "skipped: there is no `PAAS_KEYSTONE_URL`; `cargo xtask keystone` starts a Keystone and says it"
            );
            return None;
        };
        let login = Login::password(UserKey::named("admin", "Default"), password)
            .scope(ScopeRequest::Project(ProjectKey::named("admin", "Default")));
        let admin = KeystoneClient::builder().url(&url).login(login).build().unwrap();
        let http = HttpTransport::new(&Limits::default(), &Tls::default()).unwrap();
        let mut seed = Self { url, admin, domain: String::new(), project: String::new(), http };
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let name = format!("gateway-{:x}-{}", now.as_micros(), COUNT.fetch_add(1, Ordering::Relaxed));
        seed.domain = seed.create("domains", "domain", json!({ "name": name })).await;
        seed.project =
            seed.create("projects", "project", json!({ "name": name, "domain_id": seed.domain })).await;
        Some(seed)
    }

    async fn ask(&self, token: &AuthToken, verb: Verb, path: &str, body: Option<Value>) -> Value {
        let limits = BodyLimits { good: 1 << 20, other: 1 << 16 };
        let mut request = Request::new(verb, format!("{}/{path}", self.url), limits);
        request.secrets.push(("x-auth-token", token.expose_secret().into()));
        if let Some(body) = body {
            request.headers.push(("content-type", "application/json".to_owned()));
            request.body = Some(body.to_string().into_bytes());
        }
        let answer = self.http.send(request).await.unwrap();
        let text = String::from_utf8(answer.body).unwrap();
        assert!(answer.status < 300, "{path}: {} {text}", answer.status);
        serde_json::from_str(&text).unwrap_or_default()
    }

    async fn create(&self, path: &str, kind: &str, body: Value) -> String {
        let token = self.admin.own_token().await.unwrap().token;
        let made = self.ask(&token, Verb::Post, path, Some(json!({ kind: body }))).await;
        made[kind]["id"].as_str().unwrap().to_owned()
    }

    /// A user of the domain, whose password is its name.
    async fn user(&self, name: &str) -> String {
        self.create("users", "user", json!({ "name": name, "password": name, "domain_id": self.domain }))
            .await
    }

    async fn role(&self, name: &str) -> String {
        let roles = self.admin.list_roles(None).collect_all().await.unwrap();
        match roles.into_iter().find(|role| role.name == name) {
            Some(role) => role.id.to_string(),
            None => self.create("roles", "role", json!({ "name": name })).await,
        }
    }

    fn grant(&self, user: &str, role: &str) -> Grant {
        Grant::to_user(user.parse().unwrap(), role.parse().unwrap()).in_project(self.project.parse().unwrap())
    }

    async fn user_with(&self, name: &str, roles: &[&str]) -> String {
        let user = self.user(name).await;
        for role in roles {
            self.admin.assign_role(&self.grant(&user, &self.role(role).await)).await.unwrap();
        }
        user
    }

    async fn log_in(&self, name: &str) -> AuthToken {
        let domain = DomainKey::Id(self.domain.parse().unwrap());
        let scope = ScopeRequest::Project(ProjectKey::Id(self.project.parse().unwrap()));
        let login = Login::password(UserKey::Name { name: name.to_owned(), domain }, name).scope(scope);
        self.admin.authenticate(&login).await.unwrap().token
    }

    /// Gateways that ask as the administrator, and with the token of the request.
    fn gateways(&self) -> [Gateway; 2] {
        let mut cache = CacheSettings::default();
        cache.valid_for = KEPT;
        let client = KeystoneClient::builder().url(&self.url).build().unwrap();
        let own = Gateway::builder(self.admin.clone(), routes());
        let with_theirs = Gateway::builder(SelfValidating(client), routes());
        [own, with_theirs].map(|builder| builder.cache(cache).build().unwrap())
    }
}

fn routes() -> RouteTable {
    let volumes = |method, action| {
        Route::new(method, "/v1/tenants/{tenant}/volumes", action, Kind::Volume, TenantFrom::path("tenant"))
    };
    let grant = |method| {
        let path = "/identity/v3/projects/{project}/users/{user}/roles/{role}";
        Route::new(method, path, Action::Authorise, Kind::Membership, TenantFrom::path("project"))
    };
    RouteTable::builder()
        .route(volumes(Method::GET, Action::View))
        .route(volumes(Method::POST, Action::Create))
        .route(volumes(Method::DELETE, Action::Delete))
        .route(grant(Method::PUT))
        .route(grant(Method::DELETE))
        .service_type("paas")
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_role_that_was_taken_counts_no_longer_than_entries_live_and_never_for_what_deletes() {
    let Some(seed) = Seed::new().await else { return };
    let anna = seed.user_with("anna", &["member", "reader"]).await;
    let token = seed.log_in("anna").await;
    let path = format!("/v1/tenants/{}/volumes", seed.project);
    let token = token.expose_secret();
    let gateways = seed.gateways();
    for gateway in &gateways {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            assert_eq!(status(gateway, &method, &path, token).await, 200, "{method}");
        }
        assert_eq!(status(gateway, &Method::GET, "/v1/tenants/another/volumes", token).await, 403);
        assert_eq!(status(gateway, &Method::GET, &path, "gAAAAABnonsense").await, 401);
    }
    seed.admin.unassign_role(&seed.grant(&anna, &seed.role("member").await)).await.unwrap();
    // One kept it and asks afresh; the other learns it when the entry ends.
    let [one, other] = &gateways;
    assert_eq!(status(one, &Method::DELETE, &path, token).await, 403);
    assert_eq!(status(one, &Method::POST, &path, token).await, 403);
    tokio::time::sleep(KEPT).await;
    assert_eq!(status(other, &Method::POST, &path, token).await, 403);
    assert_eq!(status(other, &Method::GET, &path, token).await, 200);
}

#[tokio::test]
async fn disabled_users_and_revoked_tokens_are_refused_when_entries_end_or_are_forgotten() {
    let Some(seed) = Seed::new().await else { return };
    let anna = seed.user_with("anna", &["member"]).await;
    let path = format!("/v1/tenants/{}/volumes", seed.project);
    let [gateway, self_validating] = seed.gateways();
    let revoked = seed.log_in("anna").await;
    for gateway in [&gateway, &self_validating] {
        assert_eq!(status(gateway, &Method::GET, &path, revoked.expose_secret()).await, 200);
    }
    seed.admin.revoke(&revoked).await.unwrap();
    for gateway in [&gateway, &self_validating] {
        gateway.invalidate_token(&revoked);
        assert_eq!(status(gateway, &Method::GET, &path, revoked.expose_secret()).await, 401);
    }

    // What is revoked or disabled ends tokens of the same second.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let token = seed.log_in("anna").await;
    let token = token.expose_secret();
    assert_eq!(status(&gateway, &Method::GET, &path, token).await, 200);
    let admin = seed.admin.own_token().await.unwrap().token;
    let disabled = json!({ "user": { "enabled": false } });
    seed.ask(&admin, Verb::Patch, &format!("users/{anna}"), Some(disabled)).await;
    assert_eq!(status(&gateway, &Method::DELETE, &path, token).await, 401);
    assert_eq!(status(&gateway, &Method::GET, &path, token).await, 401);
    assert_eq!(status(&self_validating, &Method::GET, &path, token).await, 401);
}

#[tokio::test]
async fn an_application_credential_is_good_for_what_its_rules_say() {
    let Some(seed) = Seed::new().await else { return };
    let anna = seed.user_with("anna", &["member"]).await;
    let token = seed.log_in("anna").await;
    let body = json!({ "application_credential": {
        "name": "view", "secret": "secret-of-it", "roles": [{ "name": "member" }],
        "access_rules": [
            { "service": "paas", "method": "GET", "path": "/v1/tenants/*/volumes" },
            { "service": "compute", "method": "POST", "path": "/v1/**" },
        ],
    } });
    let path = format!("users/{anna}/application_credentials");
    let made = seed.ask(&token, Verb::Post, &path, Some(body)).await;
    let id = made["application_credential"]["id"].as_str().unwrap().to_owned();
    let login = Login::application_credential(ApplicationCredentialKey::Id(id), "secret-of-it");
    let token = seed.admin.authenticate(&login).await.unwrap().token;
    let path = format!("/v1/tenants/{}/volumes", seed.project);
    for gateway in &seed.gateways() {
        for (method, expected) in [(Method::GET, 200), (Method::POST, 403), (Method::DELETE, 403)] {
            assert_eq!(status(gateway, &method, &path, token.expose_secret()).await, expected, "{method}");
        }
    }
}

#[tokio::test]
async fn grants_go_on_to_keystone_with_the_token_of_whoever_gives_them() {
    let Some(seed) = Seed::new().await else { return };
    seed.user_with("owner", &["admin"]).await;
    seed.user_with("manager", &["manager"]).await;
    seed.user_with("senior", &["senior", "member"]).await;
    let bob = seed.user("bob").await;
    let role = seed.role("member").await;
    // What reaches Keystone is counted.
    let counted = Counted::in_front_of(&seed.url.replace("/v3", "")).await;
    let proxy = Proxy::builder().upstream("/identity/v3", format!("{}/v3", counted.url())).build().unwrap();
    let [gateway, _] = seed.gateways();
    let front = server::start(gateway.in_front_of(proxy)).await;
    let grant = format!("/identity/v3/projects/{}/users/{bob}/roles/{role}", seed.project);
    let has_role = async || {
        let path = format!("projects/{}/users/{bob}/roles", seed.project);
        let admin = seed.admin.own_token().await.unwrap().token;
        !seed.ask(&admin, Verb::Get, &path, None).await["roles"].as_array().unwrap().is_empty()
    };

    let owner = seed.log_in("owner").await;
    assert_eq!(server::ask(front, "PUT", &grant, owner.expose_secret()).await, 204);
    assert!(has_role().await);
    assert_eq!(server::ask(front, "DELETE", &grant, owner.expose_secret()).await, 204);
    assert!(!has_role().await);
    assert_eq!(counted.count(), 2);
    // Keystone decides too: by its own policy, whoever manages a project alone grants nothing in it.
    let manager = seed.log_in("manager").await;
    assert_eq!(server::ask(front, "PUT", &grant, manager.expose_secret()).await, 403);
    assert_eq!(counted.count(), 3);
    let elsewhere = grant.replace(&seed.project, "another");
    assert_eq!(server::ask(front, "PUT", &elsewhere, owner.expose_secret()).await, 403);

    let senior = seed.log_in("senior").await;
    for method in ["PUT", "DELETE"] {
        assert_eq!(server::ask(front, method, &grant, senior.expose_secret()).await, 403);
    }
    assert_eq!(counted.count(), 3);
    assert!(!has_role().await);
}
