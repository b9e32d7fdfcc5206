//! How long and how often, in one place and with the reasons.

use paas_client::Polling;
use std::time::Duration;

/// How plans are carried out: what each kind of step may take, and when it is tried again.
///
/// ```
/// use paas_platform::ExecutionPolicy;
/// use std::time::Duration;
///
/// let patient = ExecutionPolicy { ready: Duration::from_secs(3600), ..ExecutionPolicy::default() };
/// assert!(patient.ready > ExecutionPolicy::default().ready);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecutionPolicy {
    /// For a volume to be there. 2 min: it is a record, nothing is mounted.
    pub volume: Duration,
    /// For a stack to be read by the server and its services to be made. 5 min: seconds usually, but the server works
    /// on one after the other.
    pub stack: Duration,
    /// For a service to take a call that starts or scales it. 5 min: as long as a restart of the server takes.
    pub call: Duration,
    /// For the services of a stage to be up. 15 min: large images are pulled meanwhile.
    pub ready: Duration,
    /// For a stack to be gone. 10 min: containers may take their time to stop.
    pub removal: Duration,
    /// How long a service may be unhealthy in one piece before waiting for it ends. 3 min: containers that failed are
    /// replaced by then.
    pub unhealthy: Duration,
    /// How often a step is tried, beside what the client repeats by itself.
    pub tries: u32,
    /// The pause before a step is tried again, doubled each time, with jitter.
    pub first_pause: Duration,
    /// The most that this pause can be.
    pub longest_pause: Duration,
    /// How long to wait before a create whose answer was lost, and whose result is not found, counts as not sent.
    /// 2 s: longer than a request is on its way.
    pub settle: Duration,
    /// How often states are looked at while waiting.
    pub polling: Polling,
    /// How many steps are under way at once. 8: half of what a client has under way.
    pub parallel: usize,
    /// For how long an operation belongs to a process that says nothing. 60 s.
    pub lease: Duration,
}

impl Default for ExecutionPolicy {
    fn default() -> Self {
        Self {
            volume: Duration::from_secs(2 * 60),
            stack: Duration::from_secs(5 * 60),
            call: Duration::from_secs(5 * 60),
            ready: Duration::from_secs(15 * 60),
            removal: Duration::from_secs(10 * 60),
            unhealthy: Duration::from_secs(3 * 60),
            tries: 10,
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(30),
            settle: Duration::from_secs(2),
            polling: Polling::default(),
            parallel: 8,
            lease: Duration::from_secs(60),
        }
    }
}

impl ExecutionPolicy {
    /// The pause after so many tries: between a half and the whole of what doubling gives.
    pub(crate) fn pause(&self, tried: u32, random: u64) -> Duration {
        let doublings = tried.saturating_sub(1).min(16);
        let most = self.first_pause.saturating_mul(1 << doublings).min(self.longest_pause);
        let half = most / 2;
        let millis = u64::try_from(half.as_millis()).unwrap_or(u64::MAX);
        half + Duration::from_millis(random % millis.saturating_add(1))
    }
}
