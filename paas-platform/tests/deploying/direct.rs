//! A server without sockets, under a clock that goes on when all are waiting: minutes pass in no time.

use super::world::{SECRETS, bank_template, furnish, meridian};
use paas_client::{
    BoxFuture, Credentials, ExposeSecret, RancherClient, Seeded,
    rancher::RancherBuilder,
    transport::{Request, Response, Transport, TransportError, TransportErrorKind},
};
use paas_platform::{
    Acting, Deploy, Operation, Planned, Platform, PlatformBuilder, Secrets,
    seam::{SeededRandom, Timestamp, TokioClock},
    store::{MemoryStore, Store},
};
use paas_sandbox::{Latencies, Sandbox, SandboxRequest};
use paas_tosca::Source;
use std::{
    ops::Deref,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// A sandbox that answers in process. Its clock is tokio's, so it is to be made where that runs. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Direct(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    sandbox: Sandbox,
    begin: Instant,
    clock: TokioClock,
    /// How far the sandbox's clock has come.
    moved: Mutex<Duration>,
    is_down: AtomicBool,
}

impl Direct {
    /// One with what the bank needs, where everything happens at once.
    pub(crate) fn furnished() -> Self {
        Self::with(Latencies::NONE)
    }

    /// One with what the bank needs, where things take their time.
    pub(crate) fn with(latencies: Latencies) -> Self {
        let builder = Sandbox::builder().in_process().virtual_clock().latencies(latencies);
        let direct = Self::of(builder.start().unwrap());
        furnish(&direct);
        direct
    }

    pub(crate) fn of(sandbox: Sandbox) -> Self {
        let inner = Inner {
            sandbox,
            begin: Instant::now(),
            clock: TokioClock::from(BEGIN),
            moved: Mutex::default(),
            is_down: AtomicBool::new(false),
        };
        Self(Arc::new(inner))
    }

    /// From now on nobody can connect, or everybody again.
    pub(crate) fn set_down(&self, is_down: bool) {
        self.0.is_down.store(is_down, Ordering::Relaxed);
    }

    /// Lets the sandbox's clock show what tokio's does.
    pub(crate) fn catch_up(&self) {
        let now = self.0.begin.elapsed();
        let mut moved = self.0.moved.lock().unwrap();
        self.0.sandbox.advance(now.saturating_sub(*moved));
        *moved = now;
    }

    /// A client of the administrator, with the policy of everyday.
    pub(crate) fn client(&self) -> RancherClient {
        self.client_builder().transport(self.clone()).build().unwrap()
    }

    /// A client that lacks its transport.
    pub(crate) fn client_builder(&self) -> RancherBuilder {
        RancherClient::builder()
            .url(self.url())
            .credentials(Credentials::new(self.access_key(), self.secret_key()))
            .randomness(Seeded::new(1))
    }

    pub(crate) fn clock(&self) -> TokioClock {
        self.0.clock
    }

    /// A store in memory on the same clock.
    pub(crate) fn store(&self) -> MemoryStore {
        MemoryStore::new(self.clock())
    }

    /// A platform on this server and its clock, with the bank's secrets.
    pub(crate) fn platform(&self, store: impl Store + 'static) -> PlatformBuilder {
        Platform::builder()
            .store(store)
            .clock(self.clock())
            .random(SeededRandom::new(1))
            .secrets(SECRETS.into_iter().collect::<Secrets>())
            .rancher(self.client())
    }

    /// A platform on a new store, with the tenant of the bank.
    pub(crate) async fn anna(&self) -> Acting {
        self.anna_on(self.store()).await
    }

    pub(crate) async fn anna_on(&self, store: impl Store + 'static) -> Acting {
        anna(self.platform(store)).await
    }

    /// What is there of a kind, as `environment/name`, sorted. Volumes of stacks are left out.
    pub(crate) fn names(&self, kind: &str) -> Vec<String> {
        self.catch_up();
        let environments = self.resources("project");
        let stacks = self.resources("stack");
        let text =
            |value: &serde_json::Value, field: &str| value[field].as_str().unwrap_or_default().to_owned();
        let name_of = |among: &[serde_json::Value], id: &str| {
            among.iter().find(|each| each["id"] == id).map(|each| text(each, "name")).unwrap_or_default()
        };
        let mut names: Vec<String> = self
            .resources(kind)
            .iter()
            .map(|each| {
                let environment = name_of(&environments, &text(each, "accountId"));
                match kind {
                    "service" => {
                        let stack = name_of(&stacks, &text(each, "stackId"));
                        format!("{environment}/{stack}/{}", text(each, "name"))
                    }
                    _ => format!("{environment}/{}", text(each, "name")),
                }
            })
            .collect();
        names.sort();
        names
    }
}

impl Deref for Direct {
    type Target = Sandbox;

    fn deref(&self) -> &Sandbox {
        &self.0.sandbox
    }
}

impl Direct {
    /// Does what is asked, at once; gives the answer and how late it arrives.
    pub(crate) fn deliver(&self, request: Request) -> (Duration, Result<Response, TransportError>) {
        if self.0.is_down.load(Ordering::Relaxed) {
            return (
                Duration::ZERO,
                Err(TransportError::new(TransportErrorKind::Connect, "connection refused")),
            );
        }
        self.catch_up();
        let mut asked = SandboxRequest::new(request.method.as_str(), &request.url);
        if let Some(authorization) = &request.authorization {
            asked = asked.header("Authorization", authorization.expose_secret());
        }
        let limits = request.limits;
        let answer = self.answer(asked.body(request.body.unwrap_or_default()));
        let whole = answer.reply.filter(|reply| !reply.is_cut).map(|reply| {
            let mut response = Response::new(reply.status, reply.body);
            response.headers = reply.headers;
            let most = limits.of(response.status);
            response.is_cut = response.body.len() > most;
            response.body.truncate(most);
            response
        });
        let broken = || TransportError::new(TransportErrorKind::Interrupted, "the connection was cut");
        (answer.delay, whole.ok_or_else(broken))
    }
}

impl Transport for Direct {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            // Others go on while a request is on its way.
            tokio::task::yield_now().await;
            let (delay, response) = self.deliver(request);
            tokio::time::sleep(delay).await;
            response
        })
    }
}

/// When it is as the tests begin.
const BEGIN: Timestamp = Timestamp::from_millis(1_800_000_000_000);

pub(crate) async fn anna(platform: PlatformBuilder) -> Acting {
    let anna = acting(platform).await;
    anna.tenants().put(&meridian()).await.unwrap();
    anna
}

/// Whoever acts on a platform whose store has the tenant already.
pub(crate) async fn acting(platform: PlatformBuilder) -> Acting {
    platform.connect().await.unwrap().acting_as("anna@bank.test".parse().unwrap())
}

/// Plans to deploy the bank.
pub(crate) async fn planned(anna: &Acting) -> Planned {
    planned_of(anna, bank_template()).await
}

pub(crate) async fn planned_of(anna: &Acting, source: Source) -> Planned {
    let planning = anna.applications().plan(&Deploy::new("meridian", source)).await.unwrap();
    planning.planned.unwrap_or_else(|| {
        let shown: Vec<String> = planning.diagnostics.iter().map(ToString::to_string).collect();
        panic!("{}", shown.join("\n"))
    })
}

/// Plans and begins to deploy the bank.
pub(crate) async fn begun(anna: &Acting) -> Operation {
    anna.applications().begin(&planned(anna).await).await.unwrap()
}

/// Runs a future on a clock that jumps to the next thing that is waited for.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(future)
}
