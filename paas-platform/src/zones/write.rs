//! Writing what comes of a look, and reading it.

use super::{
    look::{Spot, Why},
    record::{Note, ZoneHappening, ZoneWork, ZonedRecord, stream},
};
use crate::{
    audit::AuditRecord,
    error::Result,
    mall::Witness,
    platform::Inner,
    records::{self, Kept},
    seam,
    store::{Batch, List, encode, kinds},
};
use paas_core::{images::ImageName, scaling::Timestamp};
use std::collections::BTreeMap;

impl Inner {
    /// An image that is recorded in its zones.
    pub(super) async fn zoned_image(&self, image: &ImageName) -> Result<Option<Kept<ZonedRecord>>> {
        Ok(records::read(&*self.store, kinds::ZONED_IMAGE, &image.to_string()).await?)
    }

    /// All images of the namespace with this id that are recorded in zones, by name.
    pub(super) async fn zoned_images_of(
        &self,
        namespace: &str,
        id: &str,
    ) -> Result<BTreeMap<ImageName, ZonedRecord>> {
        let mut found = BTreeMap::new();
        let mut list = List::of(kinds::ZONED_IMAGE).with_prefix(format!("{namespace}/"));
        loop {
            let page = self.store.list(list.clone()).await?;
            for record in &page.items {
                let kept: Kept<ZonedRecord> = records::kept(record)?;
                if kept.value.namespace == id {
                    found.insert(kept.value.image.clone(), kept.value);
                }
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => return Ok(found),
            }
        }
    }

    /// The images about which something is to be done by now.
    pub(super) async fn zone_work(&self, now: Timestamp) -> Result<Vec<ImageName>> {
        let mut found = Vec::new();
        let mut list = List::of(kinds::ZONE_WORK);
        loop {
            let page = self.store.list(list.clone()).await?;
            for record in &page.items {
                let mark: Kept<ZoneWork> = records::kept(record)?;
                if mark.value.due > now {
                    continue;
                }
                match record.key.parse() {
                    Ok(name) => found.push((mark.value.due, name)),
                    Err(error) => tracing::warn!("the mark `{}` is passed over: {error}", record.key),
                }
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => break,
            }
        }
        // What has waited longest comes first, so that nothing waits for ever behind what fails.
        found.sort();
        Ok(found.into_iter().map(|(_, name)| name).collect())
    }

    /// Writes an image as it is to be kept, if that is something else than before. The version of the image guards its mark
    /// and its journal too: whoever changes those changes the image. What is kept of an image of a namespace that is gone
    /// is replaced.
    pub(super) async fn write_zoned(
        &self,
        spot: &Spot,
        now: Timestamp,
        kept: Option<Kept<ZonedRecord>>,
        mut after: ZonedRecord,
        happenings: &[ZoneHappening],
        why: &Why<'_>,
    ) -> Result<Option<ZonedRecord>> {
        let version = kept.as_ref().map(|kept| kept.version);
        let before = kept.map(|kept| kept.value).filter(|before| before.namespace == spot.id);
        let is_same = match &before {
            Some(before) => *before == after,
            None => version.is_none() && after.is_nothing(),
        };
        if is_same && happenings.is_empty() {
            return Ok(before);
        }
        let (key, stream) = (after.image.to_string(), stream(&spot.id, &after.image));
        let namespace = after.image.namespace().unwrap_or_default().to_owned();
        let mut batch = Batch::new();
        after.journal = match &before {
            Some(before) => before.journal,
            None => {
                // The namespace may have been deleted meanwhile, and made anew for somebody else.
                let there = self.namespace_version(&namespace, &spot.id).await?;
                batch = batch.expect(kinds::NAMESPACE, &namespace, Some(there));
                // An image of that name that is gone has left its journal.
                self.last_entry(&stream).await?
            }
        };
        for what in happenings {
            after.journal += 1;
            batch = batch.append(&stream, after.journal, encode(&Note { at: now, what: what.clone() })?);
            if let Some(action) = audited(what, why) {
                let at = seam::Timestamp::from_millis(u64::from(now.seconds()) * 1000);
                let audit = AuditRecord::new(at, &spot.by, action, &spot.tenant);
                batch = audit.about(&namespace).about_image(&key).enqueue(batch)?;
            }
        }
        let is_nothing = after.is_nothing();
        if is_nothing && before.is_some() {
            // Test or production may have it still.
            let left = self.promoted_digests(&after.image, &spot.id).await?;
            let now = seam::Timestamp::from_millis(u64::from(now.seconds()) * 1000);
            let witness = Witness { by: &spot.by, tenant: &spot.tenant, now };
            batch = self.lapse(batch, &after.image, &spot.id, &left, witness).await?;
        }
        let mark: Option<Kept<ZoneWork>> = records::read(&*self.store, kinds::ZONE_WORK, &key).await?;
        let due = after.due.filter(|_| !is_nothing);
        batch = match (mark, due) {
            (None, Some(due)) => batch.create(kinds::ZONE_WORK, &key, encode(&ZoneWork { due })?),
            (Some(mark), Some(due)) if mark.value.due != due => {
                batch.put(kinds::ZONE_WORK, &key, mark.version, encode(&ZoneWork { due })?)
            }
            (Some(mark), None) => batch.delete(kinds::ZONE_WORK, &key, mark.version),
            (None, None) | (Some(_), Some(_)) => batch,
        };
        batch = match (version, is_nothing) {
            (Some(version), true) => batch.delete(kinds::ZONED_IMAGE, &key, version),
            (Some(version), false) => batch.put(kinds::ZONED_IMAGE, &key, version, encode(&after)?),
            (None, true) => batch,
            (None, false) => batch.create(kinds::ZONED_IMAGE, &key, encode(&after)?),
        };
        self.store.commit(batch).await?;
        Ok((!is_nothing).then_some(after))
    }
}

/// What the audit calls it; nothing for what is of the day's run and stands in the journal.
fn audited(what: &ZoneHappening, why: &Why<'_>) -> Option<&'static str> {
    match what {
        ZoneHappening::Copied { .. } => Some("zones.copied"),
        ZoneHappening::Conflict { .. } => Some("zones.conflict"),
        ZoneHappening::Replaced { .. } => Some("zones.replace"),
        ZoneHappening::TakenOver { .. } => Some("zones.take_over"),
        ZoneHappening::Retried { .. } => Some("zones.retry"),
        ZoneHappening::Failed { .. } => Some("zones.copy_failed"),
        ZoneHappening::Belongs { .. } if matches!(why, Why::Decided(_)) => Some("zones.belongs"),
        ZoneHappening::Belongs { .. } | ZoneHappening::Gone => None,
    }
}
