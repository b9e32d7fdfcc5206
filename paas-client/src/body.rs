//! Bodies of answers: read if they are what they should be, else described without showing too much.

use crate::{Error, ErrorKind, Result, limits::SHOWN_EXCERPT, redact::Redactor, transport::Response};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// What a good answer is read as.
pub(crate) trait Expected: Sized {
    /// Reads a good answer.
    fn read(answer: &Response, limit: usize, redactor: &Redactor) -> Result<Self>;

    /// The same, for what has to know from which address the answer came.
    fn read_at(answer: &Response, limit: usize, redactor: &Redactor, _: &SecretString) -> Result<Self> {
        Self::read(answer, limit, redactor)
    }
}

impl<T: DeserializeOwned> Expected for T {
    fn read(answer: &Response, limit: usize, redactor: &Redactor) -> Result<Self> {
        read(answer, limit, redactor)
    }
}

/// An answer without a body.
pub(crate) struct Done;

impl Expected for Done {
    fn read(answer: &Response, _: usize, redactor: &Redactor) -> Result<Self> {
        if answer.body.trim_ascii().is_empty() {
            return Ok(Self);
        }
        // A page of somebody in between is no answer to a change.
        Err(Error::new(
            ErrorKind::Protocol,
            format!("the answer is not empty but {}", describe(&answer.body, redactor)),
        ))
    }
}

/// Reads a JSON body.
pub(crate) fn read<T: DeserializeOwned>(answer: &Response, limit: usize, redactor: &Redactor) -> Result<T> {
    if answer.is_cut || answer.body.len() > limit {
        return Err(Error::new(ErrorKind::TooLarge, format!("the answer is larger than {limit} bytes")));
    }
    serde_json::from_slice(&answer.body).map_err(|error| {
        let is_json = matches!(answer.body.trim_ascii_start().first(), Some(b'{' | b'['));
        match error.classify() {
            Category::Eof if is_json => Error::new(ErrorKind::Interrupted, "the answer ends in the middle"),
            Category::Data if is_json => Error::new(
                ErrorKind::Protocol,
                format!(
                    "the answer is not what this call gives: {}, line {} column {}",
                    data_fault(&error),
                    error.line(),
                    error.column()
                ),
            ),
            _ => Error::new(
                ErrorKind::Protocol,
                format!("the answer is not one of this API but {}", describe(&answer.body, redactor)),
            ),
        }
    })
}

/// The parser's words, unless they quote the value: it may be anything.
fn data_fault(error: &serde_json::Error) -> String {
    let words = error.to_string();
    if words.starts_with("missing field") {
        return words.split(" at line ").next().unwrap_or_default().to_owned();
    }
    "a value has another form".to_owned()
}

/// What a body is that is not what it should be.
pub(crate) fn describe(body: &[u8], redactor: &Redactor) -> String {
    let body = body.trim_ascii();
    if body.is_empty() {
        return "empty".to_owned();
    }
    // Cut, so that one bad byte at the limit does not hide the rest.
    let text = String::from_utf8_lossy(body);
    if text.contains('\u{FFFD}') && std::str::from_utf8(body).is_err_and(|error| error.error_len().is_some())
    {
        return format!("{} bytes that are no text", body.len());
    }
    match body.first() {
        Some(b'<') => match title(&text) {
            Some(title) => format!("a web page titled `{}`", redactor.clean(title, SHOWN_EXCERPT)),
            None => "a web page".to_owned(),
        },
        // Its values may be anything.
        Some(b'{' | b'[') => format!("{} bytes of JSON", body.len()),
        _ => format!("text that begins with `{}`", redactor.clean(&text, SHOWN_EXCERPT)),
    }
}

fn title(page: &str) -> Option<&str> {
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let length = lower.get(start..)?.find("</title>")?;
    page.get(start..start + length).map(str::trim).filter(|title| !title.is_empty())
}

#[cfg(test)]
mod tests {
    use super::describe;
    use crate::redact::Redactor;

    #[test]
    fn bodies_are_described() {
        let redactor = Redactor::new(vec!["hidden".into()]);
        for (body, words) in [
            (&b" \n"[..], "empty"),
            (
                b"<html><HEAD><Title> 502 Bad\nGateway hidden</Title>",
                "a web page titled `502 Bad Gateway [redacted]`",
            ),
            (b"<html>", "a web page"),
            (b"<title>open", "a web page"),
            (b"{\"password\":\"x\"}", "16 bytes of JSON"),
            (
                b"no `server` is available, hidden",
                "text that begins with `no 'server' is available, [redacted]`",
            ),
            (b"\xff\xfe\x00\x01", "4 bytes that are no text"),
            // Cut in the middle of a character.
            ("größer".as_bytes().split_at(3).0, "text that begins with `gr�`"),
        ] {
            assert_eq!(describe(body, &redactor), words);
        }
    }
}
