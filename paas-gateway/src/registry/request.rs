//! Reads requests: `GET` with a query and Basic credentials, and `POST` with a form.

use super::{
    ask::{Ask, Refusal},
    credentials::{Credentials, UserNames},
    scope,
};
use http::{HeaderMap, header::AUTHORIZATION};
use paas_client::SecretString;

/// More than a request with all scopes has.
pub(super) const LONGEST: usize = 32 << 10;

/// A request with a query. `account`, `client_id` and `offline_token` are known and decide nothing: the account is the
/// one that logs in, and there are no tokens that live longer.
pub(super) fn of_query(query: &str, headers: &HeaderMap, names: &UserNames) -> Result<Ask, Refusal> {
    if query.len() > LONGEST {
        return Err(Refusal::Malformed("the query is too long"));
    }
    let parameters = Parameters::read(query.as_bytes())?;
    let mut authorizations = headers.get_all(AUTHORIZATION).iter();
    let credentials = match (authorizations.next(), authorizations.next()) {
        (Some(only), None) => Credentials::of_header(only.as_bytes(), names),
        _ => None,
    };
    Ok(Ask {
        service: parameters.service()?,
        scopes: scope::parse(parameters.all("scope"))?,
        credentials: credentials.ok_or(Refusal::NotAccepted)?,
    })
}

/// A request with a form: OAuth's grant by a password, as the specification of the distribution project has it.
pub(super) fn of_form(form: &[u8], names: &UserNames) -> Result<Ask, Refusal> {
    let parameters = Parameters::read(form)?;
    match parameters.only("grant_type")? {
        Some("password") => {}
        Some(_) => return Err(Refusal::GrantType),
        None => return Err(Refusal::Malformed("the form has no `grant_type`")),
    }
    let (user, password) = (parameters.only("username")?, parameters.only("password")?);
    let credentials = match (user, password) {
        (Some(user), Some(password)) => Credentials::new(user, SecretString::from(password), names),
        _ => None,
    };
    Ok(Ask {
        service: parameters.service()?,
        scopes: scope::parse(parameters.all("scope"))?,
        credentials: credentials.ok_or(Refusal::NotAccepted)?,
    })
}

/// Names with values. They may be secret: there is no `Debug`.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// More than there are names of parameters, with a scope for each.
    const MOST: usize = 64;

    fn read(text: &[u8]) -> Result<Self, Refusal> {
        let read: Vec<_> = form_urlencoded::parse(text).into_owned().take(Self::MOST + 1).collect();
        if read.len() > Self::MOST {
            return Err(Refusal::Malformed("there are too many parameters"));
        }
        Ok(Self(read))
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value of what must not come twice: who reads the first and who reads the last would not agree.
    fn only(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            _ => Err(Refusal::Malformed("a parameter other than `scope` comes twice")),
        }
    }

    fn service(&self) -> Result<String, Refusal> {
        let service = self.only("service")?.filter(|service| !service.is_empty());
        service.map(str::to_owned).ok_or(Refusal::Malformed("the request does not say for which `service`"))
    }
}
