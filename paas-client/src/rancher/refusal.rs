//! What Rancher's refusals mean.

use crate::{
    Error, ErrorKind, body::describe, limits::SHOWN_MESSAGE, redact::Redactor, retry_after::retry_after,
    transport::Response,
};
use serde::Deserialize;

/// The body of an error. Each field may be missing or of another form.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody {
    #[serde(default)]
    id: serde_json::Value,
    #[serde(default, rename = "type")]
    body_type: serde_json::Value,
    #[serde(default)]
    code: serde_json::Value,
    #[serde(default)]
    message: serde_json::Value,
    #[serde(default)]
    detail: serde_json::Value,
    #[serde(default)]
    field_name: serde_json::Value,
}

/// Turns an answer of status 400 or more into an error.
pub(crate) fn refusal(answer: &Response, redactor: &Redactor) -> Error {
    let body: Option<ErrorBody> = serde_json::from_slice(&answer.body).ok();
    let is_ours = body.as_ref().is_some_and(|body| body.body_type == "error");
    let body = body.unwrap_or_default();
    let text = |value: &serde_json::Value| {
        value.as_str().map(|text| redactor.clean(text, SHOWN_MESSAGE)).filter(|text| !text.is_empty())
    };
    let code = text(&body.code);
    let said: Vec<String> = [&body.message, &body.detail].into_iter().filter_map(text).collect();
    let kind = kind(answer.status, body.code.as_str(), is_ours);
    let message = match (is_ours, kind) {
        (true, _) => kind.words().to_owned(),
        // A proxy before a server that is down says 404 too. To take it for Rancher's word could end in a second stack.
        (false, ErrorKind::Protocol) => {
            format!("the answer does not come from Rancher's API; it is {}", describe(&answer.body, redactor))
        }
        (false, _) => format!("{}; the answer is {}", kind.words(), describe(&answer.body, redactor)),
    };
    Error::new(kind, message).with(|details| {
        details.server_code = code;
        details.server_message = (!said.is_empty()).then(|| said.join("; "));
        details.field = text(&body.field_name);
        details.request_id = text(&body.id);
        details.retry_after = retry_after(answer);
    })
}

fn kind(status: u16, code: Option<&str>, is_ours: bool) -> ErrorKind {
    match (status, code) {
        (_, Some("ActionNotAvailable" | "InvalidAction")) if status < 500 => ErrorKind::ActionNotAvailable,
        (401, _) => ErrorKind::Unauthorized,
        (403, _) => ErrorKind::Forbidden,
        (408, _) => ErrorKind::Timeout,
        (429, _) => ErrorKind::RateLimited,
        (500.., _) => ErrorKind::Server,
        _ if !is_ours => ErrorKind::Protocol,
        (404 | 410, _) => ErrorKind::NotFound,
        (405, _) => ErrorKind::MethodNotAllowed,
        (409, _) => ErrorKind::Conflict,
        (400..=499, _) => ErrorKind::Invalid,
        _ => ErrorKind::Protocol,
    }
}

#[cfg(test)]
mod tests {
    use super::{ErrorKind, kind};

    #[test]
    fn statuses_and_codes_mean_kinds() {
        for (status, code, ours, expected) in [
            (400, Some("InvalidFormat"), true, ErrorKind::Invalid),
            (422, Some("NotUnique"), true, ErrorKind::Invalid),
            (422, Some("ActionNotAvailable"), true, ErrorKind::ActionNotAvailable),
            (422, Some("InvalidAction"), true, ErrorKind::ActionNotAvailable),
            (401, None, false, ErrorKind::Unauthorized),
            (403, None, false, ErrorKind::Forbidden),
            (404, Some("NotFound"), true, ErrorKind::NotFound),
            (404, None, false, ErrorKind::Protocol),
            (405, Some("MethodNotAllowed"), true, ErrorKind::MethodNotAllowed),
            (409, Some("Conflict"), true, ErrorKind::Conflict),
            (413, None, false, ErrorKind::Protocol),
            (429, None, false, ErrorKind::RateLimited),
            (500, Some("ServerError"), true, ErrorKind::Server),
            (502, None, false, ErrorKind::Server),
            (599, None, false, ErrorKind::Server),
        ] {
            assert_eq!(kind(status, code, ours), expected, "{status} {code:?} {ours}");
        }
    }
}
