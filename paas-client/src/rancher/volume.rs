//! Volumes of an environment.

use super::{
    HostId, StackId, VolumeId,
    lenient::{id, number, or_default, texts},
    resource::resource,
};
use serde::Serialize;
use std::collections::BTreeMap;

resource! {
    /// A volume. Until a container mounts it, it is `inactive`; only then, or `detached`, it can be removed.
    pub struct Volume(VolumeId) {
        /// The driver.
        #[serde(default)]
        pub driver: Option<String>,
        /// The options of the driver.
        #[serde(default, deserialize_with = "texts")]
        pub driver_opts: BTreeMap<String, String>,
        /// Who may mount it.
        #[serde(default)]
        pub access_mode: Option<String>,
        /// The stack that it belongs to, if it belongs to one.
        #[serde(default, deserialize_with = "id")]
        pub stack_id: Option<StackId>,
        /// The host that it lies on, if it lies on one.
        #[serde(default, deserialize_with = "id")]
        pub host_id: Option<HostId>,
        /// Whether it is a folder of a host.
        #[serde(default, deserialize_with = "or_default")]
        pub is_host_path: bool,
        /// The driver's own id of it.
        #[serde(default)]
        pub external_id: Option<String>,
        /// Its size, where the driver knows sizes.
        #[serde(default, deserialize_with = "number")]
        pub size_mb: Option<i64>,
    }
}

/// A volume to be made.
///
/// ```
/// use paas_client::rancher::NewVolume;
/// let new = NewVolume::new("shared", "rancher-nfs")
///     .driver_opt("host", "10.0.0.1")
///     .driver_opt("exportBase", "/exports")
///     .retain_on_remove();
/// assert_eq!(new.driver_opts["onRemove"], "retain");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewVolume {
    /// The name, by which compose files find it.
    pub name: String,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The driver, such as `rancher-nfs`.
    pub driver: String,
    /// The options of the driver.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub driver_opts: BTreeMap<String, String>,
}

impl NewVolume {
    /// A volume of this name and driver.
    #[must_use]
    pub fn new(name: impl Into<String>, driver: impl Into<String>) -> Self {
        Self { name: name.into(), description: None, driver: driver.into(), driver_opts: BTreeMap::new() }
    }

    /// The same with a description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The same with an option of the driver.
    #[must_use]
    pub fn driver_opt(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.driver_opts.insert(name.into(), value.into());
        self
    }

    /// The same, whose data stay when the volume is removed (`onRemove=retain`, a word of `rancher-nfs`). Without it
    /// the driver's own default holds, which is to delete them.
    #[must_use]
    pub fn retain_on_remove(self) -> Self {
        self.driver_opt("onRemove", "retain")
    }
}

/// Which volumes of an environment to list. By default all, those of stacks included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct VolumeQuery {
    /// Of this name. The server may not mind upper and lower case.
    pub name: Option<String>,
}

impl VolumeQuery {
    /// Those of this name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        crate::list::pairs([("name", self.name.as_deref())])
    }
}
