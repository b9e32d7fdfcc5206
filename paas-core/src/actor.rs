//! Who acts.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::{error::Error, fmt, str::FromStr};

/// Who asks for something: a person, a program, a role. It stands in the journal and in the audit.
///
/// ```
/// use paas_core::actor::Actor;
///
/// let anna: Actor = "anna@bank.test".parse()?;
/// assert_eq!(anna.to_string(), "anna@bank.test");
/// assert!("".parse::<Actor>().is_err() && "two\nlines".parse::<Actor>().is_err());
/// # Ok::<(), paas_core::actor::InvalidActor>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = 255)))]
#[serde(transparent)]
pub struct Actor(String);

impl Actor {
    /// The longest name, in bytes.
    pub const MAX: usize = 255;

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidActor;

impl fmt::Display for InvalidActor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an actor has a name of 1 to {} bytes without control characters", Actor::MAX)
    }
}

impl Error for InvalidActor {}

impl FromStr for Actor {
    type Err = InvalidActor;

    fn from_str(text: &str) -> Result<Self, InvalidActor> {
        let fits = !text.trim().is_empty() && text.len() <= Self::MAX && !text.chars().any(char::is_control);
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidActor) }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
