//! Who logs in, and for what.

use super::{AuthToken, DomainId, ProjectId, UserId, configuration};
use crate::Result;
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::fmt;
use zeroize::Zeroizing;

/// More than a login is long, so that its buffer does not grow: what it leaves behind would not be wiped.
const USUAL: usize = 8 << 10;

/// A domain, by its id or its name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DomainKey {
    /// By its id.
    Id(DomainId),
    /// By its name.
    Name(String),
}

/// A user, by its id, or by its name in a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UserKey {
    /// By its id.
    Id(UserId),
    /// By its name.
    Name {
        /// The name.
        name: String,
        /// The domain in which it is unique.
        domain: DomainKey,
    },
}

impl UserKey {
    /// By its name in a domain of this name.
    #[must_use]
    pub fn named(name: impl Into<String>, domain: impl Into<String>) -> Self {
        Self::Name { name: name.into(), domain: DomainKey::Name(domain.into()) }
    }
}

/// A project, by its id, or by its name in a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProjectKey {
    /// By its id.
    Id(ProjectId),
    /// By its name.
    Name {
        /// The name.
        name: String,
        /// The domain in which it is unique.
        domain: DomainKey,
    },
}

impl ProjectKey {
    /// By its name in a domain of this name.
    #[must_use]
    pub fn named(name: impl Into<String>, domain: impl Into<String>) -> Self {
        Self::Name { name: name.into(), domain: DomainKey::Name(domain.into()) }
    }
}

/// An application credential, by its id, or by its name with the user whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApplicationCredentialKey {
    /// By its id.
    Id(String),
    /// By its name.
    Name {
        /// The name.
        name: String,
        /// Whose it is.
        user: UserKey,
    },
}

/// What a token shall be good for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ScopeRequest {
    /// Not said: the user's default project if it has one, else nothing.
    #[default]
    Unspecified,
    /// Nothing: it shows who somebody is.
    Unscoped,
    /// A project.
    Project(ProjectKey),
    /// A domain.
    Domain(DomainKey),
    /// The system as a whole.
    System,
    /// What a trust gives, by its id.
    Trust(String),
}

/// A login. `Debug` shows no secret.
///
/// ```
/// use paas_client::keystone::{Login, ProjectKey, ScopeRequest, UserKey};
///
/// let login = Login::password(UserKey::named("anna", "bank"), "hidden")
///     .scope(ScopeRequest::Project(ProjectKey::named("retail", "bank")));
/// assert!(!format!("{login:?}").contains("hidden"));
/// ```
#[derive(Clone)]
pub struct Login {
    method: Method,
    scope: ScopeRequest,
}

#[derive(Clone)]
enum Method {
    Password { user: UserKey, password: SecretString },
    Token(AuthToken),
    ApplicationCredential { key: ApplicationCredentialKey, secret: SecretString },
}

impl Login {
    /// By a password.
    #[must_use]
    pub fn password(user: UserKey, password: impl Into<SecretString>) -> Self {
        Self::by(Method::Password { user, password: password.into() })
    }

    /// By a token, for another scope. The new one ends when that one ends.
    #[must_use]
    pub fn token(token: AuthToken) -> Self {
        Self::by(Method::Token(token))
    }

    /// By an application credential. It has its scope already.
    #[must_use]
    pub fn application_credential(key: ApplicationCredentialKey, secret: impl Into<SecretString>) -> Self {
        Self::by(Method::ApplicationCredential { key, secret: secret.into() })
    }

    fn by(method: Method) -> Self {
        Self { method, scope: ScopeRequest::default() }
    }

    /// The same for this scope.
    #[must_use]
    pub fn scope(mut self, scope: ScopeRequest) -> Self {
        self.scope = scope;
        self
    }

    /// What must never be shown.
    pub(super) fn secrets(&self) -> Vec<SecretString> {
        match &self.method {
            Method::Password { password: secret, .. } | Method::ApplicationCredential { secret, .. } => {
                // Some write a text into JSON as it is, some escape it.
                let escaped = serde_json::to_string(secret.expose_secret()).map(Zeroizing::new);
                let escaped = escaped.map(|text| text.trim_matches('"').into()).unwrap_or_default();
                vec![secret.clone(), escaped]
            }
            Method::Token(token) => vec![token.secret().clone()],
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        let is_secret = self.secrets().first().is_some_and(|secret| !secret.expose_secret().is_empty());
        let has_own_scope = matches!(self.method, Method::ApplicationCredential { .. });
        if !is_secret {
            return Err(configuration("the password or secret of the login is empty"));
        }
        if has_own_scope && self.scope != ScopeRequest::Unspecified {
            return Err(configuration(
                "an application credential has its scope already; leave project, domain and system out",
            ));
        }
        Ok(())
    }

    /// The body of the request.
    pub(super) fn body(&self) -> Result<Vec<u8>> {
        let mut body = Vec::with_capacity(USUAL);
        serde_json::to_writer(&mut body, &Auth { auth: Request(self) })
            .map_err(|_| configuration("the login cannot be written as JSON"))?;
        Ok(body)
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Login");
        match &self.method {
            Method::Password { user, .. } => debug.field("user", user),
            Method::Token(token) => debug.field("token", token),
            Method::ApplicationCredential { key, .. } => debug.field("application_credential", key),
        };
        debug.field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// An object of one key.
struct Of<K, V>(K, V);

impl<K: Serialize, V: Serialize> Serialize for Of<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(&self.0, &self.1)?;
        map.end()
    }
}

#[derive(Serialize)]
struct Auth<'a> {
    auth: Request<'a>,
}

struct Request<'a>(&'a Login);

impl Serialize for Request<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("identity", &Identity(&self.0.method))?;
        match &self.0.scope {
            ScopeRequest::Unspecified => {}
            ScopeRequest::Unscoped => map.serialize_entry("scope", "unscoped")?,
            ScopeRequest::Project(project) => map.serialize_entry("scope", &Of("project", project))?,
            ScopeRequest::Domain(domain) => map.serialize_entry("scope", &Of("domain", domain))?,
            ScopeRequest::System => map.serialize_entry("scope", &Of("system", Of("all", true)))?,
            ScopeRequest::Trust(id) => map.serialize_entry("scope", &Of("OS-TRUST:trust", Of("id", id)))?,
        }
        map.end()
    }
}

struct Identity<'a>(&'a Method);

impl Serialize for Identity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        match self.0 {
            Method::Password { user, password } => {
                map.serialize_entry("methods", &["password"])?;
                let user = Person { user, password: Some(password.expose_secret()) };
                map.serialize_entry("password", &Of("user", user))?;
            }
            Method::Token(token) => {
                map.serialize_entry("methods", &["token"])?;
                map.serialize_entry("token", &Of("id", token.expose_secret()))?;
            }
            Method::ApplicationCredential { key, secret } => {
                map.serialize_entry("methods", &["application_credential"])?;
                map.serialize_entry("application_credential", &Credential { key, secret })?;
            }
        }
        map.end()
    }
}

struct Person<'a> {
    user: &'a UserKey,
    password: Option<&'a str>,
}

impl Serialize for Person<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.user {
            UserKey::Id(id) => map.serialize_entry("id", id)?,
            UserKey::Name { name, domain } => {
                map.serialize_entry("name", name)?;
                map.serialize_entry("domain", domain)?;
            }
        }
        if let Some(password) = self.password {
            map.serialize_entry("password", password)?;
        }
        map.end()
    }
}

struct Credential<'a> {
    key: &'a ApplicationCredentialKey,
    secret: &'a SecretString,
}

impl Serialize for Credential<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.key {
            ApplicationCredentialKey::Id(id) => map.serialize_entry("id", id)?,
            ApplicationCredentialKey::Name { name, user } => {
                map.serialize_entry("name", name)?;
                map.serialize_entry("user", &Person { user, password: None })?;
            }
        }
        map.serialize_entry("secret", self.secret.expose_secret())?;
        map.end()
    }
}

impl Serialize for DomainKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => Of("id", id).serialize(serializer),
            Self::Name(name) => Of("name", name).serialize(serializer),
        }
    }
}

impl Serialize for ProjectKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => Of("id", id).serialize(serializer),
            Self::Name { name, domain } => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("name", name)?;
                map.serialize_entry("domain", domain)?;
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ApplicationCredentialKey, Login, ProjectKey, ScopeRequest, UserKey};

    fn body(login: &Login) -> String {
        String::from_utf8(login.body().unwrap()).unwrap()
    }

    #[test]
    fn logins_are_written_as_keystone_reads_them() {
        let anna = UserKey::named("anna", "bank");
        let project = ScopeRequest::Project(ProjectKey::named("retail", "bank"));
        for (login, json) in [
            (
                Login::password(anna.clone(), "pw").scope(project),
                r#"{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"anna","domain":{"name":"bank"},"password":"pw"}}},"scope":{"project":{"name":"retail","domain":{"name":"bank"}}}}}"#,
            ),
            (
                Login::password(UserKey::Id("u1".parse().unwrap()), "pw").scope(ScopeRequest::System),
                r#"{"auth":{"identity":{"methods":["password"],"password":{"user":{"id":"u1","password":"pw"}}},"scope":{"system":{"all":true}}}}"#,
            ),
            (
                Login::token("tok".parse().unwrap()).scope(ScopeRequest::Unscoped),
                r#"{"auth":{"identity":{"methods":["token"],"token":{"id":"tok"}},"scope":"unscoped"}}"#,
            ),
            (
                Login::application_credential(ApplicationCredentialKey::Id("a1".to_owned()), "s"),
                r#"{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"id":"a1","secret":"s"}}}}"#,
            ),
            (
                Login::application_credential(
                    ApplicationCredentialKey::Name { name: "ci".to_owned(), user: anna },
                    "s",
                ),
                r#"{"auth":{"identity":{"methods":["application_credential"],"application_credential":{"name":"ci","user":{"name":"anna","domain":{"name":"bank"}},"secret":"s"}}}}"#,
            ),
        ] {
            assert_eq!(body(&login), json);
        }
    }

    #[test]
    fn logins_that_cannot_work_are_refused() {
        let key = ApplicationCredentialKey::Id("a1".to_owned());
        let scoped = Login::application_credential(key, "s").scope(ScopeRequest::System);
        assert!(scoped.check().unwrap_err().to_string().contains("scope already"));
        let empty = Login::password(UserKey::named("anna", "bank"), "");
        assert!(empty.check().unwrap_err().to_string().contains("empty"));
    }
}
