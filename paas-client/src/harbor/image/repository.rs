//! Repositories, and the calls about them.

use super::{RepositoryKey, RepositoryName};
use crate::{
    Items, Result,
    body::Done,
    call::{Call, Path},
    harbor::{
        HarborClient, ProjectId, ProjectName, RepositoryId,
        client::{json, path},
        lenient,
    },
    list::{Query, pairs},
    segment::segment,
    transport::Method,
};
use serde::{Deserialize, Serialize};
use std::time::SystemTime;

/// A repository: what the artifacts of one name lie in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Repository {
    /// The id.
    pub id: RepositoryId,
    /// Its project, and its name there.
    #[serde(rename = "name")]
    pub key: RepositoryKey,
    /// The id of its project.
    #[serde(default, deserialize_with = "lenient::id")]
    pub project_id: Option<ProjectId>,
    /// What people write about it. Harbor escapes it for web pages: `<` is `&lt;`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: Option<String>,
    /// How many artifacts it has.
    #[serde(default, deserialize_with = "lenient::count")]
    pub artifact_count: Option<u64>,
    /// How often something was pulled from it.
    #[serde(default, deserialize_with = "lenient::count")]
    pub pull_count: Option<u64>,
    /// When it was made.
    #[serde(default, deserialize_with = "lenient::time")]
    pub creation_time: Option<SystemTime>,
    /// When it was changed last.
    #[serde(default, deserialize_with = "lenient::time")]
    pub update_time: Option<SystemTime>,
}

/// Which repositories to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RepositoryQuery {
    filter: Option<String>,
}

impl RepositoryQuery {
    /// Only those whose whole name, with that of the project, holds this.
    #[must_use]
    pub fn name_holds(self, part: &RepositoryName) -> Self {
        Self { filter: Some(format!("name=~{part}")) }
    }

    fn pairs(&self) -> Query {
        pairs([("q", self.filter.as_deref())])
    }
}

impl HarborClient {
    /// Lists the repositories of a project. Dropped: nothing has changed.
    #[must_use]
    pub fn list_repositories(&self, project: &ProjectName, query: &RepositoryQuery) -> Items<Repository> {
        self.list("list_repositories", repositories(project), query.pairs(), None)
    }

    /// Lists the repositories of all projects that whoever asks may see. Dropped: nothing has changed.
    #[must_use]
    pub fn list_all_repositories(&self, query: &RepositoryQuery) -> Items<Repository> {
        self.list("list_all_repositories", path("repositories"), query.pairs(), None)
    }

    /// Reads a repository. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is none,
    /// [`ErrorKind::Forbidden`](crate::ErrorKind::Forbidden) if the project is another's.
    pub async fn read_repository(&self, repository: &RepositoryKey) -> Result<Repository> {
        self.read(Call::read("read_repository", repository_path(repository), Vec::new())).await
    }

    /// Writes what people read about a repository. Dropped: it may have been written.
    ///
    /// # Errors
    ///
    /// As [`read_repository`](Self::read_repository).
    pub async fn describe_repository(&self, repository: &RepositoryKey, description: &str) -> Result<()> {
        #[derive(Serialize)]
        struct Body<'a> {
            description: &'a str,
        }
        let path = repository_path(repository);
        self.put(Call::change("describe_repository", Method::Put, path, json(&Body { description })?)).await
    }

    /// Deletes a repository with all that is in it. Dropped: it may have been deleted.
    ///
    /// When the answer is lost it is not asked for again: somebody may have pushed to one of this name by then.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is none,
    /// [`ErrorKind::Precondition`](crate::ErrorKind::Precondition) if a tag in it is immutable. See
    /// [`Error::outcome_unknown`](crate::Error::outcome_unknown).
    pub async fn delete_repository(&self, repository: &RepositoryKey) -> Result<()> {
        let call = Call::change("delete_repository", Method::Delete, repository_path(repository), None);
        self.read(call).await.map(|Done| ())
    }
}

fn repositories(project: &ProjectName) -> Path {
    path("projects").id("{project}", &segment(project.as_str())).at("repositories")
}

pub(super) fn repository_path(repository: &RepositoryKey) -> Path {
    repositories(&repository.project).id("{repository}", &repository.name.segment())
}
