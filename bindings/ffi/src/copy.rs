//! Copies of images to production.

use crate::{
    envelope::{ErrorEnvelope, Result},
    function::functions,
};
use paas_sdk::{
    core::images::promotion::{Change, State},
    platform::{CopyProgress, ErrorKind, ImageStatus},
};
use serde::Deserialize;
use std::sync::Arc;
use tokio::sync::Mutex;

/// A copy of an image that this process carries out. It goes on whether or not anybody holds this handle.
#[derive(Debug, Clone)]
pub struct ImageCopy {
    inner: paas_sdk::platform::ImageCopy,
    /// The same, of which it is known what was told already.
    told: Arc<Mutex<paas_sdk::platform::ImageCopy>>,
}

/// The id of the copy, as the image's state has it while it is being copied.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CopyIdRequest {}

/// Which image it is: `retail-shop/web:1.4`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CopyImageRequest {}

/// How far the copy is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CopyProgressRequest {}

/// How far the copy is as soon as it is further than this handle told last; waits for it. Nothing if it has ended.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NextCopyProgressRequest {}

/// Waits until the copy has ended, and gives what was written of its end: `what` is `synced`, or `copy_failed` with the
/// `failure` and a `message`. Nothing if that could not be written, or if another process took over: reading the image tells
/// how far it is. If the call is given up, the copy goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaitForCopyRequest {}

/// Ends the copy before its time: the image waits to be copied again, and what has arrived is not sent again. It has ended
/// when waiting for it ends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InterruptCopyRequest {}

functions!(ImageCopy {
    instant "id" id(CopyIdRequest) -> text;
    instant "image" image(CopyImageRequest) -> text;
    instant "progress" progress(CopyProgressRequest) -> document (CopyProgress);
    waits "next_progress" next_progress(NextCopyProgressRequest) -> document (Option<CopyProgress>);
    waits "wait" wait(WaitForCopyRequest) -> document (Option<Change>);
    instant "interrupt" interrupt(InterruptCopyRequest) -> nothing;
});

impl ImageCopy {
    pub(crate) fn new(inner: paas_sdk::platform::ImageCopy) -> Self {
        let told = Arc::new(Mutex::new(inner.clone()));
        Self { inner, told }
    }

    /// What [`CopyIdRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn id(&self, _: CopyIdRequest) -> Result<String> {
        Ok(self.inner.id().to_string())
    }

    /// What [`CopyImageRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn image(&self, _: CopyImageRequest) -> Result<String> {
        Ok(self.inner.image().to_string())
    }

    /// What [`CopyProgressRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn progress(&self, _: CopyProgressRequest) -> Result<CopyProgress> {
        Ok(self.inner.progress())
    }

    /// What [`NextCopyProgressRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub async fn next_progress(&self, _: NextCopyProgressRequest) -> Result<Option<CopyProgress>> {
        Ok(self.told.lock().await.next().await)
    }

    /// What [`WaitForCopyRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub async fn wait(&self, _: WaitForCopyRequest) -> Result<Option<Change>> {
        Ok(self.inner.clone().wait().await)
    }

    /// What [`InterruptCopyRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn interrupt(&self, _: InterruptCopyRequest) -> Result<()> {
        self.inner.interrupt();
        Ok(())
    }
}

/// The copy that was asked for; without one, why there is none: whoever asks for a copy has nothing to wait for then.
pub(crate) fn copy_that_began(
    status: &ImageStatus,
    copy: Option<paas_sdk::platform::ImageCopy>,
) -> Result<ImageCopy> {
    if let Some(copy) = copy {
        return Ok(ImageCopy::new(copy));
    }
    let name = &status.image.name;
    let State::PendingSync(pending) = &status.image.state else {
        let message = format!("no copy of `{name}` began: it is {}", status.status);
        return Err(ErrorEnvelope::of_platform(ErrorKind::ImageState, message, None));
    };
    if pending.namespace_missing.is_some() {
        let message = format!("`{name}` waits: production has no namespace of that name");
        let help = "open the namespace in production: `namespaces.open_in_production`";
        return Err(ErrorEnvelope::of_platform(ErrorKind::ImageState, message, Some(help)));
    }
    let why = pending.failure.as_ref().map_or("nobody said why", |failure| &failure.message);
    let message = format!("no copy of `{name}` began: {why}");
    let mut error = ErrorEnvelope::of_platform(ErrorKind::Registry, message, None);
    error.retryable = true;
    Err(error)
}
