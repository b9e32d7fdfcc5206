//! What Harbor says of itself.

use super::{HarborClient, client::path, lenient};
use crate::{
    Error, ErrorKind, Result,
    body::{Expected, describe},
    call::Call,
    redact::Redactor,
    transport::Response,
};
use serde::Deserialize;

/// What Harbor says of itself. To those who are not logged in it says less.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct SystemInfo {
    /// Its version, such as `v2.11.0-70c7dbf2`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub harbor_version: Option<String>,
    /// Where users come from: `db_auth`, `ldap_auth`, `oidc_auth`, `uaa_auth`, `http_auth`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub auth_mode: Option<String>,
    /// Who may make projects: `everyone` or `adminonly`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub project_creation_restriction: Option<String>,
    /// Where images are pushed to and pulled from: a host, perhaps with a port.
    #[serde(default, deserialize_with = "lenient::text")]
    pub registry_url: Option<String>,
    /// Its address for people.
    #[serde(default, deserialize_with = "lenient::text")]
    pub external_url: Option<String>,
    /// Whether nothing can be changed now. What is not said counts as no.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub read_only: bool,
}

/// How Harbor is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Health {
    /// `healthy` only when all components are.
    pub status: String,
    /// Its components.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub components: Vec<ComponentHealth>,
}

impl Health {
    /// Whether all is well.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        self.status == "healthy"
    }
}

/// How a component of Harbor is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ComponentHealth {
    /// Which: `core`, `database`, `jobservice`, `portal`, `redis`, `registry`, `registryctl`, `trivy`.
    pub name: String,
    /// `healthy` or `unhealthy`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub status: String,
    /// What is wrong with it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub error: Option<String>,
}

/// The answer to a ping.
struct Pong;

impl Expected for Pong {
    fn read(answer: &Response, _: usize, redactor: &Redactor) -> Result<Self> {
        if answer.body.trim_ascii() == b"Pong" {
            return Ok(Self);
        }
        let what = describe(&answer.body, redactor);
        Err(Error::new(ErrorKind::Protocol, format!("the answer to a ping is not `Pong` but {what}")))
    }
}

impl HarborClient {
    /// Asks whether Harbor answers. What is behind it may be ill all the same: see [`health`](Self::health). Dropped:
    /// nothing has changed.
    ///
    /// # Errors
    ///
    /// Those of a call.
    pub async fn ping(&self) -> Result<()> {
        let mut call = Call::read("ping", path("ping"), Vec::new());
        // It is the one answer that is no JSON.
        call.headers.push(("accept", "text/plain".to_owned()));
        self.read(call).await.map(|Pong| ())
    }

    /// How Harbor and its components are. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// Those of a call.
    pub async fn health(&self) -> Result<Health> {
        self.read(Call::read("health", path("health"), Vec::new())).await
    }

    /// What Harbor says of itself. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// Those of a call.
    pub async fn system_info(&self) -> Result<SystemInfo> {
        self.read(Call::read("system_info", path("systeminfo"), Vec::new())).await
    }
}
