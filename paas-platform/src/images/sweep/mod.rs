//! The sweep: what registries hold is compared with what is recorded.

mod concluding;
mod listing;
mod seeing;
mod sweeping;

use super::{ImageTrouble, Images, Place, readable::Unreadable};
use crate::error::{Error, Result};
use paas_core::{
    access::{Action, Kind},
    images::promotion::{Change, FailureKind},
    tenant::Tenant,
};
use serde::Serialize;
use sweeping::Sweeping;

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
    /// What could not be looked at, and what was seen and not believed.
    pub failures: Vec<SweepFailure>,
}

/// What a sweep could not look at, or did not believe. Nothing was concluded from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SweepFailure {
    /// The namespace, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The repository, image or registry, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// What went wrong, as a word.
    pub kind: FailureKind,
    /// What went wrong, in a sentence.
    pub message: String,
}

/// What is swept, and what is believed. Everything; and not that a good part of all releases was deleted at once.
///
/// ```
/// use paas_platform::SweepSettings;
///
/// let settings = SweepSettings::default().namespace("retail-shop").accepting_deletions();
/// assert!(settings.accept_deletions && !SweepSettings::default().accept_deletions);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SweepSettings {
    /// Only this namespace.
    pub namespace: Option<String>,
    /// Whether a person has seen to it that what is missing in the test registry was deleted, however much it is.
    pub accept_deletions: bool,
}

impl SweepSettings {
    /// Only this namespace is swept.
    #[must_use]
    pub fn namespace(mut self, name: impl Into<String>) -> Self {
        self.namespace = Some(name.into());
        self
    }

    /// What is missing was deleted: a person has seen to that.
    #[must_use]
    pub const fn accepting_deletions(mut self) -> Self {
        self.accept_deletions = true;
        self
    }
}

impl Images {
    /// Compares what the registries hold with what is recorded, in all namespaces whose images the actor may have copied, and
    /// mends the records: notifications get lost. Of a registry that does not answer, nothing is concluded; after three
    /// questions in a row without an answer it is asked no more until the next sweep.
    ///
    /// An image that is as it was costs one request to test, and one to production if it was ever there; some are under way
    /// at once. Of one that is not there any more, test is asked twice. Dropped: what was seen so far is recorded.
    ///
    /// **A test registry that comes up empty, or with what an old backup held, costs no releases:** if more than three
    /// released images of a namespace are missing, and more than a quarter of those that it has, or the same of all
    /// namespaces together, no deletion in them is recorded. The report says so
    /// ([`source_missing`](FailureKind::SourceMissing)), and goes on saying so until the images are back, or a person has
    /// said that they [were deleted](SweepSettings::accepting_deletions).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) without registries; what the store says. What registries say
    /// stands in the report, and so do records that cannot be read.
    pub async fn sweep(&self) -> Result<SweepReport> {
        self.sweep_by(&SweepSettings::default()).await
    }

    /// The same, of one namespace only, say, or by somebody who has seen that images were deleted.
    ///
    /// # Errors
    ///
    /// Those of [`sweep`](Self::sweep); of one namespace also [`ErrorKind::Denied`](crate::ErrorKind::Denied) and
    /// [`ErrorKind::UnknownNamespace`](crate::ErrorKind::UnknownNamespace).
    pub async fn sweep_by(&self, settings: &SweepSettings) -> Result<SweepReport> {
        self.inner.registries()?;
        let mut report = SweepReport::default();
        let places = self.swept(settings, &mut report).await?;
        Sweeping::new(self, settings, report).run(places).await
    }

    /// The namespaces that are swept. Those that cannot be read are told to whoever may all.
    async fn swept(&self, settings: &SweepSettings, report: &mut SweepReport) -> Result<Vec<Place>> {
        let (action, kind, nobody) = (Action::Sync, Kind::ImageState, Tenant::new(""));
        let wanted = settings.namespace.as_deref();
        let (namespaces, mut unreadable) = self.inner.readable_namespaces().await?;
        if let Some(name) = wanted {
            let found = namespaces.iter().find(|(namespace, _)| namespace.name == name);
            self.who.may_in(action, kind, found.map_or(&nobody, |(_, tenant)| tenant), name)?;
            if found.is_none() && unreadable.iter().all(|(unreadable, _)| unreadable != name) {
                return Err(super::unknown_namespace(name));
            }
        }
        let is_wanted = |name: &str| wanted.is_none_or(|wanted| wanted == name);
        unreadable.retain(|(name, _)| is_wanted(name) && self.who.lists(action, kind, &nobody, Some(name)));
        for (name, error) in unreadable {
            report.failures.push(SweepFailure::unreadable(Some(&name), None, &error));
        }
        let places = namespaces.into_iter().filter(|(namespace, tenant)| {
            is_wanted(&namespace.name) && self.who.lists(action, kind, tenant, Some(&namespace.name))
        });
        Ok(places.map(|(namespace, tenant)| Place { tenant, namespace }).collect())
    }
}

impl SweepReport {
    pub(super) fn unreadable(&mut self, namespace: &str, unreadable: &Unreadable) {
        for (what, error) in unreadable {
            self.failures.push(SweepFailure::unreadable(Some(namespace), Some(what.clone()), error));
        }
    }
}

impl SweepFailure {
    pub(in crate::images) fn new(
        namespace: Option<&str>,
        what: Option<String>,
        trouble: ImageTrouble,
    ) -> Self {
        let namespace = namespace.map(str::to_owned);
        Self { namespace, what, kind: trouble.kind, message: trouble.message }
    }

    pub(super) fn unreadable(namespace: Option<&str>, what: Option<String>, error: &Error) -> Self {
        Self::new(namespace, what, ImageTrouble::new(FailureKind::Unexpected, error.to_string()))
    }
}
