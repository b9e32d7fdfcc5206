//! What a store takes in must be what a store could have held.

use super::super::{Epoch, Result, StoreError, Version, limits, name};
use super::{Item, Items};

/// Passes items on as long as they are in order and agree with the counters.
pub(in super::super) struct Checked {
    items: Items,
    counters: Option<(Version, u64)>,
    last: Place,
}

/// Where an item stands among all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Start,
    Record(String, String),
    Entry(String, u64),
    Message(String, u64),
    Lease(String),
}

impl Checked {
    pub(in super::super) const fn new(items: Items) -> Self {
        Self { items, counters: None, last: Place::Start }
    }

    fn check(&mut self, item: &Item) -> Result<()> {
        let Some((version, message)) = self.counters else {
            let Item::Counters { version, message } = item else {
                return Err(StoreError::invalid("the counters do not come first"));
            };
            // Databases keep signed numbers.
            if i64::try_from(version.0.max(*message)).is_err() {
                return Err(StoreError::invalid("a counter is too high"));
            }
            self.counters = Some((*version, *message));
            return Ok(());
        };
        match item {
            Item::Counters { .. } => return Err(StoreError::invalid("the counters come twice")),
            Item::Record(record) => {
                within("version", record.version.0, version.0)?;
                record.kind.check()?;
                name::check_text("key", &record.key)?;
                small(item, record.bytes.len(), limits::MAX_RECORD)?;
            }
            Item::Entry(entry) => {
                name::check_text("stream", &entry.stream)?;
                small(item, entry.bytes.len(), limits::MAX_ENTRY)?;
            }
            Item::Message(told) => {
                within("message", told.id, message)?;
                told.topic.check()?;
                small(item, told.bytes.len(), limits::MAX_ENTRY)?;
            }
            Item::Lease { name, .. } => name::check_text("lease", name)?,
        }
        let (place, epoch, at) = place(item);
        within("epoch", epoch.0, i64::MAX.unsigned_abs())?;
        within("time", at, i64::MAX.unsigned_abs())?;
        self.in_order(&place)?;
        self.last = place;
        Ok(())
    }

    fn in_order(&self, place: &Place) -> Result<()> {
        if *place <= self.last {
            return Err(StoreError::invalid("an item is out of order, or comes twice"));
        }
        if let Place::Entry(stream, number) = place {
            let next = match &self.last {
                Place::Entry(last, number) if last == stream => number.saturating_add(1),
                _ => 1,
            };
            if *number != next {
                return Err(StoreError::invalid(format!("entry {next} of `{stream}` is missing")));
            }
        }
        Ok(())
    }
}

fn place(item: &Item) -> (Place, Epoch, u64) {
    match item {
        Item::Counters { .. } => (Place::Start, Epoch::UNFENCED, 0),
        Item::Record(record) => {
            (Place::Record(record.kind.as_str().to_owned(), record.key.clone()), record.epoch, 0)
        }
        Item::Entry(entry) => {
            (Place::Entry(entry.stream.clone(), entry.number), entry.epoch, entry.at.as_millis())
        }
        Item::Message(message) => (
            Place::Message(message.topic.as_str().to_owned(), message.id),
            message.epoch,
            message.at.as_millis(),
        ),
        Item::Lease { name, epoch } => (Place::Lease(name.clone()), *epoch, 0),
    }
}

fn within(what: &str, number: u64, highest: u64) -> Result<()> {
    if number > highest {
        return Err(StoreError::invalid(format!("the {what} {number} is higher than {highest}")));
    }
    Ok(())
}

fn small(item: &Item, size: usize, limit: usize) -> Result<()> {
    if size > limit {
        return Err(StoreError::TooLarge { what: format!("{item:?}"), size, limit });
    }
    Ok(())
}

impl Iterator for Checked {
    type Item = Result<Item>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = match self.items.next() {
            Some(Ok(item)) => item,
            Some(Err(error)) => return Some(Err(error)),
            None if self.counters.is_none() => return Some(Err(StoreError::invalid("nothing is there"))),
            None => return None,
        };
        Some(self.check(&item).map(|()| item))
    }
}
