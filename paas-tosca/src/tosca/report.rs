//! Where the checks put what they find.

use paas_core::diagnostic::{self, Code, Diagnostic, Diagnostics};
use std::cell::{Cell, RefCell};

use crate::yaml::{Kind, NodeRef};

/// Collects diagnostics, within limits: a template of nothing but mistakes must not cost more than others.
#[derive(Debug)]
pub(crate) struct Report {
    list: RefCell<Diagnostics>,
    /// How many names may still be compared for "did you mean".
    comparisons: Cell<usize>,
    /// How many values may still be read.
    values: Cell<usize>,
    /// How many definitions types may still inherit.
    inherited: Cell<usize>,
}

/// More diagnostics than this help nobody.
const MOST: usize = 10_000;
/// Comparing two names costs about a microsecond.
const COMPARISONS: usize = 100_000;
/// Defaults of nested types multiply; real templates stay far below.
const VALUES: usize = 20_000_000;
/// Types that inherit from types with many properties multiply them.
const INHERITED: usize = 300_000;

impl Report {
    pub(crate) fn new() -> Self {
        Self {
            list: RefCell::default(),
            comparisons: Cell::new(COMPARISONS),
            values: Cell::new(VALUES),
            inherited: Cell::new(INHERITED),
        }
    }

    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        let mut list = self.list.borrow_mut();
        if list.len() < MOST {
            list.push(diagnostic);
        }
    }

    /// A problem at a node.
    pub(crate) fn at(&self, code: Code, node: NodeRef<'_>, message: impl Into<String>) {
        self.push(Diagnostic::new(code, message).at(node.place()));
    }

    /// A problem at a node, with help.
    pub(crate) fn help(
        &self,
        code: Code,
        node: NodeRef<'_>,
        message: impl Into<String>,
        help: impl Into<Option<String>>,
    ) {
        self.push(Diagnostic::new(code, message).at(node.place()).maybe_help(help.into()));
    }

    /// "did you mean", as long as there is budget for it.
    pub(crate) fn suggest<'a>(
        &self,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let left = self.comparisons.get();
        let mut used = 0;
        let found = diagnostic::did_you_mean(
            name,
            candidates.into_iter().take(left).inspect(|_| {
                used += 1;
            }),
        );
        self.comparisons.set(left.saturating_sub(used));
        found
    }

    /// Says that a node should be of another kind; gives whether it is of the right one.
    pub(crate) fn expect(&self, node: NodeRef<'_>, kind: Kind, what: &str) -> bool {
        if node.kind() == kind {
            return true;
        }
        // What is left out entirely is an empty map or list to many writers, and harmless.
        if node.is_null() && kind != Kind::Scalar {
            return false;
        }
        let found = if node.is_null() { "nothing".to_owned() } else { node.kind().to_string() };
        self.at(Code::WrongShape, node, format!("{what} is {kind}, but here is {found}"));
        false
    }

    /// Counts a value that is read; `false` when there were too many.
    pub(super) fn count_value(&self) -> bool {
        let left = self.values.get();
        self.values.set(left.saturating_sub(1));
        left > 0
    }

    /// Counts definitions that a type inherits; `false` when there were too many.
    pub(super) fn count_inherited(&self, count: usize) -> bool {
        let left = self.inherited.get();
        self.inherited.set(left.saturating_sub(count));
        left >= count
    }

    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        self.list.into_inner()
    }
}
