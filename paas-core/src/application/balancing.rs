//! How load balancers choose: services by their labels, and instances by a cookie.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// Services that a load balancer finds by their labels, whatever application they belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Selector {
    /// Labels that they have.
    pub labels: BTreeMap<String, String>,
    /// The network that they are on; `None`: that of the load balancer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<String>,
    /// The environment that this network is; known when the release is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
}

impl Selector {
    /// Services of the load balancer's own network.
    pub fn new(labels: BTreeMap<String, String>) -> Self {
        Self { labels, network: None, environment: None }
    }
}

/// `key=value`, joined by commas.
impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.labels.iter().enumerate().try_for_each(|(index, (key, value))| {
            let comma = if index > 0 { "," } else { "" };
            write!(f, "{comma}{key}={value}")
        })
    }
}

/// How a load balancer keeps a client with the same instance: by a cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Stickiness {
    /// The cookie's name.
    pub cookie: String,
    /// Who sets it.
    pub mode: CookieMode,
    /// The domain that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Whether it is taken out before a request goes on to the service.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub indirect: bool,
    /// Whether answers that set it are kept out of caches.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_cache: bool,
    /// Whether only answers to `POST` requests set it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub post_only: bool,
}

impl Stickiness {
    /// A cookie of this name that the load balancer adds.
    pub fn new(cookie: impl Into<String>) -> Self {
        Self {
            cookie: cookie.into(),
            mode: CookieMode::Insert,
            domain: None,
            indirect: false,
            no_cache: false,
            post_only: false,
        }
    }
}

/// Who sets the cookie of a [`Stickiness`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CookieMode {
    /// The load balancer adds it.
    Insert,
    /// The load balancer puts something before the value that the service set.
    Prefix,
    /// The load balancer changes the value that the service set.
    Rewrite,
}

impl CookieMode {
    /// The word for it in templates and in Rancher's files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Prefix => "prefix",
            Self::Rewrite => "rewrite",
        }
    }
}
