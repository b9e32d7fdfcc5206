//! Differences of releases.

use crate::{
    envelope::{ErrorEnvelope, Result},
    library::Library,
};
use paas_sdk::{Difference, Release, report};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Tells the difference of two releases: what became of each service, what else changed, and what an update does. Fails
/// with kind `invalid_request` if one is no release that this version reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiffReleasesRequest {
    /// The document of what there is: that of a translated template, or `release.json`.
    pub before: Value,
    /// The document of what there is to be, likewise.
    pub after: Value,
}

/// The difference of two releases.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReleasesCompared {
    /// Whether anything is different.
    pub differ: bool,
    /// All of it.
    pub difference: Difference,
    /// The same for people.
    pub text: String,
    /// The services that changed, with their neighbours, as a Mermaid flowchart.
    pub mermaid: String,
}

impl Library {
    /// What [`DiffReleasesRequest`] tells.
    ///
    /// # Errors
    ///
    /// `request.invalid` if one is no release that this version reads.
    pub fn diff_releases(&self, request: DiffReleasesRequest) -> Result<ReleasesCompared> {
        let (old, new) = (release("before", request.before)?, release("after", request.after)?);
        let difference = Difference::between(&old, &new);
        Ok(ReleasesCompared {
            differ: !difference.is_empty(),
            text: report::difference(&difference),
            mermaid: difference.to_mermaid(&old, &new),
            difference,
        })
    }
}

fn release(field: &str, document: Value) -> Result<Release> {
    let format = document.get("format").and_then(Value::as_u64);
    if let Some(format) = format.filter(|format| *format > u64::from(Release::FORMAT)) {
        let message = format!("it has format {format}, and this version reads {}", Release::FORMAT);
        return Err(ErrorEnvelope::invalid_field(field, message));
    }
    serde_json::from_value(document)
        .map_err(|error| ErrorEnvelope::invalid_field(field, format!("this is no release: {error}")))
}
