//! The bank with any strings in place of its own.

use super::fixture::bank;
use crate::{
    application::{ExternalService, ServiceKind},
    release::Release,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Any strings, and those that have broken pictures before: what ends a label, an element, a line, a comment.
pub(super) fn names() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        any::<String>(),
        "[\"\\\\<>&'#;:{}()|%`~\\[\\] \r\n\t=-]{1,6}",
        prop::sample::select(vec![
            "]]>",
            "<!--",
            "-->",
            "&quot;",
            "&#60;",
            "#quot;",
            "#34;",
            "\\N",
            "\\",
            "\"",
            "\\\"",
            "end",
            "%%{init",
            "\"]",
            "style x:#1;",
            "<br/>",
            "<script>alert(1)</script>",
            "\0",
            "\u{B}",
            "\u{7F}",
            "\u{FFFE}",
            "\u{FEFF}",
            "\u{202E}",
            "\u{301}",
            "1. one",
            "- two",
            "核心",
            "ﬂ°°34¶ß",
            "stage 1",
            "graph",
            "subgraph",
            "  ",
        ])
        .prop_map(str::to_owned),
    ];
    let name = prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat());
    prop::collection::vec(name, STRINGS)
}

/// So many strings has the bank.
const STRINGS: usize = 27;

/// Takes one string after the other for each different string of the bank.
struct Renaming<'a> {
    names: &'a [String],
    known: BTreeMap<String, String>,
}

impl Renaming<'_> {
    fn change(&mut self, name: &mut String) {
        let next = &self.names[self.known.len().min(self.names.len() - 1)];
        *name = self.known.entry(name.clone()).or_insert_with(|| next.clone()).clone();
    }
}

pub(super) fn renamed(names: &[String]) -> Release {
    let mut release = bank();
    let mut new = Renaming { names, known: BTreeMap::new() };
    new.change(&mut release.application);
    for part in &mut release.parts {
        new.change(&mut part.network.name);
        part.network.security_level.iter_mut().for_each(|level| new.change(level));
        part.network.security_domain.iter_mut().for_each(|domain| new.change(domain));
        new.change(&mut part.environment);
        for service in &mut part.services {
            new.change(&mut service.name);
            new.change(&mut service.network);
            for link in &mut service.links {
                new.change(&mut link.to);
                link.alias.iter_mut().for_each(|alias| new.change(alias));
            }
            match &mut service.kind {
                ServiceKind::Container(container) => {
                    container.mounts.iter_mut().for_each(|mount| new.change(&mut mount.volume));
                }
                ServiceKind::LoadBalancer(balancer) => {
                    balancer.routes.iter_mut().for_each(|route| new.change(&mut route.service));
                }
                ServiceKind::External(ExternalService::Host(host)) => new.change(host),
                ServiceKind::External(ExternalService::Addresses(_)) => {}
            }
        }
    }
    for activation in release.stages.iter_mut().flat_map(|stage| &mut stage.activations) {
        new.change(&mut activation.network);
        new.change(&mut activation.service);
    }
    for flow in &mut release.flows {
        for name in
            [&mut flow.from_network, &mut flow.from_service, &mut flow.to_network, &mut flow.to_service]
        {
            new.change(name);
        }
    }
    for port in &mut release.ports {
        new.change(&mut port.network);
        new.change(&mut port.service);
    }
    for volume in &mut release.volumes {
        new.change(&mut volume.name);
        volume.tier.iter_mut().for_each(|tier| new.change(tier));
    }
    release
}

/// Harmless strings, equal to each other where the given ones are.
pub(super) fn harmless(names: &[String]) -> Vec<String> {
    let first = |name| names.iter().position(|other| other == name).unwrap();
    names.iter().map(|name| format!("n{}", first(name))).collect()
}

pub(super) fn service_names(release: &Release) -> Vec<&str> {
    release.parts.iter().flat_map(|part| &part.services).map(|service| service.name.as_str()).collect()
}

#[test]
fn the_bank_has_so_many_strings() {
    let names: Vec<String> = (0..STRINGS + 1).map(|index| format!("<{index}>")).collect();
    let stored = serde_json::to_string(&renamed(&names)).unwrap();
    assert!(stored.contains(&format!("<{}>", STRINGS - 1)));
    assert!(!stored.contains(&format!("<{STRINGS}>")));
}
