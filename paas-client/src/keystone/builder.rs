//! How a client is set up.

use super::{Configuration, KeystoneClient, Login, own::Own, own::Session, refusal::refusal};
use crate::{
    Result, System,
    setup::{Particulars, Setup, common_setters},
};
use std::{fmt, time::Duration};

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
    login: Option<Login>,
    margin: Duration,
    setup: Setup,
}

impl Default for KeystoneBuilder {
    fn default() -> Self {
        Self { login: None, margin: MARGIN, setup: Setup::default() }
    }
}

impl KeystoneBuilder {
    /// An address of Keystone, with `/v3` at its end or without; one more each time. All must be of the same Keystone:
    /// they are tried in turn, those that work first.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.setup.urls.push(url.into());
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
            self.setup.tls = configuration.tls()?;
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
        self.setup.plain_http = true;
        self
    }

    common_setters!();

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
        let core = self.setup.core(Particulars {
            system: System::Keystone,
            apis: APIS,
            authorization: None,
            secrets: login.map(Login::secrets).unwrap_or_default(),
            refusal,
        })?;
        let own =
            self.login.map_or(Own::Nobody, |login| Own::Login(Box::new(Session::new(login, self.margin))));
        Ok(KeystoneClient::new(core, own))
    }
}

impl fmt::Debug for KeystoneBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeystoneBuilder")
            .field("login", &self.login)
            .field("setup", &self.setup)
            .finish_non_exhaustive()
    }
}
