//! What is concluded of images that are missing.

use super::sweeping::{Missing, Sweeping};
use crate::{
    error::Result,
    images::{
        ImageTrouble, Place,
        each::{AT_ONCE, each},
        fuse::Loss,
        looking::{Seen, Unseen},
        readable::is_about_one,
    },
};
use paas_core::images::{ImageName, promotion::FailureKind};
use std::{collections::BTreeMap, ops::ControlFlow, sync::Arc};

impl Sweeping<'_> {
    /// Records that images were deleted, unless so many are missing that a person is to say so.
    pub(super) async fn conclude(&mut self) -> Result<()> {
        let missing = std::mem::take(&mut self.missing);
        let is_believed = self.settings.accept_deletions;
        let (doubted, rest): (Vec<_>, Vec<_>) =
            missing.into_iter().partition(|missing| !is_believed && missing.loss.is_much());
        for Missing { place, loss, .. } in doubted {
            let name = &place.namespace.name;
            self.failure(Some(name), None, doubt(loss, &format!("--namespace {name} ")));
        }
        let mut all = Loss::default();
        rest.iter().for_each(|missing| all.add(missing.loss));
        if !is_believed && all.is_much_of_all() {
            let option = self.settings.namespace.as_ref().map(|name| format!("--namespace {name} "));
            let trouble = doubt(all, &option.unwrap_or_default());
            self.failure(None, Some("the test registry".to_owned()), trouble);
            return Ok(());
        }
        for Missing { place, images, .. } in rest {
            self.delete(&place, images).await?;
        }
        Ok(())
    }

    /// Looks once more at what was missing, and records what is.
    async fn delete(&mut self, place: &Arc<Place>, missing: Vec<ImageName>) -> Result<()> {
        let images = self.images.clone();
        let job = |image: ImageName| {
            let (images, place) = (images.clone(), Arc::clone(place));
            async move {
                let seen =
                    images.inner.see_in_test(&image, &place.tenant.name, images.who.actor(), true).await;
                (image, seen)
            }
        };
        let (mut changes, mut failures) = (BTreeMap::new(), BTreeMap::new());
        each(missing, AT_ONCE, job, |(image, seen)| {
            match seen {
                Ok(Seen::There(change)) => {
                    self.report.images += 1;
                    changes.insert(image, change);
                }
                Ok(Seen::Absent(change)) => drop(changes.insert(image, change)),
                Err(Unseen::Registry(trouble)) => {
                    self.test.failed(&trouble);
                    failures.insert(image, trouble);
                }
                Err(Unseen::Platform(error)) if is_about_one(&error) => {
                    failures.insert(image, ImageTrouble::new(FailureKind::Unexpected, error.to_string()));
                }
                Err(Unseen::Platform(error)) => {
                    self.error = Some(error);
                    return ControlFlow::Break(());
                }
            }
            // The next sweep finds the rest.
            if self.test.is_open() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .await;
        self.report.changes.extend(changes.into_values().flatten());
        for (image, trouble) in failures {
            self.failure(Some(&place.namespace.name), Some(image.to_string()), trouble);
        }
        self.error.take().map_or(Ok(()), Err)
    }
}

/// So much is missing that it is not believed.
fn doubt(loss: Loss, option: &str) -> ImageTrouble {
    let Loss { images, released, missing, missing_released } = loss;
    let message = format!(
        "{missing} of {images} images that are recorded are missing in the test registry, {missing_released} of {released} that are released among them; no deletion is recorded, since it may be the wrong storage, or an old backup: mend the registry, or, if they were deleted, say `paas image sweep {option}--accept-deletions`"
    );
    ImageTrouble::new(FailureKind::SourceMissing, message)
}
