//! What is known of tokens, for a time; and how it becomes known.
//!
//! Valid tokens and others are kept apart, so that junk pushes nothing out. Neither holds a token: both go by digests.

mod digest;
mod flight;
mod store;

pub(crate) use digest::Digest;
pub(crate) use store::{Known, Stored};

use crate::{
    CacheSettings, GatewayClock, KeystoneSettings, NotValidated, Validator, holder, metrics::Metrics,
};
use flight::Flights;
use paas_client::keystone::{AuthToken, Validation};
use paas_core::access::RoleNames;
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use store::Store;
use tokio::sync::Semaphore;

/// What is known of tokens. Clones share it.
#[derive(Clone)]
pub(crate) struct Tokens(Arc<Inner>);

struct Inner {
    validator: Arc<dyn Validator>,
    names: RoleNames,
    clock: Arc<dyn GatewayClock>,
    metrics: Arc<Metrics>,
    settings: CacheSettings,
    keystone: KeystoneSettings,
    store: Store,
    flights: Mutex<Flights>,
    permits: Semaphore,
    /// Counts validations in the order in which they began.
    begun: AtomicU64,
}

/// What came of a question about a token.
#[derive(Clone)]
pub(crate) enum Answer {
    Known(Arc<Known>),
    Invalid,
    Unavailable { retry_after: Option<Duration> },
}

const UNAVAILABLE: Answer = Answer::Unavailable { retry_after: None };

impl Tokens {
    pub(crate) fn new(
        validator: Arc<dyn Validator>,
        names: RoleNames,
        clock: Arc<dyn GatewayClock>,
        metrics: Arc<Metrics>,
        settings: CacheSettings,
        keystone: KeystoneSettings,
    ) -> Self {
        Self(Arc::new(Inner {
            validator,
            names,
            clock,
            metrics,
            settings,
            keystone,
            store: Store::new(&settings),
            flights: Mutex::default(),
            permits: Semaphore::new(keystone.at_a_time.clamp(1, Semaphore::MAX_PERMITS)),
            begun: AtomicU64::new(0),
        }))
    }

    /// What is known of a token, asking Keystone if nothing is. All who want to know of one token ask once.
    pub(crate) async fn look_up(&self, token: &AuthToken, how: Validation) -> Answer {
        let digest = Digest::of(token, how);
        match self.stored(&digest) {
            Some(Stored::Good(known)) => {
                self.0.metrics.cache_hits.add();
                Answer::Known(known)
            }
            Some(Stored::Bad) => {
                self.0.metrics.cache_negatives.add();
                Answer::Invalid
            }
            None => self.join_or_ask(digest, token, how).await,
        }
    }

    /// What Keystone says of a token now. What was known of it is what it says, from now on. A token that was just found
    /// not to be valid stays so.
    pub(crate) async fn look_up_afresh(&self, token: &AuthToken, how: Validation) -> Answer {
        let digest = Digest::of(token, how);
        if matches!(self.stored(&digest), Some(Stored::Bad)) {
            self.0.metrics.cache_negatives.add();
            return Answer::Invalid;
        }
        let Some(_place) = self.flights().place(self.0.keystone.waiting, self.clone()) else {
            self.0.metrics.cache_refused.add();
            return UNAVAILABLE;
        };
        self.0.metrics.cache_fresh.add();
        let asked = self.begin();
        let answer = self.ask(token, how, &asked).await;
        self.keep(&digest, &asked, &answer, &mut self.flights());
        answer
    }

    /// Forgets a token.
    pub(crate) fn forget(&self, token: &AuthToken) {
        for how in [Validation::default(), Validation::default().allow_expired()] {
            let digest = Digest::of(token, how);
            self.flights().forget(&digest);
            self.0.store.remove(&digest);
        }
    }

    /// Forgets all valid tokens that are such.
    pub(crate) fn forget_all(&self, is_such: impl Fn(&Known) -> bool) {
        // Whose the tokens under way are, is not known yet.
        self.flights().forget_all();
        self.0.store.retain(|known| !is_such(known));
    }

    /// How many valid tokens are kept, how many others, and how many are asked about.
    pub(crate) fn sizes(&self) -> (usize, usize, usize) {
        let (good, bad) = self.0.store.sizes();
        (good, bad, self.flights().len())
    }

    fn stored(&self, digest: &Digest) -> Option<Stored> {
        self.0.store.find(digest, self.0.clock.steady(), self.0.clock.wall())
    }

    fn flights(&self) -> MutexGuard<'_, Flights> {
        self.0.flights.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) -> Begun {
        Begun {
            order: self.0.begun.fetch_add(1, Ordering::Relaxed),
            at: self.0.clock.steady(),
            forgotten: self.flights().forgotten(),
        }
    }

    /// Asks Keystone, when it is our turn.
    async fn ask(&self, token: &AuthToken, how: Validation, begun: &Begun) -> Answer {
        let Inner { validator, keystone, permits, metrics, clock, .. } = &*self.0;
        let asked = async {
            // Never closed.
            let _permit = permits.acquire().await;
            let start = clock.steady();
            let result = validator.validate(token, how).await;
            metrics.keystone_seconds.observe(clock.steady().saturating_sub(start));
            result
        };
        let result = tokio::time::timeout(keystone.timeout, asked).await.unwrap_or_else(|_| {
            Err(NotValidated::unavailable(format!("no answer within {:?}", keystone.timeout)))
        });
        match result {
            // It ended on its way, or Keystone's clock is not ours.
            Ok(token) if !how.allow_expired && token.expires_at <= clock.wall() => {
                metrics.keystone_invalid.add();
                Answer::Invalid
            }
            Ok(token) => {
                metrics.keystone_valid.add();
                Answer::Known(Arc::new(self.known(token, how, begun)))
            }
            Err(NotValidated::Invalid) => {
                metrics.keystone_invalid.add();
                Answer::Invalid
            }
            Err(NotValidated::Unavailable { because, retry_after }) => {
                metrics.keystone_unavailable.add();
                tracing::warn!(because, "a token could not be validated");
                Answer::Unavailable { retry_after }
            }
        }
    }

    fn known(&self, token: paas_client::keystone::Token, how: Validation, begun: &Begun) -> Known {
        let left = token.expires_at.duration_since(self.0.clock.wall()).unwrap_or_default();
        let valid_for = self.0.settings.valid_for;
        // A token that counts although it has ended is kept as long as others.
        let (lives, ends) =
            if how.allow_expired { (valid_for, None) } else { (valid_for.min(left), Some(token.expires_at)) };
        Known {
            subject: Arc::new(holder(&token, &self.0.names)),
            token: Arc::new(token),
            // From when it was asked: what changed meanwhile may be in the answer or not.
            until: begun.at.saturating_add(lives),
            ends,
            order: begun.order,
        }
    }

    /// Keeps an answer, unless something was forgotten meanwhile, or a later question was answered already.
    fn keep(&self, digest: &Digest, begun: &Begun, answer: &Answer, flights: &mut Flights) {
        if begun.forgotten != flights.forgotten() {
            return;
        }
        // What is learnt counts for the token, however it was validated before.
        if !matches!(answer, Answer::Unavailable { .. }) {
            self.0.store.remove(&digest.twin());
        }
        match answer {
            Answer::Known(known) => self.0.store.keep_good(*digest, known.clone(), begun.at),
            Answer::Invalid => {
                let until = begun.at.saturating_add(self.0.settings.invalid_for);
                self.0.store.keep_bad(*digest, until, begun.order);
            }
            Answer::Unavailable { .. } => {}
        }
    }
}

/// When a question began.
struct Begun {
    order: u64,
    at: Duration,
    /// How often something had been forgotten.
    forgotten: u64,
}
