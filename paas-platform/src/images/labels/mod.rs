//! How far images are, shown in the Harbor of the test registry by labels.

mod apply;
mod queue;
mod reconcile;
mod word;

pub use reconcile::LabelsReport;
pub use word::StateLabels;

use crate::{platform::Inner, store::Store};
use paas_client::{
    HarborClient,
    harbor::{LabelId, ProjectName},
};
use paas_core::images::{ImageName, promotion::Image};
use queue::Queue;
use std::{collections::BTreeMap, fmt, sync::Arc};
use tokio::sync::Mutex;
use word::Word;

/// Shows states in a Harbor.
pub(crate) struct Labels {
    names: StateLabels,
    harbor: HarborClient,
    store: Arc<dyn Store>,
    queue: Queue,
    /// The labels of projects, as far as they were looked up.
    known: Mutex<BTreeMap<(ProjectName, Word), LabelId>>,
}

impl Labels {
    pub(crate) fn new(names: StateLabels, harbor: HarborClient, store: Arc<dyn Store>) -> Self {
        Self { names, harbor, store, queue: Queue::default(), known: Mutex::default() }
    }
}

impl fmt::Debug for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Labels").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Inner {
    /// Shows in Harbor what was written of an image, soon and as well as it goes: nobody waits for it, nothing fails by it,
    /// and the next sweep mends what came to nothing. Without labels, nothing happens.
    pub(super) fn show_state(&self, name: &ImageName, before: Option<&Image>, after: Option<&Image>) {
        let Some(labels) = &self.labels else { return };
        let (was, is) = (word::of(before), word::of(after));
        if was != is {
            let changed = was.iter().chain(&is).map(|(digest, _)| (name.repository.clone(), digest.clone()));
            labels.show(changed);
        }
    }
}
