//! Two registries, an endpoint, and users of a Keystone.

use super::{
    super::{PRODUCTION, TEST, Table, signer},
    client::Client,
    seed::Seed,
    server::{Registry, serve},
};
use paas_client::{
    ExposeSecret, KeystoneClient,
    keystone::{DomainKey, Grant, ScopeRequest},
};
use paas_core::access;
use paas_gateway::{
    GatewayClock,
    registry::{RegistryTokens, UserNames},
};
use std::{
    collections::BTreeMap,
    env,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

/// A clock that is ten minutes behind.
struct Past;

impl GatewayClock for Past {
    fn wall(&self) -> SystemTime {
        SystemTime::now() - Duration::from_secs(600)
    }

    fn steady(&self) -> Duration {
        Duration::ZERO
    }
}

pub(super) struct Bed {
    pub(super) seed: Seed,
    pub(super) realm: String,
    /// An endpoint whose clock is ten minutes behind.
    pub(super) past_realm: String,
    pub(super) test: Registry,
    pub(super) production: Registry,
    /// The id of a tenant.
    pub(super) ours: String,
    /// The id of anna. She a member in our tenant, rita reads there, mona manages it, fred is a member in theirs, and
    /// by the last user images are promoted.
    pub(super) anna: String,
}

impl Bed {
    /// Nothing where there is no Keystone or no registry. Only these users are made: each takes Keystone long.
    pub(super) async fn new(users: &[&str]) -> Option<Self> {
        let Some(program) = env::var_os("PAAS_DOCKER_REGISTRY").map(PathBuf::from) else {
            eprintln!(
                "skipped: there is no `PAAS_DOCKER_REGISTRY`, the program `docker-registry`; `cargo xtask test` has it"
            );
            return None;
        };
        let seed = Seed::new().await?;
        let (ours, theirs) = (seed.project("ours", None).await, seed.project("theirs", None).await);
        let mut ids = BTreeMap::new();
        for name in users.iter().copied() {
            let user = seed.user(name).await;
            let grant = match name {
                "anna" => Some(("member", &ours)),
                "rita" => Some(("reader", &ours)),
                "mona" => Some(("manager", &ours)),
                "fred" => Some(("member", &theirs)),
                _ => None,
            };
            if let Some((role, project)) = grant {
                let role = seed.standard_role(role).await;
                let grant = Grant::to_user(user.parse().unwrap(), role.parse().unwrap());
                seed.admin.assign_role(&grant.in_project(project.parse().unwrap())).await.unwrap();
            }
            ids.insert(name, user);
        }
        let id = |name: &str| ids.get(name).map_or("nobody", String::as_str);
        let namespaces = Table::default()
            .with("ours", &ours, &[id("anna"), id("rita"), id("fred")])
            .with("closed", &ours, &[])
            .with("theirs", &theirs, &[id("anna"), id("fred")]);
        let domain = DomainKey::Id(seed.domain.parse().unwrap());
        let builder = || {
            let keystone = KeystoneClient::builder().url(&seed.url).build().unwrap();
            RegistryTokens::builder(keystone, signer(), namespaces.clone())
                .registry(TEST, access::Registry::Test)
                .registry(PRODUCTION, access::Registry::Production)
                .user_names(UserNames::plain(domain.clone()).with_domain_after_at())
                .promotion(id("promotion"))
        };
        let realm = serve(builder().build().unwrap()).await;
        let past_realm = serve(builder().clock(Arc::new(Past)).build().unwrap()).await;
        let test = Registry::start(&program, TEST, &realm).await;
        let production = Registry::start(&program, PRODUCTION, &realm).await;
        let anna = id("anna").to_owned();
        Some(Self { seed, realm, past_realm, test, production, ours, anna })
    }

    /// Somebody by a token of Keystone without a scope: to hash a password takes Keystone long.
    pub(super) async fn login(&self, user: &str) -> String {
        let login = self.seed.login(user, ScopeRequest::Unscoped);
        let issued = self.seed.admin.authenticate(&login).await.unwrap();
        format!("$token:{}", issued.token.expose_secret())
    }

    /// Somebody at the test registry.
    pub(super) async fn at_test(&self, user: &str) -> Client {
        Client::new(&self.test.url, &self.login(user).await)
    }

    /// The same at the other.
    pub(super) fn at_production(&self, client: &Client) -> Client {
        Client::new(&self.production.url, &client.login)
    }
}
