//! Images as they are shown.

use paas_core::images::promotion::{Image, StateName, SyncRule, WaitsFor};
use serde::Serialize;

/// An image, as it is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ImageStatus {
    /// The image.
    #[serde(flatten)]
    pub image: Image,
    /// How far it is, as a word.
    pub status: StateName,
    /// The tenant whose it is.
    pub tenant: String,
    /// The rule of its namespace; none: nothing of it is copied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<SyncRule>,
    /// What it waits for, if it is to be copied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<WaitsFor>,
}

impl ImageStatus {
    pub(super) fn new(image: Image, tenant: &str, rule: Option<SyncRule>) -> Self {
        let (status, waits_for) = (image.state.name(), image.waits_for(rule.as_ref()));
        Self { image, status, tenant: tenant.to_owned(), rule, waits_for }
    }
}

/// Which images are listed. All, unless something else is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImageQuery {
    namespace: Option<String>,
    state: Option<StateName>,
}

impl ImageQuery {
    /// Only those of this namespace.
    #[must_use]
    pub fn namespace(mut self, name: impl Into<String>) -> Self {
        self.namespace = Some(name.into());
        self
    }

    /// Only those in this state.
    #[must_use]
    pub const fn state(mut self, state: StateName) -> Self {
        self.state = Some(state);
        self
    }

    pub(super) fn is_in(&self, namespace: &str) -> bool {
        self.namespace.as_deref().is_none_or(|wanted| wanted == namespace)
    }

    /// What was deleted is shown to nobody.
    pub(super) fn fits(&self, status: &ImageStatus) -> bool {
        !status.image.is_gone() && self.state.is_none_or(|wanted| wanted == status.status)
    }
}
