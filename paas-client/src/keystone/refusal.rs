//! What Keystone's refusals mean.

use crate::{
    Error, ErrorKind, body::describe, limits::SHOWN_MESSAGE, redact::Redactor, retry_after::retry_after,
    transport::Response,
};
use serde::Deserialize;
use serde_json::Value;

/// The body of an error: `{"error":{"code":404,"message":"…","title":"Not Found"}}`.
#[derive(Default, Deserialize)]
struct ErrorBody {
    #[serde(default)]
    error: Fields,
}

#[derive(Default, Deserialize)]
struct Fields {
    #[serde(default)]
    code: Value,
    #[serde(default)]
    message: Value,
    #[serde(default)]
    title: Value,
}

/// Turns an answer of status 400 or more into an error.
pub(super) fn refusal(answer: &Response, redactor: &Redactor) -> Error {
    let body: ErrorBody = serde_json::from_slice(&answer.body).unwrap_or_default();
    let is_ours = body.error.code.as_u64() == Some(u64::from(answer.status));
    let text = |text: &str| Some(redactor.clean(text, SHOWN_MESSAGE)).filter(|text| !text.is_empty());
    let kind = kind(answer.status, is_ours);
    let message = match (is_ours, kind) {
        (true, _) => words(kind).to_owned(),
        // A proxy before a server that is down says 404 too. To take it for Keystone's word would make a good token an
        // invalid one.
        (false, ErrorKind::Protocol) => {
            format!("the answer does not come from Keystone; it is {}", describe(&answer.body, redactor))
        }
        (false, _) => format!("{}; the answer is {}", words(kind), describe(&answer.body, redactor)),
    };
    Error::new(kind, message).with(|details| {
        details.server_code = body.error.title.as_str().and_then(text);
        details.server_message = body.error.message.as_str().and_then(text);
        details.request_id = answer.first("x-openstack-request-id").and_then(text);
        details.retry_after = retry_after(answer);
    })
}

fn words(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Unauthorized => "Keystone does not accept the login or the token",
        ErrorKind::Forbidden => "Keystone's policy forbids it",
        other => other.words(),
    }
}

fn kind(status: u16, is_ours: bool) -> ErrorKind {
    match status {
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        408 => ErrorKind::Timeout,
        429 => ErrorKind::RateLimited,
        500.. => ErrorKind::Server,
        _ if !is_ours => ErrorKind::Protocol,
        404 | 410 => ErrorKind::NotFound,
        409 => ErrorKind::Conflict,
        400..=499 => ErrorKind::Invalid,
        _ => ErrorKind::Protocol,
    }
}

#[cfg(test)]
mod tests {
    use super::refusal;
    use crate::{ErrorKind, redact::Redactor, transport::Response};

    #[test]
    fn statuses_mean_kinds_and_only_keystone_says_what_is_not_there() {
        let ours = |status: u16| format!(r#"{{"error":{{"code":{status},"message":"m","title":"t"}}}}"#);
        for (status, body, expected) in [
            (400, ours(400), ErrorKind::Invalid),
            (401, ours(401), ErrorKind::Unauthorized),
            (401, "<html>".to_owned(), ErrorKind::Unauthorized),
            (403, ours(403), ErrorKind::Forbidden),
            (404, ours(404), ErrorKind::NotFound),
            (404, ours(403), ErrorKind::Protocol),
            (404, "<html>".to_owned(), ErrorKind::Protocol),
            (404, r#"{"error":"no"}"#.to_owned(), ErrorKind::Protocol),
            (404, String::new(), ErrorKind::Protocol),
            (409, ours(409), ErrorKind::Conflict),
            (413, "too large".to_owned(), ErrorKind::Protocol),
            (429, String::new(), ErrorKind::RateLimited),
            (500, ours(500), ErrorKind::Server),
            (503, String::new(), ErrorKind::Server),
        ] {
            let error = refusal(&Response::new(status, body.as_str()), &Redactor::default());
            assert_eq!(error.kind(), expected, "{status} {body}");
        }
    }
}
