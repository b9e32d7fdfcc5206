//! A sweep, while it goes on.

use super::{SweepFailure, SweepReport, SweepSettings};
use crate::{
    error::{Error, Result},
    images::{
        ImageTrouble, Images, LabelsReport, Place, breaker::Breaker, fuse::Loss, looking::LOOK,
        readable::is_about_one, record::ImageRecord,
    },
    records::Kept,
};
use paas_core::images::{
    ImageName, RepositoryName,
    promotion::{FailureKind, ProductionNamespace, State},
};
use std::{collections::BTreeMap, sync::Arc};

/// A sweep.
pub(super) struct Sweeping<'a> {
    pub(super) images: &'a Images,
    pub(super) settings: &'a SweepSettings,
    pub(super) report: SweepReport,
    pub(super) test: Arc<Breaker>,
    pub(super) production: Arc<Breaker>,
    /// The repositories by namespace, of a registry that lists all of them at once.
    pub(super) catalogue: Option<BTreeMap<String, Vec<RepositoryName>>>,
    /// What is recorded and was not found. It is decided at the end whether that is believed.
    pub(super) missing: Vec<Missing>,
    /// Images that test was to be asked for, and was not.
    pub(super) left_in_test: usize,
    /// The same of production.
    pub(super) left_in_production: usize,
    /// Whether production's Harbor does not answer in time.
    is_late: bool,
    /// What ends the sweep.
    pub(super) error: Option<Error>,
}

/// What is missing in a namespace.
pub(super) struct Missing {
    pub(super) place: Arc<Place>,
    pub(super) loss: Loss,
    pub(super) images: Vec<ImageName>,
}

impl<'a> Sweeping<'a> {
    pub(super) fn new(images: &'a Images, settings: &'a SweepSettings, report: SweepReport) -> Self {
        Self {
            images,
            settings,
            report,
            test: Arc::default(),
            production: Arc::default(),
            catalogue: None,
            missing: Vec::new(),
            left_in_test: 0,
            left_in_production: 0,
            is_late: false,
            error: None,
        }
    }

    pub(super) async fn run(mut self, places: Vec<Place>) -> Result<SweepReport> {
        if !places.is_empty() {
            self.read_catalogue().await?;
        }
        let mut left = 0;
        let places: Vec<Arc<Place>> = places.into_iter().map(Arc::new).collect();
        for place in &places {
            if self.test.is_open() {
                left += 1;
            } else {
                self.namespace(Arc::clone(place)).await?;
            }
        }
        if self.test.is_open() {
            let message = format!(
                "it did not answer {} times in a row, and was asked no more; not looked at: {}, {}; nothing is concluded of what is missing",
                Breaker::ENOUGH,
                counted(self.left_in_test, "image"),
                counted(left, "namespace"),
            );
            self.failure(
                None,
                Some("the test registry".to_owned()),
                trouble(FailureKind::Unreachable, message),
            );
        } else {
            self.conclude().await?;
        }
        if self.left_in_production > 0 {
            let message = format!(
                "it did not answer {} times in a row, and was asked no more; not looked at there: {}",
                Breaker::ENOUGH,
                counted(self.left_in_production, "image")
            );
            let what = Some("the production registry".to_owned());
            self.failure(None, what, trouble(FailureKind::Unreachable, message));
        }
        // Now that it is written what is in them.
        let mut labels = LabelsReport::default();
        for place in &places {
            // A Harbor that does not answer is not asked for the others.
            if labels.failures.is_empty() {
                self.images.show_states_of(place, &mut labels).await?;
            }
        }
        self.report.failures.extend(labels.failures);
        Ok(self.report)
    }

    async fn namespace(&mut self, place: Arc<Place>) -> Result<()> {
        let name = place.namespace.name.clone();
        self.report.namespaces += 1;
        let (known, unreadable) = self.images.inner.readable_images(&name).await?;
        self.report.unreadable(&name, &unreadable);
        self.look_for_namespace(&place, &known).await?;
        let mut names = self.listed(&name).await?;
        // A registry that leaves a repository out of its list does not thereby say that it is gone: each image that is
        // recorded is looked at by its own name.
        names.extend(known.keys().cloned());
        for (unreadable, _) in unreadable {
            names.retain(|image| image.to_string() != unreadable);
        }
        if self.test.is_open() {
            self.left_in_test += names.len();
            return Ok(());
        }
        let absent = self.look(&place, names, &known).await?;
        let mut loss = Loss::default();
        for (image, kept) in &known {
            loss.count(&kept.value, absent.contains(image));
        }
        let is_kept = |image: &ImageName| known.get(image).is_some_and(|kept| !kept.value.image.is_gone());
        let images = absent.into_iter().filter(is_kept).collect();
        self.missing.push(Missing { place, loss, images });
        Ok(())
    }

    /// Images that wait for their namespace in production go on when somebody has made it there.
    async fn look_for_namespace(
        &mut self,
        place: &Place,
        known: &BTreeMap<ImageName, Kept<ImageRecord>>,
    ) -> Result<()> {
        let waits = |kept: &Kept<ImageRecord>| match &kept.value.image.state {
            State::PendingSync(pending) => pending.namespace_missing.is_some(),
            _ => false,
        };
        let inner = &self.images.inner;
        if self.is_late || !known.values().any(waits) {
            return Ok(());
        }
        let exists = tokio::select! {
            exists = inner.production_namespace(&place.namespace) => exists,
            () = inner.clock.sleep(LOOK) => {
                // It is not waited for as long for each namespace.
                self.is_late = true;
                return Ok(());
            }
        };
        if exists != ProductionNamespace::Exists {
            return Ok(());
        }
        match inner.namespace_opened(&place.namespace, self.images.who.actor()).await {
            Err(error) if is_about_one(&error) => {
                let failure = SweepFailure::unreadable(Some(&place.namespace.name), None, &error);
                self.report.failures.push(failure);
                Ok(())
            }
            opened => opened,
        }
    }

    pub(super) fn failure(&mut self, namespace: Option<&str>, what: Option<String>, trouble: ImageTrouble) {
        self.report.failures.push(SweepFailure::new(namespace, what, trouble));
    }
}

fn trouble(kind: FailureKind, message: String) -> ImageTrouble {
    ImageTrouble::new(kind, message)
}

/// `1 image`, `2 images`.
fn counted(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
