//! Questions under way: one for each token, whoever waits for it.

use super::{Answer, Begun, Digest, Tokens, UNAVAILABLE};
use paas_client::keystone::{AuthToken, Validation};
use std::collections::HashMap;
use tokio::{
    runtime::Handle,
    sync::watch::{self, Receiver, Sender},
};

/// The questions under way.
#[derive(Default)]
pub(super) struct Flights {
    by_token: HashMap<Digest, Flight>,
    /// How many others are under way, which nobody joins.
    alone: usize,
    /// How often something was forgotten: what was asked before must not be kept.
    forgotten: u64,
}

struct Flight {
    order: u64,
    answer: Receiver<Option<Answer>>,
}

impl Flights {
    pub(super) fn len(&self) -> usize {
        self.by_token.len() + self.alone
    }

    pub(super) fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// From now on nobody joins the question about this token, and its answer is not kept.
    pub(super) fn forget(&mut self, digest: &Digest) {
        self.forgotten += 1;
        self.by_token.remove(digest);
    }

    pub(super) fn forget_all(&mut self) {
        self.forgotten += 1;
        self.by_token.clear();
    }

    /// A place for a question that nobody joins; `None` if there are too many.
    pub(super) fn place(&mut self, most: usize, tokens: Tokens) -> Option<Place> {
        if self.len() >= most {
            return None;
        }
        self.alone += 1;
        Some(Place(tokens))
    }
}

/// The place of a question that nobody joins, until it is dropped.
pub(super) struct Place(Tokens);

impl Drop for Place {
    fn drop(&mut self) {
        let mut flights = self.0.flights();
        flights.alone = flights.alone.saturating_sub(1);
    }
}

impl Tokens {
    /// Waits for the answer of the question about a token, which is asked if nobody has. It goes on when all who wait
    /// are gone: the next one will want to know.
    pub(super) async fn join_or_ask(&self, digest: Digest, token: &AuthToken, how: Validation) -> Answer {
        let mut answer = match self.joined_or_begun(digest, token, how) {
            Ok(answer) => answer,
            Err(answer) => return answer,
        };
        // It broke off: the validator panicked, or the runtime ends.
        let answer = answer.wait_for(Option::is_some).await;
        answer.ok().and_then(|answer| answer.clone()).unwrap_or(UNAVAILABLE)
    }

    fn joined_or_begun(
        &self,
        digest: Digest,
        token: &AuthToken,
        how: Validation,
    ) -> Result<Receiver<Option<Answer>>, Answer> {
        let metrics = &self.0.metrics;
        let begun = self.begin();
        let mut flights = self.flights();
        // It may have been answered since it was looked for.
        match self.stored(&digest) {
            Some(super::Stored::Good(known)) => {
                metrics.cache_hits.add();
                return Err(Answer::Known(known));
            }
            Some(super::Stored::Bad) => {
                metrics.cache_negatives.add();
                return Err(Answer::Invalid);
            }
            None => {}
        }
        if let Some(flight) = flights.by_token.get(&digest) {
            metrics.cache_joined.add();
            return Ok(flight.answer.clone());
        }
        let runtime = Handle::try_current().ok();
        let Some(runtime) = runtime.filter(|_| flights.len() < self.0.keystone.waiting) else {
            metrics.cache_refused.add();
            return Err(UNAVAILABLE);
        };
        metrics.cache_misses.add();
        let (tell, answer) = watch::channel(None);
        // Under the lock nothing is forgotten.
        let begun = Begun { forgotten: flights.forgotten, ..begun };
        flights.by_token.insert(digest, Flight { order: begun.order, answer: answer.clone() });
        runtime.spawn(self.clone().fly(digest, token.clone(), how, begun, tell));
        Ok(answer)
    }

    async fn fly(
        self,
        digest: Digest,
        token: AuthToken,
        how: Validation,
        begun: Begun,
        tell: Sender<Option<Answer>>,
    ) {
        let landing = Landing { tokens: self.clone(), digest, order: begun.order };
        let answer = self.ask(&token, how, &begun).await;
        self.keep(&digest, &begun, &answer, &mut self.flights());
        drop(landing);
        tell.send_replace(Some(answer));
    }
}

/// Takes a question off the list, also when it breaks off.
struct Landing {
    tokens: Tokens,
    digest: Digest,
    order: u64,
}

impl Drop for Landing {
    fn drop(&mut self) {
        let mut flights = self.tokens.flights();
        if flights.by_token.get(&self.digest).is_some_and(|flight| flight.order == self.order) {
            flights.by_token.remove(&self.digest);
        }
    }
}
