//! What is due: images that are to be copied by now, and copies of which nobody hears any more.

use super::{
    ImageCopy, Images, Place,
    halt::Halt,
    readable::{Unreadable, is_about_one},
    share::Share,
    write::seconds,
};
use crate::{
    error::Result,
    namespaces::Namespace,
    platform::Inner,
    store::{List, kinds},
};
use paas_client::harbor::ProjectName;
use paas_core::{
    access::{Action, Kind, Registry},
    images::{
        ImageName,
        promotion::{Context, CopyId, DEFAULT_LEASE_SECONDS, Event, ProductionNamespace, State},
    },
};
use std::{collections::BTreeMap, time::Duration};

/// For the answer whether production has a namespace.
const ANSWER: Duration = Duration::from_secs(30);

/// What was done of what was due.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// The copies that began.
    pub(super) copies: Vec<ImageCopy>,
    /// What could not be read, and was passed over.
    pub(super) passed_over: Unreadable,
}

impl Done {
    /// What is about one image or namespace keeps the others from nothing.
    fn or_passed_over<T>(&mut self, what: &(impl ToString + ?Sized), result: Result<T>) -> Result<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(error) if is_about_one(&error) => {
                self.passed_over.push((what.to_string(), error));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

impl Images {
    /// Does what is due by now, of the namespaces whose images the actor may have copied: released images whose period has
    /// passed begin to be copied by this process, and copies whose lease has ended count as lost. Of copies, this process
    /// carries out at most so many at once, shared among tenants: next is an image of the tenant that has the fewest copies
    /// under way here. What does not fit is due the next time. Gives those that began.
    ///
    /// An image or a namespace whose record cannot be read is passed over, and keeps no other one waiting; the
    /// [sweep](Self::sweep) tells of it. [`keep`](Self::keep) does all this again and again; this is for programs with timers
    /// of their own. Dropped: what began goes on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) without registries; what the store says.
    pub async fn carry_on(&self, most: usize) -> Result<Vec<ImageCopy>> {
        let done = self.do_due(most, &Halt::never()).await?;
        for (what, error) in &done.passed_over {
            tracing::warn!(code = error.code(), "`{what}` is passed over: {error}");
        }
        Ok(done.copies)
    }

    /// The same, until it is to end; tells what was passed over.
    pub(super) async fn do_due(&self, most: usize, halt: &Halt) -> Result<Done> {
        self.inner.registries()?;
        let mut done = Done::default();
        let mut places: BTreeMap<String, Option<Place>> = BTreeMap::new();
        let mut share = Share::beside(self.inner.copies.by_tenant());
        for image in self.inner.work().await? {
            if halt.is_on() {
                return Ok(done);
            }
            let Some(name) = image.namespace() else { continue };
            if !places.contains_key(name) {
                let place = done.or_passed_over(name, self.kept_place(name).await)?.flatten();
                places.insert(name.to_owned(), place);
            }
            let Some(Some(place)) = places.get(name) else { continue };
            let kept = done.or_passed_over(&image, self.inner.image(&image).await)?.flatten();
            let Some(kept) = kept else { continue };
            let now = seconds(self.inner.clock.now());
            let deadline = kept.value.image.next_deadline(place.namespace.sync_rule.as_ref(), now);
            let Some(due) = deadline.filter(|due| *due <= now) else { continue };
            if matches!(kept.value.image.state, State::PendingSync(_)) {
                share.add(&place.tenant.name, due, image);
            } else {
                self.time_passed(&image, place, ProductionNamespace::Unknown, &mut done).await?;
            }
        }
        // Those that are lost were first: production is not asked for them.
        let mut asked: BTreeMap<String, ProductionNamespace> = BTreeMap::new();
        while self.inner.copies.len() < most
            && !halt.is_on()
            && let Some(image) = share.next()
        {
            let name = image.namespace().unwrap_or_default();
            let Some(Some(place)) = places.get(name) else { continue };
            let known = asked.get(name).copied();
            let answer = match known {
                Some(exists) => Some(exists),
                None => tokio::select! {
                    exists = self.inner.production_namespace(&place.namespace) => Some(exists),
                    () = self.inner.clock.sleep(ANSWER) => None,
                    () = halt.comes() => return Ok(done),
                },
            };
            let exists = answer.unwrap_or(ProductionNamespace::Unknown);
            asked.insert(name.to_owned(), exists);
            if self.time_passed(&image, place, exists, &mut done).await? {
                share.began(&place.tenant.name);
            }
            if answer.is_none() {
                // Whoever is lost in the meantime is not to wait as long for each namespace.
                tracing::warn!("production does not say in time whether it has `{name}`");
                break;
            }
        }
        Ok(done)
    }

    /// Tells whether a copy began.
    async fn time_passed(
        &self,
        image: &ImageName,
        place: &Place,
        exists: ProductionNamespace,
        done: &mut Done,
    ) -> Result<bool> {
        let context = self.inner.context_of(&place.namespace, exists);
        let (tenant, by) = (&place.tenant.name, self.who.actor());
        let written = self.inner.image_happens(image, tenant, by, Event::TimePassed, &context).await;
        let Some(written) = done.or_passed_over(image, written)?.flatten() else { return Ok(false) };
        let is_begun = !written.copies.is_empty();
        done.copies.extend(written.copies);
        Ok(is_begun)
    }

    /// A namespace whose images the actor may have copied.
    pub(super) async fn kept_place(&self, name: &str) -> Result<Option<Place>> {
        let found = self.inner.namespace_and_tenant(name).await?;
        Ok(found
            .filter(|(namespace, tenant)| {
                self.who.lists(Action::Sync, Kind::ImageState, tenant, Some(&namespace.name))
            })
            .map(|(namespace, tenant)| Place { tenant, namespace }))
    }
}

impl Inner {
    /// The images about which something is to be done when time passes.
    async fn work(&self) -> Result<Vec<ImageName>> {
        let mut found = Vec::new();
        let mut list = List::of(kinds::IMAGE_WORK);
        loop {
            let page = self.store.list(list.clone()).await?;
            for record in &page.items {
                // The name says all that a mark says, whoever wrote it.
                match record.key.parse() {
                    Ok(name) => found.push(name),
                    Err(error) => tracing::warn!("the mark `{}` is passed over: {error}", record.key),
                }
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => return Ok(found),
            }
        }
    }

    /// What is known about a namespace when something happens to an image of it.
    pub(super) async fn context(&self, namespace: &Namespace, asks: bool) -> Context {
        let exists =
            if asks { self.production_namespace(namespace).await } else { ProductionNamespace::Unknown };
        self.context_of(namespace, exists)
    }

    fn context_of(&self, namespace: &Namespace, exists: ProductionNamespace) -> Context {
        Context::new(namespace.sync_rule, exists, self.copy_id()).with_lease(self.copy_lease())
    }

    /// Whether production has a namespace. Where there is a Harbor it is asked, and a project of that name must be the
    /// namespace's own; else it is what was recorded.
    pub(super) async fn production_namespace(&self, namespace: &Namespace) -> ProductionNamespace {
        let Some(client) = self.harbor(Registry::Production) else {
            return if namespace.in_production {
                ProductionNamespace::Exists
            } else {
                ProductionNamespace::Missing
            };
        };
        if !namespace.registries.contains(&Registry::Production) {
            return ProductionNamespace::Missing;
        }
        let Ok(project) = namespace.name.parse::<ProjectName>() else { return ProductionNamespace::Missing };
        match client.project_exists(&project).await {
            Ok(true) => ProductionNamespace::Exists,
            Ok(false) => ProductionNamespace::Missing,
            Err(error) => {
                tracing::warn!(code = error.code(), "production's Harbor: {error}");
                ProductionNamespace::Unknown
            }
        }
    }

    /// What no other copy was called.
    fn copy_id(&self) -> CopyId {
        CopyId::drawn([self.random.next_u64(), self.random.next_u64()])
    }

    /// For how many seconds the word of a copy counts.
    #[expect(clippy::unused_self, reason = "it may become a setting")]
    pub(super) fn copy_lease(&self) -> u32 {
        DEFAULT_LEASE_SECONDS
    }

    /// How often a copy says that it is at work.
    pub(super) fn copy_renewal(&self) -> Duration {
        Duration::from_secs(u64::from(self.copy_lease()) / 3)
    }
}
