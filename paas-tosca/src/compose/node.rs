//! Values of compose files, as Rancher's executor reads them: YAML 1.1, with answers in every text.

use super::filled::Filled;
use paas_core::diagnostic::Place;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) data: Data,
    pub(super) place: Place,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Data {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(Filled),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a map. Keys take no answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) place: Place,
}

impl Node {
    pub(super) fn text_of(text: Filled, place: Place) -> Self {
        Self { data: Data::Text(text), place }
    }

    pub(super) fn text(text: impl Into<Filled>, place: Place) -> Self {
        Self { data: Data::Text(text.into()), place }
    }

    pub(super) fn items(&self) -> &[Self] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    pub(super) fn entries(&self) -> &[(Key, Self)] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|(each, _)| each.text == key).map(|(_, value)| value)
    }

    /// A single value as the executor prints it, with its answers.
    pub(super) fn scalar(&self) -> Option<Filled> {
        match &self.data {
            Data::Boolean(flag) => Some(Filled::from(flag.to_string().as_str())),
            Data::Integer(number) => Some(Filled::from(number.to_string().as_str())),
            Data::Float(number) => Some(Filled::from(go_float(*number).as_str())),
            Data::Text(text) => Some(text.clone()),
            Data::Null | Data::List(_) | Data::Map(_) => None,
        }
    }

    /// A whole number, also in quotes; a fraction is cut as the executor cuts it.
    #[expect(clippy::cast_possible_truncation, reason = "the executor cuts a fraction too")]
    pub(super) fn whole(&self) -> Option<i64> {
        match &self.data {
            Data::Integer(number) => Some(*number),
            Data::Float(number) => (-9.2e18..9.2e18).contains(number).then_some(*number as i64),
            Data::Text(text) => text.value().parse().ok(),
            _ => None,
        }
    }

    /// A whole number that stands without quotes.
    pub(super) fn number(&self) -> Option<i64> {
        matches!(self.data, Data::Integer(_) | Data::Float(_)).then(|| self.whole())?
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match &self.data {
            Data::Boolean(flag) => Some(*flag),
            _ => None,
        }
    }

    /// Whether the executor drops it as if it were not said.
    pub(super) fn is_empty(&self) -> bool {
        match &self.data {
            Data::Null => true,
            Data::Boolean(flag) => !flag,
            Data::Integer(number) => *number == 0,
            Data::Float(number) => *number == 0.0,
            Data::Text(text) => text.is_literal() && text.pieces().is_empty(),
            Data::List(items) => items.is_empty(),
            Data::Map(entries) => entries.is_empty(),
        }
    }

    /// The word for what it is.
    pub(super) fn describe(&self) -> &'static str {
        match self.data {
            Data::Null => "nothing",
            Data::Boolean(_) => "a boolean",
            Data::Integer(_) => "a whole number",
            Data::Float(_) => "a number",
            Data::Text(_) => "a text",
            Data::List(_) => "a list",
            Data::Map(_) => "a map",
        }
    }

    /// All texts in it.
    pub(super) fn texts(&self) -> Box<dyn Iterator<Item = &Filled> + '_> {
        match &self.data {
            Data::Text(text) => Box::new(std::iter::once(text)),
            Data::List(items) => Box::new(items.iter().flat_map(Self::texts)),
            Data::Map(entries) => Box::new(entries.iter().flat_map(|(_, value)| value.texts())),
            _ => Box::new(std::iter::empty()),
        }
    }
}

/// What an unquoted scalar is to the executor's YAML reader.
pub(super) fn plain(text: &str) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Data::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => {
            return Data::Boolean(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => {
            return Data::Boolean(false);
        }
        _ => {}
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        return Data::Text(text.into());
    }
    if let Some(number) = integer(text) {
        return Data::Integer(number);
    }
    match float(text) {
        Some(number) => Data::Float(number),
        None => Data::Text(text.into()),
    }
}

/// Decimal, or with the beginning `0x`, `0b` or `0` (octal); `_` anywhere.
fn integer(text: &str) -> Option<i64> {
    let clean: String = text.chars().filter(|&c| c != '_').collect();
    let (sign, digits) = match clean.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", clean.strip_prefix('+').unwrap_or(&clean)),
    };
    let (radix, digits) = match digits.get(..2) {
        Some("0x" | "0X") => (16, digits.get(2..)?),
        Some("0b") => (2, digits.get(2..)?),
        Some(_) if digits.starts_with('0') => (8, digits.get(1..)?),
        _ => (10, digits),
    };
    if !digits.starts_with(|c: char| c.is_ascii_hexdigit()) {
        return None;
    }
    i64::from_str_radix(&format!("{sign}{digits}"), radix).ok()
}

fn float(text: &str) -> Option<f64> {
    let clean: String = text.chars().filter(|&c| c != '_').collect();
    let digits = clean.strip_prefix(['-', '+']).unwrap_or(&clean);
    let sign = if clean.starts_with('-') { -1.0 } else { 1.0 };
    match digits {
        ".inf" | ".Inf" | ".INF" => return Some(sign * f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Some(f64::NAN),
        _ => {}
    }
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.contains(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    digits.parse::<f64>().ok().filter(|_| is_number).map(|number| sign * number)
}

/// A float as Go prints it: `1e+06`, but `1000`.
pub(super) fn go_float(number: f64) -> String {
    if number == 0.0 || (1e-4..1e21).contains(&number.abs()) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, exponent)) => {
            let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |rest| ('-', rest));
            format!("{digits}e{sign}{exponent:0>2}")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_read_as_go_reads_them() {
        for (text, shown) in [
            ("12", "12"),
            ("0644", "420"),
            ("0x1F", "31"),
            ("1_000", "1000"),
            ("-7", "-7"),
            ("1.50", "1.5"),
            ("1e3", "1000"),
            ("yes", "true"),
            ("N", "false"),
            ("20:00", "20:00"),
            ("1.2.3", "1.2.3"),
            ("2001-12-14", "2001-12-14"),
            ("-", "-"),
            ("08", "8"),
            ("+", "+"),
        ] {
            let node = Node { data: plain(text), place: Place::start_of("a") };
            assert_eq!(node.scalar().unwrap().value(), shown, "{text}");
        }
        assert_eq!(plain("~"), Data::Null);
        assert!(matches!(plain("1.5"), Data::Float(_)));
        assert!(matches!(plain("20:00"), Data::Text(_)));
    }
}
