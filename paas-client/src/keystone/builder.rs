//! How a client is set up.

use super::{Configuration, KeystoneClient, Login, own::Own, own::Session, refusal::refusal};
#[cfg(feature = "http")]
use crate::transport::{HttpTransport, Tls};
use crate::{
    Clock, Limits, Randomness, Result, RetryPolicy, Seeded, System, TokioClock, call::Core,
    endpoints::Endpoints, redact::Redactor, retry::Budget, transport::Transport, wait::Polling,
};
use std::{fmt, sync::Arc, time::Duration};

/// What an address may have at its end when it is that of a version.
const APIS: &[&str] = &["v3", "v2.0"];

/// How long before its end a token is renewed: as Keystone's own clients do. Of tokens that live less than eight minutes
/// it is a quarter of their life.
const MARGIN: Duration = Duration::from_secs(120);

/// Sets up a [`KeystoneClient`].
///
/// ```
/// use paas_client::keystone::{KeystoneClient, Login, UserKey};
///
/// let client = KeystoneClient::builder()
///     .url("https://keystone.example/v3")
///     .login(Login::password(UserKey::named("gateway", "Default"), "hidden"))
///     .build();
/// assert!(client.is_ok());
/// ```
#[derive(Clone)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct KeystoneBuilder {
    urls: Vec<String>,
    login: Option<Login>,
    margin: Duration,
    plain_http: bool,
    limits: Limits,
    retry: RetryPolicy,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    randomness: Option<Arc<dyn Randomness>>,
    #[cfg(feature = "http")]
    tls: Tls,
    #[cfg(feature = "http")]
    proxy: bool,
}

impl Default for KeystoneBuilder {
    fn default() -> Self {
        Self {
            urls: Vec::new(),
            login: None,
            margin: MARGIN,
            plain_http: false,
            limits: Limits::default(),
            retry: RetryPolicy::default(),
            transport: None,
            clock: None,
            randomness: None,
            #[cfg(feature = "http")]
            tls: Tls::default(),
            #[cfg(feature = "http")]
            proxy: false,
        }
    }
}

impl KeystoneBuilder {
    /// An address of Keystone, with `/v3` at its end or without; one more each time. All must be of the same Keystone:
    /// they are tried in turn, those that work first.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.urls.push(url.into());
        self
    }

    /// As whom the client asks. Without a login it can only do what needs no token of its own.
    pub fn login(mut self, login: Login) -> Self {
        self.login = Some(login);
        self
    }

    /// Address, login and certificates from `clouds.yaml` or variables.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if it asks for what the client does not do.
    #[cfg_attr(
        not(feature = "http"),
        expect(unused_mut, reason = "who has no transport of ours sees to TLS")
    )]
    pub fn configuration(mut self, configuration: &Configuration) -> Result<Self> {
        #[cfg(feature = "http")]
        {
            self.tls = configuration.tls()?;
        }
        Ok(self.url(configuration.auth_url()).login(configuration.login().clone()))
    }

    /// How long before its end the own token is renewed: two minutes by default, and at most a quarter of its life.
    pub fn renew_before(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// Allows addresses with `http:` that are not of this machine. Passwords and tokens then cross the network in clear.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Times and sizes.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// When to try again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Carries the requests in place of the client's own transport.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Tells the time in place of tokio.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Gives the jitter in place of a seed of this process.
    pub fn randomness(mut self, randomness: impl Randomness + 'static) -> Self {
        self.randomness = Some(Arc::new(randomness));
        self
    }

    /// Whom to trust, and as whom to show oneself. A transport of one's own sees to that itself.
    #[cfg(feature = "http")]
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = tls;
        self
    }

    /// Goes through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name.
    #[cfg(feature = "http")]
    pub fn proxy_of_environment(mut self) -> Self {
        self.proxy = true;
        self
    }

    /// Makes the client. No request is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) for addresses, logins and certificates that cannot
    /// work.
    pub fn build(self) -> Result<KeystoneClient> {
        self.make().map_err(|error| error.with(|details| details.system = System::Keystone))
    }

    fn make(self) -> Result<KeystoneClient> {
        let login = self.login.as_ref();
        login.map_or(Ok(()), Login::check)?;
        let core = Core {
            system: System::Keystone,
            endpoints: Endpoints::parse(&self.urls, APIS, self.plain_http, &self.limits)?,
            transport: self.own_transport()?,
            clock: self.clock.unwrap_or_else(|| Arc::new(TokioClock::default())),
            randomness: self.randomness.unwrap_or_else(|| Arc::new(Seeded::default())),
            limits: self.limits,
            retry: self.retry,
            polling: Polling::default(),
            budget: Budget::new(self.retry.budget),
            authorization: None,
            redactor: Redactor::new(login.map(Login::secrets).unwrap_or_default()),
            refusal,
        };
        let own =
            self.login.map_or(Own::Nobody, |login| Own::Login(Box::new(Session::new(login, self.margin))));
        Ok(KeystoneClient::new(core, own))
    }

    fn own_transport(&self) -> Result<Arc<dyn Transport>> {
        if let Some(transport) = &self.transport {
            return Ok(transport.clone());
        }
        #[cfg(feature = "http")]
        return Ok(Arc::new(if self.proxy {
            HttpTransport::with_proxy_of_environment(&self.limits, &self.tls)?
        } else {
            HttpTransport::new(&self.limits, &self.tls)?
        }));
        #[cfg(not(feature = "http"))]
        return Err(super::configuration("no transport is given, and the feature `http` is not enabled"));
    }
}

/// Addresses are counted only: before they are checked they may hold a password.
impl fmt::Debug for KeystoneBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeystoneBuilder")
            .field("urls", &self.urls.len())
            .field("login", &self.login)
            .field("plain_http", &self.plain_http)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
