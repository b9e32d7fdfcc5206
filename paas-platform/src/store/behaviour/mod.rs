//! What every store must do: tests for stores, ours and yours. Feature `testing`.
//!
//! ```
//! use paas_platform::{
//!     seam::{Timestamp, VirtualClock},
//!     store::{BoxFuture, MemoryStore, Store, behaviour::{Subject, all}},
//! };
//! use std::{sync::Arc, time::Duration};
//!
//! struct Memory(VirtualClock);
//!
//! impl Subject for Memory {
//!     fn empty(&self) -> BoxFuture<'_, Arc<dyn Store>> {
//!         Box::pin(async { Arc::new(MemoryStore::new(self.0.clone())) as Arc<dyn Store> })
//!     }
//!     fn pass(&self, time: Duration) -> BoxFuture<'_, ()> {
//!         self.0.advance(time);
//!         Box::pin(async {})
//!     }
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! all(&Memory(VirtualClock::at(Timestamp::from_millis(1_800_000_000_000)))).await;
//! # });
//! ```
//!
//! A case that does not hold panics, as a test does.

mod batches;
mod journal;
mod leases;
mod limits;
mod lists;
mod moving;
mod outbox;
mod records;

use super::{BoxFuture, Kind, Store, StoreError, Topic};
use std::{sync::Arc, time::Duration};

/// What is tested.
pub trait Subject: Sync {
    /// A store with nothing in it, another one each time.
    fn empty(&self) -> BoxFuture<'_, Arc<dyn Store>>;

    /// Lets time pass for the stores' clock, by moving it or by waiting. It is never more than a second.
    fn pass(&self, time: Duration) -> BoxFuture<'_, ()>;
}

/// One thing that a store must do.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Case {
    /// In a few words, `_` between them.
    pub name: &'static str,
    /// Panics if it does not.
    pub run: for<'a> fn(&'a dyn Subject) -> BoxFuture<'a, ()>,
}

/// Runs all cases, one after the other.
pub async fn all(subject: &dyn Subject) {
    for case in cases() {
        (case.run)(subject).await;
    }
}

/// All cases, to run them one by one.
pub fn cases() -> impl Iterator<Item = Case> {
    [
        records::CASES,
        batches::CASES,
        lists::CASES,
        journal::CASES,
        outbox::CASES,
        leases::CASES,
        limits::CASES,
        moving::CASES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// A table of cases from the functions of a module.
macro_rules! table {
    ($($name:ident),* $(,)?) => {
        pub(super) const CASES: &[crate::store::behaviour::Case] = &[$(
            crate::store::behaviour::Case {
                name: stringify!($name),
                run: |subject| Box::pin(async move { $name(subject).await }),
            },
        )*];
    };
}
use table;

const KIND: Kind = Kind::new("case");
const OTHER: Kind = Kind::new("other");
const TOPIC: Topic = Topic::new("case");

/// The value, or the end of the case.
trait Must<T> {
    fn must(self) -> T;
}

impl<T> Must<T> for Result<T, StoreError> {
    #[track_caller]
    fn must(self) -> T {
        match self {
            Ok(value) => value,
            Err(error) => fail(&format!("{}: {error}", error.code())),
        }
    }
}

/// The code of the error, or the end of the case.
#[track_caller]
fn code<T>(result: Result<T, StoreError>) -> &'static str {
    match result {
        Ok(_) => fail("it went well, which it must not"),
        Err(error) => error.code(),
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "a case ends at what it did not expect")]
fn fail(why: &str) -> ! {
    panic!("{why}")
}
