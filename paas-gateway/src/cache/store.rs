//! The two bounded stores: of valid tokens, and of others.

use super::Digest;
use crate::CacheSettings;
use paas_client::keystone::Token;
use paas_core::access::Subject;
use quick_cache::{Weighter, sync::Cache};
use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

/// What counts as one token in the store. Ordinary ones have about 1,000 bytes.
const ONE: u64 = 4_096;

/// A token that Keystone knows.
pub(crate) struct Known {
    pub(crate) token: Arc<Token>,
    pub(crate) subject: Arc<Subject>,
    /// Until when it is kept, by the steady clock.
    pub(super) until: Duration,
    /// When it ends by the clock on the wall; nothing if it may have ended.
    pub(super) ends: Option<SystemTime>,
    /// When it was asked about, among all questions.
    pub(super) order: u64,
}

/// A token that is none.
#[derive(Clone, Copy)]
struct Bad {
    until: Duration,
    order: u64,
}

/// What is known of a token.
pub(crate) enum Stored {
    Good(Arc<Known>),
    Bad,
}

pub(super) struct Store {
    good: Cache<Digest, Arc<Known>, Size>,
    bad: Cache<Digest, Bad>,
}

/// How many ordinary tokens one stands for: a user may make credentials with very many rules.
#[derive(Clone)]
struct Size;

impl Weighter<Digest, Arc<Known>> for Size {
    fn weight(&self, _: &Digest, known: &Arc<Known>) -> u64 {
        let token = &*known.token;
        let rules = token.application_credential.as_ref().and_then(|of| of.access_rules.as_ref());
        let rules = rules
            .into_iter()
            .flatten()
            .map(|rule| rule.path.len() + rule.service.len() + rule.method.len() + 72);
        let roles = token
            .roles
            .iter()
            .map(|role| role.id.as_str().len() + role.name.as_ref().map_or(0, String::len) + 48);
        let others = token.methods.iter().chain(&token.audit_ids).map(|text| text.len() + 24);
        let bytes: usize = rules.chain(roles).chain(others).sum();
        1 + u64::try_from(bytes).unwrap_or(u64::MAX) / ONE
    }
}

impl Store {
    pub(super) fn new(settings: &CacheSettings) -> Self {
        let weight = u64::try_from(settings.valid).unwrap_or(u64::MAX);
        Self { good: Cache::with_weighter(settings.valid, weight, Size), bad: Cache::new(settings.invalid) }
    }

    /// What is known of a token at this moment.
    pub(super) fn find(&self, digest: &Digest, steady: Duration, wall: SystemTime) -> Option<Stored> {
        if let Some(known) = self.good.get(digest) {
            if known.until > steady && known.ends.is_none_or(|ends| ends > wall) {
                return Some(Stored::Good(known));
            }
            self.good.remove_if(digest, |other| other.order == known.order);
        }
        let bad = self.bad.get(digest)?;
        if bad.until > steady {
            return Some(Stored::Bad);
        }
        self.bad.remove_if(digest, |other| other.order == bad.order);
        None
    }

    /// Keeps a valid token, unless a later question was answered already. Callers hold the lock of the flights.
    pub(super) fn keep_good(&self, digest: Digest, known: Arc<Known>, now: Duration) {
        if self.is_older(&digest, known.order) {
            return;
        }
        self.bad.remove(&digest);
        if known.until > now {
            self.good.insert(digest, known);
        } else {
            self.good.remove(&digest);
        }
    }

    /// The same for one that is none.
    pub(super) fn keep_bad(&self, digest: Digest, until: Duration, order: u64) {
        if self.is_older(&digest, order) {
            return;
        }
        self.good.remove(&digest);
        self.bad.insert(digest, Bad { until, order });
    }

    pub(super) fn remove(&self, digest: &Digest) {
        self.good.remove(digest);
        self.bad.remove(digest);
    }

    /// Keeps only such valid tokens.
    pub(super) fn retain(&self, is_such: impl Fn(&Known) -> bool) {
        self.good.retain(|_, known| is_such(known));
    }

    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.good.len(), self.bad.len())
    }

    fn is_older(&self, digest: &Digest, order: u64) -> bool {
        self.good.peek(digest).is_some_and(|known| known.order > order)
            || self.bad.peek(digest).is_some_and(|bad| bad.order > order)
    }
}
