//! A platform with three zones whose registries are tables that tell of what happens in them, and hands that copy.

use paas_core::{
    access::{Role, Subject},
    images::{
        Digest, ImageName, RepositoryName, Tag,
        distribution::{DistributionRule, Standing, Zone, ZoneName},
        promotion::FailureKind,
    },
    tenant::Tenant,
};
use paas_platform::{
    BoxFuture, CopyRequest, ImageRegistry, ImageTrouble, ImageZones, Platform, ZoneCopier,
    seam::{Clock, Timestamp, TokioClock},
    store::{MemoryStore, Store},
};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

pub(super) const WEB: &str = "retail-shop/web:1.4";
pub(super) const PROJECT: &str = "8a3f";
pub(super) const ZONES: [&str; 3] = ["east", "north", "south"];

/// All registries, with what they told of and what was copied.
#[derive(Clone, Debug, Default)]
pub(super) struct Registries(Arc<Mutex<Content>>);

#[derive(Debug, Default)]
pub(super) struct Content {
    images: BTreeMap<(ZoneName, ImageName), Digest>,
    down: Vec<ZoneName>,
    /// What was told of, by people's pushes and by copies.
    pub(super) events: VecDeque<(ZoneName, ImageName)>,
    /// How often something was asked for a digest.
    pub(super) asked: usize,
    /// What was copied, and where to; also what failed.
    pub(super) copies: Vec<(ZoneName, ZoneName, ImageName, Digest)>,
    pub(super) at_work: usize,
    pub(super) most: usize,
    fates: VecDeque<Fate>,
}

/// How a copy goes.
#[derive(Debug)]
pub(super) enum Fate {
    After(Duration),
    Fails(FailureKind),
    Lies,
}

impl Registries {
    pub(super) fn with<T>(&self, with: impl FnOnce(&mut Content) -> T) -> T {
        with(&mut self.0.lock().unwrap())
    }

    /// Somebody pushes; the registry tells of it.
    pub(super) fn push(&self, place: &str, image: &str, digest: &Digest) {
        self.with(|content| {
            content.images.insert((zone(place), name(image)), digest.clone());
            content.events.push_back((zone(place), name(image)));
        });
    }

    pub(super) fn delete(&self, place: &str, image: &str) {
        self.with(|content| {
            content.images.remove(&(zone(place), name(image)));
            content.events.push_back((zone(place), name(image)));
        });
    }

    pub(super) fn get(&self, place: &str, image: &str) -> Option<Digest> {
        self.with(|content| content.images.get(&(zone(place), name(image))).cloned())
    }

    pub(super) fn set_down(&self, place: &str, is_down: bool) {
        self.with(|content| {
            content.down.retain(|down| *down != zone(place));
            if is_down {
                content.down.push(zone(place));
            }
        });
    }

    pub(super) fn next(&self, fate: Fate) {
        self.with(|content| content.fates.push_back(fate));
    }

    pub(super) fn copies(&self) -> usize {
        self.with(|content| content.copies.len())
    }

    fn read<T>(&self, zone: &ZoneName, read: impl FnOnce(&mut Content) -> T) -> Result<T, ImageTrouble> {
        self.with(|content| {
            if content.down.contains(zone) {
                return Err(ImageTrouble::new(FailureKind::Unreachable, "no connection"));
            }
            Ok(read(content))
        })
    }
}

/// The registry of one zone.
#[derive(Clone, Debug)]
struct Shelf(Registries, ZoneName);

impl ImageRegistry for Shelf {
    fn digest<'a>(&'a self, image: &'a ImageName) -> BoxFuture<'a, Result<Option<Digest>, ImageTrouble>> {
        Box::pin(async move {
            self.0.read(&self.1, |content| {
                content.asked += 1;
                content.images.get(&(self.1.clone(), image.clone())).cloned()
            })
        })
    }

    fn tags<'a>(&'a self, repository: &'a RepositoryName) -> BoxFuture<'a, Result<Vec<Tag>, ImageTrouble>> {
        Box::pin(async move {
            self.0.read(&self.1, |content| {
                let of = content.images.keys();
                let of = of.filter(|(zone, image)| *zone == self.1 && image.repository == *repository);
                of.map(|(_, image)| image.tag.clone()).collect()
            })
        })
    }

    fn repositories<'a>(
        &'a self,
        namespace: &'a str,
    ) -> BoxFuture<'a, Result<Vec<RepositoryName>, ImageTrouble>> {
        Box::pin(async move {
            self.0.read(&self.1, |content| {
                let of = content.images.keys();
                let of = of.filter(|(zone, image)| *zone == self.1 && image.namespace() == Some(namespace));
                let mut all: Vec<_> = of.map(|(_, image)| image.repository.clone()).collect();
                all.dedup();
                all
            })
        })
    }
}

/// A copy that is at work, however it ends.
struct AtWork(Registries);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.with(|content| content.at_work -= 1);
    }
}

impl ZoneCopier for Registries {
    fn copy<'a>(
        &'a self,
        from: &'a ZoneName,
        to: &'a ZoneName,
        request: CopyRequest,
    ) -> BoxFuture<'a, Result<(), ImageTrouble>> {
        Box::pin(async move {
            let fate = self.with(|content| {
                let what = (from.clone(), to.clone(), request.image.clone(), request.digest.clone());
                content.copies.push(what);
                content.at_work += 1;
                content.most = content.most.max(content.at_work);
                content.fates.pop_front()
            });
            let _at_work = AtWork(self.clone());
            match fate {
                Some(Fate::After(time)) => tokio::time::sleep(time).await,
                Some(Fate::Fails(kind)) => return Err(ImageTrouble::new(kind, "the copier says so")),
                Some(Fate::Lies) => return Ok(()),
                None => {}
            }
            let trouble = |kind| ImageTrouble::new(kind, "the copier says so");
            let has = self.read(from, |content| {
                let mut images = content.images.iter();
                images.any(|((zone, _), digest)| zone == from && *digest == request.digest)
            })?;
            if !has {
                return Err(trouble(FailureKind::SourceMissing));
            }
            self.read(to, |content| {
                let key = (to.clone(), request.image.clone());
                let there = content.images.get(&key);
                if there.is_some_and(|there| *there != request.digest && !request.replaces.contains(there)) {
                    return Err(trouble(FailureKind::TagConflict));
                }
                content.images.insert(key, request.digest.clone());
                // What a copy puts is told of, as what anybody puts.
                content.events.push_back((to.clone(), request.image.clone()));
                Ok(())
            })?
        })
    }
}

/// All that a test holds in its hand.
pub(super) struct World {
    pub(super) registries: Registries,
    pub(super) store: Arc<MemoryStore>,
    pub(super) clock: TokioClock,
    pub(super) platform: Platform,
}

impl World {
    /// A tenant `retail` with the namespace `retail-shop`, in all three zones.
    pub(super) async fn new() -> Self {
        let clock = TokioClock::from(Timestamp::from_millis(1_800_000_000_000));
        let store = Arc::new(MemoryStore::new(clock));
        let registries = Registries::default();
        let platform = process(&registries, &store, clock, "one").await;
        let world = Self { registries, store, clock, platform };
        let mut tenant = Tenant::new("retail");
        tenant.project = Some(PROJECT.to_owned());
        let trusted = world.platform.acting_as("anna@bank.test".parse().unwrap());
        trusted.tenants().put(&tenant).await.unwrap();
        trusted.namespaces().create("retail", "retail-shop").await.unwrap();
        trusted.zones().set_rule("retail-shop", rule(&ZONES)).await.unwrap();
        world
    }

    /// Another process on the same store and registries, with a clock of its own.
    pub(super) async fn another(&self, name: &str, clock: impl Clock + 'static) -> ImageZones {
        let platform = process(&self.registries, &self.store, clock, name).await;
        platform.acting_as("zones".parse().unwrap()).zones()
    }

    /// Whoever embeds the platform.
    pub(super) fn zones(&self) -> ImageZones {
        self.platform.acting_as("zones".parse().unwrap()).zones()
    }

    /// A user with a role in the tenant, who belongs to the namespace.
    pub(super) fn as_role(&self, role: Role) -> ImageZones {
        let user = Subject::new("5f3c").with_name("ben").with_tenant(PROJECT, role);
        self.platform.acting_for(user.with_namespace("retail-shop")).unwrap().zones()
    }

    /// Tells of what the registries told of, each once, looks, and copies, until nothing is told and nothing is due.
    pub(super) async fn settle(&self) {
        let zones = self.zones();
        for _ in 0..1_000 {
            let events = self.registries.with(|content| std::mem::take(&mut content.events));
            let is_told = !events.is_empty();
            for (zone, image) in events {
                zones.notice(&zone, [image]);
            }
            pass(2).await;
            zones.look_at_noticed().await.unwrap();
            if !carry_on(&zones).await && !is_told {
                return;
            }
        }
        panic!("it does not come to rest");
    }

    pub(super) async fn standing(&self, place: &str) -> Standing {
        self.zones().read(&name(WEB)).await.unwrap().standings[&zone(place)].clone()
    }

    /// How a zone stands with the namespace, in words.
    pub(super) async fn status(&self, place: &str) -> String {
        self.zones().status("retail").await.unwrap()[0].zones[&zone(place)].to_string()
    }
}

/// Copies what is due, and waits for it; tells whether there was something.
pub(super) async fn carry_on(zones: &ImageZones) -> bool {
    let copies = zones.carry_on(4).await.unwrap();
    let is_some = !copies.is_empty();
    for copy in copies {
        copy.wait().await;
    }
    is_some
}

async fn process(
    registries: &Registries,
    store: &Arc<MemoryStore>,
    clock: impl Clock + 'static,
    name: &str,
) -> Platform {
    let store: Arc<dyn Store> = Arc::<MemoryStore>::clone(store);
    let mut builder = Platform::builder().store(store).clock(clock).process(name);
    for place in ZONES {
        let shelf = Shelf(registries.clone(), zone(place));
        builder = builder.zone(Zone::new(zone(place), format!("registry.{place}.bank.test")), shelf);
    }
    builder.zone_copier(registries.clone()).connect().await.unwrap()
}

pub(super) fn rule(zones: &[&str]) -> DistributionRule {
    DistributionRule::new(zones.iter().map(|name| zone(name))).unwrap()
}

pub(super) fn zone(name: &str) -> ZoneName {
    name.parse().unwrap()
}

pub(super) fn name(image: &str) -> ImageName {
    image.parse().unwrap()
}

/// A digest of one's choice.
pub(super) fn digest(number: u8) -> Digest {
    format!("sha256:{}", format!("{number:02x}").repeat(32)).parse().unwrap()
}

pub(super) async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}
