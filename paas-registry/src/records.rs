//! Where uploads are, kept beyond the process.

use paas_client::{BoxFuture, ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Keeps where uploads of large blobs are, so that another process can go on with them after a crash. Without it a blob is
/// sent from its beginning then; blobs that had arrived are not sent again in either case.
///
/// What a registry has of an upload, it says itself: a record that is old, or lost, costs no more than sending anew. Failures
/// are the keeper's own affair.
pub trait UploadRecords: fmt::Debug + Send + Sync {
    /// The record that was kept last under this key.
    fn find<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Option<UploadRecord>>;

    /// Keeps a record in place of the one before.
    fn keep<'a>(&'a self, key: &'a str, record: UploadRecord) -> BoxFuture<'a, ()>;

    /// The upload is over.
    fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, ()>;
}

/// Where an upload is. Who has it may go on with the upload, in some registries without a login: `Debug` shows nothing of it,
/// and what it is serialized to is to be kept as a secret. Uploads end after a day or a week, as the registry is set up.
///
/// ```
/// use paas_registry::UploadRecord;
///
/// let kept = r#"{"location":"https://production.bank.test/v2/team-a/web/blobs/uploads/5f2a?_state=abc"}"#;
/// let record: UploadRecord = serde_json::from_str(kept)?;
/// assert_eq!(serde_json::to_string(&record)?, kept);
/// assert_eq!(format!("{record:?}"), "UploadRecord(…)");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct UploadRecord {
    location: SecretString,
}

#[derive(Serialize, Deserialize)]
struct Written<'a> {
    location: std::borrow::Cow<'a, str>,
}

impl UploadRecord {
    pub(crate) fn new(location: SecretString) -> Self {
        Self { location }
    }

    pub(crate) fn into_location(self) -> SecretString {
        self.location
    }
}

impl Serialize for UploadRecord {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written { location: self.location.expose_secret().into() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for UploadRecord {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Written::deserialize(deserializer)?;
        Ok(Self { location: written.location.into_owned().into() })
    }
}

impl fmt::Debug for UploadRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UploadRecord(…)")
    }
}
