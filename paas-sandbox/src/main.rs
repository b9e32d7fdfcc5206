//! Starts a sandbox, prints where it is, and runs until it is interrupted.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints its address and its errors")]

use paas_sandbox::{Builder, Latencies, Sandbox};
use std::{process::ExitCode, thread};

const HELP: &str = "\
A stand-in for Rancher 1.6 on loopback. It is no evidence of what a real Rancher does.

Usage: paas-sandbox [OPTIONS]

Options:
  --port PORT          the port to listen on (any free one if not given)
  --seed NUMBER        what ids, keys and jitter follow from (1 if not given)
  --environment NAME   an environment to begin with; may be given several times
  --certificate ENVIRONMENT=NAME
                       a certificate that load balancers may name; may be given several times
  --credentials FILE   write the address and the key to a file, not to the standard output
  --virtual-clock      time stands still until POST /sandbox/clock moves it
  --instant            everything happens at once
  --help               this text
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut builder = Sandbox::builder();
    let (mut environments, mut certificates, mut credentials) = (Vec::new(), Vec::new(), None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value"));
        builder = match argument.as_str() {
            "--help" | "-h" => {
                print!("{HELP}");
                return Ok(());
            }
            "--port" => builder.port(number(&value()?)?),
            "--seed" => builder.seed(number(&value()?)?),
            "--environment" => {
                environments.push(value()?);
                builder
            }
            "--certificate" => {
                certificates.push(value()?);
                builder
            }
            "--credentials" => {
                credentials = Some(value()?);
                builder
            }
            "--virtual-clock" => Builder::virtual_clock(builder),
            "--instant" => builder.latencies(Latencies::NONE),
            other => return Err(format!("there is no option `{other}`; `--help` lists them")),
        };
    }
    let sandbox = builder.start().map_err(|error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        format!("{error}{cause}")
    })?;
    let environments: Vec<(String, String)> =
        environments.into_iter().map(|name| (sandbox.environment(&name).id, name)).collect();
    for certificate in certificates {
        let place = certificate.split_once('=').and_then(|(environment, name)| {
            environments.iter().find(|(_, each)| each == environment).map(|(id, _)| (id, name))
        });
        let (id, name) = place
            .ok_or_else(|| format!("`{certificate}` is not `ENVIRONMENT=NAME` with an `--environment`"))?;
        sandbox.certificate(id, name);
    }
    let shows_keys = credentials.is_none();
    match credentials {
        Some(path) => sandbox
            .write_credentials(&path)
            .map_err(|error| format!("the credentials could not be written to `{path}`: {error}"))?,
        None => print!("{}", sandbox.credentials()),
    }
    for (id, name) in environments {
        println!("# environment {name}: {id}");
    }
    if shows_keys {
        let admin = sandbox.harbor_admin();
        println!("# Harbor: {}/api/v2.0, {} with {}", sandbox.url(), admin.name, admin.password);
    }
    println!("# more at {}/sandbox; Ctrl-C ends it", sandbox.url());
    loop {
        thread::park();
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("`{text}` is no number that fits"))
}
