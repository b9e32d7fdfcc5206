//! Attributes that say where a service is reached: host names, which whoever reads them finds by DNS.

use super::types::{NodeKind, Relation, Types};
use crate::tosca::{Attribute, Deferred, Document, Entity, Piece};
use paas_core::{application::Segment, diagnostic::Place};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// The attribute of a capability that is an endpoint.
const OF_ENDPOINTS: &str = "ip_address";
/// Those of a node. A public address is none: that is reached from outside, where nobody asks our DNS.
const OF_NODES: [&str; 2] = ["host_name", "private_address"];
/// So many nodes may be hosted on each other.
const MOST_HOSTS: usize = 8;

/// Which services attributes are about.
pub(super) struct Reached<'c, 't> {
    document: &'c Document<'t>,
    types: &'static Types,
    kinds: &'c [Option<NodeKind>],
    /// The container on each host, by their indices; `None`: there are several.
    hosted: OnceCell<FxHashMap<usize, Option<usize>>>,
}

impl<'c, 't> Reached<'c, 't> {
    pub(super) fn new(
        document: &'c Document<'t>,
        types: &'static Types,
        kinds: &'c [Option<NodeKind>],
    ) -> Self {
        Self { document, types, kinds, hosted: OnceCell::new() }
    }

    /// The name of the service whose address an attribute is.
    pub(super) fn service(&self, attribute: &Attribute<'_>) -> Option<String> {
        let Entity::Node(index, _) = attribute.entity else { return None };
        let is_address = match attribute.capability {
            Some(capability) => attribute.name == OF_ENDPOINTS && self.is_endpoint(index, capability),
            None => OF_NODES.contains(&attribute.name),
        };
        if !is_address || !attribute.path.is_empty() {
            return None;
        }
        let service = match self.kinds.get(index).copied().flatten()? {
            NodeKind::Host => (*self.hosted().get(&index)?)?,
            kind if kind.is_service() => index,
            _ => return None,
        };
        Some(self.document.topology.nodes.get(service)?.name.to_owned())
    }

    fn is_endpoint(&self, node: usize, capability: &str) -> bool {
        let library = &self.document.library;
        let ty = self.document.topology.nodes.get(node).and_then(|node| library.ty(node.ty?));
        let capability = ty.and_then(|ty| ty.capabilities.iter().find(|it| it.name == capability));
        capability.and_then(|it| it.ty).is_some_and(|ty| self.types.is_endpoint(library, ty))
    }

    fn hosted(&self) -> &FxHashMap<usize, Option<usize>> {
        self.hosted.get_or_init(|| {
            let nodes = &self.document.topology.nodes;
            let host = |index: usize| {
                let hosted_on =
                    |ty| self.types.relation(&self.document.library, ty) == Some(Relation::HostedOn);
                let mut links = nodes.get(index)?.requirements.iter();
                links.find(|link| link.relationship.is_some_and(hosted_on)).map(|link| link.target)
            };
            let mut hosted = FxHashMap::default();
            for (container, kind) in self.kinds.iter().enumerate() {
                if *kind != Some(NodeKind::Foreign) {
                    continue;
                }
                let below = std::iter::successors(host(container), |&below| host(below)).take(MOST_HOSTS);
                for host in below {
                    let only = hosted.entry(host).or_insert(Some(container));
                    *only = only.filter(|only| *only == container);
                }
            }
            hosted
        })
    }
}

/// The pieces of a text, if it holds nothing but text, secrets, and host names that `service` knows.
pub(super) fn segments(
    deferred: &Deferred<'_>,
    service: &dyn Fn(&Attribute<'_>) -> Option<String>,
    at: &Place,
) -> Option<Vec<Segment>> {
    let segment = |piece: &Piece<'_>| match piece {
        Piece::Known(segment) => Some(segment.clone()),
        Piece::Attribute(attribute) => {
            Some(Segment::Host { host_of: service(attribute)?, origin: at.clone().into() })
        }
        Piece::Output { .. }
        | Piece::Nodes(_)
        | Piece::Artifact { .. }
        | Piece::Token { .. }
        | Piece::Join { .. } => None,
    };
    deferred.pieces.iter().map(segment).collect()
}
