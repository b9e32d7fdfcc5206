//! Entries of the journal and messages of the outbox.

use super::{Epoch, Topic, record::Size};
use crate::seam::Timestamp;
use std::fmt;

/// One entry of a stream of the journal.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The stream: an operation's id.
    pub stream: String,
    /// Its place: 1, 2, 3, …, without a gap.
    pub number: u64,
    /// Of the fence that it was written with.
    pub epoch: Epoch,
    /// When, by the store's clock.
    pub at: Timestamp,
    /// What is kept. The store does not look into it.
    pub bytes: Vec<u8>,
}

impl Entry {
    /// For stores: an entry as it was kept.
    pub const fn new(stream: String, number: u64, epoch: Epoch, at: Timestamp, bytes: Vec<u8>) -> Self {
        Self { stream, number, epoch, at, bytes }
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("stream", &self.stream)
            .field("number", &self.number)
            .field("epoch", &self.epoch)
            .field("at", &self.at)
            .field("bytes", &Size(self.bytes.len()))
            .finish()
    }
}

/// One message of the outbox.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// Where it goes.
    pub topic: Topic,
    /// Higher is later, over all topics; none comes twice. Whoever receives messages can know doubled ones by it.
    pub id: u64,
    /// Of the fence that it was written with.
    pub epoch: Epoch,
    /// When, by the store's clock.
    pub at: Timestamp,
    /// What is to be told. The store does not look into it.
    pub bytes: Vec<u8>,
}

impl Message {
    /// For stores: a message as it was kept.
    pub const fn new(topic: Topic, id: u64, epoch: Epoch, at: Timestamp, bytes: Vec<u8>) -> Self {
        Self { topic, id, epoch, at, bytes }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("topic", &self.topic)
            .field("id", &self.id)
            .field("epoch", &self.epoch)
            .field("at", &self.at)
            .field("bytes", &Size(self.bytes.len()))
            .finish()
    }
}
