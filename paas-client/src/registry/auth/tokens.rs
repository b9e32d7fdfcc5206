//! Tokens: got when they are needed, kept until shortly before their end.

use super::{
    held::{Held, Issued},
    realm::Realm,
    scope::Scopes,
};
use crate::{Error, Result, call::Core, registry::RegistryLogin};
use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};

/// How soon after a failure an endpoint is asked again, and how soon after a token another because it is refused: all calls
/// of a busy program together must not ask for more.
pub(super) const PAUSE: Duration = Duration::from_secs(1);

/// The most tokens that are kept.
const MOST: usize = 1_024;

/// The tokens of a client, by realm and scopes.
#[derive(Default)]
pub(super) struct Tokens(Mutex<BTreeMap<Key, Arc<Entry>>>);

type Key = (Arc<Realm>, Scopes);

/// The token for some scopes.
#[derive(Default)]
struct Entry {
    current: RwLock<Option<Arc<Held>>>,
    /// Held by whoever asks the endpoint; all others wait for the same.
    attempts: tokio::sync::Mutex<Option<Failed>>,
}

/// How the last try failed.
pub(super) struct Failed {
    pub(super) at: Duration,
    pub(super) error: Error,
}

impl Failed {
    /// Whether it is the answer to who began to ask at this time, too.
    pub(super) fn answers(&self, asked_at: Duration, now: Duration) -> bool {
        self.at >= asked_at || now < self.at.saturating_add(PAUSE)
    }
}

impl Tokens {
    /// A token for these scopes, or more, that is good as far as is known, and is not the one that was refused.
    ///
    /// However many ask at once, the endpoint is asked once. Its failure is the answer to all who waited for it, and to who
    /// asks shortly after.
    pub(super) async fn token(
        &self,
        core: &Core,
        login: &RegistryLogin,
        realm: &Arc<Realm>,
        scopes: &Scopes,
        refused: Option<&Arc<Held>>,
    ) -> Result<Arc<Held>> {
        let asked_at = core.clock.now();
        let (entry, good) = self.entry(realm, scopes, refused, asked_at);
        if let Some(held) = good {
            return Ok(held);
        }
        let mut last = entry.attempts.lock().await;
        let now = core.clock.now();
        if let Some(held) = entry.good(now, refused) {
            return Ok(held);
        }
        if let Some(failed) = last.as_ref().filter(|failed| failed.answers(asked_at, now)) {
            return Err(failed.error.clone());
        }
        match core.call::<Issued>(&realm.call(login, scopes)?).await {
            Ok(issued) => {
                let held = Arc::new(Held::new(issued, now));
                *entry.current.write().unwrap_or_else(PoisonError::into_inner) = Some(held.clone());
                *last = None;
                Ok(held)
            }
            Err(error) => {
                let error = realm.refused(error);
                *last = Some(Failed { at: core.clock.now(), error: error.clone() });
                Err(error)
            }
        }
    }

    /// The entry for these scopes, and a good token of it, or of another one that covers them.
    fn entry(
        &self,
        realm: &Arc<Realm>,
        scopes: &Scopes,
        refused: Option<&Arc<Held>>,
        now: Duration,
    ) -> (Arc<Entry>, Option<Arc<Held>>) {
        let mut entries = self.lock();
        let key = (realm.clone(), scopes.clone());
        if let Some(entry) = entries.get(&key)
            && let Some(held) = entry.good(now, refused)
        {
            return (entry.clone(), Some(held));
        }
        let wider = entries
            .iter()
            .filter(|((other, wide), _)| other == realm && wide.cover(scopes))
            .find_map(|(_, entry)| entry.good(now, refused).map(|held| (entry.clone(), held)));
        if let Some((entry, held)) = wider {
            return (entry, Some(held));
        }
        if entries.len() >= MOST && !entries.contains_key(&key) {
            forget(&mut entries, now);
        }
        (entries.entry(key).or_default().clone(), None)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, Arc<Entry>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes room: what is over goes, else what was got the longest ago. What is being asked for stays.
fn forget(entries: &mut BTreeMap<Key, Arc<Entry>>, now: Duration) {
    entries.retain(|_, entry| Arc::strong_count(entry) > 1 || entry.good(now, None).is_some());
    if entries.len() < MOST {
        return;
    }
    let oldest = entries
        .iter()
        .filter_map(|(key, entry)| entry.held().map(|held| (held.got_at, key.clone())))
        .min_by_key(|(got_at, _)| *got_at);
    if let Some((_, key)) = oldest {
        entries.remove(&key);
    }
}

impl Entry {
    fn held(&self) -> Option<Arc<Held>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn good(&self, now: Duration, refused: Option<&Arc<Held>>) -> Option<Arc<Held>> {
        let is_other = |held: &Arc<Held>| refused.is_none_or(|refused| !Arc::ptr_eq(held, refused));
        self.held().filter(|held| now < held.renew_at).filter(is_other)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({})", self.lock().len())
    }
}
