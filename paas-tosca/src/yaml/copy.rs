//! Maps that are laid over copies of others.

use super::tree::{Data, Node, NodeId, NodeRef, Tree};
use rustc_hash::FxHashMap;

/// So many children all copies together may add.
const MOST: usize = 1_000_000;

impl Tree {
    /// Lays an entry of a map of maps over another entry of it: what it lacks it has from there, and so have maps inside
    /// of it, but for those that are whole. `map` is the key of the map, the others count its entries.
    pub(crate) fn lay_over(&mut self, map: u32, own: usize, base: usize, is_whole: fn(NodeRef<'_>) -> bool) {
        if self.children.len() > self.own_children + MOST {
            return;
        }
        let first = self.node(NodeId(map)).first as usize;
        let slot = |entry: usize| first + 2 * entry + 1;
        let children = (self.children.get(slot(own)).copied(), self.children.get(slot(base)).copied());
        let (Some(own_id), Some(base_id)) = children else { return };
        let merged = self.merged(own_id, base_id, is_whole);
        if let Some(child) = self.children.get_mut(slot(own)) {
            *child = merged;
        }
    }

    fn merged(&mut self, own: NodeId, base: NodeId, is_whole: fn(NodeRef<'_>) -> bool) -> NodeId {
        let (node, other) = (self.node(own), self.node(base));
        if (NodeRef { tree: self, id: own }).is_null() {
            return base;
        }
        let are_maps = node.data == Data::Mapping && other.data == Data::Mapping;
        if !are_maps || [own, base].into_iter().any(|id| is_whole(NodeRef { tree: self, id })) {
            return own;
        }
        let pairs = |tree: &Self, node: Node| -> Vec<(NodeId, NodeId)> {
            let children = tree.children.get(node.first as usize..(node.first + node.len) as usize);
            children.unwrap_or_default().chunks_exact(2).filter_map(pair).collect()
        };
        let (mine, theirs) = (pairs(self, node), pairs(self, other));
        let named = |tree: &Self, pairs: &[(NodeId, NodeId)]| -> FxHashMap<String, NodeId> {
            let text = |id| NodeRef { tree, id }.text().unwrap_or_default().to_owned();
            pairs.iter().map(|&(key, value)| (text(key), value)).collect()
        };
        let (by_name, under) = (named(self, &mine), named(self, &theirs));
        let text = |tree: &Self, id| NodeRef { tree, id }.text().unwrap_or_default().to_owned();
        let mut all = Vec::with_capacity(2 * (mine.len() + theirs.len()));
        for &(key, value) in &mine {
            let under = under.get(&text(self, key)).copied();
            let value = under.map_or(value, |under| self.merged(value, under, is_whole));
            all.extend([key, value]);
        }
        for &(key, value) in &theirs {
            if !by_name.contains_key(&text(self, key)) {
                all.extend([key, value]);
            }
        }
        let offset = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let first = offset(self.children.len());
        let id = NodeId(offset(self.nodes.len()));
        self.nodes.push(Node { first, len: offset(all.len()), ..node });
        self.children.extend(all);
        id
    }
}

fn pair(ids: &[NodeId]) -> Option<(NodeId, NodeId)> {
    match ids {
        &[key, value] => Some((key, value)),
        _ => None,
    }
}
