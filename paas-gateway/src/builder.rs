//! How a gateway is set up.

use crate::{
    CacheSettings, Gateway, GatewayClock, KeystoneSettings, Namespaces, RouteTable, SystemClock, Validator,
    cache::Tokens, gateway::Inner, metrics::Metrics,
};
use paas_core::access::{AccessSink, RoleNames};
use std::{error::Error, fmt, sync::Arc};

/// Sets up a [`Gateway`].
#[must_use = "a builder makes nothing until `build` is called"]
pub struct GatewayBuilder {
    validator: Arc<dyn Validator>,
    routes: RouteTable,
    names: RoleNames,
    cache: CacheSettings,
    keystone: KeystoneSettings,
    clock: Arc<dyn GatewayClock>,
    namespaces: Option<Arc<dyn Namespaces>>,
    sink: Option<Arc<dyn AccessSink>>,
    auth_uri: Option<String>,
    pass_token: bool,
    service_roles: Vec<String>,
}

/// A gateway that could not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidGateway(&'static str);

impl fmt::Display for InvalidGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for InvalidGateway {}

impl GatewayBuilder {
    pub(crate) fn new(validator: Arc<dyn Validator>, routes: RouteTable) -> Self {
        Self {
            validator,
            routes,
            names: RoleNames::default(),
            cache: CacheSettings::default(),
            keystone: KeystoneSettings::default(),
            clock: Arc::new(SystemClock::default()),
            namespaces: None,
            sink: None,
            auth_uri: None,
            pass_token: true,
            service_roles: Vec::new(),
        }
    }

    /// Which role a role of Keystone is.
    pub fn role_names(mut self, names: RoleNames) -> Self {
        self.names = names;
        self
    }

    /// How long validated tokens are kept, and how many.
    pub fn cache(mut self, settings: CacheSettings) -> Self {
        self.cache = settings;
        self
    }

    /// How much is asked of Keystone at a time.
    pub fn keystone(mut self, settings: KeystoneSettings) -> Self {
        self.keystone = settings;
        self
    }

    /// Tells the time in place of the machine.
    pub fn clock(mut self, clock: impl GatewayClock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Knows the image namespaces; routes that go by them need it.
    pub fn namespaces(mut self, namespaces: impl Namespaces + 'static) -> Self {
        self.namespaces = Some(Arc::new(namespaces));
        self
    }

    /// Is told of decisions.
    pub fn audit(mut self, sink: impl AccessSink + 'static) -> Self {
        self.sink = Some(Arc::new(sink));
        self
    }

    /// Where clients get tokens: it stands in `WWW-Authenticate` of a 401.
    pub fn auth_uri(mut self, uri: impl Into<String>) -> Self {
        self.auth_uri = Some(uri.into());
        self
    }

    /// Does not tell the token to the service behind. By default it is told, as keystonemiddleware does: services go on
    /// to others with it, and Keystone needs it to decide about grants.
    pub fn keep_token(mut self) -> Self {
        self.pass_token = false;
        self
    }

    /// Heeds `X-Service-Token`: a service with one of these roles may go on with the request of a user whose token has
    /// ended meanwhile. Without this, such tokens are dropped and what has ended has ended: nothing of the platform needs
    /// it, and a token that lives on for two days is not given away unasked.
    ///
    /// The role gives the service no right, and lifts no access rule.
    pub fn service_token_roles(mut self, roles: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.service_roles = roles.into_iter().map(Into::into).collect();
        self
    }

    /// Makes the gateway. Nobody is asked anything.
    ///
    /// # Errors
    ///
    /// Routes go by image namespaces and nobody knows these; the address of Keystone fits in no header; limits of zero.
    pub fn build(self) -> Result<Gateway, InvalidGateway> {
        if self.routes.has_namespaces() && self.namespaces.is_none() {
            return Err(InvalidGateway(
                "a route goes by image namespaces: give `namespaces`, which knows whose they are",
            ));
        }
        let is_plain =
            |uri: &str| uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\');
        if self.auth_uri.as_deref().is_some_and(|uri| !is_plain(uri)) {
            return Err(InvalidGateway("the address of Keystone has characters that no header can have"));
        }
        if self.keystone.at_a_time == 0 || self.keystone.waiting == 0 || self.keystone.timeout.is_zero() {
            return Err(InvalidGateway(
                "no token could be validated: time-out and numbers of validations are above zero",
            ));
        }
        let metrics = Arc::new(Metrics::default());
        let tokens = Tokens::new(
            self.validator,
            self.names,
            self.clock.clone(),
            metrics.clone(),
            self.cache,
            self.keystone,
        );
        Ok(Gateway(Arc::new(Inner {
            tokens,
            routes: self.routes,
            clock: self.clock,
            metrics,
            namespaces: self.namespaces,
            sink: self.sink,
            auth_uri: self.auth_uri.map(Into::into),
            pass_token: self.pass_token,
            service_roles: self.service_roles,
        })))
    }
}

impl fmt::Debug for GatewayBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GatewayBuilder")
            .field("routes", &self.routes)
            .field("cache", &self.cache)
            .field("keystone", &self.keystone)
            .field("auth_uri", &self.auth_uri)
            .field("pass_token", &self.pass_token)
            .field("service_roles", &self.service_roles)
            .finish_non_exhaustive()
    }
}
