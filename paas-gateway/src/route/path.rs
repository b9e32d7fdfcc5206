//! Paths of requests.

use std::borrow::Cow;

/// The most that a path can be long.
const LONGEST: usize = 4_096;

/// A path that every server reads as the same: it has no `.` and `..`, no empty segments but one at its end, nothing
/// escaped that others take for a separator, and nothing escaped that need not be.
///
/// What is decided on is what is forwarded: the text itself goes on unchanged.
#[derive(Debug)]
pub(crate) struct RequestPath<'a> {
    segments: Vec<Cow<'a, str>>,
}

impl<'a> RequestPath<'a> {
    /// Reads the path of a request; says what is wrong with it else.
    pub(crate) fn parse(path: &'a str) -> Result<Self, &'static str> {
        if path.len() > LONGEST {
            return Err("the path is too long");
        }
        let Some(rest) = path.strip_prefix('/') else {
            return Err("the path does not begin with `/`");
        };
        // One at the end does not make another path.
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.is_empty() {
            return if path == "//" { Err(EMPTY) } else { Ok(Self { segments: Vec::new() }) };
        }
        Ok(Self { segments: rest.split('/').map(segment).collect::<Result<_, _>>()? })
    }

    /// One of the segments, with what was escaped in it.
    pub(crate) fn segment(&self, index: usize) -> Option<&str> {
        self.segments.get(index).map(AsRef::as_ref)
    }
}

const EMPTY: &str = "the path has an empty segment (`//`)";
const ESCAPE: &str = "the path has an escape that servers read differently";

/// Whether a byte stands in a path as it is, and means nothing but itself. Not `;`: some servers cut segments there.
pub(super) fn is_plain(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,=:@".contains(&byte)
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn segment(text: &str) -> Result<Cow<'_, str>, &'static str> {
    if text.is_empty() {
        return Err(EMPTY);
    }
    if matches!(text, "." | "..") {
        return Err("the path has a segment `.` or `..`");
    }
    if text.bytes().all(is_plain) {
        return Ok(Cow::Borrowed(text));
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            if !is_plain(byte) {
                return Err("the path has a character that servers read differently");
            }
            decoded.push(byte);
            continue;
        }
        let digits = [bytes.next(), bytes.next()].map(|digit| digit.and_then(hexadecimal));
        let [Some(high), Some(low)] = digits else { return Err("the path has half an escape") };
        let byte = high * 16 + low;
        // `%` begins an escape for whoever decodes twice; the others separate.
        if is_unreserved(byte) || byte.is_ascii_control() || b"%/\\;?#".contains(&byte) {
            return Err(ESCAPE);
        }
        decoded.push(byte);
    }
    let decoded = String::from_utf8(decoded).map_err(|_| "the path is not UTF-8")?;
    // Some servers normalise: what looks like a dot or a slash would become one. C1 controls are none of a name.
    if decoded.chars().any(|c| c.is_control() || is_lookalike(c)) {
        Err(ESCAPE)
    } else {
        Ok(Cow::Owned(decoded))
    }
}

/// Characters that compatibility normalisation makes dots, slashes, percent signs, semicolons, `?` and `#` of.
fn is_lookalike(c: char) -> bool {
    matches!(
        c,
        '\u{2024}'
            ..='\u{2026}'
                | '\u{2100}'
                | '\u{2101}'
                | '\u{2105}'
                | '\u{2106}'
                | '\u{037E}'
                | '\u{FE14}'
                | '\u{FE16}'
                | '\u{FE19}'
                | '\u{FE30}'
                | '\u{FE52}'
                | '\u{FE54}'
                | '\u{FE56}'
                | '\u{FE5F}'
                | '\u{FE68}'
                | '\u{FE6A}'
                | '\u{FF03}'
                | '\u{FF05}'
                | '\u{FF0E}'
                | '\u{FF0F}'
                | '\u{FF1B}'
                | '\u{FF1F}'
                | '\u{FF3C}'
    )
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::RequestPath;

    #[test]
    fn what_servers_read_differently_is_refused() {
        for path in [
            "",
            "*",
            "a",
            "//",
            "/a//b",
            "//a",
            "/a//",
            "/.",
            "/..",
            "/a/../b",
            "/a/./b",
            "/a/..",
            "/%2e%2e/a",
            "/a/.%2E",
            "/a%2fb",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/a%0a",
            "/a%7f",
            "/a;b",
            "/..;/a",
            "/a%3bb",
            "/a%3Fb",
            "/a%23b",
            "/a%252fb",
            "/a%25",
            "/a%",
            "/a%2",
            "/a%zz",
            "/a%+1",
            "/%61",
            "/%7E",
            "/a b",
            "/ä",
            "/a%ff",
            "/a%c2%85",
            "/a%ef%bc%8f",
            "/a%e2%80%a5",
            "/a|b",
            "/a\"b",
            "/a<b",
            "/a{b}",
            "/a^b",
            "/a`b",
        ] {
            assert!(RequestPath::parse(path).is_err(), "{path}");
        }
        assert!(RequestPath::parse(&format!("/{}", "a".repeat(5_000))).is_err());
    }

    #[test]
    fn others_are_segments() {
        for (path, expected) in [
            ("/", &[][..]),
            ("/a", &["a"]),
            ("/a/", &["a"]),
            ("/v1/anna@bank.test/...", &["v1", "anna@bank.test", "..."]),
            ("/a%20b/%C3%A4/%40", &["a b", "ä", "@"]),
        ] {
            let path = RequestPath::parse(path).unwrap();
            assert_eq!(path.segments, expected);
        }
    }
}
