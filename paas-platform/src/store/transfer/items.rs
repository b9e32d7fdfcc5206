//! What is moved.

use super::super::{Entry, Epoch, Message, Record, Result, Version};

/// Takes items one by one; its error ends it.
pub type Sink = Box<dyn FnMut(Item) -> Result<()> + Send>;

/// Gives items one by one; an error ends it.
pub type Items = Box<dyn Iterator<Item = Result<Item>> + Send>;

/// A piece of all that a store holds. They come in the order of the variants, each kind in the order of its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Item {
    /// The highest version and message id that were ever given.
    Counters {
        /// The version.
        version: Version,
        /// The message id.
        message: u64,
    },
    /// A record.
    Record(Record),
    /// An entry of the journal.
    Entry(Entry),
    /// A message that is not acknowledged.
    Message(Message),
    /// How often a lease was taken. Who has it is not moved.
    Lease {
        /// Its name.
        name: String,
        /// Its epoch.
        epoch: Epoch,
    },
}

/// How much was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Records.
    pub records: u64,
    /// Entries of the journal.
    pub entries: u64,
    /// Messages of the outbox.
    pub messages: u64,
    /// Leases.
    pub leases: u64,
}

impl Counts {
    pub(super) fn count(&mut self, item: &Item) {
        let count = match item {
            Item::Counters { .. } => return,
            Item::Record(_) => &mut self.records,
            Item::Entry(_) => &mut self.entries,
            Item::Message(_) => &mut self.messages,
            Item::Lease { .. } => &mut self.leases,
        };
        *count = count.saturating_add(1);
    }
}
