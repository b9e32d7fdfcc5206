//! What a value must be.

use super::{constraint::Constraint, library::TypeId};
use std::sync::Arc;

/// What a value must be: a type and constraints.
#[derive(Debug, Clone)]
pub(crate) struct Schema<'t> {
    pub(crate) ty: Type<'t>,
    pub(crate) constraints: Vec<Constraint<'t>>,
}

/// The type of a value.
#[derive(Debug, Clone)]
pub(crate) enum Type<'t> {
    String,
    Integer,
    Float,
    Boolean,
    Timestamp,
    Version,
    Range,
    Size,
    Time,
    Frequency,
    Bitrate,
    List(Box<Schema<'t>>),
    /// Values, and what their keys must be.
    Map(Box<Schema<'t>>, Option<Arc<Schema<'t>>>),
    Data(TypeId),
    /// Nothing but `null`.
    Null,
    /// Anything: entries of lists and maps without an entry schema, and types that were diagnosed.
    Any,
}

impl Schema<'_> {
    pub(crate) const ANY: Self = Self { ty: Type::Any, constraints: Vec::new() };

    pub(crate) fn of(ty: Type<'_>) -> Schema<'_> {
        Schema { ty, constraints: Vec::new() }
    }
}

impl Type<'_> {
    /// Whether its values can be parts of a text.
    pub(super) fn is_text(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(..) | Self::Data(_) | Self::Range)
    }

    /// The simple type of a name.
    pub(super) fn simple(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "integer" => Self::Integer,
            "float" => Self::Float,
            "boolean" => Self::Boolean,
            "timestamp" => Self::Timestamp,
            "version" => Self::Version,
            "range" => Self::Range,
            "scalar-unit.size" => Self::Size,
            "scalar-unit.time" => Self::Time,
            "scalar-unit.frequency" => Self::Frequency,
            "scalar-unit.bitrate" => Self::Bitrate,
            "null" => Self::Null,
            _ => return None,
        })
    }

    /// The names of the simple types, and `list` and `map`.
    pub(super) const SIMPLE: [&'static str; 13] = [
        "string",
        "integer",
        "float",
        "boolean",
        "timestamp",
        "version",
        "range",
        "scalar-unit.size",
        "scalar-unit.time",
        "scalar-unit.frequency",
        "scalar-unit.bitrate",
        "list",
        "map",
    ];

    /// The word for it in messages, with its article.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Boolean => "a boolean",
            Self::Timestamp => "a timestamp",
            Self::Version => "a version",
            Self::Range => "a range",
            Self::Size => "a size",
            Self::Time => "a time",
            Self::Frequency => "a frequency",
            Self::Bitrate => "a bitrate",
            Self::List(_) => "a list",
            Self::Map(..) | Self::Data(_) => "a map",
            Self::Null => "`null`",
            Self::Any => "a value",
        }
    }
}
