//! How a client is set up.

use super::{RegistryClient, RegistryLogin, auth::PlainHttp, refusal::refusal};
use crate::{
    Result, System,
    setup::{Particulars, Setup, common_setters},
};
use std::fmt;

/// What an address may have at its end when it is copied from a browser or another tool.
const APIS: &[&str] = &["v2", "v1"];

/// Sets up a [`RegistryClient`].
///
/// ```
/// use paas_client::registry::{RegistryClient, RegistryLogin};
///
/// let client = RegistryClient::builder()
///     .url("https://registry.bank.test")
///     .login(RegistryLogin::user("anna", "hidden"))
///     .build();
/// assert!(client.is_ok());
/// ```
#[derive(Clone, Default)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct RegistryBuilder {
    login: RegistryLogin,
    for_pushing: bool,
    setup: Setup,
}

impl RegistryBuilder {
    /// An address of the registry, with `/v2` at its end or without; one more each time. All must be of the same registry
    /// with the same storage: they are tried in turn, those that work first.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.setup.urls.push(url.into());
        self
    }

    /// As whom the client asks. Without it, as nobody.
    pub fn login(mut self, login: RegistryLogin) -> Self {
        self.login = login;
        self
    }

    /// Asks for the right to push along with that to pull, so that one token serves for both in each repository: for a
    /// client that looks what is there, and then mostly pushes. Who may only pull gets what he may.
    pub fn for_pushing(mut self) -> Self {
        self.for_pushing = true;
        self
    }

    /// Allows addresses with `http:` that are not of this machine, and to get tokens by such. Passwords then cross the
    /// network in clear.
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
    pub fn build(self) -> Result<RegistryClient> {
        self.make().map_err(|error| error.with(|details| details.system = System::Registry))
    }

    fn make(self) -> Result<RegistryClient> {
        self.login.check()?;
        let plain_http = self.setup.plain_http;
        let core = self.setup.core(Particulars {
            system: System::Registry,
            apis: APIS,
            // Told to the registry only when it asks, and in the way in which it asks.
            authorization: None,
            secrets: self.login.secrets(),
            refusal,
        })?;
        let plain_http = match (plain_http, core.endpoints.are_local()) {
            (true, _) => PlainHttp::Everywhere,
            (false, true) => PlainHttp::Local,
            (false, false) => PlainHttp::Never,
        };
        Ok(RegistryClient::new(core, self.login, plain_http, self.for_pushing))
    }
}

impl fmt::Debug for RegistryBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryBuilder")
            .field("login", &self.login)
            .field("setup", &self.setup)
            .finish_non_exhaustive()
    }
}
