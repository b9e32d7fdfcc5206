//! Copies of images from zone to zone.

use crate::{envelope::Result, function::functions};
use paas_sdk::platform::{CopyProgress, ZoneHappening};
use serde::Deserialize;

/// A copy of an image from zone to zone that this process carries out. It goes on whether or not anybody holds this handle.
#[derive(Debug, Clone)]
pub struct ZoneCopy(paas_sdk::platform::ZoneCopy);

/// Which image it is: `retail-shop/web:1.4`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ZoneCopyImageRequest {}

/// The zone that it comes from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ZoneCopySourceRequest {}

/// The zone that it goes to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ZoneCopyDestinationRequest {}

/// How far the copy is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ZoneCopyProgressRequest {}

/// Waits until the copy has ended, and gives what was written of its end: of kind `copied`, or `failed` with the failure.
/// Nothing if another process took over. If the call is given up, the copy goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaitForZoneCopyRequest {}

functions!(ZoneCopy {
    instant "image" image(ZoneCopyImageRequest) -> text;
    instant "source" source(ZoneCopySourceRequest) -> text;
    instant "destination" destination(ZoneCopyDestinationRequest) -> text;
    instant "progress" progress(ZoneCopyProgressRequest) -> document (CopyProgress);
    waits "wait" wait(WaitForZoneCopyRequest) -> document (Vec<ZoneHappening>);
});

impl ZoneCopy {
    pub(crate) const fn new(copy: paas_sdk::platform::ZoneCopy) -> Self {
        Self(copy)
    }

    /// What [`ZoneCopyImageRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn image(&self, _: ZoneCopyImageRequest) -> Result<String> {
        Ok(self.0.image().to_string())
    }

    /// What [`ZoneCopySourceRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn source(&self, _: ZoneCopySourceRequest) -> Result<String> {
        Ok(self.0.from().to_string())
    }

    /// What [`ZoneCopyDestinationRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn destination(&self, _: ZoneCopyDestinationRequest) -> Result<String> {
        Ok(self.0.to().to_string())
    }

    /// What [`ZoneCopyProgressRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn progress(&self, _: ZoneCopyProgressRequest) -> Result<CopyProgress> {
        Ok(self.0.progress())
    }

    /// What [`WaitForZoneCopyRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub async fn wait(&self, _: WaitForZoneCopyRequest) -> Result<Vec<ZoneHappening>> {
        Ok(self.0.clone().wait().await)
    }
}
