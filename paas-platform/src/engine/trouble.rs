//! What ends an attempt of a step.

use crate::{error::Failure, store::StoreError};

/// Why an attempt did not reach its end.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The step failed; its class tells whether it is tried again.
    Failure(Failure),
    /// The journal cannot be written: nothing more may be done.
    Halt(StoreError),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Halt(error)
    }
}
