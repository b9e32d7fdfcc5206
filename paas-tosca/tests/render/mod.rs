//! What a release is rendered as.

mod arbitrary;
mod expected;
mod load_balancers;
mod reading;
mod releases;
mod rules;
mod schema;
mod snapshots;
mod values;
