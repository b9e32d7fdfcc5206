use crate::{
    Fault, Latencies, RequestRecord, api,
    clock::Clock,
    schema::Schema,
    server::{self, Server, Shared, lock},
    world::{Settings, World},
};
use serde_json::Value;
use std::{
    fmt, io,
    sync::{Arc, Mutex},
    time::Duration,
};

/// A running stand-in for Rancher. It stops when it is dropped.
///
/// It has a thread of its own, so it serves blocking and async code alike; [in process](Builder::in_process) it has
/// none, and answers whoever calls [`answer`](Self::answer).
///
/// ```
/// use paas_sandbox::Sandbox;
///
/// let sandbox = Sandbox::start()?;
/// let environment = sandbox.environment("office");
/// assert!(environment.id.starts_with("1a"));
/// println!("{} with {}", sandbox.api_url(), sandbox.access_key());
/// sandbox.stop();
/// # Ok::<(), paas_sandbox::StartError>(())
/// ```
pub struct Sandbox {
    pub(crate) world: Shared,
    /// None if it answers in process only.
    server: Option<Server>,
    url: String,
    access_key: String,
    secret_key: String,
}

/// The address of a sandbox that does not listen. No service has port 1, so who connects by mistake is told at once.
const NOWHERE: &str = "http://127.0.0.1:1";

/// How a sandbox is to be.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is started"]
pub struct Builder {
    port: u16,
    in_process: bool,
    seed: u64,
    clock: Clock,
    latencies: Latencies,
    settings: Settings,
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port is taken, or the system gives no thread or socket.
    #[error("the sandbox could not listen on port {port} of 127.0.0.1")]
    Listen {
        /// The port asked for; 0 is any.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The sandbox's own table of types has a fault.
    #[error("the sandbox's table of types is broken: {fault}")]
    Table {
        /// Where and what.
        fault: &'static str,
    },
}

/// An environment that a sandbox was filled with, and the key of it alone.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Environment {
    /// Its id, such as `1a5`.
    pub id: String,
    /// The access key of the environment.
    pub access_key: String,
    /// The secret key that goes with it.
    pub secret_key: String,
}

/// A person who is no administrator, with a key.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Person {
    /// The id of the account, for the members of an environment.
    pub id: String,
    /// The access key of the account.
    pub access_key: String,
    /// The secret key that goes with it.
    pub secret_key: String,
}

impl Sandbox {
    /// Starts one on a free port of loopback, with a real clock.
    ///
    /// # Errors
    ///
    /// [`StartError`] if the system gives no socket or thread.
    pub fn start() -> Result<Self, StartError> {
        Self::builder().start()
    }

    /// For one that is not as usual.
    pub fn builder() -> Builder {
        Builder {
            port: 0,
            in_process: false,
            seed: 1,
            clock: Clock::real(),
            latencies: Latencies::default(),
            settings: Settings::default(),
        }
    }

    /// Stops it, with all its connections.
    pub fn stop(mut self) {
        if let Some(server) = &mut self.server {
            server.stop();
        }
    }

    /// Where it is, such as `http://127.0.0.1:40123`; `http://127.0.0.1:1` if it answers
    /// [in process](Builder::in_process) only, where nothing listens.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where its API is: [`url`](Self::url) with `/v2-beta`.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("{}/v2-beta", self.url)
    }

    /// The administrator's access key.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.access_key
    }

    /// The administrator's secret key. It opens nothing but this sandbox.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        &self.secret_key
    }

    /// Adds an environment that is active at once, with hosts and a key of its own.
    pub fn environment(&self, name: &str) -> Environment {
        let mut world = lock(&self.world);
        world.catch_up();
        let id = world.seed_environment(name).map(|(_, id)| id).unwrap_or_default();
        let (access_key, secret_key) = world.seed_key(&id);
        Environment { id, access_key, secret_key }
    }

    /// Adds a person, who sees only the environments whose members name the account.
    pub fn person(&self, name: &str) -> Person {
        let mut world = lock(&self.world);
        let id = world.seed_person(name);
        let (access_key, secret_key) = world.seed_key(&id);
        Person { id, access_key, secret_key }
    }

    /// Adds a certificate to an environment, for load balancers that name it. Answers whether there is the environment.
    pub fn certificate(&self, environment: &str, name: &str) -> bool {
        let mut world = lock(&self.world);
        let kind = world.schema.named("project");
        let project = kind.and_then(|kind| world.find(kind, environment)).map(|project| project.id);
        if let Some(project) = project {
            world.seed_certificate(project, name);
        }
        project.is_some()
    }

    /// Moves the clock on, and lets everything happen that is due by then. Only a virtual clock can be moved; the answer
    /// is whether it was.
    pub fn advance(&self, by: Duration) -> bool {
        let mut world = lock(&self.world);
        let moved = world.clock.advance(u64::try_from(by.as_millis()).unwrap_or(u64::MAX));
        world.catch_up();
        moved
    }

    /// Lets something go wrong.
    pub fn add_fault(&self, fault: Fault) {
        lock(&self.world).faults.add(fault);
    }

    /// Lets nothing go wrong any more. Services that waited for that go on.
    pub fn clear_faults(&self) {
        lock(&self.world).faults.clear();
    }

    /// The requests so far, in the order in which they came; of very many the last 100 000 or so.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestRecord> {
        lock(&self.world).log.clone()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        lock(&self.world).log.clear();
    }

    /// All resources of a type that are not removed, of all environments, in the order in which they were made and as an
    /// administrator sees them. `kind` is the name of a type, such as `project`, `stack`, `volume` or
    /// `loadBalancerService`; `service` gives services of all kinds. A type that the sandbox does not have has none.
    ///
    /// Neither the log nor a fault sees it.
    ///
    /// ```
    /// let sandbox = paas_sandbox::Sandbox::builder().in_process().start()?;
    /// sandbox.environment("office");
    /// assert_eq!(sandbox.resources("project")[0]["name"], "office");
    /// assert!(sandbox.resources("stack").is_empty());
    /// # Ok::<(), paas_sandbox::StartError>(())
    /// ```
    #[must_use]
    pub fn resources(&self, kind: &str) -> Vec<Value> {
        let mut world = lock(&self.world);
        world.catch_up();
        api::resources(&world, kind, &self.url)
    }
}

/// Where it is; neither its keys nor its world.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Builder {
    /// A port of loopback of your choice.
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// No socket and no thread: it answers by [`Sandbox::answer`] only, for simulations in which nothing but a virtual
    /// clock moves time. The port does not matter then, and [`Sandbox::url`] is an address at which nothing listens.
    pub fn in_process(self) -> Self {
        Self { in_process: true, ..self }
    }

    /// What ids, keys and jitter follow from. The same seed and the same requests give the same answers.
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// A clock that stands still until [`Sandbox::advance`].
    pub fn virtual_clock(self) -> Self {
        Self { clock: Clock::stopped(), ..self }
    }

    /// How long things take.
    pub fn latencies(self, latencies: Latencies) -> Self {
        Self { latencies, ..self }
    }

    /// The version that the setting `rancher.server.version` says; `v1.6.30` if not given.
    pub fn version(self, version: &str) -> Self {
        let settings = Settings { version: version.to_owned(), ..self.settings };
        Self { settings, ..self }
    }

    /// How many hosts each new environment has; 1 if not given.
    pub fn hosts(self, hosts: u32) -> Self {
        let settings = Settings { hosts, ..self.settings };
        Self { settings, ..self }
    }

    /// No region. A fresh Rancher has none, and then links between environments by name lead nowhere; a sandbox has the
    /// region `local` unless you say this.
    pub fn without_region(self) -> Self {
        let settings = Settings { region: None, ..self.settings };
        Self { settings, ..self }
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// [`StartError`] if the port is taken or the system gives no socket or thread.
    pub fn start(self) -> Result<Sandbox, StartError> {
        let Self { port, in_process, seed, clock, latencies, settings } = self;
        let failed = |source| StartError::Listen { port, source };
        let schema = Schema::table().map_err(|fault| StartError::Table { fault })?;
        let listener = if in_process { None } else { Some(server::listen(port).map_err(failed)?) };
        let url = match &listener {
            Some(listener) => format!("http://{}", listener.local_addr().map_err(failed)?),
            None => NOWHERE.to_owned(),
        };
        let mut world = World::new(schema, clock, seed, latencies, settings);
        let (access_key, secret_key) = world.furnish(&url);
        let world = Arc::new(Mutex::new(world));
        let start = |listener| Server::start(listener, Arc::clone(&world)).map_err(failed);
        let server = listener.map(start).transpose()?;
        Ok(Sandbox { world, server, url, access_key, secret_key })
    }
}
