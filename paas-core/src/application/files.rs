//! Files that the platform puts into containers.

use super::Text;
use crate::diagnostic::Origin;
use serde::{Deserialize, Serialize};

/// A secret of the platform that containers read from a file below [`SecretFile::FOLDER`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SecretFile {
    /// The name of the secret in the environment.
    pub secret: String,
    /// The name of the file.
    pub file: String,
    /// The number of the user who owns the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<u32>,
    /// The number of the group that the file belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<u32>,
    /// Who may do what with it, in octal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl SecretFile {
    /// The folder of all such files.
    pub const FOLDER: &'static str = "/run/secrets/";

    /// A secret in a file of its own name.
    pub fn new(secret: impl Into<String>) -> Self {
        let secret = secret.into();
        let file = secret.clone();
        Self { secret, file, user: None, group: None, mode: None, origin: Origin::default() }
    }
}

/// A file that is put into containers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ConfigurationFile {
    /// An absolute path in the containers.
    pub path: String,
    /// What is in it.
    pub content: FileContent,
    /// Where it was written.
    #[serde(skip)]
    pub origin: Origin,
}

impl ConfigurationFile {
    /// A file at a path.
    pub fn new(path: impl Into<String>, content: FileContent) -> Self {
        Self { path: path.into(), content, origin: Origin::default() }
    }
}

/// What is in a [`ConfigurationFile`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FileContent {
    /// This text.
    Inline(Text),
    /// The secret of this name, which the platform has.
    Secret(String),
}
