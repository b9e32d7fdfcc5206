//! What a user of the client relies on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test ends at what it did not expect, and says what it skips"
)]

mod broken;
mod changes;
mod harbor;
mod keystone;
mod lenience;
mod lists;
mod log;
mod notifications;
mod real_keystone;
mod real_registry;
mod refusals;
mod registry;
mod requests;
mod retries;
mod schema;
mod seams;
mod secrets;
mod setup;
mod tls;
mod virtual_time;
mod waits;

use paas_client::{
    Clock, Credentials, RancherClient, RetryPolicy, Seeded,
    rancher::EnvironmentClient,
    transport::{Canned, Request, Response, TransportError},
};
use std::time::Duration;

const ACCESS: &str = "ACCESSCANARY4711";
const SECRET: &str = "SECRETCANARY0815";

fn credentials() -> Credentials {
    Credentials::new(ACCESS, SECRET)
}

/// A client over real sockets that does not wait long.
fn over_sockets(url: &str) -> RancherClient {
    let retry = RetryPolicy { first_pause: Duration::from_millis(1), ..RetryPolicy::default() };
    RancherClient::builder().url(url).credentials(credentials()).retry(retry).build().unwrap()
}

/// A client of a server that is a function, on a clock of the test.
fn canned(
    clock: impl Clock + 'static,
    answer: impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync + 'static,
) -> (RancherClient, Canned) {
    let server = Canned::new(answer);
    let client = RancherClient::builder()
        .url("https://rancher.example")
        .credentials(credentials())
        .transport(server.clone())
        .clock(clock)
        .randomness(Seeded::new(1))
        .build()
        .unwrap();
    (client, server)
}

fn environment(client: &RancherClient) -> EnvironmentClient {
    client.environment(&"1a5".parse().unwrap())
}

/// `GET /v2-beta/stacks` and the like, for comparing what was asked.
fn asked(server: &Canned) -> Vec<String> {
    let line = |request: &Request| match request.query() {
        "" => format!("{} {}", request.method.as_str(), request.path()),
        query => format!("{} {}?{query}", request.method.as_str(), request.path()),
    };
    server.requests().iter().map(line).collect()
}

/// An error as Rancher writes it.
fn refused(status: u16, code: &str) -> Response {
    let body = format!(
        r#"{{"id":"uuid-1","type":"error","baseType":"error","links":{{}},"actions":{{}},"status":{status},"code":"{code}","message":null,"detail":null}}"#
    );
    Response::new(status, body)
}

/// A service in a state, with actions.
fn service(state: &str, actions: &[&str]) -> Response {
    let actions: Vec<String> =
        actions.iter().map(|action| format!(r#""{action}":"http://elsewhere/{action}""#)).collect();
    Response::new(
        200,
        format!(
            r#"{{"id":"1s7","type":"service","name":"web","state":"{state}","scale":1,"actions":{{{}}}}}"#,
            actions.join(",")
        ),
    )
}
