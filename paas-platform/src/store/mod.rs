//! What the platform remembers.
//!
//! A [`Store`] keeps four things:
//!
//! | | | |
//! | --- | --- | --- |
//! | records | [`Record`] `{ kind, key, version, epoch, bytes }` | what is true now: tenants, applications, operations |
//! | journal | [`Entry`] `{ stream, number, epoch, at, bytes }` | what was done, one stream for each operation, only added to |
//! | outbox | [`Message`] `{ topic, id, epoch, at, bytes }` | what is to be told elsewhere, until it was told |
//! | leases | [`Lease`] `{ name, holder, epoch, until }` | who may act, by the store's clock |
//!
//! Everything is written by [`Batch`]es: all of a batch or nothing of it. There is no way to write over what one has not
//! seen: a record is created if it is absent, or put and deleted if it still has the version that was read; an entry is
//! added if its number is the next. Versions never come back, not even after a record was deleted and created again.
//!
//! A batch may carry a [`Fence`], which a lease gives: the write is refused if the lease was lost in between, in the
//! same transaction that would have let it in. So a process that was stopped for an hour cannot do harm when it goes on.
//!
//! # Which store
//!
//! [`MemoryStore`] forgets all when the program ends; it has no threads and no time of its own, so tests and the
//! simulator use it. [`SqliteStore`] is a file for one process. Others can be written: `behaviour` (feature
//! `testing`) holds what all of them must do.
//!
//! # Secrets
//!
//! A store keeps the bytes that it is given, in clear: in its file, in its exports. So a secret must not be given to it:
//! keep the name of an environment variable or file that holds the secret, or bytes that were encrypted before with a
//! key that the store never sees. Errors and `Debug` of this module never show the bytes of a record.
//!
//! # When a future is dropped
//!
//! What was asked for may happen all the same, and if so as a whole: a batch is never half written. Read again to know.

#[cfg(feature = "testing")]
pub mod behaviour;
pub mod kinds;
pub mod limits;
pub mod topics;

mod batch;
mod document;
mod entry;
mod error;
mod error_kind;
mod lease;
mod memory;
mod name;
mod page;
mod record;
mod sqlite;
mod sum;
mod transfer;

pub use batch::{Batch, Change, Committed};
pub use document::{Document, FromDocument, decode, encode};
pub use entry::{Entry, Message};
pub use error::{Result, StoreError};
pub use error_kind::StoreErrorKind;
pub use lease::{Fence, Lease, LeaseRequest};
pub use memory::MemoryStore;
pub use name::{Kind, Topic};
pub use page::{List, Page, PageBuilder};
pub use record::{Epoch, Record, Version};
pub use sqlite::{SqliteOptions, SqliteStore};
pub use transfer::{Counts, Item, Items, Sink, export, import};

pub use crate::BoxFuture;
use std::{fmt::Debug, sync::Arc};

/// Keeps records, journal, outbox and leases. See the [module](self) for what that means.
///
/// For implementers: check what is asked with [`Batch::check`] and [`LeaseRequest::check`], fill pages with
/// [`PageBuilder`], and run `behaviour` against it (feature `testing`).
pub trait Store: Debug + Send + Sync {
    /// Writes a batch: all of it or nothing. What it returns is on the disk, if the store has one.
    ///
    /// The fence is looked at first, then the changes in their order; the first that does not hold is the error.
    ///
    /// # Errors
    /// `store.fenced`, `store.conflict`, `store.out_of_turn`, `store.invalid`, `store.too_large`, and what the disk says.
    fn commit(&self, batch: Batch) -> BoxFuture<'_, Result<Committed>>;

    /// One record, if it is there.
    ///
    /// # Errors
    /// What the disk says.
    fn read(&self, kind: Kind, key: &str) -> BoxFuture<'_, Result<Option<Record>>>;

    /// Records of one kind, in the order of their keys' bytes.
    ///
    /// # Errors
    /// What the disk says.
    fn list(&self, list: List) -> BoxFuture<'_, Result<Page<Record>>>;

    /// Entries of a stream from a number on (the first is 1), in order.
    ///
    /// # Errors
    /// What the disk says.
    fn scan(&self, stream: &str, from: u64, limit: usize) -> BoxFuture<'_, Result<Page<Entry>>>;

    /// Messages of a topic with ids above `after`, in order. They stay until they are acknowledged.
    ///
    /// # Errors
    /// What the disk says.
    fn peek(&self, topic: Topic, after: u64, limit: usize) -> BoxFuture<'_, Result<Page<Message>>>;

    /// Takes a lease that is free, that has run out, or that the same holder has. Each time its epoch is higher.
    ///
    /// Whoever had it before is fenced from now on, the same holder too: a process that was started again under its name
    /// needs not wait for itself.
    ///
    /// # Errors
    /// `store.lease_held`, `store.invalid`, and what the disk says.
    fn acquire(&self, request: LeaseRequest) -> BoxFuture<'_, Result<Lease>>;

    /// Makes a lease last for `duration` from now on. It keeps its epoch.
    ///
    /// # Errors
    /// `store.fenced` if it has run out or another one has it; `store.invalid`, and what the disk says.
    fn renew(&self, fence: &Fence, duration: std::time::Duration) -> BoxFuture<'_, Result<Lease>>;

    /// Gives a lease back before it runs out.
    ///
    /// # Errors
    /// `store.fenced` if it has run out or another one has it; what the disk says.
    fn release(&self, fence: &Fence) -> BoxFuture<'_, Result<()>>;

    /// Who has a lease; `None` if nobody.
    ///
    /// # Errors
    /// What the disk says.
    fn lease(&self, name: &str) -> BoxFuture<'_, Result<Option<Lease>>>;

    /// Gives everything to `sink`, as it was at one moment, in the order of [`Item`]. [`export`] writes it to a file.
    ///
    /// Others can go on writing meanwhile.
    ///
    /// # Errors
    /// What the sink or the disk says.
    fn dump(&self, sink: Sink) -> BoxFuture<'_, Result<()>>;

    /// Fills an empty store with what another one dumped: all or nothing. [`import`] reads it from a file.
    ///
    /// # Errors
    /// `store.not_empty`, `store.invalid`, and what the items or the disk say.
    fn restore(&self, items: Items) -> BoxFuture<'_, Result<()>>;
}

impl<S: Store + ?Sized> Store for Arc<S> {
    fn commit(&self, batch: Batch) -> BoxFuture<'_, Result<Committed>> {
        (**self).commit(batch)
    }
    fn read(&self, kind: Kind, key: &str) -> BoxFuture<'_, Result<Option<Record>>> {
        (**self).read(kind, key)
    }
    fn list(&self, list: List) -> BoxFuture<'_, Result<Page<Record>>> {
        (**self).list(list)
    }
    fn scan(&self, stream: &str, from: u64, limit: usize) -> BoxFuture<'_, Result<Page<Entry>>> {
        (**self).scan(stream, from, limit)
    }
    fn peek(&self, topic: Topic, after: u64, limit: usize) -> BoxFuture<'_, Result<Page<Message>>> {
        (**self).peek(topic, after, limit)
    }
    fn acquire(&self, request: LeaseRequest) -> BoxFuture<'_, Result<Lease>> {
        (**self).acquire(request)
    }
    fn renew(&self, fence: &Fence, duration: std::time::Duration) -> BoxFuture<'_, Result<Lease>> {
        (**self).renew(fence, duration)
    }
    fn release(&self, fence: &Fence) -> BoxFuture<'_, Result<()>> {
        (**self).release(fence)
    }
    fn lease(&self, name: &str) -> BoxFuture<'_, Result<Option<Lease>>> {
        (**self).lease(name)
    }
    fn dump(&self, sink: Sink) -> BoxFuture<'_, Result<()>> {
        (**self).dump(sink)
    }
    fn restore(&self, items: Items) -> BoxFuture<'_, Result<()>> {
        (**self).restore(items)
    }
}
