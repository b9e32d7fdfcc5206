//! What is wrong with what is said of sources.

use crate::images::distribution::ZoneName;
use std::{error::Error, fmt};

/// Sources of images cannot be so.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidSources {
    /// A zone that is not among the zones.
    UnknownZone(ZoneName),
    /// A text that names no image namespace.
    NoNamespace(String),
}

impl fmt::Display for InvalidSources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownZone(zone) => {
                write!(f, "there is no zone `{zone}` from which images could be taken")
            }
            Self::NoNamespace(name) => {
                let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
                write!(f, "`{shown}` cannot be the name of an image namespace")
            }
        }
    }
}

impl Error for InvalidSources {}
