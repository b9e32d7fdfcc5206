//! The sweep: what registries hold is compared with what is recorded.

use super::{ImageTrouble, Images, LabelsReport, Place, record::ImageRecord};
use crate::{
    error::{Error, ErrorKind, Result},
    records::Kept,
};
use paas_core::images::{
    ImageName,
    promotion::{Change, FailureKind},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a sweep found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SweepReport {
    /// How many namespaces were looked at.
    pub namespaces: usize,
    /// How many images the test registry has in them.
    pub images: usize,
    /// What was not as it was recorded: it was pushed, deleted, or changed in production, and nobody had told of it.
    pub changes: Vec<Change>,
    /// What could not be looked at.
    pub failures: Vec<SweepFailure>,
}

/// What a sweep could not look at. Nothing was concluded from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SweepFailure {
    /// The namespace.
    pub namespace: String,
    /// The repository or image, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// What went wrong, as a word.
    pub kind: FailureKind,
    /// What went wrong, in a sentence.
    pub message: String,
}

impl Images {
    /// Compares what the registries hold with what is recorded, in all namespaces whose images the actor may have copied, and
    /// mends the records: notifications get lost. Of a registry that does not answer, nothing is concluded.
    ///
    /// An image that is as it was costs one request to test, and one to production if it was ever there. Dropped: what was
    /// seen so far is recorded.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) without registries; what the store says. What registries say
    /// stands in the report.
    pub async fn sweep(&self) -> Result<SweepReport> {
        self.inner.registries()?;
        let mut report = SweepReport::default();
        for tenant in self.inner.tenants().await? {
            for namespace in self.inner.namespaces(&tenant.name).await? {
                if let Some(place) = self.kept_place(&namespace.name).await? {
                    self.sweep_namespace(&place, &mut report).await?;
                }
            }
        }
        Ok(report)
    }

    async fn sweep_namespace(&self, place: &Place, report: &mut SweepReport) -> Result<()> {
        let test = &self.inner.registries()?.test;
        let name = &place.namespace.name;
        report.namespaces += 1;
        let mut known = self.inner.images_of(name).await?;
        let repositories = match test.repositories(name).await {
            Ok(repositories) => repositories,
            Err(trouble) => {
                report.failures.push(failure(name, None, trouble));
                return Ok(());
            }
        };
        // A registry that leaves a repository out of its list does not thereby say that it is gone: each image that is
        // recorded is looked at by its own name.
        for repository in repositories {
            match test.tags(&repository).await {
                Ok(tags) => {
                    for tag in tags {
                        let image = ImageName::new(repository.clone(), tag);
                        let kept = known.remove(&image);
                        self.sweep_image(place, &image, kept, report).await?;
                    }
                }
                Err(trouble) => report.failures.push(failure(name, Some(repository.to_string()), trouble)),
            }
        }
        let rest: BTreeMap<ImageName, Kept<ImageRecord>> = known;
        for (image, kept) in rest {
            self.sweep_image(place, &image, Some(kept), report).await?;
        }
        let mut labels = LabelsReport::default();
        self.show_states_of(place, &mut labels).await?;
        report.failures.extend(labels.failures);
        Ok(())
    }

    async fn sweep_image(
        &self,
        place: &Place,
        image: &ImageName,
        kept: Option<Kept<ImageRecord>>,
        report: &mut SweepReport,
    ) -> Result<()> {
        let (tenant, by) = (&place.tenant.name, self.who.actor());
        match self.inner.look_in_test(image, tenant, by).await {
            Ok((is_there, change)) => {
                report.images += usize::from(is_there);
                report.changes.extend(change);
            }
            Err(error) => return keep_on(error, place, image, report),
        }
        let was_there = kept.is_some_and(|kept| {
            kept.value.image.production.seen.is_some() || kept.value.image.approval().is_some()
        });
        if was_there {
            match self.inner.look_in_production(image, tenant, by).await {
                Ok(change) => report.changes.extend(change),
                Err(error) => return keep_on(error, place, image, report),
            }
        }
        Ok(())
    }
}

/// What a registry says stands in the report, and the rest is looked at.
fn keep_on(error: Error, place: &Place, image: &ImageName, report: &mut SweepReport) -> Result<()> {
    if error.kind() != ErrorKind::Registry {
        return Err(error);
    }
    let trouble = ImageTrouble::new(FailureKind::Unavailable, error.to_string());
    report.failures.push(failure(&place.namespace.name, Some(image.to_string()), trouble));
    Ok(())
}

fn failure(namespace: &str, what: Option<String>, trouble: ImageTrouble) -> SweepFailure {
    SweepFailure { namespace: namespace.to_owned(), what, kind: trouble.kind, message: trouble.message }
}
