use crate::{
    Sandbox, api,
    decide::{Delivery, LARGEST_BODY, decide, too_large},
    server::lock,
};
use std::{fmt, time::Duration};

/// A request that reaches a sandbox without a socket. `Debug` shows neither key nor body.
///
/// ```
/// use paas_sandbox::{Sandbox, SandboxRequest};
///
/// let sandbox = Sandbox::builder().virtual_clock().in_process().start()?;
/// let ping = sandbox.answer(SandboxRequest::new("GET", "/ping")).reply.unwrap();
/// assert_eq!((ping.status, ping.body.as_slice()), (200, b"pong".as_slice()));
/// # Ok::<(), paas_sandbox::StartError>(())
/// ```
#[derive(Clone)]
pub struct SandboxRequest {
    method: String,
    target: String,
    host: Option<String>,
    authorization: Option<String>,
    project: Option<String>,
    is_name: bool,
    body: Vec<u8>,
}

/// What comes back for a [`SandboxRequest`].
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct SandboxAnswer {
    /// What arrives; nothing if the connection is cut before any answer. Whether the request was done then is what its
    /// sender cannot know: [`Sandbox::requests`] tells.
    pub reply: Option<SandboxReply>,
    /// How late it arrives, by [`Trouble::Slow`](crate::Trouble::Slow). Nobody has waited: a simulator moves its own
    /// clock.
    pub delay: Duration,
}

/// An answer, as it arrives.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct SandboxReply {
    /// The HTTP status.
    pub status: u16,
    /// The headers. `Content-Length` is that of the whole body, also where the body is cut.
    pub headers: Vec<(String, String)>,
    /// The body, or what of it arrives.
    pub body: Vec<u8>,
    /// Whether the connection is cut within the body, by [`Trouble::CutBody`](crate::Trouble::CutBody).
    pub is_cut: bool,
    /// Whether the same bytes arrive once more, by [`Trouble::AnsweredTwice`](crate::Trouble::AnsweredTwice).
    pub is_doubled: bool,
}

impl SandboxRequest {
    /// A request without headers and body. The target is a path with its query, such as `/v2-beta/stacks?name=bank`, or
    /// a whole address, whose host then counts as the one that was asked.
    #[must_use]
    pub fn new(method: &str, target: &str) -> Self {
        let (host, target) = match target.split_once("://") {
            Some((scheme, rest)) if !scheme.contains('/') => {
                let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
                (Some(host.to_owned()), path)
            }
            _ => (None, target),
        };
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            host,
            authorization: None,
            project: None,
            is_name: false,
            body: Vec::new(),
        }
    }

    /// With a header. The sandbox looks at `Authorization`, `Host`, `X-API-Project-Id` and
    /// `X-Is-Resource-Name`, and at no other.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let value = Some(value.to_owned());
        match name.to_ascii_lowercase().as_str() {
            "authorization" => self.authorization = value,
            "x-api-project-id" => self.project = value,
            "x-is-resource-name" => self.is_name = value.as_deref() == Some("true"),
            "host" => self.host = value,
            _ => {}
        }
        self
    }

    /// With a body.
    #[must_use]
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }
}

impl fmt::Debug for SandboxRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxRequest")
            .field("method", &self.method)
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Answers a request at once, without a socket: what a client under test does as one step of a simulation. It is
    /// decided, logged and hit by faults as a request over the socket is; only nobody waits for a slow answer.
    pub fn answer(&self, request: SandboxRequest) -> SandboxAnswer {
        let SandboxRequest { method, target, host, authorization, project, is_name, body } = request;
        let origin = host.map_or_else(|| self.url().to_owned(), |host| format!("http://{host}"));
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let request = api::Request {
            authorization,
            project,
            is_name,
            body,
            ..api::Request::new(&method, path, query, origin)
        };
        let mut world = lock(&self.world);
        let (delivery, millis) = if request.body.len() > LARGEST_BODY {
            (too_large(&mut world), None)
        } else {
            decide(&mut world, &request)
        };
        SandboxAnswer {
            reply: SandboxReply::of(delivery),
            delay: Duration::from_millis(millis.unwrap_or_default()),
        }
    }
}

impl SandboxReply {
    fn of(delivery: Delivery) -> Option<Self> {
        let (reply, is_cut, is_doubled) = match delivery {
            Delivery::Whole(reply) => (reply, false, false),
            Delivery::Half(reply) => (reply, true, false),
            Delivery::Twice(reply) => (reply, false, true),
            Delivery::Nothing => return None,
        };
        let length = reply.body.len();
        let headers = reply.headers.into_iter().map(|(name, value)| (name.to_owned(), value));
        let length_header = ("Content-Length".to_owned(), length.to_string());
        let mut body = reply.body;
        if is_cut {
            body.truncate(length / 2);
        }
        Some(Self {
            status: reply.status,
            headers: headers.chain([length_header]).collect(),
            body,
            is_cut,
            is_doubled,
        })
    }
}
