//! What ends tokens before their time.

use super::{DomainId, KeystoneClient, ProjectId, RoleId, UserId, client::ROOT, page::Listed};
use crate::timestamp;
use crate::{Items, call::Path};
use serde::Deserialize;
use std::time::SystemTime;

/// An event that ends tokens: all that were made before a time and have all that it names.
///
/// A role that was taken from somebody is none: the token stays, without the role.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Revocation {
    /// The token of this audit id.
    #[serde(default)]
    pub audit_id: Option<String>,
    /// The tokens of the chain that begins with this audit id.
    #[serde(default)]
    pub audit_chain_id: Option<String>,
    /// Those of this user.
    #[serde(default)]
    pub user_id: Option<UserId>,
    /// Those for this project.
    #[serde(default)]
    pub project_id: Option<ProjectId>,
    /// Those of users of this domain, or for it.
    #[serde(default)]
    pub domain_id: Option<DomainId>,
    /// Those with this role.
    #[serde(default)]
    pub role_id: Option<RoleId>,
    /// Those made no later than this.
    #[serde(deserialize_with = "timestamp::required")]
    pub issued_before: SystemTime,
    /// When it happened.
    #[serde(default, deserialize_with = "timestamp::optional")]
    pub revoked_at: Option<SystemTime>,
}

impl Listed for Revocation {
    const KEY: &'static str = "events";
}

impl KeystoneClient {
    /// Lists what has ended tokens, since a time if one is given. Dropped: nothing has changed.
    #[must_use]
    pub fn list_revocations(&self, since: Option<SystemTime>) -> Items<Revocation> {
        let query = since.map(|since| ("since".to_owned(), timestamp::written(since))).into_iter().collect();
        self.list("list_revocations", Path::new(ROOT).at("OS-REVOKE").at("events"), query)
    }
}
