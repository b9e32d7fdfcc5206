//! `paas members`.

use crate::{
    Outcome,
    args::{MembersArgs, MembersCommand, Shape},
    output::{Output, Stream},
    platform::{self, Problem},
};
use paas_sdk::{
    access::membership::{Foreign, Rules},
    platform::{MembersOptions, MembersReport},
    report,
};
use std::{fs, path::Path};

/// The largest file of rules that is read, in bytes: a table of thousands of users.
const LARGEST: u64 = 16 << 20;

pub(crate) fn run(args: &MembersCommand, output: &mut Output) -> Outcome {
    let (MembersCommand::Plan(common) | MembersCommand::Apply(common)) = args;
    platform::run(output, common.format, async |output: &mut Output| {
        let (file, tenant) = platform::tenant(&common.tenant)?;
        let (rules, is_plan) = (rules(&common.rules)?, matches!(args, MembersCommand::Plan(_)));
        let acting = common.platform.connect_with_members(rules, is_plan).await?;
        if let Some(file) = file {
            acting.tenants().put(&file).await?;
        }
        let options = options(common);
        let report = match args {
            MembersCommand::Plan(_) => acting.members().plan(&tenant, options).await?,
            MembersCommand::Apply(_) => acting.members().apply(&tenant, options).await?,
        };
        print(&report, common.format, output);
        Ok(if report.failures.is_empty() && !report.plan.blown { Outcome::Well } else { Outcome::Failed })
    })
}

fn options(args: &MembersArgs) -> MembersOptions {
    let mut options = MembersOptions::default();
    if let Some(losses) = args.fuse {
        options = options.fuse(losses);
    }
    if args.remove_foreign {
        options = options.foreign(Foreign::Remove);
    }
    options
}

fn print(report: &MembersReport, format: Shape, output: &mut Output) {
    match format {
        Shape::Human => output.print(Stream::Out, &report::members(report)),
        Shape::Json => platform::print_json(output, &platform::json(report)),
    }
}

fn rules(path: &Path) -> Result<Rules, Problem> {
    let shown = path.display();
    let help = "docs/access.md tells what stands in it";
    let problem = |what: String| Problem::new(format!("`{shown}` {what}"), help);
    let length = fs::metadata(path).map_err(|error| problem(format!("cannot be read: {error}")))?.len();
    if length > LARGEST {
        return Err(problem(format!("has {length} bytes, and {LARGEST} are read at most")));
    }
    let text = fs::read_to_string(path).map_err(|error| problem(format!("cannot be read: {error}")))?;
    serde_json::from_str(&text).map_err(|error| problem(format!("is no file of rules: {error}")))
}
