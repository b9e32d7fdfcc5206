//! From a template to a running application.

use super::{draw, in_project, title};
use paas_sandbox::Sandbox;
use paas_sdk::{
    Acting, Credentials, Deploy, Operation, Platform, RancherClient, Secrets, Source, files,
    report::{self, Progress},
};
use std::{
    error::Error,
    fs,
    io::{self, IsTerminal, Write},
};

/// Where the platform keeps its state and its journal.
pub(crate) const STORE: &str = "target/quickstart/store/paas.db";

pub(crate) async fn show(out: &mut impl Write, source: &Source) -> Result<(), Box<dyn Error>> {
    let file = files::read_tenant(in_project("examples/bank/tenant.yaml"));
    let Some(tenant) = file.tenant else { return Err(draw(&file.diagnostics, &file.source).into()) };

    // In place of a Rancher server a stand-in, with an environment for each network of the tenant.
    let sandbox = Sandbox::start()?;
    for network in &tenant.networks {
        let environment = sandbox.environment(&network.environment);
        sandbox.certificate(&environment.id, "www.bank.test");
    }
    let credentials = Credentials::new(sandbox.access_key(), sandbox.secret_key());
    let rancher = RancherClient::builder().url(sandbox.api_url()).credentials(credentials).build()?;

    // The platform: a store, the back end, and where secrets come from. What the run before stored is forgotten, since
    // its sandbox is gone.
    let store = in_project(STORE);
    let folder = store.parent().unwrap_or(&store);
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let secrets = [("database_password", "only-an-example"), ("card_api_key", "another-example")];
    let platform = Platform::builder()
        .sqlite(store)
        .rancher(rancher)
        .secrets(secrets.into_iter().collect::<Secrets>())
        .connect()
        .await?;

    // Everything is done in somebody's name.
    let anna = platform.acting_as("anna@bank.test".parse()?);
    anna.tenants().put(&tenant).await?;

    title(out, &format!("Deployment: to a stand-in for Rancher at {}", sandbox.url()))?;
    let deploy = Deploy::new(&tenant.name, source.clone());
    let operation = anna.applications().deploy(&deploy).await.map_err(|error| match error.diagnostics() {
        Some(problems) => draw(problems, source),
        None => error.to_string(),
    })?;
    follow(out, &operation).await?;

    title(out, "State")?;
    let before = anna.applications().status(&tenant.name, "retail-banking").await?;
    write!(out, "{}", report::status(&before))?;

    title(out, "Scaling: web-front to 5; what has changed then")?;
    scale(&anna, &tenant.name).await?;
    let after = anna.applications().status(&tenant.name, "retail-banking").await?;
    write!(out, "{}", report::changes(&after.changes_since(&before)))?;
    Ok(())
}

async fn scale(anna: &Acting, tenant: &str) -> Result<(), Box<dyn Error>> {
    let operation = anna.applications().scale(tenant, "retail-banking", "web-front", 5).await?;
    operation.wait().await?;
    Ok(())
}

/// Bars that grow on a terminal; elsewhere only the last picture of them.
async fn follow(out: &mut impl Write, operation: &Operation) -> Result<(), Box<dyn Error>> {
    let draws = io::stdout().is_terminal();
    let mut progress = Progress::new(&operation.plan().await?);
    let mut events = operation.events().await?;
    while let Some(event) = events.next().await? {
        progress.take(&event);
        if draws {
            write!(out, "{}", progress.redraw())?;
            out.flush()?;
        }
    }
    if !draws {
        for line in progress.lines() {
            writeln!(out, "{line}")?;
        }
    }
    // Tells if it stopped, and why.
    operation.wait().await?;
    Ok(())
}
