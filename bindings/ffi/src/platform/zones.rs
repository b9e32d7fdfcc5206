//! Images in several zones.

use super::{
    Platform,
    images::{agreed, count, not_taken, period},
};
use crate::{envelope::Result, keeping::KeepingZones, request::Bytes, zone_copy::ZoneCopy};
use paas_sdk::{
    core::images::{
        Digest, ImageName,
        distribution::{DistributionRule, Zone, ZoneName},
    },
    platform::{NamespaceZones, ZoneEntry, ZoneRule, ZoneScan, ZonedImage, ZonesSettings},
};
use serde::Deserialize;

/// The zones of the platform, in their order; none if it has none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListZonesRequest {}

/// How each zone stands with the namespaces of a tenant that have a rule: in step, behind by so many, with the last error, as was last
/// seen; no registry is asked. Fails with kind `unknown_tenant`, for those who may see all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ZonesStatusRequest {
    /// The tenant's name.
    pub tenant: String,
}

/// The images of a tenant that are in zones, as they were last seen, by name. Fails with kind `unknown_tenant`, for those who may
/// see all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListZonedImagesRequest {
    /// The tenant's name.
    pub tenant: String,
    /// Only those that are not in step.
    #[serde(default)]
    pub only_behind: bool,
}

/// An image in its zones, as it was last seen. Fails with kind `unknown_image`, `unknown_namespace`, `denied`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadZonedImageRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
}

/// The journal of an image in its zones, from its beginning; it outlives the image. Fails with kind `unknown_namespace`, `denied`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ZonedImageJournalRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
}

/// Looks at an image in all zones now, and records what it finds; gives it, or nothing if it is nowhere. What is to be copied is
/// copied by `zones.carry_on` or `zones.keep`. Fails with kind `unknown_namespace`, `denied`, `configuration` without zones.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LookInZonesRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
}

/// Which zones have the images of a namespace. Fails with kind `unknown_namespace`, `denied`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadZoneRuleRequest {
    /// The namespace.
    pub namespace: String,
}

/// Says which zones have the images of a namespace, and which of its tags, in the place of the rule that there was. All its images
/// are looked at soon by `zones.keep`. Fails with kind `unknown_namespace`, `denied`; `unknown_zone` for one that the platform does
/// not have, `configuration` without zones.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetZoneRuleRequest {
    /// The namespace.
    pub namespace: String,
    /// The rule: `{"zones": ["north", "south"], "tags": {"include": ["v*"]}}`. Without one the images of the namespace stay where
    /// they are from now on; what was copied is kept.
    #[serde(default)]
    pub rule: Option<DistributionRule>,
}

/// Has what a zone holds under a name replaced by what is right: exactly this digest, which the person has seen, and which nobody of
/// the platform put there. Fails with kind `unknown_namespace`, `unknown_zone`, `denied`; `unknown_image` if nobody knows what is
/// right; `configuration` without zones.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplaceInZoneRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// The zone.
    pub zone: ZoneName,
    /// What may be replaced there: `sha256:9f86…`, as `zones.read` gives it.
    pub digest: Digest,
}

/// Says that what a zone holds under a name is right: the tag belongs to that zone from now on, and what copies put elsewhere is
/// replaced. Fails as `zones.replace`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeOverZoneRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// The zone.
    pub zone: ZoneName,
}

/// Has a copy to a zone tried again now, also if it failed in a way that does not pass by itself. Fails as `zones.replace`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RetryZoneRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// The zone that it goes to.
    pub zone: ZoneName,
}

/// Compares what the zones hold, in all namespaces with a rule whose images the actor may have copied, and mends the records. What
/// registries say stands in the report. Fails with kind `configuration` without zones. If the call is given up, what was seen so far
/// is recorded.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScanZonesRequest {}

/// Copies what is due by now, once: what lacks in a zone, and what failed and is to be tried again. Gives the copies that began.
/// `zones.keep` does it again and again; this is for programs with timers of their own. Fails with kind `configuration` without
/// zones.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CarryOnZonesRequest {
    /// How many copies this process carries out at once; 4 if not given. What does not fit is due the next time.
    #[serde(default)]
    pub most: Option<u32>,
}

/// Keeps the zones in step: looks at what registries told of, copies what is due, and compares the zones of each namespace once its
/// rule was set and then after each period. It goes on until it is stopped, the platform is closed, or the process ends, whether or
/// not anybody holds it. Several processes may do this. Fails with kind `configuration` without zones.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeepZonesRequest {
    /// Seconds between two looks at what is due; 5 if not given.
    #[serde(default)]
    pub look_seconds: Option<u32>,
    /// Seconds between two scans of a namespace; 600 if not given.
    #[serde(default)]
    pub scan_seconds: Option<u32>,
    /// How many copies this process carries out at once; 4 if not given.
    #[serde(default)]
    pub copies: Option<u32>,
}

/// Says that images were pushed or deleted in a zone: each is looked at soon by `zones.keep` in this process, once however often it
/// was said. Of a zone that the platform does not have, nothing is noticed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoticeInZoneRequest {
    /// The zone.
    pub zone: ZoneName,
    /// The images, such as `retail-shop/web:1.4`.
    pub images: Vec<ImageName>,
}

/// Takes what the registry of a zone posted, a plain one: each image that was pushed or whose tag was removed is looked at soon by
/// `zones.keep` in this process. Gives how many names it told of. Fails with kind `denied` if the header is another, and
/// `invalid_request` if the body is no list of events; `details.answer` is the status to answer with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeZoneNotificationsRequest {
    /// The zone whose registry posted it.
    pub zone: ZoneName,
    /// The body of the request, as it came.
    pub payload: Bytes,
    /// What was agreed on as the whole header `Authorization`, of 16 characters at least.
    pub secret: String,
    /// The header `Authorization` that came with it, if one came.
    #[serde(default)]
    pub authorization: Option<String>,
}

/// The same of the Harbor of a zone: takes what its webhook posted. Fails as `zones.take_notifications`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeZoneHarborWebhookRequest {
    /// The zone whose Harbor posted it.
    pub zone: ZoneName,
    /// The body of the request, as it came.
    pub payload: Bytes,
    /// What was agreed on as the whole header `Authorization`, of 16 characters at least.
    pub secret: String,
    /// The header `Authorization` that came with it, if one came.
    #[serde(default)]
    pub authorization: Option<String>,
}

impl Platform {
    /// What [`ListZonesRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub fn list_zones(&self, _: ListZonesRequest) -> Result<Vec<Zone>> {
        Ok(self.acting.zones().list())
    }

    /// What [`ZonesStatusRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn zones_status(&self, request: ZonesStatusRequest) -> Result<Vec<NamespaceZones>> {
        Ok(self.acting.zones().status(&request.tenant).await?)
    }

    /// What [`ListZonedImagesRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn list_zoned_images(&self, request: ListZonedImagesRequest) -> Result<Vec<ZonedImage>> {
        Ok(self.acting.zones().images(&request.tenant, request.only_behind).await?)
    }

    /// What [`ReadZonedImageRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn read_zoned_image(&self, request: ReadZonedImageRequest) -> Result<ZonedImage> {
        Ok(self.acting.zones().read(&request.image).await?)
    }

    /// What [`ZonedImageJournalRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn zoned_image_journal(&self, request: ZonedImageJournalRequest) -> Result<Vec<ZoneEntry>> {
        Ok(self.acting.zones().journal(&request.image).await?)
    }

    /// What [`LookInZonesRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn look_in_zones(&self, request: LookInZonesRequest) -> Result<Option<ZonedImage>> {
        Ok(self.acting.zones().look(&request.image).await?)
    }

    /// What [`ReadZoneRuleRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn read_zone_rule(&self, request: ReadZoneRuleRequest) -> Result<ZoneRule> {
        Ok(self.acting.zones().rule(&request.namespace).await?)
    }

    /// What [`SetZoneRuleRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn set_zone_rule(&self, request: SetZoneRuleRequest) -> Result<ZoneRule> {
        let SetZoneRuleRequest { namespace, rule } = request;
        let zones = self.acting.zones();
        Ok(match rule {
            Some(rule) => zones.set_rule(&namespace, rule).await?,
            None => zones.delete_rule(&namespace).await?,
        })
    }

    /// What [`ReplaceInZoneRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn replace_in_zone(&self, request: ReplaceInZoneRequest) -> Result<ZonedImage> {
        let ReplaceInZoneRequest { image, zone, digest } = request;
        Ok(self.acting.zones().replace(&image, &zone, &digest).await?)
    }

    /// What [`TakeOverZoneRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn take_over_zone(&self, request: TakeOverZoneRequest) -> Result<ZonedImage> {
        Ok(self.acting.zones().take_over(&request.image, &request.zone).await?)
    }

    /// What [`RetryZoneRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn retry_zone(&self, request: RetryZoneRequest) -> Result<ZonedImage> {
        Ok(self.acting.zones().retry(&request.image, &request.zone).await?)
    }

    /// What [`ScanZonesRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn scan_zones(&self, _: ScanZonesRequest) -> Result<ZoneScan> {
        Ok(self.acting.zones().scan().await?)
    }

    /// What [`CarryOnZonesRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn carry_on_zones(&self, request: CarryOnZonesRequest) -> Result<Vec<ZoneCopy>> {
        let most = request.most.map_or(ZonesSettings::default().copies, count);
        let copies = self.acting.zones().carry_on(most).await?;
        Ok(copies.into_iter().map(ZoneCopy::new).collect())
    }

    /// What [`KeepZonesRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn keep_zones(&self, request: KeepZonesRequest) -> Result<KeepingZones> {
        let mut settings = ZonesSettings::default();
        if let Some(seconds) = period("look_seconds", request.look_seconds)? {
            settings = settings.look(seconds);
        }
        if let Some(seconds) = period("scan_seconds", request.scan_seconds)? {
            settings = settings.scan(seconds);
        }
        if let Some(copies) = request.copies {
            settings = settings.copies(count(copies));
        }
        let zones = self.acting.zones();
        if zones.list().is_empty() {
            // It would find that again and again, and nobody would have to hear it.
            zones.scan().await?;
        }
        Ok(KeepingZones::begin(&zones, settings))
    }

    /// What [`NoticeInZoneRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub fn notice_in_zone(&self, request: NoticeInZoneRequest) -> Result<()> {
        self.acting.zones().notice(&request.zone, request.images);
        Ok(())
    }

    /// What [`TakeZoneNotificationsRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub fn take_zone_notifications(&self, request: TakeZoneNotificationsRequest) -> Result<usize> {
        let TakeZoneNotificationsRequest { zone, payload, secret, authorization } = request;
        let (secret, zones) = (agreed(secret)?, self.acting.zones());
        let taken = zones.take_notifications(&zone, &payload.0, authorization.as_deref(), &secret);
        taken.map_err(|error| not_taken(&error))
    }

    /// What [`TakeZoneHarborWebhookRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub fn take_zone_harbor_webhook(&self, request: TakeZoneHarborWebhookRequest) -> Result<usize> {
        let TakeZoneHarborWebhookRequest { zone, payload, secret, authorization } = request;
        let (secret, zones) = (agreed(secret)?, self.acting.zones());
        let taken = zones.take_harbor_webhook(&zone, &payload.0, authorization.as_deref(), &secret);
        taken.map_err(|error| not_taken(&error))
    }
}
