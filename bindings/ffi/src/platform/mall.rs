//! Which images whom are shown, and publications.

use super::Platform;
use crate::envelope::Result;
use paas_sdk::{
    core::images::{Digest, ImageName, mall::PublicationStateName},
    platform::{MallImage, MallQuery, PublicationEntry, PublicationQuery, PublicationStatus},
};
use serde::Deserialize;

/// The images that the actor is shown, by name: those that are published to all, exactly as they were published; and those of
/// its tenants, as they are in test now, in the namespaces that it may see. Fails with kind `unknown_tenant`, for those who
/// may see all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListMallRequest {
    /// Only what is shown to this tenant as a whole: what its applications may use.
    #[serde(default)]
    pub tenant: Option<String>,
    /// Only images with this text in their names.
    #[serde(default)]
    pub search: Option<String>,
    /// Only what is shown to all.
    #[serde(default)]
    pub official: bool,
}

/// The publications that the actor may see, by image: all, for auditors; else those of its tenants.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListPublicationsRequest {
    /// Only those of this tenant's images.
    #[serde(default)]
    pub tenant: Option<String>,
    /// Only those that are so far.
    #[serde(default)]
    pub state: Option<PublicationStateName>,
}

/// What was said of a publication, from its beginning: how it was from then on. It outlives the image. Fails with kind
/// `unknown_namespace`, `denied`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicationJournalRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// Which of it: `sha256:9f86…`.
    pub digest: Digest,
}

/// Asks for an image to be shown to all: exactly this of it, which is under that name in test, in production or in its zone.
/// Nobody is shown anything before an auditor has said yes. Fails with kind `denied`, `unknown_namespace`, `unknown_image`;
/// with `publication_refused` if something else is under the name by now, if that was asked already and nobody has said no,
/// or if the namespace is personal: then nothing was changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishImageRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// What is to be shown: `sha256:9f86…`, as `images.read` gives it.
    pub digest: Digest,
    /// What is said to the auditor: one line, of at most 500 characters.
    #[serde(default)]
    pub note: String,
}

/// Says yes to a publication: it is shown to all from now on. Fails with kind `denied`, `unknown_namespace`,
/// `unknown_publication`; with `publication_refused` if it was not asked for, or not any more, or if whoever says it has asked
/// for it: then nothing was changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApprovePublicationRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// Which of it: `sha256:9f86…`.
    pub digest: Digest,
}

/// Says no to a publication, or takes a yes back. What runs already goes on running. Fails as `mall.approve`; with kind
/// `publication_refused` without a reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RejectPublicationRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// Which of it: `sha256:9f86…`.
    pub digest: Digest,
    /// Why: one line, of at most 500 characters.
    pub reason: String,
}

/// Takes a publication of the tenant's own back, before an auditor has looked at it or after. What runs already goes on
/// running. Fails as `mall.approve`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithdrawPublicationRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// Which of it: `sha256:9f86…`.
    pub digest: Digest,
}

impl Platform {
    /// What [`ListMallRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn list_mall(&self, request: ListMallRequest) -> Result<Vec<MallImage>> {
        let mut query = MallQuery::default();
        if let Some(tenant) = request.tenant {
            query = query.tenant(tenant);
        }
        if let Some(text) = request.search {
            query = query.search(text);
        }
        if request.official {
            query = query.official();
        }
        Ok(self.acting.mall().list(&query).await?)
    }

    /// What [`ListPublicationsRequest`] tells.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub async fn list_publications(
        &self,
        request: ListPublicationsRequest,
    ) -> Result<Vec<PublicationStatus>> {
        let mut query = PublicationQuery::default();
        if let Some(tenant) = request.tenant {
            query = query.tenant(tenant);
        }
        if let Some(state) = request.state {
            query = query.state(state);
        }
        Ok(self.acting.mall().publications(&query).await?)
    }

    /// What [`PublicationJournalRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn publication_journal(
        &self,
        request: PublicationJournalRequest,
    ) -> Result<Vec<PublicationEntry>> {
        Ok(self.acting.mall().journal(&request.image, &request.digest).await?)
    }

    /// What [`PublishImageRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn publish_image(&self, request: PublishImageRequest) -> Result<PublicationStatus> {
        Ok(self.acting.mall().request(&request.image, &request.digest, &request.note).await?)
    }

    /// What [`ApprovePublicationRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn approve_publication(&self, request: ApprovePublicationRequest) -> Result<PublicationStatus> {
        Ok(self.acting.mall().approve(&request.image, &request.digest).await?)
    }

    /// What [`RejectPublicationRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn reject_publication(&self, request: RejectPublicationRequest) -> Result<PublicationStatus> {
        Ok(self.acting.mall().reject(&request.image, &request.digest, &request.reason).await?)
    }

    /// What [`WithdrawPublicationRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn withdraw_publication(
        &self,
        request: WithdrawPublicationRequest,
    ) -> Result<PublicationStatus> {
        Ok(self.acting.mall().withdraw(&request.image, &request.digest).await?)
    }
}
