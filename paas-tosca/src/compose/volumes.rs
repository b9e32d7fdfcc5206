//! Volumes: folders of the host, named ones, and those without a name.

use super::{
    convert::Maker,
    filled::Filled,
    node::{Data, Key, Node},
    read::File,
};
use crate::profile;
use paas_core::{
    application::{Container, HostMount, Mount, Propagation, Volume},
    diagnostic::shown,
};
use std::collections::BTreeMap;

const DRIVER: &str = "rancher-nfs";

/// Reads an item of `volumes`: `source:path[:options]` or just a path.
pub(super) fn mount(maker: &mut Maker<'_>, service: &str, item: &Node, container: &mut Container) {
    let text = item.scalar().unwrap_or_default();
    let split = text.split_once(':');
    // The executor reads `:/path` as it reads `/path`.
    let nameless = match &split {
        None => Some(&text),
        Some((source, path)) if source.value().is_empty() => Some(path),
        _ => None,
    };
    if let Some(text) = nameless.cloned() {
        if text.value().is_empty() && !text.is_literal() {
            maker.findings.fixed(&text, service, "volumes", &item.place);
            let why = "without an answer it mounts nothing";
            return maker.findings.partly(Some(service), "volumes", &item.place, why);
        }
        if let Some((source, _)) = &split {
            maker.findings.fixed(source, service, "volumes", &item.place);
        }
        if is_target(maker, service, item, &text) {
            let index = container.anonymous_volumes.len().to_string();
            let path = maker.string(service, "volumes", &["anonymous_volumes", &index], &text, &item.place);
            container.anonymous_volumes.push(path);
        }
        return;
    }
    let Some((source, rest)) = split else { return };
    let (path, options) = rest.split_once(':').unwrap_or((rest, Filled::default()));
    let (read_only, propagation) = self::options(maker, service, item, &options);
    if !is_target(maker, service, item, &path) {
        return maker.findings.fixed(&source, service, "volumes", &item.place);
    }
    let is_of_host = source.value().starts_with('/');
    if is_of_host && !maker.has_secret(&path) && !maker.has_secret(&source) {
        let value = source.value();
        if value != "/" && !is_path(&value) {
            maker.findings.fixed(&source, service, "volumes", &item.place);
            let why = format!("{} is no path of a host", shown(&value));
            return maker.findings.lost(Some(service), "volumes", &item.place, why);
        }
        let index = container.security.host_mounts.len().to_string();
        let note = |maker: &mut Maker<'_>, word, text: &Filled| {
            maker.string(service, "volumes", &["security", "host_mounts", &index, word], text, &item.place)
        };
        let mut mount = HostMount::new(note(maker, "host_path", &source), note(maker, "path", &path));
        mount.read_only = read_only;
        mount.propagation = propagation;
        container.security.host_mounts.push(mount);
        return;
    }
    let name = maker.string(service, "volumes", &[], &source, &item.place);
    let path = maker.string(service, "volumes", &[], &path, &item.place);
    maker.findings.fixed(&text, service, "volumes", &item.place);
    if maker.has_secret(&text) {
        return;
    }
    if name.starts_with(['.', '~']) {
        let why = "a path below a folder that hosts do not have";
        return maker.findings.lost(Some(service), "volumes", &item.place, why);
    }
    if !profile::is_volume_name(&name) {
        let why = format!(
            "{} cannot be the name of a volume: letters, digits, dots, dashes and underscores; paths of the host begin with `/`",
            shown(&name)
        );
        return maker.findings.lost(Some(service), "volumes", &item.place, why);
    }
    if propagation.is_some() {
        let why = "the propagation of a named volume is left out";
        maker.findings.partly(Some(service), "volumes", &item.place, why);
    }
    let mut mount = Mount::new(&name, path);
    mount.read_only = read_only;
    mount.origin = item.place.clone().into();
    container.mounts.push(mount);
    if maker.named.insert(name.clone()) {
        let mut volume = Volume::new(name);
        volume.origin = item.place.clone().into();
        maker.volumes.push(volume);
    }
}

/// `ro`, and who sees what is mounted below later; what else is said is told.
fn options(
    maker: &mut Maker<'_>,
    service: &str,
    item: &Node,
    options: &Filled,
) -> (bool, Option<Propagation>) {
    let mut read_only = false;
    let mut propagation = None;
    maker.findings.fixed(options, service, "volumes", &item.place);
    for option in options.value().split(',').filter(|option| !option.is_empty()) {
        let why = match option {
            "ro" => {
                read_only = true;
                continue;
            }
            "rw" => continue,
            "z" | "Z" => {
                format!("{} is left out: files keep the SELinux labels that they have", shown(option))
            }
            _ => match propagation_of(option) {
                Some(found) => {
                    propagation = Some(found);
                    continue;
                }
                None => format!("the option {} is left out", shown(option)),
            },
        };
        maker.findings.partly(Some(service), "volumes", &item.place, why);
    }
    (read_only, propagation)
}

/// Whether something can be mounted there; why not is told.
fn is_target(maker: &mut Maker<'_>, service: &str, item: &Node, path: &Filled) -> bool {
    if maker.has_secret(path) {
        // Told where the text is taken.
        return true;
    }
    let value = path.value();
    let why = if !is_path(&value) {
        format!("it is mounted at {}, which is no absolute path", shown(&value))
    } else if !maker.seen.targets.insert(value.trim_end_matches('/').to_owned()) {
        format!("something else is mounted at {} already", shown(&value))
    } else {
        return true;
    };
    maker.findings.fixed(path, service, "volumes", &item.place);
    maker.findings.lost(Some(service), "volumes", &item.place, why);
    false
}

fn is_path(path: &str) -> bool {
    profile::is_absolute_path(path) && !path.contains(':')
}

fn propagation_of(option: &str) -> Option<Propagation> {
    Some(match option {
        "private" => Propagation::Private,
        "rprivate" => Propagation::Rprivate,
        "shared" => Propagation::Shared,
        "rshared" => Propagation::Rshared,
        "slave" => Propagation::Slave,
        "rslave" => Propagation::Rslave,
        _ => return None,
    })
}

/// What the files say of named volumes beside their mounts.
pub(super) fn declared(maker: &mut Maker<'_>, file: &File) {
    let declared: BTreeMap<&str, &(Key, Node)> =
        file.volumes.iter().map(|entry| (entry.0.text.as_str(), entry)).collect();
    let mut volumes = std::mem::take(&mut maker.volumes);
    for volume in &mut volumes {
        let entry = declared.get(volume.name.as_str());
        let get = |key: &str| entry.and_then(|(_, node)| node.entries().iter().find(|it| it.0.text == key));
        let external = get("external").map(|(_, node)| node);
        volume.existing = external.is_some_and(|node| matches!(node.data, Data::Map(_)) || !node.is_empty());
        let driver = get("driver").and_then(|(_, node)| node.scalar());
        let driver = driver.map(|driver| driver.value()).unwrap_or_default();
        let place = entry.map(|(key, _)| key.place.clone()).or_else(|| volume.origin.place());
        let Some(place) = place else { continue };
        let others = entry.map(|(_, node)| node.entries()).unwrap_or_default();
        let is_other = |(key, value): &&(Key, Node)| {
            !matches!(key.text.as_str(), "driver" | "external") && !value.is_empty()
        };
        let key = format!("volumes.{}", volume.name);
        let is_same = volume.existing && driver == DRIVER && !others.iter().any(|entry| is_other(&entry));
        if !is_same {
            let why = "it becomes a volume of the tenant on a file server, which outlives the stack; its content stays where it was";
            maker.findings.partly(None, &key, &place, why);
        }
        if let Some((word, _)) = get("per_container").filter(|(_, node)| !node.is_empty()) {
            let why =
                "Rancher gives each container a volume of its own; a volume of the tenant is one for all";
            maker.findings.lost(None, &format!("{key}.per_container"), &word.place, why);
        }
        let named = external.and_then(|node| node.get("name"));
        if let Some((node, name)) = named.and_then(|node| Some((node, node.scalar()?.value())))
            && !name.is_empty()
            && name != volume.name
        {
            let why = format!(
                "Rancher does not read this name: it looks for a volume called {}, and so does the application",
                shown(&volume.name)
            );
            maker.findings.partly(None, &format!("{key}.external"), &node.place, why);
        }
        for (_, value) in others {
            for text in value.texts().filter(|text| !text.is_literal()) {
                maker.findings.fixed_in_stack(text, &key, &value.place);
            }
        }
    }
    maker.volumes = volumes;
    for (key, _) in &file.volumes {
        if !maker.named.contains(&key.text) {
            let why = "no service mounts it";
            maker.findings.partly(None, &format!("volumes.{}", key.text), &key.place, why);
        }
    }
}
