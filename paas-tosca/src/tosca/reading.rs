//! What all topologies of a document are read with: that of the template, and those that stand for nodes.

use super::{document::Mode, imports::Files, library::Library, report::Report};
use crate::yaml::{FileId, NodeRef};
use elsa::FrozenVec;
use rustc_hash::FxHashSet;
use std::cell::{Cell, RefCell};

/// Names of nodes and policies of templates that stand for nodes: `shop-db` for the `db` of what stands for `shop`.
#[derive(Default)]
pub(crate) struct Names(FrozenVec<String>);

impl Names {
    pub(super) fn add(&self, name: String) -> &str {
        self.0.push_get(name)
    }
}

/// What topologies are read with.
pub(super) struct Reading<'c, 't> {
    pub(super) files: &'t Files,
    pub(super) library: &'c Library<'t>,
    pub(super) report: &'c Report,
    pub(super) names: &'t Names,
    /// The files whose topologies were read.
    read: RefCell<FxHashSet<FileId>>,
    /// The index of the next node.
    next: Cell<usize>,
}

impl<'c, 't> Reading<'c, 't> {
    pub(super) fn new(
        files: &'t Files,
        library: &'c Library<'t>,
        report: &'c Report,
        names: &'t Names,
    ) -> Self {
        let read = RefCell::new(FxHashSet::from_iter([FileId::TEMPLATE]));
        Self { files, library, report, names, read, next: Cell::new(0) }
    }

    /// The index of the first of some nodes, which no other topology has.
    pub(super) fn number(&self, nodes: usize) -> usize {
        self.next.replace(self.next.get() + nodes)
    }

    /// Notes that a file stands for a node; `false`: too much does, which is told once.
    pub(super) fn enter(&self, file: FileId, at: NodeRef<'t>) -> bool {
        self.read.borrow_mut().insert(file);
        self.report.count_nested(at, self.files.size(file))
    }

    /// The files whose topologies stand for no node.
    pub(super) fn unread(&self) -> Vec<NodeRef<'t>> {
        let read = self.read.borrow();
        self.files.roots().filter(|root| !read.contains(&root.file())).collect()
    }
}

/// What a topology is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is that of the template.
    Template(Mode),
    /// It stands for a node.
    Nested,
    /// It could stand for nodes, and stands for none.
    Alone,
}

impl Role {
    /// Whether what `substitution_mappings` hand on to the node that is stood for may be missing.
    pub(super) fn is_open(self) -> bool {
        !matches!(self, Self::Template(Mode::Translate))
    }
}
