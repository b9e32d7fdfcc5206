//! Members kept as Keystone says, period after period.

use super::{Members, MembersOptions, MembersReport};
use crate::error::Result;
use paas_core::access::{Action, Kind};
use std::time::Duration;
use tokio::{sync::watch, task::JoinHandle};

/// The members of all tenants are kept as Keystone says, until this is dropped. What is under way then is ended first.
#[derive(Debug)]
#[must_use = "it ends when this is dropped"]
pub struct KeepingMembers {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl KeepingMembers {
    pub(super) fn begin(
        members: Members,
        every: Duration,
        told: impl FnMut(&str, Result<MembersReport>) + Send + 'static,
    ) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(keep(members, every, told, stopped));
        Self { stop, task }
    }

    /// Ends it, and waits until what is under way has ended. Dropped: it ends all the same.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // It fails only if `told` panicked, which has been told of.
        let _ = self.task.await;
    }
}

async fn keep(
    members: Members,
    every: Duration,
    mut told: impl FnMut(&str, Result<MembersReport>) + Send,
    mut stopped: watch::Receiver<bool>,
) {
    let has_stopped = |stopped: &watch::Receiver<bool>| *stopped.borrow() || stopped.has_changed().is_err();
    loop {
        match members.inner.tenants().await {
            Ok(tenants) => {
                for tenant in tenants {
                    if has_stopped(&stopped) {
                        return;
                    }
                    let name = tenant.name.clone();
                    // Those that say no project have no members to keep; those of others are none of this actor's.
                    if tenant.project.is_none()
                        || !members.who.lists(Action::Sync, Kind::Membership, &tenant, None)
                    {
                        continue;
                    }
                    let result = members.apply_to(&name, MembersOptions::default()).await;
                    told(&name, result);
                }
            }
            Err(error) => tracing::warn!(code = error.code(), "the tenants cannot be read: {error}"),
        }
        // Processes that were started together do not ask Keystone together for ever.
        let spread = u32::try_from(members.inner.random.next_u64() % 100).unwrap_or_default();
        let pause = every + every * spread / 1000;
        tokio::select! {
            () = members.inner.clock.sleep(pause) => {}
            _ = stopped.changed() => return,
        }
    }
}
