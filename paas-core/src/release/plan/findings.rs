//! Problems while they are gathered.

use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};

/// How many names all "did you mean" together may compare: an application with very many mistakes gets no more of them.
const COMPARISONS: usize = 1 << 16;

/// Problems, and what is left for suggestions.
pub(super) struct Findings {
    diagnostics: Diagnostics,
    comparisons: usize,
}

impl Default for Findings {
    fn default() -> Self {
        Self { diagnostics: Diagnostics::default(), comparisons: COMPARISONS }
    }
}

impl Findings {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn extend(&mut self, diagnostics: Diagnostics) {
        self.diagnostics.extend(diagnostics);
    }

    /// All, in the order of their places.
    pub(super) fn sorted(mut self) -> Diagnostics {
        self.diagnostics.sort();
        self.diagnostics
    }

    /// A help line that names the nearest candidate.
    pub(super) fn did_you_mean<'a>(
        &mut self,
        name: &str,
        candidates: impl Iterator<Item = &'a str>,
    ) -> Option<String> {
        let left = &mut self.comparisons;
        let compared = candidates.take_while(|_| {
            let enough = *left > 0;
            *left = left.saturating_sub(1);
            enough
        });
        did_you_mean(name, compared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_mistakes_get_no_more_suggestions() {
        let mut findings = Findings::default();
        let mut suggestion = || findings.did_you_mean("ledgr", std::iter::once("ledger"));
        assert_eq!(suggestion().as_deref(), Some("did you mean `ledger`?"));
        let suggestions = (1..2 * COMPARISONS).filter_map(|_| suggestion()).count();
        assert_eq!(suggestions, COMPARISONS - 1);
    }
}
