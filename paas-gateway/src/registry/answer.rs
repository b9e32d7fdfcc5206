//! Answers, as clients of registries read them.

use super::ask::Refusal;
use bytes::Bytes;
use http::{
    HeaderValue, Response, StatusCode,
    header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, PRAGMA, RETRY_AFTER, WWW_AUTHENTICATE},
};
use http_body_util::Full;
use serde::Serialize;

/// How wrong and missing logins are answered.
const CHALLENGE: HeaderValue = HeaderValue::from_static(r#"Basic realm="registry tokens", charset="UTF-8""#);

/// Which words an answer is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// Those of the registry's API, for `GET`.
    Registry,
    /// Those of OAuth, for `POST`.
    OAuth,
}

/// A token, as it is handed out. Old clients read `token`, those of OAuth `access_token`.
#[derive(Serialize)]
pub(super) struct Granted {
    token: String,
    access_token: String,
    /// In seconds.
    expires_in: u64,
    issued_at: String,
}

impl Granted {
    pub(super) fn new(token: &str, expires_in: u64, issued_at: u64) -> Self {
        let (token, access_token) = (token.to_owned(), token.to_owned());
        Self { token, access_token, expires_in, issued_at: rfc3339(issued_at) }
    }
}

#[derive(Serialize)]
struct Errors {
    errors: [Error; 1],
}

#[derive(Serialize)]
struct Error {
    code: &'static str,
    message: &'static str,
}

#[derive(Serialize)]
struct OAuthError {
    error: &'static str,
    error_description: &'static str,
}

pub(super) fn of(answer: &Result<Granted, Refusal>, wording: Wording) -> Response<Full<Bytes>> {
    match answer {
        Ok(granted) => written(StatusCode::OK, granted),
        Err(refusal) => refused(refusal, wording),
    }
}

fn refused(refusal: &Refusal, wording: Wording) -> Response<Full<Bytes>> {
    let (status, code, error, message) = match refusal {
        Refusal::Malformed(what) => (StatusCode::BAD_REQUEST, "UNSUPPORTED", "invalid_request", *what),
        Refusal::GrantType => (
            StatusCode::BAD_REQUEST,
            "UNSUPPORTED",
            "unsupported_grant_type",
            "only the grant type `password` is answered; there are no refresh tokens",
        ),
        Refusal::Method => {
            (StatusCode::METHOD_NOT_ALLOWED, "UNSUPPORTED", "invalid_request", "ask with GET or POST")
        }
        Refusal::NotAccepted => {
            (StatusCode::UNAUTHORIZED, "UNAUTHORIZED", "invalid_grant", "the login is not accepted")
        }
        Refusal::TooOften(_) => (
            StatusCode::TOO_MANY_REQUESTS,
            "TOOMANYREQUESTS",
            "invalid_grant",
            "too many logins have failed; wait, then try again",
        ),
        Refusal::Unavailable => (
            StatusCode::SERVICE_UNAVAILABLE,
            "UNAVAILABLE",
            "temporarily_unavailable",
            "logins cannot be checked now; try again later",
        ),
    };
    let mut response = match wording {
        Wording::Registry => written(status, &Errors { errors: [Error { code, message }] }),
        Wording::OAuth => written(status, &OAuthError { error, error_description: message }),
    };
    let headers = response.headers_mut();
    match refusal {
        Refusal::NotAccepted => {
            headers.insert(WWW_AUTHENTICATE, CHALLENGE);
        }
        Refusal::Method => {
            headers.insert(ALLOW, HeaderValue::from_static("GET, POST"));
        }
        Refusal::TooOften(wait) => {
            headers
                .insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)));
        }
        _ => {}
    }
    response
}

fn written(status: StatusCode, body: &impl Serialize) -> Response<Full<Bytes>> {
    let written = serde_json::to_vec(body);
    let status = if written.is_ok() { status } else { StatusCode::INTERNAL_SERVER_ERROR };
    let mut response = Response::new(Full::new(Bytes::from(written.unwrap_or_default())));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

/// A time in seconds since 1970, as clients read it.
fn rfc3339(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Days since 1 March of the year 0; of 400 years, of a year that begins in March.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = 400 * era + year + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::rfc3339;

    #[test]
    fn times_are_written_in_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_799, "2000-02-29T23:59:59Z"),
            (1_704_067_199, "2023-12-31T23:59:59Z"),
            (1_795_295_158, "2026-11-21T21:05:58Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(rfc3339(seconds), expected);
        }
    }
}
