//! Whom an image is shown to.

use super::{Publication, PublicationState};
use crate::{
    access::{Role, Subject},
    images::{Digest, ImageName},
};
use serde::{Deserialize, Serialize};

/// Whom an image is shown to. Platform administrators see all.
///
/// ```
/// use paas_core::{
///     access::{Role, Subject},
///     images::mall::Visibility,
/// };
///
/// let own = Visibility::Personal { tenant: "retail".into(), user: "5f3c".into() };
/// let anna = Subject::new("5f3c").with_tenant("retail", Role::ReadOnly);
/// assert!(own.is_shown_to(&anna));
/// // Nor is it shown to the tenant that she works in, nor to herself once she does no more.
/// assert!(!own.is_shown_in("retail"));
/// assert!(!own.is_shown_to(&Subject::new("5f3c")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ImageVisibility"))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Visibility {
    /// To all tenants: whoever has a role in one.
    Official,
    /// To the users of one tenant.
    Public {
        /// The id of the tenant.
        tenant: String,
    },
    /// To one user, as long as it has a role in the tenant whose registry holds it.
    Personal {
        /// The id of the tenant.
        tenant: String,
        /// The id of the user in Keystone.
        user: String,
    },
}

impl Visibility {
    /// Whether an image is shown to a user. A tenant that is frozen gives nobody anything.
    pub fn is_shown_to(&self, subject: &Subject) -> bool {
        let works_in = |tenant: &String| {
            subject
                .tenants
                .get(tenant)
                .is_some_and(|grant| !grant.frozen && !grant.roles.of_tenant().is_empty())
        };
        if subject.platform.contains(Role::PlatformAdministrator) {
            return true;
        }
        match self {
            Self::Official => subject.tenants.keys().any(works_in),
            Self::Public { tenant } => works_in(tenant),
            Self::Personal { tenant, user } => *user == subject.user && works_in(tenant),
        }
    }

    /// Whether an image is shown to a tenant as a whole: so that what the tenant deploys may use it. What is personal is not.
    pub fn is_shown_in(&self, tenant: &str) -> bool {
        match self {
            Self::Official => true,
            Self::Public { tenant: owner } => owner == tenant,
            Self::Personal { .. } => false,
        }
    }

    /// The same with a publication of the image, if there is one: what was approved is official, exactly this digest of it.
    #[must_use]
    pub fn published(&self, publication: Option<&Publication>, digest: &Digest) -> Self {
        match publication {
            Some(Publication { digest: approved, state: PublicationState::Approved(_), .. })
                if approved == digest =>
            {
                Self::Official
            }
            _ => self.clone(),
        }
    }
}

/// An image of the mall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MallEntry {
    /// What it is called.
    pub image: ImageName,
    /// What is shown: whoever takes it takes this.
    pub digest: Digest,
    /// Whom it is shown to.
    pub visibility: Visibility,
}

impl MallEntry {
    /// An image that is shown.
    pub const fn new(image: ImageName, digest: Digest, visibility: Visibility) -> Self {
        Self { image, digest, visibility }
    }

    /// Those of some entries that are shown to a user, in their order.
    pub fn shown<'e>(entries: impl IntoIterator<Item = &'e Self>, subject: &Subject) -> Vec<&'e Self> {
        entries.into_iter().filter(|entry| entry.visibility.is_shown_to(subject)).collect()
    }
}
