//! Projects as they are, and as they are to be.

use super::{ProjectId, ProjectName, ProjectRole, StorageLimit, UserId, lenient};
use crate::list::{Query, pairs};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A project: what repositories lie in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Project {
    /// The id.
    #[serde(rename = "project_id")]
    pub id: ProjectId,
    /// The name, which does not change.
    pub name: ProjectName,
    /// The user who made it. What a robot makes belongs to an administrator.
    #[serde(default, deserialize_with = "lenient::id")]
    pub owner_id: Option<UserId>,
    /// The name of that user.
    #[serde(default, deserialize_with = "lenient::text")]
    pub owner_name: Option<String>,
    /// When it was made, as Harbor writes it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub creation_time: Option<String>,
    /// How many repositories it has.
    #[serde(default, deserialize_with = "lenient::number")]
    pub repo_count: Option<i64>,
    /// The registry that it is a cache of, if it is one.
    #[serde(default, deserialize_with = "lenient::number")]
    pub registry_id: Option<i64>,
    /// The roles of whoever asks, also by groups.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub current_user_role_ids: Vec<ProjectRole>,
    /// Its settings: `public`, `auto_scan`, `prevent_vul` and others, all as texts.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub metadata: BTreeMap<String, String>,
}

impl Project {
    /// Whether all may pull from it, without a login too.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.metadata.get("public").is_some_and(|public| public == "true")
    }
}

/// Whether a project can be deleted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Deletable {
    /// Whether it can. What is not said counts as no.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub deletable: bool,
    /// What is in the way.
    #[serde(default, deserialize_with = "lenient::text")]
    pub message: Option<String>,
}

/// Which projects to list. A system administrator sees all, others those that are theirs or public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProjectQuery {
    name: Option<String>,
    owner: Option<String>,
    public: Option<bool>,
}

impl ProjectQuery {
    /// Only those whose name holds this.
    #[must_use]
    pub fn name_holds(mut self, part: impl Into<String>) -> Self {
        self.name = Some(part.into());
        self
    }

    /// Only those of this user.
    #[must_use]
    pub fn owner(mut self, name: impl Into<String>) -> Self {
        self.owner = Some(name.into());
        self
    }

    /// Only those that are public, or only those that are not.
    #[must_use]
    pub fn public(mut self, public: bool) -> Self {
        self.public = Some(public);
        self
    }

    pub(super) fn pairs(&self) -> Query {
        let public = self.public.map(|public| if public { "true" } else { "false" });
        pairs([("name", self.name.as_deref()), ("owner", self.owner.as_deref()), ("public", public)])
    }
}

/// A project that is to be made. It is private unless [`public`](Self::public) says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NewProject {
    #[serde(rename = "project_name")]
    pub(super) name: ProjectName,
    metadata: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage_limit: Option<StorageLimit>,
}

impl NewProject {
    /// A private project of this name.
    #[must_use]
    pub fn new(name: ProjectName) -> Self {
        let metadata = BTreeMap::from([("public".to_owned(), "false".to_owned())]);
        Self { name, metadata, storage_limit: None }
    }

    /// Whether all may pull from it, without a login too.
    #[must_use]
    pub fn public(self, public: bool) -> Self {
        self.set("public", if public { "true" } else { "false" })
    }

    /// One of its settings, such as `auto_scan`. Harbor drops those that it does not know.
    #[must_use]
    pub fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.metadata.insert(name.into(), value.into());
        self
    }

    /// How much it may hold. Only what a system administrator says counts; for others, and without it, Harbor takes its
    /// default.
    #[must_use]
    pub fn storage_limit(mut self, limit: StorageLimit) -> Self {
        self.storage_limit = Some(limit);
        self
    }
}

/// What of a project is to change; what is not named stays. Its limit of storage is a
/// [quota](super::HarborClient::set_storage_limit).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProjectChange {
    metadata: BTreeMap<String, String>,
}

impl ProjectChange {
    /// Whether all may pull from it, without a login too.
    #[must_use]
    pub fn public(self, public: bool) -> Self {
        self.set("public", if public { "true" } else { "false" })
    }

    /// One of its settings, such as `auto_scan`. Harbor drops those that it does not know.
    #[must_use]
    pub fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.metadata.insert(name.into(), value.into());
        self
    }
}
