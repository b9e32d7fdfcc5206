//! What is under way to a registry, so that the same is not done twice at once.

use paas_client::registry::{Digest, RepositoryName};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::watch;

/// What is under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// A blob that no repository is known to hold.
    Blob(Digest),
    /// A blob that can only come to this repository by being sent to it.
    BlobOf(RepositoryName, Digest),
    /// A list of what is about a manifest, under its tag.
    List(RepositoryName, String),
}

/// What is under way to one registry.
#[derive(Debug, Default)]
pub(crate) struct Flights(Mutex<UnderWay>);

#[derive(Debug, Default)]
struct UnderWay {
    begun: u64,
    by_key: HashMap<Key, Flight>,
}

#[derive(Debug)]
struct Flight {
    number: u64,
    sign: watch::Receiver<u64>,
}

/// Who asks to do something.
pub(crate) enum Entry {
    /// Does it.
    Lead(Lead),
    /// Waits for another who does it.
    Wait(Waiting),
}

impl Flights {
    /// Whether the caller does it, or another is at it.
    pub(crate) fn enter(self: &Arc<Self>, key: &Key) -> Entry {
        let mut flights = self.lock();
        match flights.by_key.get(key) {
            Some(flight) => Entry::Wait(Waiting(flight.sign.clone())),
            None => Entry::Lead(self.begin(&mut flights, key)),
        }
    }

    /// The caller does it, though another was at it: that one has not stirred for long.
    pub(crate) fn take_over(self: &Arc<Self>, key: &Key) -> Lead {
        self.begin(&mut self.lock(), key)
    }

    fn begin(self: &Arc<Self>, flights: &mut UnderWay, key: &Key) -> Lead {
        flights.begun += 1;
        let number = flights.begun;
        let (sign, seen) = watch::channel(0);
        flights.by_key.insert(key.clone(), Flight { number, sign: seen });
        Lead { flights: self.clone(), key: key.clone(), number, sign }
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to do it, until it is dropped: done or not. Those who wait look again then.
#[derive(Debug)]
pub(crate) struct Lead {
    flights: Arc<Flights>,
    key: Key,
    number: u64,
    sign: watch::Sender<u64>,
}

/// A sign of life is given once in so long: it wakes all who wait.
const SIGN_EVERY: Duration = Duration::from_secs(1);

impl Lead {
    /// Gives a sign of life.
    pub(crate) fn gives_sign(&self, now: Duration) {
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let every = u64::try_from(SIGN_EVERY.as_nanos()).unwrap_or(u64::MAX);
        self.sign.send_if_modified(|last| {
            let is_due = now.saturating_sub(*last) >= every;
            if is_due {
                *last = now;
            }
            is_due
        });
    }
}

impl Drop for Lead {
    fn drop(&mut self) {
        let mut flights = self.flights.lock();
        // Another may have taken it over.
        if flights.by_key.get(&self.key).is_some_and(|flight| flight.number == self.number) {
            flights.by_key.remove(&self.key);
        }
    }
}

/// A wait for another who does it.
#[derive(Debug)]
pub(crate) struct Waiting(watch::Receiver<u64>);

impl Waiting {
    /// Waits for a sign of life or the end: whether it has ended.
    pub(crate) async fn stirs(&mut self) -> bool {
        self.0.changed().await.is_err()
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Flights, Key, Lead, SIGN_EVERY};
    use paas_client::registry::Digest;
    use std::{sync::Arc, time::Duration};

    fn leads(flights: &Arc<Flights>, key: &Key) -> Option<Lead> {
        match flights.enter(key) {
            Entry::Lead(lead) => Some(lead),
            Entry::Wait(_) => None,
        }
    }

    #[tokio::test]
    async fn one_does_it_and_the_others_hear_when_it_is_over() {
        let (flights, key) = (Arc::new(Flights::default()), Key::Blob(Digest::of("a")));
        let lead = leads(&flights, &key).unwrap();
        let Entry::Wait(mut waiting) = flights.enter(&key) else { panic!("two lead") };
        assert!(leads(&flights, &Key::Blob(Digest::of("b"))).is_some());
        lead.gives_sign(SIGN_EVERY);
        lead.gives_sign(SIGN_EVERY * 2 - Duration::from_nanos(1));
        assert!(!waiting.stirs().await);
        drop(lead);
        // The second sign came too soon to count.
        assert!(waiting.stirs().await);
        assert!(leads(&flights, &key).is_some());
    }

    #[test]
    fn who_was_overtaken_ends_nothing_of_another() {
        let (flights, key) = (Arc::new(Flights::default()), Key::Blob(Digest::of("a")));
        let slow = leads(&flights, &key).unwrap();
        let quick = flights.take_over(&key);
        drop(quick);
        let another = leads(&flights, &key).unwrap();
        drop(slow);
        assert!(leads(&flights, &key).is_none());
        drop(another);
        assert!(leads(&flights, &key).is_some());
    }
}
