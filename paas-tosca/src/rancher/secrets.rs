//! Secrets of the platform: files in the containers' `/run/secrets`.
//!
//! They exist in the environment before the stack: the files name them (`external`), and never hold a value.

use super::interpolate;
use crate::yaml::emit::Map;
use paas_core::{
    application::{Container, FileContent, SecretFile},
    release::Part,
};
use std::collections::BTreeSet;

/// The secrets that a container reads, with those that are configuration files.
fn of(container: &Container) -> impl Iterator<Item = Use<'_>> {
    let named = container.secret_files.iter().map(|file| Use {
        secret: &file.secret,
        file: &file.file,
        said: Some(file),
    });
    let configured = container.configuration_files.iter().filter_map(|file| match &file.content {
        FileContent::Secret(secret) => {
            Some(Use { secret, file: file.path.strip_prefix(SecretFile::FOLDER)?, said: None })
        }
        _ => None,
    });
    named.chain(configured)
}

struct Use<'a> {
    secret: &'a str,
    file: &'a str,
    said: Option<&'a SecretFile>,
}

/// Writes what a container reads.
pub(super) fn write(map: &mut Map<'_>, container: &Container) {
    map.entry("secrets").list_unless_empty(|list| {
        for each in of(container) {
            list.item().map(|map| {
                interpolate::literal(map.entry("source"), each.secret);
                interpolate::literal(map.entry("target"), each.file);
                let Some(said) = each.said else { return };
                if let Some(user) = said.user {
                    map.entry("uid").string(&user.to_string());
                }
                if let Some(group) = said.group {
                    map.entry("gid").string(&group.to_string());
                }
                if let Some(mode) = &said.mode {
                    interpolate::literal(map.entry("mode"), mode);
                }
            });
        }
    });
}

/// Writes which secrets must be there. Nothing is interpolated here.
pub(super) fn declare(root: &mut Map<'_>, part: &Part) {
    let containers = part.services.iter().filter_map(|service| service.container());
    let names: BTreeSet<&str> = containers.flat_map(of).map(|each| each.secret).collect();
    root.entry("secrets").map_unless_empty(|secrets| {
        for name in names {
            // A text, as the executor's type is.
            secrets.entry(name).map(|secret| secret.entry("external").string("true"));
        }
    });
}
