//! Imported files, some of them changed.

use crate::{
    Source,
    resolve::{Import, Refusal, Resolver},
};
use std::{collections::BTreeMap, sync::Arc};

/// What another resolver gives, but for some files that have another text.
#[derive(Debug)]
pub(super) struct Overlay {
    below: Arc<dyn Resolver>,
    changed: BTreeMap<Arc<str>, Source>,
}

impl Overlay {
    pub(super) fn new(below: Arc<dyn Resolver>, changed: impl IntoIterator<Item = Source>) -> Self {
        let changed = changed.into_iter().map(|source| (source.name().clone(), source)).collect();
        Self { below, changed }
    }
}

impl Resolver for Overlay {
    fn resolve(&self, import: &Import<'_>) -> Result<Source, Refusal> {
        let source = self.below.resolve(import)?;
        Ok(self.changed.get(source.name()).cloned().unwrap_or(source))
    }
}
