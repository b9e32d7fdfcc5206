//! Calls about blobs that are there.

use super::{
    BlobStream, Digest, RegistryClient, RepositoryName,
    answer::Answer,
    auth::Scopes,
    client::path,
    manifests::digest_told,
    part::Part,
    way::{Pieces, Whole, wrong},
};
use crate::{
    ErrorKind, Result,
    call::{Call, Path},
    transport::Method,
};

impl RegistryClient {
    /// The bytes of a blob, if the repository has it. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As any read.
    pub async fn blob_size(&self, repository: &RepositoryName, digest: &Digest) -> Result<Option<u64>> {
        let call = || {
            let mut call = Call::read("blob_size", blob_path(repository, digest), Vec::new());
            call.method = Method::Head;
            call.headers.push(("accept", "*/*".to_owned()));
            call
        };
        match self.read::<Whole<Answer>>(call(), self.reading(repository)).await {
            Ok(answer) => {
                let answer = answer.no_page(&call())?;
                if digest_told(&answer, &call())?.is_some_and(|told| differs(digest, &told)) {
                    return Err(wrong(
                        ErrorKind::WrongDigest,
                        "the registry has another blob there",
                        &call(),
                    ));
                }
                let length = answer.header("content-length").and_then(|length| length.parse().ok());
                match length {
                    Some(length) => Ok(Some(length)),
                    None => self.opened_size(repository, digest).await,
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            // An answer without a body may be anybody's; some do not know this method.
            Err(error) if matches!(error.status(), Some(404 | 405)) => {
                self.opened_size(repository, digest).await
            }
            Err(error) => Err(error),
        }
    }

    /// The bytes of a blob, as its head tells when it is opened.
    async fn opened_size(&self, repository: &RepositoryName, digest: &Digest) -> Result<Option<u64>> {
        let call = || blob_call(repository, digest, 0);
        let opened = match self.read::<Pieces>(call(), self.reading(repository)).await {
            Ok(opened) => opened,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let size = Part::of(&opened.head).and_then(|part| part.size);
        let untold =
            || wrong(ErrorKind::Protocol, "the registry does not tell how large the blob is", &call());
        size.map(Some).ok_or_else(untold)
    }

    /// Opens a blob, to be read from this byte on (0: from its beginning); from its size on there is nothing. Where the
    /// registry sends elsewhere for it, that is followed, without credentials. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if the repository does not have it, [`ErrorKind::Invalid`] if it is shorter than that,
    /// [`ErrorKind::Redirect`] if the registry sends from `https:` to `http:`, or too often.
    pub async fn blob(&self, repository: &RepositoryName, digest: &Digest, from: u64) -> Result<BlobStream> {
        let call = blob_call(repository, digest, from);
        match self.read::<Pieces>(call, self.reading(repository)).await {
            Ok(opened) => BlobStream::new(self, repository, digest, from, opened),
            // There is nothing from there: so it is if that is its end.
            Err(error) if error.status() == Some(416) && from > 0 => {
                match self.blob_size(repository, digest).await? {
                    Some(size) if size == from => Ok(BlobStream::at_end(self, repository, digest, size)),
                    _ => Err(error.with(|details| {
                        details.kind = ErrorKind::Invalid;
                        details.message = "the blob is shorter than where it is to be read from".to_owned();
                    })),
                }
            }
            Err(error) => Err(error),
        }
    }

    /// Removes a blob from the repository. Dropped: it may have been removed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if it is not there, [`ErrorKind::Unsupported`] if deletion is switched off.
    pub async fn delete_blob(&self, repository: &RepositoryName, digest: &Digest) -> Result<()> {
        self.delete("delete_blob", blob_path(repository, digest), Scopes::delete(repository)).await
    }
}

/// Whether two digests cannot be of the same content. Of two algorithms nobody can tell.
pub(super) fn differs(one: &Digest, other: &Digest) -> bool {
    one.algorithm() == other.algorithm() && one != other
}

pub(super) fn blob_path(repository: &RepositoryName, digest: &Digest) -> Path {
    path(repository, "blobs").id("{digest}", &digest.to_string())
}

/// Asks for a blob from a byte on.
pub(super) fn blob_call(repository: &RepositoryName, digest: &Digest, from: u64) -> Call {
    let mut call = Call::read("blob", blob_path(repository, digest), Vec::new());
    call.headers.push(("accept", "*/*".to_owned()));
    if from > 0 {
        call.headers.push(("range", format!("bytes={from}-")));
    }
    call
}
