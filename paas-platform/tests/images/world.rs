//! A platform with two registries that are tables, and hands that copy from one to the other.

use paas_core::{
    access::{Role, Subject},
    images::{
        Digest, ImageName, RepositoryName, Tag,
        promotion::{Change, FailureKind, Period, StateName, SyncRule},
    },
    tenant::Tenant,
};
use paas_platform::{
    BoxFuture, CopyProgress, CopyRequest, ImageCopier, ImageNotice, ImageRegistry, ImageTrouble, Images,
    Mall, Platform, PlatformBuilder,
    seam::{Clock, Timestamp, TokioClock},
    store::{Batch, Kind, MemoryStore, Store},
};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

pub(super) const WEB: &str = "retail-shop/web:1.4";
pub(super) const PROJECT: &str = "8a3f";

/// A registry: what is under which name. It can be down.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf(Arc<Mutex<Content>>);

#[derive(Debug, Default)]
struct Content {
    images: BTreeMap<ImageName, Digest>,
    is_down: bool,
    /// It takes every question, and never answers.
    hangs: bool,
    /// So long it takes to answer.
    delay: Duration,
    asked: usize,
    /// Whether it lists all its repositories at once, and how often it was asked to.
    lists_all: bool,
    listed: usize,
}

impl Shelf {
    pub(super) fn put(&self, image: &str, digest: &Digest) {
        self.0.lock().unwrap().images.insert(image.parse().unwrap(), digest.clone());
    }

    pub(super) fn remove(&self, image: &str) {
        self.0.lock().unwrap().images.remove(&image.parse().unwrap());
    }

    pub(super) fn get(&self, image: &str) -> Option<Digest> {
        self.0.lock().unwrap().images.get(&image.parse().unwrap()).cloned()
    }

    pub(super) fn set_down(&self, is_down: bool) {
        self.0.lock().unwrap().is_down = is_down;
    }

    pub(super) fn set_hanging(&self, hangs: bool) {
        self.0.lock().unwrap().hangs = hangs;
    }

    pub(super) fn set_delay(&self, delay: Duration) {
        self.0.lock().unwrap().delay = delay;
    }

    pub(super) fn set_listing_all(&self) {
        self.0.lock().unwrap().lists_all = true;
    }

    /// How often it was asked for all its repositories.
    pub(super) fn listed(&self) -> usize {
        self.0.lock().unwrap().listed
    }

    /// How often it was asked for a digest.
    pub(super) fn asked(&self) -> usize {
        self.0.lock().unwrap().asked
    }

    async fn answers(&self) {
        let (hangs, delay) = {
            let content = self.0.lock().unwrap();
            (content.hangs, content.delay)
        };
        if hangs {
            std::future::pending::<()>().await;
        }
        if delay > Duration::ZERO {
            tokio::time::sleep(delay).await;
        }
    }

    fn read<T>(&self, read: impl FnOnce(&mut Content) -> T) -> Result<T, ImageTrouble> {
        let mut content = self.0.lock().unwrap();
        if content.is_down {
            return Err(ImageTrouble::new(FailureKind::Unreachable, "no connection"));
        }
        Ok(read(&mut content))
    }
}

impl ImageRegistry for Shelf {
    fn digest<'a>(&'a self, image: &'a ImageName) -> BoxFuture<'a, Result<Option<Digest>, ImageTrouble>> {
        Box::pin(async move {
            self.0.lock().unwrap().asked += 1;
            self.answers().await;
            self.read(|content| content.images.get(image).cloned())
        })
    }

    fn tags<'a>(&'a self, repository: &'a RepositoryName) -> BoxFuture<'a, Result<Vec<Tag>, ImageTrouble>> {
        Box::pin(async move {
            self.answers().await;
            self.read(|content| {
                let of = content.images.keys().filter(|image| image.repository == *repository);
                of.map(|image| image.tag.clone()).collect()
            })
        })
    }

    fn repositories<'a>(
        &'a self,
        namespace: &'a str,
    ) -> BoxFuture<'a, Result<Vec<RepositoryName>, ImageTrouble>> {
        Box::pin(async move {
            self.answers().await;
            self.read(|content| {
                let of = content.images.keys().filter(|image| image.namespace() == Some(namespace));
                let mut all: Vec<_> = of.map(|image| image.repository.clone()).collect();
                all.dedup();
                all
            })
        })
    }

    fn catalogue(&self) -> BoxFuture<'_, Result<Option<Vec<RepositoryName>>, ImageTrouble>> {
        Box::pin(async move {
            if !self.0.lock().unwrap().lists_all {
                return Ok(None);
            }
            self.0.lock().unwrap().listed += 1;
            self.answers().await;
            self.read(|content| {
                let mut all: Vec<_> = content.images.keys().map(|image| image.repository.clone()).collect();
                all.dedup();
                Some(all)
            })
        })
    }
}

/// How a copy goes.
#[derive(Debug)]
pub(super) enum Fate {
    /// It takes so long, and works.
    After(Duration),
    /// So many times a minute passes, and it is further.
    InMinutes(u64),
    /// It fails.
    Fails(FailureKind),
    /// It says that it is done, and did nothing.
    Lies,
}

/// Copies from one shelf to the other, as it is told; by default at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Hands {
    test: Shelf,
    production: Shelf,
    fates: Arc<Mutex<VecDeque<Fate>>>,
    pub(super) begun: Arc<AtomicUsize>,
    at_work: Arc<AtomicUsize>,
    /// The most copies that there were at once.
    pub(super) most: Arc<AtomicUsize>,
}

impl Hands {
    pub(super) fn next(&self, fate: Fate) {
        self.fates.lock().unwrap().push_back(fate);
    }

    pub(super) fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    fn put(&self, request: &CopyRequest) -> Result<(), ImageTrouble> {
        let trouble = |kind| ImageTrouble::new(kind, "the copier says so");
        let name = request.image.to_string();
        if self.test.0.lock().unwrap().images.values().all(|digest| *digest != request.digest) {
            return Err(trouble(FailureKind::SourceMissing));
        }
        let there = self.production.read(|content| content.images.get(&request.image).cloned())?;
        if there.is_some_and(|there| there != request.digest && !request.replaces.contains(&there)) {
            return Err(trouble(FailureKind::TagConflict));
        }
        self.production.put(&name, &request.digest);
        Ok(())
    }
}

/// A copy that is at work, however it ends.
struct AtWork(Arc<AtomicUsize>);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl ImageCopier for Hands {
    fn copy<'a>(&'a self, request: CopyRequest) -> BoxFuture<'a, Result<(), ImageTrouble>> {
        Box::pin(async move {
            self.begun.fetch_add(1, Ordering::SeqCst);
            let now = self.at_work.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            let _at_work = AtWork(Arc::clone(&self.at_work));
            let fate = self.fates.lock().unwrap().pop_front();
            request.progress.tell(CopyProgress::new((0, 3), (0, 300), 0));
            match fate {
                None => self.put(&request),
                Some(Fate::After(time)) => {
                    tokio::time::sleep(time).await;
                    request.progress.tell(CopyProgress::new((3, 3), (300, 300), 300));
                    self.put(&request)
                }
                Some(Fate::InMinutes(minutes)) => {
                    for minute in 1..=minutes {
                        tokio::time::sleep(Duration::from_secs(60)).await;
                        request.progress.tell(CopyProgress::new((0, 3), (minute, 300), minute));
                    }
                    self.put(&request)
                }
                Some(Fate::Fails(kind)) => Err(ImageTrouble::new(kind, "the copier says so")),
                Some(Fate::Lies) => Ok(()),
            }
        })
    }
}

/// All that a test holds in its hand.
pub(super) struct World {
    pub(super) test: Shelf,
    pub(super) production: Shelf,
    pub(super) hands: Hands,
    pub(super) store: Arc<MemoryStore>,
    pub(super) clock: TokioClock,
    pub(super) platform: Platform,
    pub(super) told: Arc<Mutex<Vec<ImageNotice>>>,
}

impl World {
    /// A tenant `retail` with the namespace `retail-shop`, in production, with a rule.
    pub(super) async fn new(rule: Option<SyncRule>) -> Self {
        let clock = TokioClock::from(Timestamp::from_millis(1_800_000_000_000));
        let store = Arc::new(MemoryStore::new(clock));
        let (test, production) = (Shelf::default(), Shelf::default());
        let hands = Hands { test: test.clone(), production: production.clone(), ..Hands::default() };
        let told: Arc<Mutex<Vec<ImageNotice>>> = Arc::default();
        let platform = Self::process(&test, &production, &hands, &store, clock, &told, "one").await;
        let world = Self { test, production, hands, store, clock, platform, told };
        let mut tenant = Tenant::new("retail");
        tenant.project = Some(PROJECT.to_owned());
        let trusted = world.platform.acting_as("anna@bank.test".parse().unwrap());
        trusted.tenants().put(&tenant).await.unwrap();
        trusted.namespaces().create("retail", "retail-shop").await.unwrap();
        trusted.namespaces().open_in_production("retail", "retail-shop").await.unwrap();
        trusted.namespaces().set_sync_rule("retail", "retail-shop", rule).await.unwrap();
        world
    }

    /// Another tenant, with a namespace in production of its name and the same rule.
    pub(super) async fn tenant(&self, name: &str, rule: Option<SyncRule>) {
        let trusted = self.platform.acting_as("anna@bank.test".parse().unwrap());
        trusted.tenants().put(&Tenant::new(name)).await.unwrap();
        trusted.namespaces().create(name, name).await.unwrap();
        trusted.namespaces().open_in_production(name, name).await.unwrap();
        trusted.namespaces().set_sync_rule(name, name, rule).await.unwrap();
    }

    /// Writes something that nobody can read in place of a record.
    pub(super) async fn spoil(&self, kind: Kind, key: &str) {
        let record = self.store.read(kind.clone(), key).await.unwrap().unwrap();
        let later = br#"{"format":99,"value":[]}"#;
        self.store.commit(Batch::new().put(kind, key, record.version, later)).await.unwrap();
    }

    async fn process(
        test: &Shelf,
        production: &Shelf,
        hands: &Hands,
        store: &Arc<MemoryStore>,
        clock: impl Clock + 'static,
        told: &Arc<Mutex<Vec<ImageNotice>>>,
        name: &str,
    ) -> Platform {
        let told = Arc::clone(told);
        builder(store)
            .registries(test.clone(), production.clone(), hands.clone())
            .image_hook(move |notice: &ImageNotice| told.lock().unwrap().push(notice.clone()))
            .clock(clock)
            .process(name)
            .connect()
            .await
            .unwrap()
    }

    /// Another process on the same store and registries.
    pub(super) async fn another(&self, name: &str) -> Platform {
        self.another_at(name, self.clock).await
    }

    /// The same with a clock of its own.
    pub(super) async fn another_at(&self, name: &str, clock: impl Clock + 'static) -> Platform {
        Self::process(&self.test, &self.production, &self.hands, &self.store, clock, &self.told, name).await
    }

    /// Whoever embeds the platform.
    pub(super) fn images(&self) -> Images {
        self.platform.acting_as("images".parse().unwrap()).images()
    }

    /// The mall, for whoever embeds the platform.
    pub(super) fn mall(&self, actor: &str) -> Mall {
        self.platform.acting_as(actor.parse().unwrap()).mall()
    }

    /// The mall, for a user.
    pub(super) fn mall_for(&self, subject: Subject) -> Mall {
        self.platform.acting_for(subject).unwrap().mall()
    }

    /// A user with a role in the tenant, who belongs to the namespace.
    pub(super) fn as_role(&self, role: Role) -> Images {
        let user = Subject::new("5f3c").with_name("ben").with_tenant(PROJECT, role);
        self.platform.acting_for(user.with_namespace("retail-shop")).unwrap().images()
    }

    /// Pushes, and lets the platform look.
    pub(super) async fn push(&self, image: &str, digest: &Digest) {
        self.test.put(image, digest);
        self.images().look(&name(image)).await.unwrap();
    }

    /// The same, and somebody releases it, whoever's it is.
    pub(super) async fn release_any(&self, image: &str, digest: &Digest) {
        self.push(image, digest).await;
        self.images().release(&name(image), digest).await.unwrap();
    }

    /// The same, and a senior member releases it.
    pub(super) async fn release(&self, image: &str, digest: &Digest) {
        self.push(image, digest).await;
        self.as_role(Role::SeniorMember).release(&name(image), digest).await.unwrap();
    }

    pub(super) async fn state(&self, image: &str) -> StateName {
        self.images().read(&name(image)).await.unwrap().status
    }

    /// What was told of since the last time, as words.
    pub(super) fn told(&self) -> Vec<String> {
        let told = std::mem::take(&mut *self.told.lock().unwrap());
        let words = told.into_iter().map(|notice| match notice {
            ImageNotice::Changed { change, .. } => change.what.to_string(),
            ImageNotice::Publication(publication) => {
                format!("{} {} {}", publication.image, publication.digest.short(), publication.status)
            }
            other => format!("{other:?}"),
        });
        words.collect()
    }

    /// Does what is due, and waits until the copies have ended.
    pub(super) async fn carry_on(&self) -> Vec<Option<Change>> {
        let mut ends = Vec::new();
        for copy in self.images().carry_on(4).await.unwrap() {
            ends.push(copy.wait().await);
        }
        ends
    }
}

fn builder(store: &Arc<MemoryStore>) -> PlatformBuilder {
    let store: Arc<dyn Store> = Arc::<MemoryStore>::clone(store);
    Platform::builder().store(store)
}

pub(super) fn name(image: &str) -> ImageName {
    image.parse().unwrap()
}

/// A digest of one's choice.
pub(super) fn digest(number: u8) -> Digest {
    format!("sha256:{}", format!("{number:02x}").repeat(32)).parse().unwrap()
}

pub(super) fn automatic() -> Option<SyncRule> {
    Some(SyncRule::Automatic { period: Period::from_seconds(600).unwrap() })
}

pub(super) async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}
