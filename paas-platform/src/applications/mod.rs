//! Applications: checked, planned, deployed, looked at, scaled, removed.

mod check;
pub(crate) mod environments;
mod lacks;
mod networks;
mod planned;
mod removal;
mod scaling;
mod status;
mod volumes;

pub use lacks::lacks;
pub use planned::{Planned, Planning};
pub use status::{ApplicationStatus, NetworkStatus, ServiceChange, ServiceStatus};

use crate::{
    error::{Error, ErrorKind, Result},
    operations::{Note, Operation, OperationId, OperationState, audit, start},
    platform::Inner,
    records::{
        self, ApplicationRecord, ApplicationState, Kept, OperationRecord, PlanRecord, ReleaseRecord,
        is_overtaken,
    },
    store::{Batch, List, encode, kinds},
    tenants::check_name,
    who::Who,
};
use check::Checked;
use paas_core::{
    access::{Action, Kind},
    diagnostic::Diagnostics,
    plan::{self, Deployment, StackFiles},
    release::{LinkStrategy, Release},
};
use paas_tosca::{Options, Source};
use std::{collections::BTreeMap, sync::Arc};

/// What is to be deployed, and for whom.
///
/// ```
/// use paas_platform::Deploy;
/// use paas_tosca::Source;
///
/// let mut deploy = Deploy::new("meridian", Source::new("bank.yaml", "tosca_definitions_version: …"));
/// deploy.options.inputs.insert("log_level".into(), "debug".into());
/// assert_eq!(deploy.tenant, "meridian");
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Deploy {
    /// The tenant.
    pub tenant: String,
    /// The template.
    pub source: Source,
    /// What is said to the template, such as the values of its inputs. Secrets do not belong here. Its policy does not
    /// count: the platform has its own ([`template_policy`](crate::PlatformBuilder::template_policy)).
    pub options: Options,
    /// The name of the stacks; `None`: the application's.
    pub stack: Option<String>,
    /// The image that load balancers run; `None`: the one that belongs to Rancher 1.6.30.
    pub load_balancer_image: Option<String>,
    /// How services reach services in other environments; `None`: by name, or before Rancher 1.6.15 as external services.
    pub link_strategy: Option<LinkStrategy>,
    /// Where the hosts of networks are reached from others, by the networks' names: one host name, or IP addresses. Links
    /// as external services need them.
    pub addresses: BTreeMap<String, Vec<String>>,
}

impl Deploy {
    /// A template for a tenant, with the defaults of its inputs.
    #[must_use]
    pub fn new(tenant: impl Into<String>, source: Source) -> Self {
        Self {
            tenant: tenant.into(),
            source,
            options: Options::default(),
            stack: None,
            load_balancer_image: None,
            link_strategy: None,
            addresses: BTreeMap::new(),
        }
    }
}

/// The applications of a platform, for one actor.
///
/// ```
/// # use paas_sandbox::{Latencies, Sandbox};
/// use paas_client::{Credentials, RancherClient};
/// use paas_core::tenant::{Tenant, TenantNetwork};
/// use paas_platform::{Deploy, Platform, seam::SystemClock, store::MemoryStore};
/// use paas_tosca::Source;
///
/// # let sandbox = Sandbox::builder().latencies(Latencies::NONE).start().unwrap();
/// # sandbox.environment("meridian-dmz");
/// # let (url, access_key, secret_key) = (sandbox.url(), sandbox.access_key(), sandbox.secret_key());
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let client = RancherClient::builder().url(url).credentials(Credentials::new(access_key, secret_key)).build()?;
/// let store = MemoryStore::new(SystemClock::new()); // in a program: `.sqlite("paas.db")`
/// let platform = Platform::builder().store(store).rancher(client).connect().await?;
/// let anna = platform.acting_as("anna@bank.test".parse().unwrap());
///
/// let mut meridian = Tenant::new("meridian");
/// meridian.networks.push(TenantNetwork::new("dmz", "meridian-dmz"));
/// anna.tenants().put(&meridian).await?;
///
/// let template = "
/// tosca_definitions_version: tosca_simple_yaml_1_3
/// topology_template:
///   node_templates:
///     dmz: { type: paas.nodes.Network }
///     web:
///       type: paas.nodes.Service
///       properties: { image: 'registry.bank.test/web:1.4', scale: 2 }
///       requirements: [ { network: dmz } ]
/// ";
/// let planning = anna.applications().plan(&Deploy::new("meridian", Source::new("shop.yaml", template))).await?;
/// let planned = planning.planned.expect("nothing is wrong with the template");
/// let steps: Vec<String> = planned.plan().steps.iter().map(ToString::to_string).collect();
/// assert_eq!(
///     steps,
///     [
///         "create the stack `shop` in `meridian-dmz`",
///         "start `web` in `meridian-dmz`",
///         "wait for `web` in `meridian-dmz`",
///     ]
/// );
///
/// anna.applications().begin(&planned).await?.wait().await?;
/// let status = anna.applications().status("meridian", "shop").await?;
/// let web = &status.networks[0].services[0];
/// assert_eq!((web.state.as_str(), web.current_scale), ("active", Some(2)));
///
/// anna.applications().remove("meridian", "shop").await?.wait().await?;
/// # Ok::<(), paas_platform::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone)]
pub struct Applications {
    pub(crate) inner: Arc<Inner>,
    pub(crate) who: Who,
}

impl Applications {
    /// Checks a template, and then whether the tenant and the back end have what it needs. Nothing is changed. Dropped:
    /// likewise.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownTenant`]; what the store or the back end say. What is wrong with the template or the resources
    /// is no error of the call: it is in the diagnostics.
    pub async fn check(&self, deploy: &Deploy) -> Result<Diagnostics> {
        self.who.may(&self.inner, Action::Create, Kind::Application, &deploy.tenant).await?;
        let tenant = self.inner.tenant(&deploy.tenant).await?;
        Ok(check::check(&self.inner, deploy, &tenant).await?.diagnostics)
    }

    /// Checks, and plans the deployment: what will be done, as a value to show. Nothing is changed. Dropped: likewise.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check); [`ErrorKind::Deployed`] and [`ErrorKind::Busy`] if the application is there already or
    /// being worked on; [`ErrorKind::InvalidName`] if its name cannot be one.
    pub async fn plan(&self, deploy: &Deploy) -> Result<Planning> {
        self.who.may(&self.inner, Action::Create, Kind::Application, &deploy.tenant).await?;
        let Kept { version: tenant_version, value: tenant } = self.inner.kept_tenant(&deploy.tenant).await?;
        let Checked { application, found, diagnostics, sources } =
            check::check(&self.inner, deploy, &tenant).await?;
        let Some(name) = application.as_deref() else {
            return Ok(Planning { planned: None, diagnostics, sources });
        };
        // First of all, since what is there of the application would be told as being in its own way.
        check_name("application", name)?;
        let known = self.inner.application(&tenant.name, name).await?;
        if let Some(known) = &known {
            is_free(&known.value)?;
            if known.value.state == ApplicationState::Deployed {
                let message = format!("the application `{name}` of `{}` is deployed already", tenant.name);
                return Err(Error::new(ErrorKind::Deployed, message));
            }
        }
        let Some(found) = found else { return Ok(Planning { planned: None, diagnostics, sources }) };
        let id = self.new_id();
        let files: Vec<StackFiles> = paas_tosca::rancher::render(&found.release)
            .into_iter()
            .map(|files| StackFiles {
                network: files.network,
                docker_compose: files.docker_compose,
                rancher_compose: files.rancher_compose,
            })
            .collect();
        let plan = plan::deploy(Deployment {
            id: id.as_str(),
            tenant: &tenant.name,
            release: &found.release,
            files: &files,
            environments: &found.environments,
            volumes: &found.volumes,
        });
        let environments = found
            .release
            .parts
            .iter()
            .filter_map(|part| found.environments.get(&part.network.name).cloned())
            .collect();
        let application = ApplicationRecord {
            tenant: tenant.name.clone(),
            name: name.to_owned(),
            stack: found.release.stack.clone(),
            state: ApplicationState::Deploying,
            holder: Some(id.clone()),
            release: known.as_ref().map_or(0, |known| known.value.release) + 1,
            environments,
        };
        let planned = Planned {
            plan,
            id,
            application,
            expects: known.map(|known| known.version),
            tenant: Some(tenant_version),
            release: Some(found.release),
            volumes: found.new_volumes,
        };
        Ok(Planning { planned: Some(planned), diagnostics, sources })
    }

    /// Begins what was planned. The same plan twice is the same operation. Dropped: it may have begun; the plan's
    /// [`id`](Planned::id) is the operation's.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`]; [`ErrorKind::StalePlan`] if something has changed since the plan was made; what the store says.
    pub async fn begin(&self, planned: &Planned) -> Result<Operation> {
        self.who.may_carry_out(&self.inner, planned.plan.kind, &planned.plan.tenant).await?;
        let operation =
            Operation { inner: Arc::clone(&self.inner), who: self.who.clone(), id: planned.id.clone() };
        self.inner.rancher()?;
        let record = OperationRecord {
            id: planned.id.clone(),
            kind: planned.plan.kind,
            tenant: planned.plan.tenant.clone(),
            application: planned.plan.application.clone(),
            by: self.who.actor().clone(),
            state: OperationState::Running,
            steps: planned.plan.steps.len(),
            begun_at: self.inner.clock.now(),
            ended_at: None,
            failures: Vec::new(),
        };
        let batch = self.batch(planned, &record)?;
        match self.inner.store.commit(batch).await {
            Ok(_) => {}
            Err(error) if is_overtaken(&error) => {
                let known = match self.inner.operation(&planned.id).await {
                    Ok(known) => known,
                    Err(other) if other.kind() == ErrorKind::UnknownOperation => {
                        let message = format!("the plan `{}` is no longer right: {error}", planned.id);
                        return Err(Error::new(ErrorKind::StalePlan, message));
                    }
                    Err(other) => return Err(other),
                };
                if known.value.state == OperationState::Running {
                    match operation.resume().await {
                        Err(error) if !error.is_held_elsewhere() => return Err(error),
                        // Here or in another process: it is carried out.
                        _ => {}
                    }
                }
                return Ok(operation);
            }
            Err(error) => return Err(error.into()),
        }
        // It has begun, and can be resumed by its id.
        start(&self.inner, &planned.id, None).await.map_err(|error| error.of(&planned.id))?;
        Ok(operation)
    }

    fn batch(&self, planned: &Planned, record: &OperationRecord) -> Result<Batch> {
        let id = planned.id.as_str();
        let ApplicationRecord { tenant, name, .. } = &planned.application;
        let mut batch = Batch::new().create(kinds::OPERATION, id, encode(record)?).create(
            kinds::PLAN,
            id,
            encode(&PlanRecord { plan: planned.plan.clone() })?,
        );
        let (key, bytes) = (records::key_in(tenant, name), encode(&planned.application)?);
        batch = match planned.expects {
            Some(version) => batch.put(kinds::APPLICATION, key, version, bytes),
            None => batch.create(kinds::APPLICATION, key, bytes),
        };
        if planned.tenant.is_some() {
            batch = batch.expect(kinds::TENANT, tenant, planned.tenant);
        }
        if let Some(release) = &planned.release {
            let number = planned.application.release;
            let record = ReleaseRecord { number, operation: planned.id.clone(), release: release.clone() };
            batch =
                batch.create(kinds::RELEASE, records::release_key(tenant, name, number), encode(&record)?);
        }
        for volume in &planned.volumes {
            batch = batch.create(kinds::VOLUME, records::key_in(tenant, &volume.name), encode(volume)?);
        }
        batch = audit(batch, self.who.actor(), "begin", record, record.begun_at)?;
        Ok(batch.append(id, 1, encode(&Note::Begun { by: self.who.actor().clone() })?))
    }

    /// Plans a deployment and begins it. Dropped: it may have begun.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Rejected`] with all problems if something is wrong; as [`plan`](Self::plan) and
    /// [`begin`](Self::begin).
    pub async fn deploy(&self, deploy: &Deploy) -> Result<Operation> {
        let Planning { planned, diagnostics, .. } = self.plan(deploy).await?;
        self.begin(&planned.ok_or_else(|| Error::rejected(diagnostics))?).await
    }

    /// How an application is in the back end now. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownApplication`]; what the store or the back end say.
    pub async fn status(&self, tenant: &str, application: &str) -> Result<ApplicationStatus> {
        self.who.may(&self.inner, Action::View, Kind::Application, tenant).await?;
        let Kept { value, .. } = self.known(tenant, application).await?;
        status::status(&self.inner, value).await
    }

    /// The applications of a tenant: their names and how they are by the platform's record. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownTenant`]; what the store says.
    pub async fn list(&self, tenant: &str) -> Result<Vec<(String, ApplicationState)>> {
        self.who.may(&self.inner, Action::View, Kind::Application, tenant).await?;
        let tenant = self.inner.tenant(tenant).await?;
        let mut found = Vec::new();
        let mut list = List::of(kinds::APPLICATION).with_prefix(records::key_in(&tenant.name, ""));
        loop {
            let page = self.inner.store.list(list.clone()).await?;
            for record in &page.items {
                let Kept { value, .. } = records::kept::<ApplicationRecord>(record)?;
                found.push((value.name, value.state));
            }
            match page.items.last() {
                Some(last) if page.more => list = list.after(&last.key),
                _ => break,
            }
        }
        found.retain(|(_, state)| *state != ApplicationState::Removed);
        Ok(found)
    }

    /// The latest release of an application. Dropped: nothing has changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownApplication`]; what the store says.
    pub async fn release(&self, tenant: &str, application: &str) -> Result<Release> {
        self.who.may(&self.inner, Action::View, Kind::Application, tenant).await?;
        let Kept { value, .. } = self.known(tenant, application).await?;
        self.inner.release(&value).await
    }

    /// The application, unless it is gone.
    async fn known(&self, tenant: &str, application: &str) -> Result<Kept<ApplicationRecord>> {
        let tenant = self.inner.tenant(tenant).await?;
        let shown: String = application.chars().filter(|c| !c.is_control()).take(63).collect();
        let unknown = || {
            let message = format!("the tenant `{}` has no application `{shown}`", tenant.name);
            Error::new(ErrorKind::UnknownApplication, message)
        };
        check_name("application", application).map_err(|_| unknown())?;
        let known = self.inner.application(&tenant.name, application).await?;
        known.filter(|known| known.value.state != ApplicationState::Removed).ok_or_else(unknown)
    }

    fn new_id(&self) -> OperationId {
        OperationId::new(&*self.inner.clock, &*self.inner.random)
    }
}

impl Inner {
    async fn application(&self, tenant: &str, name: &str) -> Result<Option<Kept<ApplicationRecord>>> {
        Ok(records::read(&*self.store, kinds::APPLICATION, &records::key_in(tenant, name)).await?)
    }

    /// The secret inputs of an application's latest release.
    pub(crate) async fn secret_inputs(&self, tenant: &str, application: &str) -> Result<Vec<String>> {
        let Some(known) = self.application(tenant, application).await? else { return Ok(Vec::new()) };
        let release = self.release(&known.value).await?;
        Ok(release.secrets.into_iter().map(|secret| secret.input).collect())
    }

    async fn release(&self, application: &ApplicationRecord) -> Result<Release> {
        let ApplicationRecord { tenant, name, release, .. } = application;
        let key = records::release_key(tenant, name, *release);
        let record = records::read::<ReleaseRecord>(&*self.store, kinds::RELEASE, &key).await?;
        let record = record.ok_or_else(|| {
            let what = format!("the application `{name}` of `{tenant}`");
            crate::store::StoreError::corrupt(what, format!("its release {release} is missing"))
        })?;
        Ok(record.value.release)
    }
}

/// Whether no operation holds an application.
fn is_free(application: &ApplicationRecord) -> Result<()> {
    let Some(holder) = &application.holder else { return Ok(()) };
    let ApplicationRecord { tenant, name, .. } = application;
    let message = format!("the application `{name}` of `{tenant}` is held by the operation `{holder}`");
    Err(Error::new(ErrorKind::Busy, message).of(holder))
}
