//! Which images and publications are listed.

use super::{MallImage, PublicationStatus};
use paas_core::images::mall::{PublicationStateName, Visibility};

/// Which images of the mall are listed. All, unless something else is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MallQuery {
    pub(super) tenant: Option<String>,
    search: Option<String>,
    is_official: bool,
}

impl MallQuery {
    /// Only what is shown to this tenant as a whole: what its applications may use.
    #[must_use]
    pub fn tenant(mut self, name: impl Into<String>) -> Self {
        self.tenant = Some(name.into());
        self
    }

    /// Only those with this text in their names.
    #[must_use]
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.search = Some(text.into());
        self
    }

    /// Only those that are shown to all.
    #[must_use]
    pub const fn official(mut self) -> Self {
        self.is_official = true;
        self
    }

    pub(super) fn fits(&self, image: &MallImage) -> bool {
        let has = |text: &String| image.entry.image.to_string().contains(text.as_str());
        let is_official = matches!(image.entry.visibility, Visibility::Official);
        self.search.as_ref().is_none_or(has) && (is_official || !self.is_official)
    }
}

/// Which publications are listed. All, unless something else is said.
///
/// ```
/// use paas_core::images::mall::PublicationStateName;
/// use paas_platform::PublicationQuery;
///
/// // What an auditor is to look at.
/// let query = PublicationQuery::default().state(PublicationStateName::Requested);
/// assert_ne!(query, PublicationQuery::default());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublicationQuery {
    tenant: Option<String>,
    state: Option<PublicationStateName>,
}

impl PublicationQuery {
    /// Only those of this tenant's images.
    #[must_use]
    pub fn tenant(mut self, name: impl Into<String>) -> Self {
        self.tenant = Some(name.into());
        self
    }

    /// Only those that are so far.
    #[must_use]
    pub const fn state(mut self, state: PublicationStateName) -> Self {
        self.state = Some(state);
        self
    }

    pub(super) fn fits(&self, publication: &PublicationStatus) -> bool {
        self.tenant.as_ref().is_none_or(|tenant| *tenant == publication.tenant)
            && self.state.is_none_or(|state| state == publication.status)
    }
}
