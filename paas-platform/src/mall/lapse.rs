//! What becomes of publications when their images go.

use super::record::{Note, PublicationRecord, stream};
use crate::{
    audit::AuditRecord,
    error::Result,
    images::seconds,
    platform::Inner,
    records::Kept,
    seam,
    store::{Batch, List, encode, kinds},
};
use paas_core::{
    actor::Actor,
    images::{Digest, ImageName},
};

/// Who has seen that an image went, and when.
#[derive(Clone, Copy)]
pub(crate) struct Witness<'a> {
    pub(crate) by: &'a Actor,
    pub(crate) tenant: &'a str,
    pub(crate) now: seam::Timestamp,
}

impl Inner {
    /// Adds to a batch that the publications of an image lapse with it: it was seen to be gone, but for what is `left` of it.
    /// They are written together with that, or not at all.
    pub(crate) async fn lapse(
        &self,
        mut batch: Batch,
        image: &ImageName,
        namespace: &str,
        left: &[Digest],
        witness: Witness<'_>,
    ) -> Result<Batch> {
        for (key, Kept { value: kept, version }) in self.publication_records(&format!("{image}@")).await? {
            if kept.namespace != namespace || left.contains(&kept.publication.digest) {
                continue;
            }
            let after = kept.publication.deleted(seconds(witness.now)).publication;
            if after == kept.publication {
                continue;
            }
            let (journal, stream) = (kept.journal + 1, stream(namespace, image, &after.digest));
            batch = batch.append(stream, journal, encode(&Note(after.clone()))?);
            let audit = AuditRecord::new(witness.now, witness.by, super::action_of(&after), witness.tenant);
            let of = image.namespace().unwrap_or_default();
            batch = audit.about(of).about_image(&key).enqueue(batch)?;
            let after = PublicationRecord { publication: after, journal, namespace: kept.namespace };
            batch = batch.put(kinds::PUBLICATION, &key, version, encode(&after)?);
        }
        Ok(batch)
    }

    /// Takes away what is recorded of publications of a namespace that is not there. Their journals stay, and so does what the
    /// audit was told.
    pub(crate) async fn forget_publications_of(&self, namespace: &str) -> Result<()> {
        loop {
            let list = List::of(kinds::PUBLICATION).with_prefix(format!("{namespace}/"));
            let left = self.store.list(list).await?.items;
            if left.is_empty() {
                return Ok(());
            }
            for record in left {
                let batch = Batch::new().delete(kinds::PUBLICATION, &record.key, record.version);
                self.store.commit(batch).await?;
            }
        }
    }
}
