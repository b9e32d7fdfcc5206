//! Requests that are not let through.

use http::{HeaderValue, Response, StatusCode, header};
use serde_json::json;
use std::{fmt, sync::Arc, time::Duration};

/// How long to wait when Keystone does not say it.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// Why a request is not let through. It shows no token.
#[derive(Debug, Clone)]
pub struct Refusal {
    kind: RefusalKind,
    because: String,
    retry_after: Option<Duration>,
    /// Where tokens are to be had.
    pub(crate) auth_uri: Option<Arc<str>>,
}

/// The kinds of refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalKind {
    /// 400: a path or a token that could be read in several ways.
    Malformed,
    /// 401: no token, or none that is valid.
    Unauthenticated,
    /// 403: the right is missing.
    Denied,
    /// 404: no route.
    NotFound,
    /// 403: no route.
    Unrouted,
    /// 503: Keystone, or whoever knows the image namespaces, gave no answer.
    Unavailable,
    /// 502: the service behind gave no answer.
    BadGateway,
    /// 504: the service behind gave no answer in time.
    TimedOut,
}

impl RefusalKind {
    /// Status, title, and what is said to whoever asked.
    fn words(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Malformed => {
                (StatusCode::BAD_REQUEST, "Bad Request", "The request can be read in several ways.")
            }
            Self::Unauthenticated => (
                StatusCode::UNAUTHORIZED,
                "Unauthorized",
                "The request you have made requires authentication.",
            ),
            Self::Denied => (StatusCode::FORBIDDEN, "Forbidden", "You are not allowed to do this."),
            Self::NotFound => (StatusCode::NOT_FOUND, "Not Found", "There is nothing here."),
            Self::Unrouted => (StatusCode::FORBIDDEN, "Forbidden", "Nobody is allowed to do this."),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Service Unavailable",
                "Nobody can say now whether you are allowed to do this. Ask again later.",
            ),
            Self::BadGateway => (StatusCode::BAD_GATEWAY, "Bad Gateway", "The service gave no answer."),
            Self::TimedOut => {
                (StatusCode::GATEWAY_TIMEOUT, "Gateway Timeout", "The service gave no answer in time.")
            }
        }
    }
}

impl Refusal {
    pub(crate) fn new(kind: RefusalKind, because: impl Into<String>) -> Self {
        Self { kind, because: because.into(), retry_after: None, auth_uri: None }
    }

    pub(crate) fn unavailable(retry_after: Option<Duration>, because: &str) -> Self {
        Self {
            retry_after: Some(retry_after.unwrap_or(RETRY_AFTER)),
            ..Self::new(RefusalKind::Unavailable, because)
        }
    }

    /// What kind of refusal it is.
    #[must_use]
    pub fn kind(&self) -> RefusalKind {
        self.kind
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.kind.words().0
    }

    /// Why: what was missing, or what is wrong.
    #[must_use]
    pub fn because(&self) -> &str {
        &self.because
    }

    /// The answer: `{"error":{"code":403,"title":"Forbidden","message":"…","because":"…"}}`.
    #[must_use]
    pub fn response<B: From<String>>(&self) -> Response<B> {
        let (status, title, message) = self.kind.words();
        let error = json!({
            "code": status.as_u16(), "title": title, "message": message, "because": self.because,
        });
        let mut response = Response::new(B::from(json!({ "error": error }).to_string()));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if self.kind == RefusalKind::Unauthenticated {
            let challenge = self.auth_uri.as_ref().map(|uri| format!("Keystone uri=\"{uri}\""));
            let challenge = challenge.and_then(|text| HeaderValue::from_str(&text).ok());
            headers.insert(
                header::WWW_AUTHENTICATE,
                challenge.unwrap_or_else(|| HeaderValue::from_static("Keystone")),
            );
        }
        if let Some(wait) = self.retry_after {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            headers.insert(header::RETRY_AFTER, seconds.max(1).into());
        }
        response
    }
}

/// Why.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status().as_u16(), self.kind.words().1, self.because)
    }
}

impl std::error::Error for Refusal {}
