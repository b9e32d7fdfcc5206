//! Looks at what was noticed.

use super::{
    Images, Place,
    breaker::Breaker,
    each::{AT_ONCE, each},
    fuse::Loss,
    looking::{Seen, Unseen},
    noticed::Noticed,
    readable::is_about_one,
};
use crate::{
    error::{Error, Result},
    seam::Timestamp,
};
use std::{collections::BTreeMap, ops::ControlFlow, sync::Arc, time::Duration};

/// Releases that vanish one after the other within this time vanish together.
const TOGETHER: Duration = Duration::from_secs(600);

/// Looks, round after round.
pub(super) struct Looks {
    images: Images,
    /// When releases of a namespace vanished, not long ago.
    vanished: BTreeMap<String, Vec<Timestamp>>,
}

/// A name with whose it is.
#[derive(Clone)]
struct Name {
    noticed: Noticed,
    place: Arc<Place>,
}

impl Looks {
    pub(super) const fn new(images: Images) -> Self {
        Self { images, vanished: BTreeMap::new() }
    }

    /// Looks at what is to be looked at by now. A name is forgotten only when it was looked at; one that cannot be waits for
    /// longer each time, and once the registry does not answer, all others are left for the next round.
    ///
    /// Deletions are recorded at the end, and only if they are not so many that a person is to say that it is right: then
    /// they are left to the sweep, which tells of them.
    pub(super) async fn round(&mut self) -> Result<()> {
        let names = self.names().await?;
        let absent = self.look(names, false).await?;
        let mut by_namespace: BTreeMap<String, Vec<Name>> = BTreeMap::new();
        for name in absent {
            by_namespace.entry(name.place.namespace.name.clone()).or_default().push(name);
        }
        for (namespace, names) in by_namespace {
            if self.is_believed(&namespace, &names).await? {
                self.look(names, true).await?;
            } else {
                tracing::warn!(
                    "so many releases of `{namespace}` are missing in test that a person is to see to it"
                );
                for name in names {
                    self.images.inner.notices.done(&name.noticed);
                }
            }
        }
        Ok(())
    }

    /// What is to be looked at by now.
    async fn names(&self) -> Result<Vec<Name>> {
        let inner = &self.images.inner;
        let now = inner.clock.now();
        let mut places: BTreeMap<String, Result<Option<Arc<Place>>, Error>> = BTreeMap::new();
        let mut names = Vec::new();
        for noticed in inner.notices.due(now) {
            let namespace = noticed.image.namespace().unwrap_or_default();
            if !places.contains_key(namespace) {
                let place = match self.images.kept_place(namespace).await {
                    Err(error) if !is_about_one(&error) => return Err(error),
                    Err(error) => {
                        tracing::warn!(code = error.code(), "the namespace `{namespace}`: {error}");
                        Err(error)
                    }
                    Ok(place) => Ok(place.map(Arc::new)),
                };
                places.insert(namespace.to_owned(), place);
            }
            match places.get(namespace) {
                Some(Ok(Some(place))) => names.push(Name { noticed, place: Arc::clone(place) }),
                Some(Err(_)) => inner.notices.failed(&noticed, now),
                Some(Ok(None)) | None => inner.notices.done(&noticed),
            }
        }
        Ok(names)
    }

    /// Looks, and records what is seen, but for deletions unless they are believed; gives those that are missing.
    async fn look(&self, names: Vec<Name>, deletes: bool) -> Result<Vec<Name>> {
        let inner = &self.images.inner;
        let job = |name: Name| {
            let images = self.images.clone();
            async move {
                let (tenant, by) = (&name.place.tenant.name, images.who.actor());
                let seen = images.inner.see_in_test(&name.noticed.image, tenant, by, deletes).await;
                (name, seen)
            }
        };
        let (breaker, mut absent, mut ended) = (Breaker::default(), Vec::new(), None);
        each(names, AT_ONCE, job, |(name, seen)| {
            let image = &name.noticed.image;
            match seen {
                Ok(seen) => {
                    breaker.answered();
                    if matches!(seen, Seen::Absent(_)) && !deletes {
                        absent.push(name);
                    } else {
                        inner.notices.done(&name.noticed);
                    }
                }
                Err(Unseen::Registry(trouble)) => {
                    tracing::warn!(kind = trouble.kind.name(), "`{image}` in test: {trouble}");
                    breaker.failed(&trouble);
                    inner.notices.failed(&name.noticed, inner.clock.now());
                }
                Err(Unseen::Platform(error)) if is_about_one(&error) => {
                    tracing::warn!(code = error.code(), "`{image}`: {error}");
                    inner.notices.failed(&name.noticed, inner.clock.now());
                }
                Err(Unseen::Platform(error)) => {
                    ended = Some(error);
                    return ControlFlow::Break(());
                }
            }
            if breaker.is_open() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .await;
        match ended {
            Some(error) => Err(error),
            // A registry that goes down may say of what it has that it is not there: that is asked again.
            None if breaker.is_open() => Ok(Vec::new()),
            None => Ok(absent),
        }
    }

    /// Whether it can be that all these were deleted. Then that is remembered.
    async fn is_believed(&mut self, namespace: &str, names: &[Name]) -> Result<bool> {
        let inner = &self.images.inner;
        let now = inner.clock.now();
        let vanished = self.vanished.entry(namespace.to_owned()).or_default();
        vanished.retain(|at| *at <= now && at.plus(TOGETHER) > now);
        let mut missing = 0;
        for name in names {
            let kept = match inner.image(&name.noticed.image).await {
                Ok(kept) => kept,
                // It is not recorded either that it was deleted.
                Err(error) if is_about_one(&error) => None,
                Err(error) => return Err(error),
            };
            missing += usize::from(kept.is_some_and(|kept| kept.value.image.approval().is_some()));
        }
        let all = missing + vanished.len();
        let mut loss = Loss { missing_released: all, released: all, ..Loss::default() };
        if loss.is_much() {
            let (known, _) = inner.readable_images(namespace).await?;
            let released = known.values().filter(|kept| kept.value.image.approval().is_some());
            loss.released = released.count() + vanished.len();
        }
        let is_believed = !loss.is_much();
        if is_believed {
            vanished.extend(std::iter::repeat_n(now, missing));
        }
        if vanished.is_empty() {
            self.vanished.remove(namespace);
        }
        Ok(is_believed)
    }
}
