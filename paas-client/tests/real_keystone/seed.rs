//! Users, projects and roles in a real Keystone, made as its administrator.

use paas_client::{
    ExposeSecret, Limits,
    keystone::{AuthToken, DomainKey, KeystoneClient, Login, ProjectKey, ScopeRequest, UserKey},
    transport::{BodyLimits, HttpTransport, Method, Request, Tls, Transport},
};
use serde_json::{Value, json};
use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime},
};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A Keystone, its administrator, and a domain of this test alone.
pub(super) struct Seed {
    pub(super) url: String,
    pub(super) admin: KeystoneClient,
    /// The domain, by its id; and the end of all names, so that tests do not meet.
    pub(super) domain: String,
    pub(super) suffix: String,
    http: HttpTransport,
    token: AuthToken,
}

impl Seed {
    /// What is at the address in the environment; `None` without one.
    pub(super) async fn new() -> Option<Self> {
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
        let token = admin.own_token().await.unwrap().token;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let suffix = format!("{:x}-{}", now.as_micros(), COUNT.fetch_add(1, Ordering::Relaxed));
        let http = HttpTransport::new(&Limits::default(), &Tls::default()).unwrap();
        let mut this = Self { url, admin, domain: String::new(), suffix, http, token };
        let name = this.name("bank");
        this.domain = this.create("domains", "domain", json!({ "name": name })).await;
        Some(this)
    }

    pub(super) fn name(&self, name: &str) -> String {
        format!("{name}-{}", self.suffix)
    }

    pub(super) async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        self.send(&self.token, method, path, body).await
    }

    /// Asks with a token of somebody.
    pub(super) async fn ask_as(&self, token: &AuthToken, method: Method, path: &str, body: Value) -> Value {
        self.send(token, method, path, Some(body)).await
    }

    async fn send(&self, token: &AuthToken, method: Method, path: &str, body: Option<Value>) -> Value {
        let limits = BodyLimits { good: 1 << 22, other: 1 << 16 };
        let mut request = Request::new(method, format!("{}/{path}", self.url), limits);
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

    pub(super) async fn create(&self, path: &str, kind: &str, body: Value) -> String {
        let made = self.ask(Method::Post, path, Some(json!({ kind: body }))).await;
        made[kind]["id"].as_str().unwrap().to_owned()
    }

    /// A user of the domain, whose password is its name.
    pub(super) async fn user(&self, name: &str) -> String {
        let body = json!({ "name": name, "password": name, "domain_id": self.domain });
        self.create("users", "user", body).await
    }

    pub(super) async fn project(&self, name: &str, parent: Option<&str>) -> String {
        let mut body = json!({ "name": name, "domain_id": self.domain });
        if let Some(parent) = parent {
            body["parent_id"] = parent.into();
        }
        self.create("projects", "project", body).await
    }

    pub(super) async fn group(&self, name: &str, users: &[&str]) -> String {
        let group = self.create("groups", "group", json!({ "name": name, "domain_id": self.domain })).await;
        for user in users {
            self.ask(Method::Put, &format!("groups/{group}/users/{user}"), None).await;
        }
        group
    }

    /// A role of all, with a name of this test alone.
    pub(super) async fn role(&self, name: &str) -> String {
        self.create("roles", "role", json!({ "name": self.name(name) })).await
    }

    pub(super) async fn imply(&self, prior: &str, implied: &str) {
        self.ask(Method::Put, &format!("roles/{prior}/implies/{implied}"), None).await;
    }

    pub(super) async fn set(&self, path: &str, kind: &str, body: Value) {
        self.ask(Method::Patch, path, Some(json!({ kind: body }))).await;
    }

    /// The id of a role that every Keystone has.
    pub(super) async fn standard_role(&self, name: &str) -> String {
        let roles = self.admin.list_roles(None).collect_all().await.unwrap();
        roles.into_iter().find(|role| role.name == name).unwrap().id.to_string()
    }

    /// How a user of the domain logs in, by its name, which is its password.
    pub(super) fn login(&self, user: &str, scope: ScopeRequest) -> Login {
        let domain = DomainKey::Id(self.domain.parse().unwrap());
        Login::password(UserKey::Name { name: user.to_owned(), domain }, user).scope(scope)
    }
}

/// The scope of a project.
pub(super) fn project(id: &str) -> ScopeRequest {
    ScopeRequest::Project(ProjectKey::Id(id.parse().unwrap()))
}

/// Keystone counts in whole seconds: what ends tokens ends those of the same second.
pub(super) async fn next_second() {
    tokio::time::sleep(Duration::from_millis(1_100)).await;
}
