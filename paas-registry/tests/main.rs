//! The tests of the copier, against registries in this process and real ones.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

mod support;

mod attachments;
mod blobs;
mod breaks;
mod cut_blobs;
mod failures;
mod progress;
mod properties;
mod real_registry;
mod tags;
mod whole_images;
