//! Changes of values, and of what is in lists.

use super::{
    compare,
    json::{self, Json},
    path::ValuePath,
};
use serde::{Deserialize, Serialize};

/// That a value is another one, is new, or is no longer there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Change {
    /// Where it is.
    pub path: ValuePath,
    /// What it was; `None`: it was not there.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "json::present")]
    pub old: Option<Json>,
    /// What it is; `None`: it is no longer there. If there is neither, it only stands elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "json::present")]
    pub new: Option<Json>,
    /// Where in its list it is, from 0, if it is new there or stands elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<usize>,
}

impl Change {
    /// The change piece by piece, where a whole map or list is new or no longer there.
    ///
    /// ```
    /// use paas_core::release::difference::Change;
    ///
    /// let change = r#"{"path": "environment", "new": {"DB_HOST": "db", "DB_PORT": "5432"}}"#;
    /// let change: Change = serde_json::from_str(change)?;
    /// let paths: Vec<String> = change.pieces().iter().map(|piece| piece.path.to_string()).collect();
    /// assert_eq!(paths, ["environment.DB_HOST", "environment.DB_PORT"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn pieces(&self) -> Vec<Self> {
        compare::pieces(self).filter(|pieces| !pieces.is_empty()).unwrap_or_else(|| vec![self.clone()])
    }
}

/// What became of something that a release lists: a volume, a policy, a port.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ItemDifference {
    /// What it is known by.
    pub name: String,
    /// What became of it.
    pub fate: ItemFate,
    /// All of it: as it is if it was added, as it was if it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "json::present")]
    pub item: Option<Json>,
    /// Where in its list it is, from 0, if it was added or stands elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<usize>,
    /// What changed in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What that means for an update, or for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
}

/// What became of something that a release lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ItemFate {
    /// It is new.
    Added,
    /// It is no longer there.
    Removed,
    /// It is another.
    Changed,
    /// It only stands elsewhere in its list.
    Reordered,
}
