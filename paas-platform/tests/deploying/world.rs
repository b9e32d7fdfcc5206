//! A platform with a tenant, on a sandbox.

use paas_client::{Credentials, Polling, RancherClient, RetryPolicy};
use paas_core::tenant::{NfsServer, Tenant, TenantNetwork};
use paas_platform::{
    Acting, Deploy, ExecutionPolicy, Operation, Platform, PlatformBuilder, Secrets,
    seam::SystemClock,
    store::{MemoryStore, Store},
};
use paas_sandbox::{Latencies, Sandbox};
use paas_tosca::Source;
use std::{fs, path::Path, time::Duration};

/// What must never be seen: the values of the bank's secrets.
pub(crate) const SECRETS: [(&str, &str); 2] =
    [("database_password", "canary-pw-7f3a91"), ("card_api_key", "canary-key-e05b2c")];

pub(crate) fn bank_template() -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/bank/template.yaml");
    Source::new("bank.yaml", fs::read_to_string(path).unwrap())
}

pub(crate) fn meridian() -> Tenant {
    let mut tenant = Tenant::new("meridian");
    for (name, level) in [("dmz", "low"), ("application", "medium"), ("core", "high")] {
        let mut network = TenantNetwork::new(name, format!("meridian-{name}"));
        network.security_level = Some(level.to_owned());
        tenant.networks.push(network);
    }
    tenant.nfs_servers.push(NfsServer::new("filer-1", "10.0.0.5", "/exports/meridian", "gold"));
    tenant.nfs_servers.push(NfsServer::new("filer-2", "10.0.0.6", "/exports/meridian", "silver"));
    tenant
}

/// Furnishes a sandbox with what the bank needs.
pub(crate) fn furnish(sandbox: &Sandbox) {
    for network in ["dmz", "application", "core"] {
        let environment = sandbox.environment(&format!("meridian-{network}"));
        if network == "dmz" {
            assert!(sandbox.certificate(&environment.id, "www.bank.test"));
        }
    }
}

/// A sandbox where everything happens at once.
pub(crate) fn sandbox() -> Sandbox {
    let sandbox = Sandbox::builder().latencies(Latencies::NONE).start().unwrap();
    furnish(&sandbox);
    sandbox
}

pub(crate) fn credentials(sandbox: &Sandbox) -> Credentials {
    Credentials::new(sandbox.access_key(), sandbox.secret_key())
}

/// A client in a hurry.
pub(crate) fn client(sandbox: &Sandbox) -> RancherClient {
    RancherClient::builder()
        .url(sandbox.url())
        .credentials(credentials(sandbox))
        .retry(retry())
        .polling(polling())
        .build()
        .unwrap()
}

pub(crate) fn retry() -> RetryPolicy {
    RetryPolicy { first_pause: Duration::from_millis(2), ..RetryPolicy::default() }
}

pub(crate) fn polling() -> Polling {
    Polling { first: Duration::from_millis(4), longest: Duration::from_millis(40) }
}

/// A policy in a hurry.
pub(crate) fn policy() -> ExecutionPolicy {
    ExecutionPolicy {
        ready: Duration::from_secs(3),
        stack: Duration::from_secs(3),
        removal: Duration::from_secs(3),
        unhealthy: Duration::from_millis(300),
        first_pause: Duration::from_millis(5),
        longest_pause: Duration::from_millis(50),
        settle: Duration::from_millis(20),
        polling: polling(),
        ..ExecutionPolicy::default()
    }
}

pub(crate) fn builder(sandbox: &Sandbox, store: impl Store + 'static) -> PlatformBuilder {
    Platform::builder()
        .store(store)
        .rancher(client(sandbox))
        .policy(policy())
        .secrets(SECRETS.into_iter().collect::<Secrets>())
}

/// A platform on a new store, with the tenant.
pub(crate) async fn anna(sandbox: &Sandbox) -> Acting {
    anna_on(sandbox, MemoryStore::new(SystemClock::new())).await
}

pub(crate) async fn anna_on(sandbox: &Sandbox, store: impl Store + 'static) -> Acting {
    let platform = builder(sandbox, store).connect().await.unwrap();
    let anna = platform.acting_as("anna@bank.test".parse().unwrap());
    anna.tenants().put(&meridian()).await.unwrap();
    anna
}

/// Begins to deploy the bank.
pub(crate) async fn deploy(anna: &Acting) -> Operation {
    deploy_template(anna, bank_template()).await
}

pub(crate) async fn deploy_template(anna: &Acting, source: Source) -> Operation {
    let deploy = Deploy::new("meridian", source);
    anna.applications().deploy(&deploy).await.unwrap()
}

/// Runs a future to its end on a runtime of its own.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
