//! Writing what comes of what happened, and telling it.

use super::{
    ImageCopy, ImageNotice, notice,
    record::{ImageRecord, Note, WorkRecord, stream},
    unknown_namespace,
};
use crate::{
    audit::AuditRecord,
    error::{Error, ErrorKind, Result},
    mall::Witness,
    namespaces::Namespace,
    platform::Inner,
    records::{self, Kept, is_overtaken},
    seam,
    store::{Batch, List, Record, StoreError, encode, kinds, limits},
};
use paas_core::{
    actor::Actor,
    images::{
        Digest, ImageName,
        promotion::{
            Change, Context, Event, Happening, Image, Observation, Refusal, Right, State, Transition, Wish,
            step,
        },
    },
    scaling::Timestamp,
};
use std::sync::Arc;

/// What was written.
pub(super) struct Written {
    /// The image as it is now; nothing: it is gone.
    pub(super) image: Option<Image>,
    /// What was told of it.
    pub(super) change: Option<Change>,
    /// The copies that began here. All else that was to be done is being done.
    pub(super) copies: Vec<ImageCopy>,
}

/// How often it is tried to write an image while others write it too.
const MOST_TRIES: usize = 20;

impl Inner {
    /// An image that is recorded.
    pub(crate) async fn image(&self, name: &ImageName) -> Result<Option<Kept<ImageRecord>>> {
        Ok(records::read(&*self.store, kinds::IMAGE, &name.to_string()).await?)
    }

    /// What test and production hold of an image of the namespace with this [id](Namespace::id), as far as is known.
    pub(crate) async fn promoted_digests(&self, name: &ImageName, namespace: &str) -> Result<Vec<Digest>> {
        let kept = self.image(name).await?.filter(|kept| kept.value.namespace == namespace);
        let Some(Kept { value: ImageRecord { image, .. }, .. }) = kept else { return Ok(Vec::new()) };
        let production = image.production.digest().cloned();
        let test = (!image.is_gone()).then_some(image.digest);
        Ok(test.into_iter().chain(production).collect())
    }

    /// The first records of images of a namespace, whether they can be read or not.
    pub(crate) async fn images_recorded(&self, namespace: &str) -> Result<Vec<Record>> {
        let list = List::of(kinds::IMAGE).with_prefix(format!("{namespace}/"));
        Ok(self.store.list(list).await?.items)
    }

    /// Takes away what is recorded of images of a namespace that is not there: whoever makes one of that name has nothing to
    /// do with them. Nobody deletes a namespace with images; but one may have been seen at that very moment.
    pub(crate) async fn forget_images_of(&self, namespace: &str) -> Result<()> {
        loop {
            let left = self.images_recorded(namespace).await?;
            if left.is_empty() {
                return Ok(());
            }
            for record in left {
                let mut batch = Batch::new().delete(kinds::IMAGE, &record.key, record.version);
                let mark: Option<Kept<WorkRecord>> =
                    records::read(&*self.store, kinds::IMAGE_WORK, &record.key).await?;
                if let Some(mark) = mark {
                    batch = batch.delete(kinds::IMAGE_WORK, &record.key, mark.version);
                }
                self.store.commit(batch).await?;
            }
        }
    }

    /// Tells the images that wait for a namespace in production that it is there.
    pub(crate) async fn namespace_opened(self: &Arc<Self>, namespace: &Namespace, by: &Actor) -> Result<()> {
        let (images, _) = self.readable_images(&namespace.name).await?;
        for (name, kept) in images {
            let State::PendingSync(pending) = &kept.value.image.state else { continue };
            if pending.namespace_missing.is_some() {
                let seen = Observation::NamespaceSeen { exists: true };
                self.image_seen(&name, &namespace.tenant, by, seen).await?;
            }
        }
        Ok(())
    }

    /// Writes what comes of an event. Nothing, if the image is not recorded.
    pub(super) async fn image_happens(
        self: &Arc<Self>,
        name: &ImageName,
        tenant: &str,
        by: &Actor,
        event: Event,
        context: &Context,
    ) -> Result<Option<Written>> {
        self.write_image(name, tenant, by, |image, now| {
            image.map(|image| step(image, event.clone(), context, now)).transpose()
        })
        .await
    }

    /// Writes that somebody asks others for something. Nothing, if the image is not recorded.
    pub(super) async fn image_wished(
        self: &Arc<Self>,
        name: &ImageName,
        tenant: &str,
        by: &Actor,
        (wish, right, note): (Wish, &Right, &str),
    ) -> Result<Option<Written>> {
        self.write_image(name, tenant, by, |image, now| {
            image.map(|image| image.wish(wish, right, note, now)).transpose()
        })
        .await
    }

    /// Writes what comes of something that was seen. What was pushed and is not recorded is recorded; of anything else that
    /// is not recorded, nothing comes.
    pub(super) async fn image_seen(
        self: &Arc<Self>,
        name: &ImageName,
        tenant: &str,
        by: &Actor,
        seen: Observation,
    ) -> Result<Option<Written>> {
        self.write_image(name, tenant, by, |image, now| Ok(observed(name, image, &seen, now))).await
    }

    /// Looks at something, and writes what comes of it, unless the image was written since before the look: then what was
    /// seen may be older than what is known, and it is looked again.
    pub(super) async fn image_looked_at<L: Future<Output = Result<Observation>>>(
        self: &Arc<Self>,
        name: &ImageName,
        tenant: &str,
        by: &Actor,
        look: impl Fn() -> L,
    ) -> Result<Option<Written>> {
        for _ in 0..MOST_TRIES {
            let kept = self.image(name).await?;
            let seen = look().await?;
            let now = self.clock.now();
            let image = kept.as_ref().map(|kept| &kept.value.image);
            let Some(transition) = observed(name, image, &seen, seconds(now)) else { return Ok(None) };
            if let Some(written) = self.write_transition(name, tenant, by, now, kept, transition).await? {
                return Ok(Some(written));
            }
        }
        Err(busy(name))
    }

    /// Writes what happens to an image as it is now; if somebody else was faster, what happens to what that one wrote.
    async fn write_image(
        self: &Arc<Self>,
        name: &ImageName,
        tenant: &str,
        by: &Actor,
        happens: impl Fn(Option<&Image>, Timestamp) -> Result<Option<Transition>, Refusal>,
    ) -> Result<Option<Written>> {
        for _ in 0..MOST_TRIES {
            let kept = self.image(name).await?;
            let now = self.clock.now();
            let happened = happens(kept.as_ref().map(|kept| &kept.value.image), seconds(now));
            let Some(transition) = happened.map_err(|refusal| refused(&refusal))? else { return Ok(None) };
            if let Some(written) = self.write_transition(name, tenant, by, now, kept, transition).await? {
                return Ok(Some(written));
            }
        }
        Err(busy(name))
    }

    /// Writes what came of an image as it was read, carries it out and tells of it; nothing if somebody else was faster.
    async fn write_transition(
        self: &Arc<Self>,
        name: &ImageName,
        tenant: &str,
        by: &Actor,
        now: seam::Timestamp,
        kept: Option<Kept<ImageRecord>>,
        transition: Transition,
    ) -> Result<Option<Written>> {
        let before = kept.as_ref().map(|kept| kept.value.image.clone()).filter(|_| self.labels.is_some());
        if transition.writes {
            match self.commit_image(name, tenant, by, now, kept, &transition).await {
                Err(error) if error.store().is_some_and(is_overtaken) => return Ok(None),
                written => written?,
            }
            self.show_state(name, before.as_ref(), transition.image.as_ref());
        }
        let Transition { image, change, orders, .. } = transition;
        let copies = self.carry_out(tenant, by, orders);
        if let (Some(hook), Some(change)) = (&self.image_hook, &change) {
            notice::tell(
                &**hook,
                &ImageNotice::Changed { tenant: tenant.to_owned(), change: change.clone() },
            );
        }
        Ok(Some(Written { image, change, copies }))
    }

    async fn commit_image(
        &self,
        name: &ImageName,
        tenant: &str,
        by: &Actor,
        now: seam::Timestamp,
        kept: Option<Kept<ImageRecord>>,
        transition: &Transition,
    ) -> Result<()> {
        let key = name.to_string();
        let mut batch = Batch::new();
        let namespace = match &kept {
            Some(kept) => kept.value.namespace.clone(),
            // Whose it is, is read now: the namespace may have been deleted, and made anew for somebody else.
            None => {
                let of = name.namespace().unwrap_or_default();
                let found = self.namespace(of).await?.filter(|found| found.value.tenant == tenant);
                let found = found.ok_or_else(|| unknown_namespace(of))?;
                batch = batch.expect(kinds::NAMESPACE, of, Some(found.version));
                found.value.id
            }
        };
        let stream = stream(&namespace, name);
        let (kept_image, lapsing) = (kept.as_ref().map(|kept| kept.value.image.clone()), namespace.clone());
        let had_work = kept.as_ref().is_some_and(|kept| is_work(&kept.value.image));
        let has_work = transition.image.as_ref().is_some_and(is_work);
        let mut journal = match &kept {
            Some(kept) => kept.value.journal,
            // An image of that name that was deleted has left its journal.
            None => self.last_entry(&stream).await?,
        };
        if let Some(change) = &transition.change {
            journal += 1;
            batch = batch.append(&stream, journal, encode(&Note(change.clone()))?);
            if change.what != Happening::Pushed {
                let by = change.by.as_ref().unwrap_or(by);
                let audit = AuditRecord::new(now, by, format!("image.{}", change.what), tenant);
                batch = audit.about(name.namespace().unwrap_or_default()).about_image(&key).enqueue(batch)?;
            }
        }
        batch = match (kept, &transition.image) {
            (Some(kept), Some(image)) => {
                let record = ImageRecord { image: image.clone(), journal, namespace };
                batch.put(kinds::IMAGE, &key, kept.version, encode(&record)?)
            }
            (None, Some(image)) => {
                let record = ImageRecord { image: image.clone(), journal, namespace };
                batch.create(kinds::IMAGE, &key, encode(&record)?)
            }
            (Some(kept), None) => batch.delete(kinds::IMAGE, &key, kept.version),
            (None, None) => batch,
        };
        let was_there = kept_image.as_ref().is_some_and(|image| !image.is_gone());
        if was_there && transition.image.as_ref().is_none_or(Image::is_gone) {
            // What production or a zone holds under the name is not gone.
            let production = kept_image.as_ref().and_then(|image| image.production.digest().cloned());
            let left: Vec<Digest> =
                production.into_iter().chain(self.digest_in_zones(name, &lapsing).await?).collect();
            batch = self.lapse(batch, name, &lapsing, &left, Witness { by, tenant, now }).await?;
        }
        // Whoever changes the mark changes the image too: the version of one guards both.
        if has_work && !had_work {
            batch = batch.create(kinds::IMAGE_WORK, &key, encode(&WorkRecord {})?);
        } else if had_work && !has_work {
            let mark: Option<Kept<WorkRecord>> = records::read(&*self.store, kinds::IMAGE_WORK, &key).await?;
            if let Some(mark) = mark {
                batch = batch.delete(kinds::IMAGE_WORK, &key, mark.version);
            }
        }
        self.store.commit(batch).await?;
        Ok(())
    }

    /// The number of the last entry of a journal; 0 if it has none.
    pub(crate) async fn last_entry(&self, stream: &str) -> Result<u64, StoreError> {
        let mut last = 0;
        loop {
            let page = self.store.scan(stream, last + 1, limits::MAX_PAGE).await?;
            match page.items.last() {
                Some(entry) => last = entry.number,
                None => return Ok(last),
            }
            if !page.more {
                return Ok(last);
            }
        }
    }
}

fn observed(
    name: &ImageName,
    image: Option<&Image>,
    seen: &Observation,
    now: Timestamp,
) -> Option<Transition> {
    match (image, seen) {
        (Some(image), _) => Some(image.observe(seen.clone(), now)),
        // What is about an image is no image that anybody releases.
        (None, Observation::Pushed { .. }) if name.tag.is_attachment() => None,
        (None, Observation::Pushed { digest }) => Some(Image::first_seen(name.clone(), digest.clone(), now)),
        (None, _) => None,
    }
}

/// Whether something is to be done about an image when time passes.
fn is_work(image: &Image) -> bool {
    matches!(image.state, State::PendingSync(_) | State::Syncing(_) | State::Gone(_))
}

/// The time as the rules have it: in whole seconds.
pub(crate) fn seconds(time: seam::Timestamp) -> Timestamp {
    Timestamp::from_seconds(u32::try_from(time.as_millis() / 1000).unwrap_or(u32::MAX))
}

fn busy(name: &ImageName) -> Error {
    Error::new(ErrorKind::ImageBusy, format!("`{name}` was changed by others again and again"))
}

fn refused(refusal: &Refusal) -> Error {
    Error::new(ErrorKind::ImageState, refusal.to_string()).with_help(refusal.help())
}
