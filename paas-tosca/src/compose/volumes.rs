//! Volumes: folders of the host, named ones, and those without a name.

use super::{
    convert::Maker,
    filled::Filled,
    node::{Key, Node},
    read::File,
};
use crate::profile;
use paas_core::{
    application::{Container, HostMount, Mount, Propagation, Volume},
    diagnostic::{Code, Diagnostic, shown},
};

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
        let index = container.anonymous_volumes.len().to_string();
        let path = maker.string(service, "volumes", &["anonymous_volumes", &index], &text, &item.place);
        if is_path(maker, service, item, &path) {
            container.anonymous_volumes.push(path);
        }
        return;
    }
    let Some((source, rest)) = split else { return };
    let (path, options) = rest.split_once(':').unwrap_or((rest, Filled::default()));
    let mut read_only = false;
    let mut propagation = None;
    maker.findings.fixed(&options, service, "volumes", &item.place);
    for option in options.value().split(',').filter(|option| !option.is_empty()) {
        match option {
            "ro" => read_only = true,
            "rw" => {}
            _ => match propagation_of(option) {
                Some(found) => propagation = Some(found),
                None => {
                    let why = format!("the option {} is left out", shown(option));
                    maker.findings.partly(Some(service), "volumes", &item.place, why);
                }
            },
        }
    }
    let is_of_host = source.value().starts_with('/');
    if is_of_host && (path.is_literal() || !maker.has_secret(&path)) && !maker.has_secret(&source) {
        let index = container.security.host_mounts.len().to_string();
        let note = |maker: &mut Maker<'_>, word, text: &Filled| {
            maker.string(service, "volumes", &["security", "host_mounts", &index, word], text, &item.place)
        };
        let mut mount = HostMount::new(note(maker, "host_path", &source), note(maker, "path", &path));
        mount.read_only = read_only;
        mount.propagation = propagation;
        if is_path(maker, service, item, &mount.path) {
            container.security.host_mounts.push(mount);
        }
        return;
    }
    let name = maker.string(service, "volumes", &[], &source, &item.place);
    let path_text = maker.string(service, "volumes", &[], &path, &item.place);
    maker.findings.fixed(&source, service, "volumes", &item.place);
    maker.findings.fixed(&path, service, "volumes", &item.place);
    if name.starts_with(['.', '~']) {
        let why = "a path below a folder that hosts do not have";
        return maker.findings.lost(Some(service), "volumes", &item.place, why);
    }
    if !profile::is_volume_name(&name) {
        let message = format!("{} cannot be the name of a volume", shown(&name));
        let help =
            "names have letters, digits, dots, dashes and underscores; paths of the host begin with `/`";
        maker.findings.push(Diagnostic::new(Code::ComposeValue, message).at(item.place.clone()).help(help));
        return;
    }
    if !is_path(maker, service, item, &path_text) {
        return;
    }
    if propagation.is_some() {
        maker.findings.partly(
            Some(service),
            "volumes",
            &item.place,
            "the propagation of a named volume is left out",
        );
    }
    let mut mount = Mount::new(&name, path_text);
    mount.read_only = read_only;
    mount.origin = item.place.clone().into();
    container.mounts.push(mount);
    if !maker.volumes.iter().any(|volume| volume.name == name) {
        let mut volume = Volume::new(name);
        volume.origin = item.place.clone().into();
        maker.volumes.push(volume);
    }
}

fn is_path(maker: &mut Maker<'_>, service: &str, item: &Node, path: &str) -> bool {
    let fits = profile::is_absolute_path(path);
    if !fits {
        let message =
            format!("{} mounts something at {}, which is no absolute path", shown(service), shown(path));
        maker.findings.push(Diagnostic::new(Code::ComposeValue, message).at(item.place.clone()));
    }
    fits
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
    let declared = |name: &str| file.volumes.iter().find(|(key, _)| key.text == name);
    let names: Vec<_> =
        maker.volumes.iter().map(|volume| (volume.name.clone(), volume.origin.place())).collect();
    for (name, origin) in names {
        let entry = declared(&name);
        let is_external = entry.and_then(|(_, node)| node.get("external")).is_some_and(|it| !it.is_empty());
        let driver = entry.and_then(|(_, node)| node.get("driver")).and_then(Node::scalar);
        let driver = driver.map(|driver| driver.value()).unwrap_or_default();
        if let Some(volume) = maker.volumes.iter_mut().find(|volume| volume.name == name) {
            volume.existing = is_external;
        }
        let Some(place) = entry.map(|(key, _)| key.place.clone()).or(origin) else { continue };
        let others = entry.map(|(_, node)| node.entries()).unwrap_or_default();
        let is_other = |(key, value): &&(Key, Node)| {
            !matches!(key.text.as_str(), "driver" | "external") && !value.is_empty()
        };
        let is_same = is_external && driver == DRIVER && !others.iter().any(|entry| is_other(&entry));
        if !is_same {
            let key = format!("volumes.{name}");
            let why = "it becomes a volume of the tenant on a file server, which outlives the stack; its content stays where it was";
            maker.findings.partly(None, &key, &place, why);
        }
        for (_, value) in others {
            for text in value.texts().filter(|text| !text.is_literal()).cloned().collect::<Vec<_>>() {
                maker.findings.fixed_in_stack(&text, &format!("volumes.{name}"), &value.place);
            }
        }
    }
    for (key, _) in &file.volumes {
        if !maker.volumes.iter().any(|volume| volume.name == key.text) {
            let why = "no service mounts it";
            maker.findings.partly(None, &format!("volumes.{}", key.text), &key.place, why);
        }
    }
}
