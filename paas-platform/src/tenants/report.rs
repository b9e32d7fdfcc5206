//! Where the checks put what they find.

use paas_core::diagnostic::{Diagnostic, Diagnostics};

/// More help nobody, and each may cost a comparison of names.
const MOST: usize = 1_000;
/// The problems of one file.
pub(super) struct Report {
    list: Diagnostics,
    told: usize,
}

impl Report {
    /// With what is known already.
    pub(super) fn new(list: Diagnostics) -> Self {
        Self { list, told: 0 }
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() {
            self.told += 1;
            self.list.push(diagnostic);
        }
    }

    /// Whether so much was found that nothing more is told.
    pub(super) fn is_full(&self) -> bool {
        self.told >= MOST
    }

    /// All of them, in the order of their places.
    pub(super) fn finish(mut self) -> Diagnostics {
        self.list.sort();
        self.list
    }
}
