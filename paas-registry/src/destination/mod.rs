//! What is known of registries, shared by all copies of a copier.

mod flights;
mod homes;
mod known;

pub(crate) use flights::{Entry, Key, Lead, Waiting};
pub(crate) use known::{Answer, Known, Registries};
