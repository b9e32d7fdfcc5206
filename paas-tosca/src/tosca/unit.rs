//! Scalar units: a number and a unit (TOSCA 1.3, section 3.3.6).

use super::schema::Type;
use paas_core::MAX_INTEGER;

/// A size, time, frequency or bitrate in its least unit: bytes, nanoseconds, hertz, bits per second.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(crate) struct Quantity(f64);

impl Quantity {
    /// The value in whole units, rounded.
    pub(crate) fn rounded(self) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "quantities are not negative, and a cast from a float saturates"
        )]
        let whole = self.0.round() as u64;
        whole
    }

    /// A time in milliseconds, rounded up so that a short time never becomes none.
    pub(crate) fn milliseconds(self) -> u64 {
        Self((self.0 / 1e6).ceil()).rounded()
    }
}

/// What is wrong with a scalar unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrong {
    Number,
    NoUnit,
    Unit,
    /// More bytes than a document can tell.
    TooLarge,
}

/// Reads `5 s`, `512 MiB`, `2.4GHz`: the space is optional, units know no case.
pub(super) fn parse(text: &str, ty: &Type<'_>) -> Result<Quantity, Wrong> {
    let text = text.trim();
    let number = number_at_start(text);
    let unit = text.get(number.len()..).unwrap_or_default();
    let number: f64 = number.parse().map_err(|_| Wrong::Number)?;
    let unit = unit.trim_start();
    if unit.is_empty() {
        return Err(Wrong::NoUnit);
    }
    let factor = units(ty)
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(unit))
        // `b` and `B` differ in bitrates, which are told apart by the table's spelling first.
        .map(|&(name, factor)| {
            units(ty).iter().find(|(exact, _)| *exact == unit).map_or((name, factor), |&found| found).1
        })
        .ok_or(Wrong::Unit)?;
    let quantity = Quantity(number * factor);
    if matches!(ty, Type::Size) && quantity.rounded() > MAX_INTEGER {
        return Err(Wrong::TooLarge);
    }
    Ok(quantity)
}

/// Reads a size, such as `512 MiB`.
pub(crate) fn size(text: &str) -> Result<Quantity, Wrong> {
    parse(text, &Type::Size)
}

/// The units of sizes, with what they are worth.
pub(crate) fn size_units() -> &'static [(&'static str, f64)] {
    units(&Type::Size)
}

/// Digits, maybe with a point, maybe with an exponent: `1.5e3` of `1.5e3 s`.
fn number_at_start(text: &str) -> &str {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let rest = text.get(whole..).unwrap_or_default();
    let mantissa = whole + rest.strip_prefix('.').map_or(0, |fraction| 1 + digits(fraction));
    let rest = text.get(mantissa..).unwrap_or_default();
    let exponent = rest.strip_prefix(['e', 'E']).map_or(0, |exponent| {
        let sign = usize::from(exponent.starts_with(['-', '+']));
        match digits(exponent.get(sign..).unwrap_or_default()) {
            0 => 0,
            count => 1 + sign + count,
        }
    });
    text.get(..mantissa + exponent).unwrap_or_default()
}

/// The units of a type, with what they are worth.
pub(super) fn units(ty: &Type<'_>) -> &'static [(&'static str, f64)] {
    const KIB: f64 = 1024.0;
    match ty {
        Type::Size => &[
            ("B", 1.0),
            ("kB", 1e3),
            ("KiB", KIB),
            ("MB", 1e6),
            ("MiB", KIB * KIB),
            ("GB", 1e9),
            ("GiB", KIB * KIB * KIB),
            ("TB", 1e12),
            ("TiB", KIB * KIB * KIB * KIB),
        ],
        Type::Time => {
            &[("d", 86_400e9), ("h", 3_600e9), ("m", 60e9), ("s", 1e9), ("ms", 1e6), ("us", 1e3), ("ns", 1.0)]
        }
        Type::Frequency => &[("Hz", 1.0), ("kHz", 1e3), ("MHz", 1e6), ("GHz", 1e9)],
        Type::Bitrate => &[
            ("bps", 1.0),
            ("Kbps", 1e3),
            ("Kibps", KIB),
            ("Mbps", 1e6),
            ("Mibps", KIB * KIB),
            ("Gbps", 1e9),
            ("Gibps", KIB * KIB * KIB),
            ("Tbps", 1e12),
            ("Tibps", KIB * KIB * KIB * KIB),
            ("Bps", 8.0),
            ("KBps", 8e3),
            ("KiBps", 8.0 * KIB),
            ("MBps", 8e6),
            ("MiBps", 8.0 * KIB * KIB),
            ("GBps", 8e9),
            ("GiBps", 8.0 * KIB * KIB * KIB),
            ("TBps", 8e12),
            ("TiBps", 8.0 * KIB * KIB * KIB * KIB),
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_with_units() {
        assert_eq!(parse("512 MiB", &Type::Size), Ok(Quantity(536_870_912.0)));
        assert_eq!(parse("10gb", &Type::Size), Ok(Quantity(1e10)));
        assert_eq!(parse("1.5e3 s", &Type::Time), Ok(Quantity(1.5e12)));
        assert_eq!(parse("2E-3s", &Type::Time), Ok(Quantity(2e6)));
        assert_eq!(parse("1e s", &Type::Time), Err(Wrong::Unit));
        assert_eq!(parse("1.5 s", &Type::Time).map(Quantity::milliseconds), Ok(1500));
        assert_eq!(parse("1 ns", &Type::Time).map(Quantity::milliseconds), Ok(1));
        assert_eq!(parse("1 Kbps", &Type::Bitrate), Ok(Quantity(1e3)));
        assert_eq!(parse("1 KBps", &Type::Bitrate), Ok(Quantity(8e3)));
        assert_eq!(parse("5 parsecs", &Type::Time), Err(Wrong::Unit));
        assert_eq!(parse("5", &Type::Time), Err(Wrong::NoUnit));
        assert_eq!(parse("-5 s", &Type::Time), Err(Wrong::Number));
        assert_eq!(parse(". s", &Type::Time), Err(Wrong::Number));
        assert_eq!(parse("ü", &Type::Time), Err(Wrong::Number));
    }

    #[test]
    fn sizes_end_where_other_languages_lose_digits() {
        assert_eq!(parse("9007199254740991 B", &Type::Size).map(Quantity::rounded), Ok(MAX_INTEGER));
        assert_eq!(parse("8191 TiB", &Type::Size).map(Quantity::rounded), Ok(8191 << 40));
        for text in ["9007199254740992 B", "8192 TiB", "18446744073709551616 B", "1e400 TiB"] {
            assert_eq!(parse(text, &Type::Size), Err(Wrong::TooLarge), "{text}");
        }
    }
}
