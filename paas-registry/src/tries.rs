//! Trying again.

use crate::{
    copier::Shared,
    error::{CopyError, Result},
};
use std::time::Duration;

/// The tries of one thing. A client tries its calls again by itself; here what is more than a call is tried again, such as a
/// blob whose upload broke in the middle.
#[derive(Default)]
pub(crate) struct Tries {
    tried: u32,
    /// How long was waited between them. What a transfer took before it broke is no reason to give it up.
    waited: Duration,
}

impl Tries {
    /// There was progress: what failed before does not count any more.
    pub(crate) fn restart(&mut self) {
        *self = Self::default();
    }

    /// Waits until it is time to try again, or gives the error back if it is not to be tried again.
    pub(crate) async fn after(&mut self, error: CopyError, shared: &Shared) -> Result<()> {
        // What the client has tried itself counts: else a server that is down would be asked the square of it.
        self.tried = self.tried.saturating_add(error.attempts());
        let pause = error
            .is_retryable()
            .then(|| {
                shared.retry.pause(self.tried, self.waited, error.retry_after(), shared.randomness.next())
            })
            .flatten();
        let Some(pause) = pause else { return Err(error) };
        tracing::debug!(code = error.code(), tried = self.tried, ?pause, "trying again");
        self.waited = self.waited.saturating_add(pause);
        shared.clock.sleep(pause).await;
        Ok(())
    }
}
