//! Labels compared with what is recorded.

use super::{Labels, word, word::Word};
use crate::{
    error::{Error, ErrorKind, Result},
    images::{ImageTrouble, Images, Place, SweepFailure, record::ImageRecord},
    records::{self, Kept},
    store::{List, kinds},
};
use paas_client::{
    ErrorKind as ClientErrorKind,
    harbor::{ArtifactParts, ArtifactQuery, ProjectName, RepositoryKey, RepositoryQuery},
};
use paas_core::images::{Digest, RepositoryName, promotion::FailureKind};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What was done to labels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LabelsReport {
    /// How many artifacts were looked at.
    pub artifacts: usize,
    /// How many labels were put on.
    pub added: usize,
    /// How many were taken off.
    pub removed: usize,
    /// What could not be looked at or changed.
    pub failures: Vec<SweepFailure>,
}

impl Images {
    /// Makes the labels in the Harbor of the test registry what is recorded, in all namespaces whose images the actor may
    /// have copied. Each sweep does so too. Dropped: some may have been put on and taken off.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] if the platform was built without [labels](crate::PlatformBuilder::state_labels); what the
    /// store says. What Harbor says stands in the report.
    pub async fn show_states(&self) -> Result<LabelsReport> {
        if self.inner.labels.is_none() {
            let message = "the platform was built without labels that show states";
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        let mut report = LabelsReport::default();
        for tenant in self.inner.tenants().await? {
            for namespace in self.inner.namespaces(&tenant.name).await? {
                if let Some(place) = self.kept_place(&namespace.name).await? {
                    self.show_states_of(&place, &mut report).await?;
                }
            }
        }
        Ok(report)
    }

    /// The same for one namespace; nothing without labels.
    pub(in crate::images) async fn show_states_of(
        &self,
        place: &Place,
        report: &mut LabelsReport,
    ) -> Result<()> {
        let Some(labels) = &self.inner.labels else { return Ok(()) };
        let name = &place.namespace.name;
        match labels.reconcile_namespace(name, report).await {
            Err(error) if error.kind() == ErrorKind::Harbor => {
                let trouble = error.client().cloned().map_or_else(
                    || ImageTrouble::new(FailureKind::Unexpected, error.to_string()),
                    ImageTrouble::from,
                );
                report.failures.push(SweepFailure::new(Some(name), Some("labels".to_owned()), trouble));
                Ok(())
            }
            done => done,
        }
    }
}

impl Labels {
    /// One artifact: what is recorded of all tags of its repository under this digest.
    pub(super) async fn reconcile(&self, repository: &RepositoryName, digest: &Digest) -> Result<()> {
        let (key, sha): (RepositoryKey, paas_client::harbor::Digest) =
            (repository.as_str().parse()?, digest.as_str().parse()?);
        let parts = ArtifactParts::default().labels();
        let Some(artifact) = self.harbor.find_artifact(&key, &sha, parts).await? else { return Ok(()) };
        let wanted = self.recorded(&format!("{repository}:")).await?;
        let wanted = wanted.get(&(repository.as_str().to_owned(), digest.clone()));
        self.apply(&key, &artifact, wanted.unwrap_or(&BTreeSet::new())).await.map(drop)
    }

    async fn reconcile_namespace(&self, namespace: &str, report: &mut LabelsReport) -> Result<()> {
        let project: ProjectName = namespace.parse()?;
        let wanted = self.recorded(&format!("{namespace}/")).await?;
        let mut repositories = self.harbor.list_repositories(&project, &RepositoryQuery::default());
        let query = ArtifactQuery::default().parts(ArtifactParts::default().labels());
        while let Some(repository) = repositories.next().await {
            let key = match repository {
                Ok(repository) => repository.key,
                Err(error) if error.kind() == ClientErrorKind::NotFound => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            let mut artifacts = self.harbor.list_artifacts(&key, &query);
            while let Some(artifact) = artifacts.next().await {
                let artifact = match artifact {
                    Ok(artifact) => artifact,
                    Err(error) if error.kind() == ClientErrorKind::NotFound => break,
                    Err(error) => return Err(error.into()),
                };
                // A digest that we cannot read has no record.
                let Ok(digest) = artifact.digest.as_str().parse() else { continue };
                let words = wanted.get(&(key.to_string(), digest)).cloned().unwrap_or_default();
                let applied = self.apply(&key, &artifact, &words).await?;
                report.artifacts += 1;
                report.added += applied.added;
                report.removed += applied.removed;
            }
        }
        Ok(())
    }

    /// What is recorded of images whose names begin so, by repository and digest.
    async fn recorded(&self, prefix: &str) -> Result<BTreeMap<(String, Digest), BTreeSet<Word>>> {
        let mut found: BTreeMap<(String, Digest), BTreeSet<Word>> = BTreeMap::new();
        let mut list = List::of(kinds::IMAGE).with_prefix(prefix);
        loop {
            let page = self.store.list(list.clone()).await?;
            for record in &page.items {
                let kept: Kept<ImageRecord> = match records::kept(record) {
                    Ok(kept) => kept,
                    // The sweep tells of it.
                    Err(error) => {
                        tracing::warn!(code = error.code(), "`{}` shows no state: {error}", record.key);
                        continue;
                    }
                };
                let repository = kept.value.image.name.repository.as_str();
                for (digest, word) in word::of(Some(&kept.value.image)) {
                    found.entry((repository.to_owned(), digest)).or_default().insert(word);
                }
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => return Ok(found),
            }
        }
    }
}
