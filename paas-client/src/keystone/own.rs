//! Our own token: got when it is needed, kept until shortly before its end, got anew once when it is refused.

use super::{AuthToken, Issued, Login, client, keystone_error};
use crate::{Error, ErrorKind, Result, call::Core};
use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use tokio::sync::Mutex;

/// How soon after a failure another login is tried, and how soon after a login another because its token is refused. A
/// login costs Keystone a third of a second, so that all calls of a busy program together must not ask for more.
const PAUSE: Duration = Duration::from_secs(1);

/// As whom a client asks.
pub(super) enum Own {
    /// As nobody: only what needs no token of ours.
    Nobody,
    /// As the owner of a token that somebody else sees to.
    Given(AuthToken),
    /// As whoever logs in.
    Login(Box<Session>),
}

/// A login with its token of the moment.
pub(super) struct Session {
    login: Login,
    /// How long before its end a token is renewed.
    margin: Duration,
    current: RwLock<Option<Arc<Held>>>,
    /// Held by whoever logs in; all others wait for the same.
    attempts: Mutex<Option<Failed>>,
}

/// A token, with times on the clock of the client.
pub(super) struct Held {
    pub(super) issued: Issued,
    got_at: Duration,
    renew_at: Duration,
}

/// How the last login failed.
struct Failed {
    at: Duration,
    error: Error,
}

impl Session {
    pub(super) fn new(login: Login, margin: Duration) -> Self {
        Self { login, margin, current: RwLock::default(), attempts: Mutex::default() }
    }

    /// A token that is good, as far as is known, and is not the one that was refused; `None` if that one is so young
    /// that another would be refused too.
    ///
    /// However many ask at once, there is one login. Its failure is the answer to all who waited for it, and to who asks
    /// shortly after.
    pub(super) async fn token(&self, core: &Core, refused: Option<&Arc<Held>>) -> Result<Option<Arc<Held>>> {
        if let Some(held) = self.good(core, refused) {
            return Ok(Some(held));
        }
        if refused.is_some_and(|held| core.clock.now() < held.got_at.saturating_add(PAUSE)) {
            return Ok(None);
        }
        let asked_at = core.clock.now();
        let mut last = self.attempts.lock().await;
        if let Some(held) = self.good(core, refused) {
            return Ok(Some(held));
        }
        if let Some(failed) = last.as_ref()
            && (failed.at >= asked_at || core.clock.now() < failed.at.saturating_add(PAUSE))
        {
            return Err(failed.error.clone());
        }
        match self.log_in(core).await {
            Ok(held) => {
                let held = Arc::new(held);
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(held.clone());
                *last = None;
                Ok(Some(held))
            }
            Err(error) => {
                *last = Some(Failed { at: core.clock.now(), error: error.clone() });
                Err(error)
            }
        }
    }

    fn good(&self, core: &Core, refused: Option<&Arc<Held>>) -> Option<Arc<Held>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        let is_other = |held: &&Arc<Held>| refused.is_none_or(|refused| !Arc::ptr_eq(held, refused));
        current.as_ref().filter(|held| core.clock.now() < held.renew_at).filter(is_other).cloned()
    }

    async fn log_in(&self, core: &Core) -> Result<Held> {
        let got_at = core.clock.now();
        let issued = client::authenticate(core, &self.login).await?;
        // How long it lives is told by Keystone's clock alone: ours may be wrong.
        let lives = issued.details.expires_at.duration_since(issued.details.issued_at).unwrap_or_default();
        if lives.is_zero() {
            return Err(keystone_error(ErrorKind::Protocol, "the token ends when it begins"));
        }
        let margin = self.margin.min(lives / 4);
        Ok(Held { issued, got_at, renew_at: got_at.saturating_add(lives - margin) })
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("Nobody"),
            Self::Given(token) => token.fmt(f),
            Self::Login(session) => session.login.fmt(f),
        }
    }
}
