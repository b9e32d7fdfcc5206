//! What the commands that work on a platform share.

mod again;
mod connect;
mod follow;
mod images;
mod problem;
mod sources;
mod zones;

pub(crate) use again::Again;
pub(crate) use connect::{Reach, known_secrets, secrets, tenant, tenant_name};
pub(crate) use follow::{begin, resume};
pub(crate) use problem::{Problem, failures};

use crate::{
    Outcome,
    args::Shape,
    output::{Output, Stream},
};
use paas_sdk::report::printable;

/// Runs the work of a command to its end, and reports what kept it from that.
pub(crate) fn run(
    output: &mut Output,
    shape: Shape,
    work: impl AsyncFnOnce(&mut Output) -> Result<Outcome, Problem>,
) -> Outcome {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output
                .print(Stream::Err, &format!("error: the system gives no way to wait for events: {error}\n"));
            return Outcome::Failed;
        }
    };
    let result = runtime.block_on(work(output));
    // What is still under way, such as a look-up of a name, is not waited for.
    runtime.shutdown_background();
    result.unwrap_or_else(|problem| {
        problem.print(output, shape);
        Outcome::Failed
    })
}

/// Prints a value as JSON, on one line.
pub(crate) fn print_json(output: &mut Output, value: &serde_json::Value) {
    output.print(Stream::Out, &format!("{}\n", printable(&value.to_string())));
}

/// A value of the library as JSON.
pub(crate) fn json(value: &impl serde::Serialize) -> serde_json::Value {
    // Only a type that JSON cannot hold makes this fail, and none of ours is one.
    serde_json::to_value(value).unwrap_or_default()
}
