//! Calls that bring blobs into a repository.

use super::{Digest, Mount, RegistryClient, RepositoryName, Upload, UploadBody, not_done};
use crate::Result;

impl RegistryClient {
    /// Takes a blob over from another repository of the same registry, without sending it. The login needs to push here and
    /// to pull there. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Forbidden`](crate::ErrorKind::Forbidden) if it may not one of both; some registries then begin an
    /// upload instead.
    pub async fn mount_blob(
        &self,
        repository: &RepositoryName,
        digest: &Digest,
        from: &RepositoryName,
    ) -> Result<Mount> {
        let _ = (repository, digest, from);
        Err(not_done())
    }

    /// Begins an upload. Dropped: one may have been begun, which the registry forgets after a while.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Forbidden`](crate::ErrorKind::Forbidden) if the login may not push here.
    pub async fn start_upload(&self, repository: &RepositoryName) -> Result<Upload> {
        let _ = repository;
        Err(not_done())
    }

    /// Uploads a blob in one go: begins an upload and ends it with all of the content. Not tried again by itself, since the
    /// content comes once: where [`is_retryable`](crate::Error::is_retryable) says so, ask whether it is there, then try
    /// again. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// As [`finish_upload`](Self::finish_upload).
    pub async fn upload_whole(
        &self,
        repository: &RepositoryName,
        digest: &Digest,
        body: UploadBody,
    ) -> Result<()> {
        let mut upload = self.start_upload(repository).await?;
        self.finish_upload(&mut upload, digest, Some(body)).await
    }

    /// Sends the next chunk of an upload; it stands behind those before. Not tried again by itself. After a failure, what
    /// the registry has of it is told by [`upload_status`](Self::upload_status). Dropped: a part may have arrived.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) if the upload is elsewhere than thought,
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if the registry does not know it any more: begin anew.
    pub async fn upload_chunk(&self, upload: &mut Upload, body: UploadBody) -> Result<()> {
        let _ = (upload, body);
        Err(not_done())
    }

    /// Asks how far an upload is, and notes it: the bytes that the registry has. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if the registry does not know it any more: begin anew.
    pub async fn upload_status(&self, upload: &mut Upload) -> Result<u64> {
        let _ = upload;
        Err(not_done())
    }

    /// Ends an upload, with the rest of the content if there is one: the blob is there then. The registry holds it against
    /// the digest. Not tried again by itself. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WrongDigest`](crate::ErrorKind::WrongDigest) if the content is not what the digest says,
    /// [`ErrorKind::Quota`](crate::ErrorKind::Quota) if there is no room, the error of `rest` if its source failed; else as
    /// [`upload_chunk`](Self::upload_chunk).
    pub async fn finish_upload(
        &self,
        upload: &mut Upload,
        digest: &Digest,
        rest: Option<UploadBody>,
    ) -> Result<()> {
        let _ = (upload, digest, rest);
        Err(not_done())
    }

    /// Gives an upload up, so that the registry frees what it holds of it. One that it does not know any more counts as
    /// given up. Dropped: it may have been done.
    ///
    /// # Errors
    ///
    /// As any change.
    pub async fn cancel_upload(&self, upload: &Upload) -> Result<()> {
        let _ = upload;
        Err(not_done())
    }
}
