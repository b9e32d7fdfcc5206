//! The command as people and scripts meet it: what it prints, what it leaves on the disk, how it ends.
#![allow(clippy::expect_used, clippy::panic, reason = "what only tests call may end a test")]

mod bad_input;
mod check;
mod clone;
mod decide;
mod diff;
mod explain;
mod export;
mod graph;
mod image;
mod import;
mod imports;
mod lint;
mod mall;
mod members;
mod platform;
mod policy;
mod readme;
mod sandbox;
mod scratch;
mod simulate;
mod translate;
mod usage;
mod zones;
