//! `paas status`.

use crate::{
    Outcome,
    args::{Shape, StatusArgs},
    output::{Output, Stream},
    platform::{self, Problem, Reach},
};
use paas_sdk::report::{self, printable};
use serde_json::json;

pub(crate) fn run(args: &StatusArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let tenant = platform::tenant_name(&args.tenant)?;
        match &args.application {
            Some(application) => one(args, &tenant, application, output).await?,
            None => list(args, &tenant, output).await?,
        }
        Ok(Outcome::Well)
    })
}

async fn one(args: &StatusArgs, tenant: &str, application: &str, output: &mut Output) -> Result<(), Problem> {
    let acting = args.platform.connect_to_look(Reach::Rancher).await?;
    let status = acting.applications().status(tenant, application).await?;
    match args.format {
        Shape::Human => output.print(Stream::Out, &report::status(&status)),
        Shape::Json => platform::print_json(output, &platform::json(&status)),
    }
    Ok(())
}

async fn list(args: &StatusArgs, tenant: &str, output: &mut Output) -> Result<(), Problem> {
    let acting = args.platform.connect_to_look(Reach::Store).await?;
    let applications = acting.applications().list(tenant).await?;
    if args.format == Shape::Json {
        let applications: Vec<_> =
            applications.iter().map(|(name, state)| json!({ "application": name, "state": state })).collect();
        platform::print_json(output, &json!({ "tenant": tenant, "applications": applications }));
        return Ok(());
    }
    if applications.is_empty() {
        output.print(Stream::Out, &format!("{} has no applications\n", printable(tenant)));
    }
    for (name, state) in applications {
        output.print(Stream::Out, &format!("{}: {}\n", printable(&name), state.as_str()));
    }
    Ok(())
}
