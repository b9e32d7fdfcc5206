//! Single values of simple types.

use super::timestamp::is_timestamp;
use crate::{
    tosca::{
        schema::Type,
        unit::{self, Wrong},
        value::Data,
    },
    yaml::{NodeRef, Plain, scalar_boolean as boolean, scalar_float as float, scalar_integer as integer},
};
use std::borrow::Cow;

/// Why a scalar is not of a simple type.
pub(super) enum Mismatch {
    Sexagesimal,
    Unquoted(Plain),
    /// It would be of the type without its quotes.
    Quoted,
    /// YAML 1.1 reads `010` as 8, YAML 1.2 as 10.
    Octal,
    TooLarge,
    Unit(Wrong),
    Other,
}

pub(super) fn simple<'t>(node: NodeRef<'t>, text: &'t str, ty: &Type<'t>) -> Result<Data<'t>, Mismatch> {
    let quantity = || match unit::parse(text, ty) {
        Ok(quantity) => Ok(Data::Quantity(quantity, text.into())),
        Err(wrong) => Err(Mismatch::Unit(wrong)),
    };
    match ty {
        Type::String => match node.plain() {
            Some(Plain::String) => Ok(Data::String(text.into())),
            Some(Plain::Sexagesimal) => Err(Mismatch::Sexagesimal),
            Some(Plain::Null) | None => Err(Mismatch::Other),
            Some(plain) => Err(Mismatch::Unquoted(plain)),
        },
        Type::Integer | Type::Float | Type::Boolean => unquoted(node, text, ty),
        Type::Size | Type::Time | Type::Frequency | Type::Bitrate => quantity(),
        Type::Timestamp if is_timestamp(text) => Ok(Data::String(text.into())),
        Type::Version if is_version(text) => Ok(Data::String(text.into())),
        _ => Err(Mismatch::Other),
    }
}

/// Numbers and booleans, which are written without quotes.
fn unquoted<'t>(node: NodeRef<'t>, text: &'t str, ty: &Type<'t>) -> Result<Data<'t>, Mismatch> {
    let data = match ty {
        Type::Integer => integer(text).map(Data::Integer),
        Type::Float => {
            float(text).filter(|value| value.is_finite()).map(|value| Data::Float(value, text.into()))
        }
        _ => boolean(text).map(Data::Boolean),
    };
    let is_octal = || {
        let digits = text.trim_start_matches(['-', '+']);
        digits.len() > 1
            && digits.starts_with('0')
            && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'_'))
    };
    match (data, node.plain()) {
        (Some(_), Some(Plain::String)) => Err(Mismatch::Quoted),
        (Some(_), Some(Plain::Integer)) if is_octal() => Err(Mismatch::Octal),
        (Some(data), _) => Ok(data),
        (None, Some(Plain::Integer)) if matches!(ty, Type::Integer) => Err(Mismatch::TooLarge),
        (None, _) => Err(Mismatch::Other),
    }
}

/// `[ 1, 5 ]` or `[ 1, UNBOUNDED ]`.
pub(super) fn range<'t>(node: NodeRef<'t>) -> Option<Data<'t>> {
    let number =
        |node: NodeRef<'t>| node.text().filter(|_| node.plain() == Some(Plain::Integer)).and_then(integer);
    let mut bounds = node.items();
    let (low, high, None) = (bounds.next()?, bounds.next()?, bounds.next()) else { return None };
    let low = number(low)?;
    if high.text() == Some("UNBOUNDED") {
        return Some(Data::Range(low, None));
    }
    number(high).filter(|&high| low <= high).map(|high| Data::Range(low, Some(high)))
}

/// What a scalar looks like.
pub(super) fn guess<'t>(text: &'t str, plain: Plain) -> Data<'t> {
    let string = Data::String(Cow::Borrowed(text));
    match plain {
        Plain::Null => Data::Null,
        Plain::Boolean => boolean(text).map_or(string, Data::Boolean),
        Plain::Integer => integer(text).map_or(string, Data::Integer),
        Plain::Float => float(text).map_or(string, |value| Data::Float(value, text.into())),
        Plain::String | Plain::Sexagesimal | Plain::Date => string,
    }
}

/// Whether the text is a number as it is written in the end: `5`, `-1.5`, but not `1.10`, `010`, `1e3`.
pub(super) fn is_number(text: &str) -> bool {
    integer(text).is_some_and(|value| value.to_string() == text)
        || float(text).is_some_and(|value| value.is_finite() && value.to_string() == text)
}

/// The text of a single value, as `concat` and string properties take it.
pub(in crate::tosca) fn text_of(data: &Data<'_>) -> Option<String> {
    match data {
        Data::String(text) | Data::Quantity(_, text) | Data::Float(_, text) => {
            Some(text.clone().into_owned())
        }
        Data::Integer(value) => Some(value.to_string()),
        Data::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}

/// `major.minor[.fix[.qualifier[-build]]]`; a single number passes, as in the wild.
pub(in crate::tosca) fn is_version(text: &str) -> bool {
    let (numbers, build) =
        text.rsplit_once('-').map_or((text, None), |(numbers, build)| (numbers, Some(build)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let parts: Vec<_> = numbers.splitn(4, '.').collect();
    build.is_none_or(digits)
        && parts.iter().take(3).all(|part| digits(part))
        && parts.get(3).is_none_or(|qualifier| word(qualifier))
}
