//! What there is.

use super::{Descriptor, Digest, RegistryClient, RepositoryName, Tag};
use crate::{Items, call::Path};

impl RegistryClient {
    /// Lists the tags of a repository, in the order of the registry. If there is no such repository, that is the error of
    /// the first item. Dropped: nothing has changed.
    #[must_use]
    pub fn tags(&self, repository: &RepositoryName) -> Items<Tag> {
        let _ = repository;
        self.not_yet()
    }

    /// Lists the repositories of the registry (its catalogue), which many logins may not. Dropped: nothing has changed.
    #[must_use]
    pub fn repositories(&self) -> Items<RepositoryName> {
        self.not_yet()
    }

    /// Lists the manifests that are about this one: signatures, bills of materials; of one kind if it is given. A registry
    /// that does not note them has them under a tag that tells of the digest: that is looked up then. Dropped: nothing has
    /// changed.
    #[must_use]
    pub fn referrers(
        &self,
        repository: &RepositoryName,
        digest: &Digest,
        artifact_type: Option<&str>,
    ) -> Items<Descriptor> {
        let _ = (repository, digest, artifact_type);
        self.not_yet()
    }

    fn not_yet<T: 'static>(&self) -> Items<T> {
        Items::new(&self.core, "", Path::new(""), Vec::new(), |_| Box::pin(async { Err(super::not_done()) }))
    }
}
