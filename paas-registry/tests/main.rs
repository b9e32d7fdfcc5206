//! The tests of the copier.

mod support;

mod attachments;
mod blobs;
mod breaks;
mod failures;
mod progress;
mod properties;
mod tags;
mod whole_images;
