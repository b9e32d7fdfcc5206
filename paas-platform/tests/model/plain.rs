//! The model: lists that are searched from one end to the other, and copied before each batch.

use super::calls::{Aim, Guess, Piece};
use paas_platform::{
    seam::Timestamp,
    store::{
        Batch, Change, Committed, Entry, Epoch, Fence, Item, Kind, Lease, LeaseRequest, List, Message,
        Record, Topic, Version,
    },
};
use std::{collections::BTreeSet, time::Duration};

#[derive(Debug, Clone, Default)]
pub(super) struct Plain {
    version: u64,
    message: u64,
    records: Vec<Record>,
    entries: Vec<Entry>,
    messages: Vec<Message>,
    leases: Vec<(String, Epoch, Held)>,
}

/// By whom, until when.
type Held = Option<(String, Timestamp)>;

type Answer<T> = Result<T, &'static str>;

impl Plain {
    /// A piece with the numbers that it aims at.
    pub(super) fn change(&self, piece: Piece) -> Change {
        let version = |kind: &Kind, key, aim| {
            Version(aimed(self.read(kind, key).map_or(self.version, |record| record.version.0), aim))
        };
        match piece {
            Piece::Create(kind, key, bytes) => Change::Create { kind: kind.kind(), key: key.into(), bytes },
            Piece::Put(kind, key, aim, bytes) => {
                let version = version(&kind.kind(), key, aim);
                Change::Put { kind: kind.kind(), key: key.into(), version, bytes }
            }
            Piece::Delete(kind, key, aim) => {
                let version = version(&kind.kind(), key, aim);
                Change::Delete { kind: kind.kind(), key: key.into(), version }
            }
            Piece::Expect(kind, key, aim) => {
                let version = aim.map(|aim| version(&kind.kind(), key, aim));
                Change::Expect { kind: kind.kind(), key: key.into(), version }
            }
            Piece::Append(stream, aim, bytes) => {
                Change::Append { stream: stream.into(), number: aimed(self.next(stream), aim), bytes }
            }
            Piece::Enqueue(topic, bytes) => Change::Enqueue { topic: topic.topic(), bytes },
            Piece::Acknowledge(topic, aim) => {
                let first = self.messages.iter().find(|message| message.topic == topic.topic());
                let id = aimed(first.map_or(self.message, |message| message.id), aim);
                Change::Acknowledge { topic: topic.topic(), id }
            }
        }
    }

    pub(super) fn fence(&self, guess: &Guess) -> Fence {
        let epoch = self.leases.iter().find(|lease| lease.0 == guess.lease).map_or(0, |lease| lease.1.0);
        Fence { lease: guess.lease.into(), epoch: Epoch(aimed(epoch, guess.aim)) }
    }

    pub(super) fn commit(&mut self, batch: &Batch, now: Timestamp) -> Answer<Committed> {
        sensible(batch)?;
        let epoch = match batch.fence() {
            Some(fence) => self.held(fence, now).map(|_| fence.epoch)?,
            None => Epoch(0),
        };
        let mut after = self.clone();
        after.version += 1;
        let mut messages = Vec::new();
        for change in batch.changes() {
            messages.extend(after.apply(change.clone(), epoch, now)?);
        }
        *self = after;
        Ok(Committed::new(Version(self.version), messages))
    }

    fn apply(&mut self, change: Change, epoch: Epoch, now: Timestamp) -> Answer<Option<u64>> {
        let version = Version(self.version);
        match change {
            Change::Create { kind, key, bytes } => {
                self.at(&kind, &key, None)?;
                self.records.push(Record::new(kind, key, version, epoch, bytes));
            }
            Change::Put { kind, key, version: expected, bytes } => {
                self.at(&kind, &key, Some(expected))?;
                self.records.retain(|record| (&record.kind, &record.key) != (&kind, &key));
                self.records.push(Record::new(kind, key, version, epoch, bytes));
            }
            Change::Delete { kind, key, version: expected } => {
                self.at(&kind, &key, Some(expected))?;
                self.records.retain(|record| (&record.kind, &record.key) != (&kind, &key));
            }
            Change::Expect { kind, key, version: expected } => self.at(&kind, &key, expected)?,
            Change::Append { stream, number, bytes } => {
                if number != self.next(&stream) {
                    return Err("store.out_of_turn");
                }
                self.entries.push(Entry::new(stream, number, epoch, now, bytes));
            }
            Change::Enqueue { topic, bytes } => {
                self.message += 1;
                self.messages.push(Message::new(topic, self.message, epoch, now, bytes));
                return Ok(Some(self.message));
            }
            Change::Acknowledge { topic, id } => {
                self.messages.retain(|message| (&message.topic, message.id) != (&topic, id));
            }
            other => panic!("{other:?} is not in the model"),
        }
        Ok(None)
    }

    fn at(&self, kind: &Kind, key: &str, expected: Option<Version>) -> Answer<()> {
        let actual = self.read(kind, key).map(|record| record.version);
        if actual == expected { Ok(()) } else { Err("store.conflict") }
    }

    fn next(&self, stream: &str) -> u64 {
        self.entries.iter().filter(|entry| entry.stream == stream).count() as u64 + 1
    }

    pub(super) fn read(&self, kind: &Kind, key: &str) -> Option<Record> {
        self.records.iter().find(|record| record.kind == *kind && record.key == key).cloned()
    }

    pub(super) fn list(&self, list: &List) -> (Vec<Record>, bool) {
        let all = self.sorted_records().into_iter().filter(|record| {
            record.kind == list.kind
                && record.key.starts_with(&list.prefix)
                && list.after.as_ref().is_none_or(|after| record.key > *after)
        });
        page(all.collect(), list.limit)
    }

    pub(super) fn scan(&self, stream: &str, from: u64, limit: usize) -> (Vec<Entry>, bool) {
        let all = self.entries.iter().filter(|entry| entry.stream == stream && entry.number >= from);
        page(all.cloned().collect(), limit)
    }

    pub(super) fn peek(&self, topic: &Topic, after: u64, limit: usize) -> (Vec<Message>, bool) {
        let all = self.messages.iter().filter(|message| message.topic == *topic && message.id > after);
        page(all.cloned().collect(), limit)
    }

    pub(super) fn acquire(&mut self, request: &LeaseRequest, now: Timestamp) -> Answer<Lease> {
        if request.duration.is_zero() {
            return Err("store.invalid");
        }
        if self.lease(&request.name, now).is_some_and(|lease| lease.holder != request.holder) {
            return Err("store.lease_held");
        }
        let until = now.plus(request.duration);
        let before = self.leases.iter().find(|lease| lease.0 == request.name).map_or(0, |lease| lease.1.0);
        let (epoch, held) = (Epoch(before + 1), Some((request.holder.clone(), until)));
        self.leases.retain(|lease| lease.0 != request.name);
        self.leases.push((request.name.clone(), epoch, held));
        Ok(Lease::new(request.name.clone(), request.holder.clone(), epoch, until))
    }

    pub(super) fn renew(&mut self, fence: &Fence, duration: Duration, now: Timestamp) -> Answer<Lease> {
        if duration.is_zero() {
            return Err("store.invalid");
        }
        let holder = self.held(fence, now)?.holder;
        let until = now.plus(duration);
        for lease in self.leases.iter_mut().filter(|lease| lease.0 == fence.lease) {
            lease.2 = Some((holder.clone(), until));
        }
        Ok(Lease::new(fence.lease.clone(), holder, fence.epoch, until))
    }

    pub(super) fn release(&mut self, fence: &Fence, now: Timestamp) -> Answer<()> {
        self.held(fence, now)?;
        for lease in self.leases.iter_mut().filter(|lease| lease.0 == fence.lease) {
            lease.2 = None;
        }
        Ok(())
    }

    pub(super) fn lease(&self, name: &str, now: Timestamp) -> Option<Lease> {
        let (_, epoch, held) = self.leases.iter().find(|lease| lease.0 == name)?;
        let (holder, until) = held.clone().filter(|(_, until)| now < *until)?;
        Some(Lease::new(name.into(), holder, *epoch, until))
    }

    fn held(&self, fence: &Fence, now: Timestamp) -> Answer<Lease> {
        self.lease(&fence.lease, now).filter(|lease| lease.epoch == fence.epoch).ok_or("store.fenced")
    }

    pub(super) fn forget_holders(&mut self) {
        self.leases.iter_mut().for_each(|lease| lease.2 = None);
    }

    fn sorted_records(&self) -> Vec<Record> {
        let mut records = self.records.clone();
        records.sort_by(|a, b| (&a.kind, &a.key).cmp(&(&b.kind, &b.key)));
        records
    }

    pub(super) fn items(&self) -> Vec<Item> {
        let (mut entries, mut messages, mut leases) =
            (self.entries.clone(), self.messages.clone(), self.leases.clone());
        entries.sort_by_key(|entry| (entry.stream.clone(), entry.number));
        messages.sort_by_key(|message| (message.topic.clone(), message.id));
        leases.sort_by_key(|lease| lease.0.clone());
        let mut items = vec![Item::Counters { version: Version(self.version), message: self.message }];
        items.extend(self.sorted_records().into_iter().map(Item::Record));
        items.extend(entries.into_iter().map(Item::Entry));
        items.extend(messages.into_iter().map(Item::Message));
        items.extend(leases.into_iter().map(|(name, epoch, _)| Item::Lease { name, epoch }));
        items
    }
}

/// Names are none in this test if they are empty or hold a space; and a record is named once.
fn sensible(batch: &Batch) -> Answer<()> {
    let mut seen = BTreeSet::new();
    for change in batch.changes() {
        let good = match change {
            Change::Create { kind, key, .. }
            | Change::Put { kind, key, .. }
            | Change::Delete { kind, key, .. }
            | Change::Expect { kind, key, .. } => {
                !kind.as_str().contains(' ') && !key.is_empty() && seen.insert((kind, key))
            }
            Change::Enqueue { topic, .. } | Change::Acknowledge { topic, .. } => {
                !topic.as_str().contains(' ')
            }
            _ => true,
        };
        if !good {
            return Err("store.invalid");
        }
    }
    Ok(())
}

fn page<T>(mut all: Vec<T>, limit: usize) -> (Vec<T>, bool) {
    let more = all.len() > limit.max(1);
    all.truncate(limit.max(1));
    (all, more)
}

const fn aimed(right: u64, aim: Aim) -> u64 {
    match aim {
        Aim::Right => right,
        Aim::Below => right.saturating_sub(1),
        Aim::Above => right + 1,
    }
}
