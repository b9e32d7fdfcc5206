//! `paas remove`.

use crate::{
    Outcome,
    args::{RemoveArgs, Shape},
    output::{Output, Stream},
    platform::{self, Again, Problem, Reach},
    summary,
};
use paas_sdk::{
    ApplicationStatus, Release,
    report::{self, printable},
};
use std::{
    fmt::Write as _,
    io::{self, IsTerminal},
};

pub(crate) fn run(args: &RemoveArgs, output: &mut Output) -> Outcome {
    platform::run(output, Shape::Human, async |output: &mut Output| remove(args, output).await)
}

async fn remove(args: &RemoveArgs, output: &mut Output) -> Result<Outcome, Problem> {
    let tenant = platform::tenant_name(&args.tenant)?;
    let again = Again::new(&args.platform, None);
    let acting = args.platform.connect(Reach::Rancher).await?;
    let applications = acting.applications();
    let planned = applications.plan_removal(&tenant, &args.application).await;
    let planned = planned.map_err(|error| Problem::of(&error, &again))?;
    let status = applications.status(&tenant, &args.application).await?;
    let release = applications.release(&tenant, &args.application).await?;
    let mut text = format!("remove {} of {}:\n\n", printable(&args.application), printable(&tenant));
    text.push_str(&report::plan(planned.plan()));
    text.push_str(&goes_and_stays(&status, &release));
    output.print(Stream::Out, &text);
    if !args.yes && !agrees(output)? {
        output.print(Stream::Out, "nothing was removed\n");
        return Ok(Outcome::Failed);
    }
    if platform::begin(&acting, &planned, &again, output).await?.is_none() {
        return Ok(Outcome::Interrupted);
    }
    output.print(Stream::Out, &format!("{} is removed\n", printable(&args.application)));
    Ok(Outcome::Well)
}

fn goes_and_stays(status: &ApplicationStatus, release: &Release) -> String {
    let services: Vec<_> = status.networks.iter().flat_map(|network| &network.services).collect();
    let containers = services.iter().filter_map(|service| usize::try_from(service.current_scale?).ok()).sum();
    let services = services.len();
    let (services, containers) =
        (summary::count(services, "service"), summary::count(containers, "container"));
    let mut text = format!("\nwhat goes: {services} with {containers}\n");
    let stays: Vec<String> = release
        .parts
        .iter()
        .flat_map(|part| part.volumes.iter().map(|volume| format!("{volume} ({})", part.network.name)))
        .collect();
    let stays = if stays.is_empty() { "nothing".to_owned() } else { format!("volumes {}", stays.join(", ")) };
    let _ = writeln!(text, "what stays: {}\n", printable(&stays));
    text
}

/// Asks, where somebody can answer.
fn agrees(output: &mut Output) -> Result<bool, Problem> {
    if !io::stdin().is_terminal() {
        return Err(Problem::new(
            "nothing was removed, since nobody can be asked whether that is right",
            "say --yes",
        ));
    }
    output.print(Stream::Out, "Remove it? [y/N] ");
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer);
    Ok(read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
