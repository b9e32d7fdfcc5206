//! The tree.

use super::{
    scalar::{Plain, Style},
    text::SourceText,
};
use paas_core::diagnostic::Place;
use std::fmt;

/// A YAML document in an arena.
///
/// ```
/// use paas_tosca::{Limits, Source, yaml};
///
/// let source = Source::new("t.yaml", "ports: [80, 443]");
/// let loaded = yaml::load(&source, &Limits::default());
/// let tree = loaded.tree.unwrap();
/// let ports = tree.root().get("ports").unwrap();
/// assert_eq!(ports.items().map(|port| port.text().unwrap()).collect::<Vec<_>>(), ["80", "443"]);
/// assert_eq!(ports.place().to_string(), "t.yaml:1:8");
/// ```
#[derive(Debug)]
pub struct Tree {
    pub(super) source: SourceText,
    pub(super) nodes: Vec<Node>,
    /// The children of lists, and of maps as key, value, key, value.
    pub(super) children: Vec<NodeId>,
    /// Text of scalars that does not stand in the source as it is: escapes, folded lines.
    pub(super) strings: String,
    pub(super) root: NodeId,
    /// Which of the files that are read together it is.
    pub(super) file: FileId,
    /// How many values came by following aliases.
    pub(super) expanded: usize,
    /// How many children stand in the text; more came by copies.
    pub(super) own_children: usize,
}

/// Which of the files that are read together a tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FileId(pub(crate) u32);

impl FileId {
    /// The template itself.
    pub(crate) const TEMPLATE: Self = Self(0);
    /// Any of the files that are built in.
    pub(crate) const BUILT_IN: Self = Self(u32::MAX);
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NodeId(pub(super) u32);

/// 20 bytes: a value costs little more than its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where its text or its children begin.
    pub(super) first: u32,
    /// How many bytes or children there are.
    pub(super) len: u32,
    pub(super) data: Data,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Data {
    /// Text from the source.
    Source(Style),
    /// Text from [`Tree::strings`].
    Owned(Style),
    Sequence,
    Mapping,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A single value.
    Scalar,
    /// A list.
    Sequence,
    /// A map.
    Mapping,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scalar => "a single value",
            Self::Sequence => "a list",
            Self::Mapping => "a map",
        })
    }
}

impl Tree {
    /// The document's value.
    pub fn root(&self) -> NodeRef<'_> {
        NodeRef { tree: self, id: self.root }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The same as another of the files that are read together; without this it is the template itself.
    pub(crate) fn in_file(mut self, file: FileId) -> Self {
        self.file = file;
        self
    }

    /// How many values came by following aliases.
    pub(crate) fn expanded(&self) -> usize {
        self.expanded
    }

    pub(super) fn node(&self, id: NodeId) -> Node {
        const NOTHING: Node = Node { start: 0, end: 0, first: 0, len: 0, data: Data::Source(Style::Plain) };
        self.nodes.get(id.0 as usize).copied().unwrap_or(NOTHING)
    }

    fn children(&self, node: Node) -> &[NodeId] {
        self.children.get(node.first as usize..(node.first + node.len) as usize).unwrap_or_default()
    }
}

/// A value of a [`Tree`].
#[derive(Clone, Copy)]
pub struct NodeRef<'t> {
    pub(super) tree: &'t Tree,
    pub(super) id: NodeId,
}

impl<'t> NodeRef<'t> {
    fn node(self) -> Node {
        self.tree.node(self.id)
    }

    /// The root of its tree.
    pub fn root(self) -> Self {
        self.tree.root()
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        match self.node().data {
            Data::Source(_) | Data::Owned(_) => Kind::Scalar,
            Data::Sequence => Kind::Sequence,
            Data::Mapping => Kind::Mapping,
        }
    }

    /// The text of a scalar, as it was written but for quotes, escapes and folding.
    pub fn text(self) -> Option<&'t str> {
        let node = self.node();
        let text = match node.data {
            Data::Source(_) => self.tree.source.text(),
            Data::Owned(_) => &self.tree.strings,
            Data::Sequence | Data::Mapping => return None,
        };
        Some(text.get(node.first as usize..(node.first + node.len) as usize).unwrap_or_default())
    }

    /// Whether it is a scalar of this text. Most that it is asked of differ in length, which is quick to see.
    pub(crate) fn says(self, text: &str) -> bool {
        self.node().len as usize == text.len() && self.text() == Some(text)
    }

    /// How a scalar was written.
    pub fn style(self) -> Option<Style> {
        match self.node().data {
            Data::Source(style) | Data::Owned(style) => Some(style),
            Data::Sequence | Data::Mapping => None,
        }
    }

    /// What an unquoted scalar stands for; quoted ones are always strings.
    pub fn plain(self) -> Option<Plain> {
        let text = self.text()?;
        Some(if self.style() == Some(Style::Plain) { Plain::of(text) } else { Plain::String })
    }

    /// Whether it is a scalar that says nothing (`~`, `null` or nothing at all).
    pub fn is_null(self) -> bool {
        self.plain() == Some(Plain::Null)
    }

    /// The items of a list; nothing for anything else.
    pub fn items(self) -> Items<'t> {
        let node = self.node();
        let children = if node.data == Data::Sequence { self.tree.children(node) } else { &[] };
        Items { tree: self.tree, children: children.iter() }
    }

    /// The entries of a map, keys and values; nothing for anything else.
    pub fn entries(self) -> Entries<'t> {
        let node = self.node();
        let children = if node.data == Data::Mapping { self.tree.children(node) } else { &[] };
        Entries { tree: self.tree, children: children.chunks_exact(2) }
    }

    /// The entries of a map that was left out.
    pub(crate) fn no_entries(self) -> Entries<'t> {
        Entries { tree: self.tree, children: [].chunks_exact(2) }
    }

    /// The value of a key of a map.
    pub fn get(self, key: &str) -> Option<Self> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The key and the value of a key of a map.
    pub fn entry(self, key: &str) -> Option<(Self, Self)> {
        self.entries().find(|(name, _)| name.says(key))
    }

    /// The only entry of a map that has just one.
    pub fn only_entry(self) -> Option<(Self, Self)> {
        let mut entries = self.entries();
        let first = entries.next()?;
        entries.next().is_none().then_some(first)
    }

    /// Where it stands, from its first to its last character.
    pub fn place(self) -> Place {
        let node = self.node();
        self.tree.source.place(node.start, node.end)
    }

    /// The file that it stands in. Names mean what they mean there.
    pub(crate) fn file(self) -> FileId {
        self.tree.file
    }

    /// What tells it from all other values, as long as its tree lives.
    pub(crate) fn key(self) -> (usize, u32) {
        (std::ptr::from_ref(self.tree).addr(), self.id.0)
    }

    /// Whether both are the very same value of the same tree.
    pub fn is(self, other: Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id
    }
}

impl fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NodeRef({} at {})", self.kind(), self.place())
    }
}

/// The items of a list.
#[derive(Clone)]
pub struct Items<'t> {
    tree: &'t Tree,
    children: std::slice::Iter<'t, NodeId>,
}

impl<'t> Iterator for Items<'t> {
    type Item = NodeRef<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        self.children.next().map(|&id| NodeRef { tree: self.tree, id })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.children.size_hint()
    }
}

impl ExactSizeIterator for Items<'_> {}

/// The entries of a map.
#[derive(Clone)]
pub struct Entries<'t> {
    tree: &'t Tree,
    children: std::slice::ChunksExact<'t, NodeId>,
}

impl<'t> Iterator for Entries<'t> {
    type Item = (NodeRef<'t>, NodeRef<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        match self.children.next()? {
            &[key, value] => {
                Some((NodeRef { tree: self.tree, id: key }, NodeRef { tree: self.tree, id: value }))
            }
            _ => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.children.size_hint()
    }
}

impl ExactSizeIterator for Entries<'_> {}
