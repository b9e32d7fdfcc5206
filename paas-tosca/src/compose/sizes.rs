//! Sizes and durations as the executor reads them.

use super::node::{Data, Node};

/// Bytes: a number, or a text such as `512m`; units are powers of 1024.
pub(super) fn bytes(node: &Node) -> Option<u64> {
    let Data::Text(text) = &node.data else { return u64::try_from(node.whole()?).ok() };
    let lower = text.value().to_ascii_lowercase();
    let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = lower.get(digits.len()..)?.trim_end_matches('b');
    let factor = match unit {
        "" => 1.0,
        "k" => 1024.0,
        "m" => 1024.0 * 1024.0,
        "g" => 1024.0 * 1024.0 * 1024.0,
        "t" => 1024.0 * 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    let is_plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.trim_end().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = digits.trim_end().parse().ok().filter(|_| is_plain)?;
    let size = number * factor;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in range; the executor cuts a fraction too"
    )]
    (0.0..9e18).contains(&size).then_some(size as u64)
}

/// Whole seconds: a number, or a duration of Go such as `1m30s`.
pub(super) fn seconds(node: &Node) -> Option<u64> {
    let Data::Text(text) = &node.data else { return u64::try_from(node.whole()?).ok() };
    let text = text.value();
    let mut total = 0.0;
    let mut rest = text.as_str();
    if rest == "0" {
        return Some(0);
    }
    while !rest.is_empty() {
        let (number, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.')?);
        let (unit, after) = after.split_at(after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len()));
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
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in range; the executor cuts a fraction too"
    )]
    (!text.is_empty() && (0.0..1e12).contains(&total)).then_some(total as u64)
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
        for (text, size) in
            [("512m", 512 << 20), ("512MB", 512 << 20), ("0.5g", 512 << 20), ("7", 7), ("1.5", 1)]
        {
            assert_eq!(bytes(&node(text)), Some(size), "{text}");
        }
        for text in ["512Mi", "-1", "", "m", "1e3", "9999999999t"] {
            assert_eq!(bytes(&node(text)), None, "{text}");
        }
    }

    #[test]
    fn durations() {
        for (text, time) in [("30s", 30), ("1m30s", 90), ("1.5h", 5400), ("500ms", 0), ("0", 0)] {
            assert_eq!(seconds(&node(text)), Some(time), "{text}");
        }
        for text in ["30", "1d", "", "-5s", "s", "1x2s"] {
            assert_eq!(seconds(&node(text)), None, "{text}");
        }
    }
}
