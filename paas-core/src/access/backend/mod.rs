//! The roles of backends: which one a role of ours is there, and what it may there.

mod harbor;
mod map;
mod rancher;

pub use harbor::{HarborRole, HarborRoles, Registry};
pub use map::{RoleMap, UnnamedWidening, Widening, WidensTooMuch};
pub use rancher::{RancherRole, RancherRoles};

use super::{Action, Actions, Kind};

/// What a role of a backend may do there, in the words of our model.
type Rights = &'static [(Kind, &'static [Action])];

/// What some rights hold for a kind.
fn actions_on(rights: Rights, kind: Kind) -> Actions {
    rights
        .iter()
        .filter(|(of, _)| *of == kind)
        .fold(Actions::NONE, |all, (_, more)| all.union(Actions::of(more)))
}
