//! The containers of a service: a fluid queue.

use serde::{Deserialize, Serialize};

/// What is assumed of a service and of those who watch it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SimulationModel"))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Model {
    /// How often metrics are measured; seconds.
    pub sample_seconds: u32,
    /// How long a new container takes until it serves; seconds.
    pub start_seconds: u32,
    /// How long what cannot be served at once waits before it is lost; seconds.
    pub patience_seconds: u32,
    /// The share of its memory that an idle container uses, where the trace says nothing of memory.
    pub memory_idle: f64,
    /// The share of its memory that a busy container uses, where the trace says nothing of memory.
    pub memory_busy: f64,
}

impl Default for Model {
    /// Measured each quarter of a minute, as Prometheus is told often; containers of a Java server that start within half
    /// a minute.
    fn default() -> Self {
        Self {
            sample_seconds: 15,
            start_seconds: 30,
            patience_seconds: 10,
            memory_idle: 0.35,
            memory_busy: 0.65,
        }
    }
}

/// The containers.
#[derive(Debug)]
pub(super) struct Fleet {
    /// Those that are there, whether they serve or not.
    pub(super) count: u32,
    /// Of these so many drain.
    pub(super) draining: u32,
    /// New ones: when they begin to serve, and how many; the soonest first.
    starting: Vec<(u32, u32)>,
    /// What waits: seconds of one container.
    waiting: f64,
}

/// What happened in a stretch of time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Served {
    /// How busy those were that serve; `None`: there were none.
    pub(super) busy: Option<f64>,
    /// What was lost: seconds of one container.
    pub(super) lost: f64,
}

impl Fleet {
    pub(super) fn new(count: u32) -> Self {
        Self { count, draining: 0, starting: Vec::new(), waiting: 0.0 }
    }

    /// Those that serve.
    pub(super) fn serving(&mut self, now: u32) -> u32 {
        self.starting.retain(|(ready, _)| *ready > now);
        let starting: u32 = self.starting.iter().map(|(_, count)| *count).sum();
        self.count.saturating_sub(self.draining).saturating_sub(starting)
    }

    /// Sets their number.
    pub(super) fn scale(&mut self, to: u32, now: u32, model: &Model) {
        self.draining = 0;
        if to > self.count {
            self.starting.push((now.saturating_add(model.start_seconds), to - self.count));
        } else {
            // Those that have not begun to serve go first.
            let mut fewer = self.count - to;
            for (_, count) in self.starting.iter_mut().rev() {
                let gone = fewer.min(*count);
                *count -= gone;
                fewer -= gone;
            }
            self.starting.retain(|(_, count)| *count > 0);
        }
        self.count = to;
    }

    /// Serves what comes in so many seconds: `demand` containers' worth of it.
    pub(super) fn serve(&mut self, now: u32, seconds: u32, demand: f64, model: &Model) -> Served {
        let (seconds, capacity) = (f64::from(seconds), f64::from(self.serving(now)));
        let todo = self.waiting + demand * seconds;
        let done = todo.min(capacity * seconds);
        let left = todo - done;
        // Without containers nobody waits for long either.
        self.waiting = left.min(capacity.max(1.0) * f64::from(model.patience_seconds));
        let busy = (capacity > 0.0 && seconds > 0.0).then(|| done / (capacity * seconds));
        Served { busy, lost: left - self.waiting }
    }
}
