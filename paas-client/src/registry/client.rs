//! The client of a registry.

use super::{
    RegistryBuilder, RegistryLogin, RepositoryName,
    answer::Answer,
    auth::{self, Auth, PlainHttp, Scopes},
    way::wrong,
};
use crate::{
    ErrorKind, Result,
    body::describe,
    call::{Core, Path},
    endpoints::Endpoint,
    limits::SHOWN_MESSAGE,
};
use std::{fmt, sync::Arc};

/// A client of one registry. Clones share connections, limits, tokens and the budget of retries.
#[derive(Clone)]
pub struct RegistryClient {
    pub(super) core: Arc<Core>,
    pub(super) auth: Arc<Auth>,
    /// Whether one token is to serve for pulling and for pushing.
    for_pushing: bool,
}

impl RegistryClient {
    /// Sets up a client.
    pub fn builder() -> RegistryBuilder {
        RegistryBuilder::default()
    }

    pub(super) fn new(core: Core, login: RegistryLogin, plain_http: PlainHttp, for_pushing: bool) -> Self {
        Self { core: Arc::new(core), auth: Arc::new(Auth::new(login, plain_http)), for_pushing }
    }

    /// What is asked for to read in a repository.
    pub(super) fn reading(&self, repository: &RepositoryName) -> Scopes {
        if self.for_pushing { Scopes::push(repository) } else { Scopes::pull(repository) }
    }

    /// The address of the registry, without `/v2`; the first in the alphabet if there are several. Two clients of the same
    /// registry have the same.
    ///
    /// ```
    /// use paas_client::RegistryClient;
    ///
    /// let client = RegistryClient::builder().url("https://b.bank.test/v2/").url("https://a.bank.test").build()?;
    /// assert_eq!(client.address(), "https://a.bank.test");
    /// # Ok::<(), paas_client::Error>(())
    /// ```
    #[must_use]
    pub fn address(&self) -> &str {
        self.core.endpoints.in_turn().into_iter().map(Endpoint::base).min().unwrap_or_default()
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
    /// [`ErrorKind::Unauthorized`] if it does not accept the login, [`ErrorKind::Protocol`] if it is no registry.
    pub async fn ping(&self) -> Result<()> {
        let call = auth::ping();
        let answer: Answer = self.call(auth::ping(), Scopes::default()).await?;
        let body = answer.response.body.trim_ascii();
        // Some have nothing to say, some an empty object. A web page is somebody else.
        if body.is_empty()
            || body.starts_with(b"{")
            || answer.header("docker-distribution-api-version").is_some()
        {
            return Ok(());
        }
        let what = describe(body, &self.core.redactor);
        Err(wrong(
            ErrorKind::Protocol,
            format!("the answer does not come from a registry; it is {what}"),
            &call,
        ))
    }
}

/// A path in a repository.
pub(super) fn path(repository: &RepositoryName, kind: &str) -> Path {
    Path::new("/v2").id("{repository}", repository.as_str()).at(kind)
}

impl fmt::Debug for RegistryClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryClient")
            .field("auth", &self.auth)
            .field("core", &self.core)
            .finish_non_exhaustive()
    }
}
