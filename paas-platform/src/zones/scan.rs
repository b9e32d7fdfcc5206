//! The scan: what all zones hold is compared.

use super::{
    ImageZones,
    look::{Looked, Pass, Spot, Why},
    record::{RuleRecord, ZoneHappening},
};
use crate::{
    error::{ErrorKind, Result},
    images::{ImageTrouble, seconds},
    platform::Inner,
    records::{self, Kept, is_overtaken},
    store::{Batch, LeaseRequest, List, StoreError, encode, kinds},
};
use paas_core::{
    access::{Action, Kind},
    images::{ImageName, distribution::ZoneName, promotion::FailureKind},
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};
use tokio::task::JoinSet;

/// What a scan found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ZoneScan {
    /// How many namespaces were looked at: those with a rule.
    pub namespaces: usize,
    /// How many images there are in them, in any zone.
    pub images: usize,
    /// How many images are to be copied to a zone, or are being copied.
    pub behind: usize,
    /// What nobody had told of.
    pub changes: Vec<ZoneChange>,
    /// What could not be looked at. Nothing was concluded from it.
    pub failures: Vec<ZoneScanFailure>,
}

/// Something that happened to an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ZoneChange {
    /// The image.
    pub image: ImageName,
    /// What happened.
    pub what: ZoneHappening,
}

/// What a scan could not look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ZoneScanFailure {
    /// The zone.
    pub zone: ZoneName,
    /// The namespace.
    pub namespace: String,
    /// The repository, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// What went wrong, as a word.
    pub kind: FailureKind,
    /// What went wrong, in a sentence.
    pub message: String,
}

/// So many images are looked at at once.
pub(super) const AT_ONCE: usize = 8;
/// For so long one process keeps others from scanning the same namespace, unless it ends earlier.
const LEASE: Duration = Duration::from_secs(600);

impl ImageZones {
    /// Compares what the zones hold, in all namespaces with a rule whose images the actor may have copied, and mends the
    /// records: notifications get lost. What is to be copied is copied by [`carry_on`](Self::carry_on). Of a registry that
    /// does not answer, nothing is concluded.
    ///
    /// An image costs one request to each zone. Dropped: what was seen so far is recorded.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] without zones; what the store says. What registries say stands in the report.
    pub async fn scan(&self) -> Result<ZoneScan> {
        self.inner.zones()?;
        let mut report = ZoneScan::default();
        for kept in self.inner.zone_rules().await? {
            self.scan_rule(&kept, &mut report).await?;
        }
        Ok(report)
    }

    /// The same of those namespaces that nobody has scanned since their rule was set, or for so long. What another process
    /// scans at that time is left to it. Nothing if there are none.
    pub(super) async fn scan_due(&self, every: Duration) -> Result<Option<ZoneScan>> {
        let mut report = ZoneScan::default();
        let every = u32::try_from(every.as_secs()).unwrap_or(u32::MAX);
        for kept in self.inner.zone_rules().await? {
            let now = seconds(self.inner.clock.now());
            // A clock that was ahead, or was set back, must not keep anybody from scanning.
            let is_fresh = kept.value.scanned.is_some_and(|at| at <= now && now < at.plus(every));
            if is_fresh {
                continue;
            }
            let name = format!("zones/{}", kept.value.namespace);
            let lease = LeaseRequest::new(name, &self.inner.holder, LEASE);
            let lease = match self.inner.store.acquire(lease).await {
                Err(StoreError::LeaseHeld { .. }) => continue,
                lease => lease?,
            };
            let scanned = self.scan_rule(&kept, &mut report).await;
            if let Err(error) = self.inner.store.release(&lease.fence()).await {
                tracing::debug!("the lease of a scan ends by itself: {error}");
            }
            scanned?;
        }
        Ok((report.namespaces > 0).then_some(report))
    }

    async fn scan_rule(&self, kept: &Kept<RuleRecord>, report: &mut ZoneScan) -> Result<()> {
        let namespace = &kept.value.namespace;
        let Some(spot) = self.spot(namespace).await? else { return Ok(()) };
        let Some(rule) = &spot.rule else { return Ok(()) };
        report.namespaces += 1;
        let pass = Arc::new(Pass::default());
        let mut images: BTreeSet<ImageName> =
            self.inner.zoned_images_of(namespace, &spot.id).await?.into_keys().collect();
        for zone in rule.zones() {
            self.add_those_of(zone, namespace, &mut images, report).await;
        }
        let looked = self.look_at_all(images.into_iter().map(|image| (image, None)), &spot, &pass).await?;
        for (image, looked) in looked {
            if let Some(record) = &looked.record {
                report.images += 1;
                report.behind += usize::from(record.standings.values().any(is_behind));
            }
            let change = |what| ZoneChange { image: image.clone(), what };
            report.changes.extend(looked.happenings.into_iter().map(change));
        }
        let scanned = Some(seconds(self.inner.clock.now()));
        let record = RuleRecord { scanned, ..kept.value.clone() };
        let batch = Batch::new().put(kinds::ZONE_RULE, namespace, kept.version, encode(&record)?);
        match self.inner.store.commit(batch).await {
            // The rule is another one by now, or somebody else has scanned too.
            Err(error) if is_overtaken(&error) => Ok(()),
            written => Ok(written.map(|_| ())?),
        }
    }

    /// Adds what a zone has of a namespace.
    async fn add_those_of(
        &self,
        zone: &ZoneName,
        namespace: &str,
        images: &mut BTreeSet<ImageName>,
        report: &mut ZoneScan,
    ) {
        let mut failed = |repository: Option<String>, trouble: ImageTrouble| {
            let (zone, namespace) = (zone.clone(), namespace.to_owned());
            let ImageTrouble { kind, message, .. } = trouble;
            report.failures.push(ZoneScanFailure { zone, namespace, repository, kind, message });
        };
        let unexpected = |error: crate::Error| ImageTrouble::new(FailureKind::Unexpected, error.to_string());
        let registry = self.inner.zones().map_err(unexpected).and_then(|zones| zones.registry(zone));
        let registry = match registry {
            Ok(registry) => registry,
            Err(trouble) => return failed(None, trouble),
        };
        let repositories = match registry.repositories(namespace).await {
            Ok(repositories) => repositories,
            Err(trouble) => return failed(None, trouble),
        };
        for repository in repositories {
            match registry.tags(&repository).await {
                Ok(tags) => {
                    // What is about an image goes where its image goes: the copy brings it along.
                    let tags = tags.into_iter().filter(|tag| !tag.is_attachment());
                    images.extend(tags.map(|tag| ImageName::new(repository.clone(), tag)));
                }
                Err(trouble) => failed(Some(repository.to_string()), trouble),
            }
        }
    }

    /// Looks at images of one namespace, several at once. What others write again and again is left to them.
    pub(super) async fn look_at_all(
        &self,
        images: impl IntoIterator<Item = (ImageName, Option<ZoneName>)>,
        spot: &Spot,
        pass: &Arc<Pass>,
    ) -> Result<BTreeMap<ImageName, Looked>> {
        let mut looks: JoinSet<(ImageName, Result<Looked>)> = JoinSet::new();
        let mut found = BTreeMap::new();
        let mut images = images.into_iter();
        loop {
            while looks.len() < AT_ONCE {
                let Some((image, zone)) = images.next() else { break };
                let (inner, spot, pass) = (Arc::clone(&self.inner), spot.clone(), Arc::clone(pass));
                looks.spawn(async move {
                    let why = zone.as_ref().map_or(Why::Asked, Why::Pushed);
                    let looked = inner.look_in_zones(&image, &spot, &pass, &why, 0).await;
                    (image, looked)
                });
            }
            let Some(looked) = looks.join_next().await else { return Ok(found) };
            // One that panicked is as one that was not looked at.
            let Ok((image, looked)) = looked else { continue };
            match looked {
                // The same if the namespace was deleted just now.
                Err(error) if matches!(error.kind(), ErrorKind::ImageBusy | ErrorKind::UnknownNamespace) => {
                    tracing::warn!(code = error.code(), "{error}");
                }
                looked => drop(found.insert(image, looked?)),
            }
        }
    }

    /// A namespace whose images the actor may have copied, with its rule.
    pub(super) async fn spot(&self, namespace: &str) -> Result<Option<Spot>> {
        let Some((namespace, tenant)) = self.inner.namespace_and_tenant(namespace).await? else {
            return Ok(None);
        };
        if !self.who.lists(Action::Sync, Kind::ImageState, &tenant, Some(&namespace.name)) {
            return Ok(None);
        }
        Ok(Some(self.spot_in(&namespace, tenant).await?))
    }
}

fn is_behind(standing: &paas_core::images::distribution::Standing) -> bool {
    use paas_core::images::distribution::Standing;
    matches!(standing, Standing::Behind { .. } | Standing::Copying)
}

impl Inner {
    /// The rules of all namespaces.
    pub(super) async fn zone_rules(&self) -> Result<Vec<Kept<RuleRecord>>> {
        let mut found = Vec::new();
        let mut list = List::of(kinds::ZONE_RULE);
        loop {
            let page = self.store.list(list.clone()).await?;
            for record in &page.items {
                found.push(records::kept(record)?);
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => return Ok(found),
            }
        }
    }
}
