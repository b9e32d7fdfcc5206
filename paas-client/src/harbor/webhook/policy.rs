//! Whom Harbor tells of what: policies of webhooks.

use super::WebhookEventKind;
use crate::{
    harbor::{WebhookPolicyId, lenient, spelling::spellings, word::words},
    notification::HeaderSecret,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::{fmt, time::SystemTime};

words! {
    /// How Harbor writes what it tells.
    PayloadFormat {
        /// In its own way.
        Default "Default",
        /// As CloudEvents 1.0, with an id for each event.
        CloudEvents "CloudEvents",
    }
}

/// A policy of webhooks: whom Harbor tells of what happens in a project.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct WebhookPolicy {
    /// The id.
    pub id: WebhookPolicyId,
    /// The name.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    /// What people write about it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: Option<String>,
    /// Whether anybody is told.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub enabled: bool,
    /// Of what.
    #[serde(rename = "event_types", default, deserialize_with = "lenient::or_default")]
    pub events: Vec<WebhookEventKind>,
    /// Whom.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub targets: Vec<WebhookTarget>,
    /// Who made it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub creator: Option<String>,
    /// When it was made.
    #[serde(default, deserialize_with = "lenient::time")]
    pub creation_time: Option<SystemTime>,
}

/// Whom Harbor tells. `Debug` does not show the secret.
#[derive(Clone)]
#[non_exhaustive]
pub struct WebhookTarget {
    /// How: `http` or `slack`.
    pub kind: String,
    /// Where.
    pub address: String,
    /// Whether the certificate there is not looked at.
    pub skips_certificate_check: bool,
    /// How it is written.
    pub format: PayloadFormat,
    authorization: Option<SecretString>,
}

impl WebhookTarget {
    /// Whether Harbor sends this as `Authorization`: it tells who may read its policies what it is.
    #[must_use]
    pub fn sends(&self, secret: &HeaderSecret) -> bool {
        secret.admits(self.authorization.as_ref().map(ExposeSecret::expose_secret))
    }

    /// Whether Harbor sends anything as `Authorization`.
    #[must_use]
    pub fn sends_authorization(&self) -> bool {
        self.authorization.is_some()
    }
}

impl PartialEq for WebhookTarget {
    fn eq(&self, other: &Self) -> bool {
        let secret =
            |target: &Self| target.authorization.as_ref().map(|text| text.expose_secret().to_owned());
        self.kind == other.kind
            && self.address == other.address
            && self.skips_certificate_check == other.skips_certificate_check
            && self.format == other.format
            && secret(self) == secret(other)
    }
}

impl Eq for WebhookTarget {}

impl fmt::Debug for WebhookTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookTarget")
            .field("kind", &self.kind)
            .field("address", &self.address)
            .field("skips_certificate_check", &self.skips_certificate_check)
            .field("format", &self.format)
            .field("sends_authorization", &self.sends_authorization())
            .finish_non_exhaustive()
    }
}

/// As Harbor writes it.
#[derive(Deserialize)]
struct Row {
    #[serde(rename = "type", default, deserialize_with = "lenient::or_default")]
    kind: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    address: String,
    #[serde(default, deserialize_with = "lenient::text")]
    auth_header: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    skip_cert_verify: bool,
    #[serde(default, deserialize_with = "lenient::or_default")]
    payload_format: String,
}

impl<'de> Deserialize<'de> for WebhookTarget {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let row = Row::deserialize(deserializer)?;
        let format = match row.payload_format.as_str() {
            "" => PayloadFormat::Default,
            word => PayloadFormat::from(word),
        };
        Ok(Self {
            kind: row.kind,
            address: row.address,
            skips_certificate_check: row.skip_cert_verify,
            format,
            authorization: row.auth_header.map(SecretString::from),
        })
    }
}

/// Whom Harbor is to tell, by HTTP.
///
/// ```
/// use paas_client::{harbor::NewWebhookTarget, notification::HeaderSecret};
/// let secret = HeaderSecret::new("Bearer 0123456789abcdef").unwrap();
/// let target = NewWebhookTarget::new("https://paas.bank.test/hooks/harbor", secret);
/// assert!(!format!("{target:?}").contains("0123456789"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewWebhookTarget {
    address: String,
    secret: HeaderSecret,
    skips_certificate_check: bool,
    format: PayloadFormat,
}

impl NewWebhookTarget {
    /// This address, which Harbor sends the secret to. Of an address Harbor keeps no query.
    #[must_use]
    pub fn new(address: impl Into<String>, secret: HeaderSecret) -> Self {
        let address = address.into();
        Self { address, secret, skips_certificate_check: false, format: PayloadFormat::Default }
    }

    /// How it is written.
    #[must_use]
    pub fn format(mut self, format: PayloadFormat) -> Self {
        self.format = format;
        self
    }

    /// Does not look at the certificate: anybody in between can read the secret then.
    #[must_use]
    pub fn skip_certificate_check(mut self) -> Self {
        self.skips_certificate_check = true;
        self
    }

    fn is(&self, target: &WebhookTarget) -> bool {
        target.kind == HTTP
            && target.address == self.address
            && target.skips_certificate_check == self.skips_certificate_check
            && target.format == self.format
            && target.sends(&self.secret)
    }
}

const HTTP: &str = "http";

/// A policy of webhooks that is to be made, or what one is to be.
///
/// ```
/// use paas_client::{harbor::{NewWebhookPolicy, NewWebhookTarget, WebhookEventKind}, notification::HeaderSecret};
/// let secret = HeaderSecret::new("Bearer 0123456789abcdef").unwrap();
/// let target = NewWebhookTarget::new("https://paas.bank.test/hooks/harbor", secret);
/// let policy = NewWebhookPolicy::new("paas", target, [WebhookEventKind::Pushed, WebhookEventKind::Deleted]);
/// assert!(policy.clone().enabled(false) != policy);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewWebhookPolicy {
    pub(super) name: String,
    description: String,
    target: NewWebhookTarget,
    events: Vec<WebhookEventKind>,
    enabled: bool,
}

impl NewWebhookPolicy {
    /// A policy that is enabled and tells one of these.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        target: NewWebhookTarget,
        events: impl IntoIterator<Item = WebhookEventKind>,
    ) -> Self {
        let (description, events) = (String::new(), events.into_iter().collect());
        Self { name: name.into(), description, target, events, enabled: true }
    }

    /// What people read about it.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Whether anybody is told.
    #[must_use]
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// All that must never be shown: the header, and what comes after the word that says of what kind it is.
    pub(super) fn secrets(&self) -> Vec<SecretString> {
        let header = self.target.secret.expose();
        let value = header.split_once(' ').map(|(_, value)| value);
        [header].into_iter().chain(value).flat_map(spellings).collect()
    }

    /// Whether this is it.
    pub(super) fn is(&self, policy: &WebhookPolicy) -> bool {
        let is_target = matches!(policy.targets.as_slice(), [target] if self.target.is(target));
        is_target
            && policy.name == self.name
            && policy.enabled == self.enabled
            && policy.events.len() == self.events.len()
            && policy.events.iter().all(|event| self.events.contains(event))
    }

    pub(super) fn body(&self) -> impl Serialize {
        #[derive(Serialize)]
        struct Body<'a> {
            name: &'a str,
            description: &'a str,
            enabled: bool,
            event_types: Vec<&'a str>,
            targets: [Target<'a>; 1],
        }
        #[derive(Serialize)]
        struct Target<'a> {
            r#type: &'static str,
            address: &'a str,
            auth_header: &'a str,
            skip_cert_verify: bool,
            payload_format: &'a str,
        }
        Body {
            name: &self.name,
            description: &self.description,
            enabled: self.enabled,
            event_types: self.events.iter().map(WebhookEventKind::as_str).collect(),
            targets: [Target {
                r#type: HTTP,
                address: &self.target.address,
                auth_header: self.target.secret.expose(),
                skip_cert_verify: self.target.skips_certificate_check,
                payload_format: self.target.format.as_str(),
            }],
        }
    }
}
