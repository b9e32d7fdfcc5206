//! Strings that may hold references to secrets.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A string that may hold references to secret inputs. The secrets' values are never in it.
///
/// ```
/// use paas_core::application::{Segment, Text};
///
/// let url = Text::from_segments([
///     Segment::Literal("jdbc:mysql://root:".into()),
///     Segment::Secret { secret: "db_password".into() },
///     Segment::Literal("@db".into()),
/// ]);
/// assert_eq!(url.to_string(), "jdbc:mysql://root:***@db");
/// assert_eq!(Text::from("plain").as_plain(), Some("plain"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Text {
    /// Just a string.
    Plain(String),
    /// Strings and secrets, one after the other.
    WithSecrets {
        /// The pieces.
        with_secrets: Vec<Segment>,
    },
}

/// A piece of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Segment {
    /// A string.
    Literal(String),
    /// The value of a secret input.
    Secret {
        /// The input's name.
        secret: String,
    },
}

impl Text {
    /// Joins pieces; without a secret among them the result is [`Text::Plain`].
    pub fn from_segments(segments: impl IntoIterator<Item = Segment>) -> Self {
        let mut joined: Vec<Segment> = Vec::new();
        for segment in segments {
            match (joined.last_mut(), segment) {
                (_, Segment::Literal(literal)) if literal.is_empty() => {}
                (Some(Segment::Literal(before)), Segment::Literal(literal)) => before.push_str(&literal),
                (_, segment) => joined.push(segment),
            }
        }
        if joined.iter().any(|segment| matches!(segment, Segment::Secret { .. })) {
            return Self::WithSecrets { with_secrets: joined };
        }
        match joined.pop() {
            Some(Segment::Literal(literal)) => Self::Plain(literal),
            _ => Self::Plain(String::new()),
        }
    }

    /// The string, if no secret is in it.
    pub fn as_plain(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => Some(text),
            Self::WithSecrets { .. } => None,
        }
    }

    /// The names of the secrets in it, in order, repeats included.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let segments = match self {
            Self::Plain(_) => &[][..],
            Self::WithSecrets { with_secrets } => with_secrets,
        };
        segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Secret { secret } => Some(secret.as_str()),
        })
    }

    /// The strings in it, without the secrets.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        let (plain, segments) = match self {
            Self::Plain(text) => (Some(text.as_str()), &[][..]),
            Self::WithSecrets { with_secrets } => (None, with_secrets.as_slice()),
        };
        plain.into_iter().chain(segments.iter().filter_map(|segment| match segment {
            Segment::Literal(literal) => Some(literal.as_str()),
            Segment::Secret { .. } => None,
        }))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

/// The string with `***` for each secret.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => f.write_str(text),
            Self::WithSecrets { with_secrets } => with_secrets.iter().try_for_each(|segment| match segment {
                Segment::Literal(literal) => f.write_str(literal),
                Segment::Secret { .. } => f.write_str("***"),
            }),
        }
    }
}
