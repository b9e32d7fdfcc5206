//! What leads from one state to another, for pictures.

use super::{super::StateName, Case, Happens, ROWS, Sort, To, markdown::is_aside};

/// From one state to another, and what leads there.
pub(super) struct Arrow {
    /// Between which states; `None`: there is no record.
    pub(super) ends: (Option<StateName>, Option<StateName>),
    happens: Vec<(Happens, Vec<Case>)>,
}

impl Arrow {
    /// What leads there, each in a few words.
    pub(super) fn labels(&self) -> Vec<(Sort, &'static str)> {
        let mut labels = Vec::new();
        for (happens, cases) in &self.happens {
            let is_any = happens.cases().iter().all(|case| is_aside(*case) || cases.contains(case));
            let all = cases.iter().map(|case| if is_any { happens.title() } else { case.label(*happens) });
            for label in all.map(|label| (happens.sort(), label)) {
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
        }
        labels
    }
}

/// All of them, in the order of the table: each pair of states once.
pub(super) fn arrows() -> Vec<Arrow> {
    let mut arrows: Vec<Arrow> = Vec::new();
    for row in ROWS {
        let to = match row.to {
            To::State(state) => Some(state),
            To::Nothing => None,
            To::Stays | To::Refused => continue,
        };
        let froms: Vec<Option<StateName>> = match row.from {
            [] => vec![None],
            states => states.iter().copied().map(Some).collect(),
        };
        for ends in froms.into_iter().map(|from| (from, to)).filter(|(from, to)| from != to) {
            let index = arrows.iter().position(|arrow| arrow.ends == ends).unwrap_or_else(|| {
                arrows.push(Arrow { ends, happens: Vec::new() });
                arrows.len() - 1
            });
            let Some(Arrow { happens, .. }) = arrows.get_mut(index) else { continue };
            match happens.iter_mut().find(|(other, _)| *other == row.happens) {
                Some((_, cases)) => cases.push(row.case),
                None => happens.push((row.happens, vec![row.case])),
            }
        }
    }
    arrows
}
