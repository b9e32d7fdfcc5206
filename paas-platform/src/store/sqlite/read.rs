//! Reading.

use super::super::{Entry, Kind, List, Message, Page, PageBuilder, Record, StoreError, Topic};
use super::{
    fault::Outcome,
    rows::{self, signed},
};
use rusqlite::{Connection, Row, params};

pub(super) fn record(connection: &Connection, kind: &Kind, key: &str) -> Outcome<Option<Record>> {
    let sql = format!("SELECT {} FROM record WHERE kind = ?1 AND key = ?2", rows::RECORD);
    first(connection, &sql, [kind.as_str(), key], rows::record)
}

pub(super) fn list(connection: &Connection, list: &List) -> Outcome<Page<Record>> {
    let columns = rows::RECORD;
    // Both bounds, so that the later of them counts.
    let sql = format!("SELECT {columns} FROM record WHERE kind = ?1 AND key >= ?2 AND key > ?3 ORDER BY key");
    let after = list.after.as_deref().unwrap_or_default();
    let mut statement = connection.prepare(&sql)?;
    let mut found = statement.query([list.kind.as_str(), &list.prefix, after])?;
    let mut page = PageBuilder::new(list.limit);
    while let Some(row) = found.next()? {
        let record = rows::record(row)?;
        let size = record.bytes.len();
        if !record.key.starts_with(&list.prefix) || !page.push(record, size) {
            break;
        }
    }
    Ok(page.finish())
}

pub(super) fn scan(connection: &Connection, stream: &str, from: u64, limit: usize) -> Outcome<Page<Entry>> {
    let columns = rows::ENTRY;
    let sql = format!("SELECT {columns} FROM entry WHERE stream = ?1 AND number >= ?2 ORDER BY number");
    let mut statement = connection.prepare(&sql)?;
    let mut found = statement.query(params![stream, signed(from)])?;
    let mut page = PageBuilder::new(limit);
    let mut next = from.max(1);
    while let Some(row) = found.next()? {
        let entry = rows::entry(row)?;
        if entry.number != next {
            return Err(missing(stream, next).into());
        }
        next = next.saturating_add(1);
        let size = entry.bytes.len();
        if !page.push(entry, size) {
            break;
        }
    }
    Ok(page.finish())
}

pub(super) fn missing(stream: &str, number: u64) -> StoreError {
    StoreError::corrupt(format!("the journal `{stream}`"), format!("entry {number} is missing"))
}

pub(super) fn peek(
    connection: &Connection,
    topic: &Topic,
    after: u64,
    limit: usize,
) -> Outcome<Page<Message>> {
    let columns = rows::MESSAGE;
    let sql = format!("SELECT {columns} FROM message WHERE topic = ?1 AND id > ?2 ORDER BY id");
    let mut statement = connection.prepare(&sql)?;
    let mut found = statement.query(params![topic.as_str(), signed(after)])?;
    let mut page = PageBuilder::new(limit);
    while let Some(row) = found.next()? {
        let message = rows::message(row)?;
        let size = message.bytes.len();
        if !page.push(message, size) {
            break;
        }
    }
    Ok(page.finish())
}

/// The only row, if there is one.
pub(super) fn first<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
    read: impl FnOnce(&Row<'_>) -> Outcome<T>,
) -> Outcome<Option<T>> {
    let mut statement = connection.prepare(sql)?;
    let mut found = statement.query(parameters)?;
    found.next()?.map(read).transpose()
}
