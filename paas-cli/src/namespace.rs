//! `paas namespace`.

use crate::{
    Outcome,
    args::{NamespaceArgs, NamespaceCommand, NamespaceListArgs, PersonalArgs, RuleArgs, Shape},
    output::{Output, Stream},
    platform,
};
use paas_sdk::{
    core::images::promotion::SyncRule,
    platform::{Namespace, Namespaces},
    report::printable,
};
use serde_json::json;

pub(crate) fn run(args: &NamespaceCommand, output: &mut Output) -> Outcome {
    match args {
        NamespaceCommand::List(args) => list(args, output),
        NamespaceCommand::Create(args) => change(args, output, async |namespaces, tenant, name| {
            namespaces.create(tenant, name).await.map(Some)
        }),
        NamespaceCommand::Open(args) => change(args, output, async |namespaces, tenant, name| {
            namespaces.open_in_production(tenant, name).await.map(Some)
        }),
        NamespaceCommand::Rule(RuleArgs { namespace, rule }) => {
            let rule = match rule.automatic {
                Some(period) => Some(SyncRule::Automatic { period }),
                None => rule.manual.then_some(SyncRule::Manual),
            };
            change(namespace, output, async |namespaces, tenant, name| {
                namespaces.set_sync_rule(tenant, name, rule).await.map(Some)
            })
        }
        NamespaceCommand::Personal(PersonalArgs { namespace, choice }) => {
            change(namespace, output, async |namespaces, tenant, name| {
                namespaces.set_personal(tenant, name, choice.user.as_deref()).await.map(Some)
            })
        }
        NamespaceCommand::Delete(args) => change(args, output, async |namespaces, tenant, name| {
            namespaces.delete(tenant, name).await.map(|()| None)
        }),
    }
}

fn list(args: &NamespaceListArgs, output: &mut Output) -> Outcome {
    platform::run(output, args.format, async |output: &mut Output| {
        let tenant = platform::tenant_name(&args.tenant)?;
        let acting = args.platform.connect_to_look(platform::Reach::Store).await?;
        let namespaces = acting.namespaces().list(&tenant).await?;
        if args.format == Shape::Json {
            platform::print_json(output, &json!({ "tenant": tenant, "namespaces": namespaces }));
            return Ok(Outcome::Well);
        }
        if namespaces.is_empty() {
            output.print(Stream::Out, &format!("{} has no image namespaces\n", printable(&tenant)));
        }
        for namespace in &namespaces {
            output.print(Stream::Out, &line(namespace));
        }
        Ok(Outcome::Well)
    })
}

fn change(
    args: &NamespaceArgs,
    output: &mut Output,
    change: impl AsyncFnOnce(&Namespaces, &str, &str) -> paas_sdk::platform::Result<Option<Namespace>>,
) -> Outcome {
    let NamespaceArgs { namespace, list } = args;
    platform::run(output, list.format, async |output: &mut Output| {
        let (file, tenant) = platform::tenant(&list.tenant)?;
        let acting = list.platform.connect_with_harbors().await?;
        if let Some(file) = file {
            acting.tenants().put(&file).await?;
        }
        let changed = change(&acting.namespaces(), &tenant, namespace).await?;
        match (list.format, changed) {
            (Shape::Human, Some(namespace)) => output.print(Stream::Out, &line(&namespace)),
            (Shape::Human, None) => {
                output.print(Stream::Out, &format!("{} is deleted\n", printable(namespace)));
            }
            (Shape::Json, changed) => platform::print_json(output, &platform::json(&changed)),
        }
        Ok(Outcome::Well)
    })
}

fn line(namespace: &Namespace) -> String {
    let rule =
        namespace.sync_rule.map_or_else(|| "no rule: nothing is copied".to_owned(), |rule| rule.to_string());
    let production = if namespace.in_production { "open in production" } else { "not opened in production" };
    let personal =
        namespace.personal.as_ref().map_or_else(String::new, |user| format!("; personal to {user}"));
    format!("{}: {production}; {rule}{}\n", printable(&namespace.name), printable(&personal))
}
