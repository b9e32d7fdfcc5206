//! Scalars: how they are written, and what an unquoted one stands for.

use std::borrow::Cow;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a block (`|` or `>`).
    Block,
}

/// What an unquoted scalar stands for.
///
/// TOSCA tools read YAML 1.1 or 1.2, so what either takes for something else than a string is told apart.
///
/// ```
/// use paas_tosca::yaml::Plain;
///
/// assert_eq!(Plain::of("12"), Plain::Integer);
/// assert_eq!(Plain::of("yes"), Plain::Boolean);
/// assert_eq!(Plain::of("22:30"), Plain::Sexagesimal);
/// assert_eq!(Plain::of("08:00"), Plain::String);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Plain {
    /// Text.
    String,
    /// Nothing, `~` or `null`.
    Null,
    /// `true`, `false`, and YAML 1.1's `yes`, `no`, `on`, `off`.
    Boolean,
    /// `12`, `-3`, `0x1F`, `0o17`, `0b11`, `1_000`.
    Integer,
    /// `1.5`, `1e3`, `.inf`, `.nan`.
    Float,
    /// `22:30`: a number to the base of 60 in YAML 1.1.
    Sexagesimal,
    /// `2001-12-14`: a date in YAML 1.1.
    Date,
}

impl Plain {
    /// What the text stands for when it is not quoted.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        match bytes.first() {
            None => Self::Null,
            Some(b'~') if bytes.len() == 1 => Self::Null,
            Some(b'0'..=b'9' | b'-' | b'+' | b'.') => Self::number(text),
            Some(b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'y' | b'Y' | b'o' | b'O') if bytes.len() <= 5 => {
                match text {
                    "null" | "Null" | "NULL" => Self::Null,
                    _ if boolean(text).is_some() => Self::Boolean,
                    _ => Self::String,
                }
            }
            Some(_) => Self::String,
        }
    }

    fn number(text: &str) -> Self {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        if integer(text).is_some() || is_big_integer(digits) {
            Self::Integer
        } else if is_sexagesimal(digits) {
            Self::Sexagesimal
        } else if is_date(text) {
            Self::Date
        } else if is_float(digits) || text == ".nan" || text == ".NaN" || text == ".NAN" {
            Self::Float
        } else {
            Self::String
        }
    }

    /// The word for it in messages.
    pub fn describe(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Null => "nothing",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Sexagesimal => "a number to the base of 60",
            Self::Date => "a date",
        }
    }
}

/// The value of a boolean, as YAML 1.1 and 1.2 write them.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

/// The value of an integer: decimal, `0x`, `0o`; `_` between digits as YAML 1.1 allows.
pub(crate) fn integer(text: &str) -> Option<i64> {
    if let Ok(value) = text.parse() {
        // Rust and YAML agree on a sign and decimal digits.
        return Some(value);
    }
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let (radix, digits) = match digits.get(..2) {
        Some("0x") => (16, digits.get(2..)?),
        Some("0o") => (8, digits.get(2..)?),
        Some("0b") => (2, digits.get(2..)?),
        _ => (10, digits),
    };
    if !digits.starts_with(|c: char| c.is_ascii_hexdigit()) || digits.starts_with('_') {
        return None;
    }
    let clean: Cow<'_, str> = match digits.contains('_') {
        true => digits.chars().filter(|&c| c != '_').collect(),
        false => digits.into(),
    };
    let value = i64::from_str_radix(&clean, radix).ok()?;
    Some(if negative { -value } else { value })
}

/// A decimal integer beyond 64 bits is an integer all the same, if one that nothing here can hold.
fn is_big_integer(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The value of a number.
pub(crate) fn float(text: &str) -> Option<f64> {
    if let Some(value) = integer(text) {
        #[expect(clippy::cast_precision_loss, reason = "a float property takes the nearest float")]
        return Some(value as f64);
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let value = match digits {
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        _ if is_float(digits) || is_big_integer(digits) => digits.parse().ok()?,
        _ => return None,
    };
    Some(if text.starts_with('-') { -value } else { value })
}

/// `1.5`, `.5`, `1.`, `1e3`, `1.5E-3`, `.inf`, without a sign.
fn is_float(digits: &str) -> bool {
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_mantissa =
        all_digits(whole) && all_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    let has_exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && all_digits(exponent)
    });
    has_mantissa && has_exponent
}

/// A date, maybe with a time after it.
fn is_date(text: &str) -> bool {
    let date = |date: &[u8]| {
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        matches!(date, [year @ .., b'-', m1, m2, b'-', d1, d2]
            if digits(year) && digits(&[*m1, *m2, *d1, *d2]))
    };
    let (day, time) = text.as_bytes().split_at_checked(10).unwrap_or_default();
    date(day) && time.first().is_none_or(|first| matches!(first, b't' | b'T' | b' ' | b'\t'))
}

/// YAML 1.1's `[1-9][0-9_]*(:[0-5]?[0-9])+`, without a sign; a float has a point and more digits after it.
fn is_sexagesimal(digits: &str) -> bool {
    let digits = digits.split_once('.').map_or(digits, |(digits, fraction)| {
        if fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') { digits } else { "" }
    });
    let mut groups = digits.split(':');
    let first = groups.next().unwrap_or_default();
    let starts = first.starts_with(|c: char| ('1'..='9').contains(&c));
    let mut more = 0;
    let fits = groups.all(|group| {
        more += 1;
        matches!(group.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'])
    });
    starts && first.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') && fits && more > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_plain_scalars_apart() {
        let table = [
            (Plain::Null, &["", "~", "null", "NULL"][..]),
            (Plain::Boolean, &["true", "False", "yes", "on", "OFF"]),
            (Plain::Integer, &["0", "-1", "+7", "0x1F", "0o17", "0b11", "1_000", "99999999999999999999"]),
            (Plain::Float, &["1.5", ".5", "1e3", "-1.5E-3", ".inf", "-.inf", ".nan", "1."]),
            (Plain::Sexagesimal, &["22:30", "1:00:00", "59:59", "190:20:30.15"]),
            (Plain::Date, &["2001-12-14", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43"]),
            (
                Plain::String,
                &[
                    "08:00",
                    "y",
                    "yess",
                    "1.2.3",
                    "-",
                    "+",
                    ".",
                    "1e",
                    "0x",
                    "5 s",
                    "80:8080",
                    "on fire",
                    "_1",
                    "nan",
                    "2001-12-1",
                    "2001-12-14a",
                    "12:30.a",
                    "0b12",
                ],
            ),
        ];
        for (plain, texts) in table {
            for text in texts {
                assert_eq!(Plain::of(text), plain, "{text}");
            }
        }
    }

    #[test]
    fn reads_numbers() {
        assert_eq!(integer("0x1F"), Some(31));
        assert_eq!(integer("-1_000"), Some(-1000));
        assert_eq!(integer("99999999999999999999"), None);
        assert_eq!(float("1e3"), Some(1000.0));
        assert_eq!(float("-.inf"), Some(f64::NEG_INFINITY));
        assert_eq!(float("1e"), None);
    }
}
