//! What a release is rendered as.

pub(crate) mod arbitrary;
mod expected;
mod load_balancers;
mod passed;
pub(crate) mod reading;
mod releases;
mod rules;
mod schema;
mod snapshots;
mod values;
