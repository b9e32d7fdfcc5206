//! Trying again.

use crate::{
    copier::Shared,
    error::{CopyError, Result},
};
use std::time::Duration;

/// The tries of one thing. A client tries its calls again by itself; here what is more than a call is tried again, such as a
/// blob whose upload broke in the middle.
pub(crate) struct Tries {
    begun: Duration,
    tried: u32,
    /// How often it was tried again, in all.
    pub(crate) repeated: u64,
}

impl Tries {
    pub(crate) fn new(shared: &Shared) -> Self {
        Self { begun: shared.clock.now(), tried: 0, repeated: 0 }
    }

    /// There was progress: what failed before does not count any more.
    pub(crate) fn restart(&mut self, shared: &Shared) {
        self.begun = shared.clock.now();
        self.tried = 0;
    }

    /// Waits until it is time to try again, or gives the error back if it is not to be tried again.
    pub(crate) async fn after(&mut self, error: CopyError, shared: &Shared) -> Result<()> {
        // What the client has tried itself counts: else a server that is down would be asked the square of it.
        self.tried = self.tried.saturating_add(error.attempts());
        let elapsed = shared.clock.now().saturating_sub(self.begun);
        let pause = error
            .is_retryable()
            .then(|| shared.retry.pause(self.tried, elapsed, error.retry_after(), shared.randomness.next()))
            .flatten();
        let Some(pause) = pause else { return Err(error) };
        tracing::debug!(code = error.code(), tried = self.tried, ?pause, "trying again");
        self.repeated += 1;
        shared.clock.sleep(pause).await;
        Ok(())
    }
}
