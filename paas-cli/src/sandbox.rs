//! `paas sandbox`.

use crate::{
    Outcome,
    args::SandboxArgs,
    output::{Output, Stream},
};
use paas_sandbox::{Latencies, Sandbox, StartError};
use paas_sdk::report::printable;
use std::{collections::BTreeMap, error::Error, io, thread};

pub(crate) fn run(args: &SandboxArgs, output: &mut Output) -> Outcome {
    let sandbox = match furnished(args) {
        Ok(furnished) => furnished,
        Err(message) => {
            output.print(Stream::Err, &format!("error: {}\n", printable(&message)));
            return Outcome::Failed;
        }
    };
    output.print(Stream::Err, &introduction(&sandbox, args));
    if args.credentials.is_none() {
        output.print(Stream::Out, &sandbox.credentials());
    }
    if output.has_failed() {
        return Outcome::Failed;
    }
    if args.until_stdin_closes {
        // However it ends, it has ended.
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        return Outcome::Well;
    }
    loop {
        thread::park();
    }
}

/// A sandbox with all that was asked for.
fn furnished(args: &SandboxArgs) -> Result<Sandbox, String> {
    let builder = Sandbox::builder().port(args.port).seed(args.seed);
    let builder = if args.instant { builder.latencies(Latencies::NONE) } else { builder };
    let sandbox = builder.start().map_err(|error| not_started(&error))?;
    let mut ids = BTreeMap::new();
    for name in &args.environments {
        if ids.insert(name.as_str(), sandbox.environment(name).id).is_some() {
            return Err(format!("the environment `{name}` is given twice"));
        }
    }
    for (environment, name) in &args.certificates {
        let id = ids.get(environment.as_str()).ok_or_else(|| {
            format!(
                "the certificate `{name}` has no environment: `{environment}` is not given by --environment"
            )
        })?;
        sandbox.certificate(id, name);
    }
    if let Some(path) = &args.credentials {
        let unwritable = |error| format!("`{}` cannot be written: {}", path.display(), reason(&error));
        sandbox.write_credentials(path).map_err(unwritable)?;
    }
    Ok(sandbox)
}

/// What is to be known before it is used.
fn introduction(sandbox: &Sandbox, args: &SandboxArgs) -> String {
    let mut text = format!(
        "A stand-in for Rancher 1.6 listens at {}\n\
         It is no evidence of what a real Rancher does: test against one before you rely on anything.\n",
        sandbox.api_url()
    );
    for environment in sandbox.resources("project") {
        let field = |name: &str| environment.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        text.push_str(&format!("Environment {}: {}\n", printable(field("name")), field("id")));
    }
    if let Some(path) = &args.credentials {
        text.push_str(&format!("Its address and key: {}\n", printable(&path.display().to_string())));
    }
    text.push_str(&format!("Faults, requests, clock: {}/sandbox\nCtrl-C ends it.\n", sandbox.url()));
    text
}

fn not_started(error: &StartError) -> String {
    match error.source().and_then(|cause| cause.downcast_ref()) {
        Some(cause) => format!("{error}: {}", reason(cause)),
        None => error.to_string(),
    }
}

/// What the system says, in lower case and without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
