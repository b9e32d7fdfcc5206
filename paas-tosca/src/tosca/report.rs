//! Where the checks put what they find.

use paas_core::diagnostic::{self, Code, Diagnostic, Diagnostics};
use std::cell::{Cell, RefCell};

use super::versions::Version;
use crate::yaml::{Kind, NodeRef};

/// Collects diagnostics, within limits: a template of nothing but mistakes must not cost more than others.
#[derive(Debug)]
pub(crate) struct Report {
    list: RefCell<Diagnostics>,
    /// How many names may still be compared for "did you mean".
    comparisons: Cell<usize>,
    /// What may still be spent on values: see [`Report::spend`].
    work: Cell<usize>,
    /// How many values may still come from defaults.
    defaults: Cell<usize>,
    /// How many targets policies may still have.
    targets: Cell<usize>,
    /// How many values templates that stand for nodes may still have.
    nested: Cell<usize>,
    /// How many values the present one is inside of.
    depth: Cell<usize>,
    /// How many definitions types may still inherit.
    inherited: Cell<usize>,
    /// Bytes that compiled patterns may still take.
    patterns: Cell<usize>,
    /// Whether an error is among the diagnostics.
    has_error: Cell<bool>,
    /// The version that the template says it is of.
    version: Cell<Version>,
}

/// More diagnostics than this help nobody.
const MOST: usize = 10_000;
/// Longer sentences help nobody either, and a name of a megabyte can be in very many of them.
const LONGEST_WORDS: usize = 1_000;
/// Comparing two short names costs about a microsecond.
const COMPARISONS: usize = 100_000;
/// What it may cost to read and check values, with functions and aliases followed: one for a value, one for a constraint
/// on a value, and more where a text or list is long. Real templates stay far below.
const WORK: usize = 10_000_000;
/// Defaults of nested types multiply.
const DEFAULTS: usize = 1_000_000;
/// Policies of large groups multiply their members.
const TARGETS: usize = 100_000;
/// Templates that stand for nodes are counted as often as they do.
const NESTED: usize = 300_000;
/// Values inside values, whoever asks for them. Each takes some of the stack, and there may be just a megabyte of it.
const DEEPEST: usize = 200;
/// Types that inherit from types with many properties multiply them.
const INHERITED: usize = 300_000;
/// A pattern of a few characters can take a megabyte when it is compiled, and milliseconds.
const PATTERNS: usize = 64 << 20;

impl Report {
    pub(crate) fn new() -> Self {
        Self {
            list: RefCell::default(),
            comparisons: Cell::new(COMPARISONS),
            work: Cell::new(WORK),
            defaults: Cell::new(DEFAULTS),
            targets: Cell::new(TARGETS),
            nested: Cell::new(NESTED),
            depth: Cell::new(0),
            inherited: Cell::new(INHERITED),
            patterns: Cell::new(PATTERNS),
            has_error: Cell::new(false),
            version: Cell::new(Version::V1_3),
        }
    }

    /// The version that the template says it is of; the latest if it says none.
    pub(super) fn version(&self) -> Version {
        self.version.get()
    }

    pub(super) fn set_version(&self, version: Version) {
        self.version.set(version);
    }

    pub(crate) fn push(&self, mut diagnostic: Diagnostic) {
        // The first error is never one too many: without it the template would pass for right.
        let is_first_error = diagnostic.is_error() && !self.has_error.get();
        if self.is_full() && !is_first_error {
            return;
        }
        self.has_error.set(self.has_error.get() || is_first_error);
        for words in std::iter::once(&mut diagnostic.message).chain(&mut diagnostic.help) {
            shorten(words);
            keep_on_one_line(words);
        }
        self.list.borrow_mut().push(diagnostic);
    }

    /// Whether so much was found that nothing more is told.
    pub(super) fn is_full(&self) -> bool {
        self.list.borrow().len() >= MOST
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
        let left = Cell::new(self.comparisons.get());
        let affordable = candidates.into_iter().take_while(|candidate| {
            // The time grows with the product of the lengths; ordinary names count as one.
            let cost = 1 + name.len().min(128) * candidate.len().min(128) / 256;
            let enough = left.get() > 0;
            left.set(left.get().saturating_sub(cost));
            enough
        });
        let found = diagnostic::did_you_mean(name, affordable);
        self.comparisons.set(left.get());
        found
    }

    /// Pays for looking for names from what is there for "did you mean"; `false`: nothing is left of it.
    pub(super) fn afford(&self, cost: usize) -> bool {
        let left = self.comparisons.get();
        self.comparisons.set(left.saturating_sub(cost));
        left > 0
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

    /// Pays for work at a node; `false`: there was too much of it, which is told once.
    pub(crate) fn spend(&self, node: NodeRef<'_>, cost: usize) -> bool {
        self.pay(&self.work, node, cost, "the values of this template are too many to be checked")
    }

    /// Counts a value that comes from a default; `false`: there were too many, which is told once.
    pub(super) fn count_default(&self, node: NodeRef<'_>) -> bool {
        self.pay(&self.defaults, node, 1, "the defaults of this template's types multiply each other")
    }

    /// Counts a target of a policy; `false`: there were too many, which is told once.
    pub(super) fn count_target(&self, node: NodeRef<'_>) -> bool {
        self.pay(&self.targets, node, 1, "the policies of this template have too many targets")
    }

    /// Counts the values of a template that stands for a node; `false`: there were too many, which is told once.
    pub(super) fn count_nested(&self, node: NodeRef<'_>, values: usize) -> bool {
        self.pay(&self.nested, node, values, "the templates that stand for nodes multiply each other")
    }

    fn pay(&self, purse: &Cell<usize>, node: NodeRef<'_>, cost: usize, message: &str) -> bool {
        let Some(left) = purse.get().checked_sub(cost).filter(|left| *left > 0) else {
            if purse.replace(0) > 0 {
                // Not with what is left out when much was found: something is missing from here on.
                let diagnostic = Diagnostic::new(Code::TooManyNodes, message).at(node.place());
                self.has_error.set(true);
                self.list.borrow_mut().push(diagnostic);
            }
            return false;
        };
        purse.set(left);
        true
    }

    /// Goes into a value, and afterwards out of it; `None`: too deep, which is told.
    pub(super) fn inside<T>(&self, node: NodeRef<'_>, read: impl FnOnce() -> T) -> Option<T> {
        let depth = self.depth.get();
        if depth >= DEEPEST {
            self.at(
                Code::TooDeep,
                node,
                format!("more than {DEEPEST} values inside each other, by functions and defaults"),
            );
            return None;
        }
        self.depth.set(depth + 1);
        let result = read();
        self.depth.set(depth);
        Some(result)
    }

    /// Counts definitions that a type inherits; `false` when there were too many.
    pub(super) fn count_inherited(&self, count: usize) -> bool {
        let left = self.inherited.get();
        self.inherited.set(left.saturating_sub(count));
        left >= count
    }

    /// Counts the memory of a compiled pattern; `false` when there was too much.
    pub(super) fn count_pattern(&self, bytes: usize) -> bool {
        let left = self.patterns.get();
        self.patterns.set(left.saturating_sub(bytes));
        left >= bytes
    }

    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        self.list.into_inner()
    }
}

fn shorten(words: &mut String) {
    if words.len() > LONGEST_WORDS {
        let end = (0..=LONGEST_WORDS).rev().find(|&at| words.is_char_boundary(at));
        words.truncate(end.unwrap_or(0));
        words.push('…');
    }
}

/// Names of a template stand in messages, and can hold anything.
fn keep_on_one_line(words: &mut String) {
    if words.contains(char::is_control) {
        let escaped = |c: char| if c.is_control() { c.escape_debug().to_string() } else { c.into() };
        *words = words.chars().map(escaped).collect();
    }
}
