//! Copies that hang.

use super::{CopyProgress, CopyRequest, ImageTrouble, Progress};
use paas_core::images::promotion::FailureKind;
use std::time::Duration;
use tokio::sync::watch;

/// Notices when a copy gets no further: its lease is not for keeping others away from a slot that nobody uses.
#[derive(Debug)]
pub(super) struct Stall {
    progress: Progress,
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
        Self { progress: request.progress.clone(), heard, last, since: Duration::ZERO, patience }
    }

    /// So much time has passed. An error: it hangs.
    pub(super) fn waited(&mut self, time: Duration) -> Result<(), ImageTrouble> {
        let now = *self.heard.borrow();
        // What waits for others is held up by them: if these hang, they are ended.
        if now != self.last || self.progress.is_held_up() {
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

#[cfg(test)]
mod tests {
    use super::Stall;
    use crate::images::{CopyProgress, CopyRequest};
    use paas_core::images::promotion::CopyId;
    use std::{collections::BTreeSet, time::Duration};

    #[test]
    fn what_waits_for_others_does_not_hang() {
        let (image, digest) = ("retail-shop/web:1", format!("sha256:{}", "01".repeat(32)));
        let (image, digest) = (image.parse().unwrap(), digest.parse().unwrap());
        let (request, _heard) = CopyRequest::new(CopyId::drawn([1, 2]), image, digest, BTreeSet::new());
        let (minute, patience) = (Duration::from_secs(60), Duration::from_secs(180));
        let mut stall = Stall::of(&request, patience);
        let mut waits = |minutes| (0..minutes).find(|_| stall.waited(minute).is_err());
        assert_eq!(waits(2), None);
        request.progress.tell_held_up();
        assert_eq!(waits(100), None);
        // Now it is its turn, and nothing is told but that.
        request.progress.tell(CopyProgress::default());
        assert_eq!(waits(5), Some(2));
        request.progress.tell(CopyProgress::new((1, 2), (1, 2), 1));
        assert_eq!(waits(5), Some(3));
    }
}
