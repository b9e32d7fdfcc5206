//! A platform between two Harbors, each a sandbox of its own.

use paas_client::{
    HarborClient, Limits, RetryPolicy,
    harbor::{Login, NewRegistry, RegistryCredential, RegistryKind},
    transport::{HttpTransport, Request, Response, Tls, Transport, TransportError},
};
use paas_core::{
    access::{Registry, Role, Subject},
    images::{
        Digest, ImageName,
        promotion::{Change, State, StateName, SyncRule},
    },
    tenant::Tenant,
};
use paas_platform::{
    BoxFuture, HarborCopier, HarborRegistry, Images, Platform, PlatformBuilder, seam::SystemClock,
    store::MemoryStore,
};
use paas_sandbox::{HarborPush, Latencies, Sandbox};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

pub(super) const NAMESPACE: &str = "retail-shop";
pub(super) const WEB: &str = "retail-shop/team/web:1.4";
pub(super) const REPOSITORY: &str = "team/web";

/// What was asked for, by all clients.
pub(super) type Tape = Arc<Mutex<Vec<Request>>>;

pub(super) struct Harbors {
    pub(super) test: Sandbox,
    pub(super) production: Sandbox,
    pub(super) tape: Tape,
}

impl Harbors {
    /// Production reaches test; a replication takes so many milliseconds.
    pub(super) fn new(replication: u64) -> Self {
        let this = Self::apart(replication);
        assert!(this.production.harbor_reaches(&this.test));
        this
    }

    /// Neither reaches the other.
    pub(super) fn apart(replication: u64) -> Self {
        let start = || {
            let latencies = Latencies { replication, ..Latencies::NONE };
            Sandbox::builder().latencies(latencies).start().unwrap()
        };
        Self { test: start(), production: start(), tape: Tape::default() }
    }

    pub(super) fn client(&self, sandbox: &Sandbox) -> HarborClient {
        let admin = sandbox.harbor_admin();
        HarborClient::builder()
            .url(sandbox.url())
            .login(Login::user(admin.name, admin.password))
            .retry(RetryPolicy { first_pause: Duration::from_millis(2), ..RetryPolicy::default() })
            .transport(Recorder {
                to: HttpTransport::new(&Limits::default(), &Tls::default()).unwrap(),
                tape: Arc::clone(&self.tape),
            })
            .build()
            .unwrap()
    }

    /// How one of them is reached, as a user of it.
    pub(super) fn endpoint(name: &str, sandbox: &Sandbox, user: &str) -> NewRegistry {
        let user = sandbox.harbor_user(user);
        NewRegistry::new(name, RegistryKind::Harbor, sandbox.url())
            .credential(RegistryCredential::basic(user.name, user.password))
    }

    /// Production fetches.
    pub(super) fn copier(&self) -> HarborCopier {
        self.copier_from(Self::endpoint("test", &self.test, "admin"))
    }

    pub(super) fn copier_from(&self, endpoint: NewRegistry) -> HarborCopier {
        let (test, production) = (self.client(&self.test), self.client(&self.production));
        HarborCopier::pulling(test, production, endpoint).looking_every(Duration::from_millis(10))
    }

    /// A platform with the namespace of the tests in both, copied by hand.
    pub(super) async fn platform(&self, copier: HarborCopier) -> Platform {
        let builder = self.builder(copier).harbor(Registry::Production, self.client(&self.production));
        Self::connect(builder).await
    }

    pub(super) fn builder(&self, copier: HarborCopier) -> PlatformBuilder {
        self.bare(copier).harbor(Registry::Test, self.client(&self.test))
    }

    /// Without the Harbors: whose projects are whose is not asked.
    pub(super) fn bare(&self, copier: HarborCopier) -> PlatformBuilder {
        let (test, production) = (self.client(&self.test), self.client(&self.production));
        Platform::builder().store(MemoryStore::new(SystemClock::new())).registries(
            HarborRegistry::new(test),
            HarborRegistry::new(production),
            copier,
        )
    }

    pub(super) async fn connect(builder: PlatformBuilder) -> Platform {
        let platform = builder.connect().await.unwrap();
        let trusted = platform.acting_as("anna@bank.test".parse().unwrap());
        let mut tenant = Tenant::new("retail");
        tenant.project = Some("8a3f".to_owned());
        trusted.tenants().put(&tenant).await.unwrap();
        trusted.namespaces().create("retail", NAMESPACE).await.unwrap();
        trusted.namespaces().open_in_production("retail", NAMESPACE).await.unwrap();
        trusted.namespaces().set_sync_rule("retail", NAMESPACE, Some(SyncRule::Manual)).await.unwrap();
        platform
    }

    /// Somebody pushes.
    pub(super) fn push(sandbox: &Sandbox, tag: &str, digest: &Digest) {
        assert!(
            sandbox.harbor_push(&HarborPush::new(NAMESPACE, REPOSITORY, &digest.to_string()).tag(tag)),
            "{tag}"
        );
    }

    /// What production has, by its tags.
    pub(super) fn in_production(&self) -> Vec<(String, String)> {
        self.production.harbor_tags(NAMESPACE, REPOSITORY)
    }

    /// The requests for a part of the API of production that ask for a change.
    pub(super) fn changes(&self, part: &str) -> Vec<String> {
        let log = self.production.requests();
        let of = log.iter().filter(|request| request.is_mutating() && request.path.contains(part));
        of.map(|request| format!("{} {}", request.method, request.status)).collect()
    }
}

pub(super) fn images(platform: &Platform) -> Images {
    platform.acting_as("images".parse().unwrap()).images()
}

pub(super) fn senior(platform: &Platform) -> Images {
    let user = Subject::new("5f3c").with_name("ben").with_tenant("8a3f", Role::SeniorMember);
    platform.acting_for(user.with_namespace(NAMESPACE)).unwrap().images()
}

/// What is under the name in test is seen and released.
pub(super) async fn release(platform: &Platform, image: &str, digest: &Digest) {
    images(platform).look(&name(image)).await.unwrap();
    senior(platform).release(&name(image), digest).await.unwrap();
}

/// It is copied now; what came of it, and how far it is.
pub(super) async fn sync(platform: &Platform, image: &str) -> (Change, State) {
    let (_, copy) = senior(platform).sync(&name(image)).await.unwrap();
    let change = copy.unwrap().wait().await.unwrap();
    (change, images(platform).read(&name(image)).await.unwrap().image.state)
}

pub(super) async fn state(platform: &Platform, image: &str) -> StateName {
    images(platform).read(&name(image)).await.unwrap().status
}

pub(super) fn name(image: &str) -> ImageName {
    image.parse().unwrap()
}

pub(super) fn digest(number: u8) -> Digest {
    super::super::world::digest(number)
}

/// Writes down what goes through it.
#[derive(Debug)]
struct Recorder {
    to: HttpTransport,
    tape: Tape,
}

impl Transport for Recorder {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        self.tape.lock().unwrap().push(request.clone());
        self.to.send(request)
    }
}
