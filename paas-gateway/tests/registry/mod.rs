//! Tokens for registries.

mod answers;
mod grants;
mod keystone;
mod logins;
mod real_keystone;
mod setup;
mod signer;

use http::{Request, Response, header::AUTHORIZATION};
use http_body_util::{BodyExt, Empty, Full};
use keystone::Keystone;
use paas_client::{BoxFuture, KeystoneClient, RetryPolicy, SecretString};
use paas_core::access::{AccessEvent, AccessSink, Registry};
use paas_gateway::{
    GatewayClock, NamespaceOwner, Namespaces,
    registry::{RegistryTokens, RegistryTokensBuilder, Signer},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

const KEY: &str = include_str!("signer.key");
const CERTIFICATE: &str = include_str!("signer.pem");
const ISSUER: &str = "tokens of the tests";
/// The names of the two registries.
const TEST: &str = "registry-test";
const PRODUCTION: &str = "registry";

fn signer() -> Signer {
    Signer::from_pem(ISSUER, &SecretString::from(KEY), CERTIFICATE).unwrap()
}

/// Whose the namespaces are, and who belongs to them.
#[derive(Debug, Clone, Default)]
struct Table(BTreeMap<String, (String, BTreeSet<String>)>);

impl Table {
    fn with(mut self, namespace: &str, tenant: &str, members: &[&str]) -> Self {
        let members = members.iter().map(|member| (*member).to_owned()).collect();
        self.0.insert(namespace.to_owned(), (tenant.to_owned(), members));
        self
    }
}

impl Namespaces for Table {
    fn find<'a>(
        &'a self,
        namespace: &'a str,
        user: &'a str,
    ) -> BoxFuture<'a, Result<Option<NamespaceOwner>, String>> {
        let found = self.0.get(namespace).map(|(tenant, members)| NamespaceOwner {
            tenant: tenant.clone(),
            is_member: members.contains(user),
        });
        Box::pin(async move { if namespace == "broken" { Err("no answer".to_owned()) } else { Ok(found) } })
    }
}

/// What the audit was told.
#[derive(Default)]
struct Events(Mutex<Vec<AccessEvent>>);

impl AccessSink for Events {
    fn record(&self, event: AccessEvent) {
        self.0.lock().unwrap().push(event);
    }
}

/// A clock that is moved by hand.
struct Clock(Mutex<Duration>);

impl Clock {
    /// 2026-11-21T21:05:58Z
    const START: u64 = 1_795_295_158;

    fn advance(&self, seconds: u64) {
        *self.0.lock().unwrap() += Duration::from_secs(seconds);
    }
}

impl GatewayClock for Clock {
    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(Self::START) + self.steady()
    }

    fn steady(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

/// An endpoint with a canned Keystone.
struct Bed {
    keystone: Keystone,
    tokens: RegistryTokens,
    events: Arc<Events>,
    clock: Arc<Clock>,
}

impl Bed {
    fn new() -> Self {
        Self::with(|builder| builder)
    }

    fn with(change: impl FnOnce(RegistryTokensBuilder) -> RegistryTokensBuilder) -> Self {
        let keystone = Keystone::default();
        let client = KeystoneClient::builder()
            .url("https://keystone.example/v3")
            .transport(keystone::Waits(keystone.transport()));
        let client = client.retry(RetryPolicy::never()).build().unwrap();
        let namespaces = Table::default()
            .with("team-a", "a", &["senior", "member", "reader", "of-b"])
            .with("other-a", "a", &[])
            .with("team-b", "b", &["of-b"]);
        let many = (0..9).fold(namespaces, |all, n| all.with(&format!("many-{n}"), &format!("t{n}"), &[]));
        let (events, clock) = (Arc::new(Events::default()), Arc::new(Clock(Mutex::default())));
        let builder = RegistryTokens::builder(client, signer(), many)
            .registry(TEST, Registry::Test)
            .registry(PRODUCTION, Registry::Production)
            .promotion("promotion")
            .audit(events.clone())
            .clock(clock.clone());
        Self { keystone, tokens: change(builder).build().unwrap(), events, clock }
    }

    /// Asks as `docker` does.
    async fn ask(&self, service: &str, login: &str, scopes: &[&str]) -> Answer {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("service", service);
        for scope in scopes {
            query.append_pair("scope", scope);
        }
        self.query(&query.finish(), login).await
    }

    async fn query(&self, query: &str, login: &str) -> Answer {
        let request = Request::get(format!("/token?{query}")).header(AUTHORIZATION, basic(login));
        Answer::of(self.tokens.handle(request.body(Empty::<bytes::Bytes>::new()).unwrap()).await).await
    }

    async fn post(&self, fields: &[(&str, &str)]) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post("/token").header("content-type", "application/x-www-form-urlencoded");
        Answer::of(self.tokens.handle(request.body(Full::new(bytes::Bytes::from(form))).unwrap()).await).await
    }

    /// What is granted, as `name:action+action`.
    async fn granted(&self, service: &str, login: &str, scopes: &[&str]) -> Vec<String> {
        let answer = self.ask(service, login, scopes).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.access()
    }
}

fn basic(login: &str) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    format!("Basic {}", STANDARD.encode(login))
}

/// An answer of the endpoint.
struct Answer {
    status: u16,
    headers: http::HeaderMap,
    text: String,
    json: Value,
}

impl Answer {
    async fn of(response: Response<Full<bytes::Bytes>>) -> Self {
        let (head, body) = response.into_parts();
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        let json = serde_json::from_str(&text).unwrap();
        Self { status: head.status.as_u16(), headers: head.headers, text, json }
    }

    fn token(&self) -> &str {
        self.json["token"].as_str().unwrap()
    }

    fn claims(&self) -> Value {
        part(self.token(), 1)
    }

    fn access(&self) -> Vec<String> {
        let show = |access: &Value| {
            let actions: Vec<&str> =
                access["actions"].as_array().unwrap().iter().map(|action| action.as_str().unwrap()).collect();
            format!("{}:{}", access["name"].as_str().unwrap(), actions.join("+"))
        };
        self.claims()["access"].as_array().unwrap().iter().map(show).collect()
    }
}

/// A part of a token, read.
fn part(token: &str, index: usize) -> Value {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}
