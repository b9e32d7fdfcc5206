//! The endpoint that a registry sends to for tokens.

use super::{challenge::Challenge, scope::Scopes};
use crate::{
    Error, ErrorKind, Result,
    call::{Call, Path},
    endpoints::is_loopback,
    registry::{RegistryLogin, registry_error},
};
use url::Url;

/// An endpoint for tokens, and what it calls the registry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Realm {
    url: Url,
    service: Option<String>,
}

/// Which endpoints without TLS are trusted with a password.
#[derive(Clone, Copy, Debug)]
pub(in crate::registry) enum PlainHttp {
    /// None.
    Never,
    /// Those of this machine, since the registry is of this machine, too.
    Local,
    /// All.
    Everywhere,
}

impl Realm {
    /// The endpoint that a challenge names.
    pub(super) fn read(challenge: &Challenge, plain_http: PlainHttp) -> Result<Self> {
        let wrong = |why: &str| registry_error(ErrorKind::Protocol, why);
        let realm = challenge.parameter("realm").unwrap_or_default();
        let mut url = Url::parse(realm)
            .map_err(|_| wrong("the registry wants a token, but names no address where there are tokens"))?;
        let is_trusted = match url.scheme() {
            "https" => true,
            "http" => match plain_http {
                PlainHttp::Never => false,
                PlainHttp::Local => url.host().is_some_and(|host| is_loopback(&host)),
                PlainHttp::Everywhere => true,
            },
            _ => return Err(wrong("the registry sends for tokens to what is no address of the web")),
        };
        if !is_trusted {
            return Err(wrong(
                "the registry sends for tokens to an address with `http:`, where the password would cross the network \
                 in clear",
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("the address of the endpoint for tokens holds a user or password"));
        }
        url.set_fragment(None);
        let service = challenge.parameter("service").filter(|service| !service.is_empty());
        Ok(Self { url, service: service.map(str::to_owned) })
    }

    /// Asks for a token. To ask twice does no harm.
    pub(super) fn call(&self, login: &RegistryLogin, scopes: &Scopes) -> Result<Call> {
        let mut url = self.url.clone();
        {
            let mut query = url.query_pairs_mut();
            query.extend_pairs(self.service.as_ref().map(|service| ("service", service)));
            query.extend_pairs(scopes.each().map(|scope| ("scope", scope)));
            query.extend_pairs(login.name().map(|name| ("account", name)));
        }
        if url.query() == Some("") {
            url.set_query(None);
        }
        let path = Path { real: self.shown(), template: "{endpoint for tokens}".to_owned() };
        let mut call = Call::read("token", path, Vec::new());
        call.address = Some(url.as_str().into());
        call.authorization = login.basic();
        Ok(call)
    }

    /// The failure of asking, in words that tell who failed.
    pub(super) fn refused(&self, error: Error) -> Error {
        let who = match error.kind() {
            ErrorKind::Unauthorized | ErrorKind::Forbidden => {
                "the endpoint for tokens does not accept the login".to_owned()
            }
            _ => format!("no token: {}", error.message()),
        };
        error.with(|details| {
            details.message = who;
            // Whatever was to be done with the token was not.
            details.outcome_unknown = false;
        })
    }

    /// The address without its query.
    fn shown(&self) -> String {
        format!("{}{}", self.url.origin().ascii_serialization(), self.url.path())
    }
}
