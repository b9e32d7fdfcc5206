//! Setting up a platform.

use super::{Platform, actor};
use crate::{
    envelope::{ErrorEnvelope, Result},
    library::Library,
};
use paas_sdk::{
    Credentials, ExecutionPolicy, RancherClient, Secrets,
    access::{Registry, membership::Rules},
    client::{
        HarborClient, KeystoneClient, RegistryClient, harbor,
        keystone::{CloudFiles, Configuration},
        registry::RegistryLogin,
    },
    core::images::{
        distribution::{Zone, ZoneName},
        sources::ImageSources,
    },
    platform::{
        Error, HarborCopier, HarborRegistry, ImageCopier, ImageRegistry, PlatformBuilder, RegistryCopier,
        RegistryZoneCopier, StateLabels,
        seam::SystemClock,
        store::{MemoryStore, SqliteStore},
    },
};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc, time::Duration};

/// Opens the store and sets up the platform for an actor. Rancher is not asked for anything yet. Fails with kind `rejected`
/// and all problems if the template policy cannot be read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConnectRequest {
    /// Who acts: a person, a program.
    pub actor: String,
    /// The SQLite file that keeps everything; it is made if it is not there. `:memory:` keeps everything until the
    /// process ends.
    pub store: String,
    /// The Rancher server. Without one, what is recorded can be read, and nothing deployed.
    #[serde(default)]
    pub rancher: Option<RancherOptions>,
    /// The Keystone that has users, projects and roles. Members are kept as it says.
    #[serde(default)]
    pub keystone: Option<KeystoneOptions>,
    /// The Harbor of the test registry.
    #[serde(default)]
    pub harbor_test: Option<HarborOptions>,
    /// The Harbor of the production registry.
    #[serde(default)]
    pub harbor_production: Option<HarborOptions>,
    /// The test registry, by its own API: where images are pushed to. It goes together with the one of production.
    #[serde(default)]
    pub registry_test: Option<RegistryOptions>,
    /// The production registry, by its own API: where released images go. The login may push there.
    #[serde(default)]
    pub registry_production: Option<RegistryOptions>,
    /// What copies images to production; `registry` if not given.
    #[serde(default)]
    pub image_copies: ImageCopies,
    /// Shows in the Harbor of the test registry by labels how far images are.
    #[serde(default)]
    pub image_labels: bool,
    /// By which rules users of Keystone become members of environments and Harbor projects.
    #[serde(default)]
    pub member_rules: Option<Rules>,
    /// The values of secret inputs, by the inputs' names. They are sent with the calls that need them and kept nowhere.
    #[serde(default)]
    pub secrets: BTreeMap<String, String>,
    /// What each step may take.
    #[serde(default)]
    pub policy: Option<ExecutionPolicyDocument>,
    /// The text of a policy file: what templates may do, whoever deploys them; the default policy if not given.
    #[serde(default)]
    pub template_policy: Option<String>,
    /// The zones with their registries, between which images are kept in step.
    #[serde(default)]
    pub zones: Vec<ZoneOptions>,
    /// Where the images of templates come from: what they name of these registries must be shown to their tenant, and is taken
    /// from the registry of the zone that it is deployed in. Without it, images are taken as templates say, and nobody asks
    /// whose they are.
    #[serde(default)]
    pub image_sources: Option<ImageSources>,
    /// The name under which this process holds what it carries out, the same again after a restart. Processes that share
    /// a store need one each.
    #[serde(default)]
    pub process: Option<String>,
}

/// A Rancher server and the key to it. Without a URL and keys, those of the file are used, and without a file those of the
/// environment: `RANCHER_URL`, `RANCHER_ACCESS_KEY`, `RANCHER_SECRET_KEY`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RancherOptions {
    /// The address, such as `https://rancher.bank.test`.
    #[serde(default)]
    pub url: Option<String>,
    /// The access key of an API key.
    #[serde(default)]
    pub access_key: Option<String>,
    /// The secret key that goes with it.
    #[serde(default)]
    pub secret_key: Option<String>,
    /// A file with lines `RANCHER_URL=…`, `RANCHER_ACCESS_KEY=…`, `RANCHER_SECRET_KEY=…` that only its owner can read.
    #[serde(default)]
    pub credentials_file: Option<String>,
    /// Talk to a server without TLS, where anybody between can read the keys. Addresses of this machine need no such word.
    #[serde(default)]
    pub allow_plain_http: bool,
    /// Use the proxy that the environment names.
    #[serde(default)]
    pub proxy_of_environment: bool,
}

/// A Keystone and how to log in to it, as users of OpenStack say it: by `clouds.yaml` and variables `OS_*`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeystoneOptions {
    /// The name of the cloud in `clouds.yaml`; as the environment says if not given.
    #[serde(default)]
    pub cloud: Option<String>,
    /// Variables such as `OS_AUTH_URL` and `OS_APPLICATION_CREDENTIAL_ID`, in place of files and the environment.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Talk to a server without TLS, where anybody between can read tokens. Addresses of this machine need no such word.
    #[serde(default)]
    pub allow_plain_http: bool,
}

/// A Harbor and the user or robot that the platform is there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HarborOptions {
    /// The address, such as `https://harbor.bank.test`.
    pub url: String,
    /// The user, or the whole name of the robot, such as `robot$platform`.
    pub username: String,
    /// Its password or secret.
    pub password: String,
    /// Talk to a server without TLS, where anybody between can read the password. Addresses of this machine need no such
    /// word.
    #[serde(default)]
    pub allow_plain_http: bool,
}

/// A container registry and as whom it is asked: as a user, by a token, or as nobody.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegistryOptions {
    /// The address, such as `https://registry.bank.test`.
    pub url: String,
    /// The user.
    #[serde(default)]
    pub username: Option<String>,
    /// Its password, or what the registry's endpoint for tokens takes as one.
    #[serde(default)]
    pub password: Option<String>,
    /// A token that is sent as it is, in the place of a user.
    #[serde(default)]
    pub token: Option<String>,
    /// Talk to a server without TLS, where anybody between can read the password. Addresses of this machine need no such
    /// word.
    #[serde(default)]
    pub allow_plain_http: bool,
}

/// A zone with its registry, and as whom that is asked: as a user, by a token, or as nobody.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ZoneOptions {
    /// What the zone is called, such as `north`.
    pub name: ZoneName,
    /// Its registry, as images name it, if that is not the host and port of the address: `registry.north.bank.test/images`.
    #[serde(default)]
    pub registry: Option<String>,
    /// The address of the registry, such as `https://registry.north.bank.test`.
    pub url: String,
    /// The user.
    #[serde(default)]
    pub username: Option<String>,
    /// Its password, or what the registry's endpoint for tokens takes as one.
    #[serde(default)]
    pub password: Option<String>,
    /// A token that is sent as it is, in the place of a user.
    #[serde(default)]
    pub token: Option<String>,
    /// Talk to a server without TLS, where anybody between can read the password. Addresses of this machine need no such
    /// word.
    #[serde(default)]
    pub allow_plain_http: bool,
}

/// What copies images.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ImageCopies {
    /// This process, by the registries' own API: exactly what was released.
    #[default]
    Registry,
    /// The Harbor of production fetches from that of test what is under the tag then. It takes both Harbors, and a login to
    /// that of production that is a system administrator's; with the user of `registry_test` it pulls.
    Replication,
}

/// What each step of a plan may take. What is not given is as usual.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExecutionPolicyDocument {
    /// Seconds for the services of a stage to be up; 900 if not given.
    #[serde(default)]
    pub ready_seconds: Option<u32>,
    /// Seconds for a stack to be read by the server; 300 if not given.
    #[serde(default)]
    pub stack_seconds: Option<u32>,
    /// Seconds for a service to take a call that starts or scales it; 300 if not given.
    #[serde(default)]
    pub call_seconds: Option<u32>,
    /// Seconds for a volume to be there; 120 if not given.
    #[serde(default)]
    pub volume_seconds: Option<u32>,
    /// Seconds for a stack to be gone; 600 if not given.
    #[serde(default)]
    pub removal_seconds: Option<u32>,
    /// Seconds for which a service may be unhealthy in one piece; 180 if not given, and never more than it may take to be
    /// up.
    #[serde(default)]
    pub unhealthy_seconds: Option<u32>,
    /// How often a step is tried; 10 if not given.
    #[serde(default)]
    pub tries: Option<u32>,
    /// How many steps are under way at once; 8 if not given.
    #[serde(default)]
    pub parallel: Option<u32>,
    /// Seconds for which an operation belongs to a process that says nothing; 60 if not given.
    #[serde(default)]
    pub lease_seconds: Option<u32>,
}

impl Library {
    /// What [`ConnectRequest`] tells.
    ///
    /// # Errors
    ///
    /// `request.invalid`; `platform.rejected` with all problems of the policy file; `client.rancher.configuration`; what the store says.
    pub async fn connect(&self, request: ConnectRequest) -> Result<Platform> {
        let ConnectRequest {
            actor: name,
            store,
            rancher,
            keystone,
            harbor_test,
            harbor_production,
            registry_test,
            registry_production,
            image_copies,
            image_labels,
            member_rules,
            secrets,
            policy,
            template_policy,
            zones,
            image_sources,
            process,
        } = request;
        let actor = actor(&name)?;
        let secrets: Secrets = secrets.into_iter().collect();
        let template_policy = crate::template::policy(template_policy)?;
        let mut builder = paas_sdk::Platform::builder().secrets(secrets).template_policy(template_policy);
        if let Some(policy) = policy {
            builder = builder.policy(policy.read());
        }
        if let Some(process) = process {
            builder = builder.process(process);
        }
        if let Some(rancher) = rancher {
            builder = builder.rancher(rancher.client()?);
        }
        if let Some(keystone) = keystone {
            builder = builder.keystone(keystone.client()?);
        }
        let harbor_test = harbor_test.map(HarborOptions::client).transpose()?;
        let harbor_production = harbor_production.map(HarborOptions::client).transpose()?;
        for (registry, harbor) in [(Registry::Test, &harbor_test), (Registry::Production, &harbor_production)]
        {
            if let Some(harbor) = harbor {
                builder = builder.harbor(registry, harbor.clone());
            }
        }
        if image_labels {
            builder = builder.state_labels(StateLabels::default());
        }
        let has_registries = match (registry_test, registry_production) {
            (None, None) if image_copies == ImageCopies::Registry => false,
            (None, None) => {
                let reason = "images go from the one registry to the other, and neither is given";
                return Err(ErrorEnvelope::invalid_field("image_copies", reason));
            }
            (Some(test), Some(production)) => {
                let endpoint = test.endpoint();
                let (test, production) =
                    (test.client("registry_test")?, production.client("registry_production")?);
                let copier: Arc<dyn ImageCopier> = match (image_copies, &harbor_test, &harbor_production) {
                    (ImageCopies::Registry, ..) => {
                        Arc::new(RegistryCopier::new(test.clone(), production.clone())?)
                    }
                    (ImageCopies::Replication, Some(from), Some(to)) => {
                        Arc::new(HarborCopier::pulling(from.clone(), to.clone(), endpoint))
                    }
                    (ImageCopies::Replication, ..) => {
                        let reason = "replication goes from a Harbor to a Harbor: give both";
                        return Err(ErrorEnvelope::invalid_field("image_copies", reason));
                    }
                };
                let (test, production) = (lists(harbor_test, test), lists(harbor_production, production));
                builder = builder.registries(test, production, copier);
                true
            }
            (test, _) => {
                let missing = if test.is_none() { "registry_test" } else { "registry_production" };
                let reason = "images go from the one registry to the other: give both";
                return Err(ErrorEnvelope::invalid_field(missing, reason));
            }
        };
        if !zones.is_empty() {
            builder = with_zones(builder, zones)?;
        }
        if let Some(sources) = image_sources {
            builder = builder.image_sources(sources);
        }
        if let Some(rules) = member_rules {
            builder = builder.member_rules(rules);
        }
        let clock = SystemClock::new();
        let mut file = None;
        builder = match store.as_str() {
            "" => return Err(ErrorEnvelope::invalid_field("store", "this is no path of a file")),
            ":memory:" => builder.store(MemoryStore::new(clock)),
            path => {
                let opened = SqliteStore::open(path, clock).await.map_err(Error::from)?;
                builder.store(file.insert(opened).clone())
            }
        };
        let platform = builder.connect().await?;
        let acting = platform.acting_as(actor);
        Ok(Platform { platform, acting, has_registries, store: file })
    }
}

impl RancherOptions {
    fn client(self) -> Result<RancherClient> {
        let Self { url, access_key, secret_key, credentials_file, allow_plain_http, proxy_of_environment } =
            self;
        let credentials = match (access_key, secret_key, credentials_file) {
            (Some(access), Some(secret), None) => Credentials::new(access, secret),
            (None, None, Some(file)) => Credentials::from_file(file)?,
            (None, None, None) => Credentials::from_environment()?,
            (_, _, Some(_)) => {
                let message = "`rancher`: keys are given, and a file with keys; one of them is enough";
                return Err(ErrorEnvelope::invalid(message));
            }
            _ => return Err(ErrorEnvelope::invalid("`rancher`: `access_key` and `secret_key` go together")),
        };
        let mut builder = RancherClient::builder().credentials(credentials);
        if let Some(url) = url {
            builder = builder.url(url);
        }
        if allow_plain_http {
            builder = builder.allow_plain_http();
        }
        if proxy_of_environment {
            builder = builder.proxy_of_environment();
        }
        Ok(builder.build()?)
    }
}

impl KeystoneOptions {
    fn client(self) -> Result<KeystoneClient> {
        let Self { cloud, variables, allow_plain_http } = self;
        let configuration = if !variables.is_empty() {
            Configuration::resolve(cloud.as_deref(), &CloudFiles::default(), &variables)?
        } else {
            match cloud {
                Some(cloud) => Configuration::load_cloud(&cloud)?,
                None => Configuration::load()?,
            }
        };
        let builder = KeystoneClient::builder().configuration(&configuration)?;
        Ok(if allow_plain_http { builder.allow_plain_http() } else { builder }.build()?)
    }
}

impl HarborOptions {
    fn client(self) -> Result<HarborClient> {
        let Self { url, username, password, allow_plain_http } = self;
        let login = if username.starts_with("robot$") {
            harbor::Login::robot(username, password)
        } else {
            harbor::Login::user(username, password)
        };
        let builder = HarborClient::builder().url(url).login(login);
        Ok(if allow_plain_http { builder.allow_plain_http() } else { builder }.build()?)
    }
}

/// The zones, and what copies between them.
fn with_zones(mut builder: PlatformBuilder, zones: Vec<ZoneOptions>) -> Result<PlatformBuilder> {
    let mut clients = Vec::new();
    for zone in zones {
        let ZoneOptions { name, registry, url, username, password, token, allow_plain_http } = zone;
        let options = RegistryOptions { url, username, password, token, allow_plain_http };
        let client = options.client("zones")?;
        // As images name it: people write addresses in more ways than the client keeps them.
        let named =
            || client.address().split_once("://").map_or_else(String::new, |(_, rest)| rest.to_owned());
        let zone = Zone::new(name.clone(), registry.unwrap_or_else(named));
        builder = builder.zone(zone, client.clone());
        clients.push((name, client));
    }
    Ok(builder.zone_copier(RegistryZoneCopier::new(clients)?))
}

/// A registry that is asked for its repositories through its Harbor, if it has one.
fn lists(harbor: Option<HarborClient>, registry: RegistryClient) -> Arc<dyn ImageRegistry> {
    match harbor {
        Some(harbor) => Arc::new(HarborRegistry::new(harbor).reading_by(registry)),
        None => Arc::new(registry),
    }
}

impl RegistryOptions {
    /// As the Harbor of production knows it.
    fn endpoint(&self) -> harbor::NewRegistry {
        let endpoint = harbor::NewRegistry::new("paas-test", harbor::RegistryKind::Harbor, &self.url);
        match (&self.username, &self.password) {
            (Some(user), Some(password)) => {
                endpoint.credential(harbor::RegistryCredential::basic(user, password.as_str()))
            }
            _ => endpoint,
        }
    }

    fn client(self, field: &str) -> Result<RegistryClient> {
        let Self { url, username, password, token, allow_plain_http } = self;
        let login = match (username, password, token) {
            (None, None, None) => RegistryLogin::anonymous(),
            (Some(username), Some(password), None) => RegistryLogin::user(username, password),
            (None, None, Some(token)) => RegistryLogin::token(token),
            (_, _, Some(_)) => {
                let reason = "a user is given, and a token; one of them is enough";
                return Err(ErrorEnvelope::invalid_field(field, reason));
            }
            _ => return Err(ErrorEnvelope::invalid_field(field, "`username` and `password` go together")),
        };
        let builder = RegistryClient::builder().url(url).login(login);
        Ok(if allow_plain_http { builder.allow_plain_http() } else { builder }.build()?)
    }
}

impl ExecutionPolicyDocument {
    fn read(self) -> ExecutionPolicy {
        let mut policy = ExecutionPolicy::default();
        let set = |limit: &mut Duration, seconds: Option<u32>| {
            if let Some(seconds) = seconds {
                *limit = Duration::from_secs(seconds.into());
            }
        };
        set(&mut policy.ready, self.ready_seconds);
        set(&mut policy.stack, self.stack_seconds);
        set(&mut policy.call, self.call_seconds);
        set(&mut policy.volume, self.volume_seconds);
        set(&mut policy.removal, self.removal_seconds);
        set(&mut policy.unhealthy, self.unhealthy_seconds);
        set(&mut policy.lease, self.lease_seconds);
        policy.unhealthy = policy.unhealthy.min(policy.ready);
        policy.tries = self.tries.unwrap_or(policy.tries);
        if let Some(parallel) = self.parallel {
            policy.parallel = usize::try_from(parallel).unwrap_or(usize::MAX);
        }
        policy
    }
}
