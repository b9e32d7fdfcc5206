//! Calls with a login, by which redirects are followed where they only read.

use super::{
    RegistryClient,
    answer::stays_secure,
    auth::{Scopes, Session},
    open::Opened,
    registry_error,
};
use crate::{
    Error, ErrorKind, Result,
    body::Expected,
    call::{Call, Core},
};
use secrecy::{ExposeSecret, SecretString};
use std::marker::PhantomData;
use url::Url;

/// How often a read is sent elsewhere. To a storage, and from there to the place where it keeps it.
const REDIRECTS: u32 = 5;

/// How a call is answered.
pub(super) trait Way {
    /// The answer.
    type Answer;

    /// Asks.
    fn ask(core: &Core, call: &Call) -> impl Future<Output = Result<Self::Answer>> + Send;
}

/// The answer comes whole.
pub(super) struct Whole<T>(PhantomData<T>);

impl<T: Expected + Send> Way for Whole<T> {
    type Answer = T;

    async fn ask(core: &Core, call: &Call) -> Result<T> {
        core.call(call).await
    }
}

/// The answer is opened, to be read piece by piece.
pub(super) struct Pieces;

impl Way for Pieces {
    type Answer = Opened;

    async fn ask(core: &Core, call: &Call) -> Result<Opened> {
        core.open(call).await
    }
}

impl RegistryClient {
    /// A call with a login. If the registry wants to see it otherwise, it is asked again.
    pub(super) async fn authorized<W: Way>(&self, call: &mut Call, scopes: Scopes) -> Result<W::Answer> {
        if !self.is_ours(call) {
            call.authorization = None;
            return W::ask(&self.core, call).await;
        }
        let mut session = Session::new(&self.auth, &self.core, scopes);
        loop {
            session.authorize(call).await?;
            match W::ask(&self.core, call).await {
                Err(error) if error.kind() == ErrorKind::Unauthorized => session.refused(error)?,
                other => return other,
            }
        }
    }

    /// A call with a login whose answer comes whole.
    pub(super) async fn call<T: Expected + Send>(&self, mut call: Call, scopes: Scopes) -> Result<T> {
        self.authorized::<Whole<T>>(&mut call, scopes).await
    }

    /// A call that only reads. Where it is sent elsewhere, that is followed: without credentials, and not from TLS to none.
    pub(super) async fn read<W: Way>(&self, mut call: Call, scopes: Scopes) -> Result<W::Answer> {
        let mut followed = 0;
        loop {
            let error = match self.authorized::<W>(&mut call, scopes.clone()).await {
                Err(error) if error.kind() == ErrorKind::Redirect => error,
                other => return other,
            };
            let Some(location) = error.told().location.clone() else { return Err(error) };
            followed += 1;
            if followed > REDIRECTS {
                let words = format!("the registry sends us on more than {REDIRECTS} times");
                return Err(error.with(|details| details.message = words));
            }
            let asked = SecretString::from(error.endpoint().unwrap_or_default());
            stays_secure(&asked, &location)
                .map_err(|why| error.with(|details| details.message = why.message().to_owned()))?;
            call.address = Some(location);
        }
    }

    /// Whether a call goes to the registry, and not elsewhere.
    pub(super) fn is_ours(&self, call: &Call) -> bool {
        let Some(address) = &call.address else { return true };
        let origin = Url::parse(address.expose_secret()).map(|url| url.origin().ascii_serialization());
        origin.is_ok_and(|origin| self.core.endpoints.of_origin(&origin).is_some())
    }
}

/// What an answer is that cannot be right.
pub(super) fn wrong(kind: ErrorKind, message: impl Into<String>, call: &Call) -> Error {
    registry_error(kind, message).with(|details| {
        details.operation = call.operation;
        details.resource.clone_from(&call.path.real);
    })
}
