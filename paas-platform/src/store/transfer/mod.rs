//! Moving everything from one store to another.
//!
//! An export is text, one JSON object a line:
//!
//! ```text
//! {"paas_store_export":1}
//! {"counters":{"version":12,"message":3}}
//! {"record":{"kind":"tenant","key":"acme","version":7,"epoch":0,"text":"…"}}
//! {"entry":{"stream":"op-1","number":1,"epoch":4,"at":1800000000000,"text":"…"}}
//! {"message":{"topic":"audit","id":3,"epoch":4,"at":1800000000000,"text":"…"}}
//! {"lease":{"name":"application acme/bank","epoch":4}}
//! {"end":{"lines":6,"sum":"89abcdef"}}
//! ```
//!
//! Bytes that are no text are `"hex"` instead of `"text"`. Versions, numbers, ids and epochs stay as they were; leases
//! arrive given back, with their epochs, so that who was fenced stays so. The last line counts the ones before and
//! holds the CRC-32 of their bytes.

mod check;
mod items;
mod lines;

pub(super) use check::Checked;
pub use items::{Counts, Item, Items, Sink};

use super::{Result, Store, StoreError};
use lines::{Reader, Writer};
use std::{
    io::{BufRead, Write},
    sync::{Arc, Mutex, PoisonError},
};

/// Writes all that a store holds, as it is at one moment. Gives the writer back, and what was counted.
///
/// ```
/// use paas_platform::{seam::SystemClock, store::{Batch, MemoryStore, Store, export, import, kinds}};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let store = MemoryStore::new(SystemClock::new());
/// store.commit(Batch::new().create(kinds::TENANT, "acme", "zone z1")).await?;
/// let (text, counts) = export(&store, Vec::new()).await?;
/// assert_eq!(counts.records, 1);
///
/// let other = MemoryStore::new(SystemClock::new());
/// import(&other, std::io::Cursor::new(text)).await?;
/// assert_eq!(other.read(kinds::TENANT, "acme").await?.unwrap().bytes, b"zone z1");
/// # Ok::<(), paas_platform::store::StoreError>(())
/// # }).unwrap();
/// ```
///
/// # Errors
/// What the store says; `store.io` for what the writer says.
pub async fn export<W: Write + Send + 'static>(store: &dyn Store, out: W) -> Result<(W, Counts)> {
    let shared = Arc::new(Mutex::new(Writer::begin(out)?));
    let sink = Arc::clone(&shared);
    let take = move |item| sink.lock().unwrap_or_else(PoisonError::into_inner).item(item);
    store.dump(Box::new(take)).await?;
    let writer = Arc::into_inner(shared).ok_or(StoreError::Closed)?;
    writer.into_inner().unwrap_or_else(PoisonError::into_inner).finish()
}

/// Fills an empty store from an export: all of it or nothing.
///
/// # Errors
/// `store.bad_export` with the line, `store.newer_format`, `store.not_empty`, and what the store says.
pub async fn import<R: BufRead + Send + 'static>(store: &dyn Store, input: R) -> Result<Counts> {
    let counts = Arc::new(Mutex::new(Counts::default()));
    let reader = Reader::begin(input, Arc::clone(&counts))?;
    store.restore(Box::new(reader)).await?;
    let counts = *counts.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(counts)
}
