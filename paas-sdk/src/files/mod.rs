//! Templates from disk, translations to disk.
//!
//! - [`read_template`] reads a regular file of bounded size, whatever stands at the path; [`open_template`] an archive
//!   too, and what is imported with it.
//! - [`Folder`] gives the files that templates import: those below a folder, and nothing outside of it.
#![cfg_attr(feature = "platform", doc = "- [`read_tenant`] does the same with a tenant file.")]
#![cfg_attr(
    feature = "platform",
    doc = "- [`read_secrets`] reads the values of secret inputs, and shows none."
)]
//! - [`read_stack`] reads the compose files of a stack, [`read_answers`] the answers to what they ask.
//! - [`read_release`] reads a release that was written; [`find_release`] and [`parse_release`] tell one from a
//!   template.
//! - [`read_mapping`] reads what a clone is made by; [`write_clone`] and [`write_clone_folder`] write one.
//! - [`write_translation`] writes all files of a translation or none, and never over what it did not write itself.

mod clone;
mod contents;
mod disk;
mod folder;
mod manifest;
mod mapping;
mod nonblocking;
mod open;
mod policy;
mod read;
mod release;
#[cfg(feature = "platform")]
mod secrets;
mod stack;
mod survey;
#[cfg(feature = "platform")]
mod tenant;
mod transaction;
mod write;

pub use clone::{write_clone, write_clone_folder};
pub use folder::Folder;
pub use mapping::{MappingSource, read_mapping};
pub use open::{Template, open_template};
pub use policy::{PolicySource, read_policy};
pub use read::read_template;
pub use release::{find_release, parse_release, read_release};
#[cfg(feature = "platform")]
pub use secrets::read_secrets;
pub use stack::{is_stack, read_answers, read_stack};
#[cfg(feature = "platform")]
pub use tenant::{TenantSource, read_tenant};
pub use write::{Overwrite, Written, write_translation};

use std::{io, path::Path};

/// What the operating system says, in the style of our messages.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A path as the name of a place.
fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
