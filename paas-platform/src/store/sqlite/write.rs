//! Writing a batch.

use super::super::{
    Batch, Change, Committed, Entry, Epoch, Kind, Message, Record, StoreError, Version, lease::holding,
};
use super::{
    fault::Outcome,
    lease, read,
    rows::{self, counter_sum, entry_sum, message_sum, number, record_sum, signed},
};
use crate::seam::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

/// Counts the batches.
pub(super) const VERSION: &str = "version";
/// Counts the messages.
pub(super) const MESSAGE: &str = "message";

pub(super) fn commit(connection: &mut Connection, batch: Batch, now: Timestamp) -> Outcome<Committed> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(fence) = batch.fence() {
        holding(lease::row(&transaction, &fence.lease)?.as_ref(), fence, now)?;
    }
    let writing = Writing {
        transaction: &transaction,
        version: Version(counter(&transaction, VERSION)?.saturating_add(1)),
        epoch: batch.epoch(),
        now,
    };
    let mut messages = Vec::new();
    for change in batch.into_changes() {
        messages.extend(writing.apply(change)?);
    }
    let version = writing.version;
    set_counter(&transaction, VERSION, version.0)?;
    transaction.commit()?;
    Ok(Committed::new(version, messages))
}

struct Writing<'a> {
    transaction: &'a Transaction<'a>,
    version: Version,
    epoch: Epoch,
    now: Timestamp,
}

impl Writing<'_> {
    /// The id of the message, if there is a new one.
    fn apply(&self, change: Change) -> Outcome<Option<u64>> {
        match change {
            Change::Create { kind, key, bytes } => self.put(None, kind, key, bytes)?,
            Change::Put { kind, key, version, bytes } => self.put(Some(version), kind, key, bytes)?,
            Change::Delete { kind, key, version } => {
                self.must_be_at(&kind, &key, Some(version))?;
                let sql = "DELETE FROM record WHERE kind = ?1 AND key = ?2";
                self.transaction.execute(sql, [kind.as_str(), &key])?;
            }
            Change::Expect { kind, key, version } => self.must_be_at(&kind, &key, version)?,
            Change::Append { stream, number, bytes } => self.append(stream, number, bytes)?,
            Change::Enqueue { topic, bytes } => {
                let id = counter(self.transaction, MESSAGE)?.saturating_add(1);
                set_counter(self.transaction, MESSAGE, id)?;
                insert_message(self.transaction, &Message::new(topic, id, self.epoch, self.now, bytes))?;
                return Ok(Some(id));
            }
            Change::Acknowledge { topic, id } => {
                let sql = "DELETE FROM message WHERE topic = ?1 AND id = ?2";
                self.transaction.execute(sql, params![topic.as_str(), signed(id)])?;
            }
        }
        Ok(None)
    }

    fn put(&self, expected: Option<Version>, kind: Kind, key: String, bytes: Vec<u8>) -> Outcome<()> {
        self.must_be_at(&kind, &key, expected)?;
        insert_record(self.transaction, &Record::new(kind, key, self.version, self.epoch, bytes))
    }

    fn must_be_at(&self, kind: &Kind, key: &str, expected: Option<Version>) -> Outcome<()> {
        let sql = "SELECT version FROM record WHERE kind = ?1 AND key = ?2";
        let actual =
            read::first(self.transaction, sql, [kind.as_str(), key], |row| number(row, 0))?.map(Version);
        if actual == expected {
            return Ok(());
        }
        Err(StoreError::Conflict { kind: kind.clone(), key: key.to_owned(), expected, actual }.into())
    }

    fn append(&self, stream: String, place: u64, bytes: Vec<u8>) -> Outcome<()> {
        let sql = "SELECT number FROM entry WHERE stream = ?1 ORDER BY number DESC LIMIT 1";
        let last = read::first(self.transaction, sql, [&stream], |row| number(row, 0))?;
        let next = last.unwrap_or_default().saturating_add(1);
        if place != next {
            return Err(StoreError::OutOfTurn { stream, number: place, next }.into());
        }
        insert_entry(self.transaction, &Entry::new(stream, place, self.epoch, self.now, bytes))
    }
}

pub(super) fn insert_record(transaction: &Transaction<'_>, record: &Record) -> Outcome<()> {
    let sql = format!("INSERT OR REPLACE INTO record ({}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", rows::RECORD);
    let (version, epoch) = (signed(record.version.0), signed(record.epoch.0));
    let (kind, sum) = (record.kind.as_str(), record_sum(record));
    transaction.execute(&sql, params![kind, record.key, version, epoch, record.bytes, sum])?;
    Ok(())
}

pub(super) fn insert_entry(transaction: &Transaction<'_>, entry: &Entry) -> Outcome<()> {
    let sql = format!("INSERT INTO entry ({}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", rows::ENTRY);
    let (number, epoch, at) = (signed(entry.number), signed(entry.epoch.0), signed(entry.at.as_millis()));
    let sum = entry_sum(entry);
    transaction.execute(&sql, params![entry.stream, number, epoch, at, entry.bytes, sum])?;
    Ok(())
}

pub(super) fn insert_message(transaction: &Transaction<'_>, message: &Message) -> Outcome<()> {
    let sql = format!("INSERT INTO message ({}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", rows::MESSAGE);
    let (id, epoch, at) = (signed(message.id), signed(message.epoch.0), signed(message.at.as_millis()));
    let sum = message_sum(message);
    transaction.execute(&sql, params![message.topic.as_str(), id, epoch, at, message.bytes, sum])?;
    Ok(())
}

/// How far something was counted; 0 before it began.
pub(super) fn counter(connection: &Connection, name: &str) -> Outcome<u64> {
    let sql = "SELECT value, sum FROM counter WHERE name = ?1";
    let value = read::first(connection, sql, [name], |row| {
        let value = number(row, 0)?;
        rows::must_match(row, 1, counter_sum(name, value), || format!("the counter `{name}`"))?;
        Ok(value)
    })?;
    Ok(value.unwrap_or_default())
}

pub(super) fn set_counter(transaction: &Transaction<'_>, name: &str, value: u64) -> Outcome<()> {
    let sql = "INSERT OR REPLACE INTO counter (name, value, sum) VALUES (?1, ?2, ?3)";
    transaction.execute(sql, params![name, signed(value), counter_sum(name, value)])?;
    Ok(())
}
