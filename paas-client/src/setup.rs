//! What the builders of clients have alike.

#[cfg(feature = "http")]
use crate::transport::{HttpTransport, Tls};
use crate::{
    Clock, Error, Limits, Randomness, Result, RetryPolicy, Seeded, System, TokioClock,
    call::Core,
    endpoints::Endpoints,
    redact::Redactor,
    retry::Budget,
    transport::{Response, Transport},
    wait::Polling,
};
use secrecy::SecretString;
use std::{fmt, sync::Arc};

/// The settings that each client has.
#[derive(Clone, Default)]
pub(crate) struct Setup {
    pub(crate) urls: Vec<String>,
    pub(crate) plain_http: bool,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) clock: Option<Arc<dyn Clock>>,
    pub(crate) randomness: Option<Arc<dyn Randomness>>,
    #[cfg(feature = "http")]
    pub(crate) tls: Tls,
    #[cfg(feature = "http")]
    pub(crate) proxy: bool,
}

/// In what the clients differ.
pub(crate) struct Particulars {
    pub(crate) system: System,
    /// What an address may have at its end when it is that of a version.
    pub(crate) apis: &'static [&'static str],
    pub(crate) authorization: Option<SecretString>,
    pub(crate) secrets: Vec<SecretString>,
    pub(crate) refusal: fn(&Response, &Redactor) -> Error,
}

impl Setup {
    /// What a client of one server holds.
    pub(crate) fn core(self, particulars: Particulars) -> Result<Core> {
        Ok(Core {
            system: particulars.system,
            endpoints: Endpoints::parse(&self.urls, particulars.apis, self.plain_http, &self.limits)?,
            transport: self.own_transport()?,
            clock: self.clock.unwrap_or_else(|| Arc::new(TokioClock::default())),
            randomness: self.randomness.unwrap_or_else(|| Arc::new(Seeded::default())),
            limits: self.limits,
            retry: self.retry,
            polling: Polling::default(),
            budget: Budget::new(self.retry.budget),
            authorization: particulars.authorization,
            redactor: Redactor::new(particulars.secrets),
            refusal: particulars.refusal,
        })
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
            crate::ErrorKind::Configuration,
            "no transport is given, and the feature `http` is not enabled",
        ));
    }
}

/// Addresses are counted only: before they are checked they may hold a password.
impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("urls", &self.urls.len())
            .field("plain_http", &self.plain_http)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

/// The methods that all builders with a field `setup` have.
macro_rules! common_setters {
    () => {
        /// Times and sizes.
        pub fn limits(mut self, limits: crate::Limits) -> Self {
            self.setup.limits = limits;
            self
        }

        /// When to try again.
        pub fn retry(mut self, policy: crate::RetryPolicy) -> Self {
            self.setup.retry = policy;
            self
        }

        /// Carries the requests in place of the client's own transport.
        pub fn transport(mut self, transport: impl crate::transport::Transport + 'static) -> Self {
            self.setup.transport = Some(std::sync::Arc::new(transport));
            self
        }

        /// Tells the time in place of tokio.
        pub fn clock(mut self, clock: impl crate::Clock + 'static) -> Self {
            self.setup.clock = Some(std::sync::Arc::new(clock));
            self
        }

        /// Gives the jitter in place of a seed of this process.
        pub fn randomness(mut self, randomness: impl crate::Randomness + 'static) -> Self {
            self.setup.randomness = Some(std::sync::Arc::new(randomness));
            self
        }

        /// Whom to trust, and as whom to show oneself. A transport of one's own sees to that itself.
        #[cfg(feature = "http")]
        pub fn tls(mut self, tls: crate::transport::Tls) -> Self {
            self.setup.tls = tls;
            self
        }

        /// Goes through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name.
        #[cfg(feature = "http")]
        pub fn proxy_of_environment(mut self) -> Self {
            self.setup.proxy = true;
            self
        }
    };
}
pub(crate) use common_setters;
