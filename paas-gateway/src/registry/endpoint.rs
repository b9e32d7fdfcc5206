//! The endpoint: a request in, a signed token out.

use super::{
    RegistryTokensBuilder, Signer, UserNames,
    answer::Granted,
    ask::{Ask, Refusal},
    claims::Claims,
    grant::granted,
    limits::Failures,
    login::Session,
};
use crate::{GatewayClock, Namespaces};
use paas_client::{ExposeSecret, KeystoneClient};
use paas_core::access::{AccessEvent, AccessSink, Action, Kind, Registry, RoleNames};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    net::IpAddr,
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::sync::Semaphore;

/// How long a login waits for its turn before it is told to come again: less than clients of registries wait.
const LONGEST_TURN: Duration = Duration::from_secs(10);

/// By how much the clock of a registry may be behind.
const LEEWAY: u64 = 10;

/// Answers requests for tokens of registries. Clones share all.
///
/// ```no_run
/// use paas_client::{KeystoneClient, SecretString};
/// use paas_core::access::Registry;
/// use paas_gateway::{Namespaces, registry::{RegistryTokens, Signer}};
///
/// # fn example(namespaces: impl Namespaces + 'static, key: SecretString, certificates: &str) -> Result<(), Box<dyn std::error::Error>> {
/// let keystone = KeystoneClient::builder().url("https://keystone.example/v3").build()?;
/// let tokens = RegistryTokens::builder(keystone, Signer::from_pem("tokens.example", &key, certificates)?, namespaces)
///     .registry("registry-test", Registry::Test)
///     .registry("registry", Registry::Production)
///     .promotion("4f1d6c")
///     .build()?;
/// # let _ = tokens; Ok(()) }
/// ```
#[derive(Clone)]
pub struct RegistryTokens {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) keystone: KeystoneClient,
    pub(super) signer: Signer,
    pub(super) registries: BTreeMap<String, Registry>,
    pub(super) names: UserNames,
    pub(super) roles: RoleNames,
    pub(super) rules: Rules,
    pub(super) lifetime: Duration,
    pub(super) failures: Failures,
    /// The logins that Keystone is asked about at once.
    pub(super) logins: Semaphore,
    pub(super) clock: Arc<dyn GatewayClock>,
}

/// What decides beside the roles.
pub(super) struct Rules {
    pub(super) namespaces: Arc<dyn Namespaces>,
    /// The ids of the users by whom images are promoted.
    pub(super) promotion: BTreeSet<String>,
    /// What access rules call the registries.
    pub(super) service_type: String,
    pub(super) audit: Option<Arc<dyn AccessSink>>,
}

impl RegistryTokens {
    /// Sets up an endpoint: which Keystone is asked, for which the client needs no login; what signs; and whose the image
    /// namespaces are.
    pub fn builder(
        keystone: KeystoneClient,
        signer: Signer,
        namespaces: impl Namespaces + 'static,
    ) -> RegistryTokensBuilder {
        RegistryTokensBuilder::new(keystone, signer, Arc::new(namespaces))
    }

    pub(super) async fn answer(&self, ask: &Ask, address: Option<IpAddr>) -> Result<Granted, Refusal> {
        let inner = &*self.inner;
        let registry = inner.registries.get(&ask.service).copied();
        let registry = registry.ok_or(Refusal::Malformed("there is no such `service`"))?;
        let mut session = self.log_in(ask, address).await?;
        let now = inner.clock.wall();
        let at = u64::try_from(since_1970(now).as_millis()).unwrap_or(u64::MAX);
        let access = granted(&inner.rules, registry, &mut session, &ask.scopes, at).await?;
        let left = session.until.duration_since(now).unwrap_or_default();
        let lifetime = inner.lifetime.min(left).as_secs();
        if lifetime == 0 {
            return Err(Refusal::NotAccepted);
        }
        let issued_at = since_1970(now).as_secs();
        let jti = inner.signer.unique().map_err(|_| Refusal::Unavailable)?;
        let claims = Claims {
            iss: inner.signer.issuer(),
            sub: &session.subject.user,
            aud: &ask.service,
            exp: issued_at + lifetime,
            nbf: issued_at.saturating_sub(LEEWAY),
            iat: issued_at,
            jti: &jti,
            access: &access,
        };
        let token = inner.signer.sign(&claims).map_err(|_| Refusal::Unavailable)?;
        Ok(Granted::new(token.expose_secret(), lifetime, issued_at))
    }

    async fn log_in(&self, ask: &Ask, address: Option<IpAddr>) -> Result<Session<'_>, Refusal> {
        let inner = &*self.inner;
        let account = &ask.credentials.account;
        let may = || match inner.failures.wait(account, address, inner.clock.steady()) {
            Some(wait) => Err(Refusal::TooOften(wait)),
            None => Ok(()),
        };
        may()?;
        // Few at a time, and looked at again when it is their turn: who guesses many at once is told of the first.
        let turn = tokio::time::timeout(LONGEST_TURN, inner.logins.acquire());
        let _turn = turn.await.ok().and_then(Result::ok).ok_or(Refusal::Unavailable)?;
        may()?;
        let begun = Session::begin(&inner.keystone, &inner.roles, &ask.credentials.method).await;
        match &begun {
            Ok(_) => inner.failures.worked(account, address),
            Err(Refusal::NotAccepted) => {
                inner.failures.failed(account, address, inner.clock.steady());
                self.tell_of_failure();
            }
            Err(_) => {}
        }
        begun
    }

    fn tell_of_failure(&self) {
        let Some(audit) = self.inner.rules.audit.as_ref().filter(|audit| audit.wants(Action::Pull, false))
        else {
            return;
        };
        let at = u64::try_from(since_1970(self.inner.clock.wall()).as_millis()).unwrap_or(u64::MAX);
        audit.record(AccessEvent::refused(at, Action::Pull, Kind::Image, "the login was not accepted"));
    }
}

fn since_1970(time: SystemTime) -> Duration {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

impl fmt::Debug for RegistryTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryTokens")
            .field("registries", &self.inner.registries)
            .field("signer", &self.inner.signer)
            .field("lifetime", &self.inner.lifetime)
            .finish_non_exhaustive()
    }
}
