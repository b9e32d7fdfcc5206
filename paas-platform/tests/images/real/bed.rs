//! Two registries with a platform between them, and images in them.

use super::{
    super::notified,
    proxy::Proxy,
    server::{Disk, Registry, program},
};
use paas_client::{
    RegistryClient, RetryPolicy,
    notification::HeaderSecret,
    registry::{Descriptor, Manifest, Reference, RepositoryName, UploadBody, media_type},
};
use paas_core::{
    images::{
        Digest, ImageName,
        promotion::{Period, State, StateName, SyncRule},
    },
    tenant::Tenant,
};
use paas_platform::{
    Acting, BoxFuture, ErrorKind, ImageCopy, ImageStatus, Images, Platform, RegistryCopier,
    seam::{Clock, SystemClock, Timestamp},
    store::Store,
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, OnceLock, atomic::AtomicUsize},
    time::{Duration, SystemTime},
};

/// A clock by which a minute takes three seconds, since leases are a minute. It is the same in each process that is told when
/// it began.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hurried(pub(super) SystemTime);

impl Hurried {
    const TIMES: u32 = 20;
}

impl Clock for Hurried {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000).plus(self.0.elapsed().unwrap() * Self::TIMES)
    }

    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()> {
        SystemClock::new().sleep(how_long / Self::TIMES)
    }
}

/// The two registries; all that goes to production is counted on its way.
pub(super) struct Registries {
    pub(super) test: Registry,
    pub(super) production: Registry,
    pub(super) proxy: Proxy,
}

impl Registries {
    /// Nothing where there is no such program. `notifications`: whom both tell of what happens in them.
    pub(super) async fn start(disk: Disk, notifications: &Value) -> Option<Self> {
        let program = program("PAAS_DOCKER_REGISTRY")?;
        let test = Registry::start(program.clone(), Disk::Large, notifications).await;
        let production = Registry::start(program, disk, notifications).await;
        let proxy = Proxy::start(production.port);
        Some(Self { test, production, proxy })
    }

    /// The clients of the test registry, and of production by way of what counts.
    pub(super) fn clients(&self) -> (RegistryClient, RegistryClient) {
        (client(&self.test.url()), client(&self.proxy.url))
    }

    /// What production has under a name, past what counts.
    pub(super) async fn in_production(&self, image: &str) -> Option<Digest> {
        let image: ImageName = image.parse().unwrap();
        let found = client(&self.production.url())
            .manifest_descriptor(&image.repository.as_str().parse().unwrap(), &reference(&image))
            .await
            .unwrap();
        found.map(|found| found.digest.to_string().parse().unwrap())
    }

    /// How many of these contents production has in a repository.
    pub(super) async fn arrived(&self, repository: &str, contents: &[Descriptor]) -> usize {
        let (client, repository) = (client(&self.production.url()), repository.parse().unwrap());
        let mut count = 0;
        for content in contents {
            count += usize::from(client.blob_size(&repository, &content.digest).await.unwrap().is_some());
        }
        count
    }
}

/// A client that gives up soon.
pub(super) fn client(url: &str) -> RegistryClient {
    let retry = RetryPolicy { attempts: 2, first_pause: Duration::from_millis(20), ..RetryPolicy::default() };
    RegistryClient::builder().url(url).retry(retry).build().unwrap()
}

fn reference(image: &ImageName) -> Reference {
    image.tag.as_str().parse().unwrap()
}

/// A platform with the namespace `retail-shop` of the tenant `retail`, which is in production too.
pub(super) async fn platform(
    (from, to): (RegistryClient, RegistryClient),
    store: impl Store + 'static,
    clock: impl Clock + 'static,
) -> Platform {
    let copier = RegistryCopier::new(from.clone(), to.clone()).unwrap();
    Platform::builder().store(store).clock(clock).registries(from, to, copier).connect().await.unwrap()
}

/// Makes the namespace `retail-shop`.
pub(super) async fn open_namespace(trusted: &Acting, rule: SyncRule) {
    trusted.tenants().put(&Tenant::new("retail")).await.unwrap();
    let namespaces = trusted.namespaces();
    namespaces.create("retail", "retail-shop").await.unwrap();
    namespaces.open_in_production("retail", "retail-shop").await.unwrap();
    namespaces.set_sync_rule("retail", "retail-shop", Some(rule)).await.unwrap();
}

pub(super) fn trusted(platform: &Platform) -> Acting {
    platform.acting_as("images".parse().unwrap())
}

/// The shortest period.
pub(super) fn automatic() -> SyncRule {
    SyncRule::Automatic { period: Period::from_seconds(60).unwrap() }
}

/// Releases what is there, and has it copied now.
pub(super) async fn released_and_copied(images: &Images, image: &str, digest: &Digest) -> ImageCopy {
    let name = image.parse().unwrap();
    images.release(&name, digest).await.unwrap();
    images.sync(&name).await.unwrap().1.unwrap()
}

/// Waits until an image is as it should be.
pub(super) async fn until(images: &Images, image: &str, is_so: impl Fn(&ImageStatus) -> bool) -> ImageStatus {
    let mut last = String::new();
    for _ in 0..1_200 {
        match images.read(&image.parse().unwrap()).await {
            Ok(status) if is_so(&status) => return status,
            Ok(status) => last = format!("{status:?}"),
            Err(error) if error.kind() == ErrorKind::UnknownImage => last = error.to_string(),
            Err(error) => panic!("{error}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("`{image}` is not as it should be: {last}");
}

pub(super) async fn until_in(images: &Images, image: &str, state: StateName) -> ImageStatus {
    until(images, image, |status| status.status == state).await
}

/// Waits until a copy has failed; how.
pub(super) async fn until_failed(
    images: &Images,
    image: &str,
) -> (ImageStatus, paas_core::images::promotion::Failure) {
    let failure = |status: &ImageStatus| match &status.image.state {
        State::PendingSync(pending) => pending.failure.clone(),
        _ => None,
    };
    let status = until(images, image, |status| failure(status).is_some()).await;
    let failure = failure(&status).unwrap();
    (status, failure)
}

/// Where registries post what happens in them: what their configuration says of it, and how many names they told of.
pub(super) struct Listener {
    pub(super) configuration: Value,
    pub(super) names: Arc<AtomicUsize>,
    images: Arc<OnceLock<Images>>,
}

/// What the registries send with their notifications.
const SECRET: &str = "Bearer a-word-that-two-know";

impl Listener {
    pub(super) async fn start() -> Self {
        let images: Arc<OnceLock<Images>> = Arc::default();
        let (url, names) = notified::listen(Arc::clone(&images), HeaderSecret::new(SECRET).unwrap()).await;
        let configuration = json!({ "endpoints": [{
            "name": "platform", "url": url, "headers": { "Authorization": [SECRET] },
            "timeout": "1s", "threshold": 5, "backoff": "1s",
        }] });
        Self { configuration, names, images }
    }

    /// From now on, this platform is told.
    pub(super) fn tells(&self, images: Images) {
        assert!(self.images.set(images).is_ok());
    }
}

/// What was pushed: the image's digest, and its contents.
pub(super) struct Pushed {
    pub(super) digest: Digest,
    pub(super) contents: Vec<Descriptor>,
}

/// Pushes an image with layers of these sizes, which no image of another seed has.
pub(super) async fn push(client: &RegistryClient, image: &str, seed: u64, sizes: &[usize]) -> Pushed {
    let image: ImageName = image.parse().unwrap();
    let repository: RepositoryName = image.repository.as_str().parse().unwrap();
    let mut contents = Vec::new();
    for (size, number) in sizes.iter().zip(0..) {
        let layer = bytes(seed * 1_000 + number, *size);
        contents.push(blob(client, &repository, "application/vnd.oci.image.layer.v1.tar", layer).await);
    }
    let configuration = json!({ "architecture": "amd64", "os": "linux", "seed": seed }).to_string();
    let kind = "application/vnd.oci.image.config.v1+json";
    let configuration = blob(client, &repository, kind, configuration.into_bytes()).await;
    let kind = media_type::OCI_MANIFEST;
    let manifest = json!({
        "schemaVersion": 2, "mediaType": kind, "config": configuration, "layers": contents,
    });
    contents.push(configuration);
    let manifest = Manifest::new(kind, manifest.to_string()).unwrap();
    client.put_manifest(&repository, &reference(&image), &manifest).await.unwrap();
    Pushed { digest: manifest.digest().to_string().parse().unwrap(), contents }
}

async fn blob(
    client: &RegistryClient,
    repository: &RepositoryName,
    kind: &str,
    content: Vec<u8>,
) -> Descriptor {
    let digest = paas_client::registry::Digest::of(&content);
    let descriptor = Descriptor::new(kind, digest, content.len() as u64);
    client.upload_whole(repository, &descriptor.digest, UploadBody::whole(content)).await.unwrap();
    descriptor
}

/// Bytes that are the same each time, and do not repeat soon.
fn bytes(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut content = Vec::with_capacity(length + 8);
    while content.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        content.extend_from_slice(&state.to_le_bytes());
    }
    content.truncate(length);
    content
}
