//! Values that were read by a schema.

use super::{deferred::Deferred, unit::Quantity};
use crate::yaml::NodeRef;
use paas_core::application::Segment;
use std::{borrow::Cow, cmp::Ordering, sync::Arc};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Value<'t> {
    pub(crate) at: NodeRef<'t>,
    pub(crate) data: Data<'t>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Data<'t> {
    Boolean(bool),
    Integer(i64),
    /// A number, and the text of it.
    Float(f64, Cow<'t, str>),
    String(Cow<'t, str>),
    /// A string with secrets in it.
    Secret(Vec<Segment>),
    /// A number with a unit, and the text of it.
    Quantity(Quantity, Cow<'t, str>),
    /// From, to; no end: `UNBOUNDED`.
    Range(i64, Option<i64>),
    List(Vec<Value<'t>>),
    /// Keys with their places, in the order of the template; defaults come last.
    Map(Vec<(NodeRef<'t>, Value<'t>)>),
    /// A null where anything is allowed.
    Null,
    /// It is known only when the application runs.
    Deferred(Arc<Deferred<'t>>),
    /// It depends on an input without a value.
    Unknown,
    /// It was diagnosed: whoever uses it says nothing more.
    Invalid,
}

impl<'t> Value<'t> {
    pub(crate) fn new(at: NodeRef<'t>, data: Data<'t>) -> Self {
        Self { at, data }
    }

    pub(crate) fn invalid(at: NodeRef<'t>) -> Self {
        Self { at, data: Data::Invalid }
    }

    /// Whether there is nothing to be said about it.
    pub(crate) fn is_settled(&self) -> bool {
        matches!(self.data, Data::Invalid | Data::Unknown)
    }

    /// Whether it was diagnosed.
    pub(crate) fn is_invalid(&self) -> bool {
        matches!(self.data, Data::Invalid)
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_integer(&self) -> Option<i64> {
        match self.data {
            Data::Integer(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn as_float(&self) -> Option<f64> {
        match self.data {
            Data::Float(value, _) => Some(value),
            #[expect(clippy::cast_precision_loss, reason = "a float takes the nearest value")]
            Data::Integer(value) => Some(value as f64),
            _ => None,
        }
    }

    pub(crate) fn as_boolean(&self) -> Option<bool> {
        match self.data {
            Data::Boolean(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn as_quantity(&self) -> Option<Quantity> {
        match self.data {
            Data::Quantity(quantity, _) => Some(quantity),
            _ => None,
        }
    }

    pub(crate) fn items(&self) -> &[Self] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn entries(&self) -> &[(NodeRef<'t>, Self)] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(name, _)| name.says(key)).map(|(_, value)| value)
    }
}

impl Data<'_> {
    /// The order of two values of one type, where there is one.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => Some(a.cmp(b)),
            (Self::Float(..) | Self::Integer(_), Self::Float(..) | Self::Integer(_)) => {
                self.number()?.partial_cmp(&other.number()?)
            }
            (Self::Quantity(a, _), Self::Quantity(b, _)) => a.partial_cmp(b),
            (Self::String(a), Self::String(b)) => Some(a.cmp(b)),
            (Self::Boolean(a), Self::Boolean(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            Self::Float(value, _) => Some(*value),
            #[expect(clippy::cast_precision_loss, reason = "compared with a float")]
            Self::Integer(value) => Some(*value as f64),
            _ => None,
        }
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(a), Self::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.data.same(&b.data))
            }
            (Self::Map(a), Self::Map(b)) => {
                let same = |(key, value): &(NodeRef<'_>, Value<'_>)| {
                    b.iter().any(|(other, found)| other.text() == key.text() && value.data.same(&found.data))
                };
                a.len() == b.len() && a.iter().all(same)
            }
            (Self::Range(a, b), Self::Range(c, d)) => (a, b) == (c, d),
            (Self::Null, Self::Null) => true,
            _ => self.compare(other) == Some(Ordering::Equal),
        }
    }

    /// What it costs to copy, in values: 16 bytes of text count as one.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::String(text) | Self::Quantity(_, text) => 1 + text.len() / 16,
            Self::Secret(segments) => segments.iter().fold(1, |sum, segment| match segment {
                Segment::Literal(text)
                | Segment::Secret { secret: text }
                | Segment::Host { host_of: text, .. } => sum + 1 + text.len() / 16,
            }),
            Self::Deferred(deferred) => deferred.size(),
            Self::List(items) => items.iter().fold(1, |sum, item| sum + item.data.size()),
            Self::Map(entries) => entries.iter().fold(1, |sum, (_, value)| sum + value.data.size()),
            _ => 1,
        }
    }

    /// Characters of a string, items of a list, entries of a map.
    pub(super) fn length(&self) -> Option<u64> {
        let length = match self {
            Self::String(text) => text.chars().count(),
            Self::List(items) => items.len(),
            Self::Map(entries) => entries.len(),
            _ => return None,
        };
        u64::try_from(length).ok()
    }
}
