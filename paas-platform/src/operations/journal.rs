//! Writing and reading the journal of an operation.

use super::{IntentResult, JournalEntry, Note, OperationId};
use crate::store::{Batch, Fence, Result, Store, StoreError, decode, encode, limits};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tokio::sync::{Mutex, watch};

/// Writes the journal of one operation, under the fence of its lease.
#[derive(Debug)]
pub(crate) struct Journal {
    store: Arc<dyn Store>,
    operation: OperationId,
    fence: Fence,
    next: Mutex<u64>,
    /// The number of the last entry, for those who follow.
    written: watch::Sender<u64>,
}

impl Journal {
    pub(crate) fn new(
        store: Arc<dyn Store>,
        operation: OperationId,
        fence: Fence,
        last: u64,
        written: watch::Sender<u64>,
    ) -> Self {
        Self { store, operation, fence, next: Mutex::new(last + 1), written }
    }

    /// Writes notes, all or none; gives the number of the first.
    pub(crate) async fn write(&self, notes: &[Note]) -> Result<u64> {
        self.write_with(Batch::new(), notes).await
    }

    /// Writes notes together with a batch.
    pub(crate) async fn write_with(&self, mut batch: Batch, notes: &[Note]) -> Result<u64> {
        let mut next = self.next.lock().await;
        let first = *next;
        let mut number = first;
        for note in notes {
            batch = batch.append(self.operation.as_str(), number, encode(note)?);
            number += 1;
        }
        self.store.commit(batch.fenced_by(self.fence.clone())).await?;
        *next = number;
        drop(next);
        self.written.send_replace(number - 1);
        Ok(first)
    }
}

/// Reads a part of a journal, from a number on; and whether there is more.
pub(crate) async fn read(
    store: &dyn Store,
    operation: &OperationId,
    from: u64,
) -> Result<(Vec<JournalEntry>, bool)> {
    let page = store.scan(operation.as_str(), from, limits::MAX_PAGE).await?;
    let entries: Result<Vec<JournalEntry>> = page
        .items
        .iter()
        .map(|entry| {
            let what = format!("entry {} of the journal of `{operation}`", entry.number);
            Ok(JournalEntry { number: entry.number, at: entry.at, note: decode(&what, &entry.bytes)? })
        })
        .collect();
    Ok((entries?, page.more))
}

/// All of a journal.
pub(crate) async fn read_all(store: &dyn Store, operation: &OperationId) -> Result<Vec<JournalEntry>> {
    let mut all: Vec<JournalEntry> = Vec::new();
    loop {
        let from = all.last().map_or(1, |last| last.number + 1);
        let (entries, more) = read(store, operation, from).await?;
        let is_empty = entries.is_empty();
        all.extend(entries);
        if !more {
            return Ok(all);
        }
        if is_empty {
            return Err(StoreError::corrupt(
                format!("the journal of `{operation}`"),
                "a page of it is empty, yet not the last",
            ));
        }
    }
}

/// What a journal comes to: where the operation is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The number of the last entry.
    pub(crate) last: u64,
    /// The keys of the steps that have ended.
    pub(crate) ended: BTreeSet<String>,
    /// For steps that have not ended: the intents that nothing is known of, with their calls.
    pub(crate) open: BTreeMap<String, Vec<OpenIntent>>,
}

/// An intent of which it is not known what became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenIntent {
    pub(crate) number: u64,
    pub(crate) call: String,
    pub(crate) target: String,
}

impl Standing {
    /// Follows a journal from its beginning.
    pub(crate) fn of<'a>(entries: impl IntoIterator<Item = &'a JournalEntry>) -> Self {
        let mut standing = Self::default();
        for entry in entries {
            standing.last = entry.number;
            match &entry.note {
                Note::Intent { step, call, target } => {
                    let open =
                        OpenIntent { number: entry.number, call: call.clone(), target: target.clone() };
                    standing.open.entry(step.clone()).or_default().push(open);
                }
                Note::Outcome { step, intent, .. } => {
                    if let Some(open) = standing.open.get_mut(step) {
                        open.retain(|other| other.number != *intent);
                    }
                }
                Note::Ended { step, .. } => {
                    standing.ended.insert(step.clone());
                }
                _ => {}
            }
        }
        standing.open.retain(|_, open| !open.is_empty());
        standing
    }
}

impl IntentResult {
    /// Whether the call had its effect.
    #[must_use]
    pub const fn is_effective(self) -> bool {
        matches!(self, Self::Done | Self::Adopted)
    }
}
