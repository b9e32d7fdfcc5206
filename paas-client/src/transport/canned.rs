//! A transport without a network, for tests and examples.

use super::{Request, Response, Transport, TransportError};
use crate::BoxFuture;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

type Answer = dyn Fn(&Request) -> Result<Response, TransportError> + Send + Sync;

/// Answers from a function and remembers what it was asked. Clones share both.
///
/// ```
/// use paas_client::{BoxFuture, transport::{BodyLimits, Canned, Method, Request, Response, Transport}};
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let canned = Canned::new(|request: &Request| match request.path() {
///     "/ping" => Ok(Response::new(200, "pong")),
///     _ => Ok(Response::new(404, "")),
/// });
/// let request = Request::new(Method::Get, "http://localhost/ping", BodyLimits { good: 9, other: 9 });
/// assert_eq!(canned.send(request).await.unwrap().body, b"pong");
/// assert_eq!(canned.requests().len(), 1);
/// # }
/// ```
#[derive(Clone)]
pub struct Canned {
    answer: Arc<Answer>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Canned {
    /// Answers each request with what the function says.
    #[must_use]
    pub fn new(
        answer: impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync + 'static,
    ) -> Self {
        Self { answer: Arc::new(answer), requests: Arc::default() }
    }

    /// All requests so far, in their order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.log().clone()
    }

    fn log(&self) -> MutexGuard<'_, Vec<Request>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Canned {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        let answer = (self.answer)(&request).map(|mut answer| {
            let most = request.limits.of(answer.status);
            answer.is_cut |= answer.body.len() > most;
            answer.body.truncate(most);
            answer
        });
        self.log().push(request);
        Box::pin(async { answer })
    }
}

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Canned({} requests)", self.log().len())
    }
}
