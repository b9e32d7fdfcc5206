//! The zones that variables tell of.

use super::{
    Problem,
    connect::{DEFAULT_WAIT, Reach, known_secrets, variable},
};
use crate::args::PlatformArgs;
use paas_sdk::{
    Acting,
    core::images::{
        InvalidName,
        distribution::{Zone, ZoneName},
    },
    platform::RegistryZoneCopier,
};

impl PlatformArgs {
    /// The platform with its zones, for whoever keeps images in step.
    pub(crate) async fn connect_with_zones(&self) -> Result<Acting, Problem> {
        let (mut builder, actor) =
            (self.builder(Reach::Store, known_secrets(), &DEFAULT_WAIT)?, self.actor()?);
        let Some(names) = variable("PAAS_ZONES") else {
            let help = "set PAAS_ZONES to their names, such as `north,south`";
            return Err(Problem::new("nothing says which zones there are: `PAAS_ZONES` is not set", help));
        };
        let mut clients = Vec::new();
        for name in names.split(',') {
            let name: ZoneName = name.trim().parse().map_err(|why: InvalidName| {
                Problem::new(format!("`PAAS_ZONES`: {why}"), "write names such as `north,south`")
            })?;
            let word = format!("ZONE_{}", name.as_str().replace('-', "_").to_uppercase());
            let client = self.registry(&word)?;
            // As images name it: people write addresses in more ways than the client keeps them.
            let registry = client.address().split_once("://").map_or("", |(_, rest)| rest).to_owned();
            builder = builder.zone(Zone::new(name.clone(), registry), client.clone());
            clients.push((name, client));
        }
        let builder = builder.zone_copier(RegistryZoneCopier::new(clients)?);
        Ok(builder.sqlite(self.store()).connect().await?.acting_as(actor))
    }
}
