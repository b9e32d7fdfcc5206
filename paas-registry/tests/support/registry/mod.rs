//! A registry in the process, behind a transport: it does what the distribution specification says, keeps a log, checks what
//! it has, and fails where it is told to.

mod answers;
mod blobs;
mod body;
mod faults;
mod manifests;
mod state;
mod uploads;

pub(crate) use faults::{Fault, Faults};
pub(crate) use state::{Kept, Manners, Repository, State};

use answers::{Answered, refused};
use body::Pieces;
use paas_client::{
    BoxFuture,
    transport::{
        Method, Request, Response, SizedStream, Streamed, Transport, TransportError, TransportErrorKind,
    },
};
use state::Work;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard},
};

/// Clones are the same registry.
#[derive(Clone)]
pub(crate) struct Registry(Arc<Inner>);

struct Inner {
    host: String,
    state: Mutex<State>,
    manners: Mutex<Manners>,
    faults: Mutex<Faults>,
    log: Mutex<Vec<Asked>>,
    work: Arc<Work>,
    hangs: tokio::sync::Notify,
}

/// A request, as it was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) range: Option<String>,
    /// The status of the answer; 0 if there was none.
    pub(crate) status: u16,
    /// The bytes of its body that came.
    pub(crate) bytes: u64,
}

impl Asked {
    pub(crate) fn is(&self, method: Method, part: &str) -> bool {
        self.method == method && self.path.contains(part)
    }
}

impl Registry {
    pub(crate) fn new(host: &str) -> Self {
        Self::with(host, Manners::default())
    }

    pub(crate) fn with(host: &str, manners: Manners) -> Self {
        Self(Arc::new(Inner {
            host: host.to_owned(),
            state: Mutex::default(),
            manners: Mutex::new(manners),
            faults: Mutex::default(),
            log: Mutex::default(),
            work: Arc::default(),
            hangs: tokio::sync::Notify::new(),
        }))
    }

    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.0.host)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap()
    }

    pub(crate) fn manners(&self) -> MutexGuard<'_, Manners> {
        self.0.manners.lock().unwrap()
    }

    /// From now on, what fails and how; requests are counted anew.
    pub(crate) fn fails(&self, faults: Faults) {
        *self.0.faults.lock().unwrap() = faults;
    }

    /// What was asked since this was last called.
    pub(crate) fn take_log(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.0.log.lock().unwrap())
    }

    /// How often something was asked since the log was last taken.
    pub(crate) fn count(&self, method: Method, part: &str) -> usize {
        self.0.log.lock().unwrap().iter().filter(|asked| asked.is(method, part)).count()
    }

    /// Waits until a request hangs.
    pub(crate) async fn hangs(&self) {
        self.0.hangs.notified().await;
    }

    /// How many requests there were since the log was last taken.
    pub(crate) fn requests(&self) -> usize {
        self.0.log.lock().unwrap().len()
    }

    /// The most blobs that were on their way at once: read from here, sent to here.
    pub(crate) fn most_at_once(&self) -> (usize, usize) {
        self.0.work.most()
    }

    async fn answer(&self, request: Request, body: Option<SizedStream>) -> Result<Streamed, TransportError> {
        let number = {
            let mut log = self.0.log.lock().unwrap();
            log.push(Asked {
                method: request.method,
                path: request.path().to_owned(),
                query: request.query().to_owned(),
                range: header(&request, "range").map(str::to_owned),
                status: 0,
                bytes: 0,
            });
            log.len() - 1
        };
        let fault = self.0.faults.lock().unwrap().next(&request);
        let slow = self.manners().slow;
        tokio::time::sleep(slow).await;
        // Others have their turn in between, now and then.
        for _ in 0..number % 3 {
            tokio::task::yield_now().await;
        }
        if let Some(Fault::NoConnection) = fault {
            return Err(TransportError::new(TransportErrorKind::Connect, "nobody listens"));
        }
        let mut body = Pieces::new(&request, body, &self.0.work, slow);
        let answered = match &fault {
            Some(Fault::Status(status, code)) => {
                // Who answers at once does not read.
                Ok(refused(*status, code))
            }
            Some(Fault::LosesBody(bytes)) => {
                body.breaks_after(*bytes);
                self.handle(&request, &mut body).await
            }
            _ => self.handle(&request, &mut body).await,
        };
        if let Some(Fault::Hangs) = fault {
            self.0.hangs.notify_one();
            std::future::pending::<()>().await;
        }
        let answered = answered.and_then(|answered| match &fault {
            Some(Fault::LosesAnswer) => Err(broken()),
            Some(Fault::CutsAnswer(bytes)) => Ok(answered.cut_after(*bytes)),
            Some(Fault::SpoilsAnswer) => Ok(answered.spoilt()),
            Some(Fault::LiesAboutDigest) => {
                Ok(answered.lying("docker-content-digest", &format!("sha256:{}", "0".repeat(64))))
            }
            Some(Fault::LiesAboutLength) => Ok(answered.lying("content-length", "0")),
            _ => Ok(answered),
        });
        if let Some(asked) = self.0.log.lock().unwrap().get_mut(number) {
            asked.bytes = body.received();
            asked.status = answered.as_ref().map_or(0, |answered| answered.head.status);
        }
        answered.map(|answered| answered.streamed(request.method, slow, &self.0.work))
    }

    async fn handle(&self, request: &Request, body: &mut Pieces) -> Result<Answered, TransportError> {
        if request.path() == "/token" {
            return Ok(self.gives_token());
        }
        if let Some(refusal) = self.refuses_token(request) {
            return Ok(refusal);
        }
        let path = request.path().trim_start_matches("/v2/").to_owned();
        if request.path() == "/v2/" {
            return Ok(Answered::empty(200));
        }
        if let Some((repository, rest)) = path.split_once("/blobs/uploads") {
            return self.uploads(request, repository, rest.trim_matches('/'), body).await;
        }
        if let Some((repository, digest)) = path.split_once("/blobs/") {
            return Ok(self.blob(request, repository, digest));
        }
        if let Some((repository, reference)) = path.split_once("/manifests/") {
            let bytes = body.whole().await?;
            return Ok(self.manifest(request, repository, reference, bytes));
        }
        if let Some((repository, digest)) = path.split_once("/referrers/") {
            return Ok(self.referrers(request, repository, digest));
        }
        Ok(Answered::text(404, "404 page not found"))
    }

    fn gives_token(&self) -> Answered {
        let mut state = self.state();
        state.tokens.push(tokio::time::Instant::now());
        let token = format!("token-{}", state.tokens.len());
        Answered::json(200, &serde_json::json!({ "token": token, "expires_in": 300 }))
    }

    fn refuses_token(&self, request: &Request) -> Option<Answered> {
        use paas_client::ExposeSecret;
        let lasts = self.manners().token_lasts?;
        let given = request.authorization.as_ref().map(|secret| secret.expose_secret().to_owned());
        let number =
            given.as_deref().and_then(|given| given.strip_prefix("Bearer token-")?.parse::<usize>().ok());
        let state = self.state();
        let issued = number.and_then(|number| state.tokens.get(number.checked_sub(1)?));
        if issued.is_some_and(|issued| issued.elapsed() < lasts) {
            return None;
        }
        let realm = format!(
            "Bearer realm=\"{}/token\",service=\"test\",scope=\"\",error=\"invalid_token\"",
            self.url()
        );
        Some(refused(401, "UNAUTHORIZED").header("www-authenticate", &realm))
    }
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let found = request.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// A parameter of the query, decoded.
fn parameter(request: &Request, name: &str) -> Option<String> {
    let pairs = request.query().split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.filter(|(other, _)| *other == name).map(|(_, value)| value).next()?;
    Some(value.replace("%3A", ":").replace("%2F", "/"))
}

fn broken() -> TransportError {
    TransportError::new(TransportErrorKind::Interrupted, "the connection broke")
}

impl Transport for Registry {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let limits = request.limits;
            let Streamed { mut head, mut body, .. } = self.answer(request, None).await?;
            while let Some(piece) = body.next().await {
                head.body.extend_from_slice(&piece?);
            }
            let most = limits.of(head.status);
            head.is_cut = head.body.len() > most;
            head.body.truncate(most);
            Ok(head)
        })
    }

    fn stream(
        &self,
        request: Request,
        body: Option<SizedStream>,
    ) -> BoxFuture<'_, Result<Streamed, TransportError>> {
        Box::pin(self.answer(request, body))
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Registry({})", self.0.host)
    }
}
