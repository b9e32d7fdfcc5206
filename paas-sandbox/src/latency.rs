/// How long the sandbox takes for what a real Rancher takes its time for, in milliseconds.
///
/// ```
/// use paas_sandbox::Latencies;
///
/// let slow_start = Latencies { container_start: 20_000, ..Latencies::default() };
/// assert!(slow_start.step < slow_start.container_start);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Latencies {
    /// One step of a state machine: registering, deactivating, removing and the like.
    pub step: u64,
    /// Reading the compose files of a stack and making its services.
    pub compose: u64,
    /// From the activation of a service to its containers running.
    pub container_start: u64,
    /// From a container running to its health check passing.
    pub healthy: u64,
    /// How long a container that runs once runs.
    pub job: u64,
    /// How long Harbor takes to copy what a policy of replication names.
    pub replication: u64,
    /// By how much each of Rancher's is longer at most, in per cent. How much it is follows from the seed.
    pub jitter_percent: u64,
}

impl Latencies {
    /// Everything happens at once: a request's answer shows the end of what it started.
    pub const NONE: Self = Self {
        step: 0,
        compose: 0,
        container_start: 0,
        healthy: 0,
        job: 0,
        replication: 0,
        jitter_percent: 0,
    };
}

impl Default for Latencies {
    /// Quick, but slow enough to see the states go by.
    fn default() -> Self {
        Self {
            step: 100,
            compose: 250,
            container_start: 600,
            healthy: 500,
            job: 700,
            replication: 800,
            jitter_percent: 20,
        }
    }
}
