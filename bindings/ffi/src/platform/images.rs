//! Images on their way to production.

use super::Platform;
use crate::{
    copy::{ImageCopy, copy_that_began},
    envelope::{ErrorEnvelope, Result},
    keeping::KeepingImages,
    request::Bytes,
};
use paas_sdk::{
    client::notification::{HeaderSecret, NotificationError},
    core::images::{Digest, ImageName, promotion::StateName},
    platform::{ImageEntry, ImageQuery, ImageStatus, ImagesSettings, SweepReport, SweepSettings},
};
use serde::Deserialize;
use std::time::Duration;

/// The images of a tenant that the actor may see, by name. Fails with kind `unknown_tenant`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListImagesRequest {
    /// The tenant's name.
    pub tenant: String,
    /// Only those of this namespace.
    #[serde(default)]
    pub namespace: Option<String>,
    /// Only those in this state.
    #[serde(default)]
    pub state: Option<StateName>,
}

/// An image, as it is recorded: how far it is, and what it waits for. Fails with kind `unknown_image`, `unknown_namespace`,
/// `denied`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadImageRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
}

/// The journal of an image, from its beginning; it outlives the image. Fails with kind `unknown_namespace`, `denied`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImageJournalRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
}

/// Releases an image for production: exactly this digest, which the person has seen. It is copied when the rule of its
/// namespace says so. Fails as `images.read`; with kind `image_state` if something else is under the name by now, or if the
/// image is in no state for it: then nothing was changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReleaseImageRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// What is released: `sha256:9f86…`, as `images.read` gives it.
    pub digest: Digest,
}

/// Takes a release back, before the image is copied. Fails as `images.read`; with kind `image_state` if the image is in no
/// state for it: then nothing was changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WithdrawImageRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
}

/// Asks those who may for an image to be released, with a note of one line: it is in the journal of the image, and nothing else
/// happens. Whoever may change the image in test may ask. Fails as `images.read`; with kind `image_state` if nobody could
/// release it now.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskForReleaseRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// What is said with it: one line, of at most 500 characters.
    #[serde(default)]
    pub note: String,
}

/// Asks those who may for a released image to be copied to production, as `images.ask_for_release` does. Fails as that; with
/// kind `image_state` if nobody could have it copied now.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AskForSyncRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
    /// What is said with it: one line, of at most 500 characters.
    #[serde(default)]
    pub note: String,
}

/// Has a released image copied to production now, by this process. Fails as `images.read`; with kind `image_state` if the
/// image is in no state for it, its namespace has no rule, or production lacks the namespace; with `registry` if production
/// did not say whether it has it; with `configuration` without registries. If the call is given up, the copy may have begun,
/// and goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncImageRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
}

/// Looks what is under a name in the test registry now, and records it; gives the image, or nothing if there is none. Fails
/// with kind `unknown_namespace`, `denied`, `configuration` without registries, `registry` if the test registry does not
/// answer: then nothing was changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LookAtImageRequest {
    /// The image, such as `retail-shop/web:1.4`.
    pub image: ImageName,
}

/// Compares what the registries hold with what is recorded, in all namespaces whose images the actor may have copied, and
/// mends the records. What registries say stands in the report, and so do records that cannot be read. If so many released
/// images are missing in the test registry that it may be the wrong storage, or an old backup, no deletion is recorded, and
/// the report has a failure of kind `source_missing`, until somebody accepts it. Fails with kind `configuration` without
/// registries; of one namespace with `denied` and `unknown_namespace`. If the call is given up, what was seen so far is
/// recorded.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SweepImagesRequest {
    /// Only this namespace.
    #[serde(default)]
    pub namespace: Option<String>,
    /// Whether what is missing in the test registry was deleted, however much it is: a person has seen to that.
    #[serde(default)]
    pub accept_deletions: bool,
}

/// Does what is due by now, once: released images whose period has passed begin to be copied by this process, and copies
/// whose lease has ended count as lost. Gives the copies that began. `images.keep` does it again and again; this is for
/// programs with timers of their own. Fails with kind `configuration` without registries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CarryOnImagesRequest {
    /// How many copies this process carries out at once; 4 if not given. What does not fit is due the next time.
    #[serde(default)]
    pub most: Option<u32>,
}

/// Keeps images on their way: looks what is due, looks at what registries told of, and sweeps, at once and then after each
/// period. It goes on until it is stopped, the platform is closed, or the process ends, whether or not anybody holds it.
/// Several processes may do this. Fails with kind `configuration` without registries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeepImagesRequest {
    /// Seconds between two looks at what is due; 5 if not given.
    #[serde(default)]
    pub look_seconds: Option<u32>,
    /// Seconds between two sweeps; 600 if not given.
    #[serde(default)]
    pub sweep_seconds: Option<u32>,
    /// How many copies this process carries out at once; 4 if not given.
    #[serde(default)]
    pub copies: Option<u32>,
}

/// Says that something happened to images in the test registry: each is looked at soon by `images.keep` in this process,
/// once however often it was said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NoticeImagesRequest {
    /// The images, such as `retail-shop/web:1.4`.
    pub images: Vec<ImageName>,
}

/// Takes what the test registry posted, a plain one: each image that was pushed or whose tag was removed is looked at soon by
/// `images.keep` in this process. Gives how many names it told of. The body is nothing but a hint: the registry itself is
/// looked at. Fails with kind `denied` if the header is another, and `invalid_request` if the body is no list of events;
/// `details.answer` is the status to answer with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeNotificationsRequest {
    /// The body of the request, as it came.
    pub payload: Bytes,
    /// What was agreed on as the whole header `Authorization`, of 16 characters at least.
    pub secret: String,
    /// The header `Authorization` that came with it, if one came.
    #[serde(default)]
    pub authorization: Option<String>,
}

/// The same of the test registry's Harbor: takes what its webhook posted. Fails as `images.take_notifications`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeHarborWebhookRequest {
    /// The body of the request, as it came.
    pub payload: Bytes,
    /// What was agreed on as the whole header `Authorization`, of 16 characters at least.
    pub secret: String,
    /// The header `Authorization` that came with it, if one came.
    #[serde(default)]
    pub authorization: Option<String>,
}

impl Platform {
    /// What [`ListImagesRequest`] tells.
    ///
    /// # Errors
    ///
    /// `platform.unknown_tenant`; what the store says.
    pub async fn list_images(&self, request: ListImagesRequest) -> Result<Vec<ImageStatus>> {
        let mut query = ImageQuery::default();
        if let Some(namespace) = request.namespace {
            query = query.namespace(namespace);
        }
        if let Some(state) = request.state {
            query = query.state(state);
        }
        Ok(self.acting.images().list(&request.tenant, &query).await?)
    }

    /// What [`ReadImageRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn read_image(&self, request: ReadImageRequest) -> Result<ImageStatus> {
        Ok(self.acting.images().read(&request.image).await?)
    }

    /// What [`ImageJournalRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn image_journal(&self, request: ImageJournalRequest) -> Result<Vec<ImageEntry>> {
        Ok(self.acting.images().journal(&request.image).await?)
    }

    /// What [`ReleaseImageRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn release_image(&self, request: ReleaseImageRequest) -> Result<ImageStatus> {
        Ok(self.acting.images().release(&request.image, &request.digest).await?)
    }

    /// What [`WithdrawImageRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn withdraw_image(&self, request: WithdrawImageRequest) -> Result<ImageStatus> {
        Ok(self.acting.images().withdraw(&request.image).await?)
    }

    /// What [`AskForReleaseRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn ask_for_release(&self, request: AskForReleaseRequest) -> Result<()> {
        Ok(self.acting.images().ask_for_release(&request.image, &request.note).await?)
    }

    /// What [`AskForSyncRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn ask_for_sync(&self, request: AskForSyncRequest) -> Result<()> {
        Ok(self.acting.images().ask_for_sync(&request.image, &request.note).await?)
    }

    /// What [`SyncImageRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn sync_image(&self, request: SyncImageRequest) -> Result<ImageCopy> {
        let (status, copy) = self.acting.images().sync(&request.image).await?;
        copy_that_began(&status, copy)
    }

    /// What [`LookAtImageRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn look_at_image(&self, request: LookAtImageRequest) -> Result<Option<ImageStatus>> {
        Ok(self.acting.images().look(&request.image).await?)
    }

    /// What [`SweepImagesRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn sweep_images(&self, request: SweepImagesRequest) -> Result<SweepReport> {
        let mut settings = SweepSettings::default();
        if let Some(namespace) = request.namespace {
            settings = settings.namespace(namespace);
        }
        if request.accept_deletions {
            settings = settings.accepting_deletions();
        }
        Ok(self.acting.images().sweep_by(&settings).await?)
    }

    /// What [`CarryOnImagesRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub async fn carry_on_images(&self, request: CarryOnImagesRequest) -> Result<Vec<ImageCopy>> {
        let most = request.most.map_or(ImagesSettings::default().copies, count);
        let copies = self.acting.images().carry_on(most).await?;
        Ok(copies.into_iter().map(ImageCopy::new).collect())
    }

    /// What [`KeepImagesRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there; `request.invalid` for periods without length.
    pub async fn keep_images(&self, request: KeepImagesRequest) -> Result<KeepingImages> {
        let mut settings = ImagesSettings::default();
        if let Some(seconds) = period("look_seconds", request.look_seconds)? {
            settings = settings.look(seconds);
        }
        if let Some(seconds) = period("sweep_seconds", request.sweep_seconds)? {
            settings = settings.sweep(seconds);
        }
        if let Some(copies) = request.copies {
            settings = settings.copies(count(copies));
        }
        if !self.has_registries {
            // It would find that again and again, and nobody would have to hear it.
            self.acting.images().sweep().await?;
        }
        Ok(KeepingImages::begin(&self.acting.images(), settings))
    }

    /// What [`NoticeImagesRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn notice_images(&self, request: NoticeImagesRequest) -> Result<()> {
        self.acting.images().notice(request.images);
        Ok(())
    }

    /// What [`TakeNotificationsRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub fn take_notifications(&self, request: TakeNotificationsRequest) -> Result<usize> {
        let TakeNotificationsRequest { payload, secret, authorization } = request;
        let secret = agreed(secret)?;
        let taken = self.acting.images().take_notifications(&payload.0, authorization.as_deref(), &secret);
        taken.map_err(|error| not_taken(&error))
    }

    /// What [`TakeHarborWebhookRequest`] tells.
    ///
    /// # Errors
    ///
    /// As told there.
    pub fn take_harbor_webhook(&self, request: TakeHarborWebhookRequest) -> Result<usize> {
        let TakeHarborWebhookRequest { payload, secret, authorization } = request;
        let secret = agreed(secret)?;
        let taken = self.acting.images().take_harbor_webhook(&payload.0, authorization.as_deref(), &secret);
        taken.map_err(|error| not_taken(&error))
    }
}

pub(super) fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

pub(super) fn period(field: &str, seconds: Option<u32>) -> Result<Option<Duration>> {
    match seconds {
        Some(0) => Err(ErrorEnvelope::invalid_field(field, "a number of seconds from 1 on is expected")),
        seconds => Ok(seconds.map(|seconds| Duration::from_secs(seconds.into()))),
    }
}

pub(super) fn agreed(secret: String) -> Result<HeaderSecret> {
    HeaderSecret::new(secret).map_err(|error| {
        let mut envelope = ErrorEnvelope::invalid_field("secret", &error);
        envelope.details.answer = Some(error.status());
        envelope
    })
}

pub(super) fn not_taken(error: &NotificationError) -> Box<ErrorEnvelope> {
    use crate::envelope::Kind;
    use paas_sdk::codes::bindings as codes;
    let (code, kind) = match error {
        NotificationError::NotAuthentic => (codes::NOTIFICATION_NOT_AUTHENTIC, Kind::DENIED),
        _ => (codes::NOTIFICATION_MALFORMED, Kind::INVALID_REQUEST),
    };
    let mut envelope = ErrorEnvelope::new(code, kind, error.to_string());
    envelope.details.answer = Some(error.status());
    envelope
}
