//! Changes of values, and of what is in lists.

use super::{
    compare,
    json::{self, Json},
    path::ValuePath,
    secret,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// That a value is another one, is new, or is no longer there.
///
/// It is complete, and printed for debugging as [`Change::redacted`].
#[derive(Clone, PartialEq, Serialize, Deserialize)]
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

    /// The change as it may be shown: if one side is a secret, what is written plainly on the other may be that secret, and
    /// is `***`. It can no longer be applied.
    ///
    /// ```
    /// use paas_core::release::difference::Change;
    ///
    /// let change = r#"{"path": "environment.PASSWORD", "old": "hunter2",
    ///     "new": {"with_references": [{"secret": "password"}]}}"#;
    /// let change: Change = serde_json::from_str(change)?;
    /// assert_eq!(change.redacted().old.unwrap().to_string(), "***");
    /// assert!(!format!("{change:?}").contains("hunter2"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn redacted(&self) -> Self {
        let (old, new) = secret::shown(self.old.as_ref(), self.new.as_ref());
        Self { path: self.path.clone(), old, new, position: self.position }
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, old, new, position } = self.redacted();
        f.debug_struct("Change")
            .field("path", &path)
            .field("old", &old)
            .field("new", &new)
            .field("position", &position)
            .finish()
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
