//! What images are called: the grammar of the distribution specification, and nothing beside it.

mod digest;
mod image;
mod repository;
mod tag;

pub use digest::Digest;
pub use image::ImageName;
pub use repository::{RepositoryName, is_namespace};
pub use tag::Tag;

use std::{error::Error, fmt};

/// A text is no name of that sort.
///
/// ```
/// use paas_core::images::Tag;
///
/// let error = "1.4 beta".parse::<Tag>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`1.4 beta` is no tag: write up to 128 letters, digits, `_`, `.` and `-`, not beginning with `.` or `-`",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidName {
    text: String,
    what: &'static str,
    rule: &'static str,
}

/// So much of a wrong text is shown, in characters: it may be anything.
const SHOWN: usize = 80;

impl InvalidName {
    pub(in crate::images) fn new(text: &str, what: &'static str, rule: &'static str) -> Self {
        let text = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
        Self { text, what, rule }
    }
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, what, rule } = self;
        write!(f, "`{text}` is no {what}: {rule}")
    }
}

impl Error for InvalidName {}

/// What a name that is kept as text needs to be printed and read; what can be read is said by its `FromStr`.
macro_rules! text {
    ($name:ident) => {
        impl $name {
            /// As it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

use text;
