//! What belongs to the server as a whole: regions, links between environments, settings.

use super::{
    AccountLinkId, EnvironmentId, RegionId, SettingId,
    lenient::{id, or_default, resource_type},
    resource::resource,
};
use serde::Deserialize;
use std::fmt;

resource! {
    /// A region: a Rancher server, one of them local. Links by name need a local one, even within one server.
    pub struct Region(RegionId) {
        /// The address.
        #[serde(default)]
        pub url: Option<String>,
        /// Whether it is this server.
        #[serde(default, deserialize_with = "or_default")]
        pub local: bool,
    }
}

resource! {
    /// A link from one environment to another, as the server made it. Administrators see them.
    pub struct AccountLink(AccountLinkId) {
        /// The environment from which.
        #[serde(default, deserialize_with = "id")]
        pub account_id: Option<EnvironmentId>,
        /// The environment to which; not shown to all keys.
        #[serde(default, deserialize_with = "id")]
        pub linked_account_id: Option<EnvironmentId>,
        /// The name of the environment to which.
        #[serde(default)]
        pub linked_account: Option<String>,
        /// The id, the same over servers, of the environment to which.
        #[serde(default)]
        pub linked_account_uuid: Option<String>,
        /// The region of the environment to which.
        #[serde(default)]
        pub linked_region: Option<String>,
        /// Whether it leads to another server.
        #[serde(default, deserialize_with = "or_default")]
        pub external: bool,
    }
}

/// A setting. `Debug` does not show its value: some are passwords.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Setting {
    /// The id, which is the name.
    pub id: SettingId,
    /// The type, as the API calls it.
    #[serde(rename = "type", deserialize_with = "resource_type")]
    pub resource_type: String,
    /// What is stored.
    #[serde(default)]
    pub value: Option<String>,
    /// What holds: what is stored, or the default.
    #[serde(default)]
    pub active_value: Option<String>,
    /// Where the value comes from.
    #[serde(default)]
    pub source: Option<String>,
}

impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setting").field("id", &self.id).field("source", &self.source).finish_non_exhaustive()
    }
}
