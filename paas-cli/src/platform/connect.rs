//! From arguments to a platform.

use super::{Problem, sources::with_sources};
use crate::args::{PlatformArgs, SecretsArgs, WaitArgs};
use paas_sdk::{
    Acting, Actor, Credentials, ExecutionPolicy, Platform, RancherClient, Secrets, Source, TemplatePolicy,
    Tenant,
    access::{Registry, membership::Rules},
    client::{
        HarborClient, KeystoneClient, RegistryClient, harbor::Login, keystone::Configuration,
        registry::RegistryLogin,
    },
    files,
    platform::{
        PlatformBuilder,
        seam::SystemClock,
        store::{MemoryStore, SqliteStore, export, import},
    },
};
use std::{env, io::Cursor, path::PathBuf, time::Duration};

/// How secret inputs are called in the environment.
const SECRET_PREFIX: &str = "PAAS_SECRET_";

pub(super) const DEFAULT_WAIT: WaitArgs = WaitArgs { wait: None };

/// What a command has to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The store only.
    Store,
    /// Rancher, too.
    Rancher,
}

impl PlatformArgs {
    /// The platform, for somebody who only looks: nothing is written of that, so nobody needs a name.
    pub(crate) async fn connect_to_look(&self, reach: Reach) -> Result<Acting, Problem> {
        let platform = self.builder(reach, known_secrets(), &DEFAULT_WAIT)?;
        let platform = platform.sqlite(self.store()).connect().await?;
        let nobody = "nobody".parse().map_err(|why| Problem::new(format!("{why}"), ""));
        Ok(platform.acting_as(self.actor().or(nobody)?))
    }

    /// The platform, for whoever acts.
    pub(crate) async fn connect(&self, reach: Reach) -> Result<Acting, Problem> {
        self.connect_with(reach, known_secrets(), &DEFAULT_WAIT).await
    }

    pub(crate) async fn connect_with(
        &self,
        reach: Reach,
        secrets: Secrets,
        wait: &WaitArgs,
    ) -> Result<Acting, Problem> {
        let (builder, actor) = (self.builder(reach, secrets, wait)?, self.actor()?);
        Ok(builder.sqlite(self.store()).connect().await?.acting_as(actor))
    }

    /// The platform, for whoever deploys: with what templates may do.
    pub(crate) async fn connect_to_deploy(
        &self,
        secrets: Secrets,
        wait: &WaitArgs,
        policy: TemplatePolicy,
    ) -> Result<Acting, Problem> {
        let (builder, actor) = (self.builder(Reach::Rancher, secrets, wait)?, self.actor()?);
        let builder = with_sources(builder)?;
        let platform = builder.template_policy(policy).sqlite(self.store()).connect().await?;
        Ok(platform.acting_as(actor))
    }

    /// The platform with Keystone and the registries, for whoever looks after members; on a copy of the store if nothing
    /// is to be written.
    pub(crate) async fn connect_with_members(&self, rules: Rules, copy: bool) -> Result<Acting, Problem> {
        let (mut builder, actor) =
            (self.builder(Reach::Rancher, known_secrets(), &DEFAULT_WAIT)?, self.actor()?);
        let keystone = KeystoneClient::builder().configuration(&Configuration::load()?)?;
        let keystone = if self.allow_plain_http { keystone.allow_plain_http() } else { keystone };
        builder = self.harbors(builder.keystone(keystone.build()?).member_rules(rules))?;
        let builder =
            if copy { builder.store(self.copy_of_store().await?) } else { builder.sqlite(self.store()) };
        Ok(builder.connect().await?.acting_as(actor))
    }

    /// The platform with the Harbors that there are, for whoever changes image namespaces.
    pub(crate) async fn connect_with_harbors(&self) -> Result<Acting, Problem> {
        let (builder, actor) = (self.builder(Reach::Store, known_secrets(), &DEFAULT_WAIT)?, self.actor()?);
        Ok(self.harbors(builder)?.sqlite(self.store()).connect().await?.acting_as(actor))
    }

    /// The platform with both registries, for whoever moves images.
    pub(crate) async fn connect_with_registries(&self) -> Result<Acting, Problem> {
        let (builder, actor) = (self.builder(Reach::Store, known_secrets(), &DEFAULT_WAIT)?, self.actor()?);
        let builder = self.with_registries(builder)?;
        Ok(builder.sqlite(self.store()).connect().await?.acting_as(actor))
    }

    pub(super) fn harbors(&self, mut builder: PlatformBuilder) -> Result<PlatformBuilder, Problem> {
        for (registry, name) in [(Registry::Test, "TEST"), (Registry::Production, "PRODUCTION")] {
            if let Some(client) = self.harbor(name)? {
                builder = builder.harbor(registry, client);
            }
        }
        Ok(builder)
    }

    /// The registry that variables tell of; without a login it is asked as nobody.
    pub(super) fn registry(&self, name: &str) -> Result<RegistryClient, Problem> {
        let of = |what: &str| format!("REGISTRY_{name}_{what}");
        let Some(url) = variable(&of("URL")) else {
            let help = format!(
                "set {}, and if it wants a login {} and {}",
                of("URL"),
                of("USERNAME"),
                of("PASSWORD")
            );
            return Err(Problem::new(
                format!("nothing says where the registry is: `{}` is not set", of("URL")),
                help,
            ));
        };
        let login = match (variable(&of("USERNAME")), variable(&of("PASSWORD"))) {
            (Some(user), Some(password)) => RegistryLogin::user(user, password),
            (None, None) => RegistryLogin::anonymous(),
            _ => {
                let help = format!("set both {} and {}", of("USERNAME"), of("PASSWORD"));
                return Err(Problem::new("half of a login is set", help));
            }
        };
        let builder = RegistryClient::builder().url(url).login(login);
        let builder = if self.allow_plain_http { builder.allow_plain_http() } else { builder };
        Ok(builder.build()?)
    }

    /// The Harbor that variables tell of, if they do.
    pub(super) fn harbor(&self, name: &str) -> Result<Option<HarborClient>, Problem> {
        let of = |what: &str| format!("HARBOR_{name}_{what}");
        let Some(url) = variable(&of("URL")) else { return Ok(None) };
        let (user, password) = (variable(&of("USERNAME")), variable(&of("PASSWORD")));
        let (Some(user), Some(password)) = (user, password) else {
            let help = format!("set {} and {}", of("USERNAME"), of("PASSWORD"));
            return Err(Problem::new(format!("`{}` is set without a login", of("URL")), help));
        };
        let login = if user.starts_with("robot$") {
            Login::robot(user, password)
        } else {
            Login::user(user, password)
        };
        let builder = HarborClient::builder().url(url).login(login);
        let builder = if self.allow_plain_http { builder.allow_plain_http() } else { builder };
        Ok(Some(builder.build()?))
    }

    /// The platform on a copy of the store, so that nothing is written.
    pub(crate) async fn rehearse(&self, secrets: Secrets, policy: TemplatePolicy) -> Result<Acting, Problem> {
        let (builder, actor) = (self.builder(Reach::Rancher, secrets, &DEFAULT_WAIT)?, self.actor()?);
        let builder = with_sources(builder)?.template_policy(policy);
        Ok(builder.store(self.copy_of_store().await?).connect().await?.acting_as(actor))
    }

    async fn copy_of_store(&self) -> Result<MemoryStore, Problem> {
        let copy = MemoryStore::new(SystemClock::new());
        let path = self.store();
        if path.exists() {
            let store = SqliteStore::open(path, SystemClock::new()).await?;
            let (text, _) = export(&store, Vec::new()).await?;
            store.close().await;
            import(&copy, Cursor::new(text)).await?;
        }
        Ok(copy)
    }

    /// All but the store. What is wrong here is told before a store is made.
    pub(super) fn builder(
        &self,
        reach: Reach,
        secrets: Secrets,
        wait: &WaitArgs,
    ) -> Result<PlatformBuilder, Problem> {
        let mut policy = ExecutionPolicy::default();
        if let Some(seconds) = wait.wait {
            policy.ready = Duration::from_secs(seconds);
            policy.unhealthy = policy.unhealthy.min(policy.ready);
        }
        let mut builder = Platform::builder().policy(policy).secrets(secrets);
        if reach == Reach::Rancher {
            builder = builder.rancher(self.client()?);
        }
        Ok(builder)
    }

    pub(super) fn store(&self) -> PathBuf {
        self.store.clone().or_else(|| variable("PAAS_STORE").map(PathBuf::from)).unwrap_or("paas.db".into())
    }

    fn client(&self) -> Result<RancherClient, Problem> {
        let credentials = match &self.credentials {
            Some(path) => Credentials::from_file(path)?,
            None => Credentials::from_environment()?,
        };
        let builder = RancherClient::builder().credentials(credentials);
        let builder = if self.allow_plain_http { builder.allow_plain_http() } else { builder };
        Ok(builder.build()?)
    }

    pub(super) fn actor(&self) -> Result<Actor, Problem> {
        if let Some(actor) = &self.actor {
            return Ok(actor.clone());
        }
        let found =
            ["PAAS_ACTOR", "USER", "LOGNAME"].into_iter().find_map(|name| Some((name, variable(name)?)));
        let help = "say --as NAME, or set the variable PAAS_ACTOR";
        match found {
            Some((name, value)) => value
                .parse()
                .map_err(|why| Problem::new(format!("`{name}` does not say who acts: {why}"), help)),
            None => Err(Problem::new("nothing says who acts, and the journal is to tell it", help)),
        }
    }
}

/// A variable of the environment that says something.
pub(super) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The secrets at hand: of the file, and where that has none, of the environment.
pub(crate) fn secrets(args: &SecretsArgs) -> Result<Secrets, Problem> {
    let Some(path) = &args.secrets else { return Ok(known_secrets()) };
    match files::read_secrets(path) {
        Ok(secrets) => Ok(secrets.or(known_secrets())),
        Err(problems) => {
            let nothing = Source::new(path.to_string_lossy().into_owned(), "");
            Err(Problem::Diagnostics(Box::new((nothing.into(), problems))))
        }
    }
}

/// What `--tenant` says: the tenant of a file, or else `None` and the name of one that is recorded.
pub(crate) fn tenant(given: &str) -> Result<(Option<Tenant>, String), Problem> {
    let is_file = given.contains(['/', '\\']) || given.ends_with(".yaml") || given.ends_with(".yml");
    if !is_file {
        return Ok((None, given.to_owned()));
    }
    let file = files::read_tenant(given);
    match file.tenant {
        Some(tenant) => {
            let name = tenant.name.clone();
            Ok((Some(tenant), name))
        }
        None => Err(Problem::Diagnostics(Box::new((file.source.into(), file.diagnostics)))),
    }
}

/// The secrets of the environment. Commands that send none have them struck out of what the server says.
pub(crate) fn known_secrets() -> Secrets {
    Secrets::from_environment(SECRET_PREFIX)
}

/// The name of the tenant that `--tenant` says.
pub(crate) fn tenant_name(given: &str) -> Result<String, Problem> {
    Ok(tenant(given)?.1)
}
