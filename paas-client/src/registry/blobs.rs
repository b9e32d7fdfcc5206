//! Calls about blobs that are there.

use super::{BlobStream, Digest, RegistryClient, RepositoryName, not_done};
use crate::Result;

impl RegistryClient {
    /// The bytes of a blob, if the repository has it. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As any read.
    pub async fn blob_size(&self, repository: &RepositoryName, digest: &Digest) -> Result<Option<u64>> {
        let _ = (repository, digest);
        Err(not_done())
    }

    /// Opens a blob, to be read from this byte on (0: from its beginning). Its end counts as a byte: there is nothing from
    /// there. Where the registry sends elsewhere for it, that is followed, without credentials. Dropped: nothing has
    /// changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if the repository does not have it,
    /// [`ErrorKind::Redirect`](crate::ErrorKind::Redirect) if the registry sends from `https:` to `http:`, or too often.
    pub async fn blob(&self, repository: &RepositoryName, digest: &Digest, from: u64) -> Result<BlobStream> {
        let _ = (repository, digest, from);
        Err(not_done())
    }

    /// Removes a blob from the repository. Dropped: it may have been removed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if it is not there,
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) if deletion is switched off.
    pub async fn delete_blob(&self, repository: &RepositoryName, digest: &Digest) -> Result<()> {
        let _ = (repository, digest);
        Err(not_done())
    }
}
