//! What the test registry lists.

use super::sweeping::Sweeping;
use crate::{
    error::Result,
    images::{
        each::{AT_ONCE, each},
        looking::{REPOSITORIES, TAGS},
    },
};
use paas_core::images::{ImageName, RepositoryName};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    sync::Arc,
};

impl Sweeping<'_> {
    /// Asks for all repositories, where they are listed all at once.
    pub(super) async fn read_catalogue(&mut self) -> Result<()> {
        let inner = &self.images.inner;
        let listed = inner.in_time(REPOSITORIES, inner.registries()?.test.catalogue()).await;
        let all = match listed {
            Ok(all) => all,
            Err(trouble) => {
                self.test.failed(&trouble);
                self.failure(None, Some("the list of repositories".to_owned()), trouble);
                // What is recorded is looked at all the same.
                Some(Vec::new())
            }
        };
        self.catalogue = all.map(|all| {
            let mut catalogue: BTreeMap<String, Vec<RepositoryName>> = BTreeMap::new();
            for repository in all {
                if let Some(namespace) = repository.namespace().map(str::to_owned) {
                    catalogue.entry(namespace).or_default().push(repository);
                }
            }
            catalogue
        });
        Ok(())
    }

    /// The images that test lists in a namespace.
    pub(super) async fn listed(&mut self, name: &str) -> Result<BTreeSet<ImageName>> {
        let inner = &self.images.inner;
        let repositories = match &mut self.catalogue {
            Some(catalogue) => Ok(catalogue.remove(name).unwrap_or_default()),
            None => inner.in_time(REPOSITORIES, inner.registries()?.test.repositories(name)).await,
        };
        let repositories = match repositories {
            Ok(repositories) => repositories,
            Err(trouble) => {
                self.test.failed(&trouble);
                self.failure(Some(name), None, trouble);
                return Ok(BTreeSet::new());
            }
        };
        let test = &inner.registries()?.test;
        let ask = |repository: RepositoryName| {
            let (inner, test) = (Arc::clone(inner), Arc::clone(test));
            async move {
                let tags = inner.in_time(TAGS, test.tags(&repository)).await;
                (repository, tags)
            }
        };
        let (mut names, mut failures) = (BTreeSet::new(), BTreeMap::new());
        each(repositories, AT_ONCE, ask, |(repository, tags)| {
            match tags {
                Ok(tags) => {
                    self.test.answered();
                    // What is about an image is no image that anybody releases.
                    let tags = tags.into_iter().filter(|tag| !tag.is_attachment());
                    names.extend(tags.map(|tag| ImageName::new(repository.clone(), tag)));
                }
                Err(trouble) => {
                    self.test.failed(&trouble);
                    failures.insert(repository.to_string(), trouble);
                }
            }
            if self.test.is_open() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .await;
        for (repository, trouble) in failures {
            self.failure(Some(name), Some(repository), trouble);
        }
        Ok(names)
    }
}
