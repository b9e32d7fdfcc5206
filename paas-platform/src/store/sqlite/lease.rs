//! Leases in their table.

use super::super::{
    Fence, Lease, LeaseRequest,
    lease::{self, LeaseRow},
};
use super::{
    fault::Outcome,
    read,
    rows::{self, lease_sum, signed},
};
use crate::seam::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::time::Duration;

pub(super) fn acquire(connection: &mut Connection, request: &LeaseRequest, now: Timestamp) -> Outcome<Lease> {
    change(connection, &request.name, |row| Ok(lease::acquired(row, request, now)?))
}

pub(super) fn renew(
    connection: &mut Connection,
    fence: &Fence,
    duration: Duration,
    now: Timestamp,
) -> Outcome<Lease> {
    change(connection, &fence.lease, |row| Ok(lease::renewed(row, fence, duration, now)?))
}

pub(super) fn release(connection: &mut Connection, fence: &Fence, now: Timestamp) -> Outcome<()> {
    change(connection, &fence.lease, |row| Ok(lease::released(row, fence, now)?)).map(|_| ())
}

pub(super) fn look(connection: &Connection, name: &str, now: Timestamp) -> Outcome<Option<Lease>> {
    Ok(row(connection, name)?.and_then(|row| row.lease(name, now)))
}

fn change(
    connection: &mut Connection,
    name: &str,
    next: impl FnOnce(Option<&LeaseRow>) -> Outcome<LeaseRow>,
) -> Outcome<Lease> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let after = next(row(&transaction, name)?.as_ref())?;
    set(&transaction, name, &after)?;
    transaction.commit()?;
    let (holder, until) = after.held.unwrap_or_default();
    Ok(Lease::new(name.to_owned(), holder, after.epoch, until))
}

pub(super) fn row(connection: &Connection, name: &str) -> Outcome<Option<LeaseRow>> {
    let sql = format!("SELECT {} FROM lease WHERE name = ?1", rows::LEASE);
    Ok(read::first(connection, &sql, [name], rows::lease)?.map(|(_, row)| row))
}

pub(super) fn set(transaction: &Transaction<'_>, name: &str, row: &LeaseRow) -> Outcome<()> {
    let sql = format!("INSERT OR REPLACE INTO lease ({}) VALUES (?1, ?2, ?3, ?4, ?5)", rows::LEASE);
    let (holder, until) =
        row.held.as_ref().map(|(holder, until)| (holder, signed(until.as_millis()))).unzip();
    transaction.execute(&sql, params![name, signed(row.epoch.0), holder, until, lease_sum(name, row)])?;
    Ok(())
}
