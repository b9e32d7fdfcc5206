//! What zones hold, for those who ask nothing else of them.

use super::record::ZonedRecord;
use crate::{
    error::Result,
    namespaces::Namespace,
    platform::Inner,
    records::Kept,
    store::{List, Version, kinds},
};
use paas_core::images::{Digest, ImageName};
use std::collections::BTreeMap;

impl Inner {
    /// Whether an image of the namespace with this [id](Namespace::id) was seen in zones at all; and the version of what says so, if it is exactly this in the zone that it
    /// belongs to.
    pub(crate) async fn in_zones(
        &self,
        image: &ImageName,
        digest: &Digest,
        namespace: &str,
    ) -> Result<(bool, Option<Version>)> {
        let kept = self.zoned_image(image).await?.filter(|kept| kept.value.namespace == namespace);
        let Some(kept) = kept else { return Ok((false, None)) };
        let is_this = digest_of(&kept.value) == Some(digest);
        Ok((true, is_this.then_some(kept.version)))
    }

    /// What an image is in the zone that it belongs to.
    pub(crate) async fn digest_in_zones(&self, image: &ImageName, namespace: &str) -> Result<Option<Digest>> {
        let kept = self.zoned_image(image).await?.filter(|kept| kept.value.namespace == namespace);
        Ok(kept.and_then(|kept| digest_of(&kept.value).cloned()))
    }

    /// The images of a namespace that are in zones, with what they are where they belong. What cannot be read is left out.
    pub(crate) async fn images_in_zones(&self, namespace: &Namespace) -> Result<BTreeMap<ImageName, Digest>> {
        let list = List::of(kinds::ZONED_IMAGE).with_prefix(format!("{}/", namespace.name));
        let (found, _) = self.readable::<ZonedRecord>(list).await?;
        let own = found.into_values().filter(|kept| kept.value.namespace == namespace.id);
        let known = own.filter_map(|Kept { value, .. }| {
            let digest = digest_of(&value)?.clone();
            Some((value.image, digest))
        });
        Ok(known.collect())
    }
}

fn digest_of(record: &ZonedRecord) -> Option<&Digest> {
    record.kept.as_ref()?.digest.as_ref()
}
