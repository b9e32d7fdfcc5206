//! The zones of a platform, and what copies from one to another.

use super::{copying::ZoneCopies, notice::ZoneNotices};
use crate::{
    BoxFuture,
    error::{Error, ErrorKind, Result},
    images::{CopyRequest, ImageCopier, ImageRegistry, ImageTrouble, RegistryCopier},
    platform::Inner,
};
use paas_client::RegistryClient;
use paas_core::images::{
    distribution::{Zone, ZoneName, Zones},
    promotion::FailureKind,
};
use paas_registry::Copier;
use std::{collections::BTreeMap, fmt, sync::Arc};

/// Copies images from the registry of any zone to that of any other.
pub trait ZoneCopier: fmt::Debug + Send + Sync {
    /// Copies one image, and ends when the second zone has it. Dropped: what has arrived stays, and nothing is visible
    /// that is not whole.
    fn copy<'a>(
        &'a self,
        from: &'a ZoneName,
        to: &'a ZoneName,
        request: CopyRequest,
    ) -> BoxFuture<'a, Result<(), ImageTrouble>>;
}

/// Copies between zones by the registries' own API. All copies share one engine with its limits: what is on its way to a
/// registry for one image is not sent there for another.
///
/// ```
/// use paas_client::RegistryClient;
/// use paas_core::images::distribution::Zone;
/// use paas_platform::{Platform, RegistryZoneCopier};
///
/// let client = |url: &str| RegistryClient::builder().url(url).build();
/// let (north, south) = (client("https://registry.north.bank.test")?, client("https://registry.south.bank.test")?);
/// let copier = RegistryZoneCopier::new([("north".parse()?, north.clone()), ("south".parse()?, south.clone())])?;
/// let builder = Platform::builder()
///     .zone(Zone::new("north".parse()?, "registry.north.bank.test"), north)
///     .zone(Zone::new("south".parse()?, "registry.south.bank.test"), south)
///     .zone_copier(copier);
/// # drop(builder);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct RegistryZoneCopier {
    copier: Copier,
    clients: BTreeMap<ZoneName, RegistryClient>,
}

impl RegistryZoneCopier {
    /// Between these registries, by logins that may pull and push there.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] if no copier can be made.
    pub fn new(clients: impl IntoIterator<Item = (ZoneName, RegistryClient)>) -> Result<Self> {
        let copier = Copier::builder().build();
        let copier = copier.map_err(|error| Error::new(ErrorKind::Configuration, error.to_string()))?;
        Ok(Self::with(copier, clients))
    }

    /// The same, by a copier with limits of one's own, which other copies may share.
    #[must_use]
    pub fn with(copier: Copier, clients: impl IntoIterator<Item = (ZoneName, RegistryClient)>) -> Self {
        Self { copier, clients: clients.into_iter().collect() }
    }

    fn client(&self, zone: &ZoneName) -> Result<RegistryClient, ImageTrouble> {
        let found = self.clients.get(zone).cloned();
        found.ok_or_else(|| ImageTrouble::new(FailureKind::Refused, no_zone(zone)))
    }
}

impl ZoneCopier for RegistryZoneCopier {
    fn copy<'a>(
        &'a self,
        from: &'a ZoneName,
        to: &'a ZoneName,
        request: CopyRequest,
    ) -> BoxFuture<'a, Result<(), ImageTrouble>> {
        Box::pin(async move {
            let (from, to) = (self.client(from)?, self.client(to)?);
            RegistryCopier::with(self.copier.clone(), from, to).copy(request).await
        })
    }
}

/// The zones of a platform.
#[derive(Debug)]
pub(crate) struct ZoneRegistries {
    pub(super) zones: Zones,
    registries: BTreeMap<ZoneName, Arc<dyn ImageRegistry>>,
    pub(super) copier: Arc<dyn ZoneCopier>,
}

impl ZoneRegistries {
    /// `None` without zones.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] for zones without a copier, a copier without zones, and zones of which nobody knows which
    /// is meant.
    pub(crate) fn new(
        zones: Vec<(Zone, Arc<dyn ImageRegistry>)>,
        copier: Option<Arc<dyn ZoneCopier>>,
    ) -> Result<Option<Self>> {
        if zones.is_empty() {
            if copier.is_some() {
                let message = "the platform has a copier between zones, and no zones";
                return Err(Error::new(ErrorKind::Configuration, message));
            }
            return Ok(None);
        }
        let copier = copier.ok_or_else(|| {
            Error::new(ErrorKind::Configuration, "the platform has zones, and no copier between them")
        })?;
        let registries = zones.iter().map(|(zone, registry)| (zone.name.clone(), Arc::clone(registry)));
        let registries = registries.collect();
        let zones = Zones::new(zones.into_iter().map(|(zone, _)| zone));
        let zones = zones.map_err(|error| Error::new(ErrorKind::Configuration, error.to_string()))?;
        Ok(Some(Self { zones, registries, copier }))
    }

    pub(super) fn registry(&self, zone: &ZoneName) -> Result<Arc<dyn ImageRegistry>, ImageTrouble> {
        let found = self.registries.get(zone).map(Arc::clone);
        found.ok_or_else(|| ImageTrouble::new(FailureKind::Refused, no_zone(zone)))
    }

    pub(super) fn known(&self, zone: &ZoneName) -> Result<()> {
        if self.registries.contains_key(zone) {
            return Ok(());
        }
        Err(Error::new(ErrorKind::UnknownZone, no_zone(zone)))
    }
}

/// What the parts of a platform share about zones.
#[derive(Debug)]
pub(crate) struct ZoneShared {
    registries: Option<ZoneRegistries>,
    /// The copies that are carried out here.
    pub(super) copies: Arc<ZoneCopies>,
    /// What registries have told of, and nobody has looked at since.
    pub(super) notices: ZoneNotices,
}

impl ZoneShared {
    pub(crate) fn new(registries: Option<ZoneRegistries>) -> Self {
        Self { registries, copies: Arc::default(), notices: ZoneNotices::default() }
    }
}

impl Inner {
    pub(super) fn zones(&self) -> Result<&ZoneRegistries> {
        self.zones
            .registries
            .as_ref()
            .ok_or_else(|| Error::new(ErrorKind::Configuration, "the platform was built without zones"))
    }
}

fn no_zone(zone: &ZoneName) -> String {
    format!("the platform has no zone `{zone}`")
}
