//! The looks of a sweep.

use super::sweeping::Sweeping;
use crate::{
    error::Result,
    images::{
        ImageTrouble, Place,
        each::{AT_ONCE, each},
        looking::{Seen, Unseen},
        readable::is_about_one,
        record::ImageRecord,
    },
    records::Kept,
};
use paas_core::images::{
    ImageName,
    promotion::{Change, FailureKind},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    sync::Arc,
};

/// What was seen of an image.
struct Look {
    image: ImageName,
    test: Result<Seen, Unseen>,
    production: Production,
}

/// What was seen of it in production.
enum Production {
    /// It was never there, as far as is known.
    NotAsked,
    /// Production is not asked any more.
    Left,
    Asked(Result<Option<Change>, Unseen>),
}

impl Sweeping<'_> {
    /// Looks at images, and mends what is recorded of them, but for deletions; gives those that are not there.
    pub(super) async fn look(
        &mut self,
        place: &Arc<Place>,
        names: BTreeSet<ImageName>,
        known: &BTreeMap<ImageName, Kept<ImageRecord>>,
    ) -> Result<BTreeSet<ImageName>> {
        let (images, production) = (self.images.clone(), Arc::clone(&self.production));
        let job = |image: ImageName| {
            let was_there = known.get(&image).is_some_and(|kept| was_in_production(&kept.value));
            let (images, place) = (images.clone(), Arc::clone(place));
            let production = Arc::clone(&production);
            async move {
                let (tenant, by) = (&place.tenant.name, images.who.actor());
                let test = images.inner.see_in_test(&image, tenant, by, false).await;
                let production = match &test {
                    Ok(Seen::There(_)) if was_there && production.is_open() => Production::Left,
                    Ok(Seen::There(_)) if was_there => {
                        Production::Asked(images.inner.see_in_production(&image, tenant, by).await)
                    }
                    _ => Production::NotAsked,
                };
                Look { image, test, production }
            }
        };
        let (mut absent, mut left) = (BTreeSet::new(), names.len());
        let (mut changes, mut failures) = (BTreeMap::new(), BTreeMap::new());
        each(names, AT_ONCE, job, |look| {
            left -= 1;
            let changed: &mut Vec<Change> = changes.entry(look.image.clone()).or_default();
            let in_test = match look.test {
                Ok(seen) => {
                    self.test.answered();
                    match seen {
                        Seen::There(change) => {
                            self.report.images += 1;
                            changed.extend(change);
                        }
                        Seen::Absent(_) => drop(absent.insert(look.image.clone())),
                    }
                    Ok(())
                }
                Err(Unseen::Registry(trouble)) => {
                    self.test.failed(&trouble);
                    Err(Unseen::Registry(trouble))
                }
                Err(unseen) => Err(unseen),
            };
            let in_production = match look.production {
                Production::NotAsked => Ok(()),
                Production::Left => {
                    self.left_in_production += 1;
                    Ok(())
                }
                Production::Asked(Ok(change)) => {
                    self.production.answered();
                    changed.extend(change);
                    Ok(())
                }
                // One failure is told of the rest.
                Production::Asked(Err(Unseen::Registry(_))) if self.production.is_open() => {
                    self.left_in_production += 1;
                    Ok(())
                }
                Production::Asked(Err(Unseen::Registry(trouble))) => {
                    self.production.failed(&trouble);
                    Err(Unseen::Registry(trouble))
                }
                Production::Asked(Err(unseen)) => Err(unseen),
            };
            for unseen in [in_test, in_production].into_iter().filter_map(Result::err) {
                match unseen {
                    Unseen::Registry(trouble) => drop(failures.insert(look.image.to_string(), trouble)),
                    Unseen::Platform(error) if is_about_one(&error) => {
                        let trouble = ImageTrouble::new(FailureKind::Unexpected, error.to_string());
                        failures.insert(look.image.to_string(), trouble);
                    }
                    Unseen::Platform(error) => {
                        self.error = Some(error);
                        return ControlFlow::Break(());
                    }
                }
            }
            if self.test.is_open() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .await;
        self.report.changes.extend(changes.into_values().flatten());
        for (image, trouble) in failures {
            self.failure(Some(&place.namespace.name), Some(image), trouble);
        }
        self.left_in_test += left;
        match self.error.take() {
            Some(error) => Err(error),
            None => Ok(absent),
        }
    }
}

/// Whether something may be in production under its name.
fn was_in_production(record: &ImageRecord) -> bool {
    let production = &record.image.production;
    production.seen.is_some() || !production.perhaps.is_empty() || record.image.approval().is_some()
}
