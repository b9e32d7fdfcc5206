//! Members: users of a tenant are members of its environments and Harbor projects, as Keystone says.

mod environment;
mod keeping;
mod keystone;
mod project;
mod record;
mod report;
mod run;

pub use keeping::KeepingMembers;
pub use record::{MembersEntry, MembersNote, Place};
pub use report::{MembersFailure, MembersReport};

pub(crate) use record::MembersRecord;

use crate::{
    error::{Error, ErrorKind, Result},
    platform::Inner,
    store::{Lease, Store, StoreError, decode, limits},
    who::Who,
};
use paas_core::access::{
    Action, Kind,
    membership::{Foreign, Rules},
};
use run::Run;
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// The members of a platform's tenants, for one actor.
///
/// Keystone says who has which role in a tenant's project; here that becomes who is a member of the tenant's
/// environments and of the Harbor projects of its image namespaces. Only members that the platform put there are changed
/// and removed, unless [`MembersOptions::foreign`] says otherwise.
///
/// Rancher takes the members of an environment as a whole: they are read again just before they are written, and once
/// more afterwards. What is to be done stands in a journal before it is done. A process that ends in between leaves
/// nothing to resume: the next time, what is missing is found by looking.
#[derive(Debug, Clone)]
pub struct Members {
    pub(crate) inner: Arc<Inner>,
    pub(crate) who: Who,
}

/// What is to be other than the rules say, this once.
///
/// ```
/// use paas_platform::MembersOptions;
/// let options = MembersOptions::default().fuse(40);
/// assert_eq!(options.fuse, Some(40));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct MembersOptions {
    /// How many members may lose rights.
    pub fuse: Option<usize>,
    /// What becomes of members that the platform did not put there.
    pub foreign: Option<Foreign>,
}

impl MembersOptions {
    /// So many members may lose rights.
    #[must_use]
    pub const fn fuse(mut self, losses: usize) -> Self {
        self.fuse = Some(losses);
        self
    }

    /// This becomes of members that the platform did not put there.
    #[must_use]
    pub const fn foreign(mut self, foreign: Foreign) -> Self {
        self.foreign = Some(foreign);
        self
    }

    fn rules(self, rules: &Rules) -> Rules {
        let mut rules = rules.clone();
        if self.fuse.is_some() {
            rules.settings.fuse = self.fuse;
        }
        if let Some(foreign) = self.foreign {
            rules.settings.foreign = foreign;
        }
        rules
    }
}

impl Members {
    /// Tells what [`apply`](Self::apply) would do. Nothing is changed. Dropped: likewise.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownTenant`]; [`ErrorKind::Configuration`] without a client of Keystone, rules, or
    /// the id of the tenant's project; what Keystone and the store say. What cannot be read in a back end stands in the
    /// report.
    pub async fn plan(&self, tenant: &str, options: MembersOptions) -> Result<MembersReport> {
        self.who.may(&self.inner, Action::View, Kind::Membership, tenant).await?;
        let tenant = self.inner.tenant(tenant).await?;
        Run::begin(&self.inner, &self.who, tenant, options, None).await?.plan().await
    }

    /// Makes the members of a tenant's environments and Harbor projects those that Keystone says. Done twice, the second
    /// time does nothing.
    ///
    /// Dropped: what was under way may have happened; the next time finds it.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan); [`ErrorKind::MembersFuse`] if more members would lose rights than may, and
    /// [`ErrorKind::MembersBusy`] if that is done already: then nothing was changed. What fails in a back end stands in the
    /// report, and the rest is done.
    pub async fn apply(&self, tenant: &str, options: MembersOptions) -> Result<MembersReport> {
        self.who.may(&self.inner, Action::Sync, Kind::Membership, tenant).await?;
        self.apply_to(tenant, options).await
    }

    async fn apply_to(&self, tenant: &str, options: MembersOptions) -> Result<MembersReport> {
        self.inner.tenant(tenant).await?;
        let _turn = Turn::take(&self.inner, tenant)?;
        let lease = run::lease(&self.inner, stream(tenant), tenant).await?;
        let fence = lease.fence();
        let result = self.apply_under(lease, tenant, options).await;
        // It runs out by itself if this fails.
        let _ = self.inner.store.release(&fence).await;
        result
    }

    /// What the tenant is, is read under the lease like all else: it may have changed since somebody asked.
    async fn apply_under(
        &self,
        lease: Lease,
        tenant: &str,
        options: MembersOptions,
    ) -> Result<MembersReport> {
        let tenant = self.inner.tenant(tenant).await?;
        self.who.may_of(Action::Sync, Kind::Membership, &tenant)?;
        Run::begin(&self.inner, &self.who, tenant, options, Some(lease)).await?.apply().await
    }

    /// Makes the members of all tenants that the actor may see those that Keystone says, now and again after each period,
    /// until the value that it gives is dropped or stopped. What becomes of each tenant is given to `told`.
    ///
    /// One tenant is done after the other. Several processes may do this: a tenant that another one is at is told as
    /// [`ErrorKind::MembersBusy`].
    ///
    /// ```
    /// use paas_platform::{Platform, seam::SystemClock, store::MemoryStore};
    /// use std::time::Duration;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// # let platform = Platform::builder().store(MemoryStore::new(SystemClock::new())).connect().await?;
    /// let members = platform.acting_as("members".parse().unwrap()).members();
    /// let keeping = members.keep(Duration::from_secs(300), |tenant, result| match result {
    ///     Ok(report) => println!("{tenant}: {} to look at", report.plan.findings.len()),
    ///     Err(error) => eprintln!("{tenant}: {error}"),
    /// });
    /// keeping.stop().await;
    /// # Ok::<(), paas_platform::Error>(())
    /// # }).unwrap();
    /// ```
    #[must_use = "it ends when this is dropped"]
    pub fn keep(
        &self,
        every: Duration,
        told: impl FnMut(&str, Result<MembersReport>) + Send + 'static,
    ) -> KeepingMembers {
        KeepingMembers::begin(self.clone(), every, told)
    }

    /// The journal of a tenant's members, from its beginning: which calls were made, by whom and why.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Denied`], [`ErrorKind::UnknownTenant`]; what the store says.
    pub async fn journal(&self, tenant: &str) -> Result<Vec<MembersEntry>> {
        self.who.may(&self.inner, Action::View, Kind::Membership, tenant).await?;
        let tenant = self.inner.tenant(tenant).await?;
        Ok(entries(&*self.inner.store, &stream(&tenant.name)).await?)
    }
}

/// The name of the journal of a tenant's members, and of the lease of whoever writes it.
fn stream(tenant: &str) -> String {
    format!("members/{tenant}")
}

async fn entries(store: &dyn Store, stream: &str) -> Result<Vec<MembersEntry>, StoreError> {
    let mut all: Vec<MembersEntry> = Vec::new();
    loop {
        let from = all.last().map_or(1, |last| last.number + 1);
        let page = store.scan(stream, from, limits::MAX_PAGE).await?;
        let is_empty = page.items.is_empty();
        for entry in page.items {
            let what = format!("entry {} of the journal `{stream}`", entry.number);
            let note = decode(&what, &entry.bytes)?;
            all.push(MembersEntry { number: entry.number, at: entry.at, note });
        }
        if is_empty || !page.more {
            return Ok(all);
        }
    }
}

/// The tenants whose members this process is at.
pub(crate) type Turns = Mutex<BTreeSet<String>>;

/// Keeps others of this process from the same tenant; a lease keeps other processes.
struct Turn<'a> {
    turns: &'a Turns,
    tenant: String,
}

impl<'a> Turn<'a> {
    fn take(inner: &'a Inner, tenant: &str) -> Result<Self> {
        let mut turns = inner.members.lock().unwrap_or_else(PoisonError::into_inner);
        if !turns.insert(tenant.to_owned()) {
            return Err(busy(tenant));
        }
        Ok(Self { turns: &inner.members, tenant: tenant.to_owned() })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.tenant);
    }
}

fn busy(tenant: &str) -> Error {
    Error::new(ErrorKind::MembersBusy, format!("the members of `{tenant}` are being changed already"))
}
