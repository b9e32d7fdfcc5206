//! What is in memory, and what happens to it.

use super::super::{
    Batch, Change, Committed, Entry, Epoch, Fence, Item, Items, Kind, Lease, LeaseRequest, List, Message,
    Page, PageBuilder, Record, Result, StoreError, Topic, Version,
    lease::{self, LeaseRow},
    transfer::Checked,
};
use crate::seam::Timestamp;
use std::{collections::BTreeMap, ops::Bound, time::Duration};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    version: u64,
    message: u64,
    records: BTreeMap<Kind, BTreeMap<String, Record>>,
    journal: BTreeMap<String, Vec<Entry>>,
    outbox: BTreeMap<Topic, BTreeMap<u64, Message>>,
    leases: BTreeMap<String, LeaseRow>,
}

impl State {
    pub(super) fn commit(&mut self, batch: &Batch, now: Timestamp) -> Result<Committed> {
        batch.check()?;
        if let Some(fence) = batch.fence() {
            lease::holding(self.leases.get(&fence.lease), fence, now)?;
        }
        self.must_allow(batch)?;

        // From here on nothing fails.
        self.version = self.version.saturating_add(1);
        let mut messages = Vec::new();
        for change in batch.changes() {
            messages.extend(self.apply(change.clone(), batch.epoch(), now));
        }
        Ok(Committed::new(Version(self.version), messages))
    }

    fn must_allow(&self, batch: &Batch) -> Result<()> {
        let mut next = BTreeMap::new();
        for change in batch.changes() {
            match change {
                Change::Create { kind, key, .. } => self.must_be_at(kind, key, None)?,
                Change::Put { kind, key, version, .. } | Change::Delete { kind, key, version } => {
                    self.must_be_at(kind, key, Some(*version))?;
                }
                Change::Expect { kind, key, version } => self.must_be_at(kind, key, *version)?,
                Change::Append { stream, number, .. } => {
                    let next = next.entry(stream).or_insert_with(|| self.next(stream));
                    if number != next {
                        let (stream, number, next) = (stream.clone(), *number, *next);
                        return Err(StoreError::OutOfTurn { stream, number, next });
                    }
                    *next = next.saturating_add(1);
                }
                Change::Enqueue { .. } | Change::Acknowledge { .. } => {}
            }
        }
        Ok(())
    }

    fn must_be_at(&self, kind: &Kind, key: &str, expected: Option<Version>) -> Result<()> {
        let actual = self.records.get(kind).and_then(|records| records.get(key)).map(|record| record.version);
        if actual == expected {
            return Ok(());
        }
        Err(StoreError::Conflict { kind: kind.clone(), key: key.to_owned(), expected, actual })
    }

    fn next(&self, stream: &str) -> u64 {
        self.journal
            .get(stream)
            .and_then(|entries| entries.last())
            .map_or(0, |entry| entry.number)
            .saturating_add(1)
    }

    /// The id of the message, if there is a new one.
    fn apply(&mut self, change: Change, epoch: Epoch, now: Timestamp) -> Option<u64> {
        match change {
            Change::Create { kind, key, bytes } | Change::Put { kind, key, bytes, .. } => {
                let record = Record::new(kind.clone(), key.clone(), Version(self.version), epoch, bytes);
                self.records.entry(kind).or_default().insert(key, record);
            }
            Change::Delete { kind, key, .. } => {
                self.records.entry(kind).or_default().remove(&key);
            }
            Change::Expect { .. } => {}
            Change::Append { stream, number, bytes } => {
                let entry = Entry::new(stream.clone(), number, epoch, now, bytes);
                self.journal.entry(stream).or_default().push(entry);
            }
            Change::Enqueue { topic, bytes } => {
                self.message = self.message.saturating_add(1);
                let message = Message::new(topic.clone(), self.message, epoch, now, bytes);
                self.outbox.entry(topic).or_default().insert(self.message, message);
                return Some(self.message);
            }
            Change::Acknowledge { topic, id } => {
                self.outbox.entry(topic).or_default().remove(&id);
            }
        }
        None
    }

    pub(super) fn read(&self, kind: &Kind, key: &str) -> Option<Record> {
        self.records.get(kind)?.get(key).cloned()
    }

    pub(super) fn list(&self, list: &List) -> Page<Record> {
        let mut page = PageBuilder::new(list.limit);
        let start = match &list.after {
            Some(after) if *after >= list.prefix => Bound::Excluded(after.as_str()),
            _ => Bound::Included(list.prefix.as_str()),
        };
        let records =
            self.records.get(&list.kind).into_iter().flat_map(|records| {
                records.range::<str, _>((start, Bound::Unbounded)).map(|(_, record)| record)
            });
        for record in records.take_while(|record| record.key.starts_with(&list.prefix)) {
            if !page.push(record.clone(), record.bytes.len()) {
                break;
            }
        }
        page.finish()
    }

    pub(super) fn scan(&self, stream: &str, from: u64, limit: usize) -> Page<Entry> {
        let mut page = PageBuilder::new(limit);
        let before = usize::try_from(from.saturating_sub(1)).unwrap_or(usize::MAX);
        for entry in self.journal.get(stream).into_iter().flat_map(|entries| entries.iter().skip(before)) {
            if !page.push(entry.clone(), entry.bytes.len()) {
                break;
            }
        }
        page.finish()
    }

    pub(super) fn peek(&self, topic: &Topic, after: u64, limit: usize) -> Page<Message> {
        let mut page = PageBuilder::new(limit);
        let messages = self.outbox.get(topic).into_iter().flat_map(|messages| {
            messages.range((Bound::Excluded(after), Bound::Unbounded)).map(|(_, message)| message)
        });
        for message in messages {
            if !page.push(message.clone(), message.bytes.len()) {
                break;
            }
        }
        page.finish()
    }

    pub(super) fn acquire(&mut self, request: &LeaseRequest, now: Timestamp) -> Result<Lease> {
        let row = lease::acquired(self.leases.get(&request.name), request, now)?;
        Ok(self.keep(&request.name, row))
    }

    pub(super) fn renew(&mut self, fence: &Fence, duration: Duration, now: Timestamp) -> Result<Lease> {
        let row = lease::renewed(self.leases.get(&fence.lease), fence, duration, now)?;
        Ok(self.keep(&fence.lease, row))
    }

    pub(super) fn release(&mut self, fence: &Fence, now: Timestamp) -> Result<()> {
        let row = lease::released(self.leases.get(&fence.lease), fence, now)?;
        self.leases.insert(fence.lease.clone(), row);
        Ok(())
    }

    pub(super) fn lease(&self, name: &str, now: Timestamp) -> Option<Lease> {
        self.leases.get(name)?.lease(name, now)
    }

    fn keep(&mut self, name: &str, row: LeaseRow) -> Lease {
        let (holder, until) = row.held.clone().unwrap_or_default();
        let lease = Lease::new(name.to_owned(), holder, row.epoch, until);
        self.leases.insert(name.to_owned(), row);
        lease
    }

    pub(super) fn items(self) -> impl Iterator<Item = Item> {
        let counters = Item::Counters { version: Version(self.version), message: self.message };
        std::iter::once(counters)
            .chain(self.records.into_values().flat_map(BTreeMap::into_values).map(Item::Record))
            .chain(self.journal.into_values().flatten().map(Item::Entry))
            .chain(self.outbox.into_values().flat_map(BTreeMap::into_values).map(Item::Message))
            .chain(self.leases.into_iter().map(|(name, row)| Item::Lease { name, epoch: row.epoch }))
    }

    pub(super) fn from_items(items: Items) -> Result<Self> {
        let mut state = Self::default();
        for item in Checked::new(items) {
            match item? {
                Item::Counters { version, message } => (state.version, state.message) = (version.0, message),
                Item::Record(record) => {
                    let records = state.records.entry(record.kind.clone()).or_default();
                    records.insert(record.key.clone(), record);
                }
                Item::Entry(entry) => state.journal.entry(entry.stream.clone()).or_default().push(entry),
                Item::Message(message) => {
                    let messages = state.outbox.entry(message.topic.clone()).or_default();
                    messages.insert(message.id, message);
                }
                Item::Lease { name, epoch } => {
                    state.leases.insert(name, LeaseRow { epoch, held: None });
                }
            }
        }
        Ok(state)
    }

    pub(super) fn must_be_empty(&self) -> Result<()> {
        // Whatever was ever written took a version, whatever was ever leased has a row.
        if self.version == 0 && self.leases.is_empty() { Ok(()) } else { Err(StoreError::NotEmpty) }
    }
}
