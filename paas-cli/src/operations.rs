//! `paas operations`.

use crate::{
    Outcome,
    args::{AbandonArgs, ListArgs, OperationsArgs, OperationsCommand, ResumeArgs, Shape, ShowArgs},
    output::{Output, Stream},
    platform::{self, Again, Problem, Reach},
};
use paas_sdk::{
    OperationStatus,
    core::plan::PlanKind,
    platform::OperationState,
    report::{self, printable},
};
use serde_json::{Value, json};

pub(crate) fn run(args: &OperationsArgs, output: &mut Output) -> Outcome {
    let shape = match &args.command {
        None => args.list.format,
        Some(OperationsCommand::List(args)) => args.format,
        Some(OperationsCommand::Show(args)) => args.format,
        Some(OperationsCommand::Resume(_) | OperationsCommand::Abandon(_)) => Shape::Human,
    };
    platform::run(output, shape, async |output: &mut Output| match &args.command {
        None => list(&args.list, output).await,
        Some(OperationsCommand::List(args)) => list(args, output).await,
        Some(OperationsCommand::Show(args)) => show(args, output).await,
        Some(OperationsCommand::Resume(args)) => resume(args, output).await,
        Some(OperationsCommand::Abandon(args)) => abandon(args, output).await,
    })
}

async fn list(args: &ListArgs, output: &mut Output) -> Result<Outcome, Problem> {
    let tenant = args.tenant.as_deref().map(platform::tenant_name).transpose()?;
    let acting = args.platform.connect_to_look(Reach::Store).await?;
    let all = acting.operations().list(tenant.as_deref()).await?;
    match args.format {
        Shape::Json => {
            let all: Vec<Value> = all.iter().map(as_json).collect();
            platform::print_json(output, &json!({ "operations": all }));
        }
        Shape::Human if all.is_empty() => output.print(Stream::Out, "there are no operations\n"),
        Shape::Human => output.print(Stream::Out, &report::operations(&all)),
    }
    Ok(Outcome::Well)
}

async fn show(args: &ShowArgs, output: &mut Output) -> Result<Outcome, Problem> {
    let acting = args.platform.connect_to_look(Reach::Store).await?;
    let operation = acting.operations().open(&args.id).await?;
    let status = operation.status().await?;
    let mut events = operation.events().await?;
    let mut all = Vec::new();
    while let Some(event) = events.next().await? {
        all.push(event);
    }
    if args.format == Shape::Json {
        let mut document = as_json(&status);
        if let Some(fields) = document.as_object_mut() {
            fields.insert("events".to_owned(), platform::json(&all));
        }
        platform::print_json(output, &document);
        return Ok(Outcome::Well);
    }
    let mut text = report::operations(std::slice::from_ref(&status));
    text.push('\n');
    for event in &all {
        text.push_str(&format!("{}  {}\n", event.at, report::Progress::line(event)));
    }
    output.print(Stream::Out, &text);
    if !status.failures.is_empty() {
        output.print(Stream::Out, &format!("\n{}", platform::failures(&status.failures)));
    }
    if status.state == OperationState::Stopped || status.is_interrupted {
        let again = Again::new(&args.platform, None);
        let commands =
            format!("go on, or give it up:\n  {}\n  {}\n", again.resume(&args.id), again.abandon(&args.id));
        output.print(Stream::Out, &commands);
    }
    Ok(Outcome::Well)
}

async fn resume(args: &ResumeArgs, output: &mut Output) -> Result<Outcome, Problem> {
    let secrets = platform::secrets(&args.secrets)?;
    let acting = args.platform.connect_with(Reach::Rancher, secrets, &args.wait).await?;
    let operation = acting.operations().open(&args.id).await?;
    let again = Again::new(&args.platform, Some(&args.secrets));
    let Some(status) = platform::resume(&operation, &again, output).await? else {
        return Ok(Outcome::Interrupted);
    };
    if status.kind == PlanKind::Remove {
        output.print(Stream::Out, &format!("{} is removed\n", printable(&status.application)));
    } else {
        let status = acting.applications().status(&status.tenant, &status.application).await?;
        output.print(Stream::Out, &report::status(&status));
    }
    Ok(Outcome::Well)
}

async fn abandon(args: &AbandonArgs, output: &mut Output) -> Result<Outcome, Problem> {
    let acting = args.platform.connect(Reach::Store).await?;
    let operation = acting.operations().open(&args.id).await?;
    operation.abandon().await?;
    let status = operation.status().await?;
    let (application, tenant) = (printable(&status.application), printable(&status.tenant));
    let mut text = format!("the operation `{}` is abandoned: nothing more is done for it\n", args.id);
    if status.kind != PlanKind::Scale {
        text.push_str(&format!(
            "what it made stays until `paas remove {application} --tenant {tenant}` removes it\n"
        ));
    }
    output.print(Stream::Out, &text);
    Ok(Outcome::Well)
}

fn as_json(status: &OperationStatus) -> Value {
    let mut value = platform::json(status);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("percent".to_owned(), status.percent().into());
    }
    value
}
