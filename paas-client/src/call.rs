//! One call: what is asked, and how it is asked until there is an answer.

use crate::{
    Clock, Error, ErrorKind, Limits, Polling, Randomness, Result, RetryPolicy,
    body::{self, Expected},
    endpoints::{Endpoint, Endpoints},
    limits::SHOWN_MESSAGE,
    redact::Redactor,
    retry::Budget,
    time::within,
    transport::{BodyLimits, Method, Request, Response, Transport, TransportError, TransportErrorKind},
};
use secrecy::SecretString;
use std::{
    fmt::Debug,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tracing::{Instrument, Span, debug, debug_span, field::Empty};
use url::form_urlencoded;

/// All that a client of one server holds.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) endpoints: Endpoints,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Arc<dyn Randomness>,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) polling: Polling,
    pub(crate) budget: Budget,
    pub(crate) authorization: SecretString,
    pub(crate) redactor: Redactor,
    /// What the server's refusals mean.
    pub(crate) refusal: fn(&Response, &Redactor) -> Error,
}

/// What is asked.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) path: Path,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
}

impl Call {
    /// Whether nothing changes at the server.
    fn only_reads(&self) -> bool {
        self.method == Method::Get
    }

    fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.real.clone();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.query);
        format!("{}?{}", self.path.real, query.finish())
    }

    pub(crate) fn span(&self) -> Span {
        debug_span!(
            "rancher",
            operation = self.operation,
            method = self.method.as_str(),
            path = self.path.template,
            attempt = Empty,
            status = Empty
        )
    }
}

/// A path, and the same with names in place of ids, for logs that shall be counted.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    pub(crate) real: String,
    pub(crate) template: String,
}

impl Path {
    pub(crate) fn new(root: &str) -> Self {
        Self { real: root.to_owned(), template: root.to_owned() }
    }

    /// One segment further, one that is always the same.
    pub(crate) fn at(self, segment: &str) -> Self {
        self.id(segment, segment)
    }

    /// One segment further, an id. Ids hold nothing that a path would read otherwise: their types see to it.
    pub(crate) fn id(mut self, name: &str, id: &str) -> Self {
        self.real = self.real + "/" + id;
        self.template = self.template + "/" + name;
        self
    }
}

/// The tries of one call.
pub(crate) struct Tries<'a> {
    core: &'a Core,
    begun: Duration,
    count: u32,
}

impl<'a> Tries<'a> {
    pub(crate) fn new(core: &'a Core) -> Self {
        Self { core, begun: core.clock.now(), count: 0 }
    }

    /// Waits until it is time to try again, or gives the error back if it is not to be tried again.
    pub(crate) async fn after(&self, error: Error, may_repeat: bool) -> Result<()> {
        let error = error.with(|details| details.attempts = self.count);
        let elapsed = self.core.clock.now().saturating_sub(self.begun);
        let pause = (may_repeat && error.is_retryable())
            .then(|| {
                let random = self.core.randomness.next();
                self.core.retry.pause(self.count, elapsed, error.retry_after(), random)
            })
            .flatten();
        let Some(pause) = pause.filter(|_| self.core.budget.take()) else {
            debug!(code = error.code(), status = error.status(), attempt = self.count, "call failed");
            return Err(error);
        };
        debug!(code = error.code(), status = error.status(), attempt = self.count, ?pause, "trying again");
        self.core.clock.sleep(pause).await;
        Ok(())
    }
}

impl Core {
    /// Asks until there is an answer, as often as the policy allows and as is safe: what may have been done is not
    /// asked for again.
    pub(crate) async fn call<T: Expected>(&self, call: &Call) -> Result<T> {
        async {
            let mut tries = Tries::new(self);
            loop {
                match self.once(call, &mut tries).await {
                    Ok(answer) => return Ok(answer),
                    Err(error) => {
                        let may_repeat = !error.outcome_unknown();
                        tries.after(error, may_repeat).await?;
                    }
                }
            }
        }
        .instrument(call.span())
        .await
    }

    /// Asks once: each address in turn until one takes the request.
    pub(crate) async fn once<T: Expected>(&self, call: &Call, tries: &mut Tries<'_>) -> Result<T> {
        tries.count += 1;
        Span::current().record("attempt", tries.count);
        let target = call.target();
        let mut last = None;
        for endpoint in self.endpoints.in_turn() {
            let result = self.ask(call, endpoint, &target).await;
            self.note_health(endpoint, &result);
            match result {
                Ok(answer) => {
                    self.budget.refill();
                    return Ok(answer);
                }
                // Nothing was sent: the next address may take it.
                Err(error) if matches!(error.kind(), ErrorKind::Connect | ErrorKind::Tls) => {
                    last = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(|| Error::new(ErrorKind::Configuration, "no address of a server is given")))
    }

    fn note_health<T>(&self, endpoint: &Endpoint, result: &Result<T>) {
        let Err(error) = result else {
            return endpoint.is_healthy();
        };
        match error.kind() {
            ErrorKind::Connect | ErrorKind::Tls | ErrorKind::Timeout | ErrorKind::Interrupted => {
                endpoint.has_failed(self.clock.now());
            }
            ErrorKind::Server if matches!(error.status(), Some(502..=504)) => {
                endpoint.has_failed(self.clock.now());
            }
            _ => endpoint.is_healthy(),
        }
    }

    async fn ask<T: Expected>(&self, call: &Call, endpoint: &Endpoint, target: &str) -> Result<T> {
        let was_sent = AtomicBool::new(false);
        let exchange = async {
            let _permit = endpoint.permits().acquire().await;
            was_sent.store(true, Ordering::Relaxed);
            self.transport.send(self.request(call, endpoint, target)).await
        };
        let result = match within(&*self.clock, self.limits.total, exchange).await {
            Some(Ok(answer)) => {
                Span::current().record("status", answer.status);
                self.judge(call, &answer)
            }
            Some(Err(error)) => Err(self.lost(call, &error)),
            None => {
                let limit = self.limits.total;
                let error = Error::new(ErrorKind::Timeout, format!("no answer within {limit:?}"));
                let unknown = was_sent.into_inner() && !call.only_reads();
                Err(error.with(|details| details.outcome_unknown = unknown))
            }
        };
        result.map_err(|error| {
            error.with(|details| {
                details.operation = call.operation;
                details.resource.clone_from(&call.path.real);
                details.endpoint = Some(endpoint.origin().to_owned());
            })
        })
    }

    fn request(&self, call: &Call, endpoint: &Endpoint, target: &str) -> Request {
        let limits = BodyLimits { good: self.limits.answer, other: self.limits.error_answer };
        let mut request = Request::new(call.method, format!("{}{target}", endpoint.base()), limits);
        request.authorization = Some(self.authorization.clone());
        request.headers.push(("accept", "application/json".to_owned()));
        request.headers.push(("user-agent", concat!("paas-client/", env!("CARGO_PKG_VERSION")).to_owned()));
        if let Some(body) = &call.body {
            request.headers.push(("content-type", "application/json".to_owned()));
            request.body = Some(body.clone());
        }
        request
    }

    /// What an answer means.
    fn judge<T: Expected>(&self, call: &Call, answer: &Response) -> Result<T> {
        let result = match answer.status {
            200..=299 => body::read(answer, self.limits.answer, &self.redactor),
            300..=399 => Err(self.redirected(answer)),
            _ => Err((self.refusal)(answer, &self.redactor)),
        };
        result.map_err(|error| {
            // What comes back as refused was not done. A conflict, a failure, a good answer that cannot be read: it may
            // have been. Rancher answers a conflict to database errors too, after it has written the row.
            let unknown = !call.only_reads()
                && matches!(
                    error.kind(),
                    ErrorKind::Conflict
                        | ErrorKind::Server
                        | ErrorKind::Interrupted
                        | ErrorKind::TooLarge
                        | ErrorKind::Protocol
                        | ErrorKind::Timeout
                );
            error.with(|details| {
                details.status = Some(answer.status);
                details.outcome_unknown = unknown;
            })
        })
    }

    fn redirected(&self, answer: &Response) -> Error {
        let to = answer.first("location").unwrap_or("nowhere");
        // Its query may hold a token.
        let to = to.split(['?', '#']).next().unwrap_or_default();
        let to = self.redactor.clean(to, SHOWN_MESSAGE);
        Error::new(
            ErrorKind::Redirect,
            format!("the server sends us to `{to}`, where the key does not follow; is the address right?"),
        )
    }

    fn lost(&self, call: &Call, error: &TransportError) -> Error {
        let (kind, was_sent) = match error.kind() {
            TransportErrorKind::Connect => (ErrorKind::Connect, false),
            TransportErrorKind::Tls => (ErrorKind::Tls, false),
            TransportErrorKind::Timeout => (ErrorKind::Timeout, true),
            TransportErrorKind::Interrupted => (ErrorKind::Interrupted, true),
        };
        let said = self.redactor.clean(&error.to_string(), SHOWN_MESSAGE);
        Error::new(kind, format!("{}: {said}", kind.words()))
            .with(|details| details.outcome_unknown = was_sent && !call.only_reads())
    }
}
