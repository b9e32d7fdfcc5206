//! How an endpoint is set up.

use super::{
    LoginLimits, RegistryTokens, Signer, UserNames,
    endpoint::{Inner, Rules},
    limits::Failures,
};
use crate::{GatewayClock, Namespaces, SystemClock};
use paas_client::KeystoneClient;
use paas_core::access::{AccessSink, Registry, RoleNames};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
    time::Duration,
};
use tokio::sync::Semaphore;

/// The longest that a token may live: so late a role that was taken acts.
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// How many logins Keystone is asked about at once: each costs it a third of a second of a core.
const LOGINS: usize = 8;

/// Sets up [`RegistryTokens`].
#[must_use = "a builder makes nothing until `build` is called"]
pub struct RegistryTokensBuilder {
    keystone: KeystoneClient,
    signer: Signer,
    registries: BTreeMap<String, Registry>,
    names: UserNames,
    roles: RoleNames,
    rules: Rules,
    lifetime: Duration,
    limits: LoginLimits,
    clock: Arc<dyn GatewayClock>,
}

/// Why an endpoint cannot be set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidRegistryTokens {
    /// No registry is named.
    NoRegistry,
    /// Tokens would live too long, or not at all.
    Lifetime,
}

impl fmt::Display for InvalidRegistryTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRegistry => "no registry is named; give the `service` of its configuration",
            Self::Lifetime => "tokens live one second to five minutes",
        })
    }
}

impl std::error::Error for InvalidRegistryTokens {}

impl RegistryTokensBuilder {
    pub(super) fn new(keystone: KeystoneClient, signer: Signer, namespaces: Arc<dyn Namespaces>) -> Self {
        let service_type = "image".to_owned();
        Self {
            keystone,
            signer,
            registries: BTreeMap::new(),
            names: UserNames::default(),
            roles: RoleNames::default(),
            rules: Rules { namespaces, promotion: BTreeSet::new(), service_type, audit: None },
            lifetime: LONGEST,
            limits: LoginLimits::default(),
            clock: Arc::new(SystemClock::default()),
        }
    }

    /// A registry by the `service` of its configuration, and which of the two it is; one more each time. A token is good
    /// for one of them only.
    pub fn registry(mut self, service: impl Into<String>, registry: Registry) -> Self {
        self.registries.insert(service.into(), registry);
        self
    }

    /// The id of a user of Keystone by whom images are promoted, one more each time: it fetches from the test registry,
    /// and it alone sends to the production registry. It needs no role.
    pub fn promotion(mut self, user: impl Into<String>) -> Self {
        self.rules.promotion.insert(user.into());
        self
    }

    /// How user names say their domain; else all are of the domain `Default`.
    pub fn user_names(mut self, names: UserNames) -> Self {
        self.names = names;
        self
    }

    /// Which role a role of Keystone is here.
    pub fn role_names(mut self, roles: RoleNames) -> Self {
        self.roles = roles;
        self
    }

    /// What access rules of application credentials call the registries; else `image`. Such a rule has the path
    /// `/v2/<repository>`, and the method `GET` to pull, `PUT` to push, `DELETE` to delete.
    pub fn service_type(mut self, service_type: impl Into<String>) -> Self {
        self.rules.service_type = service_type.into();
        self
    }

    /// How long tokens live; else five minutes, which is the most.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// How failed logins are slowed down.
    pub fn login_limits(mut self, limits: LoginLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Who is told of what was decided.
    pub fn audit(mut self, audit: Arc<dyn AccessSink>) -> Self {
        self.rules.audit = Some(audit);
        self
    }

    /// Another clock, for tests.
    pub fn clock(mut self, clock: Arc<dyn GatewayClock>) -> Self {
        self.clock = clock;
        self
    }

    /// The endpoint.
    ///
    /// # Errors
    ///
    /// If no registry is named, or if tokens would live longer than five minutes or shorter than a second.
    pub fn build(self) -> Result<RegistryTokens, InvalidRegistryTokens> {
        if self.registries.is_empty() {
            return Err(InvalidRegistryTokens::NoRegistry);
        }
        if self.lifetime > LONGEST || self.lifetime.as_secs() == 0 {
            return Err(InvalidRegistryTokens::Lifetime);
        }
        let inner = Inner {
            keystone: self.keystone,
            signer: self.signer,
            registries: self.registries,
            names: self.names,
            roles: self.roles,
            rules: self.rules,
            lifetime: self.lifetime,
            failures: Failures::new(self.limits),
            logins: Semaphore::new(LOGINS),
            clock: self.clock,
        };
        Ok(RegistryTokens { inner: Arc::new(inner) })
    }
}

impl fmt::Debug for RegistryTokensBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryTokensBuilder")
            .field("registries", &self.registries)
            .field("signer", &self.signer)
            .finish_non_exhaustive()
    }
}
