//! The two files of a part.

use super::{folder::Folders, index::Index, secrets, service, stand_in};
use crate::yaml::{Emitter, emit::Map};
use paas_core::release::{Part, Release};
use std::collections::BTreeSet;

/// The driver of volumes that are folders on a file server.
const VOLUME_DRIVER: &str = "rancher-nfs";

/// The files of one part: one stack in one environment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartFiles {
    /// The network.
    pub network: String,
    /// The environment that the stack goes to.
    pub environment: String,
    /// A name for a folder that holds the files: the network's, with everything but letters, digits, `-`, `_` and `.`
    /// replaced; unique among the parts.
    pub folder: String,
    /// `docker-compose.yml`.
    pub docker_compose: String,
    /// `rancher-compose.yml`.
    pub rancher_compose: String,
}

/// The files of every part, in the order of the parts. Same release, same bytes.
pub fn render(release: &Release) -> Vec<PartFiles> {
    let index = Index::new(release);
    let mut folders = Folders::default();
    release
        .parts
        .iter()
        .map(|part| PartFiles {
            network: part.network.name.clone(),
            environment: part.environment.clone(),
            folder: folders.name(&part.network.name),
            docker_compose: docker_compose(part, &index),
            rancher_compose: rancher_compose(part, &index),
        })
        .collect()
}

fn docker_compose(part: &Part, index: &Index<'_>) -> String {
    file(part, index, 512, |root| {
        root.entry("services").map(|services| {
            for service in &part.services {
                services.entry(&service.name).map(|map| service::docker(map, service, part, index));
            }
            for it in &part.stand_ins {
                services.entry(&it.service).map(|map| stand_in::docker(map, it, index));
            }
        });
        root.entry("volumes").map_unless_empty(|volumes| {
            for name in volume_names(part) {
                volumes.entry(name).map(|volume| {
                    volume.entry("driver").string(VOLUME_DRIVER);
                    volume.entry("external").boolean(true);
                });
            }
        });
        secrets::declare(root, part);
    })
}

fn rancher_compose(part: &Part, index: &Index<'_>) -> String {
    file(part, index, 256, |root| {
        root.entry("services").map(|services| {
            for service in &part.services {
                services
                    .entry(&service.name)
                    .map_unless_empty(|map| service::rancher(map, service, part, index));
            }
            for it in &part.stand_ins {
                services.entry(&it.service).map_unless_empty(|map| stand_in::rancher(map, it));
            }
        });
    })
}

fn file(
    part: &Part,
    index: &Index<'_>,
    bytes_per_service: usize,
    write: impl FnOnce(&mut Map<'_>),
) -> String {
    Emitter::with_capacity(256 + bytes_per_service * part.services.len())
        .comment("notemplating")
        .comment(&origin(part, index))
        .map(|root| {
            root.entry("version").string("2");
            write(root);
        })
}

/// What the file is; names with anything unusual in them are left out.
fn origin(part: &Part, index: &Index<'_>) -> String {
    if [index.stack, &part.environment].into_iter().all(is_plain) {
        format!(
            "Generated: stack {} in environment {}. Change the template instead.",
            index.stack, part.environment
        )
    } else {
        "Generated. Change the template instead.".to_owned()
    }
}

fn is_plain(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// The part's list and whatever its services mount besides: a volume that is not declared would be a new, empty one.
fn volume_names(part: &Part) -> BTreeSet<&str> {
    let mounted = part.services.iter().filter_map(|service| service.container()).flat_map(|c| &c.mounts);
    part.volumes.iter().map(String::as_str).chain(mounted.map(|mount| mount.volume.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_in_comments() {
        for name in ["retail", "Retail-2_x.y"] {
            assert!(is_plain(name));
        }
        for name in ["", "a b", "a\n#", "{{", "ü", &"x".repeat(64)] {
            assert!(!is_plain(name));
        }
    }
}
