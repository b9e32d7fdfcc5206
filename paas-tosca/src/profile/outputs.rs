//! Outputs.

use super::{deferred, read::Read};
use crate::tosca::{Data, OutputValue, Value};
use paas_core::{
    MAX_INTEGER,
    application::{Output, Text, Value as Shown},
};

/// An output of the application.
pub(super) fn output(output: &OutputValue<'_>, read: &Read<'_>) -> Output {
    Output {
        name: output.name.to_owned(),
        description: output.description.map(str::to_owned),
        pending: deferred::pending(&output.value, read),
        value: shown(&output.value, read),
    }
}

/// The value of an output; what is not known stays out.
fn shown(value: &Value<'_>, read: &Read<'_>) -> Shown {
    match &value.data {
        Data::Boolean(value) => Shown::Boolean(*value),
        Data::Integer(value) => integer(*value),
        Data::Float(value, _) if value.is_finite() => Shown::Float(*value),
        Data::String(text) | Data::Float(_, text) | Data::Quantity(_, text) => {
            Shown::Text(Text::from(text.as_ref()))
        }
        Data::Secret(segments) => Shown::Text(Text::from_segments(segments.iter().cloned())),
        Data::Range(low, high) => Shown::List(vec![
            integer(*low),
            high.map_or_else(|| Shown::Text(Text::from("UNBOUNDED")), integer),
        ]),
        Data::List(items) => Shown::List(items.iter().map(|item| shown(item, read)).collect()),
        Data::Map(entries) => Shown::Map(
            entries
                .iter()
                .map(|(key, value)| (key.text().unwrap_or_default().to_owned(), shown(value, read)))
                .collect(),
        ),
        Data::Deferred(_) => read.text(value).map_or(Shown::Null, Shown::Text),
        Data::Null | Data::Unknown | Data::Invalid => Shown::Null,
    }
}

/// A whole number, as text where readers in other languages would lose digits of it.
fn integer(value: i64) -> Shown {
    if value.unsigned_abs() > MAX_INTEGER {
        return Shown::Text(Text::from(value.to_string()));
    }
    Shown::Integer(value)
}
