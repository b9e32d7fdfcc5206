//! What the first argument of a function means.

use super::{Evaluation, Owner, Relation, Scope};
use crate::{
    tosca::{
        relationships::Relationships,
        requirement::{self, Host},
    },
    yaml::NodeRef,
};
use paas_core::diagnostic::Code;

/// What a name or keyword means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meant<'t> {
    Node(usize),
    Relation(Relation<'t>),
    /// The nodes that a node runs on, one after the other.
    HostsOf(usize),
    /// A relationship's end that is not known here.
    Unknown,
}

/// What `SELF`, `SOURCE`, `TARGET`, `HOST` or a name means; what means nothing is diagnosed.
pub(super) fn meant<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    at: NodeRef<'_>,
    name: &str,
) -> Option<Meant<'t>> {
    let found = match name {
        "SELF" => scope.relation.map(Meant::Relation).or(scope.this.map(Meant::Node)),
        "SOURCE" | "TARGET" if scope.loose => Some(Meant::Unknown),
        "SOURCE" => scope.source.map(Meant::Node),
        "TARGET" => scope.target.map(Meant::Node),
        "HOST" => scope.this.map(Meant::HostsOf),
        _ => return named(evaluation, at, name),
    };
    if found.is_none() {
        evaluation.report.at(Code::FunctionArguments, at, format!("`{name}` means nothing here"));
    }
    found
}

fn named<'t>(evaluation: &Evaluation<'_, 't>, at: NodeRef<'_>, name: &str) -> Option<Meant<'t>> {
    if let Some(&index) = evaluation.index.get(name) {
        return Some(Meant::Node(index));
    }
    let relationships = evaluation.relationships.get();
    if let Some(template) = relationships.and_then(|all| all.find(name)) {
        return Some(Meant::Relation(Relation {
            owner: Owner::Template(template.name_text()),
            ty: template.ty?,
            given: template.properties(),
            name: template.name_text(),
        }));
    }
    let names = evaluation.index.keys().copied();
    let names = names.chain(relationships.into_iter().flat_map(Relationships::names));
    let help = evaluation.report.suggest(name, names);
    evaluation.report.help(Code::UnknownNode, at, format!("`{name}` is not a node template"), help);
    None
}

/// The nodes that a node runs on, the nearest first, and whether there may be others.
pub(super) fn hosts_of(evaluation: &Evaluation<'_, '_>, node: usize) -> (Vec<usize>, bool) {
    let mut hosts = Vec::new();
    let mut next = node;
    loop {
        match requirement::host_of(evaluation, next) {
            // A circle of hosts ends where it began.
            Host::Is(host) if host != node && !hosts.contains(&host) && hosts.len() < MOST_HOSTS => {
                hosts.push(host);
                next = host;
            }
            Host::Unknown => return (hosts, true),
            Host::Is(_) | Host::Nothing => return (hosts, false),
        }
    }
}

/// So many nodes may run on each other.
const MOST_HOSTS: usize = 64;
