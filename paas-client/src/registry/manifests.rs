//! Calls about manifests.

use super::{Descriptor, Manifest, Pushed, Reference, RegistryClient, RepositoryName, not_done};
use crate::Result;

impl RegistryClient {
    /// The manifest or index of this tag or digest, if there is one: its bytes as they are, held against its digest.
    /// Formats are those of [`media_type`](super::media_type). Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WrongDigest`](crate::ErrorKind::WrongDigest) if it is not what its digest says,
    /// [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge) over 4 MiB,
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for Docker's format of before 2016 (schema 1).
    pub async fn manifest(
        &self,
        repository: &RepositoryName,
        reference: &Reference,
    ) -> Result<Option<Manifest>> {
        let _ = (repository, reference);
        Err(not_done())
    }

    /// Digest, size and type of the manifest of this tag or digest, if there is one, without fetching it where the registry
    /// tells them so. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`manifest`](Self::manifest).
    pub async fn manifest_descriptor(
        &self,
        repository: &RepositoryName,
        reference: &Reference,
    ) -> Result<Option<Descriptor>> {
        let _ = (repository, reference);
        Err(not_done())
    }

    /// Puts a manifest under a tag or under its digest; the tag stands for it then, whatever it stood for before. All that
    /// it points at must be in the repository. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Precondition`](crate::ErrorKind::Precondition) if the tag is immutable,
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) if something that it points at is not there (the server's code is
    /// `MANIFEST_BLOB_UNKNOWN`), [`ErrorKind::Quota`](crate::ErrorKind::Quota) if there is no room,
    /// [`ErrorKind::WrongDigest`](crate::ErrorKind::WrongDigest) if the registry has another digest for it.
    pub async fn put_manifest(
        &self,
        repository: &RepositoryName,
        reference: &Reference,
        manifest: &Manifest,
    ) -> Result<Pushed> {
        let _ = (repository, reference, manifest);
        Err(not_done())
    }

    /// Removes a manifest by its digest, with all tags that stand for it; or only a tag, where the registry does that.
    /// Dropped: it may have been removed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is none,
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) if deletion is switched off, or the removal of tags is not
    /// offered.
    pub async fn delete_manifest(&self, repository: &RepositoryName, reference: &Reference) -> Result<()> {
        let _ = (repository, reference);
        Err(not_done())
    }
}
