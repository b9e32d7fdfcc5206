//! A process to kill: deploys the bank, or goes on with what it finds begun.
//!
//! `deployer STORE TEMPLATE POINT`: at the point it prints what it was about to do, and waits to be killed; without one
//! (0) it prints `done` and how many points there were.

mod points;

use paas_client::{
    Credentials, Limits, Polling, RancherClient,
    transport::{HttpTransport, Tls},
};
use paas_core::tenant::{NfsServer, Tenant, TenantNetwork};
use paas_platform::{
    Acting, ApplicationState, Deploy, ExecutionPolicy, Platform, Secrets, seam::SystemClock,
    store::SqliteStore,
};
use paas_tosca::Source;
use points::{MortalStore, MortalTransport, Points};
use std::{env, error::Error, fs, io::Write, process::ExitCode, time::Duration};

fn main() -> ExitCode {
    let outcome = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(deploy()));
    match outcome {
        Ok(points) => {
            say(&format!("done {points}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(&format!("failed {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Who does not listen does not need to hear it.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

async fn deploy() -> Result<u64, Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut argument = || arguments.next().ok_or("deployer STORE TEMPLATE POINT");
    let (path, template, point) = (argument()?, argument()?, argument()?.parse()?);
    let points = Points::new(point, |number, what| {
        say(&format!("point {number} {what}"));
        loop {
            std::thread::park();
        }
    });
    let store = SqliteStore::open(path, SystemClock::new()).await?;
    let polling = Polling { first: Duration::from_millis(2), longest: Duration::from_millis(20) };
    let client = RancherClient::builder()
        .credentials(Credentials::from_environment()?)
        .transport(MortalTransport {
            transport: HttpTransport::new(&Limits::default(), &Tls::default())?,
            points: points.clone(),
        })
        .polling(polling)
        .build()?;
    let policy = ExecutionPolicy {
        // One after the other, so that the points come in the same order each time.
        parallel: 1,
        settle: Duration::from_millis(5),
        polling,
        ..ExecutionPolicy::default()
    };
    let platform = Platform::builder()
        .store(MortalStore { store, points: points.clone() })
        .rancher(client)
        .policy(policy)
        .secrets(Secrets::from_environment("PAAS_SECRET_"))
        .connect()
        .await?;
    let anna = platform.acting_as("anna@bank.test".parse()?);
    anna.tenants().put(&meridian()).await?;
    let source = Source::new("template.yaml", fs::read_to_string(template)?);
    to_its_end(&anna, source).await?;
    Ok(points.count())
}

async fn to_its_end(anna: &Acting, source: Source) -> Result<(), Box<dyn Error>> {
    let resumed = anna.operations().resume_interrupted().await?;
    for operation in &resumed {
        operation.wait().await?;
    }
    let deployed = anna.applications().list("meridian").await?;
    if deployed.iter().any(|(_, state)| *state == ApplicationState::Deployed) {
        return Ok(());
    }
    anna.applications().deploy(&Deploy::new("meridian", source)).await?.wait().await?;
    Ok(())
}

fn meridian() -> Tenant {
    let mut tenant = Tenant::new("meridian");
    for network in ["dmz", "application", "core"] {
        tenant.networks.push(TenantNetwork::new(network, format!("meridian-{network}")));
    }
    tenant.nfs_servers.push(NfsServer::new("filer-1", "10.0.0.5", "/exports/meridian", "gold"));
    tenant.nfs_servers.push(NfsServer::new("filer-2", "10.0.0.6", "/exports/meridian", "silver"));
    tenant
}
