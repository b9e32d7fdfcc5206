//! Other registries.

use crate::harbor::{RegistryId, lenient, spelling::spellings, word::words};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::{fmt, time::SystemTime};

words! {
    /// What kind of registry one is.
    ///
    /// ```
    /// use paas_client::harbor::RegistryKind;
    /// assert_eq!(RegistryKind::from("docker-registry"), RegistryKind::DockerRegistry);
    /// assert_eq!(RegistryKind::from("quay").as_str(), "quay");
    /// ```
    RegistryKind {
        /// Another Harbor.
        Harbor "harbor",
        /// A plain registry.
        DockerRegistry "docker-registry",
        /// Docker Hub.
        DockerHub "docker-hub",
    }
}

words! {
    /// Whether Harbor reaches another registry.
    RegistryHealth {
        /// It did, when it last tried.
        Healthy "healthy",
        /// It did not.
        Unhealthy "unhealthy",
    }
}

/// Another registry, which images are copied to or from. The secret that Harbor logs in with is not told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Row")]
#[non_exhaustive]
pub struct Registry {
    /// The id.
    pub id: RegistryId,
    /// The name.
    pub name: String,
    /// What kind it is.
    pub kind: RegistryKind,
    /// Its address.
    pub url: String,
    /// As whom Harbor logs in, if it does.
    pub access_key: Option<String>,
    /// Whether its certificate is not looked at.
    pub insecure: bool,
    /// Whether Harbor reaches it.
    pub health: RegistryHealth,
    /// What people write about it.
    pub description: Option<String>,
    /// When it was added.
    pub creation_time: Option<SystemTime>,
}

/// As whom Harbor logs in to another registry. `Debug` does not show the secret.
///
/// ```
/// use paas_client::harbor::RegistryCredential;
/// let credential = RegistryCredential::basic("robot$copy", "hidden");
/// assert_eq!(format!("{credential:?}"), r#"RegistryCredential { access_key: "robot$copy", .. }"#);
/// ```
#[derive(Clone)]
pub struct RegistryCredential {
    kind: &'static str,
    access_key: String,
    secret: SecretString,
}

impl RegistryCredential {
    /// A user with a password, or a robot of another Harbor with its secret.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self { kind: "basic", access_key: user.into(), secret: password.into() }
    }

    /// As whom.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.access_key
    }

    /// All that must never be shown.
    fn secrets(&self) -> Vec<SecretString> {
        spellings(self.secret.expose_secret())
    }
}

impl fmt::Debug for RegistryCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegistryCredential").field("access_key", &self.access_key).finish_non_exhaustive()
    }
}

/// Another registry that Harbor is to know.
///
/// ```
/// use paas_client::harbor::{NewRegistry, RegistryCredential, RegistryKind};
/// let production = NewRegistry::new("production", RegistryKind::Harbor, "https://registry.bank.test")
///     .credential(RegistryCredential::basic("robot$copy", "hidden"));
/// assert!(!format!("{production:?}").contains("hidden"));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NewRegistry {
    pub(super) name: String,
    kind: RegistryKind,
    url: String,
    credential: Option<RegistryCredential>,
    insecure: bool,
    authority: Option<String>,
    description: String,
}

impl NewRegistry {
    /// A registry of this name, of at most 64 bytes, at this address.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: RegistryKind, url: impl Into<String>) -> Self {
        let (credential, insecure, authority, description) = (None, false, None, String::new());
        Self { name: name.into(), kind, url: url.into(), credential, insecure, authority, description }
    }

    /// As whom Harbor logs in there.
    #[must_use]
    pub fn credential(mut self, credential: RegistryCredential) -> Self {
        self.credential = Some(credential);
        self
    }

    /// Does not look at its certificate: what is copied can be read and changed on its way then.
    #[must_use]
    pub fn insecure(mut self) -> Self {
        self.insecure = true;
        self
    }

    /// Who signs its certificate, in PEM.
    #[must_use]
    pub fn certificate_authority(mut self, pem: impl Into<String>) -> Self {
        self.authority = Some(pem.into());
        self
    }

    /// What people read about it.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    pub(super) fn secrets(&self) -> Vec<SecretString> {
        self.credential.iter().flat_map(RegistryCredential::secrets).collect()
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The change that gives a registry that is there already this credential and certificate, since nobody can compare
    /// them; nothing else of it changes.
    ///
    /// ```
    /// use paas_client::harbor::{NewRegistry, RegistryCredential, RegistryKind};
    /// let test = NewRegistry::new("test", RegistryKind::Harbor, "https://test.bank.test")
    ///     .credential(RegistryCredential::basic("robot$copy", "hidden"));
    /// assert!(!format!("{:?}", test.renewal()).contains("hidden"));
    /// ```
    #[must_use]
    pub fn renewal(&self) -> RegistryChange {
        let (authority, credential) = (self.authority.clone(), self.credential.clone());
        RegistryChange { authority, credential, ..RegistryChange::default() }
    }

    /// Whether a registry is this one, as far as Harbor tells: by its name, kind, address, user, and whether its certificate
    /// is looked at.
    #[must_use]
    pub fn is(&self, registry: &Registry) -> bool {
        let is_same_url = registry.url.trim_end_matches('/') == self.url.trim_end_matches('/');
        let access_key = self.credential.as_ref().map(RegistryCredential::access_key);
        is_same_url
            && registry.name == self.name
            && registry.kind == self.kind
            && registry.insecure == self.insecure
            && registry.access_key.as_deref() == access_key
    }

    pub(super) fn body(&self) -> impl Serialize {
        #[derive(Serialize)]
        struct Body<'a> {
            name: &'a str,
            r#type: &'a str,
            url: &'a str,
            insecure: bool,
            description: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            credential: Option<Credential<'a>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            ca_certificate: Option<&'a str>,
        }
        #[derive(Serialize)]
        struct Credential<'a> {
            r#type: &'a str,
            access_key: &'a str,
            access_secret: &'a str,
        }
        let credential = self.credential.as_ref().map(|credential| Credential {
            r#type: credential.kind,
            access_key: &credential.access_key,
            access_secret: credential.secret.expose_secret(),
        });
        Body {
            name: &self.name,
            r#type: self.kind.as_str(),
            url: &self.url,
            insecure: self.insecure,
            description: &self.description,
            credential,
            ca_certificate: self.authority.as_deref(),
        }
    }

    /// As Harbor wants it to try it without keeping it.
    pub(super) fn trial(&self) -> Trial<'_> {
        Trial {
            id: None,
            r#type: Some(self.kind.as_str()),
            url: Some(&self.url),
            insecure: Some(self.insecure),
            ca_certificate: self.authority.as_deref(),
            login: Fields::of(self.credential.as_ref()),
        }
    }
}

/// A registry that is to be tried.
#[derive(Serialize)]
pub(super) struct Trial<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<RegistryId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    insecure: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ca_certificate: Option<&'a str>,
    #[serde(flatten)]
    login: Fields<'a>,
}

impl Trial<'_> {
    /// One that Harbor knows.
    pub(super) fn known(id: RegistryId) -> Self {
        Self {
            id: Some(id),
            r#type: None,
            url: None,
            insecure: None,
            ca_certificate: None,
            login: Fields::of(None),
        }
    }
}

/// A credential, beside the other fields.
#[derive(Serialize)]
struct Fields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_secret: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn of(credential: Option<&'a RegistryCredential>) -> Self {
        Self {
            credential_type: credential.map(|credential| credential.kind),
            access_key: credential.map(|credential| credential.access_key.as_str()),
            access_secret: credential.map(|credential| credential.secret.expose_secret()),
        }
    }
}

/// What of a registry is to change; what is not named stays. Harbor forgets the secret when the address changes and no
/// credential comes with it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct RegistryChange {
    name: Option<String>,
    url: Option<String>,
    description: Option<String>,
    insecure: Option<bool>,
    authority: Option<String>,
    credential: Option<RegistryCredential>,
}

impl RegistryChange {
    /// Another name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Another address.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// What people read about it.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Whether its certificate is not looked at.
    #[must_use]
    pub fn insecure(mut self, insecure: bool) -> Self {
        self.insecure = Some(insecure);
        self
    }

    /// Who signs its certificate, in PEM.
    #[must_use]
    pub fn certificate_authority(mut self, pem: impl Into<String>) -> Self {
        self.authority = Some(pem.into());
        self
    }

    /// As whom Harbor logs in there.
    #[must_use]
    pub fn credential(mut self, credential: RegistryCredential) -> Self {
        self.credential = Some(credential);
        self
    }

    pub(super) fn secrets(&self) -> Vec<SecretString> {
        self.credential.iter().flat_map(RegistryCredential::secrets).collect()
    }

    pub(super) fn body(&self) -> impl Serialize {
        #[derive(Serialize)]
        struct Body<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            name: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            url: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            description: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            insecure: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            ca_certificate: Option<&'a str>,
            #[serde(flatten)]
            login: Fields<'a>,
        }
        Body {
            name: self.name.as_deref(),
            url: self.url.as_deref(),
            description: self.description.as_deref(),
            insecure: self.insecure,
            ca_certificate: self.authority.as_deref(),
            login: Fields::of(self.credential.as_ref()),
        }
    }
}

/// What another registry can do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct RegistryInfo {
    /// What kind it is.
    #[serde(rename = "type")]
    pub kind: RegistryKind,
    /// When copies can begin: `manual`, `scheduled`, `event_based`.
    #[serde(rename = "supported_triggers", default, deserialize_with = "lenient::or_default")]
    pub triggers: Vec<String>,
    /// Whether content can be sent in pieces.
    #[serde(rename = "supported_copy_by_chunk", default, deserialize_with = "lenient::flag")]
    pub copies_by_chunk: bool,
}

/// As Harbor writes it.
#[derive(Deserialize)]
struct Row {
    id: RegistryId,
    #[serde(default, deserialize_with = "lenient::or_default")]
    name: String,
    r#type: RegistryKind,
    #[serde(default, deserialize_with = "lenient::or_default")]
    url: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    credential: RowCredential,
    #[serde(default, deserialize_with = "lenient::flag")]
    insecure: bool,
    #[serde(default = "unknown")]
    status: RegistryHealth,
    #[serde(default, deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient::time")]
    creation_time: Option<SystemTime>,
}

#[derive(Default, Deserialize)]
struct RowCredential {
    #[serde(default, deserialize_with = "lenient::text")]
    access_key: Option<String>,
}

fn unknown() -> RegistryHealth {
    RegistryHealth::Other(String::new())
}

impl From<Row> for Registry {
    fn from(row: Row) -> Self {
        let Row { id, name, url, credential, insecure, status, description, creation_time, .. } = row;
        let (kind, access_key, health) = (row.r#type, credential.access_key, status);
        Self { id, name, kind, url, access_key, insecure, health, description, creation_time }
    }
}
