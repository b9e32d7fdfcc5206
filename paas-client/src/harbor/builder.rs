//! How a client is set up.

use super::{HarborClient, Login, configuration, refusal::refusal};
use crate::{
    Result, System,
    setup::{Particulars, Setup, common_setters},
};
use std::fmt;

/// What an address may have at its end when it is copied from a browser or another tool.
const APIS: &[&str] = &["api", "harbor", "v2", "c"];

/// Sets up a [`HarborClient`].
///
/// ```
/// use paas_client::harbor::{HarborClient, Login};
///
/// let client = HarborClient::builder()
///     .url("https://harbor.example")
///     .login(Login::user("admin", "hidden"))
///     .build();
/// assert!(client.is_ok());
/// ```
#[derive(Clone, Default)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct HarborBuilder {
    login: Option<Login>,
    setup: Setup,
}

impl HarborBuilder {
    /// An address of Harbor, with `/api/v2.0` at its end or without; one more each time. All must be of the same Harbor:
    /// they are tried in turn, those that work first.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.setup.urls.push(url.into());
        self
    }

    /// As whom the client asks.
    pub fn login(mut self, login: Login) -> Self {
        self.login = Some(login);
        self
    }

    /// Allows addresses with `http:` that are not of this machine. Passwords then cross the network in clear.
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
    pub fn build(self) -> Result<HarborClient> {
        self.make().map_err(|error| error.with(|details| details.system = System::Harbor))
    }

    fn make(self) -> Result<HarborClient> {
        let login = self.login.ok_or_else(|| configuration("no login is given"))?;
        login.check()?;
        let core = self.setup.core(Particulars {
            system: System::Harbor,
            apis: APIS,
            authorization: Some(login.authorization()),
            secrets: login.secrets(),
            refusal,
        })?;
        Ok(HarborClient::new(core, login.owner()))
    }
}

impl fmt::Debug for HarborBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HarborBuilder")
            .field("login", &self.login)
            .field("setup", &self.setup)
            .finish_non_exhaustive()
    }
}
