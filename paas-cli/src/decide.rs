//! `paas decide`.

use crate::{
    Outcome,
    args::{DecideArgs, Format},
    output::{Output, Stream},
};
use paas_sdk::access::{Resource, Subject, decide};
use std::{fs, path::Path};

/// The largest subject that is read, in bytes: one with thousands of tenants.
const LARGEST: u64 = 4 << 20;

pub(crate) fn run(args: &DecideArgs, output: &mut Output) -> Outcome {
    let subject = match subject(args) {
        Ok(subject) => subject,
        Err(problem) => {
            output.print(Stream::Err, &format!("error: {}\n", paas_sdk::report::printable(&problem)));
            return Outcome::Trouble;
        }
    };
    let resource =
        Resource { kind: args.kind, tenant: args.tenant.as_deref(), namespace: args.namespace.as_deref() };
    let decision = decide(&subject, args.action, &resource);
    let text = match args.format {
        Format::Json => format!("{}\n", serde_json::json!(decision)),
        _ => format!("{}: {decision}\n", if decision.is_allowed() { "yes" } else { "no" }),
    };
    output.print(Stream::Out, &text);
    if decision.is_allowed() { Outcome::Well } else { Outcome::Failed }
}

/// Who asks: as a file says, or as somebody with the roles that are named.
fn subject(args: &DecideArgs) -> Result<Subject, String> {
    if let Some(path) = &args.subject {
        return read(path);
    }
    let mut subject = Subject::new("somebody");
    for &role in &args.roles {
        subject = match &args.tenant {
            _ if role.is_platform_wide() => subject.with_platform(role),
            Some(tenant) => subject.with_tenant(tenant, role),
            None => return Err(format!("`{role}` is a role in a tenant: say which with `--tenant`")),
        };
    }
    if args.member {
        match &args.namespace {
            Some(namespace) => subject = subject.with_namespace(namespace),
            None => return Err("say of which namespace with `--namespace`".to_owned()),
        }
    }
    Ok(subject)
}

fn read(path: &Path) -> Result<Subject, String> {
    let shown = path.display();
    let length = fs::metadata(path).map_err(|error| format!("`{shown}` cannot be read: {error}"))?.len();
    if length > LARGEST {
        return Err(format!("`{shown}` has {length} bytes, and {LARGEST} are read at most"));
    }
    let text = fs::read_to_string(path).map_err(|error| format!("`{shown}` cannot be read: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("`{shown}` is no user with its roles: {error}"))
}
