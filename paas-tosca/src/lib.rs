//! TOSCA Simple Profile templates in, checked; Rancher's `docker-compose.yml` and `rancher-compose.yml` out.

mod check;
mod profile;
pub mod rancher;
mod source;
mod tosca;
pub mod yaml;

pub use check::{Checked, Options, Translation, check, translate};
pub use source::{Limits, Source, builtin_text};
