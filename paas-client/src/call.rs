//! One call: what is asked, and how it is asked until there is an answer.

use crate::{
    Clock, Error, ErrorKind, Limits, Randomness, Result, RetryPolicy, System,
    body::Expected,
    endpoints::{Endpoint, Endpoints},
    limits::SHOWN_MESSAGE,
    redact::Redactor,
    retry::Budget,
    time::within,
    transport::{BodyLimits, Method, Request, Response, Transport, TransportError, TransportErrorKind},
    wait::Polling,
};
use secrecy::{ExposeSecret, SecretString};
use std::{
    borrow::Cow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tracing::{Instrument, Span, debug, debug_span, field::Empty};
use url::{Url, form_urlencoded};
use zeroize::Zeroize;

/// All that a client of one server holds.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) system: System,
    pub(crate) endpoints: Endpoints,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Arc<dyn Randomness>,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) polling: Polling,
    pub(crate) budget: Budget,
    /// What each request has as its header `Authorization`.
    pub(crate) authorization: Option<SecretString>,
    pub(crate) redactor: Redactor,
    /// What the server's refusals mean.
    pub(crate) refusal: fn(&Response, &Redactor) -> Error,
}

/// What is asked. Its body may hold secrets, and is wiped at the end.
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) path: Path,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Where it goes when that is none of the addresses of the server: the whole address. It may hold secrets in its query,
    /// and is not told.
    pub(crate) address: Option<SecretString>,
    /// The header `Authorization`, in place of the client's.
    pub(crate) authorization: Option<SecretString>,
    /// Headers that hold secrets: struck out of all that is told of this call.
    pub(crate) secrets: Vec<(&'static str, SecretString)>,
    /// Secrets that stand in the body: struck out likewise.
    pub(crate) struck_out: Vec<SecretString>,
    pub(crate) body: Option<Vec<u8>>,
    /// The bytes of a good answer, where they are fewer than the client's limit.
    pub(crate) most: usize,
    pub(crate) effect: Effect,
}

/// What becomes of it when a request comes to the server twice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing changes at the server that anybody would miss.
    None,
    /// Done twice is done once.
    Idempotent,
    /// Done twice is done twice.
    Repeated,
}

impl Call {
    /// A call that reads.
    pub(crate) fn read(operation: &'static str, path: Path, query: Vec<(String, String)>) -> Self {
        let mut this = Self::change(operation, Method::Get, path, None);
        this.query = query;
        this.effect = Effect::None;
        this
    }

    /// A call that changes something, and is not asked for again if it may have been done.
    pub(crate) fn change(operation: &'static str, method: Method, path: Path, body: Option<Vec<u8>>) -> Self {
        Self {
            operation,
            method,
            path,
            query: Vec::new(),
            headers: Vec::new(),
            address: None,
            authorization: None,
            secrets: Vec::new(),
            struck_out: Vec::new(),
            body,
            most: usize::MAX,
            effect: Effect::Repeated,
        }
    }

    /// Whether nothing changes at the server.
    pub(crate) fn only_reads(&self) -> bool {
        self.effect == Effect::None
    }

    fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.real.clone();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.query);
        format!("{}?{}", self.path.real, query.finish())
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.body.zeroize();
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

/// Where one try of a call goes.
pub(crate) struct Place<'a> {
    pub(crate) url: SecretString,
    pub(crate) origin: String,
    /// The address of the server that it is, if it is one.
    pub(crate) endpoint: Option<&'a Endpoint>,
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

    /// Those that go on after so many since a time.
    #[cfg(feature = "registry")]
    pub(crate) fn again(core: &'a Core, begun: Duration, count: u32) -> Self {
        Self { core, begun, count }
    }

    /// Counts one more.
    pub(crate) fn begin(&mut self) {
        self.count += 1;
        Span::current().record("attempt", self.count);
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
    /// What a call is traced as.
    pub(crate) fn span(&self, call: &Call) -> Span {
        macro_rules! span {
            ($name:literal) => {
                debug_span!(
                    $name,
                    operation = call.operation,
                    method = call.method.as_str(),
                    path = call.path.template,
                    attempt = Empty,
                    status = Empty
                )
            };
        }
        match self.system {
            System::Rancher => span!("rancher"),
            System::Keystone => span!("keystone"),
            System::Harbor => span!("harbor"),
            System::Registry => span!("registry"),
        }
    }

    /// Strikes out the secrets of the client, and those of the call.
    fn redactor(&self, call: &Call) -> Cow<'_, Redactor> {
        if call.secrets.is_empty() && call.struck_out.is_empty() && call.authorization.is_none() {
            return Cow::Borrowed(&self.redactor);
        }
        let sent = call.secrets.iter().map(|(_, secret)| secret).chain(&call.authorization);
        Cow::Owned(self.redactor.and(sent.chain(&call.struck_out).cloned()))
    }

    /// Asks until there is an answer, as often as the policy allows and as is safe: what may have been done is not
    /// asked for again.
    pub(crate) async fn call<T: Expected>(&self, call: &Call) -> Result<T> {
        async {
            let mut tries = Tries::new(self);
            let mut was_sent = false;
            loop {
                match self.once(call, &mut tries).await {
                    Ok(answer) => return Ok(answer),
                    Err(error) => {
                        let may_repeat = call.effect != Effect::Repeated || !error.outcome_unknown();
                        was_sent |= error.outcome_unknown();
                        // What an earlier try may have done, a refusal of a later one does not undo.
                        let error = error.with(|details| details.outcome_unknown = was_sent);
                        tries.after(error, may_repeat).await?;
                    }
                }
            }
        }
        .instrument(self.span(call))
        .await
    }

    /// Asks once: each address in turn until one takes the request.
    pub(crate) async fn once<T: Expected>(&self, call: &Call, tries: &mut Tries<'_>) -> Result<T> {
        tries.begin();
        let mut last = None;
        for place in self.places(call) {
            let result = self.ask(call, &place).await;
            self.note_health(&place, &result);
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
        Err(last.unwrap_or_else(nowhere))
    }

    /// Where a call may go, the best first.
    pub(crate) fn places(&self, call: &Call) -> Vec<Place<'_>> {
        let Some(address) = &call.address else {
            let target = call.target();
            let place = |endpoint: &Endpoint| format!("{}{target}", endpoint.base());
            let all = self.endpoints.in_turn().into_iter();
            return all
                .map(|endpoint| Place {
                    url: place(endpoint).into(),
                    origin: endpoint.origin().to_owned(),
                    endpoint: Some(endpoint),
                })
                .collect();
        };
        let origin = origin(address.expose_secret());
        let endpoint = self.endpoints.of_origin(&origin);
        vec![Place { url: address.clone(), origin, endpoint }]
    }

    pub(crate) fn note_health<T>(&self, place: &Place<'_>, result: &Result<T>) {
        let Some(endpoint) = place.endpoint else { return };
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

    async fn ask<T: Expected>(&self, call: &Call, place: &Place<'_>) -> Result<T> {
        let was_sent = AtomicBool::new(false);
        let exchange = async {
            let _permit = match place.endpoint {
                Some(endpoint) => endpoint.permits().acquire().await.ok(),
                None => None,
            };
            was_sent.store(true, Ordering::Relaxed);
            self.transport.send(self.request(call, place)).await
        };
        let result = match within(&*self.clock, self.limits.total, exchange).await {
            Some(Ok(answer)) => {
                Span::current().record("status", answer.status);
                self.judge(call, place, &answer)
            }
            Some(Err(error)) => Err(self.lost(call, &error)),
            None => Err(self.late(call, was_sent.into_inner())),
        };
        result.map_err(|error| self.place(error, call, place))
    }

    /// The error of a call that was not answered in time.
    pub(crate) fn late(&self, call: &Call, was_sent: bool) -> Error {
        let limit = self.limits.total;
        let error = Error::new(ErrorKind::Timeout, format!("no answer within {limit:?}"));
        error.with(|details| details.outcome_unknown = was_sent && !call.only_reads())
    }

    /// The error, with what it was about.
    pub(crate) fn place(&self, error: Error, call: &Call, place: &Place<'_>) -> Error {
        error.with(|details| {
            details.system = self.system;
            details.operation = call.operation;
            details.resource.clone_from(&call.path.real);
            details.endpoint = Some(place.origin.clone());
        })
    }

    pub(crate) fn request(&self, call: &Call, place: &Place<'_>) -> Request {
        let limits = BodyLimits { good: self.limits.answer.min(call.most), other: self.limits.error_answer };
        let mut request = Request::new(call.method, place.url.expose_secret(), limits);
        request.authorization = call.authorization.clone().or_else(|| self.authorization.clone());
        request.secrets.clone_from(&call.secrets);
        let lacks = |header: &str| call.headers.iter().all(|(name, _)| *name != header);
        if lacks("accept") {
            request.headers.push(("accept", "application/json".to_owned()));
        }
        request.headers.push(("user-agent", concat!("paas-client/", env!("CARGO_PKG_VERSION")).to_owned()));
        request.headers.extend(call.headers.iter().cloned());
        if let Some(body) = &call.body {
            if lacks("content-type") {
                request.headers.push(("content-type", "application/json".to_owned()));
            }
            request.body = Some(body.clone());
        }
        request
    }

    /// What an answer means.
    pub(crate) fn judge<T: Expected>(&self, call: &Call, place: &Place<'_>, answer: &Response) -> Result<T> {
        let redactor = self.redactor(call);
        let result = match answer.status {
            200..=299 => T::read_at(answer, self.limits.answer.min(call.most), &redactor, &place.url),
            300..=399 => Err(redirected(answer, &redactor, place)),
            _ => Err((self.refusal)(answer, &redactor)),
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

    pub(crate) fn lost(&self, call: &Call, error: &TransportError) -> Error {
        let (kind, was_sent) = match error.kind() {
            TransportErrorKind::Connect => (ErrorKind::Connect, false),
            TransportErrorKind::Tls => (ErrorKind::Tls, false),
            TransportErrorKind::Timeout => (ErrorKind::Timeout, true),
            TransportErrorKind::Interrupted => (ErrorKind::Interrupted, true),
            TransportErrorKind::Unsupported => (ErrorKind::Configuration, false),
        };
        let said = self.redactor(call).clean(&error.to_string(), SHOWN_MESSAGE);
        Error::new(kind, format!("{}: {said}", kind.words()))
            .with(|details| details.outcome_unknown = was_sent && !call.only_reads())
    }
}

fn redirected(answer: &Response, redactor: &Redactor, place: &Place<'_>) -> Error {
    let location = answer.first("location");
    let to = location.unwrap_or("nowhere");
    // Its query may hold a token.
    let to = to.split(['?', '#']).next().unwrap_or_default();
    let to = redactor.clean(to, SHOWN_MESSAGE);
    Error::new(
        ErrorKind::Redirect,
        format!("the server sends us to `{to}`, where the key does not follow; is the address right?"),
    )
    .with(|details| details.told.location = location.and_then(|location| resolved(&place.url, location)))
}

/// What an address stands for that is named in the answer from another one.
pub(crate) fn resolved(asked: &SecretString, location: &str) -> Option<SecretString> {
    let url = Url::parse(asked.expose_secret()).ok()?.join(location).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.as_str().into())
}

fn origin(address: &str) -> String {
    Url::parse(address).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

pub(crate) fn nowhere() -> Error {
    Error::new(ErrorKind::Configuration, "no address of a server is given")
}
