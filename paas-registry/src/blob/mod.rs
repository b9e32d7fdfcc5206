//! Blobs on their way.

mod bytes;
mod checkpoints;
mod look;
mod transfer;
mod trickle;

pub(crate) use transfer::Transfer;
