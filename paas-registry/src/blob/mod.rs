//! Blobs on their way.

mod bytes;
mod checkpoints;
mod look;
mod transfer;

pub(crate) use transfer::Transfer;
