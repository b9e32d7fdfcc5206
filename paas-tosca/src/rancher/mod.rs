//! Renders a release as the files that Rancher's compose executor takes.

mod compose;

pub use compose::{PartFiles, render};
