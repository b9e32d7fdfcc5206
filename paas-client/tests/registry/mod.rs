//! The client of registries, against servers that are functions or play tricks.

mod blobs;
mod edges;
mod lines;
mod lists;
mod logins;
mod manifests;
pub(crate) mod memory;
mod names;
mod redirects;
mod referrers;
mod samples;
mod secrets;
mod tokens;
mod uploads;

use paas_client::{
    Clock, RegistryClient, Seeded,
    registry::{Digest, Reference, RegistryBuilder, RegistryLogin, RepositoryName, media_type},
    transport::{Canned, Request, Response, TransportError},
};

const USER: &str = "anna";
const PASSWORD: &str = "PASSWORDCANARY4711";
const TOKEN: &str = "TOKENCANARY0815";
const URL: &str = "https://registry.example";

fn login() -> RegistryLogin {
    RegistryLogin::user(USER, PASSWORD)
}

fn shop() -> RepositoryName {
    "team-a/shop".parse().unwrap()
}

fn tag() -> Reference {
    "1.0".parse().unwrap()
}

/// Sets up a client of a server that is a function, on a clock of the test.
fn builder(
    clock: impl Clock + 'static,
    answer: impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync + 'static,
) -> (RegistryBuilder, Canned) {
    let server = Canned::new(answer);
    let builder = RegistryClient::builder()
        .url(URL)
        .login(login())
        .transport(server.clone())
        .clock(clock)
        .randomness(Seeded::new(1));
    (builder, server)
}

/// A client of a registry that wants no login.
fn canned(
    clock: impl Clock + 'static,
    answer: impl Fn(&Request) -> Result<Response, TransportError> + Send + Sync + 'static,
) -> (RegistryClient, Canned) {
    let (builder, server) = builder(clock, move |request| match request.path() {
        "/v2/" => Ok(Response::new(200, "{}")),
        _ => answer(request),
    });
    (builder.build().unwrap(), server)
}

/// What was asked, without the question how the registry wants it.
fn asked(server: &Canned) -> Vec<String> {
    let mut asked = crate::asked(server);
    asked.retain(|line| line != "GET /v2/");
    asked.into_iter().map(|line| line.replace("/v2/team-a/shop", "")).collect()
}

/// An error as registries write it.
fn refused(status: u16, code: &str, message: &str) -> Response {
    let body = format!(r#"{{"errors":[{{"code":"{code}","message":"{message}","detail":null}}]}}"#);
    Response::new(status, body).header("Docker-Distribution-Api-Version", "registry/2.0")
}

fn missing() -> Response {
    refused(404, "MANIFEST_UNKNOWN", "manifest unknown")
}

/// A refusal that says how to log in.
fn challenged(challenge: &str) -> Response {
    refused(401, "UNAUTHORIZED", "authentication required").header("WWW-Authenticate", challenge)
}

const IMAGE: &str = r#"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},"layers":[]}"#;

/// An image as it is fetched.
fn image() -> Response {
    Response::new(200, IMAGE)
        .header("Content-Type", media_type::OCI_MANIFEST)
        .header("Docker-Content-Digest", &Digest::of(IMAGE).to_string())
}

fn header(request: &Request, name: &str) -> Option<String> {
    request.headers.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone())
}

/// The header `Authorization`.
fn shown(request: &Request) -> Option<&str> {
    use paas_client::ExposeSecret;
    request.authorization.as_ref().map(ExposeSecret::expose_secret)
}
