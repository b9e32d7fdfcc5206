//! Where the images of templates come from, as variables tell.

use super::{Problem, connect::variable};
use paas_sdk::{
    core::images::{
        distribution::{Zone, ZoneName, Zones},
        sources::ImageSources,
    },
    platform::PlatformBuilder,
};
use std::fmt::Display;

const SOURCES: &str = "PAAS_IMAGE_SOURCES";
const FROM: &str = "PAAS_IMAGES_FROM";
const OPEN: &str = "PAAS_IMAGES_OPEN";

/// The platform with sources of images, if variables tell of some.
pub(super) fn with_sources(builder: PlatformBuilder) -> Result<PlatformBuilder, Problem> {
    let Some(registries) = variable(SOURCES) else {
        return match [FROM, OPEN].into_iter().find(|name| variable(name).is_some()) {
            None => Ok(builder),
            Some(name) => {
                let message = format!("`{name}` is set, and `{SOURCES}` is not");
                Err(Problem::new(message, format!("set {SOURCES}, such as `north=registry.north.bank.test`")))
            }
        };
    };
    let mut zones = Vec::new();
    for part in parts(&registries) {
        let help = "write `zone=registry`, such as `north=registry.north.bank.test:5000/images`";
        let (zone, registry) = part
            .split_once('=')
            .ok_or_else(|| wrong(SOURCES, format!("`{part}` names no registry"), help))?;
        zones.push(Zone::new(name(SOURCES, zone)?, registry.trim()));
    }
    let zones =
        Zones::new(zones).map_err(|why| wrong(SOURCES, why, "give each zone a registry of its own"))?;
    let mut sources = ImageSources::new(zones);
    let known = "name a zone of PAAS_IMAGE_SOURCES: `environment=zone`, or a zone alone for all others";
    for part in parts(&variable(FROM).unwrap_or_default()) {
        let said = match part.split_once('=') {
            Some((environment, zone)) => sources.environment(environment.trim(), name(FROM, zone)?),
            None => sources.otherwise(name(FROM, part)?),
        };
        sources = said.map_err(|why| wrong(FROM, why, known))?;
    }
    for namespace in parts(&variable(OPEN).unwrap_or_default()) {
        let said = sources.open(namespace);
        sources = said.map_err(|why| wrong(OPEN, why, "name image namespaces, such as `library`"))?;
    }
    Ok(builder.image_sources(sources))
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn name(variable: &str, zone: &str) -> Result<ZoneName, Problem> {
    zone.trim().parse().map_err(|why| wrong(variable, why, "write names of zones, such as `north`"))
}

fn wrong(variable: &str, why: impl Display, help: &str) -> Problem {
    Problem::new(format!("`{variable}`: {why}"), help)
}
