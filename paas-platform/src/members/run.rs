//! One time that the members of a tenant are looked at.

use super::{
    MembersFailure, MembersNote, MembersOptions, MembersRecord, MembersReport, Place, busy, environment,
    keystone::{self, Users},
    project, stream,
};
use crate::{
    applications::environments,
    audit::AuditRecord,
    error::{Error, ErrorKind, Result},
    platform::Inner,
    records::{self, Kept},
    store::{Batch, Lease, LeaseRequest, StoreError, Version, encode, kinds},
    who::Who,
};
use paas_client::RancherClient;
use paas_core::{
    access::{
        RancherRole, Registry,
        membership::{
            self, EnvironmentChange, EnvironmentMembers, Finding, Foreign, MembershipPlan, ProjectMembers,
            RancherMember, Request, Rules,
        },
    },
    tenant::Tenant,
};
use std::collections::BTreeSet;

pub(super) use crate::namespaces::Namespace;

/// Where members are to be, as they are now, and what could not be read.
#[derive(Default)]
struct Places {
    environments: Vec<EnvironmentMembers>,
    /// Those in which the platform put somebody, and that are none of the tenant's networks any more.
    left: Vec<EnvironmentMembers>,
    projects: Vec<ProjectMembers>,
    failures: Vec<MembersFailure>,
}

/// What is known of a tenant's members, and what is kept of them.
pub(super) struct Run<'a> {
    pub(super) inner: &'a Inner,
    who: &'a Who,
    pub(super) client: &'a RancherClient,
    pub(super) tenant: Tenant,
    rules: Rules,
    users: Users,
    namespaces: Vec<Namespace>,
    pub(super) record: MembersRecord,
    version: Option<Version>,
    lease: Option<Lease>,
    /// The environments that are none of the tenant's any more.
    left: BTreeSet<String>,
}

impl<'a> Run<'a> {
    /// Asks Keystone, and reads what is kept. For changes, under the lease: what was read before it could be older than
    /// what somebody else did meanwhile.
    pub(super) async fn begin(
        inner: &'a Inner,
        who: &'a Who,
        tenant: Tenant,
        options: MembersOptions,
        lease: Option<Lease>,
    ) -> Result<Self> {
        let (client, keystone, rules) = (inner.rancher()?, inner.keystone()?, inner.member_rules()?);
        let rules = options.rules(rules);
        let users =
            alive(inner, lease.as_ref(), keystone::users(keystone, &tenant, &rules.role_names)).await?;
        let kept: Option<Kept<MembersRecord>> =
            records::read(&*inner.store, kinds::MEMBERS, &tenant.name).await?;
        let namespaces = inner.namespaces(&tenant.name).await?;
        let (version, record) = kept.map(|Kept { version, value }| (version, value)).unzip();
        let record = record.unwrap_or_default();
        Ok(Self {
            inner,
            who,
            client,
            tenant,
            rules,
            users,
            namespaces,
            record,
            version,
            lease,
            left: BTreeSet::new(),
        })
    }

    /// What is to be done, and nothing of it.
    pub(super) async fn plan(self) -> Result<MembersReport> {
        let places = self.places().await?;
        Ok(self.report(places))
    }

    /// Does it.
    pub(super) async fn apply(mut self) -> Result<MembersReport> {
        let places = alive(self.inner, self.lease.as_ref(), self.places()).await?;
        self.left = places.left.iter().map(|environment| environment.environment.clone()).collect();
        let mut report = self.report(places);
        if report.plan.blown {
            let message = format!(
                "{} members of `{}` would lose rights, and {} may by one plan: nothing was changed",
                report.plan.losses,
                self.tenant.name,
                self.rules.settings.fuse.unwrap_or_default()
            );
            return Err(Error::new(ErrorKind::MembersFuse, message));
        }
        for environment in report.plan.environments.iter().map(|plan| plan.environment.clone()) {
            if let Err(failure) = environment::settle(&mut self, &environment).await? {
                report.failures.push(failure);
            }
        }
        for (registry, project) in
            report.plan.projects.iter().map(|plan| (plan.registry, plan.project.clone())).collect::<Vec<_>>()
        {
            let namespace = self.namespaces.iter().find(|namespace| namespace.name == project).cloned();
            let (Some(namespace), Some(client)) = (namespace, self.inner.harbor(registry)) else { continue };
            report.failures.extend(project::settle(&mut self, client, registry, &namespace).await?);
        }
        Ok(report)
    }

    /// Keeps the lease for one more place: whoever has lost it may do nothing more.
    pub(super) async fn renew(&self) -> Result<()> {
        if let Some(lease) = &self.lease {
            self.inner.store.renew(&lease.fence(), self.inner.policy.lease).await?;
        }
        Ok(())
    }

    /// Makes a call, as long as nobody else can have the lease.
    pub(super) async fn within_lease<T>(
        &self,
        call: impl Future<Output = paas_client::Result<T>>,
    ) -> Result<T> {
        self.renew().await?;
        tokio::select! {
            done = call => Ok(done?),
            () = self.inner.clock.sleep(self.inner.policy.lease / 2) => {
                let message = "the call took longer than this process may be sure to be alone; what came of it is found the next time";
                Err(Error::new(ErrorKind::TakenOver, message))
            }
        }
    }

    fn report(&self, places: Places) -> MembersReport {
        let Places { environments, left, projects, failures } = places;
        let mut plan = self.planned(&Request {
            environments: &environments,
            projects: &projects,
            ..self.rules.request()
        });
        // Nobody of the tenant is to be there. What others do there is none of its business.
        let leaving = self.planned_without_anybody(&left);
        plan.losses += leaving.losses;
        plan.environments.extend(leaving.environments);
        if let Some(fuse) = self.rules.settings.fuse
            && plan.losses > fuse
            && !plan.blown
        {
            plan.blown = true;
            plan.findings.push(Finding::FuseBlown { losses: plan.losses, fuse });
        }
        MembersReport { tenant: self.tenant.name.clone(), frozen: self.users.frozen, plan, failures }
    }

    async fn places(&self) -> Result<Places> {
        let mut places = Places::default();
        self.environments(&mut places).await?;
        self.projects(&mut places).await;
        Ok(places)
    }

    /// What makes members those that Keystone says.
    pub(super) fn planned(&self, places: &Request<'_>) -> MembershipPlan {
        membership::plan(&Request {
            members: &self.users.members,
            frozen: self.users.frozen.is_some(),
            environments: places.environments,
            projects: places.projects,
            ..self.rules.request()
        })
    }

    pub(super) fn planned_environment(&self, environment: EnvironmentMembers) -> MembershipPlan {
        if self.left.contains(&environment.environment) {
            return self.planned_without_anybody(&[environment]);
        }
        self.planned(&Request { environments: &[environment], ..self.rules.request() })
    }

    fn planned_without_anybody(&self, environments: &[EnvironmentMembers]) -> MembershipPlan {
        // Whose they are now, is not this tenant's to say: others stay, whatever the options are.
        let mut options = self.rules.settings.clone();
        options.foreign = Foreign::Keep;
        let request = Request { frozen: true, environments, options: &options, ..self.rules.request() };
        let mut plan = membership::plan(&request);
        let platform = &self.rules.settings.platform;
        for plan in &mut plan.environments {
            let now = environments.iter().find(|now| now.environment == plan.environment);
            let was_there =
                now.is_some_and(|now| now.members.iter().any(|member| member.identity == *platform));
            let is_owned = |member: &RancherMember| {
                member.identity != *platform && member.role == RancherRole::Owner.as_str()
            };
            // Nor does the platform come back to where somebody else owns it.
            if !was_there && plan.set.iter().any(is_owned) {
                plan.set.retain(|member| member.identity != *platform);
                plan.changes.retain(|change| !matches!(change, EnvironmentChange::Add { identity, .. } if identity == platform));
            }
        }
        plan
    }

    pub(super) fn planned_project(&self, project: ProjectMembers) -> MembershipPlan {
        self.planned(&Request { projects: &[project], ..self.rules.request() })
    }

    /// The environments of the tenant's networks with their members, as far as they can be read.
    async fn environments(&self, places: &mut Places) -> Result<()> {
        let all = environments::all(self.client).await?;
        let mut seen = BTreeSet::new();
        for network in &self.tenant.networks {
            let known = match environments::of_network(network, &network.name, &all) {
                Ok(known) => known,
                Err(problem) => {
                    let place = Place::Network { network: network.name.clone() };
                    places.failures.push(MembersFailure::of_diagnostic(place, &problem));
                    continue;
                }
            };
            if !seen.insert(known.id.clone()) {
                continue;
            }
            match environment::read(self, &known.id).await {
                Ok(environment) => places.environments.push(environment),
                Err(error) => {
                    let place = Place::Environment { environment: known.id };
                    places.failures.push(MembersFailure::of_client(place, error));
                }
            }
        }
        // As long as a network has no environment, nobody knows which ones are left behind.
        if places.failures.iter().any(|failure| matches!(failure.place, Place::Network { .. })) {
            return Ok(());
        }
        let is_there = |id: &&String| all.iter().any(|environment| environment.id.as_str() == *id);
        for id in self.record.environments.keys().filter(|id| !seen.contains(*id)).filter(is_there) {
            match environment::read(self, id).await {
                Ok(environment) => places.left.push(environment),
                Err(error) => {
                    let place = Place::Environment { environment: id.clone() };
                    places.failures.push(MembersFailure::of_client(place, error));
                }
            }
        }
        Ok(())
    }

    /// The Harbor projects of the tenant's image namespaces with their members, as far as they can be read.
    async fn projects(&self, places: &mut Places) {
        for registry in [Registry::Test, Registry::Production] {
            let Some(client) = self.inner.harbor(registry) else { continue };
            let held =
                |namespace: &&Namespace| namespace.registries.contains(&registry) && !namespace.pending;
            for namespace in self.namespaces.iter().filter(held) {
                match project::read(self, client, registry, namespace).await {
                    Ok(Some(project)) => places.projects.push(project),
                    // In production there is one when somebody has opened it.
                    Ok(None) if registry == Registry::Production => {}
                    Ok(None) => {
                        let place = Place::Project { registry, project: namespace.name.clone() };
                        let message = format!("Harbor has no project `{}`", namespace.name);
                        let error = Error::new(ErrorKind::Harbor, message);
                        places.failures.push(MembersFailure::of(place, &error));
                    }
                    Err(error) => {
                        let place = Place::Project { registry, project: namespace.name.clone() };
                        places.failures.push(MembersFailure::of_client(place, error));
                    }
                }
            }
        }
    }

    /// Writes notes, and what is kept after them: all or nothing, and only as long as the lease holds.
    pub(super) async fn write(&mut self, notes: &[MembersNote], action: Option<&str>) -> Result<()> {
        let (stream, mut record) = (stream(&self.tenant.name), self.record.clone());
        record.environments.retain(|_, ours| !ours.is_empty());
        record.projects.retain(|_, ours| !ours.is_empty());
        let mut batch = Batch::new();
        for note in notes {
            record.journal += 1;
            batch = batch.append(&stream, record.journal, encode(note)?);
        }
        if let Some(action) = action {
            let (now, by) = (self.inner.clock.now(), self.who.actor());
            let audit = AuditRecord::new(now, by, action, &self.tenant.name).with(notes);
            batch = audit.enqueue(batch)?;
        }
        let (key, bytes) = (&self.tenant.name, encode(&record)?);
        batch = match self.version {
            Some(version) => batch.put(kinds::MEMBERS, key, version, bytes),
            None => batch.create(kinds::MEMBERS, key, bytes),
        };
        if let Some(lease) = &self.lease {
            batch = batch.fenced_by(lease.fence());
        }
        self.version = Some(self.inner.store.commit(batch).await?.version);
        self.record = record;
        Ok(())
    }

    pub(super) fn actor(&self) -> paas_core::actor::Actor {
        self.who.actor().clone()
    }
}

/// Takes a lease for this run alone: nothing is resumed by it, so its holder needs no name that comes again, and two
/// programs that bear one name keep each other out.
pub(super) async fn lease(inner: &Inner, name: String, of: &str) -> Result<Lease> {
    let holder = format!("{}/{:016x}", inner.holder, inner.random.next_u64());
    match inner.store.acquire(LeaseRequest::new(name, holder, inner.policy.lease)).await {
        Ok(lease) => Ok(lease),
        Err(StoreError::LeaseHeld { .. }) => Err(busy(of)),
        Err(error) => Err(error.into()),
    }
}

/// Does some work that may take its time, and keeps the lease meanwhile.
async fn alive<T>(inner: &Inner, lease: Option<&Lease>, work: impl Future<Output = Result<T>>) -> Result<T> {
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = inner.clock.sleep(inner.policy.lease / 3) => {
                if let Some(lease) = lease {
                    inner.store.renew(&lease.fence(), inner.policy.lease).await?;
                }
            }
        }
    }
}
