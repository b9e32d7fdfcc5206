//! The client of registries, against servers that are functions or play tricks.

pub(crate) mod memory;
