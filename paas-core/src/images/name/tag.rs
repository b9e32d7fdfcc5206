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

    /// Whether it is no image's, but says that what is under it is about one: the list of what is about a digest, in
    /// registries that do not note that by themselves (`sha256-` and 64 digits), and the signatures, attestations and bills
    /// of materials of cosign (the same with `.sig`, `.att`, `.sbom`). They go where their image goes, and nobody releases
    /// them.
    ///
    /// ```
    /// use paas_core::images::Tag;
    ///
    /// let about = |tag: String| tag.parse::<Tag>().unwrap().is_attachment();
    /// let digits = "9f".repeat(32);
    /// assert!(about(format!("sha256-{digits}")) && about(format!("sha256-{digits}.sig")));
    /// assert!(!about("sha256-9f".to_owned()) && !about(format!("sha256-{digits}0")) && !about("1.4.sig".to_owned()));
    /// ```
    pub fn is_attachment(&self) -> bool {
        let digits = ["sha256-", "sha512-"].iter().find_map(|algorithm| self.0.strip_prefix(algorithm));
        let Some((digits, rest)) = digits.and_then(|rest| rest.split_at_checked(DIGITS)) else {
            return false;
        };
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        digits.bytes().all(is_digit) && (rest.is_empty() || rest.starts_with('.'))
    }
}

/// Digits of a digest in a tag: those of longer ones are cut off there, by the specification.
const DIGITS: usize = 64;

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
