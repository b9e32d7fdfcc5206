//! What is to be shown, one after the other: a burst of pushes makes no burst of requests.

use super::Labels;
use paas_core::images::{Digest, RepositoryName};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

/// So many wait at most; what is beyond is found by the next sweep.
const MOST: usize = 10_000;

/// What is to be shown, and whether somebody is at it.
#[derive(Debug, Default)]
pub(super) struct Queue(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    artifacts: BTreeSet<(RepositoryName, Digest)>,
    is_worked_at: bool,
}

impl Queue {
    /// Adds some; tells whether somebody must begin to work at them.
    fn add(&self, artifacts: impl IntoIterator<Item = (RepositoryName, Digest)>) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for artifact in artifacts {
            if waiting.artifacts.len() < MOST {
                waiting.artifacts.insert(artifact);
            }
        }
        !std::mem::replace(&mut waiting.is_worked_at, true)
    }

    /// The next one. Without one, nobody is at it any more.
    fn next(&self) -> Option<(RepositoryName, Digest)> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = waiting.artifacts.pop_first();
        waiting.is_worked_at = next.is_some();
        next
    }

    fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).artifacts.clear();
    }
}

impl Labels {
    /// Shows what is recorded of these, soon.
    pub(super) fn show(self: &Arc<Self>, artifacts: impl IntoIterator<Item = (RepositoryName, Digest)>) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        if self.queue.add(artifacts) {
            runtime.spawn(Arc::clone(self).work());
        }
    }

    async fn work(self: Arc<Self>) {
        while let Some((repository, digest)) = self.queue.next() {
            if let Err(error) = self.reconcile(&repository, &digest).await {
                tracing::warn!(code = error.code(), "the labels of `{repository}@{digest}`: {error}");
                // A Harbor that is down would be asked for each of them. The sweep mends it.
                self.queue.clear();
            }
        }
    }
}
