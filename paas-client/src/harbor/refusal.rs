//! What Harbor's refusals mean.

use crate::{
    Error, ErrorKind, body::describe, limits::SHOWN_MESSAGE, redact::Redactor, retry_after::retry_after,
    transport::Response,
};
use serde::Deserialize;
use serde_json::Value;

/// The body of an error: `{"errors":[{"code":"NOT_FOUND","message":"…"}]}`.
#[derive(Deserialize)]
struct ErrorBody {
    errors: Vec<Fields>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    code: Value,
    message: Value,
}

/// Turns an answer of status 400 or more into an error.
pub(super) fn refusal(answer: &Response, redactor: &Redactor) -> Error {
    let errors = serde_json::from_slice(&answer.body).map(|body: ErrorBody| body.errors).unwrap_or_default();
    let is_ours = errors.iter().any(|error| error.code.is_string());
    let text = |value: &Value| {
        let text = redactor.clean(value.as_str()?, SHOWN_MESSAGE);
        Some(text).filter(|text| !text.is_empty())
    };
    let kind = kind(answer.status, is_ours);
    let message = match (is_ours, kind) {
        (true, _) => words(kind).to_owned(),
        // A proxy before a server that is down says 404 too. To take it for Harbor's word could end in a second project.
        (false, ErrorKind::Protocol) => {
            format!("the answer does not come from Harbor; it is {}", describe(&answer.body, redactor))
        }
        (false, _) => format!("{}; the answer is {}", words(kind), describe(&answer.body, redactor)),
    };
    Error::new(kind, message).with(|details| {
        details.server_code = errors.iter().find_map(|error| text(&error.code));
        // There is one as a rule. Together they are no longer than one may be.
        let said: Vec<&str> = errors.iter().filter_map(|error| error.message.as_str()).collect();
        details.server_message = text(&Value::String(said.join("; ")));
        details.request_id = answer.first("x-request-id").map(|id| redactor.clean(id, SHOWN_MESSAGE));
        details.retry_after = retry_after(answer);
    })
}

fn words(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Unauthorized => "Harbor does not accept the user or robot and its secret",
        ErrorKind::Forbidden => "this user or robot may not do this",
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
        404 => ErrorKind::NotFound,
        409 => ErrorKind::Exists,
        412 => ErrorKind::Precondition,
        400..=499 => ErrorKind::Invalid,
        _ => ErrorKind::Protocol,
    }
}

#[cfg(test)]
mod tests {
    use super::refusal;
    use crate::{ErrorKind, redact::Redactor, transport::Response};

    #[test]
    fn statuses_mean_kinds_and_only_harbor_says_what_is_not_there() {
        let ours = r#"{"errors":[{"code":"ANY","message":"m"}]}"#;
        for (status, body, expected) in [
            (400, ours, ErrorKind::Invalid),
            (401, ours, ErrorKind::Unauthorized),
            (401, "<html>", ErrorKind::Unauthorized),
            (403, ours, ErrorKind::Forbidden),
            (404, ours, ErrorKind::NotFound),
            (404, "<html>", ErrorKind::Protocol),
            (404, r#"{"errors":[]}"#, ErrorKind::Protocol),
            (404, r#"{"errors":"no"}"#, ErrorKind::Protocol),
            (404, "", ErrorKind::Protocol),
            (409, ours, ErrorKind::Exists),
            (412, ours, ErrorKind::Precondition),
            (412, "", ErrorKind::Protocol),
            (413, "too large", ErrorKind::Protocol),
            (422, ours, ErrorKind::Invalid),
            (429, "", ErrorKind::RateLimited),
            (500, ours, ErrorKind::Server),
            (503, "", ErrorKind::Server),
        ] {
            let error = refusal(&Response::new(status, body), &Redactor::default());
            assert_eq!(error.kind(), expected, "{status} {body}");
        }
    }
}
