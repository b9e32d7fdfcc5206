//! Calls about artifacts.

use super::{
    Accessory, Artifact, ArtifactParts, ArtifactQuery, Digest, Reference, RepositoryKey,
    repository::repository_path,
};
use crate::{
    ErrorKind, Items, Result,
    body::Done,
    call::{Call, Effect, Path},
    harbor::{
        HarborClient, LabelId, ProjectKey,
        client::{json, project_path},
    },
    transport::Method,
};
use serde::Serialize;

impl HarborClient {
    /// Lists the artifacts of a repository. Dropped: nothing has changed.
    #[must_use]
    pub fn list_artifacts(&self, repository: &RepositoryKey, query: &ArtifactQuery) -> Items<Artifact> {
        self.list("list_artifacts", artifacts(repository), query.pairs(), None)
    }

    /// Lists the artifacts of all repositories of a project. Dropped: nothing has changed.
    #[must_use]
    pub fn list_artifacts_of_project(
        &self,
        project: impl Into<ProjectKey>,
        query: &ArtifactQuery,
    ) -> Items<Artifact> {
        let project = project.into();
        let path = project_path(&project).at("artifacts");
        self.list("list_artifacts_of_project", path, query.pairs(), project.header())
    }

    /// Reads an artifact, by a tag or by its digest. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none, or no such repository; [`ErrorKind::Forbidden`] if the project is
    /// another's.
    pub async fn read_artifact(
        &self,
        repository: &RepositoryKey,
        reference: impl Into<Reference>,
        parts: ArtifactParts,
    ) -> Result<Artifact> {
        let path = artifact_path(repository, &reference.into());
        self.read(Call::read("read_artifact", path, parts.pairs())).await
    }

    /// The artifact that has this tag or digest, if there is one. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`read_artifact`](Self::read_artifact).
    pub async fn find_artifact(
        &self,
        repository: &RepositoryKey,
        reference: impl Into<Reference>,
        parts: ArtifactParts,
    ) -> Result<Option<Artifact>> {
        match self.read_artifact(repository, reference, parts).await {
            Ok(artifact) => Ok(Some(artifact)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Deletes an artifact with all of its tags. Dropped: it may have been deleted.
    ///
    /// It is named by its digest: under a tag there may be another by the time that it is asked for again.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::Precondition`] if a tag of it is immutable or an index has
    /// it.
    pub async fn delete_artifact(&self, repository: &RepositoryKey, digest: &Digest) -> Result<()> {
        self.delete("delete_artifact", artifact_path(repository, &digest.into()), None).await
    }

    /// Copies an artifact to another repository of this Harbor, without its content going through here; the repository is
    /// made if need be, the project is not. Dropped: it may have been copied.
    ///
    /// **All tags** that the artifact has go with it, also those that were not asked for, and what had them at the
    /// destination loses them. By a tag, it is not asked for again when the answer is lost: another artifact may have the
    /// tag by then.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if there is no such artifact or project, [`ErrorKind::Precondition`] if a rule keeps a tag at
    /// the destination as it is: nothing is there then that was not before. [`ErrorKind::Forbidden`] if whoever asks
    /// may not read there or push here.
    pub async fn copy_artifact(
        &self,
        from: &RepositoryKey,
        reference: impl Into<Reference>,
        to: &RepositoryKey,
    ) -> Result<()> {
        let reference = reference.into();
        let mut call = Call::change("copy_artifact", Method::Post, artifacts(to), None);
        call.query.push(("from".to_owned(), reference.of(from)));
        if matches!(reference, Reference::Digest(_)) {
            call.effect = Effect::Idempotent;
        }
        self.read(call).await.map(|Done| ())
    }

    /// Lists what is attached to an artifact: signatures, lists of parts. Dropped: nothing has changed.
    #[must_use]
    pub fn list_accessories(
        &self,
        repository: &RepositoryKey,
        reference: impl Into<Reference>,
    ) -> Items<Accessory> {
        let path = artifact_path(repository, &reference.into()).at("accessories");
        self.list("list_accessories", path, Vec::new(), None)
    }

    /// Puts a label on an artifact. Dropped: it may have been put.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Exists`] if the artifact has it already, [`ErrorKind::NotFound`] if there is no such artifact or label,
    /// or if the label is of another project.
    pub async fn add_artifact_label(
        &self,
        repository: &RepositoryKey,
        digest: &Digest,
        label: LabelId,
    ) -> Result<()> {
        #[derive(Serialize)]
        struct Body {
            id: LabelId,
        }
        let path = artifact_path(repository, &digest.into()).at("labels");
        self.put_once(Call::change("add_artifact_label", Method::Post, path, json(&Body { id: label })?))
            .await
    }

    /// Takes a label off an artifact. Dropped: it may have been taken off.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] if the artifact does not have it.
    pub async fn remove_artifact_label(
        &self,
        repository: &RepositoryKey,
        digest: &Digest,
        label: LabelId,
    ) -> Result<()> {
        let path = artifact_path(repository, &digest.into()).at("labels").id("{label}", &label.to_string());
        self.delete("remove_artifact_label", path, None).await
    }
}

fn artifacts(repository: &RepositoryKey) -> Path {
    repository_path(repository).at("artifacts")
}

pub(super) fn artifact_path(repository: &RepositoryKey, reference: &Reference) -> Path {
    artifacts(repository).id("{reference}", &reference.segment())
}
