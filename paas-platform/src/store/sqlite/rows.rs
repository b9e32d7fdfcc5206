//! Rows as values, with their check sums.

use super::super::{
    Entry, Epoch, Kind, Message, Record, StoreError, Topic, Version, lease::LeaseRow, sum::Sum,
};
use super::fault::Outcome;
use crate::seam::Timestamp;
use rusqlite::{Row, types::Type};

/// The columns that [`record`] reads.
pub(super) const RECORD: &str = "kind, key, version, epoch, bytes, sum";
/// The columns that [`entry`] reads.
pub(super) const ENTRY: &str = "stream, number, epoch, at, bytes, sum";
/// The columns that [`message`] reads.
pub(super) const MESSAGE: &str = "topic, id, epoch, at, bytes, sum";
/// The columns that [`lease`] reads.
pub(super) const LEASE: &str = "name, epoch, holder, until, sum";

pub(super) fn record(row: &Row<'_>) -> Outcome<Record> {
    let kind = Kind::from(row.get::<_, String>(0)?);
    let (key, version, epoch) = (row.get(1)?, Version(number(row, 2)?), Epoch(number(row, 3)?));
    let record = Record::new(kind, key, version, epoch, row.get(4)?);
    must_match(row, 5, record_sum(&record), || format!("the {} `{}`", record.kind, record.key))?;
    Ok(record)
}

pub(super) fn entry(row: &Row<'_>) -> Outcome<Entry> {
    let (stream, place, epoch) = (row.get(0)?, number(row, 1)?, Epoch(number(row, 2)?));
    let entry = Entry::new(stream, place, epoch, Timestamp::from_millis(number(row, 3)?), row.get(4)?);
    must_match(row, 5, entry_sum(&entry), || format!("entry {} of `{}`", entry.number, entry.stream))?;
    Ok(entry)
}

pub(super) fn message(row: &Row<'_>) -> Outcome<Message> {
    let topic = Topic::from(row.get::<_, String>(0)?);
    let (id, epoch) = (number(row, 1)?, Epoch(number(row, 2)?));
    let message = Message::new(topic, id, epoch, Timestamp::from_millis(number(row, 3)?), row.get(4)?);
    must_match(row, 5, message_sum(&message), || format!("message {id} for `{}`", message.topic))?;
    Ok(message)
}

pub(super) fn lease(row: &Row<'_>) -> Outcome<(String, LeaseRow)> {
    let (name, epoch): (String, _) = (row.get(0)?, Epoch(number(row, 1)?));
    let until = row.get::<_, Option<i64>>(3)?.map(|until| unsigned(3, until)).transpose()?;
    let held = row.get::<_, Option<String>>(2)?.zip(until.map(Timestamp::from_millis));
    let lease = LeaseRow { epoch, held };
    must_match(row, 4, lease_sum(&name, &lease), || format!("the lease `{name}`"))?;
    Ok((name, lease))
}

pub(super) fn record_sum(record: &Record) -> u32 {
    let names = Sum::new().part(record.kind.as_str().as_bytes()).part(record.key.as_bytes());
    names.number(record.version.0).number(record.epoch.0).part(&record.bytes).finish()
}

pub(super) fn entry_sum(entry: &Entry) -> u32 {
    let place = Sum::new().part(entry.stream.as_bytes()).number(entry.number);
    place.number(entry.epoch.0).number(entry.at.as_millis()).part(&entry.bytes).finish()
}

pub(super) fn message_sum(message: &Message) -> u32 {
    let place = Sum::new().part(message.topic.as_str().as_bytes()).number(message.id);
    place.number(message.epoch.0).number(message.at.as_millis()).part(&message.bytes).finish()
}

pub(super) fn lease_sum(name: &str, lease: &LeaseRow) -> u32 {
    let sum = Sum::new().part(name.as_bytes()).number(lease.epoch.0);
    let sum = match &lease.held {
        Some((holder, until)) => sum.number(1).part(holder.as_bytes()).number(until.as_millis()),
        None => sum.number(0),
    };
    sum.finish()
}

pub(super) fn counter_sum(name: &str, value: u64) -> u32 {
    Sum::new().part(name.as_bytes()).number(value).finish()
}

pub(super) fn must_match(
    row: &Row<'_>,
    column: usize,
    sum: u32,
    what: impl FnOnce() -> String,
) -> Outcome<()> {
    if row.get::<_, i64>(column)? == i64::from(sum) {
        return Ok(());
    }
    Err(StoreError::corrupt(what(), "its check sum is wrong").into())
}

/// SQLite's numbers have a sign; ours have none.
pub(super) fn number(row: &Row<'_>, column: usize) -> Outcome<u64> {
    unsigned(column, row.get(column)?)
}

fn unsigned(column: usize, value: i64) -> Outcome<u64> {
    Ok(u64::try_from(value)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, error.into()))?)
}

/// For columns: what does not fit stops at the end, which no count of ours reaches.
pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
