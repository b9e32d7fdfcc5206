//! What is due: images that are to be copied by now, and copies of which nobody hears any more.

use super::{ImageCopy, Images, Place, record::WorkRecord, write::seconds};
use crate::{
    error::Result,
    namespaces::Namespace,
    platform::Inner,
    records::{self, Kept},
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

impl Images {
    /// Does what is due by now, of the namespaces whose images the actor may have copied: released images whose period has
    /// passed begin to be copied by this process, and copies whose lease has ended count as lost. Of copies, this process
    /// carries out at most so many at once; what does not fit is due the next time. Gives those that began.
    ///
    /// [`keep`](Self::keep) does it again and again; this is for programs with timers of their own. Dropped: what began goes on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) without registries; what the store says.
    pub async fn carry_on(&self, most: usize) -> Result<Vec<ImageCopy>> {
        self.inner.registries()?;
        let mut places: BTreeMap<String, Option<(Place, Option<ProductionNamespace>)>> = BTreeMap::new();
        let mut copies = Vec::new();
        for image in self.inner.work().await? {
            let Some(name) = image.namespace() else { continue };
            if !places.contains_key(name) {
                places.insert(name.to_owned(), self.kept_place(name).await?.map(|place| (place, None)));
            }
            let Some(Some((place, exists))) = places.get_mut(name) else { continue };
            let Some(kept) = self.inner.image(&image).await? else { continue };
            let now = seconds(self.inner.clock.now());
            let rule = place.namespace.sync_rule;
            let is_due = kept.value.image.next_deadline(rule.as_ref(), now).is_some_and(|due| due <= now);
            let waits = matches!(kept.value.image.state, State::PendingSync(_));
            if !is_due || waits && self.inner.copies.len() >= most {
                continue;
            }
            if waits && exists.is_none() {
                *exists = Some(self.inner.production_namespace(&place.namespace).await);
            }
            let exists = exists.unwrap_or(ProductionNamespace::Unknown);
            let context = self.inner.context_of(&place.namespace, exists);
            let (tenant, by) = (&place.tenant.name, self.who.actor());
            let written = self.inner.image_happens(&image, tenant, by, Event::TimePassed, &context).await?;
            if let Some(written) = written {
                copies.extend(written.copies);
            }
        }
        Ok(copies)
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
                let _: Kept<WorkRecord> = records::kept(record)?;
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
    async fn production_namespace(&self, namespace: &Namespace) -> ProductionNamespace {
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
