//! Places in source texts.

use serde::Serialize;
use std::{fmt, sync::Arc};

/// A point in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: u32,
    /// The offset in bytes of the UTF-8 text, from 0.
    pub offset: u32,
}

impl Position {
    /// The first point of a text.
    pub const START: Self = Self { line: 1, column: 1, offset: 0 };
}

/// A span of a file: `start` is the first point, `end` the point after the last character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The file's name as the caller gave it.
    pub file: Arc<str>,
    /// The first point.
    pub start: Position,
    /// The point after the last character.
    pub end: Position,
}

impl Place {
    /// The first point of a file: for what concerns the file as a whole.
    pub fn start_of(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), start: Position::START, end: Position::START }
    }
}

/// `file:line:column` of the start.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.start.line, self.start.column)
    }
}

/// Where something of an application was written.
///
/// It serves messages only: two things that differ in their origin alone are equal, and it is never stored.
///
/// ```
/// use paas_core::diagnostic::{Origin, Place};
///
/// assert_eq!(Origin::default(), Origin::from(Place::start_of("a.yaml")));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Origin(Option<Place>);

impl Origin {
    /// The place, if it is known.
    pub fn place(&self) -> Option<Place> {
        self.0.clone()
    }
}

impl From<Place> for Origin {
    fn from(place: Place) -> Self {
        Self(Some(place))
    }
}

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Origin {}
