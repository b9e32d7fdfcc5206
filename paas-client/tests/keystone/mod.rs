//! The client of Keystone, against servers that are functions.

mod access_rules;
mod config;
mod edges;
mod own_token;
mod samples;
mod secrets;

use paas_client::{
    Clock, KeystoneClient, Seeded,
    keystone::{AuthToken, Login, UserKey},
    transport::{Canned, Request, Response, TransportError},
};

const PASSWORD: &str = "PASSWORDCANARY4711";

fn login() -> Login {
    Login::password(UserKey::named("gateway", "Default"), PASSWORD)
}

/// A client of a server that is a function, on a clock of the test.
fn canned(
    clock: impl Clock + 'static,
    answer: impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync + 'static,
) -> (KeystoneClient, Canned) {
    let server = Canned::new(answer);
    let client = KeystoneClient::builder()
        .url("https://keystone.example/v3")
        .login(login())
        .transport(server.clone())
        .clock(clock)
        .randomness(Seeded::new(1))
        .build()
        .unwrap();
    (client, server)
}

fn theirs() -> AuthToken {
    "gAAAAAB-theirs".parse().unwrap()
}

/// What Keystone says of a token that lives for so many minutes.
fn token(minutes: u32) -> String {
    format!(
        r#"{{"token":{{"methods":["password"],"user":{{"id":"u1","name":"anna","domain":{{"id":"d1","name":"bank"}}}},
        "audit_ids":["a1"],"issued_at":"2026-11-21T20:00:00.000000Z","expires_at":"2026-11-21T20:{minutes:02}:00.000000Z",
        "project":{{"id":"p1","name":"retail","domain":{{"id":"d1","name":"bank"}}}},"roles":[{{"id":"r1","name":"member"}}]}}}}"#
    )
}

/// A new token.
fn issued(header: &str, minutes: u32) -> Response {
    Response::new(201, token(minutes)).header("X-Subject-Token", header)
}

/// An error as Keystone writes it.
fn refused(status: u16) -> Response {
    Response::new(
        status,
        format!(r#"{{"error":{{"code":{status},"message":"the message","title":"the title"}}}}"#),
    )
}

/// The value of a header that is a secret.
fn secret(request: &Request, name: &str) -> Option<String> {
    use paas_client::ExposeSecret;
    let found = request.secrets.iter().find(|(other, _)| *other == name);
    found.map(|(_, secret)| secret.expose_secret().to_owned())
}

fn is_login(request: &Request) -> bool {
    request.method == paas_client::transport::Method::Post && request.path() == "/v3/auth/tokens"
}
