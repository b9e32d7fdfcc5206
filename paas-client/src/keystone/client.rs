//! The client of a server: tokens, and who asks.

use super::{AuthToken, Issued, KeystoneBuilder, Login, Token, answer::Described, configuration, own::Own};
use crate::{
    ErrorKind, Result,
    body::{Done, Expected},
    call::{Call, Core, Effect, Path},
    limits::SHOWN_MESSAGE,
    transport::Method,
};
use std::{fmt, sync::Arc};

/// The root of the API.
pub(super) const ROOT: &str = "/v3";

/// Who asks.
const OWN: &str = "x-auth-token";
/// Which token is asked about.
const SUBJECT: &str = "x-subject-token";
/// Says that we hold the access rules of application credentials. Without it Keystone shows no such token.
const ACCESS_RULES: (&str, &str) = ("openstack-identity-access-rules", "1.0");

/// A client of one Keystone. Clones share connections, limits and the token.
///
/// It logs in when a call first needs its own token, once for all calls that are under way, keeps the token until
/// shortly before its end, and gets another, once, when Keystone refuses it.
///
/// [`acting_as`](Self::acting_as) is a client that asks with a token of somebody else.
#[derive(Clone)]
pub struct KeystoneClient {
    pub(super) core: Arc<Core>,
    own: Arc<Own>,
}

/// How a token is validated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validation {
    /// A token that has ended counts for a time, as Keystone is configured: two days by default. For requests that a
    /// service goes on with, and that it proves with a token of its own.
    pub allow_expired: bool,
}

impl Validation {
    /// Lets tokens count that have ended.
    #[must_use]
    pub fn allow_expired(mut self) -> Self {
        self.allow_expired = true;
        self
    }
}

impl KeystoneClient {
    /// Sets up a client.
    pub fn builder() -> KeystoneBuilder {
        KeystoneBuilder::default()
    }

    pub(super) fn new(core: Core, own: Own) -> Self {
        Self { core: Arc::new(core), own: Arc::new(own) }
    }

    /// A client that asks with this token, and shares all else. It never logs in: when the token is refused, the call
    /// ends with [`ErrorKind::Unauthorized`].
    #[must_use]
    pub fn acting_as(&self, token: &AuthToken) -> Self {
        Self { core: self.core.clone(), own: Arc::new(Own::Given(token.clone())) }
    }

    /// Logs somebody in. The token is theirs: the client does not keep it. Dropped: a token may have been made.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unauthorized`] if the login is not accepted, or if there is no role in the scope that it asks for:
    /// Keystone answers the same to both.
    pub async fn authenticate(&self, login: &Login) -> Result<Issued> {
        authenticate(&self.core, login).await
    }

    /// The client's own token, which it logs in for if need be. Dropped: a token may have been made.
    ///
    /// # Errors
    ///
    /// Those of [`authenticate`](Self::authenticate); [`ErrorKind::Configuration`] without a login.
    pub async fn own_token(&self) -> Result<Issued> {
        let Own::Login(session) = &*self.own else { return Err(no_login()) };
        let held = session.token(&self.core, None).await?.ok_or_else(no_login)?;
        Ok(held.issued.clone())
    }

    /// What Keystone says of a token, whose roles are those of this moment. Without the catalogue. Dropped: nothing has
    /// changed.
    ///
    /// The access rules of an application credential come with it; who receives a request with it must hold them:
    /// [`Token::allows`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::TokenInvalid`] if it is not valid, [`ErrorKind::Unauthorized`] if ours is not, and
    /// [`ErrorKind::Forbidden`] if ours may not ask. All others say nothing of the token.
    ///
    /// ```
    /// # use paas_client::{ErrorKind, KeystoneClient, transport::{Canned, Response}};
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
    /// # let server = Canned::new(|_| Ok(Response::new(404,
    /// #     r#"{"error":{"code":404,"message":"Failed to validate token","title":"Not Found"}}"#)));
    /// # let client = KeystoneClient::builder().url("https://keystone.example").transport(server).build()?
    /// #     .acting_as(&"gAAAAAB-ours".parse()?);
    /// let error = client.validate(&"gAAAAAB-revoked".parse()?).await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::TokenInvalid);
    /// assert_eq!(error.code(), "client.keystone.token-invalid");
    /// # Ok(()) }
    /// ```
    pub async fn validate(&self, token: &AuthToken) -> Result<Token> {
        self.validate_with(token, Validation::default()).await
    }

    /// The same with more said. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`validate`](Self::validate).
    pub async fn validate_with(&self, token: &AuthToken, how: Validation) -> Result<Token> {
        let mut query = vec![("nocatalog".to_owned(), "true".to_owned())];
        if how.allow_expired {
            query.push(("allow_expired".to_owned(), "true".to_owned()));
        }
        let mut call = about(token, Call::read("validate", tokens(), query));
        call.headers.push((ACCESS_RULES.0, ACCESS_RULES.1.to_owned()));
        let described: Result<Described> = self.authorized(call).await;
        described.map(|described| described.token).map_err(of_subject)
    }

    /// The same, asked with that very token: needs no login. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// As [`validate`](Self::validate); never [`ErrorKind::Unauthorized`], since there is one token only.
    pub async fn validate_self(&self, token: &AuthToken) -> Result<Token> {
        self.acting_as(token)
            .validate(token)
            .await
            .map_err(|error| if error.kind() == ErrorKind::Unauthorized { invalid(error) } else { error })
    }

    /// Ends a token. Dropped: it may have ended.
    ///
    /// # Errors
    ///
    /// As [`validate`](Self::validate).
    pub async fn revoke(&self, token: &AuthToken) -> Result<()> {
        let mut call = about(token, Call::change("revoke", Method::Delete, tokens(), None));
        call.effect = Effect::Idempotent;
        match self.authorized(call).await.map_err(of_subject) {
            Ok(Done) => Ok(()),
            // The first try did it, and its answer was lost.
            Err(error) if error.kind() == ErrorKind::TokenInvalid && error.attempts() > 1 => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// A text of the server, fit to be quoted: in one line, of at most 500 characters, without backticks, and without
    /// the password. Errors quote like this.
    #[must_use]
    pub fn quotable(&self, text: &str) -> String {
        self.core.redactor.clean(text, SHOWN_MESSAGE)
    }

    /// Asks as whom this client asks. A refused token of its own is renewed once.
    pub(super) async fn authorized<T: Expected>(&self, mut call: Call) -> Result<T> {
        let session = match &*self.own {
            Own::Nobody => return Err(no_login()),
            Own::Given(token) => {
                call.secrets.push((OWN, token.secret().clone()));
                return self.core.call(&call).await;
            }
            Own::Login(session) => session,
        };
        let held = session.token(&self.core, None).await?.ok_or_else(no_login)?;
        call.secrets.push((OWN, held.issued.token.secret().clone()));
        let refusal = match self.core.call(&call).await {
            Err(error) if error.kind() == ErrorKind::Unauthorized => error,
            other => return other,
        };
        let Some(held) = session.token(&self.core, Some(&held)).await? else { return Err(refusal) };
        call.secrets.pop();
        call.secrets.push((OWN, held.issued.token.secret().clone()));
        self.core.call(&call).await
    }
}

impl fmt::Debug for KeystoneClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeystoneClient").field("own", &self.own).field("core", &self.core).finish()
    }
}

/// Logs in. To log in twice does no harm.
pub(super) async fn authenticate(core: &Core, login: &Login) -> Result<Issued> {
    login.check()?;
    let mut call = Call::change("authenticate", Method::Post, tokens(), Some(login.body()?));
    call.query.push(("nocatalog".to_owned(), "true".to_owned()));
    call.effect = Effect::None;
    call.struck_out = login.secrets();
    core.call(&call).await
}

fn tokens() -> Path {
    Path::new(ROOT).at("auth").at("tokens")
}

fn about(token: &AuthToken, mut call: Call) -> Call {
    call.secrets.push((SUBJECT, token.secret().clone()));
    call
}

/// What is not there is the token that was asked about.
fn of_subject(error: crate::Error) -> crate::Error {
    if error.kind() == ErrorKind::NotFound { invalid(error) } else { error }
}

fn invalid(error: crate::Error) -> crate::Error {
    error.with(|details| {
        details.kind = ErrorKind::TokenInvalid;
        details.message = ErrorKind::TokenInvalid.words().to_owned();
    })
}

fn no_login() -> crate::Error {
    configuration("this call needs a token, and the client has no login; give it one, or act as somebody")
}
