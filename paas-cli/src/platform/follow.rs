//! Following an operation to its end.

use super::{Again, Problem};
use crate::output::{Output, Stream};
use paas_sdk::{Acting, Operation, OperationId, OperationStatus, Planned, report::Progress};
use std::pin::pin;

/// Begins what was planned and follows it. `None`: Ctrl-C ended that, and it was told how to go on.
pub(crate) async fn begin(
    acting: &Acting,
    planned: &Planned,
    again: &Again,
    output: &mut Output,
) -> Result<Option<OperationStatus>, Problem> {
    let id = planned.id();
    output.print(Stream::Out, &format!("operation {id}\n\n"));
    let applications = acting.applications();
    let followed = async |output: &mut Output| {
        let operation = applications.begin(planned).await.map_err(|error| Problem::of(&error, again))?;
        follow(&operation, 0, again, output).await
    };
    unless_interrupted(id, again, output, followed).await
}

/// Goes on with an operation and follows it.
pub(crate) async fn resume(
    operation: &Operation,
    again: &Again,
    output: &mut Output,
) -> Result<Option<OperationStatus>, Problem> {
    let id = operation.id();
    let followed = async |output: &mut Output| {
        // What happened before was told before.
        let told = operation.journal().await?.last().map_or(0, |last| last.number);
        operation.resume().await?;
        follow(operation, told, again, output).await
    };
    unless_interrupted(id, again, output, followed).await
}

async fn unless_interrupted(
    id: &OperationId,
    again: &Again,
    output: &mut Output,
    work: impl AsyncFnOnce(&mut Output) -> Result<OperationStatus, Problem>,
) -> Result<Option<OperationStatus>, Problem> {
    let mut interrupt = pin!(tokio::signal::ctrl_c());
    let done = tokio::select! {
        // The signal is heard from the beginning on.
        biased;
        Ok(()) = &mut interrupt => None,
        done = work(output) => Some(done?),
    };
    if done.is_none() {
        let text = format!(
            "\ninterrupted: the operation `{id}` has not ended, and nothing of it is lost; it goes on by\n  {}\n",
            again.resume(id)
        );
        output.print(Stream::Err, &text);
    }
    Ok(done)
}

/// Shows how far it is until its end: bars on a terminal, else a line for each event after the one that was told last.
async fn follow(
    operation: &Operation,
    told: u64,
    again: &Again,
    output: &mut Output,
) -> Result<OperationStatus, Problem> {
    let draws = output.can_redraw();
    let mut progress = Progress::new(&operation.plan().await?);
    let mut events = operation.events().await?;
    while let Some(event) = events.next().await? {
        progress.take(&event);
        if event.number <= told {
            continue;
        }
        if draws {
            output.print(Stream::Out, &progress.redraw());
        } else {
            output.print(Stream::Out, &format!("{}\n", Progress::line(&event)));
        }
    }
    output.print(Stream::Out, "\n");
    operation.wait().await.map_err(|error| Problem::of(&error, again))
}
