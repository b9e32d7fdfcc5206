//! How zones stand, as it is shown.

use super::{
    ImageZones,
    record::{RuleRecord, ZonedRecord},
};
use crate::error::Result;
use paas_core::{
    access::{Action, Kind},
    images::{
        Digest, ImageName,
        distribution::{DistributionRule, Standing, ZoneName, ZoneStatus},
    },
    scaling::Timestamp,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// How the zones stand with the images of a namespace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NamespaceZones {
    /// The namespace.
    pub namespace: String,
    /// The tenant whose it is.
    pub tenant: String,
    /// Its rule.
    pub rule: DistributionRule,
    /// How each zone of the rule stands.
    pub zones: BTreeMap<ZoneName, ZoneStatus>,
    /// When all zones were last compared; never, by this rule, if there is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scanned: Option<Timestamp>,
}

/// An image in its zones, as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ZonedImage {
    /// The image.
    pub image: ImageName,
    /// The tenant whose it is.
    pub tenant: String,
    /// The zone that the tag belongs to; none, if zones hold different things and nobody knows which is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<ZoneName>,
    /// What that zone holds; none: it was deleted there, or nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// How it stands in each zone.
    pub standings: BTreeMap<ZoneName, Standing>,
}

impl ZonedImage {
    pub(super) fn new(record: ZonedRecord, tenant: &str) -> Self {
        let (origin, digest) = match record.kept {
            Some(kept) => (Some(kept.origin), kept.digest),
            None => (None, None),
        };
        Self { image: record.image, tenant: tenant.to_owned(), origin, digest, standings: record.standings }
    }

    /// Whether it is as it should be in all zones.
    #[must_use]
    pub fn is_in_step(&self) -> bool {
        let mut status = ZoneStatus::default();
        self.standings.values().for_each(|standing| status.count(standing));
        status.is_in_step()
    }
}

impl ImageZones {
    /// How the zones stand with the namespaces of a tenant that have a rule and whose images the actor may see, by name: in
    /// step, behind by so many, with the last error. It is what was last seen: no registry is asked. Dropped: nothing has
    /// changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownTenant`](crate::ErrorKind::UnknownTenant); what the store says.
    pub async fn status(&self, tenant: &str) -> Result<Vec<NamespaceZones>> {
        let mut found = Vec::new();
        for (record, images) in self.seen(tenant).await? {
            let zones = record.rule.zones().iter();
            let zones = zones.map(|zone| (zone.clone(), status(zone, images.values()))).collect();
            let RuleRecord { namespace, tenant, rule, scanned, .. } = record;
            found.push(NamespaceZones { namespace, tenant, rule, zones, scanned });
        }
        Ok(found)
    }

    /// The images of a tenant in its zones that the actor may see, by name, of namespaces with a rule; only those that are
    /// not in step in each zone, if that is asked for. It is what was last seen. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`status`](Self::status).
    pub async fn images(&self, tenant: &str, only_behind: bool) -> Result<Vec<ZonedImage>> {
        let mut found = Vec::new();
        for (rule, images) in self.seen(tenant).await? {
            let images = images.into_values().map(|record| ZonedImage::new(record, &rule.tenant));
            found.extend(images.filter(|image| !only_behind || !image.is_in_step()));
        }
        Ok(found)
    }

    /// The rules of a tenant that the actor may see, each with the images that it is about.
    async fn seen(&self, tenant: &str) -> Result<Vec<(RuleRecord, BTreeMap<ImageName, ZonedRecord>)>> {
        let tenant = self.inner.tenant(tenant).await?;
        let mut found = Vec::new();
        for namespace in self.inner.namespaces(&tenant.name).await? {
            let is_seen = self.who.lists(Action::View, Kind::ImageState, &tenant, Some(&namespace.name));
            let rule = self.inner.zone_rule_of(&namespace).await?.map(|kept| kept.value);
            if let Some(rule) = rule.filter(|_| is_seen) {
                let images = self.inner.zoned_images_of(&namespace.name, &namespace.id).await?;
                found.push((rule, images));
            }
        }
        Ok(found)
    }
}

fn status<'r>(zone: &ZoneName, images: impl Iterator<Item = &'r ZonedRecord>) -> ZoneStatus {
    let mut status = ZoneStatus::default();
    for record in images {
        // Of what was not looked at since the zone came into the rule, nobody knows.
        status.count(record.standings.get(zone).unwrap_or(&Standing::Unknown));
        if let Some(failure) = record.troubles.get(zone) {
            status.fail(failure);
        }
    }
    status
}
