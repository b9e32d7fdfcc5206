//! Everything out, everything in.

use super::super::{Item, Items, Sink, StoreError, Version, lease::LeaseRow, transfer::Checked};
use super::{
    fault::Outcome,
    lease, read, rows,
    write::{self, MESSAGE, VERSION, counter, set_counter},
};
use rusqlite::{Connection, Row, TransactionBehavior};

pub(super) fn dump(connection: &mut Connection, mut sink: Sink) -> Outcome<()> {
    // The first read fixes the moment; what is written afterwards is not seen.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    let (version, message) = (counter(&transaction, VERSION)?, counter(&transaction, MESSAGE)?);
    sink(Item::Counters { version: Version(version), message })?;

    let sql = format!("SELECT {} FROM record ORDER BY kind, key", rows::RECORD);
    each(&transaction, &sql, |row| {
        let record = rows::record(row)?;
        must_be_counted(record.version.0, version, VERSION)?;
        Ok(sink(Item::Record(record))?)
    })?;

    let sql = format!("SELECT {} FROM entry ORDER BY stream, number", rows::ENTRY);
    let mut last = (String::new(), 0_u64);
    each(&transaction, &sql, |row| {
        let entry = rows::entry(row)?;
        let next = if entry.stream == last.0 { last.1.saturating_add(1) } else { 1 };
        if entry.number != next {
            return Err(read::missing(&entry.stream, next).into());
        }
        last = (entry.stream.clone(), next);
        Ok(sink(Item::Entry(entry))?)
    })?;

    let sql = format!("SELECT {} FROM message ORDER BY topic, id", rows::MESSAGE);
    each(&transaction, &sql, |row| {
        let told = rows::message(row)?;
        must_be_counted(told.id, message, MESSAGE)?;
        Ok(sink(Item::Message(told))?)
    })?;

    let sql = format!("SELECT {} FROM lease ORDER BY name", rows::LEASE);
    each(&transaction, &sql, |row| {
        let (name, row) = rows::lease(row)?;
        Ok(sink(Item::Lease { name, epoch: row.epoch })?)
    })
}

pub(super) fn restore(connection: &mut Connection, items: Items) -> Outcome<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let leases: i64 = transaction.query_row("SELECT count(*) FROM lease", [], |row| row.get(0))?;
    if counter(&transaction, VERSION)? != 0 || leases != 0 {
        return Err(StoreError::NotEmpty.into());
    }
    for item in Checked::new(items) {
        match item? {
            Item::Counters { version, message } => {
                set_counter(&transaction, VERSION, version.0)?;
                set_counter(&transaction, MESSAGE, message)?;
            }
            Item::Record(record) => write::insert_record(&transaction, &record)?,
            Item::Entry(entry) => write::insert_entry(&transaction, &entry)?,
            Item::Message(message) => write::insert_message(&transaction, &message)?,
            Item::Lease { name, epoch } => lease::set(&transaction, &name, &LeaseRow { epoch, held: None })?,
        }
    }
    Ok(transaction.commit()?)
}

fn each(connection: &Connection, sql: &str, mut take: impl FnMut(&Row<'_>) -> Outcome<()>) -> Outcome<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

fn must_be_counted(number: u64, counted: u64, what: &str) -> Outcome<()> {
    if number <= counted {
        return Ok(());
    }
    Err(StoreError::corrupt(
        format!("the counter `{what}`"),
        format!("it is at {counted}, and {number} was given"),
    )
    .into())
}
