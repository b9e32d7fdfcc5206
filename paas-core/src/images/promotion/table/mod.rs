//! The one table of the promotion: what happens, when, and what becomes of an image.
//!
//! The documentation, the pictures and the tests are made from it; the tests hold [`step`](super::step()) against every
//! combination of it.
//!
//! ```
//! use paas_core::images::promotion::{
//!     StateName,
//!     table::{Case, Happens, To, row},
//! };
//!
//! let row = row(Some(StateName::Synced), Happens::ProductionSeen, Case::Differs).unwrap();
//! assert_eq!(row.to, To::State(StateName::PendingSync));
//! assert_eq!(row.effect, "the release still counts: it is copied again by the rule");
//! ```

mod arrows;
mod case;
mod markdown;
mod mermaid;
mod rows;
mod svg;

pub use case::{Case, Happens, Sort};
pub use markdown::{failures, markdown, states};
pub use mermaid::mermaid;
pub use rows::ROWS;
pub use svg::svg;

use super::StateName;

/// One row: what becomes of an image in some states, if something happens, in one case of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// What happens.
    pub happens: Happens,
    /// In which case of it.
    pub case: Case,
    /// In which states; none: there is no record of the image.
    pub from: &'static [StateName],
    /// What becomes of it.
    pub to: To,
    /// What else comes of it, for people; empty: nothing.
    pub effect: &'static str,
}

/// What becomes of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum To {
    /// It stays where it is.
    Stays,
    /// It is in this state.
    State(StateName),
    /// Its record is removed.
    Nothing,
    /// The command is refused; nothing has changed.
    Refused,
}

impl Row {
    /// Whether it is about an image in this state; `None`: about one that has no record.
    pub fn is_from(&self, state: Option<StateName>) -> bool {
        state.map_or(self.from.is_empty(), |state| self.from.contains(&state))
    }
}

/// The row about that; `None`: it cannot happen.
pub fn row(state: Option<StateName>, happens: Happens, case: Case) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.happens == happens && row.case == case && row.is_from(state))
}
