//! The client of Harbor, against servers that are functions, and its requests against Harbor's published API.

mod creations;
mod edges;
mod images;
mod pages;
mod replication;
mod requests;
mod sandbox;
mod sandbox_images;
mod secrets;
mod swagger;
mod webhooks;

use paas_client::{
    Clock, HarborClient, Seeded,
    harbor::Login,
    transport::{Canned, Request, Response, TransportError},
};

const PASSWORD: &str = "PASSWORDCANARY4711";

fn login() -> Login {
    Login::user("paas", PASSWORD)
}

/// A client of a server that is a function, on a clock of the test.
fn canned(
    clock: impl Clock + 'static,
    answer: impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync + 'static,
) -> (HarborClient, Canned) {
    let server = Canned::new(answer);
    let client = HarborClient::builder()
        .url("https://harbor.example/api/v2.0")
        .login(login())
        .transport(server.clone())
        .clock(clock)
        .randomness(Seeded::new(1))
        .build()
        .unwrap();
    (client, server)
}

/// An error as Harbor writes it.
fn refused(status: u16) -> Response {
    Response::new(status, r#"{"errors":[{"code":"THE_CODE","message":"the message"}]}"#)
        .header("X-Request-Id", "request-1")
}

fn created(location: &str) -> Response {
    Response::new(201, "").header("Location", location)
}

fn project(owner: &str) -> Response {
    Response::new(200, format!(r#"{{"project_id":7,"name":"retail","owner_id":3,"owner_name":"{owner}"}}"#))
}

/// `GET /api/v2.0/projects` and the like.
fn asked(server: &Canned) -> Vec<String> {
    crate::asked(server).into_iter().map(|line| line.replace("/api/v2.0", "")).collect()
}
