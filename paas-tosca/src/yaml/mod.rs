//! YAML: a tree with places, made from events; and an emitter that quotes everything.
//!
//! [`Tree`] keeps every value with its first and last character, the scalar as it was written, and nothing twice:
//! text is read from the source where it stands there, an alias is the very node that it names. Reading is bounded
//! ([`Limits`](crate::Limits)); what YAML readers pass over in silence (duplicate keys, several documents) is a
//! diagnostic.

mod copy;
pub mod emit;
mod load;
mod merge;
mod scalar;
#[cfg(test)]
mod tests;
mod text;
mod tree;
pub(crate) mod write;

pub use emit::Emitter;
pub(crate) use load::load_last_wins;
pub use load::{Loaded, load};
pub use scalar::{Plain, Style};
pub(crate) use scalar::{boolean as scalar_boolean, float as scalar_float, integer as scalar_integer};
pub(crate) use text::PlacesIn;
pub(crate) use tree::FileId;
pub use tree::{Entries, Items, Kind, NodeRef, Tree};
