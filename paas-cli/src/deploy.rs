//! `paas deploy`.

use crate::{
    Outcome,
    args::{DeployArgs, Format, Shape},
    output::{Output, Stream},
    platform::{self, Again, Problem},
    problems,
};
use paas_sdk::{Acting, Code, Deploy, Planning, TemplatePolicy, report};

pub(crate) fn run(args: &DeployArgs, output: &mut Output) -> Outcome {
    platform::run(output, Shape::Human, async |output: &mut Output| deploy(args, output).await)
}

async fn deploy(args: &DeployArgs, output: &mut Output) -> Result<Outcome, Problem> {
    let mut options = args.template.options();
    let (source, unreadable) = args.template.read(&mut options);
    if unreadable.has_errors() {
        return Err(Problem::Diagnostics(Box::new((source.into(), unreadable))));
    }
    let (tenant, tenant_name) = platform::tenant(&args.tenant)?;
    let acting = connect(args, options.policy.clone()).await?;
    if let Some(tenant) = tenant {
        acting.tenants().put(&tenant).await?;
    }

    let mut deploy = Deploy::new(tenant_name, source);
    deploy.options = options;
    deploy.stack.clone_from(&args.stack);
    deploy.load_balancer_image.clone_from(&args.load_balancer_image);
    let again = Again::new(&args.platform, Some(&args.secrets));
    let planned = acting.applications().plan(&deploy).await.map_err(|error| Problem::of(&error, &again))?;
    let Planning { planned, diagnostics, sources, .. } = planned;
    problems::print(output, Stream::Err, Format::Human, &sources, &diagnostics);
    let Some(planned) = planned else {
        if diagnostics.iter().any(|diagnostic| diagnostic.code == Code::ResourceSecretMissing) {
            let how =
                "give secrets by --secrets FILE with lines NAME=VALUE, or by variables PAAS_SECRET_NAME";
            output.print(Stream::Err, &format!("help: {how}\n"));
        }
        return Ok(Outcome::Failed);
    };

    let plan = planned.plan();
    let (application, tenant) = (report::printable(&plan.application), report::printable(&plan.tenant));
    let text =
        format!("deploy {application} for {tenant}: {} steps\n\n{}\n", plan.steps.len(), report::plan(plan));
    output.print(Stream::Out, &text);
    if args.plan_only {
        output.print(Stream::Out, "nothing was changed\n");
        return Ok(Outcome::Well);
    }
    if platform::begin(&acting, &planned, &again, output).await?.is_none() {
        return Ok(Outcome::Interrupted);
    }
    let status = acting.applications().status(&plan.tenant, &plan.application).await?;
    output.print(Stream::Out, &report::status(&status));
    Ok(Outcome::Well)
}

async fn connect(args: &DeployArgs, policy: TemplatePolicy) -> Result<Acting, Problem> {
    let secrets = platform::secrets(&args.secrets)?;
    if args.plan_only {
        args.platform.rehearse(secrets, policy).await
    } else {
        args.platform.connect_to_deploy(secrets, &args.wait, policy).await
    }
}
