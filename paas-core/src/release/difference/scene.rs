//! What a picture of a difference shows: what changed, and what is directly beside it.

use super::{Difference, index::Index, service::ServiceDifference, touched::TouchedService};
use crate::{
    application::{Service, ServiceKind},
    release::Release,
};
use rustc_hash::FxHashSet;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Boxes in networks, and arrows between them. Every index is good.
pub(super) struct Scene<'a> {
    /// The networks with boxes, and which boxes these are: those of the new release, then those that are no longer there.
    pub(super) networks: Vec<(&'a str, Range<usize>)>,
    pub(super) boxes: Vec<Node<'a>>,
    pub(super) arrows: Vec<Arrow>,
}

/// A service in a network.
pub(super) struct Node<'a> {
    pub(super) service: &'a str,
    /// What became of it, if anything.
    pub(super) difference: Option<&'a ServiceDifference>,
    /// What happens to it because of others.
    pub(super) touched: Option<&'a TouchedService>,
    /// Whether this is where it was before it moved.
    pub(super) left: bool,
}

/// From who needs to what is needed, or from where a service was to where it is.
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: ArrowKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ArrowKind {
    Same,
    New,
    Gone,
    Moved,
}

impl<'a> Scene<'a> {
    pub(super) fn new(difference: &'a Difference, old: &'a Release, new: &'a Release) -> Self {
        let places = |release: &'a Release| -> BTreeMap<&'a str, &'a str> {
            let services = release.parts.iter().flat_map(|part| {
                part.services.iter().map(|service| (service.name.as_str(), part.network.name.as_str()))
            });
            services.collect()
        };
        let (was_in, is_in) = (places(old), places(new));
        let (before, after) = (needs(old), needs(new));
        let changed: BTreeSet<&str> = difference
            .services
            .iter()
            .map(|service| service.service.as_str())
            .chain(difference.touched.iter().map(|touched| touched.service.as_str()))
            .collect();
        // One end of each arrow has changed.
        let arrows: BTreeSet<(&str, &str)> = before
            .union(&after)
            .filter(|(from, to)| changed.contains(from) || changed.contains(to))
            .copied()
            .collect();
        let shown: BTreeSet<&str> =
            changed.iter().copied().chain(arrows.iter().flat_map(|(from, to)| [*from, *to])).collect();

        let told: BTreeMap<&str, &ServiceDifference> =
            difference.services.iter().map(|service| (service.service.as_str(), service)).collect();
        // Of several reasons the first.
        let touched: BTreeMap<&str, &TouchedService> =
            difference.touched.iter().rev().map(|touched| (touched.service.as_str(), touched)).collect();
        let mut by_network: BTreeMap<&str, Vec<Node<'_>>> = BTreeMap::new();
        for service in shown {
            let (was, is) = (was_in.get(service).copied(), is_in.get(service).copied());
            let before = was.filter(|was| is != Some(*was)).map(|was| (was, is.is_some()));
            for (network, left) in is.map(|is| (is, false)).into_iter().chain(before) {
                by_network.entry(network).or_default().push(Node {
                    service,
                    difference: told.get(service).copied(),
                    touched: touched.get(service).copied().filter(|_| !left),
                    left,
                });
            }
        }
        let mut networks = Vec::new();
        let mut boxes: Vec<Node<'_>> = Vec::new();
        let mut known = FxHashSet::default();
        for part in new.parts.iter().chain(&old.parts) {
            let network = part.network.name.as_str();
            // Where a network comes first, it has all its boxes.
            if known.insert(network)
                && let Some(inside) = by_network.remove(network)
            {
                let first = boxes.len();
                boxes.extend(inside);
                networks.push((network, first..boxes.len()));
            }
        }

        let places: BTreeMap<(&str, bool), usize> =
            boxes.iter().enumerate().map(|(index, one)| ((one.service, one.left), index)).collect();
        let place = |service, left| places.get(&(service, left)).copied();
        let mut drawn = Vec::new();
        for (from, to) in arrows {
            let kind = match (before.contains(&(from, to)), after.contains(&(from, to))) {
                (true, true) => ArrowKind::Same,
                (false, _) => ArrowKind::New,
                (true, false) => ArrowKind::Gone,
            };
            if let (Some(from), Some(to)) = (place(from, false), place(to, false)) {
                drawn.push(Arrow { from, to, kind });
            }
        }
        for (from, left) in boxes.iter().enumerate().filter(|(_, left)| left.left) {
            if let Some(to) = place(left.service, false) {
                drawn.push(Arrow { from, to, kind: ArrowKind::Moved });
            }
        }
        Self { networks, boxes, arrows: drawn }
    }
}

/// Who needs what: links, and the targets of load balancers, where both are there.
fn needs(release: &Release) -> BTreeSet<(&str, &str)> {
    let index = Index::new(release);
    let all: Vec<&Service> = index.services.iter().map(|entry| entry.service).collect();
    let names: BTreeSet<&str> = all.iter().map(|service| service.name.as_str()).collect();
    let mut needs = BTreeSet::new();
    for service in all {
        let links = service.links.iter().map(|link| link.to.as_str());
        let routes: &[_] = match &service.kind {
            ServiceKind::LoadBalancer(balancer) => &balancer.routes,
            _ => &[],
        };
        let targets = links.chain(routes.iter().map(|route| route.service.as_str()));
        needs.extend(targets.filter(|to| names.contains(to)).map(|to| (service.name.as_str(), to)));
    }
    needs
}
