//! A reverse proxy that decides: `cargo run --example gateway`.
//!
//! Without variables it shows itself, with a Keystone and a service that answer from this program. With `GATEWAY_LISTEN`
//! (`127.0.0.1:8080`), `GATEWAY_SERVICE` (`http://127.0.0.1:9000`) and what users of OpenStack have (`OS_AUTH_URL` …) it
//! serves until it is ended: what begins with `/v1` goes to the service, and grants go to Keystone with the token of
//! whoever gives them.

#![expect(clippy::print_stdout, reason = "it is a program that shows something")]

mod served;
mod shown;

use paas_client::{KeystoneClient, keystone::Configuration};
use paas_gateway::{AuditQueue, Gateway, Proxy, RouteTable};
use std::{env, error::Error};

const ROUTES: &str = include_str!("routes.json");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (Ok(listen), Ok(service)) = (env::var("GATEWAY_LISTEN"), env::var("GATEWAY_SERVICE")) else {
        return shown::show().await;
    };
    let configuration = Configuration::load()?;
    let identity = configuration.auth_url().trim_end_matches('/').trim_end_matches("/v3").to_owned();
    let keystone = KeystoneClient::builder().configuration(&configuration)?.build()?;

    let routes: RouteTable = serde_json::from_str(ROUTES)?;
    let (audit, mut events) = AuditQueue::new(1_000);
    let gateway = Gateway::builder(keystone, routes).auth_uri(&identity).audit(audit).build()?;
    let proxy = Proxy::builder()
        .upstream("/v1", &service)
        .upstream("/health", &service)
        .upstream("/identity/v3", format!("{identity}/v3"))
        .build()?;
    tokio::spawn(async move {
        while let Some(event) = events.next().await {
            println!("{}", serde_json::to_string(&event).unwrap_or_default());
        }
    });
    let listener = tokio::net::TcpListener::bind(&listen).await?;
    served::serve(listener, gateway.in_front_of(proxy)).await
}
