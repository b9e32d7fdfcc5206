//! The client of a server.

use super::{HarborBuilder, ProjectKey, configuration};
use crate::{
    ErrorKind, Result,
    body::{Done, Expected},
    call::{Call, Core, Effect, Path},
    limits::SHOWN_MESSAGE,
    transport::Method,
};
use serde::Serialize;
use std::{fmt, sync::Arc};

/// The root of the API.
const ROOT: &str = "/api/v2.0";

/// A client of one Harbor. Clones share connections and limits.
///
/// It sends its login with each request and keeps no cookies: with the cookie of a session, Harbor would want a token
/// against forged requests with each change.
#[derive(Clone)]
pub struct HarborClient {
    pub(super) core: Arc<Core>,
    /// The user that owns what this client makes; none for robots.
    owner: Option<Arc<str>>,
}

impl HarborClient {
    /// Sets up a client.
    pub fn builder() -> HarborBuilder {
        HarborBuilder::default()
    }

    pub(super) fn new(core: Core, owner: Option<&str>) -> Self {
        Self { core: Arc::new(core), owner: owner.map(Arc::from) }
    }

    /// Whether this user is the one that owns what this client makes.
    pub(super) fn is_own(&self, owner: Option<&str>) -> bool {
        self.owner.is_some() && self.owner.as_deref() == owner
    }

    /// A text of the server, fit to be quoted: in one line, of at most 500 characters, without backticks, and without
    /// the password.
    #[must_use]
    pub fn quotable(&self, text: &str) -> String {
        self.core.redactor.clean(text, SHOWN_MESSAGE)
    }

    pub(super) async fn read<T: Expected>(&self, call: Call) -> Result<T> {
        self.core.call(&call).await
    }

    /// A change that is the same when it is done twice.
    pub(super) async fn put(&self, mut call: Call) -> Result<()> {
        call.effect = Effect::Idempotent;
        self.core.call(&call).await.map(|Done| ())
    }

    /// A change that is refused as done already when it is done twice.
    pub(super) async fn put_once(&self, call: Call) -> Result<()> {
        match self.put(call).await {
            Err(error) if error.kind() == ErrorKind::Exists && error.outcome_unknown() => Ok(()),
            other => other,
        }
    }

    /// A removal. What is gone when it is asked for again was removed the first time.
    pub(super) async fn delete(
        &self,
        operation: &'static str,
        path: Path,
        header: Option<(&'static str, String)>,
    ) -> Result<()> {
        let mut call = Call::change(operation, Method::Delete, path, None);
        call.effect = Effect::Idempotent;
        call.headers.extend(header);
        match self.core.call(&call).await {
            Ok(Done) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound && error.outcome_unknown() => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// A path of the API.
pub(super) fn path(first: &str) -> Path {
    Path::new(ROOT).at(first)
}

/// The path of a project.
pub(super) fn project_path(project: &ProjectKey) -> Path {
    path("projects").id("{project}", &project.segment())
}

/// A call that reads something of a project.
pub(super) fn read_of(operation: &'static str, project: &ProjectKey, path: Path) -> Call {
    let mut call = Call::read(operation, path, Vec::new());
    call.headers.extend(project.header());
    call
}

/// A body as it is sent.
pub(super) fn json(body: &impl Serialize) -> Result<Option<Vec<u8>>> {
    serde_json::to_vec(body).map(Some).map_err(|_| configuration("the content cannot be written as JSON"))
}

impl fmt::Debug for HarborClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HarborClient").field("core", &self.core).finish_non_exhaustive()
    }
}
