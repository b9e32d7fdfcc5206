//! `paas scale`.

use crate::{
    Outcome,
    args::{ScaleArgs, Shape},
    output::{Output, Stream},
    platform::{self, Again, Problem, Reach},
};
use paas_sdk::report;

pub(crate) fn run(args: &ScaleArgs, output: &mut Output) -> Outcome {
    platform::run(output, Shape::Human, async |output: &mut Output| scale(args, output).await)
}

async fn scale(args: &ScaleArgs, output: &mut Output) -> Result<Outcome, Problem> {
    let tenant = platform::tenant_name(&args.tenant)?;
    let again = Again::new(&args.platform, None);
    let acting = args.platform.connect_with(Reach::Rancher, platform::known_secrets(), &args.wait).await?;
    let applications = acting.applications();
    let planned = applications.plan_scale(&tenant, &args.application, &args.service, args.count).await;
    let planned = planned.map_err(|error| Problem::of(&error, &again))?;
    let before = applications.status(&tenant, &args.application).await?;
    if platform::begin(&acting, &planned, &again, output).await?.is_none() {
        return Ok(Outcome::Interrupted);
    }
    let after = applications.status(&tenant, &args.application).await?;
    output.print(Stream::Out, &format!("changed:\n{}", report::changes(&after.changes_since(&before))));
    Ok(Outcome::Well)
}
