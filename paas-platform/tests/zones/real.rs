//! The same with three real registries: the environment tells by which program, and `cargo xtask test` has it. They post
//! what happens in them, also what copies put there.

use super::world::{name, rule, zone};
use crate::server::Server;
use http::{Request, Response, StatusCode, header::AUTHORIZATION};
use http_body_util::{BodyExt, Empty};
use hyper::{
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use paas_client::{
    RegistryClient,
    notification::HeaderSecret,
    registry::{Digest, Manifest, Reference, RepositoryName, UploadBody},
};
use paas_core::{images::distribution::Zone, tenant::Tenant};
use paas_platform::{
    ImageZones, Platform, RegistryZoneCopier, ZoneHappening, ZonesSettings, seam::SystemClock,
    store::MemoryStore,
};
use std::{
    convert::Infallible,
    net::Ipv4Addr,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::net::TcpListener;

const ZONES: [&str; 3] = ["east", "north", "south"];
const SECRET: &str = "Bearer a-word-that-two-know";
const WEB: &str = "retail-shop/web:1.4";

/// A registry that asks nobody who he is.
struct Registry(Server);

impl Registry {
    /// Nothing where there is no program.
    async fn start(place: &str, events: &str) -> Option<Self> {
        let endpoint = serde_json::json!({
            "name": "platform", "url": format!("{events}/{place}"), "headers": { "Authorization": [SECRET] },
            "timeout": "5s", "threshold": 5, "backoff": "1s",
        });
        let notifications = serde_json::json!({ "endpoints": [endpoint] });
        Server::start(|_| serde_json::json!({ "notifications": notifications })).await.map(Self)
    }

    fn client(&self) -> RegistryClient {
        RegistryClient::builder().url(self.0.url()).build().unwrap()
    }

    /// Puts an image of one layer under a name; gives its digest.
    async fn push(&self, layer: &str) -> Digest {
        let client = self.client();
        let repository: RepositoryName = "retail-shop/web".parse().unwrap();
        let mut described = Vec::new();
        for content in ["{}", layer] {
            let digest = Digest::of(content);
            client.upload_whole(&repository, &digest, UploadBody::whole(content.to_owned())).await.unwrap();
            described.push(serde_json::json!({
                "mediaType": "application/octet-stream", "digest": digest.to_string(), "size": content.len(),
            }));
        }
        let media_type = "application/vnd.oci.image.manifest.v1+json";
        let manifest = serde_json::json!({
            "schemaVersion": 2, "mediaType": media_type, "config": described[0], "layers": described[1..],
        });
        let manifest = Manifest::new(media_type, manifest.to_string()).unwrap();
        let reference: Reference = "1.4".parse().unwrap();
        client.put_manifest(&repository, &reference, &manifest).await.unwrap();
        manifest.digest().clone()
    }

    async fn holds(&self, digest: &Digest) -> bool {
        let (repository, tag) = ("retail-shop/web".parse().unwrap(), "1.4".parse::<Reference>().unwrap());
        let found = self.client().manifest_descriptor(&repository, &tag).await.unwrap();
        found.is_some_and(|found| found.digest == *digest)
    }
}

/// Where registries post, each by the name of its zone.
#[derive(Clone, Default)]
struct Endpoint {
    zones: Arc<OnceLock<ImageZones>>,
    told: Arc<AtomicUsize>,
}

impl Endpoint {
    async fn listen(&self) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let endpoint = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let endpoint = endpoint.clone();
                let service = service_fn(move |request| endpoint.clone().take(request));
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        url
    }

    async fn take(self, request: Request<Incoming>) -> Result<Response<Empty<Bytes>>, Infallible> {
        let authorization = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let authorization = authorization.map(str::to_owned);
        let place = zone(request.uri().path().trim_start_matches('/'));
        let body = request.into_body().collect().await.unwrap().to_bytes();
        let secret = HeaderSecret::new(SECRET).unwrap();
        let mut answer = Response::new(Empty::new());
        let zones = self.zones.get().unwrap();
        match zones.take_notifications(&place, &body, authorization.as_deref(), &secret) {
            Ok(names) => {
                self.told.fetch_add(names, Ordering::SeqCst);
            }
            Err(error) => *answer.status_mut() = StatusCode::from_u16(error.status()).unwrap(),
        }
        Ok(answer)
    }
}

#[tokio::test]
async fn three_real_registries_come_in_step_and_to_rest() {
    let endpoint = Endpoint::default();
    let events = endpoint.listen().await;
    let mut registries = Vec::new();
    let mut builder = Platform::builder().store(MemoryStore::new(SystemClock::new()));
    for place in ZONES {
        let Some(registry) = Registry::start(place, &events).await else { return };
        let address = format!("127.0.0.1:{}", registry.0.port());
        builder = builder.zone(Zone::new(zone(place), address), registry.client());
        registries.push(registry);
    }
    let clients = ZONES.iter().zip(&registries).map(|(place, registry)| (zone(place), registry.client()));
    let copier = RegistryZoneCopier::new(clients).unwrap();
    let platform = builder.zone_copier(copier).connect().await.unwrap();
    let acting = platform.acting_as("zones".parse().unwrap());
    acting.tenants().put(&Tenant::new("retail")).await.unwrap();
    acting.namespaces().create("retail", "retail-shop").await.unwrap();
    let zones = acting.zones();
    zones.set_rule("retail-shop", rule(&ZONES)).await.unwrap();
    assert!(endpoint.zones.set(zones.clone()).is_ok());

    let settings = ZonesSettings::default().look(Duration::from_millis(200)).scan(Duration::from_secs(3_000));
    let keeping = zones.keep(settings, |report| assert!(report.unwrap().failures.is_empty()));
    for layer in ["the first layer", "the second layer"] {
        let told = endpoint.told.load(Ordering::SeqCst);
        let digest = registries[1].push(layer).await;
        for registry in &registries {
            let mut waited = 0;
            while !registry.holds(&digest).await {
                waited += 1;
                assert!(waited < 600, "a zone is not in step");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        // The registries told of the push and of both copies; then all is at rest.
        while endpoint.told.load(Ordering::SeqCst) < told + 3 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    keeping.stop().await;
    let journal = zones.journal(&name(WEB)).await.unwrap();
    let copied = journal.iter().filter(|entry| matches!(entry.what, ZoneHappening::Copied { .. })).count();
    assert_eq!((journal.len(), copied), (5, 4), "{journal:?}");
    let scan = zones.scan().await.unwrap();
    assert_eq!((scan.images, scan.behind, scan.changes.len(), scan.failures.len()), (1, 0, 0, 0));
    for status in zones.status("retail").await.unwrap()[0].zones.values() {
        assert_eq!(status.to_string(), "in step");
    }
}
