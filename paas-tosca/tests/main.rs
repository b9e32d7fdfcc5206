//! Tests of the crate from outside, as one program.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod clone;
mod codes;
mod compose;
mod csar;
mod editor;
mod executor;
mod export;
mod host_names;
mod imports;
mod limits;
mod nested;
mod policy;
mod profile_page;
mod reader;
mod render;
mod scaling_file;
mod strings;
mod templates;
