//! tokio-util's, on tokio's time, which stands still until it is told.

use super::Engine;
use std::{future::poll_fn, task::Poll, time::Duration};
use tokio::time::{Instant, advance};
use tokio_util::time::{DelayQueue, delay_queue::Key};

pub(super) struct Delays {
    queue: DelayQueue<u32>,
    /// What cancelling takes.
    keys: Vec<Option<Key>>,
    /// Now, for the queue and in ticks.
    now: (Instant, u32),
}

impl Engine for Delays {
    const NAME: &str = "delay_queue";

    fn new(timers: u32, now: u32) -> Self {
        let timers = timers as usize;
        Self {
            queue: DelayQueue::with_capacity(timers),
            keys: vec![None; timers],
            now: (Instant::now(), now),
        }
    }

    fn schedule(&mut self, id: u32, at: u32) {
        let (instant, now) = self.now;
        let key = self.queue.insert_at(id, instant + Duration::from_secs((at - now).into()));
        self.keys[id as usize] = Some(key);
    }

    async fn fire(&mut self, now: u32, mut anew: impl FnMut(u32) -> Option<u32>) {
        let later = Duration::from_secs((now - self.now.1).into());
        advance(later).await;
        self.now = (self.now.0 + later, now);
        poll_fn(|context| {
            while let Poll::Ready(Some(expired)) = self.queue.poll_expired(context) {
                let id = expired.into_inner();
                self.keys[id as usize] = None;
                if let Some(at) = anew(id) {
                    self.schedule(id, at);
                }
            }
            Poll::Ready(())
        })
        .await;
    }
}
