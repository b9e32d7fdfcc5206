//! How much a project may hold.

use super::{
    HarborClient, ProjectId, QuotaId,
    client::{json, path},
    lenient,
};
use crate::{Result, call::Call, transport::Method};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// What quotas limit.
const STORAGE: &str = "storage";

/// How much a project may hold.
///
/// ```
/// use paas_client::harbor::StorageLimit;
/// assert!(StorageLimit::Bytes(1 << 30) != StorageLimit::Unlimited);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StorageLimit {
    /// So many bytes.
    Bytes(u64),
    /// As much as there is.
    Unlimited,
}

/// The quota of a project.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Quota {
    /// The id.
    pub id: QuotaId,
    /// How much the project may hold, if that is limited here.
    #[serde(rename = "hard", default, deserialize_with = "limit")]
    pub limit: Option<StorageLimit>,
    /// How many bytes it holds.
    #[serde(default, deserialize_with = "storage")]
    pub used: Option<i64>,
    #[serde(rename = "ref", default, deserialize_with = "lenient::or_default")]
    reference: Reference,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
struct Reference {
    #[serde(default, deserialize_with = "lenient::number")]
    id: Option<i64>,
}

impl HarborClient {
    /// The quota of a project; none where quotas by project are switched off. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Forbidden`](crate::ErrorKind::Forbidden) for all but system administrators.
    pub async fn read_quota(&self, project: ProjectId) -> Result<Option<Quota>> {
        let query =
            [("reference", "project".to_owned()), ("reference_id", project.to_string())].map(own).to_vec();
        let mut all = self.list("read_quota", path("quotas"), query, None);
        while let Some(quota) = all.next().await {
            let quota: Quota = quota?;
            if quota.reference.id.and_then(|id| u64::try_from(id).ok()) == Some(project.number()) {
                return Ok(Some(quota));
            }
        }
        Ok(None)
    }

    /// Sets how much the project of a quota may hold. Dropped: it may have been set.
    ///
    /// Harbor takes a limit with a change of the project too, and ignores it there.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Forbidden`](crate::ErrorKind::Forbidden) for all but system administrators,
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) if there is no such quota.
    pub async fn set_storage_limit(&self, quota: QuotaId, limit: StorageLimit) -> Result<()> {
        #[derive(Serialize)]
        struct Body {
            hard: BTreeMap<&'static str, StorageLimit>,
        }
        let body = Body { hard: BTreeMap::from([(STORAGE, limit)]) };
        let path = path("quotas").id("{quota}", &quota.to_string());
        self.put(Call::change("set_storage_limit", Method::Put, path, json(&body)?)).await
    }
}

fn own((name, value): (&str, String)) -> (String, String) {
    (name.to_owned(), value)
}

impl Serialize for StorageLimit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bytes(bytes) => serializer.serialize_u64(*bytes),
            Self::Unlimited => serializer.serialize_i64(-1),
        }
    }
}

/// What a list of resources says of storage.
fn storage<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    #[derive(Default, Deserialize)]
    struct Resources {
        #[serde(default, deserialize_with = "lenient::number")]
        storage: Option<i64>,
    }
    lenient::or_default(deserializer).map(|resources: Resources| resources.storage)
}

fn limit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<StorageLimit>, D::Error> {
    Ok(storage(deserializer)?
        .map(|bytes| u64::try_from(bytes).map_or(StorageLimit::Unlimited, StorageLimit::Bytes)))
}
