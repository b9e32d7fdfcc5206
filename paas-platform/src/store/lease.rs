//! Leases: who may act, and for how long.

use super::{Epoch, Result, StoreError, limits, name};
use crate::seam::Timestamp;
use std::time::Duration;

/// A lease, as its holder has it.
///
/// ```
/// use paas_platform::{
///     seam::{Timestamp, VirtualClock},
///     store::{Batch, LeaseRequest, MemoryStore, Store, kinds},
/// };
/// use std::time::Duration;
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let clock = VirtualClock::at(Timestamp::from_millis(0));
/// let store = MemoryStore::new(clock.clone());
/// let request = |holder| LeaseRequest::new("application acme/bank", holder, Duration::from_secs(30));
///
/// let first = store.acquire(request("node-1")).await?;
/// assert_eq!(store.acquire(request("node-2")).await.unwrap_err().code(), "store.lease_held");
///
/// // The first one sleeps too long; the second one takes over.
/// clock.advance(Duration::from_secs(30));
/// let second = store.acquire(request("node-2")).await?;
/// assert!(second.epoch > first.epoch);
///
/// let late = Batch::new().create(kinds::OPERATION, "op-1", b"").fenced_by(first.fence());
/// assert_eq!(store.commit(late).await.unwrap_err().code(), "store.fenced");
/// # Ok::<(), paas_platform::store::StoreError>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lease {
    /// What is leased.
    pub name: String,
    /// Who has it.
    pub holder: String,
    /// The how-manieth taking of it this is.
    pub epoch: Epoch,
    /// When it runs out unless it is renewed, by the store's clock.
    pub until: Timestamp,
}

impl Lease {
    /// For stores: a lease as it was given.
    pub const fn new(name: String, holder: String, epoch: Epoch, until: Timestamp) -> Self {
        Self { name, holder, epoch, until }
    }

    /// What writes carry that are done under it.
    pub fn fence(&self) -> Fence {
        Fence { lease: self.name.clone(), epoch: self.epoch }
    }
}

/// Proof of holding a lease: holds as long as nobody else took it and it did not run out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The lease's name.
    pub lease: String,
    /// The epoch that it was taken with.
    pub epoch: Epoch,
}

/// The wish to have a lease.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeaseRequest {
    /// What is leased.
    pub name: String,
    /// Who wants it. One name for each that must keep the others out; the same one again after a restart.
    pub holder: String,
    /// For how long.
    pub duration: Duration,
}

impl LeaseRequest {
    /// `holder` wants `name` for `duration`.
    pub fn new(name: impl Into<String>, holder: impl Into<String>, duration: Duration) -> Self {
        Self { name: name.into(), holder: holder.into(), duration }
    }

    /// For stores: whether it can be asked for at all.
    ///
    /// # Errors
    /// `store.invalid`, `store.too_large`.
    pub fn check(&self) -> Result<()> {
        name::check_text("lease", &self.name)?;
        name::check_text("holder", &self.holder)?;
        check_duration(self.duration)
    }
}

pub(super) fn check_duration(duration: Duration) -> Result<()> {
    if duration.as_millis() == 0 {
        return Err(StoreError::invalid("a lease for less than a millisecond would be lost at once"));
    }
    if duration > limits::MAX_LEASE {
        return Err(StoreError::invalid(format!(
            "a lease for {} s is longer than the limit of {} s; renew it instead",
            duration.as_secs(),
            limits::MAX_LEASE.as_secs()
        )));
    }
    Ok(())
}

/// What a store keeps of a lease. It outlives its holders, for the epoch's sake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeaseRow {
    pub(super) epoch: Epoch,
    /// Who has it, and until when; `None` after it was given back.
    pub(super) held: Option<(String, Timestamp)>,
}

impl LeaseRow {
    /// Who has it now.
    fn holder(&self, now: Timestamp) -> Option<(&str, Timestamp)> {
        self.held.as_ref().filter(|(_, until)| now < *until).map(|(holder, until)| (holder.as_str(), *until))
    }

    pub(super) fn lease(&self, name: &str, now: Timestamp) -> Option<Lease> {
        let (holder, until) = self.holder(now)?;
        Some(Lease::new(name.to_owned(), holder.to_owned(), self.epoch, until))
    }
}

/// The row after a lease was taken.
pub(super) fn acquired(row: Option<&LeaseRow>, request: &LeaseRequest, now: Timestamp) -> Result<LeaseRow> {
    request.check()?;
    if let Some((holder, until)) = row.and_then(|row| row.holder(now))
        && holder != request.holder
    {
        return Err(StoreError::LeaseHeld { lease: request.name.clone(), holder: holder.to_owned(), until });
    }
    let epoch = Epoch(row.map_or(0, |row| row.epoch.0).saturating_add(1));
    Ok(LeaseRow { epoch, held: Some((request.holder.clone(), now.plus(request.duration))) })
}

/// The row after a lease was renewed.
pub(super) fn renewed(
    row: Option<&LeaseRow>,
    fence: &Fence,
    duration: Duration,
    now: Timestamp,
) -> Result<LeaseRow> {
    check_duration(duration)?;
    let holder = holding(row, fence, now)?;
    Ok(LeaseRow { epoch: fence.epoch, held: Some((holder.to_owned(), now.plus(duration))) })
}

/// The row after a lease was given back.
pub(super) fn released(row: Option<&LeaseRow>, fence: &Fence, now: Timestamp) -> Result<LeaseRow> {
    holding(row, fence, now)?;
    Ok(LeaseRow { epoch: fence.epoch, held: None })
}

/// The holder, if the fence holds.
pub(super) fn holding<'a>(row: Option<&'a LeaseRow>, fence: &Fence, now: Timestamp) -> Result<&'a str> {
    match row.and_then(|row| row.holder(now).map(|(holder, _)| (holder, row.epoch))) {
        Some((holder, epoch)) if epoch == fence.epoch => Ok(holder),
        _ => Err(StoreError::Fenced {
            lease: fence.lease.clone(),
            epoch: fence.epoch,
            now_at: row.map_or(Epoch::UNFENCED, |row| row.epoch),
        }),
    }
}
