//! The labels of one artifact, made what they are to be.

use super::{Labels, word::Word};
use crate::error::{Error, Result};
use paas_client::{
    ErrorKind,
    harbor::{Artifact, LabelId, LabelScope, ProjectName, RepositoryKey},
};
use std::collections::BTreeSet;

/// How many labels were put on and taken off.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Applied {
    pub(super) added: usize,
    pub(super) removed: usize,
}

impl Labels {
    /// Puts on what is missing, and takes off what is ours and no longer so. An artifact that is gone by now needs no label.
    pub(super) async fn apply(
        &self,
        repository: &RepositoryKey,
        artifact: &Artifact,
        wanted: &BTreeSet<Word>,
    ) -> Result<Applied> {
        let mut applied = Applied::default();
        // Global labels of the same name are somebody else's.
        let own = artifact.labels.iter().filter(|label| matches!(label.scope, LabelScope::Project(_)));
        let own: Vec<(Word, LabelId)> =
            own.filter_map(|label| Some((self.names.word(&label.name)?, label.id))).collect();
        for word in wanted {
            if own.iter().all(|(has, _)| has != word) {
                applied.added += usize::from(self.add(repository, artifact, *word).await?);
            }
        }
        for (word, id) in own {
            if wanted.contains(&word) {
                continue;
            }
            match self.harbor.remove_artifact_label(repository, &artifact.digest, id).await {
                Ok(()) => applied.removed += 1,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(applied)
    }

    async fn add(&self, repository: &RepositoryKey, artifact: &Artifact, word: Word) -> Result<bool> {
        for is_last in [false, true] {
            let Some(label) = self.label(&repository.project, word).await? else { return Ok(false) };
            match self.harbor.add_artifact_label(repository, &artifact.digest, label).await {
                Ok(()) => return Ok(true),
                Err(error) if error.kind() == ErrorKind::Exists => return Ok(false),
                // The artifact is gone; or somebody has deleted the label, and it is made anew.
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    self.known.lock().await.remove(&(repository.project.clone(), word));
                    if is_last {
                        return Ok(false);
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(false)
    }

    /// The label of a project, which is made if it is missing; nothing if there is no such project.
    async fn label(&self, project: &ProjectName, word: Word) -> Result<Option<LabelId>> {
        let mut known = self.known.lock().await;
        let key = (project.clone(), word);
        if let Some(id) = known.get(&key) {
            return Ok(Some(*id));
        }
        let Some(found) = self.harbor.find_project(project).await? else { return Ok(None) };
        let (scope, name) = (LabelScope::Project(found.id), self.names.name(word));
        let id = match self.harbor.find_label(&scope, &name).await? {
            Some(label) => label.id,
            None => match self.harbor.create_label(&self.names.label(word, found.id)).await {
                Ok(id) => id,
                // Another process was faster.
                Err(error) if error.kind() == ErrorKind::Exists => {
                    let found = self.harbor.find_label(&scope, &name).await?;
                    found.ok_or_else(|| Error::from(error))?.id
                }
                Err(error) => return Err(error.into()),
            },
        };
        known.insert(key, id);
        Ok(Some(id))
    }
}
