//! Two Harbors: copies by replication, lists through Harbor, states as labels. They are sandboxes: no evidence of what a real
//! Harbor does.

mod endpoints;
mod labels;
mod lists;
mod replication;
mod requests;
mod trouble;
mod world;
