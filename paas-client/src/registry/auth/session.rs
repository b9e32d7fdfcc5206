//! One call, asked for again with what the registry wants to see.

use super::{Auth, Known, Scopes, challenge::Challenge, held::Held, tokens::PAUSE};
use crate::{
    Error, ErrorKind, Result,
    call::{Call, Core},
};
use std::sync::Arc;

/// How often one call is shown a new way to log in. A password, a token, a wider one, a renewed one.
const ROUNDS: u32 = 4;

/// What shows who asks, for one call.
pub(in crate::registry) struct Session<'a> {
    auth: &'a Auth,
    core: &'a Core,
    scopes: Scopes,
    sent: Sent,
    refused: Option<Arc<Held>>,
    rounds: u32,
}

/// What was sent with the last try.
enum Sent {
    Nothing,
    Password,
    /// A token that somebody else sees to.
    Given,
    Token(Arc<Held>),
}

impl<'a> Session<'a> {
    pub(in crate::registry) fn new(auth: &'a Auth, core: &'a Core, scopes: Scopes) -> Self {
        Self { auth, core, scopes, sent: Sent::Nothing, refused: None, rounds: 0 }
    }

    /// Puts into a call what shows who asks.
    pub(in crate::registry) async fn authorize(&mut self, call: &mut Call) -> Result<()> {
        let login = &self.auth.login;
        call.authorization = None;
        call.struck_out.clear();
        self.sent = Sent::Nothing;
        if let Some(given) = login.bearer() {
            call.authorization = Some(given);
            self.sent = Sent::Given;
            return Ok(());
        }
        match self.auth.known(self.core).await.map_err(|error| before(error, call))? {
            Known::Open => {}
            Known::Basic => {
                call.authorization = login.basic();
                if call.authorization.is_some() {
                    self.sent = Sent::Password;
                }
            }
            Known::Bearer(realm) => {
                let tokens = &self.auth.tokens;
                let held = tokens.token(self.core, login, &realm, &self.scopes, self.refused.as_ref()).await;
                let held = held.map_err(|error| before(error, call))?;
                call.authorization = Some(held.authorization.clone());
                call.struck_out.push(held.token.clone());
                self.sent = Sent::Token(held);
            }
        }
        Ok(())
    }

    /// What to do about a refusal for want of a login: nothing, then it is the answer; else the call is asked for again.
    pub(in crate::registry) fn refused(&mut self, error: Error) -> Result<()> {
        self.rounds += 1;
        let offer = match self.auth.offered(&error) {
            Ok(offer) => offer,
            Err(why) => {
                return Err(error.with(|details| {
                    details.kind = why.kind();
                    details.message = why.message().to_owned();
                }));
            }
        };
        let again = self.rounds < ROUNDS
            && match (&self.sent, &offer) {
                (Sent::Given, _) | (_, None) => false,
                (Sent::Nothing | Sent::Token(_), Some((Known::Basic, _))) => {
                    self.auth.login.basic().is_some()
                }
                (Sent::Nothing | Sent::Password, Some((Known::Bearer(_), challenge))) => {
                    self.widen(challenge);
                    true
                }
                (Sent::Token(held), Some((Known::Bearer(_), challenge))) => {
                    let held = held.clone();
                    self.widen(challenge) || self.renew(held)
                }
                (_, Some(_)) => false,
            };
        if again && let Some((known, _)) = offer {
            self.auth.learn(known);
            return Ok(());
        }
        Err(self.last(error, offer.as_ref().map(|(_, challenge)| challenge)))
    }

    /// The same for a call that cannot be asked for again by itself, because its body is spent. A token may have ended in
    /// the middle: then to ask again helps.
    pub(in crate::registry) fn refused_once(&mut self, error: Error) -> Error {
        match self.refused(error.clone()) {
            Err(error) => error,
            Ok(()) => error.with(|details| {
                details.kind = ErrorKind::Interrupted;
                details.message =
                    "the registry wants another token than it was given; the next try has one".to_owned();
            }),
        }
    }

    fn widen(&mut self, challenge: &Challenge) -> bool {
        challenge.parameter("scope").is_some_and(|wanted| self.scopes.widen(wanted))
    }

    /// Has the token renewed, once, if it is not so young that another would be refused, too.
    fn renew(&mut self, held: Arc<Held>) -> bool {
        let is_young = self.core.clock.now() < held.got_at.saturating_add(PAUSE);
        if is_young || self.refused.is_some() {
            return false;
        }
        self.refused = Some(held);
        true
    }

    /// What a refusal means that is the last one.
    fn last(&self, error: Error, challenge: Option<&Challenge>) -> Error {
        let fault = challenge.and_then(|challenge| challenge.parameter("error")).unwrap_or_default();
        let (kind, message) = match (&self.sent, fault) {
            (Sent::Token(_) | Sent::Given, "insufficient_scope") => {
                (ErrorKind::Forbidden, "the token of this login does not allow this")
            }
            (Sent::Token(_), "invalid_token") => {
                (ErrorKind::Unauthorized, "the registry does not accept the token that its own endpoint gave")
            }
            // The endpoint accepts the login, and a fresh token of it is not enough.
            (Sent::Token(_), _) if self.auth.login.name().is_some() => {
                (ErrorKind::Forbidden, "the token of this login does not allow this")
            }
            (Sent::Nothing | Sent::Token(_), _) => (ErrorKind::Unauthorized, "the registry wants a login"),
            (Sent::Password | Sent::Given, _) => {
                (ErrorKind::Unauthorized, "the registry does not accept the login")
            }
        };
        error.with(|details| {
            details.kind = kind;
            details.message = message.to_owned();
        })
    }
}

/// The failure of what comes before a call is that of the call; nothing of it was done.
fn before(error: Error, call: &Call) -> Error {
    error.with(|details| {
        details.operation = call.operation;
        details.outcome_unknown = false;
    })
}
