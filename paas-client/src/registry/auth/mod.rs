//! How a client shows who asks: it learns once how the registry wants it, gets tokens where they are wanted, and renews
//! them, also in the middle of a copy.

mod challenge;
mod held;
mod realm;
mod scope;
mod session;
mod tokens;

pub(super) use realm::PlainHttp;
pub(super) use scope::Scopes;
pub(super) use session::Session;

use super::{RegistryLogin, answer::Answer};
use crate::{
    Error, ErrorKind, Result,
    call::{Call, Core, Path},
};
use challenge::Challenge;
use realm::Realm;
use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};
use tokens::{Failed, Tokens};
use tokio::sync::Mutex;

/// The login of a client, and what it knows of how to use it.
pub(super) struct Auth {
    pub(super) login: RegistryLogin,
    plain_http: PlainHttp,
    known: RwLock<Option<Known>>,
    /// Held by whoever asks the registry how it wants it; all others wait for the same.
    learning: Mutex<Option<Failed>>,
    tokens: Tokens,
}

/// How the registry wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Known {
    /// Not at all, as far as is known.
    Open,
    /// A password with each request.
    Basic,
    /// A token of this endpoint with each request.
    Bearer(Arc<Realm>),
}

impl Auth {
    pub(super) fn new(login: RegistryLogin, plain_http: PlainHttp) -> Self {
        Self {
            login,
            plain_http,
            known: RwLock::default(),
            learning: Mutex::default(),
            tokens: Tokens::default(),
        }
    }

    /// How the registry wants it; it is asked once, before all else.
    async fn known(&self, core: &Core) -> Result<Known> {
        if let Some(known) = self.remembered() {
            return Ok(known);
        }
        let asked_at = core.clock.now();
        let mut last = self.learning.lock().await;
        if let Some(known) = self.remembered() {
            return Ok(known);
        }
        if let Some(failed) = last.as_ref().filter(|failed| failed.answers(asked_at, core.clock.now())) {
            return Err(failed.error.clone());
        }
        let learnt = match core.call::<Answer>(&ping()).await {
            Ok(_) => Ok(Known::Open),
            Err(error) if error.kind() == ErrorKind::Unauthorized => {
                self.offered(&error).map(|offer| offer.map_or(Known::Open, |(known, _)| known))
            }
            // Not all registries have this page; the call itself will tell.
            Err(error) if error.status().is_some_and(|status| status < 500) => Ok(Known::Open),
            Err(error) => Err(error),
        };
        match learnt {
            Ok(known) => {
                self.learn(known.clone());
                *last = None;
                Ok(known)
            }
            Err(error) => {
                *last = Some(Failed { at: core.clock.now(), error: error.clone() });
                Err(error)
            }
        }
    }

    fn remembered(&self) -> Option<Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn learn(&self, known: Known) {
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }

    /// The best way that a refusal offers, and its challenge: a token before a password.
    fn offered(&self, error: &Error) -> Result<Option<(Known, Challenge)>> {
        let all = Challenge::read(error.told().challenges.iter().map(String::as_str));
        let of = |scheme: &str| all.iter().find(|challenge| challenge.scheme == scheme).cloned();
        if let Some(challenge) = of("bearer") {
            let realm = Realm::read(&challenge, self.plain_http)?;
            return Ok(Some((Known::Bearer(Arc::new(realm)), challenge)));
        }
        Ok(of("basic").map(|challenge| (Known::Basic, challenge)))
    }
}

/// Asks for nothing.
pub(super) fn ping() -> Call {
    Call::read("ping", Path::new("/v2").at(""), Vec::new())
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth")
            .field("login", &self.login)
            .field("tokens", &self.tokens)
            .finish_non_exhaustive()
    }
}
