//! Where the volumes of a template lie.

use crate::{
    engine::{is_of_another, lies_elsewhere},
    error::Result,
    platform::Inner,
    records::{self, Kept, VolumeRecord},
    store::{List, kinds},
};
use paas_client::rancher::{Resource, Volume as RancherVolume, VolumeQuery};
use paas_core::{
    application::Volume,
    diagnostic::{Code, Diagnostic, did_you_mean},
    plan::{Environment, volume_key},
    release::Release,
    tenant::{NfsServer, Tenant},
};
use std::collections::BTreeMap;

/// The driver of volumes that are folders on a file server.
const DRIVER: &str = "rancher-nfs";

/// What is known of the volumes of a release.
#[derive(Debug, Default)]
pub(super) struct Volumes {
    /// Driver and options of each.
    pub(super) all: BTreeMap<String, (String, BTreeMap<String, String>)>,
    /// Those that the tenant does not have yet.
    pub(super) new: Vec<VolumeRecord>,
}

/// Finds a place for each volume; what is wrong goes to the problems.
pub(super) async fn place(
    inner: &Inner,
    release: &Release,
    tenant: &Tenant,
    environments: &BTreeMap<String, Environment>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Volumes> {
    let mut volumes = Volumes::default();
    if release.volumes.is_empty() {
        return Ok(volumes);
    }
    let mut known = known(inner, tenant).await?;
    for volume in &release.volumes {
        let mut there = Vec::new();
        for part in release.parts.iter().filter(|part| part.volumes.contains(&volume.name)) {
            if let Some(environment) = environments.get(&part.network.name) {
                there.push((environment, in_environment(inner, environment, &volume.name).await?));
            }
        }
        let record = match known.iter().find(|record| record.name == volume.name) {
            Some(record) => as_known(volume, record, tenant),
            None if volume.existing => as_found(volume, &there),
            None => as_new(volume, tenant, &known),
        };
        let record = match record {
            Ok(record) => record,
            Err(problem) => {
                problems.push(problem.at(volume.origin.place()));
                continue;
            }
        };
        for (environment, found) in &there {
            let options = |name: &str| record.options.get(name).map(String::as_str);
            let key = volume_key(&tenant.name, &volume.name);
            let difference = found.as_ref().and_then(|found| {
                is_of_another(&key, found).or_else(|| lies_elsewhere(&record.driver, options, found))
            });
            if let Some(difference) = difference {
                let message = format!(
                    "the volume `{}` is in the environment `{}` already, but {difference}",
                    volume.name, environment.name
                );
                let problem = Diagnostic::new(Code::ResourceVolumeDiffers, message).at(volume.origin.place());
                problems.push(
                    problem.help("give the volume another name, or say where the one that is there lies"),
                );
            }
        }
        volumes.all.insert(volume.name.clone(), (record.driver.clone(), record.options.clone()));
        if !known.iter().any(|other| other.name == record.name) {
            volumes.new.push(record.clone());
            known.push(record);
        }
    }
    Ok(volumes)
}

/// The volumes that the tenant has.
async fn known(inner: &Inner, tenant: &Tenant) -> Result<Vec<VolumeRecord>> {
    let mut known = Vec::new();
    let mut list = List::of(kinds::VOLUME).with_prefix(records::key_in(&tenant.name, ""));
    loop {
        let page = inner.store.list(list.clone()).await?;
        for record in &page.items {
            let Kept { value, .. } = records::kept::<VolumeRecord>(record)?;
            known.push(value);
        }
        match page.items.last() {
            Some(last) if page.more => list = list.after(&last.key),
            _ => return Ok(known),
        }
    }
}

async fn in_environment(
    inner: &Inner,
    environment: &Environment,
    name: &str,
) -> Result<Option<RancherVolume>> {
    let client = inner.rancher()?.environment(&environment.id.parse()?);
    let found = client.list_volumes(&VolumeQuery::default().name(name)).collect_all().await?;
    let is_it =
        |volume: &RancherVolume| !volume.is_gone() && volume.name == name && volume.stack_id.is_none();
    Ok(found.into_iter().find(is_it))
}

/// A volume that the tenant has: it lies where it lies.
fn as_known(volume: &Volume, record: &VolumeRecord, tenant: &Tenant) -> Result<VolumeRecord, Diagnostic> {
    let server = record.server.as_deref().unwrap_or("another server");
    let tier =
        record.server.as_deref().and_then(|server| tenant.nfs_server(server)).map(|server| &server.tier);
    let differs = match (&volume.server, &volume.tier) {
        (Some(wanted), _) if Some(wanted) != record.server.as_ref() => Some(format!("not on `{wanted}`")),
        (_, Some(wanted)) if tier.is_some_and(|tier| tier != wanted) => {
            Some(format!("not on the tier `{wanted}`"))
        }
        _ => None,
    };
    match differs {
        None => Ok(record.clone()),
        Some(differs) => {
            let message =
                format!("the tenant has the volume `{}` already, on `{server}`, {differs}", volume.name);
            Err(Diagnostic::new(Code::ResourceVolumeDiffers, message)
                .help("give the volume another name, or say where the one that is there lies"))
        }
    }
}

/// A volume that the back end has.
fn as_found(
    volume: &Volume,
    there: &[(&Environment, Option<RancherVolume>)],
) -> Result<VolumeRecord, Diagnostic> {
    match there.iter().find_map(|(_, found)| found.as_ref()) {
        Some(found) => Ok(VolumeRecord {
            name: volume.name.clone(),
            server: None,
            size_bytes: volume.size_bytes,
            driver: found.driver.clone().unwrap_or_default(),
            options: kept(found.driver_opts.clone()),
        }),
        None => {
            let message =
                format!("there is no volume `{}`, though the template says that it exists", volume.name);
            Err(Diagnostic::new(Code::ResourceVolumeMissing, message)
                .help("leave `existing` out to have it made, or name one that is there"))
        }
    }
}

/// Options with which the data stay when the volume is removed: what goes in one environment is in use in another.
fn kept(mut options: BTreeMap<String, String>) -> BTreeMap<String, String> {
    options.insert("onRemove".to_owned(), "retain".to_owned());
    options
}

/// The servers that a volume may lie on, by what the template names.
pub(super) fn servers<'v>(volume: &'v Volume, tenant: &'v Tenant) -> impl Iterator<Item = &'v NfsServer> {
    tenant.nfs_servers.iter().filter(|server| {
        volume.server.as_ref().is_none_or(|name| server.name == *name)
            && volume.tier.as_ref().is_none_or(|tier| server.tier == *tier)
    })
}

/// A volume to be made: on the server that the template names, or on that of its tier with the most room left.
fn as_new(volume: &Volume, tenant: &Tenant, known: &[VolumeRecord]) -> Result<VolumeRecord, Diagnostic> {
    let servers: Vec<&NfsServer> = servers(volume, tenant).collect();
    let size = volume.size_bytes.unwrap_or(0);
    // Of several with the same room, the first.
    let best = servers.iter().rev().max_by_key(|server| left(server, known));
    let Some(best) = best else { return Err(no_server(volume, tenant)) };
    if left(best, known) < size {
        let message = format!(
            "the volume `{}` needs {} bytes, and `{}`, which has the most room left, has {}",
            volume.name,
            size,
            best.name,
            left(best, known)
        );
        return Err(Diagnostic::new(Code::ResourceCapacity, message)
            .label(best.origin.place(), "the server")
            .help(
                "give the tenant another server of the tier, raise the capacity, or make the volume smaller",
            ));
    }
    let mut options = BTreeMap::from([
        ("host".to_owned(), best.host.clone()),
        ("exportBase".to_owned(), best.export_base.clone()),
    ]);
    if let Some(mount) = &best.mount_options {
        options.insert("mntOptions".to_owned(), mount.clone());
    }
    Ok(VolumeRecord {
        name: volume.name.clone(),
        server: Some(best.name.clone()),
        size_bytes: volume.size_bytes,
        driver: DRIVER.to_owned(),
        options: kept(options),
    })
}

/// How much of a server is not promised yet.
fn left(server: &NfsServer, known: &[VolumeRecord]) -> u64 {
    let Some(capacity) = server.capacity_bytes else { return u64::MAX };
    let promised = known
        .iter()
        .filter(|volume| volume.server.as_ref() == Some(&server.name))
        .fold(0_u64, |sum, volume| sum.saturating_add(volume.size_bytes.unwrap_or(0)));
    capacity.saturating_sub(promised)
}

pub(super) fn no_server(volume: &Volume, tenant: &Tenant) -> Diagnostic {
    let (tenant_name, name) = (&tenant.name, &volume.name);
    let (message, help) = match (&volume.server, &volume.tier) {
        (Some(server), _) => (
            format!("the tenant `{tenant_name}` has no such file server `{server}` for the volume `{name}`"),
            did_you_mean(server, tenant.nfs_servers.iter().map(|server| server.name.as_str())),
        ),
        (None, Some(tier)) => (
            format!(
                "the tenant `{tenant_name}` has no file server of the tier `{tier}` for the volume `{name}`"
            ),
            did_you_mean(tier, tenant.tiers()),
        ),
        (None, None) => {
            (format!("the tenant `{tenant_name}` has no file server for the volume `{name}`"), None)
        }
    };
    let help = help.unwrap_or_else(|| "give the tenant one, or name one that it has".to_owned());
    Diagnostic::new(Code::ResourceNoServer, message).help(help)
}
