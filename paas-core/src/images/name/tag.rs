//! Tags.

use super::{InvalidName, text};
use serde::Serialize;
use std::str::FromStr;

/// What an image is called in its repository, such as `1.4`. It can be moved from image to image.
///
/// ```
/// use paas_core::images::Tag;
///
/// assert_eq!("1.4-Beta_2".parse::<Tag>()?.as_str(), "1.4-Beta_2");
/// assert!("".parse::<Tag>().is_err() && "-1".parse::<Tag>().is_err() && "1+2".parse::<Tag>().is_err());
/// # Ok::<(), paas_core::images::InvalidName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "ImageTag", extend("pattern" = "^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$"))
)]
#[serde(transparent)]
pub struct Tag(String);

text!(Tag);

impl Tag {
    /// The longest, in characters.
    pub const MAX: usize = 128;
}

impl FromStr for Tag {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let fits = text.len() <= Self::MAX
            && text.starts_with(is_word)
            && text.chars().all(|c| is_word(c) || c == '.' || c == '-');
        if fits {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidName::new(
            text,
            "tag",
            "write up to 128 letters, digits, `_`, `.` and `-`, not beginning with `.` or `-`",
        ))
    }
}
