//! Two registries, the endpoint that gives tokens for them, users of a Keystone, and a platform between all of that.

use super::{
    super::{CERTIFICATE, ISSUER, notified},
    seed::Seed,
    server::{Registry, serve},
};
use paas_client::{
    ExposeSecret, KeystoneClient, RegistryClient, RetryPolicy, SecretString,
    keystone::{DomainKey, Grant, ScopeRequest},
    notification::HeaderSecret,
    registry::RegistryLogin,
};
use paas_core::{
    access::{self, Role, Subject},
    images::{Digest, promotion::StateName},
    tenant::Tenant,
};
use paas_gateway::{
    NamespaceOwner, Namespaces,
    registry::{RegistryTokens, Signer, UserNames},
};
use paas_platform::{
    Acting, BoxFuture, ErrorKind, ImageStatus, Images, Platform, RegistryCopier,
    seam::{Clock, SystemClock, Timestamp},
    store::MemoryStore,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};
use tempfile::TempDir;

const KEY: &str = include_str!("../../../../paas-gateway/tests/registry/signer.key");
const TEST: &str = "registry-test";
const PRODUCTION: &str = "registry";
/// What the test registry sends with its notifications.
const SECRET: &str = "Bearer a-word-that-two-know";

/// A clock by which a minute takes three seconds: periods are minutes at least.
#[derive(Debug, Clone, Copy)]
struct Hurried(Instant);

impl Hurried {
    const TIMES: u32 = 20;
}

impl Clock for Hurried {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000).plus(self.0.elapsed() * Self::TIMES)
    }

    fn sleep(&self, how_long: Duration) -> BoxFuture<'static, ()> {
        SystemClock::new().sleep(how_long / Self::TIMES)
    }
}

/// Whose image namespaces are, as the platform has it; it is there only after the registries.
#[derive(Debug, Clone, Default)]
struct OfPlatform(Arc<OnceLock<Platform>>);

impl Namespaces for OfPlatform {
    fn find<'a>(
        &'a self,
        namespace: &'a str,
        user: &'a str,
    ) -> BoxFuture<'a, Result<Option<NamespaceOwner>, String>> {
        Box::pin(async move {
            let platform = self.0.get().ok_or("too early")?;
            let found = platform.namespace(namespace).await.map_err(|error| error.to_string())?;
            Ok(found.map(|(namespace, tenant)| NamespaceOwner {
                tenant,
                is_member: namespace.members.contains(user),
            }))
        })
    }
}

pub(super) struct Bed {
    seed: Seed,
    pub(super) test: Registry,
    pub(super) production: Registry,
    pub(super) platform: Platform,
    skopeo: PathBuf,
    folder: TempDir,
    project: String,
    mona: String,
    anna: String,
}

impl Bed {
    /// Nothing where there is no Keystone, no registry or no skopeo. In the tenant's project anna is a member, who belongs
    /// to the namespace `retail-shop`, and mona manages it.
    pub(super) async fn new() -> Option<Self> {
        let program = |name: &str| {
            let found = env::var_os(name).map(PathBuf::from);
            if found.is_none() {
                eprintln!("skipped: there is no `{name}`; `cargo xtask test` has it");
            }
            found
        };
        let (registry, skopeo) = (program("PAAS_DOCKER_REGISTRY")?, program("PAAS_SKOPEO")?);
        let seed = Seed::new().await?;
        let project = seed.project("retail", None).await;
        let mut ids = Vec::new();
        for (name, role) in [("anna", Some("member")), ("mona", Some("manager")), ("promotion", None)] {
            let user = seed.user(name).await;
            if let Some(role) = role {
                let role = seed.standard_role(role).await;
                let grant = Grant::to_user(user.parse().unwrap(), role.parse().unwrap());
                seed.admin.assign_role(&grant.in_project(project.parse().unwrap())).await.unwrap();
            }
            ids.push(user);
        }
        let [anna, mona, promotion] = <[String; 3]>::try_from(ids).unwrap();

        let namespaces = OfPlatform::default();
        let keystone = KeystoneClient::builder().url(&seed.url).build().unwrap();
        let signer = Signer::from_pem(ISSUER, &SecretString::from(KEY), CERTIFICATE).unwrap();
        let tokens = RegistryTokens::builder(keystone, signer, namespaces.clone())
            .registry(TEST, access::Registry::Test)
            .registry(PRODUCTION, access::Registry::Production)
            .user_names(UserNames::plain(DomainKey::Id(seed.domain.parse().unwrap())))
            .promotion(&promotion);
        let realm = serve(tokens.build().unwrap()).await;
        let images: Arc<OnceLock<Images>> = Arc::default();
        let (listener, _) = notified::listen(Arc::clone(&images), HeaderSecret::new(SECRET).unwrap()).await;
        let notifications = json!({ "endpoints": [{
            "name": "platform", "url": listener, "headers": { "Authorization": [SECRET] },
            "timeout": "1s", "threshold": 5, "backoff": "1s",
        }] });
        let test = Registry::start_with(&registry, TEST, &realm, &notifications).await;
        let production = Registry::start(&registry, PRODUCTION, &realm).await;

        let login = token(&seed, "promotion").await;
        let retry =
            RetryPolicy { attempts: 2, first_pause: Duration::from_millis(20), ..RetryPolicy::default() };
        let client = |url: &str| {
            let login = RegistryLogin::user("$token", login.clone());
            RegistryClient::builder().url(url).login(login).retry(retry).build().unwrap()
        };
        let (from, to) = (client(&test.url), client(&production.url));
        let copier = RegistryCopier::new(from.clone(), to.clone()).unwrap();
        let clock = Hurried(Instant::now());
        let platform = Platform::builder()
            .store(MemoryStore::new(clock))
            .clock(clock)
            .registries(from, to, copier)
            .connect()
            .await
            .unwrap();
        namespaces.0.set(platform.clone()).unwrap();
        let trusted = platform.acting_as("images".parse().unwrap());
        assert!(images.set(trusted.images()).is_ok());
        let mut tenant = Tenant::new("retail");
        tenant.project = Some(project.clone());
        trusted.tenants().put(&tenant).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let bed = Self { seed, test, production, platform, skopeo, folder, project, mona, anna };
        bed.namespace("retail-shop").await;
        bed.trusted().namespaces().open_in_production("retail", "retail-shop").await.unwrap();
        Some(bed)
    }

    /// Makes a namespace to which anna belongs.
    pub(super) async fn namespace(&self, name: &str) {
        let namespaces = self.trusted().namespaces();
        namespaces.create("retail", name).await.unwrap();
        namespaces.add_member("retail", name, &self.anna).await.unwrap();
    }

    /// Whoever embeds the platform.
    pub(super) fn trusted(&self) -> Acting {
        self.platform.acting_as("images".parse().unwrap())
    }

    pub(super) fn anna(&self) -> Images {
        self.user(&self.anna, "anna", Role::RestrictedMember)
    }

    pub(super) fn mona(&self) -> Images {
        self.user(&self.mona, "mona", Role::TenantAdministrator)
    }

    fn user(&self, id: &str, name: &str, role: Role) -> Images {
        let user = Subject::new(id).with_name(name).with_tenant(&self.project, role);
        self.platform.acting_for(user.with_namespace("retail-shop")).unwrap().images()
    }

    /// Makes an image of two layers on disk; gives its digest.
    pub(super) fn image(&self, tag: &str, seed: u8) -> Digest {
        layout(&self.folder.path().join(tag), tag, seed)
    }

    /// A user sends an image that was made, by `skopeo`.
    pub(super) async fn push(&self, user: &str, tag: &str, registry: &Registry, image: &str) -> Output {
        let from = format!("oci:{}:{tag}", self.folder.path().join(tag).display());
        let login = format!("$token:{}", token(&self.seed, user).await);
        let mut command = self.skopeo(&["copy", "--preserve-digests", "--dest-tls-verify=false"]);
        command.args(["--dest-creds", &login, &from, &at(registry, image)]);
        run(command).await
    }

    /// The digest under a name, as `skopeo` sees it for a user.
    pub(super) async fn inspect(&self, user: &str, registry: &Registry, image: &str) -> String {
        let login = format!("$token:{}", token(&self.seed, user).await);
        let mut command = self.skopeo(&["inspect", "--tls-verify=false", "--format", "{{.Digest}}"]);
        command.args(["--creds", &login, &at(registry, image)]);
        let output = run(command).await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn skopeo(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.skopeo);
        command.arg("--insecure-policy").args(words).env("HOME", self.folder.path());
        command.env("XDG_RUNTIME_DIR", self.folder.path());
        command
    }

    /// Waits until an image is as it should be.
    pub(super) async fn until(&self, image: &str, is_so: impl Fn(&ImageStatus) -> bool) -> ImageStatus {
        let mut last = String::new();
        for _ in 0..600 {
            match self.trusted().images().read(&image.parse().unwrap()).await {
                Ok(status) if is_so(&status) => return status,
                Ok(status) => last = format!("{status:?}"),
                Err(error) if error.kind() == ErrorKind::UnknownImage => last = error.to_string(),
                Err(error) => panic!("{error}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("`{image}` is not as it should be: {last}");
    }

    pub(super) async fn until_in(&self, image: &str, state: StateName) -> ImageStatus {
        self.until(image, |status| status.status == state).await
    }
}

fn at(registry: &Registry, image: &str) -> String {
    format!("docker://{}/{image}", registry.url.trim_start_matches("http://"))
}

/// A token of a user, without a scope: to hash a password takes Keystone long.
async fn token(seed: &Seed, user: &str) -> String {
    let issued = seed.admin.authenticate(&seed.login(user, ScopeRequest::Unscoped)).await.unwrap();
    issued.token.expose_secret().to_owned()
}

async fn run(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// Writes an image in the layout of the OCI.
fn layout(folder: &Path, tag: &str, seed: u8) -> Digest {
    let blobs = folder.join("blobs").join("sha256");
    fs::create_dir_all(&blobs).unwrap();
    let put = |media_type: &str, content: &[u8]| {
        let hex: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
        fs::write(blobs.join(&hex), content).unwrap();
        json!({ "mediaType": media_type, "digest": format!("sha256:{hex}"), "size": content.len() })
    };
    let layers: Vec<_> = [(100_000, 7), (300_000, seed)]
        .into_iter()
        .map(|(size, seed)| {
            let content: Vec<u8> = (0..size).map(|at| (at % 251) as u8 ^ seed).collect();
            put("application/vnd.oci.image.layer.v1.tar", &content)
        })
        .collect();
    let digests: Vec<_> = layers.iter().map(|layer| layer["digest"].clone()).collect();
    let configuration = json!({
        "architecture": "amd64", "os": "linux", "config": {}, "rootfs": { "type": "layers", "diff_ids": digests },
    });
    let configuration = put("application/vnd.oci.image.config.v1+json", configuration.to_string().as_bytes());
    let media_type = "application/vnd.oci.image.manifest.v1+json";
    let manifest = json!({
        "schemaVersion": 2, "mediaType": media_type, "config": configuration, "layers": layers,
    });
    let mut described = put(media_type, manifest.to_string().as_bytes());
    let digest = described["digest"].as_str().unwrap().parse().unwrap();
    described["annotations"] = json!({ "org.opencontainers.image.ref.name": tag });
    let index = json!({ "schemaVersion": 2, "manifests": [described] });
    fs::write(folder.join("index.json"), index.to_string()).unwrap();
    fs::write(folder.join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#).unwrap();
    digest
}
