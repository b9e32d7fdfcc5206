//! Sizes, as templates write them: for other files that people write beside a template.

use crate::tosca::{self, WrongUnit};
use std::{error::Error, fmt};

/// Reads a size (`scalar-unit.size`): a number and a unit. Gives whole bytes, rounded.
///
/// ```
/// use paas_tosca::size::{self, InvalidSize};
///
/// assert_eq!(size::in_bytes("2 TB"), Ok(2_000_000_000_000));
/// assert_eq!(size::in_bytes("1.5 KiB"), Ok(1536));
/// assert_eq!(size::in_bytes("200"), Err(InvalidSize::NoUnit));
/// ```
///
/// # Errors
/// When the text is no number with a unit, or the size is more than [`MAX_INTEGER`](paas_core::MAX_INTEGER).
pub fn in_bytes(text: &str) -> Result<u64, InvalidSize> {
    let quantity = tosca::size(text).map_err(|wrong| match wrong {
        WrongUnit::Number => InvalidSize::Number,
        WrongUnit::NoUnit => InvalidSize::NoUnit,
        WrongUnit::Unit => InvalidSize::UnknownUnit,
        WrongUnit::TooLarge => InvalidSize::TooLarge,
    })?;
    Ok(quantity.rounded())
}

/// The units that a size can have, from small to large.
pub fn units() -> impl Iterator<Item = &'static str> {
    tosca::size_units().iter().map(|(unit, _)| *unit)
}

/// The text is not a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidSize {
    /// It does not begin with a number.
    Number,
    /// Nothing follows the number.
    NoUnit,
    /// What follows the number is no unit.
    UnknownUnit,
    /// 8192 TiB or more.
    TooLarge,
}

impl fmt::Display for InvalidSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "it does not begin with a number",
            Self::NoUnit => "it has no unit",
            Self::UnknownUnit => "its unit is not known",
            Self::TooLarge => "it is not less than 8192 TiB",
        })
    }
}

impl Error for InvalidSize {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_counted_is_refused() {
        assert_eq!(in_bytes("9 PB"), Err(InvalidSize::UnknownUnit));
        assert_eq!(in_bytes("9000 TB"), Ok(9_000_000_000_000_000));
        assert_eq!(in_bytes("8192 TiB"), Err(InvalidSize::TooLarge));
        assert_eq!(in_bytes("1e400 B"), Err(InvalidSize::TooLarge));
        for text in ["", "-1 GB", "GB", "much", "١ GB"] {
            assert_eq!(in_bytes(text), Err(InvalidSize::Number), "{text}");
        }
    }

    #[test]
    fn every_unit_is_one() {
        let sizes: Vec<_> = units().map(|unit| in_bytes(&format!("1 {unit}")).expect(unit)).collect();
        assert!(sizes.len() == 9 && sizes.is_sorted(), "{sizes:?}");
    }
}
