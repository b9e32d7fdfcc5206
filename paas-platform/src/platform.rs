//! The platform: what a portal embeds.

use crate::{
    applications::Applications,
    engine::ExecutionPolicy,
    error::{Error, ErrorKind, Result},
    images::{
        Copies, ImageCopier, ImageHook, ImageRegistry, Images, Labels, Notices, Registries, StateLabels,
    },
    mall::Mall,
    members::{Members, Turns},
    namespaces::Namespaces,
    operations::{AllRunning, Operations},
    seam::{Clock, Random, SystemClock, SystemRandom},
    secrets::{SecretSource, Secrets},
    store::{SqliteStore, Store},
    tenants::Tenants,
    who::Who,
    zones::{ImageZones, ZoneCopier, ZoneRegistries, ZoneShared},
};
use paas_client::{HarborClient, KeystoneClient, RancherClient};
use paas_core::{
    access::{AccessSink, Registry, Subject, membership::Rules},
    actor::Actor,
    images::{distribution::Zone, sources::ImageSources},
    policy::TemplatePolicy,
};
use std::{
    collections::BTreeMap,
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex},
};

/// What the parts of a platform share.
pub(crate) struct Inner {
    pub(crate) store: Arc<dyn Store>,
    client: Option<RancherClient>,
    keystone: Option<KeystoneClient>,
    harbor: BTreeMap<Registry, HarborClient>,
    member_rules: Option<Rules>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) policy: ExecutionPolicy,
    pub(crate) template_policy: TemplatePolicy,
    pub(crate) secrets: Arc<dyn SecretSource>,
    /// The name under which this process holds leases.
    pub(crate) holder: String,
    pub(crate) running: AllRunning,
    /// Takes what was decided about users.
    pub(crate) access_sink: Option<Arc<dyn AccessSink>>,
    /// Held while an operation is started or abandoned here.
    pub(crate) starting: tokio::sync::Mutex<()>,
    /// The tenants whose members are being changed here.
    pub(crate) members: Turns,
    /// Where images are pushed to, where they go, and how.
    pub(crate) registries: Option<Registries>,
    /// Is told of what happens to images.
    pub(crate) image_hook: Option<Arc<dyn ImageHook>>,
    /// Shows in the Harbor of test how far images are.
    pub(crate) labels: Option<Arc<Labels>>,
    /// The copies of images that are carried out here.
    pub(crate) copies: Copies,
    /// The images that registries have told of, and that nobody has looked at since.
    pub(crate) notices: Notices,
    /// The zones, and what is under way between them.
    pub(crate) zones: ZoneShared,
    /// Where the images of templates come from.
    pub(crate) image_sources: Option<ImageSources>,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Platform")
            .field("store", &self.store)
            .field("holder", &self.holder)
            .finish_non_exhaustive()
    }
}

impl Inner {
    pub(crate) fn rancher(&self) -> Result<&RancherClient> {
        self.client.as_ref().ok_or_else(|| {
            Error::new(ErrorKind::Configuration, "the platform was built without a client of Rancher")
        })
    }

    pub(crate) fn keystone(&self) -> Result<&KeystoneClient> {
        self.keystone.as_ref().ok_or_else(|| {
            Error::new(ErrorKind::Configuration, "the platform was built without a client of Keystone")
        })
    }

    pub(crate) fn harbor(&self, registry: Registry) -> Option<&HarborClient> {
        self.harbor.get(&registry)
    }

    pub(crate) fn member_rules(&self) -> Result<&Rules> {
        self.member_rules.as_ref().ok_or_else(|| {
            let message = "the platform was built without rules of members: nothing says who users of Keystone are in Rancher";
            Error::new(ErrorKind::Configuration, message)
        })
    }
}

/// The platform: a store, the back end, and what is under way. Clones are the same platform.
///
/// Operations run as tasks of the tokio runtime on which they are begun. A process that ends leaves them where they are;
/// [`Operations::resume_interrupted`] goes on with them.
///
/// ```
/// use paas_platform::{Platform, seam::SystemClock, store::MemoryStore};
/// use paas_core::tenant::{Tenant, TenantNetwork};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await?;
/// let anna = platform.acting_as("anna@bank.test".parse().unwrap());
///
/// let mut meridian = Tenant::new("meridian");
/// meridian.networks.push(TenantNetwork::new("dmz", "meridian-dmz"));
/// anna.tenants().put(&meridian).await?;
/// assert_eq!(anna.tenants().read("meridian").await?, meridian);
/// # Ok::<(), paas_platform::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct Platform {
    pub(crate) inner: Arc<Inner>,
}

impl Platform {
    /// Sets up a platform.
    pub fn builder() -> PlatformBuilder {
        PlatformBuilder::default()
    }

    /// The platform for one actor: the journal and the audit keep who it was. It may everything: whoever embeds the
    /// platform has decided what it may. See [`acting_for`](Self::acting_for).
    #[must_use]
    pub fn acting_as(&self, actor: Actor) -> Acting {
        Acting { inner: Arc::clone(&self.inner), who: Who::trusted(actor) }
    }

    /// The platform for a user with its roles: every call is decided by them, and refused with
    /// [`ErrorKind::Denied`] if they do not allow it. The journal and the audit keep the user's name, or its id if the name
    /// cannot be that of an actor.
    ///
    /// ```
    /// use paas_core::access::{Role, Subject};
    /// use paas_platform::{ErrorKind, Platform, seam::SystemClock, store::MemoryStore};
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await?;
    /// let anna = Subject::new("5f3c").with_name("anna").with_tenant("meridian", Role::ReadOnly);
    /// let anna = platform.acting_for(anna)?;
    /// let error = anna.applications().remove("meridian", "shop").await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Denied);
    /// assert!(error.to_string().starts_with("a user who reads only may not delete an application: that takes "));
    /// # Ok::<(), paas_platform::Error>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidName`] if neither the user's name nor its id can be that of an actor.
    pub fn acting_for(&self, subject: Subject) -> Result<Acting> {
        Ok(Acting { inner: Arc::clone(&self.inner), who: Who::subject(subject, &self.inner)? })
    }
}

/// The platform for one actor.
#[derive(Debug, Clone)]
pub struct Acting {
    inner: Arc<Inner>,
    who: Who,
}

impl Acting {
    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        self.who.actor()
    }

    /// Tenants.
    #[must_use]
    pub fn tenants(&self) -> Tenants {
        Tenants { inner: Arc::clone(&self.inner), who: self.who.clone() }
    }

    /// Applications.
    #[must_use]
    pub fn applications(&self) -> Applications {
        Applications { inner: Arc::clone(&self.inner), who: self.who.clone() }
    }

    /// Image namespaces.
    #[must_use]
    pub fn namespaces(&self) -> Namespaces {
        Namespaces { inner: Arc::clone(&self.inner), who: self.who.clone() }
    }

    /// Images on their way to production.
    #[must_use]
    pub fn images(&self) -> Images {
        Images { inner: Arc::clone(&self.inner), who: self.who.clone() }
    }

    /// Images in several zones.
    #[must_use]
    pub fn zones(&self) -> ImageZones {
        ImageZones { inner: Arc::clone(&self.inner), who: self.who.clone() }
    }

    /// Images that are shown to whom, and publications.
    #[must_use]
    pub fn mall(&self) -> Mall {
        Mall { inner: Arc::clone(&self.inner), who: self.who.clone() }
    }

    /// Members of environments and Harbor projects.
    #[must_use]
    pub fn members(&self) -> Members {
        Members { inner: Arc::clone(&self.inner), who: self.who.clone() }
    }

    /// Operations.
    #[must_use]
    pub fn operations(&self) -> Operations {
        Operations { inner: Arc::clone(&self.inner), who: self.who.clone() }
    }
}

/// Sets up a [`Platform`].
#[derive(Default)]
#[must_use = "a builder makes nothing until `connect` is called"]
pub struct PlatformBuilder {
    store: Option<Arc<dyn Store>>,
    sqlite: Option<PathBuf>,
    client: Option<RancherClient>,
    keystone: Option<KeystoneClient>,
    harbor: BTreeMap<Registry, HarborClient>,
    member_rules: Option<Rules>,
    clock: Option<Arc<dyn Clock>>,
    random: Option<Arc<dyn Random>>,
    policy: ExecutionPolicy,
    template_policy: TemplatePolicy,
    secrets: Option<Arc<dyn SecretSource>>,
    holder: Option<String>,
    access_sink: Option<Arc<dyn AccessSink>>,
    registries: Option<Registries>,
    image_hook: Option<Arc<dyn ImageHook>>,
    state_labels: Option<StateLabels>,
    zones: Vec<(Zone, Arc<dyn ImageRegistry>)>,
    zone_copier: Option<Arc<dyn ZoneCopier>>,
    image_sources: Option<ImageSources>,
}

impl fmt::Debug for PlatformBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlatformBuilder").field("holder", &self.holder).finish_non_exhaustive()
    }
}

impl PlatformBuilder {
    /// Keeps everything in this store.
    pub fn store(mut self, store: impl Store + 'static) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Keeps everything in this SQLite file, which is made if it is not there.
    pub fn sqlite(mut self, path: impl Into<PathBuf>) -> Self {
        self.sqlite = Some(path.into());
        self
    }

    /// The back end. Without one, what is recorded can be read, and nothing deployed.
    pub fn rancher(mut self, client: RancherClient) -> Self {
        self.client = Some(client);
        self
    }

    /// Where users, their projects and roles are. Members are kept as it says.
    pub fn keystone(mut self, client: KeystoneClient) -> Self {
        self.keystone = Some(client);
        self
    }

    /// A registry with its Harbor: the one of test, or the one of production.
    pub fn harbor(mut self, registry: Registry, client: HarborClient) -> Self {
        self.harbor.insert(registry, client);
        self
    }

    /// Where images are pushed to, where released ones go, and what copies them.
    pub fn registries(
        mut self,
        test: impl ImageRegistry + 'static,
        production: impl ImageRegistry + 'static,
        copier: impl ImageCopier + 'static,
    ) -> Self {
        let (test, production) = (Arc::new(test), Arc::new(production));
        self.registries = Some(Registries { test, production, copier: Arc::new(copier) });
        self
    }

    /// A zone with its registry: one of those between which images are [distributed](Acting::zones).
    pub fn zone(mut self, zone: Zone, registry: impl ImageRegistry + 'static) -> Self {
        self.zones.push((zone, Arc::new(registry)));
        self
    }

    /// What copies images from zone to zone.
    pub fn zone_copier(mut self, copier: impl ZoneCopier + 'static) -> Self {
        self.zone_copier = Some(Arc::new(copier));
        self
    }

    /// Where the images of templates come from. What templates name of these registries must be shown to their tenant, and is
    /// taken from the registry of the zone that it is deployed in. Without sources, images are taken as templates say, and
    /// nobody asks whose they are.
    pub fn image_sources(mut self, sources: ImageSources) -> Self {
        self.image_sources = Some(sources);
        self
    }

    /// Is told of what happens to images, and of users who want one copied to production.
    pub fn image_hook(mut self, hook: impl ImageHook + 'static) -> Self {
        self.image_hook = Some(Arc::new(hook));
        self
    }

    /// Shows by labels in the [Harbor](Self::harbor) of the test registry how far images are. It happens after what happened
    /// was written, as well as it goes: nothing fails by it, and each [sweep](Images::sweep) mends what came to nothing.
    ///
    /// ```
    /// use paas_client::harbor::{HarborClient, Login};
    /// use paas_core::access::Registry;
    /// use paas_platform::{ErrorKind, Platform, StateLabels, seam::SystemClock, store::MemoryStore};
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let builder = || Platform::builder().store(MemoryStore::new(SystemClock::new())).state_labels(StateLabels::default());
    /// let error = builder().connect().await.unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Configuration, "there is no Harbor to show them in");
    ///
    /// let login = Login::robot("robot$paas", "hidden");
    /// let harbor = HarborClient::builder().url("https://test.bank.test").login(login).build()?;
    /// builder().harbor(Registry::Test, harbor).connect().await?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// ```
    pub fn state_labels(mut self, labels: StateLabels) -> Self {
        self.state_labels = Some(labels);
        self
    }

    /// By which rules users of Keystone become members in the back ends.
    pub fn member_rules(mut self, rules: Rules) -> Self {
        self.member_rules = Some(rules);
        self
    }

    /// Where the values of secret inputs come from. Without it there are none.
    pub fn secrets(mut self, secrets: impl SecretSource + 'static) -> Self {
        self.secrets = Some(Arc::new(secrets));
        self
    }

    /// What each step may take, and when it is tried again.
    pub fn policy(mut self, policy: ExecutionPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// What templates may do, whoever deploys them; [`TemplatePolicy::default`] unless given. It belongs to the platform:
    /// the policy in the [`Options`](paas_tosca::Options) of a deployment does not count.
    pub fn template_policy(mut self, policy: TemplatePolicy) -> Self {
        self.template_policy = policy;
        self
    }

    /// Takes what was decided about users that the platform [acts for](Platform::acting_for), refusals above all. Without
    /// one, nobody is told of refusals; what is done stands in the journal and the audit in any case.
    pub fn access_sink(mut self, sink: impl AccessSink + 'static) -> Self {
        self.access_sink = Some(Arc::new(sink));
        self
    }

    /// Tells the time in place of the system.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Gives chance in place of the system.
    pub fn random(mut self, random: impl Random + 'static) -> Self {
        self.random = Some(Arc::new(random));
        self
    }

    /// The name under which this process holds what it carries out, the same again after a restart; `paas` unless
    /// given. Processes that share a store need one each.
    pub fn process(mut self, name: impl Into<String>) -> Self {
        self.holder = Some(name.into());
        self
    }

    /// Opens the store. The back end is not asked for anything yet. Dropped: the store may have been made.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] without a store or with two, with labels and without the Harbor to show them in, if the
    /// rules of members give more in a back end than here, if two zones share a name or a registry, or if there are zones
    /// and no copier for them, or a copier and no zones; what the store says.
    pub async fn connect(self) -> Result<Platform> {
        if let Some(Err(error)) = self.member_rules.as_ref().map(Rules::check) {
            return Err(Error::new(ErrorKind::Configuration, error.to_string()));
        }
        let zones = ZoneRegistries::new(self.zones, self.zone_copier)?;
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock::new()));
        let store: Arc<dyn Store> = match (self.store, self.sqlite) {
            (Some(store), None) => store,
            (None, Some(path)) => Arc::new(SqliteStore::open(path, Arc::clone(&clock)).await?),
            (None, None) => {
                let message = "a platform needs a store: `sqlite` with the path of a file, or `store`";
                return Err(Error::new(ErrorKind::Configuration, message));
            }
            (Some(_), Some(_)) => {
                return Err(Error::new(
                    ErrorKind::Configuration,
                    "a platform has one store, and two are given",
                ));
            }
        };
        let labels = match self.state_labels {
            None => None,
            Some(names) => {
                let harbor = self.harbor.get(&Registry::Test).cloned().ok_or_else(|| {
                    let message = "states are shown in the Harbor of the test registry, and none is given";
                    Error::new(ErrorKind::Configuration, message)
                })?;
                Some(Arc::new(Labels::new(names, harbor, Arc::clone(&store))))
            }
        };
        let inner = Inner {
            store,
            client: self.client,
            keystone: self.keystone,
            harbor: self.harbor,
            member_rules: self.member_rules,
            clock,
            random: self.random.unwrap_or_else(|| Arc::new(SystemRandom::new())),
            policy: self.policy,
            template_policy: self.template_policy,
            secrets: self.secrets.unwrap_or_else(|| Arc::new(Secrets::default())),
            holder: self.holder.unwrap_or_else(|| "paas".to_owned()),
            access_sink: self.access_sink,
            running: Mutex::default(),
            starting: tokio::sync::Mutex::default(),
            members: Turns::default(),
            registries: self.registries,
            image_hook: self.image_hook,
            labels,
            copies: Copies::default(),
            notices: Notices::default(),
            zones: ZoneShared::new(zones),
            image_sources: self.image_sources,
        };
        Ok(Platform { inner: Arc::new(inner) })
    }
}
