//! What is written, so that what is there afterwards can be told from it.

use paas_platform::{
    seam::{Random, SeededRandom},
    store::{Batch, Kind, List, Store, StoreError, Topic, Version},
};

/// Tells how many batches were written.
pub(crate) const COUNT: Kind = Kind::new("count");
/// One for each of the last batches, with much in it.
pub(crate) const LOAD: Kind = Kind::new("load");
/// One message for each batch.
pub(crate) const TOPIC: Topic = Topic::new("load");
/// The stream with one entry for each batch.
pub(crate) const STREAM: &str = "load";
/// How many loads are kept.
pub(crate) const KEPT: u64 = 10;

/// How far it is.
pub(crate) struct Written {
    pub(crate) number: u64,
    version: Option<Version>,
}

/// Looks how far it is.
pub(crate) async fn written(store: &dyn Store) -> Result<Written, StoreError> {
    let count = store.read(COUNT, "batches").await?;
    let number = count.as_ref().map_or(0, |record| number(&record.bytes));
    Ok(Written { number, version: count.map(|record| record.version) })
}

/// Writes the next batch.
pub(crate) async fn write(store: &dyn Store, written: Written) -> Result<Written, StoreError> {
    let number = written.number + 1;
    let count = number.to_le_bytes();
    let batch = match written.version {
        None => Batch::new().create(COUNT, "batches", count),
        Some(version) => Batch::new().put(COUNT, "batches", version, count),
    };
    let mut batch = batch
        .create(LOAD, key(number), load(number))
        .append(STREAM, number, entry(number))
        .enqueue(TOPIC, entry(number));
    if number > KEPT {
        let old = store.list(List::of(LOAD).limit(1)).await?.items;
        for record in old {
            batch = batch.delete(LOAD, record.key, record.version);
        }
    }
    let done = store.commit(batch).await?;
    Ok(Written { number, version: Some(done.version) })
}

pub(crate) fn key(number: u64) -> String {
    format!("{number:012}")
}

/// Mostly small; now and then large enough for the log to be emptied into the file.
pub(crate) fn load(number: u64) -> Vec<u8> {
    let random = SeededRandom::new(number);
    let words = if random.below(20) == 0 { random.below(100_000) } else { random.below(1000) };
    (0..words).flat_map(|_| random.next_u64().to_le_bytes()).collect()
}

pub(crate) fn entry(number: u64) -> Vec<u8> {
    format!("batch {number}").into_bytes()
}

pub(crate) fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}
