//! A token as an endpoint gives it.

use crate::{
    ErrorKind, Result,
    body::{self, Expected},
    moment,
    redact::Redactor,
    registry::registry_error,
    transport::Response,
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::{fmt, time::Duration};

/// How long a token lives whose endpoint does not say.
const DEFAULT_LIFE: Duration = Duration::from_secs(60);

/// How long before its end a token is renewed, where it lives long enough: a request may be on its way for a while.
const MARGIN: Duration = Duration::from_secs(10);

/// The most that a token can be long, in bytes. Those with many rights have some thousand.
const LONGEST: usize = 64 << 10;

/// A token, with times on the clock of the client.
pub(super) struct Held {
    /// As it is sent.
    pub(super) authorization: SecretString,
    /// As it may come back in an answer.
    pub(super) token: SecretString,
    pub(super) got_at: Duration,
    pub(super) renew_at: Duration,
}

/// What an endpoint answers.
pub(super) struct Issued {
    token: SecretString,
    /// How much longer it lives.
    left: Duration,
}

/// The body: `{"token":"…","access_token":"…","expires_in":300,"issued_at":"2026-11-21T21:50:08Z"}`.
#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    token: Option<SecretText>,
    #[serde(default)]
    access_token: Option<SecretText>,
    #[serde(default)]
    expires_in: serde_json::Value,
    #[serde(default)]
    issued_at: serde_json::Value,
}

/// A text that is a secret from the moment that it is read.
#[derive(Deserialize)]
struct SecretText(String);

impl From<SecretText> for SecretString {
    fn from(text: SecretText) -> Self {
        text.0.into()
    }
}

impl Expected for Issued {
    fn read(answer: &Response, limit: usize, redactor: &Redactor) -> Result<Self> {
        let body: Body = body::read(answer, limit, redactor)?;
        let is_given = |token: &SecretString| !token.expose_secret().is_empty();
        let both = [body.token, body.access_token].into_iter().flatten();
        let token = both.map(SecretString::from).find(is_given);
        let fits = |token: &SecretString| {
            let token = token.expose_secret();
            token.len() <= LONGEST && token.bytes().all(|byte| byte.is_ascii_graphic())
        };
        let token = token.filter(fits).ok_or_else(|| {
            registry_error(ErrorKind::Protocol, "the endpoint for tokens gives no token that could be sent")
        })?;
        let life = body.expires_in.as_u64().filter(|seconds| *seconds > 0);
        let life = life.map_or(DEFAULT_LIFE, Duration::from_secs);
        // An endpoint may give one that it made before. How old it is, is told by its clock alone: ours may be wrong.
        let issued_at = body.issued_at.as_str().and_then(moment::parse);
        let now = answer.first("date").and_then(|date| httpdate::parse_http_date(date).ok());
        let age = issued_at.zip(now).and_then(|(issued_at, now)| now.duration_since(issued_at).ok());
        Ok(Self { token, left: life.saturating_sub(age.unwrap_or_default()) })
    }
}

impl Held {
    /// A token that was asked for at this time.
    pub(super) fn new(issued: Issued, got_at: Duration) -> Self {
        let margin = MARGIN.min(issued.left / 4);
        Self {
            authorization: format!("Bearer {}", issued.token.expose_secret()).into(),
            token: issued.token,
            got_at,
            renew_at: got_at.saturating_add(issued.left - margin),
        }
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held").field("renew_at", &self.renew_at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Held, Issued};
    use crate::{body::Expected, redact::Redactor, transport::Response};
    use secrecy::ExposeSecret;
    use std::time::Duration;

    #[test]
    fn answers_of_endpoints_are_read_as_they_are() {
        let issued = r#""issued_at":"2026-10-21T07:28:00Z""#;
        for (body, token, left) in [
            (r#"{"token":"abc","expires_in":300}"#.to_owned(), "abc", 300),
            (r#"{"access_token":"abc"}"#.to_owned(), "abc", 60),
            (r#"{"token":"","access_token":"abc","expires_in":null}"#.to_owned(), "abc", 60),
            (r#"{"token":"abc","access_token":"def","expires_in":0}"#.to_owned(), "abc", 60),
            (r#"{"token":"abc","expires_in":-1,"issued_at":7}"#.to_owned(), "abc", 60),
            // Made 45 seconds ago.
            (format!(r#"{{"token":"abc","expires_in":300,{issued}}}"#), "abc", 255),
            (format!(r#"{{"token":"abc","expires_in":30,{issued}}}"#), "abc", 0),
        ] {
            let answer = Response::new(200, body.as_str()).header("Date", "Wed, 21 Oct 2026 07:28:45 GMT");
            let issued = Issued::read(&answer, 1_000, &Redactor::default()).unwrap();
            assert_eq!((issued.token.expose_secret(), issued.left.as_secs()), (token, left), "{body}");
        }
        for body in ["{}", r#"{"token":""}"#, r#"{"token":"a b"}"#, r#"{"token":7}"#, "<html>", "[]"] {
            assert!(Issued::read(&Response::new(200, body), 1_000, &Redactor::default()).is_err(), "{body}");
        }
    }

    #[test]
    fn a_token_is_renewed_before_its_end() {
        for (left, renewed_after) in [(300, 290_000), (60, 50_000), (4, 3_000), (0, 0)] {
            let issued = Issued { token: "abc".into(), left: Duration::from_secs(left) };
            let held = Held::new(issued, Duration::from_secs(7));
            assert_eq!(held.renew_at, Duration::from_millis(7_000 + renewed_after));
            assert_eq!(held.authorization.expose_secret(), "Bearer abc");
        }
    }
}
