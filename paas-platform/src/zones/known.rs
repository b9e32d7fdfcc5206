//! What zones hold, for those who ask nothing else of them.

use super::record::ZonedRecord;
use crate::{
    error::Result,
    platform::Inner,
    records::Kept,
    store::{List, Version, kinds},
};
use paas_core::images::{Digest, ImageName};
use std::collections::BTreeMap;

impl Inner {
    /// Whether an image was seen in zones at all; and the version of what says so, if it is exactly this in the zone that it
    /// belongs to.
    pub(crate) async fn in_zones(
        &self,
        image: &ImageName,
        digest: &Digest,
    ) -> Result<(bool, Option<Version>)> {
        let Some(kept) = self.zoned_image(image).await? else { return Ok((false, None)) };
        let is_this = digest_of(&kept.value) == Some(digest);
        Ok((true, is_this.then_some(kept.version)))
    }

    /// What an image is in the zone that it belongs to.
    pub(crate) async fn digest_in_zones(&self, image: &ImageName) -> Result<Option<Digest>> {
        Ok(self.zoned_image(image).await?.and_then(|kept| digest_of(&kept.value).cloned()))
    }

    /// The images of a namespace that are in zones, with what they are where they belong. What cannot be read is left out.
    pub(crate) async fn images_in_zones(&self, namespace: &str) -> Result<BTreeMap<ImageName, Digest>> {
        let list = List::of(kinds::ZONED_IMAGE).with_prefix(format!("{namespace}/"));
        let (found, _) = self.readable::<ZonedRecord>(list).await?;
        let known = found.into_values().filter_map(|Kept { value, .. }| {
            let digest = digest_of(&value)?.clone();
            Some((value.image, digest))
        });
        Ok(known.collect())
    }
}

fn digest_of(record: &ZonedRecord) -> Option<&Digest> {
    record.kept.as_ref()?.digest.as_ref()
}
