//! Two resolvers as one.

use super::{Import, Reason, Refusal, Resolver};
use crate::Source;
use std::sync::Arc;

/// What one of two resolvers knows; the first is asked first.
///
/// What the first does not allow, or cannot read, the second is not asked for.
#[derive(Debug, Clone)]
pub struct Either {
    first: Arc<dyn Resolver>,
    second: Arc<dyn Resolver>,
}

impl Either {
    /// The first, then the second.
    pub fn new(first: Arc<dyn Resolver>, second: Arc<dyn Resolver>) -> Self {
        Self { first, second }
    }
}

impl Resolver for Either {
    fn resolve(&self, import: &Import<'_>) -> Result<Source, Refusal> {
        let first = match self.first.resolve(import) {
            Err(refusal) if matches!(refusal.reason(), Reason::Unknown | Reason::NotFound) => refusal,
            other => return other,
        };
        self.second.resolve(import).map_err(|second| {
            // That it is not there says more than that nobody knows.
            if second.reason() == Reason::Unknown { first } else { second }
        })
    }
}
