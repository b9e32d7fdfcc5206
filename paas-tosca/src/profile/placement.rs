//! Policies about the networks of services.

use super::{
    read::Read,
    types::{PolicyKind, Types},
};
use crate::tosca::{Document, find};
use paas_core::{
    application::Placement,
    diagnostic::{Code, Diagnostic, Severity},
};

/// The placement policies, in the order of the template.
pub(super) fn placements(document: &Document<'_>, types: &Types, read: &Read<'_>) -> Vec<Placement> {
    let topology = &document.topology;
    let mut placements = Vec::new();
    for policy in &topology.policies {
        let kind = policy.ty.and_then(|ty| types.policy(&document.library, ty));
        if kind != Some(PolicyKind::Placement) {
            continue;
        }
        let mut placement = Placement::new(policy.name);
        let level = find(&policy.properties, "security_level");
        let domain = find(&policy.properties, "security_domain");
        if level.or(domain).is_none() && policy.whole {
            let message = format!("`{}` says nothing about networks", policy.name);
            let help = "give a `security_level` or a `security_domain`".to_owned();
            read.report.help(Code::MissingProperty, policy.at, message, help);
        }
        if policy.targets.is_empty() && policy.whole {
            let message = format!("`{}` has no targets, so it places nothing", policy.name);
            let diagnostic = Diagnostic::new(Code::Placement, message).at(policy.at.place());
            read.report.push(diagnostic.severity(Severity::Warning));
        }
        placement.security_level = read.string(level);
        placement.security_domain = read.string(domain);
        let targets = policy.targets.iter().filter_map(|&target| topology.nodes.get(target));
        placement.services = targets.map(|node| node.name.to_owned()).collect();
        placement.origin = policy.at.place().into();
        placements.push(placement);
    }
    placements
}
