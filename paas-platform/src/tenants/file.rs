//! The tenant file, read strictly: all its problems at once, each at its place.

use super::{fault, key, report::Report};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics, shown},
    tenant::{NfsServer, Tenant, TenantNetwork},
};
use paas_tosca::{
    Limits, Source, size,
    yaml::{self, Kind, NodeRef, Plain},
};
use std::collections::{HashMap, hash_map::Entry};

/// What [`read`] gives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TenantFile {
    /// The tenant, unless there are errors. A network's origin is its environment, a file server's its name.
    pub tenant: Option<Tenant>,
    /// All problems of the file, in the order of their places.
    pub diagnostics: Diagnostics,
}

/// Reads a tenant file. The [module](crate::tenants) shows one.
pub fn read(source: &Source) -> TenantFile {
    let loaded = yaml::load(source, &limits());
    let mut report = Report::new(loaded.diagnostics);
    let tenant = loaded.tree.and_then(|tree| tenant(tree.root(), &mut report));
    let diagnostics = report.finish();
    TenantFile { tenant: tenant.filter(|_| !diagnostics.has_errors()), diagnostics }
}

/// A network is an environment, and nobody has thousands: a megabyte is more than enough.
fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.bytes = 1 << 20;
    limits
}

fn tenant(root: NodeRef<'_>, report: &mut Report) -> Option<Tenant> {
    if let Some((key, _)) = root.entry("tosca_definitions_version") {
        let message = "this is a TOSCA template, not a tenant file";
        report.push(
            Diagnostic::new(Code::TenantUnknownKey, message)
                .at(key.place())
                .help("a tenant file begins with `tenant: NAME`"),
        );
        return None;
    }
    if !is_map(root, "a tenant file", report) {
        return None;
    }
    key::check(root, key::FILE, "a tenant file", report);
    let name = given(root, &named("tenant", "the name of a tenant"), report);
    let project = given(root, &PROJECT, report);
    let networks = networks(root, report);
    let nfs_servers = nfs_servers(root, report);
    let mut tenant = Tenant::new(name?.text);
    tenant.project = project.map(|project| project.text.to_owned());
    tenant.networks = networks;
    tenant.nfs_servers = nfs_servers;
    Some(tenant)
}

fn networks(root: NodeRef<'_>, report: &mut Report) -> Vec<TenantNetwork> {
    let (mut names, mut environments) = (HashMap::new(), HashMap::new());
    let mut networks = Vec::new();
    for map in maps(root, "networks", "a network", report) {
        key::check(map, key::NETWORK, "a network", report);
        let name = given(map, &named("name", "the name of a network"), report);
        let environment = given(map, &ENVIRONMENT, report);
        // What was given and cannot be used does not become the name.
        let environment = environment.or(name.filter(|_| map.get(ENVIRONMENT.key).is_none()));
        let level = given(map, &SECURITY_LEVEL, report);
        let domain = given(map, &SECURITY_DOMAIN, report);
        let is_again = name.is_some_and(|name| {
            is_given_again(&mut names, name, report, |_| {
                format!("two networks are called {}", shown(name.text))
            })
        });
        let (Some(name), Some(environment)) = (name, environment) else { continue };
        if !is_again {
            let message = |first: &Given<'_>| {
                let (one, other) = (shown(first.of), shown(name.text));
                format!(
                    "the networks {one} and {other} have the same environment {}",
                    shown(environment.text)
                )
            };
            is_given_again(&mut environments, Given { of: name.text, ..environment }, report, message);
        }
        let mut network = TenantNetwork::new(name.text, environment.text);
        network.security_level = level.map(|level| level.text.to_owned());
        network.security_domain = domain.map(|domain| domain.text.to_owned());
        network.origin = environment.at.place().into();
        networks.push(network);
    }
    networks
}

fn nfs_servers(root: NodeRef<'_>, report: &mut Report) -> Vec<NfsServer> {
    let mut names = HashMap::new();
    let mut servers = Vec::new();
    for map in maps(root, "nfs_servers", "a file server", report) {
        key::check(map, key::NFS_SERVER, "a file server", report);
        let name = given(map, &named("name", "the name of a file server"), report);
        let host = given(map, &HOST, report);
        let export_base = given(map, &EXPORT_BASE, report);
        let options = given(map, &MOUNT_OPTIONS, report);
        let tier = given(map, &named("tier", "the name of a tier"), report);
        let capacity = capacity(map, report);
        if let Some(name) = name {
            let message = |_: &Given<'_>| format!("two file servers are called {}", shown(name.text));
            is_given_again(&mut names, name, report, message);
        }
        let (Some(name), Some(host), Some(export_base), Some(tier)) = (name, host, export_base, tier) else {
            continue;
        };
        let mut server = NfsServer::new(name.text, host.text, export_base.text, tier.text);
        server.mount_options = options.map(|options| options.text.to_owned());
        server.capacity_bytes = capacity;
        server.origin = name.at.place().into();
        servers.push(server);
    }
    servers
}

/// A value that can be used, with the name of what it was given for.
#[derive(Clone, Copy)]
struct Given<'t> {
    text: &'t str,
    of: &'t str,
    at: NodeRef<'t>,
}

/// Notes a value; tells if it was given before.
fn is_given_again<'t>(
    known: &mut HashMap<&'t str, Given<'t>>,
    given: Given<'t>,
    report: &mut Report,
    message: impl FnOnce(&Given<'t>) -> String,
) -> bool {
    match known.entry(given.text) {
        Entry::Vacant(entry) => {
            entry.insert(given);
            false
        }
        Entry::Occupied(first) => {
            let first = first.get();
            report.push(
                Diagnostic::new(Code::TenantDuplicate, message(first))
                    .label(given.at.place(), "given again here")
                    .label(first.at.place(), "first given here")
                    .help("change or remove one of them"),
            );
            true
        }
    }
}

/// The maps of a list that may be left out, or have nothing in it.
fn maps<'t>(root: NodeRef<'t>, key: &str, what: &str, report: &mut Report) -> Vec<NodeRef<'t>> {
    let Some(list) = root.get(key).filter(|list| !list.is_null()) else { return Vec::new() };
    if list.kind() != Kind::Sequence {
        let message = format!("`{key}` is a list, but here is {}", list.kind());
        let help = format!("begin {what} with `- `");
        report.push(Diagnostic::new(Code::TenantWrongShape, message).at(list.place()).help(help));
        return Vec::new();
    }
    list.items().filter(|item| is_map(*item, what, report)).collect()
}

fn is_map(node: NodeRef<'_>, what: &str, report: &mut Report) -> bool {
    if node.kind() == Kind::Mapping {
        return true;
    }
    let found = if node.is_null() { "nothing".to_owned() } else { node.kind().to_string() };
    let message = format!("{what} is a map, but here is {found}");
    report.push(Diagnostic::new(Code::TenantWrongShape, message).at(node.place()));
    false
}

/// A value that is text, and the rule that it must obey.
struct Text {
    key: &'static str,
    /// What the value is.
    what: &'static str,
    fault: fn(&str) -> Option<String>,
    help: Option<&'static str>,
}

const fn named(key: &'static str, what: &'static str) -> Text {
    Text { key, what, fault: fault::name, help: None }
}

const PROJECT: Text = Text {
    key: "project",
    what: "the id of a project",
    fault: fault::name,
    help: Some("write the id that Keystone gives it"),
};

const ENVIRONMENT: Text = Text {
    key: "environment",
    what: "an environment",
    fault: fault::environment,
    help: Some("write its name, or its id such as `1a7`"),
};

const SECURITY_LEVEL: Text = Text {
    key: "security_level",
    what: "a security level",
    fault: fault::security_level,
    help: Some("write `low`, `medium` or `high`"),
};

const SECURITY_DOMAIN: Text = Text {
    key: "security_domain",
    what: "a security domain",
    fault: fault::environment,
    help: Some("write it as templates do, such as `payments`"),
};

const HOST: Text = Text {
    key: "host",
    what: "a host name or an IP address",
    fault: fault::host,
    help: Some("write only the name or the address, such as `10.0.0.5`"),
};

const EXPORT_BASE: Text = Text {
    key: "export_base",
    what: "the folder of a file server",
    fault: fault::export_base,
    help: Some("write an absolute path, such as `/exports/meridian`"),
};

const MOUNT_OPTIONS: Text = Text {
    key: "mount_options",
    what: "mount options",
    fault: fault::mount_options,
    help: Some("write them with commas between, such as `nfsvers=4,hard`"),
};

/// A value that its rule finds no fault with; `None` if it is not there or was diagnosed.
fn given<'t>(map: NodeRef<'t>, rule: &Text, report: &mut Report) -> Option<Given<'t>> {
    let Text { key, what, fault, help } = rule;
    let (at, text) = scalar(map, key, report)?;
    let wrong = |message| Diagnostic::new(Code::TenantWrongValue, message).at(at.place());
    // Other readers would take it for something else.
    if let Some(plain) = at.plain().filter(|plain| *plain != Plain::String) {
        let message = format!("`{key}` is text, but {} without quotes is {}", shown(text), plain.describe());
        report.push(wrong(message).help("put it in quotes"));
        return None;
    }
    if let Some(fault) = fault(text) {
        let message = format!("{} cannot be {what}: {fault}", shown(text));
        report.push(wrong(message).maybe_help(help.map(str::to_owned)));
        return None;
    }
    Some(Given { text, of: text, at })
}

fn capacity(map: NodeRef<'_>, report: &mut Report) -> Option<u64> {
    let (at, text) = scalar(map, "capacity", report)?;
    match size::in_bytes(text) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            let units: Vec<_> = size::units().collect();
            report.push(
                Diagnostic::new(Code::TenantWrongValue, format!("{} is not a size: {error}", shown(text)))
                    .at(at.place())
                    .help(format!(
                        "write a number and a unit, such as `2 TB`; units are {}",
                        units.join(", ")
                    )),
            );
            None
        }
    }
}

/// The text of a key that is there.
fn scalar<'t>(map: NodeRef<'t>, key: &str, report: &mut Report) -> Option<(NodeRef<'t>, &'t str)> {
    let (name, value) = map.entry(key)?;
    let Some(text) = value.text() else {
        let message = format!("`{key}` is a single value, but here is {}", value.kind());
        report.push(Diagnostic::new(Code::TenantWrongShape, message).at(value.place()));
        return None;
    };
    if value.is_null() || text.is_empty() {
        let message = format!("`{key}` has no value");
        report.push(
            Diagnostic::new(Code::TenantWrongValue, message)
                .at(name.place())
                .help("write a value after the colon"),
        );
        return None;
    }
    Some((value, text))
}
