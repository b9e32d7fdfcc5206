//! Events on their way to where an audit is kept.

use paas_core::access::{AccessEvent, AccessSink};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Puts events into a queue of this length, and those that find it full nowhere: they are counted. Nobody waits.
///
/// ```
/// use paas_core::access::{AccessEvent, AccessSink, Action, Kind};
/// use paas_gateway::AuditQueue;
///
/// let (queue, mut events) = AuditQueue::new(1);
/// for _ in 0..3 {
///     queue.record(AccessEvent::refused(0, Action::View, Kind::Volume, "no token"));
/// }
/// assert_eq!(queue.lost(), 2);
/// assert!(events.try_next().is_some());
/// ```
#[derive(Debug, Clone)]
pub struct AuditQueue {
    sender: Sender<AccessEvent>,
    lost: Arc<AtomicU64>,
}

/// The other end of an [`AuditQueue`].
#[derive(Debug)]
pub struct AuditEvents(Receiver<AccessEvent>);

impl AuditQueue {
    /// A queue, and its other end.
    #[must_use]
    pub fn new(length: usize) -> (Self, AuditEvents) {
        let (sender, receiver) = mpsc::channel(length.max(1));
        (Self { sender, lost: Arc::default() }, AuditEvents(receiver))
    }

    /// How many events found it full, or nobody at its other end.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}

impl AccessSink for AuditQueue {
    fn record(&self, event: AccessEvent) {
        // Who is refused is not to push out what others were allowed: refusals have half of the room.
        let is_crowded = !event.allowed && self.sender.capacity() * 2 < self.sender.max_capacity();
        if is_crowded || self.sender.try_send(event).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl AuditEvents {
    /// The next event; nothing when there are no more and nobody is left to send one. Dropped: none is lost.
    pub async fn next(&mut self) -> Option<AccessEvent> {
        self.0.recv().await
    }

    /// The next event, if it is there already.
    pub fn try_next(&mut self) -> Option<AccessEvent> {
        self.0.try_recv().ok()
    }
}
