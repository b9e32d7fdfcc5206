//! How a client is set up.

#[cfg(feature = "http")]
use crate::transport::{HttpTransport, Tls};
use crate::{
    Clock, Error, ErrorKind, Limits, Polling, Randomness, Result, RetryPolicy, Seeded, System, TokioClock,
    call::Core,
    endpoints::Endpoints,
    rancher::{Credentials, RancherClient, refusal::refusal},
    redact::Redactor,
    retry::Budget,
    transport::Transport,
};
use std::{fmt, sync::Arc};

/// What an address may have at its end when it is copied from a browser or another tool.
const APIS: &[&str] = &["v1", "v2-beta"];

/// Sets up a [`RancherClient`].
///
/// ```
/// use paas_client::{Credentials, Limits, RancherClient, RetryPolicy};
///
/// let client = RancherClient::builder()
///     .url("https://rancher-a.example")
///     .url("https://rancher-b.example")
///     .credentials(Credentials::new("access", "secret"))
///     .retry(RetryPolicy { attempts: 3, ..RetryPolicy::default() })
///     .build();
/// assert!(client.is_ok());
/// ```
#[derive(Clone, Default)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct RancherBuilder {
    urls: Vec<String>,
    credentials: Option<Credentials>,
    plain_http: bool,
    limits: Limits,
    retry: RetryPolicy,
    polling: Polling,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    randomness: Option<Arc<dyn Randomness>>,
    #[cfg(feature = "http")]
    tls: Tls,
    #[cfg(feature = "http")]
    proxy: bool,
}

impl RancherBuilder {
    /// An address of the server; one more each time. All must be of the same server: they are tried in turn, those
    /// that work first. Without any, the address that came with the credentials is taken.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.urls.push(url.into());
        self
    }

    /// The key.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Allows addresses with `http:` that are not of this machine. The key then crosses the network in clear.
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

    /// How often waiters look.
    pub fn polling(mut self, polling: Polling) -> Self {
        self.polling = polling;
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
    /// [`ErrorKind::Configuration`] for addresses, keys and certificates that cannot work.
    pub fn build(self) -> Result<RancherClient> {
        let credentials = self
            .credentials
            .clone()
            .ok_or_else(|| Error::new(ErrorKind::Configuration, "no credentials are given"))?;
        credentials.check()?;
        let mut urls = self.urls.clone();
        if urls.is_empty() {
            urls.extend(credentials.url().map(str::to_owned));
        }
        let core = Core {
            system: System::Rancher,
            endpoints: Endpoints::parse(&urls, APIS, self.plain_http, &self.limits)?,
            transport: self.own_transport()?,
            clock: self.clock.unwrap_or_else(|| Arc::new(TokioClock::default())),
            randomness: self.randomness.unwrap_or_else(|| Arc::new(Seeded::default())),
            limits: self.limits,
            retry: self.retry,
            polling: self.polling,
            budget: Budget::new(self.retry.budget),
            authorization: Some(credentials.authorization()),
            redactor: Redactor::new(credentials.secrets()),
            refusal,
        };
        Ok(RancherClient::new(core))
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
        return Err(Error::new(
            ErrorKind::Configuration,
            "no transport is given, and the feature `http` is not enabled",
        ));
    }
}

/// Addresses are counted only: before they are checked they may hold a password.
impl fmt::Debug for RancherBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RancherBuilder")
            .field("urls", &self.urls.len())
            .field("plain_http", &self.plain_http)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .field("polling", &self.polling)
            .finish_non_exhaustive()
    }
}
