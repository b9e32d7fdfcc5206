//! Maps that are laid over copies of others.

use super::tree::{Data, Node, NodeId, NodeRef, Tree};

/// So many children all copies together may add.
const MOST: usize = 1_000_000;

impl Tree {
    /// Lays an entry of a map, which is a map itself, over another entry of it: what it lacks it has from there, and so
    /// have maps inside of it, but for those that are whole.
    pub(crate) fn lay_over(&mut self, map: u32, name: &str, source: &str, is_whole: fn(NodeRef<'_>) -> bool) {
        let map = self.node(NodeId(map));
        if self.children.len() > self.own_children + MOST {
            return;
        }
        let find = |tree: &Self, name: &str| {
            let place = (map.first..map.first + map.len).step_by(2).find(|&at| {
                let key = tree.children.get(at as usize);
                key.is_some_and(|&id| NodeRef { tree, id }.text() == Some(name))
            })?;
            Some((place + 1, *tree.children.get(place as usize + 1)?))
        };
        let (Some((place, own)), Some((_, base))) = (find(self, name), find(self, source)) else { return };
        let merged = self.merged(own, base, is_whole);
        if let Some(slot) = self.children.get_mut(place as usize) {
            *slot = merged;
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
        let same = |tree: &Self, one: NodeId, two: NodeId| {
            NodeRef { tree, id: one }.text() == NodeRef { tree, id: two }.text()
        };
        let mut all = Vec::with_capacity(2 * (mine.len() + theirs.len()));
        for &(key, value) in &mine {
            let under = theirs.iter().find(|(other, _)| same(self, key, *other)).map(|(_, value)| *value);
            let value = under.map_or(value, |under| self.merged(value, under, is_whole));
            all.extend([key, value]);
        }
        for &(key, value) in &theirs {
            if !mine.iter().any(|(own, _)| same(self, key, *own)) {
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
