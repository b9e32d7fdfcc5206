//! Copies that hang.

use super::{CopyProgress, CopyRequest, ImageTrouble};
use paas_core::images::promotion::FailureKind;
use std::time::Duration;
use tokio::sync::watch;

/// Notices when a copy gets no further: its lease is not for keeping others away from a slot that nobody uses.
#[derive(Debug)]
pub(super) struct Stall {
    heard: watch::Receiver<CopyProgress>,
    last: CopyProgress,
    /// For how long it has been like that, by the times that were waited: a clock that is set makes nobody hang.
    since: Duration,
    patience: Duration,
}

impl Stall {
    pub(super) fn of(request: &CopyRequest, patience: Duration) -> Self {
        let heard = request.progress.heard();
        let last = *heard.borrow();
        Self { heard, last, since: Duration::ZERO, patience }
    }

    /// So much time has passed. An error: it hangs.
    pub(super) fn waited(&mut self, time: Duration) -> Result<(), ImageTrouble> {
        let now = *self.heard.borrow();
        if now != self.last {
            (self.last, self.since) = (now, Duration::ZERO);
            return Ok(());
        }
        self.since += time;
        if self.since < self.patience {
            return Ok(());
        }
        let message = format!("the copy got no further for {} seconds, and was ended", self.since.as_secs());
        Err(ImageTrouble::new(FailureKind::Unreachable, message))
    }
}
