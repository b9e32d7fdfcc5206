//! A stand-in for Rancher 1.6 that runs in your process, for people who build portals without a data centre at hand.
//!
//! It serves the API v2-beta on loopback: environments, stacks made from compose files, services of all kinds with their
//! links and containers, volumes, regions, certificates, keys. It keeps state, takes its time, and goes wrong when you
//! tell it to.
//!
//! At `/api/v2.0` of the same address it serves Harbor's API: projects, their members and quotas, users
//! ([`Sandbox::harbor_admin`]); images without content ([`HarborPush`]), labels, immutable tags, replication from itself
//! to itself and to and from those of other sandboxes ([`Sandbox::harbor_reaches`]), webhooks ([`Sandbox::harbor_webhooks`]).
//!
//! **It is no evidence of what a real Rancher or Harbor does.** It was written from Rancher's source, its published types and
//! recorded requests of its executor, by people who had no server at hand. What works against it may fail against the
//! real one, and what fails against it may work there. Test against a real one before you rely on anything.
//!
//! ```
//! use paas_sandbox::{Fault, Sandbox, Trouble};
//! use std::{io::{Read, Write}, net::TcpStream, time::Duration};
//!
//! let sandbox = Sandbox::builder().virtual_clock().start()?;
//! sandbox.add_fault(Fault::new(Trouble::Unavailable { retry_after: Some(2) }).method("GET"));
//!
//! // Any HTTP client does; this is the shortest one.
//! let mut connection = TcpStream::connect(sandbox.url().trim_start_matches("http://"))?;
//! write!(connection, "GET /v2-beta HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
//! let mut answer = String::new();
//! connection.read_to_string(&mut answer)?;
//! assert!(answer.starts_with("HTTP/1.1 503"));
//!
//! sandbox.advance(Duration::from_secs(60));
//! assert_eq!(sandbox.requests()[0].fault.as_deref(), Some("unavailable"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # From another process
//!
//! `cargo run -p paas-sandbox` starts one and prints its address and keys. Below `/sandbox`, which no Rancher has and
//! which needs no key, are the faults, the log and the clock:
//!
//! ```text
//! POST   /sandbox/faults     {"fault": "conflict", "method": "PUT", "path": "/services/", "times": 3}
//! GET    /sandbox/faults     those still to come
//! DELETE /sandbox/faults
//! GET    /sandbox/requests   method, path, query, body, status, fault of each request
//! DELETE /sandbox/requests
//! POST   /sandbox/clock      {"advance_millis": 60000}, where the clock is virtual
//! ```
//!
//! # Without a socket
//!
//! [`Builder::in_process`] starts one that has no socket and no thread, for simulations: [`Sandbox::answer`] takes a
//! request and gives what would come back, cut or late as the faults want it. Both ways may be mixed on one that listens.
//!
//! # What it leaves out
//!
//! - Upgrades, restarts, rollbacks: these actions are absent from `actions`.
//! - `setmembers`, project templates, catalogue, audit log, events, statistics, secrets, storage drivers, log and console
//!   of containers, `include`, `exportconfig`.
//! - Scheduling: hosts never fill up, affinity is not looked at. Containers that fail their health check are not
//!   recreated, and a scale policy stays at its minimum.
//! - Templates in compose files beyond `{{.Values.NAME}}`, `{{.Stack.Name}}` and `{{.Environment.Name}}`.
//! - Of Harbor: a registry to push to and pull from, and with it rights of pushing and how much a project holds; user
//!   groups, robots, scans, retention, audit log, proxy caches. `q` but for what it says when it refuses, `sort`.
//! - Of Harbor's replication: registries that are no sandbox of the same process, times of `scheduled`, deletions that are copied, logs as Harbor
//!   words them. Of its webhooks: sending them, those of quotas, scans and retention, and Slack.
//! - YAML 1.1's own readings of unquoted words and numbers (`on`, `yes`, `no`, `010`).
//!
//! # Time
//!
//! With a virtual clock nothing happens until [`Sandbox::advance`]; only [`Trouble::Slow`] takes real time, and not even
//! that in [`Sandbox::answer`]. With a real clock, what is due happens when the next request comes, in the order of time:
//! the result is the same.

mod api;
mod chance;
mod clock;
mod compose;
mod credentials;
mod decide;
mod fault;
mod harbor;
mod in_process;
mod latency;
mod log;
mod sandbox;
mod schema;
mod server;
mod world;

pub use fault::{Fault, Trouble};
pub use harbor::{HarborMember, HarborPush, HarborUser, HarborWebhook};
pub use in_process::{SandboxAnswer, SandboxReply, SandboxRequest};
pub use latency::Latencies;
pub use log::RequestRecord;
pub use sandbox::{Builder, Environment, Person, Sandbox, StartError};

/// What Rancher's executor reads from two compose files (version 1 or 2): `{"services": …, "volumes": …}`, under the keys
/// of version 2, with answers put in, what is empty left out, and the second file put over the first.
///
/// ```
/// use serde_json::{Map, json};
///
/// let read = paas_sandbox::read_compose("web: { image: 'nginx:$TAG', net: host }", "web: { scale: 2 }", &Map::from_iter([("TAG".to_owned(), json!("1.27"))]))?;
/// assert_eq!(read["services"]["web"], json!({"image": "nginx:1.27", "network_mode": "host", "scale": 2}));
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
///
/// The message that the stack would show.
pub fn read_compose(
    docker_compose: &str,
    rancher_compose: &str,
    answers: &serde_json::Map<String, serde_json::Value>,
) -> Result<serde_json::Value, String> {
    compose::document(docker_compose, rancher_compose, answers)
}
