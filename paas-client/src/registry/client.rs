//! The client of a registry.

use super::{RegistryBuilder, RegistryLogin, not_done};
use crate::{Result, call::Core, limits::SHOWN_MESSAGE};
use std::{fmt, sync::Arc};

/// The root of the API.
const ROOT: &str = "/v2";

/// A client of one registry. Clones share connections, limits, tokens and the budget of retries.
#[derive(Clone)]
pub struct RegistryClient {
    pub(super) core: Arc<Core>,
    login: RegistryLogin,
}

impl RegistryClient {
    /// Sets up a client.
    pub fn builder() -> RegistryBuilder {
        RegistryBuilder::default()
    }

    pub(super) fn new(core: Core, login: RegistryLogin) -> Self {
        Self { core: Arc::new(core), login }
    }

    /// A text of the registry, fit to be quoted: in one line, of at most 500 characters, without backticks, and without
    /// the secret of the login.
    #[must_use]
    pub fn quotable(&self, text: &str) -> String {
        self.core.redactor.clean(text, SHOWN_MESSAGE)
    }

    /// Asks whether it is a registry, and whether it accepts the login. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unauthorized`](crate::ErrorKind::Unauthorized) if it does not accept the login,
    /// [`ErrorKind::Protocol`](crate::ErrorKind::Protocol) if it is no registry.
    pub async fn ping(&self) -> Result<()> {
        let _ = ROOT;
        Err(not_done())
    }
}

impl fmt::Debug for RegistryClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryClient")
            .field("login", &self.login)
            .field("core", &self.core)
            .finish_non_exhaustive()
    }
}
