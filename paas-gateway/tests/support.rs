//! What the tests share: tokens, a Keystone that is none, a clock.

use http::{Method, Request, request::Parts};
use paas_client::{
    BoxFuture, ExposeSecret,
    keystone::{AuthToken, Token, Validation},
};
use paas_core::access::{Action, Kind};
use paas_gateway::{
    Authorized, Gateway, GatewayBuilder, GatewayClock, NotValidated, Refusal, Route, RouteTable, TenantFrom,
    Validator,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

/// When the tests begin, by their clock: 2026-11-21T10:00:00Z.
pub(crate) const NOW: u64 = 1_795_255_200;

/// A token with these fields beside the usual ones; it ends after an hour.
pub(crate) fn token(user: &str, fields: Value, roles: &[&str]) -> Token {
    let mut token = json!({
        "user": { "id": user, "name": format!("{user} Müller"), "domain": { "id": "d1", "name": "Bank" } },
        "methods": ["password"], "audit_ids": ["audit"],
        "issued_at": "2026-11-21T10:00:00.000000Z", "expires_at": "2026-11-21T11:00:00.000000Z",
        "roles": roles.iter().map(|name| json!({ "id": format!("id-{name}"), "name": name })).collect::<Vec<_>>(),
    });
    token.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    serde_json::from_value(token).unwrap()
}

pub(crate) fn in_project(user: &str, project: &str, roles: &[&str]) -> Token {
    token(
        user,
        json!({ "project": { "id": project, "name": "retail", "domain": { "id": "d1", "name": "Bank" } } }),
        roles,
    )
}

/// What it says of a token.
type Said = Result<Token, NotValidated>;

/// Says of tokens what it was told, and counts how often it is asked. Clones share all.
#[derive(Clone, Default)]
pub(crate) struct Keystone(Arc<Inner>);

#[derive(Default)]
pub(crate) struct Inner {
    known: Mutex<BTreeMap<String, Said>>,
    expired: Mutex<BTreeMap<String, Said>>,
    down: Mutex<Option<NotValidated>>,
    takes: Mutex<Duration>,
    asked: AtomicUsize,
}

impl Keystone {
    pub(crate) fn with(self, text: &str, token: Token) -> Self {
        self.say(text, Ok(token));
        self
    }

    pub(crate) fn say(&self, text: &str, said: Said) {
        self.0.known.lock().unwrap().insert(text.to_owned(), said);
    }

    /// Is valid only if ended ones count.
    pub(crate) fn say_expired(&self, text: &str, token: Token) {
        self.0.expired.lock().unwrap().insert(text.to_owned(), Ok(token));
    }

    pub(crate) fn is_down(&self, down: bool) {
        *self.0.down.lock().unwrap() = down.then(|| NotValidated::unavailable("down"));
    }

    pub(crate) fn takes(&self, time: Duration) {
        *self.0.takes.lock().unwrap() = time;
    }

    pub(crate) fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }
}

impl Validator for Keystone {
    fn validate<'a>(&'a self, token: &'a AuthToken, how: Validation) -> BoxFuture<'a, Said> {
        self.0.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            let takes = *self.0.takes.lock().unwrap();
            if !takes.is_zero() {
                tokio::time::sleep(takes).await;
            }
            if let Some(down) = self.0.down.lock().unwrap().clone() {
                return Err(down);
            }
            let text = token.expose_secret();
            let expired = self.0.expired.lock().unwrap().get(text).filter(|_| how.allow_expired).cloned();
            let known = expired.or_else(|| self.0.known.lock().unwrap().get(text).cloned());
            known.unwrap_or(Err(NotValidated::Invalid))
        })
    }
}

/// A clock that goes on when it is told to.
#[derive(Clone, Default)]
pub(crate) struct TestClock(Arc<Mutex<Duration>>);

impl TestClock {
    pub(crate) fn pass(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

impl GatewayClock for TestClock {
    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(NOW) + self.steady()
    }

    fn steady(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

/// Routes of a small service.
pub(crate) fn routes() -> RouteTable {
    let volumes = |method, action| {
        Route::new(method, "/v1/tenants/{tenant}/volumes", action, Kind::Volume, TenantFrom::path("tenant"))
    };
    let volume = |method, action| {
        Route::new(
            method,
            "/v1/tenants/{tenant}/volumes/{id}",
            action,
            Kind::Volume,
            TenantFrom::path("tenant"),
        )
    };
    let grant = |method| {
        let path = "/v3/projects/{project}/users/{user}/roles/{role}";
        Route::new(method, path, Action::Authorise, Kind::Membership, TenantFrom::path("project"))
    };
    RouteTable::builder()
        .route(Route::public(Method::GET, "/health"))
        .route(volumes(Method::GET, Action::View))
        .route(volumes(Method::POST, Action::Create))
        .route(volume(Method::GET, Action::View))
        .route(volume(Method::DELETE, Action::Delete))
        .route(Route::new(Method::GET, "/v1/volumes", Action::View, Kind::Volume, TenantFrom::Token))
        .route(Route::new(Method::POST, "/v1/networks", Action::Create, Kind::Network, TenantFrom::Platform))
        .route(grant(Method::PUT))
        .route(grant(Method::DELETE))
        .service_type("paas")
        .build()
        .unwrap()
}

pub(crate) fn builder(keystone: &Keystone, clock: &TestClock) -> GatewayBuilder {
    Gateway::builder(keystone.clone(), routes()).clock(clock.clone()).auth_uri("https://keystone.test/v3")
}

pub(crate) fn gateway(keystone: &Keystone) -> (Gateway, TestClock) {
    let clock = TestClock::default();
    (builder(keystone, &clock).build().unwrap(), clock)
}

/// A request with a token.
pub(crate) fn parts(method: &Method, path: &str, token: &str) -> Parts {
    let request = Request::builder().method(method).uri(path).header("X-Auth-Token", token);
    request.body(()).unwrap().into_parts().0
}

pub(crate) async fn get(gateway: &Gateway, path: &str, token: &str) -> Result<Option<Authorized>, Refusal> {
    gateway.admit(&mut parts(&Method::GET, path, token)).await
}

/// The status of a request with a token; 200 if it is let through.
pub(crate) async fn status(gateway: &Gateway, method: &Method, path: &str, token: &str) -> u16 {
    match gateway.admit(&mut parts(method, path, token)).await {
        Ok(_) => 200,
        Err(refusal) => refusal.status().as_u16(),
    }
}
