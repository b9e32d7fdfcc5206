//! What is known of one registry.

use super::{flights::Flights, homes::Homes};
use paas_client::registry::{Digest, RepositoryName};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
    time::Duration,
};

/// So many registries are remembered that no copy is about just now.
const REMEMBERED: usize = 256;

/// For so long a registry that failed at a mount is asked for no other. 10 min: that it fails at all of them is likely, and
/// each costs all tries.
const NO_MOUNTS: Duration = Duration::from_secs(10 * 60);

/// What is known of registries, by their addresses.
#[derive(Debug)]
pub(crate) struct Registries {
    known_blobs: usize,
    by_address: Mutex<HashMap<String, Arc<Known>>>,
}

impl Registries {
    pub(crate) fn new(known_blobs: usize) -> Self {
        Self { known_blobs, by_address: Mutex::default() }
    }

    /// What is known of the registry with this address.
    pub(crate) fn of(&self, address: &str) -> Arc<Known> {
        let mut registries = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = registries.get(address) {
            return known.clone();
        }
        if registries.len() >= REMEMBERED {
            registries.retain(|_, known| Arc::strong_count(known) > 1);
        }
        let known = Arc::new(Known::new(self.known_blobs));
        registries.insert(address.to_owned(), known.clone());
        known
    }
}

/// What is known of one registry.
#[derive(Debug)]
pub(crate) struct Known {
    homes: Mutex<Homes>,
    /// What is under way to it.
    pub(crate) flights: Arc<Flights>,
    /// Whether it answers a mount from a repository to itself with what that repository has.
    own_mounts: AtomicU8,
    /// When its mounts failed last, in milliseconds and one more; 0 if they never did.
    mounts_failed_at: AtomicU64,
}

/// What is known of how a registry answers something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Nothing.
    Unknown,
    /// Somebody is asking.
    Asked,
    /// It does it.
    Does,
    /// It does not.
    DoesNot,
}

impl Known {
    fn new(blobs: usize) -> Self {
        Self {
            homes: Mutex::new(Homes::new(blobs)),
            flights: Arc::default(),
            own_mounts: AtomicU8::new(Answer::Unknown as u8),
            mounts_failed_at: AtomicU64::new(0),
        }
    }

    /// It is there now.
    pub(crate) fn learn(&self, digest: &Digest, repository: &RepositoryName, now: Duration) {
        self.homes().learn(digest, repository, now);
    }

    /// It is not there.
    pub(crate) fn forget(&self, digest: &Digest, repository: &RepositoryName) {
        self.homes().forget(digest, repository);
    }

    /// Whether it is surely in this repository.
    pub(crate) fn holds(&self, digest: &Digest, repository: &RepositoryName, now: Duration) -> bool {
        self.homes().holds(digest, repository, now)
    }

    /// Other repositories that should hold it, the latest first.
    pub(crate) fn others(&self, digest: &Digest, repository: &RepositoryName) -> Vec<RepositoryName> {
        self.homes().others(digest, repository)
    }

    /// It fails at mounts, whatever it is asked for.
    pub(crate) fn fails_at_mounts(&self, now: Duration) {
        self.mounts_failed_at.store(millis(now).saturating_add(1), Ordering::Relaxed);
    }

    /// Whether mounts are worth a try.
    pub(crate) fn can_mount(&self, now: Duration) -> bool {
        match self.mounts_failed_at.load(Ordering::Relaxed) {
            0 => true,
            failed_at => millis(now) >= failed_at.saturating_add(millis(NO_MOUNTS)),
        }
    }

    pub(crate) fn own_mounts(&self) -> Answer {
        match self.own_mounts.load(Ordering::Relaxed) {
            1 => Answer::Asked,
            2 => Answer::Does,
            3 => Answer::DoesNot,
            _ => Answer::Unknown,
        }
    }

    /// The question, if it is for the caller to ask.
    pub(crate) fn ask_own_mounts(&self) -> Option<Question<'_>> {
        let (unknown, asked) = (Answer::Unknown as u8, Answer::Asked as u8);
        let is_first =
            self.own_mounts.compare_exchange(unknown, asked, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        is_first.then(|| Question(self))
    }

    fn homes(&self) -> MutexGuard<'_, Homes> {
        self.homes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A question that is being asked. Dropped without an answer: another may ask.
pub(crate) struct Question<'a>(&'a Known);

impl Question<'_> {
    /// What came of it.
    pub(crate) fn answers(self, answer: Answer) {
        self.0.own_mounts.store(answer as u8, Ordering::Relaxed);
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        let (unknown, asked) = (Answer::Unknown as u8, Answer::Asked as u8);
        // With an answer it is not so any more.
        let _ = self.0.own_mounts.compare_exchange(asked, unknown, Ordering::Relaxed, Ordering::Relaxed);
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
