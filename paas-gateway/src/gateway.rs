//! The gateway: from a request to its right.

use crate::{
    Authorized, GatewayBuilder, GatewayClock, Namespaces, Refusal, RefusalKind, RouteTable, Snapshot,
    Unrouted, Validator,
    cache::{Answer, Known, Tokens},
    headers::{self, AUTH_TOKEN, REQUEST_ID, SERVICE_TOKEN},
    metrics::Metrics,
    route::{Asked, Owner, RequestPath},
};
use http::{HeaderMap, HeaderName, HeaderValue, request::Parts};
use paas_client::{
    ExposeSecret,
    keystone::{AuthToken, ProjectId, UserId, Validation},
};
use paas_core::access::{AccessEvent, AccessSink, Decision, Resource, Subject, decide};
use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

/// Decides on requests: token, Keystone, subject, route, decision. Clones share all.
///
/// [`layer`](Self::layer) puts it in front of any service. It needs a runtime of tokio.
///
/// ```
/// use http::{Method, Request};
/// use paas_client::KeystoneClient;
/// use paas_core::access::{Action, Kind};
/// use paas_gateway::{Gateway, Route, RouteTable, SelfValidating, TenantFrom};
/// # use paas_client::transport::{Canned, Response};
/// # const TOKEN: &str = r#"{"token":{"methods":["password"],"user":{"id":"u1","name":"anna","domain":{"id":"d1","name":"bank"}},
/// #     "audit_ids":["a"],"issued_at":"2026-11-21T20:50:08.000000Z","expires_at":"2999-11-21T21:50:08.000000Z",
/// #     "project":{"id":"p1","name":"retail","domain":{"id":"d1","name":"bank"}},"roles":[{"id":"r1","name":"reader"}]}}"#;
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = Canned::new(|_| Ok(Response::new(200, TOKEN)));
///
/// let keystone = KeystoneClient::builder().url("https://keystone.example/v3").transport(server).build()?;
/// let volumes = |method, action| {
///     Route::new(method, "/v1/tenants/{tenant}/volumes", action, Kind::Volume, TenantFrom::path("tenant"))
/// };
/// let routes = RouteTable::builder()
///     .route(volumes(Method::GET, Action::View))
///     .route(volumes(Method::POST, Action::Create))
///     .build()?;
/// let gateway = Gateway::builder(SelfValidating(keystone), routes).build()?;
///
/// let request = |method: Method| {
///     let request = Request::builder().method(method).uri("/v1/tenants/p1/volumes");
///     request.header("X-Auth-Token", "gAAAAAB-of-anna").header("X-Roles", "admin").body(()).unwrap().into_parts().0
/// };
/// let mut parts = request(Method::GET);
/// let authorized = gateway.admit(&mut parts).await?.unwrap();
/// assert_eq!((authorized.subject().user.as_str(), &parts.headers["X-Roles"]), ("u1", &"reader".parse()?));
///
/// let refusal = gateway.admit(&mut request(Method::POST)).await.unwrap_err();
/// assert_eq!(refusal.status(), 403);
/// assert!(refusal.because().contains("may not create a volume"));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Gateway(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) tokens: Tokens,
    pub(crate) routes: RouteTable,
    pub(crate) clock: Arc<dyn GatewayClock>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) namespaces: Option<Arc<dyn Namespaces>>,
    pub(crate) sink: Option<Arc<dyn AccessSink>>,
    pub(crate) auth_uri: Option<Arc<str>>,
    pub(crate) pass_token: bool,
    pub(crate) service_roles: Vec<String>,
}

/// The tokens of a request.
struct Credentials {
    user: Result<AuthToken, Refusal>,
    service: Option<Result<AuthToken, Refusal>>,
}

/// What is decided on.
struct Question<'a> {
    subject: Arc<Subject>,
    tenant: Option<&'a str>,
    namespace: Option<&'a str>,
}

impl Gateway {
    /// Sets up a gateway that asks this one about tokens and decides by these routes.
    pub fn builder(validator: impl Validator + 'static, routes: RouteTable) -> GatewayBuilder {
        GatewayBuilder::new(Arc::new(validator), routes)
    }

    /// Decides on a request, and makes its headers those that the service behind may believe: what a client said of
    /// its identity is gone, what Keystone says is there. `None` if the route is public. Dropped: nothing has changed,
    /// and a validation that others wait for goes on.
    ///
    /// # Errors
    ///
    /// Why the request must not go on; its headers are not to be used then.
    pub async fn admit(&self, parts: &mut Parts) -> Result<Option<Authorized>, Refusal> {
        let start = self.0.clock.steady();
        let result = self.admitted(parts).await;
        let metrics = &self.0.metrics;
        metrics.decision_seconds.observe(self.0.clock.steady().saturating_sub(start));
        let counter = match &result {
            Ok(Some(_)) => &metrics.allowed,
            Ok(None) => &metrics.public,
            Err(refusal) => match refusal.kind() {
                RefusalKind::Malformed => &metrics.malformed,
                RefusalKind::Unauthenticated => &metrics.unauthenticated,
                RefusalKind::Denied => &metrics.denied,
                RefusalKind::NotFound | RefusalKind::Unrouted => &metrics.unrouted,
                _ => &metrics.unavailable,
            },
        };
        counter.add();
        result
    }

    /// Forgets what is known of a token.
    pub fn invalidate_token(&self, token: &AuthToken) {
        self.0.tokens.forget(token);
    }

    /// Forgets what is known of the tokens of a user.
    pub fn invalidate_user(&self, user: &UserId) {
        self.0.tokens.forget_all(|known| known.token.user.id == *user);
    }

    /// Forgets what is known of the tokens for a project.
    pub fn invalidate_project(&self, project: &ProjectId) {
        self.0.tokens.forget_all(|known| known.token.project().is_some_and(|of| of.id == *project));
    }

    /// What was counted up to now. As a text it is what Prometheus reads.
    #[must_use]
    pub fn metrics(&self) -> Snapshot {
        self.0.metrics.snapshot(self.0.tokens.sizes())
    }

    async fn admitted(&self, parts: &mut Parts) -> Result<Option<Authorized>, Refusal> {
        let uri = parts.uri.clone();
        let path = RequestPath::parse(uri.path())
            .map_err(|because| Refusal::new(RefusalKind::Malformed, because))?;
        let Some(target) = self.0.routes.find(&parts.method, &path) else {
            let kind = match self.0.routes.unrouted {
                Unrouted::NotFound => RefusalKind::NotFound,
                Unrouted::Forbidden => RefusalKind::Unrouted,
            };
            return Err(Refusal::new(kind, "no route is for this method and path"));
        };
        let credentials = self.credentials(&parts.headers);
        // First what it names, then what it may not say: nothing that is set later can be named.
        headers::hop::remove_named(&mut parts.headers);
        headers::drop_identity(&mut parts.headers);
        let Some(asked) = &target.asked else { return Ok(None) };
        let request = request_id(&parts.headers);
        let refused = |refusal: Refusal, subject: Option<&Subject>| {
            self.tell(asked, false, request, |at| {
                let event = AccessEvent::refused(at, asked.action, asked.kind, refusal.because());
                if let Some(subject) = subject { event.with_subject(subject) } else { event }
            });
            refusal
        };
        let token = credentials.user.map_err(|refusal| refused(refusal, None))?;
        let (known, service) = self
            .known(&token, credentials.service, asked.fresh)
            .await
            .map_err(|refusal| refused(refusal, None))?;
        if !self.rules_allow(&known, parts, uri.path()) {
            let because = "the access rules of the application credential do not allow this request";
            return Err(refused(Refusal::new(RefusalKind::Denied, because), Some(&known.subject)));
        }
        let mut owner = None;
        let question = self
            .question(asked, &path, &known, &mut owner)
            .await
            .map_err(|refusal| refused(refusal, Some(&known.subject)))?;
        let resource = Resource { kind: asked.kind, tenant: question.tenant, namespace: question.namespace };
        let decision = decide(&question.subject, asked.action, &resource);
        self.tell(asked, decision.is_allowed(), request, |at| {
            AccessEvent::decided(at, &question.subject, &resource, &decision)
        });
        if !decision.is_allowed() {
            return Err(Refusal::new(RefusalKind::Denied, decision.to_string()));
        }
        let authorized = authorized(&known, &question, decision);
        self.set_headers(&mut parts.headers, &token, &authorized, service.as_ref());
        Ok(Some(authorized))
    }

    /// What is known of the user's token, and of the service's.
    async fn known(
        &self,
        token: &AuthToken,
        service: Option<Result<AuthToken, Refusal>>,
        fresh: bool,
    ) -> Result<(Arc<Known>, Option<(AuthToken, Arc<Known>)>), Refusal> {
        let mut how = Validation::default();
        let service = match service {
            Some(service) => {
                let service = service?;
                let known = self.validated(&service, how, fresh, "the service's token is not valid").await?;
                if !self.0.service_roles.iter().any(|role| known.token.has_role(role)) {
                    return Err(self.unauthenticated("the service's token has no role of a service"));
                }
                how = how.allow_expired();
                Some((service, known))
            }
            None => None,
        };
        let known = self.validated(token, how, fresh, "the token is not valid").await?;
        Ok((known, service))
    }

    async fn validated(
        &self,
        token: &AuthToken,
        how: Validation,
        fresh: bool,
        invalid: &str,
    ) -> Result<Arc<Known>, Refusal> {
        let tokens = &self.0.tokens;
        let answer =
            if fresh { tokens.look_up_afresh(token, how).await } else { tokens.look_up(token, how).await };
        match answer {
            Answer::Known(known) => Ok(known),
            Answer::Invalid => Err(self.unauthenticated(invalid)),
            Answer::Unavailable { retry_after } => {
                Err(Refusal::unavailable(retry_after, "the token cannot be validated now"))
            }
        }
    }

    /// Whether the application credential that the token was got with may be used for this request.
    fn rules_allow(&self, known: &Known, parts: &Parts, path: &str) -> bool {
        let has_rules =
            known.token.application_credential.as_ref().is_some_and(|of| of.access_rules.is_some());
        !has_rules
            || self
                .0
                .routes
                .service_type
                .as_deref()
                .is_some_and(|service| known.token.allows(service, parts.method.as_str(), path))
    }

    /// Whose the resource is. `owner` keeps the name of the tenant that owns an image namespace.
    async fn question<'a>(
        &self,
        asked: &Asked,
        path: &'a RequestPath<'_>,
        known: &'a Known,
        owner: &'a mut Option<String>,
    ) -> Result<Question<'a>, Refusal> {
        let namespace = asked.namespace.and_then(|index| path.segment(index));
        let tenant = match asked.owner {
            Owner::Segment(index) => path.segment(index),
            Owner::Token => {
                let project = known.token.project().filter(|_| !known.token.is_domain);
                let because = "the request is about the project of the token, and the token is for none";
                Some(project.ok_or_else(|| Refusal::new(RefusalKind::Denied, because))?.id.as_str())
            }
            Owner::Platform | Owner::Namespace => None,
        };
        let mut question = Question { subject: known.subject.clone(), tenant, namespace };
        let (Some(name), Some(namespaces)) = (namespace, &self.0.namespaces) else { return Ok(question) };
        let found = namespaces.find(name, &known.subject.user).await.map_err(|because| {
            tracing::warn!(because, "an image namespace could not be looked up");
            Refusal::unavailable(None, "the image namespace cannot be looked up now")
        })?;
        // Nobody but the platform has a right in what is not there, or not where the request says it is.
        let is_member = found.as_ref().is_some_and(|found| found.is_member);
        let found = found.map(|found| found.tenant).unwrap_or_default();
        let is_there = tenant.is_none_or(|tenant| tenant == found);
        question.tenant = Some(owner.insert(if is_there { found } else { String::new() }));
        if is_member && is_there {
            let mut subject = Subject::clone(&known.subject);
            subject.namespaces.insert(name.to_owned());
            question.subject = Arc::new(subject);
        }
        Ok(question)
    }

    fn set_headers(
        &self,
        headers: &mut HeaderMap,
        token: &AuthToken,
        authorized: &Authorized,
        service: Option<&(AuthToken, Arc<Known>)>,
    ) {
        headers::set_user(headers, &authorized.token);
        headers::set_decision(headers, &authorized.decision, authorized.tenant(), authorized.namespace());
        if self.0.pass_token {
            put_token(headers, AUTH_TOKEN, token);
        }
        if let Some((service, known)) = service {
            headers::set_service(headers, &known.token);
            if self.0.pass_token {
                put_token(headers, SERVICE_TOKEN, service);
            }
        }
    }

    fn credentials(&self, headers: &HeaderMap) -> Credentials {
        let user = self.token(headers, &AUTH_TOKEN, "there is no token in `X-Auth-Token`");
        let heeds_services = !self.0.service_roles.is_empty() && headers.contains_key(SERVICE_TOKEN);
        let service =
            heeds_services.then(|| self.token(headers, &SERVICE_TOKEN, "the service's token is not valid"));
        Credentials { user, service }
    }

    fn token(&self, headers: &HeaderMap, name: &HeaderName, missing: &str) -> Result<AuthToken, Refusal> {
        let mut values = headers.get_all(name).iter();
        let value = values.next().ok_or_else(|| self.unauthenticated(missing))?;
        if values.next().is_some() {
            let because = format!("there are several headers `{name}`; send one");
            return Err(Refusal::new(RefusalKind::Malformed, because));
        }
        let token = value.to_str().ok().and_then(|text| text.parse().ok());
        token.ok_or_else(|| {
            self.unauthenticated(if value.is_empty() { missing } else { "the token is not valid" })
        })
    }

    fn unauthenticated(&self, because: &str) -> Refusal {
        let mut refusal = Refusal::new(RefusalKind::Unauthenticated, because);
        refusal.auth_uri.clone_from(&self.0.auth_uri);
        refusal
    }

    fn tell(
        &self,
        asked: &Asked,
        allowed: bool,
        request: Option<&str>,
        event: impl FnOnce(u64) -> AccessEvent,
    ) {
        let Some(sink) = self.0.sink.as_ref().filter(|sink| sink.wants(asked.action, allowed)) else {
            return;
        };
        let since = self.0.clock.wall().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let event = event(u64::try_from(since.as_millis()).unwrap_or(u64::MAX));
        sink.record(if let Some(request) = request { event.with_request(request) } else { event });
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway")
            .field("routes", &self.0.routes)
            .field("auth_uri", &self.0.auth_uri)
            .field("pass_token", &self.0.pass_token)
            .finish_non_exhaustive()
    }
}

fn authorized(known: &Known, question: &Question<'_>, decision: Decision) -> Authorized {
    Authorized {
        subject: question.subject.clone(),
        token: known.token.clone(),
        decision,
        tenant: question.tenant.map(str::to_owned),
        namespace: question.namespace.map(str::to_owned),
    }
}

/// The id of a request, if it says one that fits in a log.
fn request_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    (!id.is_empty() && id.len() <= 128 && id.bytes().all(is_plain)).then_some(id)
}

fn put_token(headers: &mut HeaderMap, name: HeaderName, token: &AuthToken) {
    if let Ok(mut value) = HeaderValue::from_str(token.expose_secret()) {
        value.set_sensitive(true);
        headers.insert(name, value);
    }
}
