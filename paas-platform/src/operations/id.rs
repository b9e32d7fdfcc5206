//! The names of operations.

use crate::{
    error::{Error, ErrorKind},
    seam::{Clock, Random},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The id of an operation. Later ones sort after earlier ones.
///
/// ```
/// use paas_platform::OperationId;
///
/// let id: OperationId = "op-019a8c5d7b0-6m3k9x1t7c2q".parse()?;
/// assert_eq!(id.as_str(), "op-019a8c5d7b0-6m3k9x1t7c2q");
/// assert!("op-../x".parse::<OperationId>().is_err());
/// # Ok::<(), paas_platform::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("pattern" = "^op-[A-Za-z0-9-]+$")))]
#[serde(transparent)]
pub struct OperationId(String);

impl OperationId {
    /// How many letters of chance an id ends with: 60 bits.
    const CHANCE: usize = 12;

    pub(crate) fn new(clock: &dyn Clock, random: &dyn Random) -> Self {
        let chance: String = random.id("op").chars().skip(3).take(Self::CHANCE).collect();
        Self(format!("op-{:011x}-{chance}", clock.now().as_millis()))
    }

    pub(crate) fn known(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OperationId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let fits = text.len() <= 64
            && text.strip_prefix("op-").is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            });
        if fits {
            return Ok(Self(text.to_owned()));
        }
        let shown: String = text.chars().filter(|c| !c.is_control()).take(64).collect();
        Err(Error::new(ErrorKind::UnknownOperation, format!("`{shown}` is no id of an operation")))
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
