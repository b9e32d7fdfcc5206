//! A registry that is read through its Harbor.

use super::names::{Names, digest};
use crate::{
    BoxFuture,
    images::{ImageRegistry, ImageTrouble},
};
use paas_client::{
    ErrorKind, HarborClient, RegistryClient,
    harbor::{ArtifactParts, ArtifactQuery, ProjectName, RepositoryQuery},
};
use paas_core::images::{Digest, ImageName, RepositoryName, Tag, promotion::FailureKind};
use std::str::FromStr;

/// A registry that is read through its Harbor.
///
/// The repositories of a namespace are those of one project, so that neither the whole catalogue is read for each namespace,
/// nor a login is needed that may see the catalogue: one that may list the project's repositories does. Digests and tags are
/// read through Harbor too, or by the registry's own API, which costs it less: [`reading_by`](Self::reading_by).
///
/// ```
/// use paas_client::{HarborClient, RegistryClient, harbor::Login, registry::RegistryLogin};
/// use paas_platform::HarborRegistry;
///
/// let harbor = HarborClient::builder().url("https://test.bank.test").login(Login::robot("robot$paas", "hidden"));
/// let registry = RegistryClient::builder().url("https://test.bank.test");
/// let registry = registry.login(RegistryLogin::user("robot$paas", "hidden")).build()?;
/// let test = HarborRegistry::new(harbor.build()?).reading_by(registry);
/// assert!(!format!("{test:?}").contains("hidden"));
/// # Ok::<(), paas_client::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct HarborRegistry {
    harbor: HarborClient,
    registry: Option<RegistryClient>,
}

impl HarborRegistry {
    /// Everything is read through Harbor.
    #[must_use]
    pub const fn new(harbor: HarborClient) -> Self {
        Self { harbor, registry: None }
    }

    /// Digests and tags are read by the registry's own API. It must be the registry of this Harbor.
    #[must_use]
    pub fn reading_by(mut self, registry: RegistryClient) -> Self {
        self.registry = Some(registry);
        self
    }
}

impl ImageRegistry for HarborRegistry {
    fn digest<'a>(&'a self, image: &'a ImageName) -> BoxFuture<'a, Result<Option<Digest>, ImageTrouble>> {
        if let Some(registry) = &self.registry {
            return ImageRegistry::digest(registry, image);
        }
        Box::pin(async move {
            let Names { repository, tag } = Names::of(image)?;
            let found = self.harbor.find_artifact(&repository, &tag, ArtifactParts::default()).await?;
            found.map(|artifact| digest(&artifact.digest)).transpose()
        })
    }

    fn tags<'a>(&'a self, repository: &'a RepositoryName) -> BoxFuture<'a, Result<Vec<Tag>, ImageTrouble>> {
        if let Some(registry) = &self.registry {
            return ImageRegistry::tags(registry, repository);
        }
        Box::pin(async move {
            let (key, query) = (repository.as_str().parse()?, ArtifactQuery::default().tagged());
            let mut artifacts = self.harbor.list_artifacts(&key, &query);
            let mut found = Vec::new();
            while let Some(artifact) = artifacts.next().await {
                match artifact {
                    Ok(artifact) => {
                        for tag in &artifact.tags {
                            found.push(read(tag.name.as_str())?);
                        }
                    }
                    Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
                    Err(error) => return Err(error.into()),
                }
            }
            found.sort();
            found.dedup();
            Ok(found)
        })
    }

    fn repositories<'a>(
        &'a self,
        namespace: &'a str,
    ) -> BoxFuture<'a, Result<Vec<RepositoryName>, ImageTrouble>> {
        Box::pin(async move {
            let project: ProjectName = namespace.parse()?;
            let mut repositories = self.harbor.list_repositories(&project, &RepositoryQuery::default());
            let mut found = Vec::new();
            while let Some(repository) = repositories.next().await {
                match repository {
                    Ok(repository) => found.push(read(&repository.key.to_string())?),
                    Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(found)
        })
    }
}

/// What Harbor says, by our own grammar.
fn read<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, ImageTrouble> {
    text.parse().map_err(|error: T::Err| ImageTrouble::new(FailureKind::Unexpected, error.to_string()))
}
