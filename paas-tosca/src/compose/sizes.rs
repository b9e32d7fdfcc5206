//! Sizes and durations as the executor reads them.

use super::node::{Data, Node};

/// Bytes: a number, or a text such as `512m`; units are powers of 1024.
pub(super) fn bytes(node: &Node) -> Option<u64> {
    let Data::Text(text) = &node.data else { return u64::try_from(node.whole()?).ok() };
    let lower = text.value().to_ascii_lowercase();
    let rest = lower.strip_suffix('b').unwrap_or(&lower);
    let factor = |power: i32| 1024_f64.powi(power);
    let (digits, factor) = match rest.char_indices().next_back() {
        Some((at, 'k')) => (rest.get(..at)?, factor(1)),
        Some((at, 'm')) => (rest.get(..at)?, factor(2)),
        Some((at, 'g')) => (rest.get(..at)?, factor(3)),
        Some((at, 't')) => (rest.get(..at)?, factor(4)),
        Some((at, 'p')) => (rest.get(..at)?, factor(5)),
        _ => (rest, 1.0),
    };
    // One space may stand between the number and its unit.
    let digits = digits.strip_suffix(' ').unwrap_or(digits);
    let is_plain =
        digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let number: f64 = digits.parse().ok().filter(|_| is_plain)?;
    let size = number * factor;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in range; the executor cuts a fraction too"
    )]
    (0.0..9e18).contains(&size).then_some(size as u64)
}

/// Whole seconds: a number, or a duration of Go such as `1m30s`, also with a sign.
pub(super) fn seconds(node: &Node) -> Option<i64> {
    let Data::Text(text) = &node.data else { return node.whole() };
    let text = text.value();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(&text)),
    };
    let mut total = 0.0;
    let mut rest = text;
    if rest == "0" {
        return Some(0);
    }
    while !rest.is_empty() {
        let (number, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.')?);
        let (unit, after) =
            after.split_at(after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len()));
        let factor = match unit {
            "ns" => 1e-9,
            "us" | "µs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * factor;
        rest = after;
    }
    // Go counts in nanoseconds, in 64 bits.
    #[expect(clippy::cast_possible_truncation, reason = "in range; the executor cuts a fraction too")]
    (!text.is_empty() && (0.0..9.2e9).contains(&total)).then_some((sign * total) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use paas_core::diagnostic::Place;

    fn node(text: &str) -> Node {
        Node::text(text, Place::start_of("a"))
    }

    #[test]
    fn sizes() {
        for (text, size) in [
            ("512m", 512 << 20),
            ("512MB", 512 << 20),
            ("0.5g", 512 << 20),
            ("7", 7),
            ("1.5", 1),
            ("2 K", 2048),
        ] {
            assert_eq!(bytes(&node(text)), Some(size), "{text}");
        }
        for text in ["512Mi", "-1", "", "m", "1e3", "9999999999t", "1.", "1  g", ".5g", " 1", "1bb"] {
            assert_eq!(bytes(&node(text)), None, "{text}");
        }
    }

    #[test]
    fn durations() {
        for (text, time) in [("30s", 30), ("1m30s", 90), ("1.5h", 5400), ("500ms", 0), ("0", 0), ("-5s", -5)]
        {
            assert_eq!(seconds(&node(text)), Some(time), "{text}");
        }
        for text in ["30", "1d", "", "-", "s", "1x2s", "9999999h"] {
            assert_eq!(seconds(&node(text)), None, "{text}");
        }
    }
}
