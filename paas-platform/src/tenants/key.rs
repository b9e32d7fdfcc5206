//! The keys that may stand in each place of the file, and those that must.

use super::report::Report;
use paas_core::diagnostic::{Code, Diagnostic, Place, closest, shown};
use paas_tosca::yaml::NodeRef;

/// A key that a map can have.
pub(super) struct Key {
    name: &'static str,
    /// What to write, for a key that must be given.
    needed: Option<&'static str>,
}

const fn needed(name: &'static str, example: &'static str) -> Key {
    Key { name, needed: Some(example) }
}

const fn optional(name: &'static str) -> Key {
    Key { name, needed: None }
}

/// Keys of the file.
pub(super) const FILE: &[Key] = &[
    needed("tenant", "tenant: meridian"),
    optional("project"),
    optional("networks"),
    optional("nfs_servers"),
];

/// Keys of a network.
pub(super) const NETWORK: &[Key] = &[
    needed("name", "name: dmz"),
    optional("environment"),
    optional("security_level"),
    optional("security_domain"),
];

/// Keys of a file server.
pub(super) const NFS_SERVER: &[Key] = &[
    needed("name", "name: filer-1"),
    needed("host", "host: 10.0.0.5"),
    needed("export_base", "export_base: /exports/meridian"),
    optional("mount_options"),
    needed("tier", "tier: gold"),
    optional("capacity"),
];

/// Diagnoses keys that are not known, and keys that are not there and must be. `what` is the kind of map: "a network".
pub(super) fn check(map: NodeRef<'_>, keys: &[Key], what: &str, report: &mut Report) {
    let mut meant = Vec::new();
    for (key, _) in map.entries() {
        let name = key.text().unwrap_or_default();
        if report.is_full() {
            return;
        }
        if !keys.iter().any(|known| known.name == name) {
            let nearest = closest(name, keys.iter().map(|known| known.name));
            meant.extend(nearest);
            let help = match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("the keys here are {}", listed(keys)),
            };
            let message = format!("{} is not a key of {what}", shown(name));
            report.push(Diagnostic::new(Code::TenantUnknownKey, message).at(key.place()).help(help));
        }
    }
    for key in keys {
        // A key that was meant for it has been told already.
        if let Some(example) = key.needed
            && map.get(key.name).is_none()
            && !meant.contains(&key.name)
        {
            let message = format!("{what} needs `{}`", key.name);
            report.push(
                Diagnostic::new(Code::TenantMissingKey, message)
                    .at(beginning(map))
                    .help(format!("add `{example}`")),
            );
        }
    }
}

/// Where a map begins: its name if it has one, else its first key. The whole of it would be many lines.
fn beginning(map: NodeRef<'_>) -> Place {
    let name = map.get("name").filter(|name| name.text().is_some_and(|text| !text.is_empty()));
    let first = || map.entries().next().map(|(key, _)| key);
    name.or_else(first).unwrap_or(map).place()
}

fn listed(keys: &[Key]) -> String {
    keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ")
}
