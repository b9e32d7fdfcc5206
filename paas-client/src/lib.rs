//! Thin, typed, async clients of the systems under a container PaaS: one method per operation, in the system's own
//! words, without decisions.
//!
//! A call that may not have arrived is never repeated blindly, a list is never its first page alone, a wait always ends,
//! and a key is never shown.
//!
//! ```
//! use paas_client::{Credentials, RancherClient, rancher::{NewStack, Resource, ServiceQuery, State}};
//! use std::time::Duration;
//! # use paas_client::transport::{Canned, Response};
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let variables = |name: &str| Some(if name == "RANCHER_URL" { "https://rancher.example" } else { "hidden" }.to_owned());
//! # let server = Canned::new(|request| Ok(match (request.method.as_str(), request.path()) {
//! #     ("POST", "/v2-beta/projects/1a5/stacks") => Response::new(201, r#"{"id":"1st7","type":"stack","state":"activating"}"#),
//! #     ("GET", "/v2-beta/projects/1a5/stacks/1st7") => Response::new(200, r#"{"id":"1st7","type":"stack","state":"active"}"#),
//! #     ("GET", "/v2-beta/projects/1a5/services") => Response::new(200, r#"{"type":"collection","data":[
//! #         {"id":"1s1","type":"service","name":"web","state":"inactive","actions":{"activate":"…"}}]}"#),
//! #     ("GET", _) => Response::new(200, r#"{"id":"1s1","type":"service","state":"inactive","actions":{"activate":"…"}}"#),
//! #     _ => Response::new(202, r#"{"id":"1s1","type":"service","name":"web","state":"activating"}"#),
//! # }));
//! let credentials = Credentials::from_variables(variables)?; // in a program: Credentials::from_environment()?
//! let client = RancherClient::builder().credentials(credentials).transport(server).build()?;
//! let environment = client.environment(&"1a5".parse()?);
//!
//! let stack = environment.create_stack(&NewStack::new("shop").docker_compose("version: '2'")).await?;
//! let wanted = [State::Active];
//! environment.wait_until(&stack.id, |stack| stack.progress_to(&wanted), Duration::from_secs(60)).await?;
//!
//! for service in environment.list_services(&ServiceQuery::default().stack(stack.id)).collect_all().await? {
//!     let service = environment.activate_service(&service.id).await?;
//!     assert_eq!((service.name.as_str(), service.state), ("web", State::Activating));
//! }
//! # Ok(()) }
//! ```
//!
//! | module | what |
//! | --- | --- |
//! | [`rancher`] | Rancher 1.6, API v2-beta |
//! | [`keystone`] | Keystone, API v3; `clouds.yaml` and the variables `OS_*` |
//! | [`harbor`] | Harbor, API v2.0 |
//! | [`registry`] | registries of container images, OCI distribution API v2 |
//! | [`transport`] | the seam below: HTTP over sockets, a canned one for tests, or the caller's own |
//!
//! # What holds for all calls
//!
//! - **Errors** ([`Error`]) tell the kind, the stable code, the status, the server's code, words and field, whether
//!   asking again may help and whether it may have been done. Strangers' bodies are bounded and described, not copied.
//! - **Retries** ([`RetryPolicy`]): reads are repeated; so are changes, with a look at the resource in between that tells
//!   whether they have happened; a create is repeated only if it cannot have arrived, or after a look-up. `Retry-After` is honoured.
//! - **Actions** are asked for only if a fresh read of the resource offers them.
//! - **Lists** ([`Items`]) go through all pages; the key follows no address that a server names.
//! - **Limits** ([`Limits`]) bound times, sizes and requests under way. What is large goes piece by piece, at the pace of the
//!   slower side.
//! - **Waits** end with a deadline and tell the last state and the server's words.
//! - **Secrets** stand in no `Debug`, address, log or error.
//! - **Tracing**: one span `rancher`, `keystone`, `harbor` or `registry` per call with `operation`, `method`, `path` (a template), `attempt`, `status`.
//! - **Seams**: [`transport::Transport`], [`Clock`] and [`Randomness`] come from outside where the caller wants, so that
//!   a simulator with virtual time can drive it all; nothing needs a runtime then.
//!
//! # Features
//!
//! `rancher`, `keystone`, `harbor`, `registry` (all default): their clients. `http` (default): the transport over sockets. `tls-ring` (default): cryptography by
//! `ring` where the program has not chosen a provider for rustls.

#![cfg_attr(
    not(all(
        feature = "rancher",
        feature = "keystone",
        feature = "harbor",
        feature = "registry",
        feature = "http"
    )),
    allow(dead_code, unreachable_pub, reason = "what the clients share is not needed by each")
)]

mod error;
mod random;
mod retry;
mod time;
pub mod transport;

#[cfg(any(feature = "rancher", feature = "keystone", feature = "harbor", feature = "registry"))]
mod body;
#[cfg(any(feature = "rancher", feature = "keystone", feature = "harbor", feature = "registry"))]
mod call;
#[cfg(any(feature = "rancher", feature = "keystone", feature = "harbor", feature = "registry"))]
mod endpoints;
#[cfg(feature = "harbor")]
pub mod harbor;
#[cfg(feature = "keystone")]
pub mod keystone;
mod limits;
#[cfg(any(feature = "rancher", feature = "keystone", feature = "harbor", feature = "registry"))]
mod list;
#[cfg(feature = "rancher")]
pub mod rancher;
#[cfg(any(feature = "rancher", feature = "keystone", feature = "harbor", feature = "registry"))]
mod redact;
#[cfg(feature = "registry")]
pub mod registry;
#[cfg(any(feature = "rancher", feature = "keystone", feature = "harbor", feature = "registry"))]
mod retry_after;
#[cfg(any(feature = "keystone", feature = "harbor"))]
mod segment;
#[cfg(any(feature = "keystone", feature = "harbor", feature = "registry"))]
mod setup;
#[cfg(any(feature = "keystone", feature = "registry"))]
mod timestamp;
#[cfg(any(feature = "rancher", feature = "keystone", feature = "harbor", feature = "registry"))]
mod wait;

pub use error::{Error, ErrorKind, Result, System};
#[cfg(feature = "harbor")]
pub use harbor::HarborClient;
#[cfg(feature = "keystone")]
pub use keystone::KeystoneClient;
pub use limits::Limits;
#[cfg(any(feature = "rancher", feature = "keystone", feature = "harbor", feature = "registry"))]
pub use list::Items;
#[cfg(feature = "rancher")]
pub use rancher::{Credentials, RancherClient};
pub use random::{Randomness, Seeded};
#[cfg(feature = "registry")]
pub use registry::RegistryClient;
pub use retry::RetryPolicy;
pub use secrecy::{ExposeSecret, SecretString};
pub use time::{Clock, TokioClock};
#[cfg(feature = "rancher")]
pub use wait::{Polling, Progress, Transitional, WaitError, WaitReason};

/// A future behind a pointer, as the seams give it.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
