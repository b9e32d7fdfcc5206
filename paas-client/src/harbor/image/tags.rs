//! Calls about tags.

use super::{ArtifactTag, Digest, Reference, RepositoryKey, TagName, artifacts::artifact_path};
use crate::{
    Items, Result,
    call::{Call, Path},
    harbor::{HarborClient, client::json},
    segment::segment,
    transport::Method,
};
use serde::Serialize;

impl HarborClient {
    /// Lists the tags of an artifact, with whether rules keep them as they are. Dropped: nothing has changed.
    #[must_use]
    pub fn list_tags(
        &self,
        repository: &RepositoryKey,
        reference: impl Into<Reference>,
    ) -> Items<ArtifactTag> {
        let query = vec![("with_immutable_status".to_owned(), "true".to_owned())];
        self.list("list_tags", tags(repository, &reference.into()), query, None)
    }

    /// Gives an artifact a tag that no other of the repository has. Dropped: it may have been given.
    ///
    /// When the answer is lost, the tags are looked at before it is asked for again. Harbor sends no webhook for it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exists`](crate::ErrorKind::Exists) if an artifact of the repository has it, this one or another: a tag
    /// is moved by a push or a [copy](Self::copy_artifact) only. [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if
    /// there is no such artifact.
    pub async fn create_tag(&self, repository: &RepositoryKey, digest: &Digest, tag: &TagName) -> Result<()> {
        #[derive(Serialize)]
        struct Body<'a> {
            name: &'a TagName,
        }
        let path = tags(repository, &digest.into());
        let call = Call::change("create_tag", Method::Post, path, json(&Body { name: tag })?);
        self.create_silent(call, async || {
            let mut all = self.list_tags(repository, digest);
            while let Some(found) = all.next().await {
                if found?.name == *tag {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Takes a tag off an artifact, which stays. Dropped: it may have been taken off.
    ///
    /// Nothing happens to a tag that another artifact has by now. Harbor sends no webhook for it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if the artifact does not have it,
    /// [`ErrorKind::Precondition`](crate::ErrorKind::Precondition) if a rule keeps it as it is.
    pub async fn delete_tag(&self, repository: &RepositoryKey, digest: &Digest, tag: &TagName) -> Result<()> {
        let path = tags(repository, &digest.into()).id("{tag}", &segment(tag.as_str()));
        self.delete("delete_tag", path, None).await
    }
}

fn tags(repository: &RepositoryKey, reference: &Reference) -> Path {
    artifact_path(repository, reference).at("tags")
}
