//! An upload under way.

use super::RepositoryName;
use secrecy::SecretString;

/// An upload that is under way in a repository: where its next piece goes, and how far it is. It can be given up by
/// dropping it; [`cancel_upload`](super::RegistryClient::cancel_upload) also frees what the registry holds of it.
#[derive(Clone, Debug)]
pub struct Upload {
    pub(super) repository: RepositoryName,
    /// The whole address. Who has it may go on with the upload, in some registries without a login.
    pub(super) location: SecretString,
    pub(super) offset: u64,
    pub(super) least: Option<u64>,
}

impl Upload {
    /// The repository that it is for.
    #[must_use]
    pub fn repository(&self) -> &RepositoryName {
        &self.repository
    }

    /// The bytes that the registry has, as far as is known.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Where it is: the whole address, by which another process can [find it again](Self::found_again). A secret: who has it
    /// may go on with the upload, in some registries without a login. Some registries give another with each chunk.
    #[must_use]
    pub fn location(&self) -> &SecretString {
        &self.location
    }

    /// An upload that was begun earlier, by where it was last. How far it is is not known before
    /// [`upload_status`](super::RegistryClient::upload_status) has asked.
    #[must_use]
    pub fn found_again(repository: RepositoryName, location: SecretString) -> Self {
        Self { repository, location, offset: 0, least: None }
    }

    /// The fewest bytes that a chunk may have, the last one excepted, if the registry says so.
    #[must_use]
    pub fn least_chunk(&self) -> Option<u64> {
        self.least
    }
}

/// What came of asking for a blob of another repository.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Mount {
    /// It is there now.
    Mounted,
    /// It is not: the other repository does not have it, may not be read, or the registry does not do that. An upload was
    /// begun in its place, to go on with.
    Upload(Upload),
}

/// What a registry says of a manifest that it took.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pushed {
    /// The digest under which it lies; it is that of the manifest that was sent.
    pub digest: super::Digest,
    /// The manifest that it is about, if the registry noted that by itself. If the manifest has a subject and this is
    /// `None`, whoever pushes it has to write it into the index under the subject's
    /// [fallback tag](super::Digest::fallback_tag), too.
    pub subject: Option<super::Digest>,
}
