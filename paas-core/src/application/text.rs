//! Strings that may hold references: to secrets, and to the host names of services.

use crate::diagnostic::Origin;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A string that may hold references to secret inputs, whose values are never in it, and to the host names of services,
/// which depend on who reads them.
///
/// ```
/// use paas_core::application::{Segment, Text};
///
/// let url = Text::from_segments([
///     Segment::Literal("jdbc:mysql://root:".into()),
///     Segment::Secret { secret: "db_password".into() },
///     Segment::Literal("@".into()),
///     Segment::host_of("db"),
/// ]);
/// assert_eq!(url.to_string(), "jdbc:mysql://root:***@db");
/// assert_eq!(url.hosts().map(|(service, _)| service).collect::<Vec<_>>(), ["db"]);
/// assert_eq!(Text::from("plain").as_plain(), Some("plain"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Text {
    /// Just a string.
    Plain(String),
    /// Strings and references, one after the other.
    WithReferences {
        /// The pieces.
        #[serde(alias = "with_secrets")]
        with_references: Vec<Segment>,
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
    /// The host name by which the service that reads the text reaches another.
    Host {
        /// The other service's name.
        host_of: String,
        /// Where it was written.
        #[serde(skip)]
        origin: Origin,
    },
}

impl Segment {
    /// The host name of a service, as whoever reads it reaches that service.
    pub fn host_of(service: impl Into<String>) -> Self {
        Self::Host { host_of: service.into(), origin: Origin::default() }
    }
}

impl Text {
    /// Joins pieces; without a reference among them the result is [`Text::Plain`].
    pub fn from_segments(segments: impl IntoIterator<Item = Segment>) -> Self {
        let mut joined: Vec<Segment> = Vec::new();
        for segment in segments {
            match (joined.last_mut(), segment) {
                (_, Segment::Literal(literal)) if literal.is_empty() => {}
                (Some(Segment::Literal(before)), Segment::Literal(literal)) => before.push_str(&literal),
                (_, segment) => joined.push(segment),
            }
        }
        if joined.iter().any(|segment| !matches!(segment, Segment::Literal(_))) {
            return Self::WithReferences { with_references: joined };
        }
        match joined.pop() {
            Some(Segment::Literal(literal)) => Self::Plain(literal),
            _ => Self::Plain(String::new()),
        }
    }

    /// The string, if no reference is in it.
    pub fn as_plain(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => Some(text),
            Self::WithReferences { .. } => None,
        }
    }

    /// The names of the secrets in it, in order, repeats included.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        self.pieces().iter().filter_map(|segment| match segment {
            Segment::Secret { secret } => Some(secret.as_str()),
            Segment::Literal(_) | Segment::Host { .. } => None,
        })
    }

    /// The services whose host names are in it, in order, repeats included, and where each is written.
    pub fn hosts(&self) -> impl Iterator<Item = (&str, &Origin)> {
        self.pieces().iter().filter_map(|segment| match segment {
            Segment::Host { host_of, origin } => Some((host_of.as_str(), origin)),
            Segment::Literal(_) | Segment::Secret { .. } => None,
        })
    }

    /// The strings in it, without the references.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        self.as_plain().into_iter().chain(self.pieces().iter().filter_map(|segment| match segment {
            Segment::Literal(literal) => Some(literal.as_str()),
            Segment::Secret { .. } | Segment::Host { .. } => None,
        }))
    }

    fn pieces(&self) -> &[Segment] {
        match self {
            Self::Plain(_) => &[],
            Self::WithReferences { with_references } => with_references,
        }
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

/// The string with `***` for each secret, and the name of the service for each host name.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => f.write_str(text),
            Self::WithReferences { with_references } => {
                with_references.iter().try_for_each(|segment| match segment {
                    Segment::Literal(literal) => f.write_str(literal),
                    Segment::Secret { .. } => f.write_str("***"),
                    Segment::Host { host_of, .. } => f.write_str(host_of),
                })
            }
        }
    }
}
