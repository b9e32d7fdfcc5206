//! `paas import`.

use crate::{
    Outcome,
    args::{Format, ImportArgs},
    output::{Output, Stream},
    problems,
    save::save,
    stack,
    summary::count,
};
use paas_sdk::{Application, Diagnostics, Sources, core::loss::Kept, report, tosca::compose::Imported};
use serde_json::json;

pub(crate) fn run(args: &ImportArgs, output: &mut Output) -> Outcome {
    let path = &args.stack.path;
    let (imported, mut diagnostics, sources) = match stack::import(path, &args.stack.said) {
        Ok(imported) => {
            let (diagnostics, sources) = (imported.diagnostics.clone(), imported.sources.clone());
            (Some(imported), diagnostics, sources)
        }
        Err((diagnostics, sources)) => (None, diagnostics, sources),
    };
    let template = imported.as_ref().and_then(Imported::template);
    if let (Some(template), Some(out)) = (&template, &args.out) {
        let files = [path.clone(), path.join("docker-compose.yml"), path.join("rancher-compose.yml")];
        let made_of: Vec<_> = files.iter().map(AsRef::as_ref).collect();
        if let Err(problem) = save(out, template, &made_of) {
            diagnostics.push(*problem);
        }
    }
    let name = path.to_string_lossy();
    match args.format {
        Format::Json => {
            let losses = imported.as_ref().map_or_else(Vec::new, |imported| imported.losses.clone());
            let more = format!(",\"losses\":{},\"template\":{}", json!(losses), json!(template));
            output.print(Stream::Out, &problems::document(&name, &diagnostics, &more));
        }
        Format::Short => {
            print(args, &diagnostics, &sources, output);
            for loss in imported.iter().flat_map(|imported| &imported.losses) {
                if args.all || loss.kept != Kept::Full {
                    output.print(Stream::Out, &format!("{}\n", report::printable(&loss.to_string())));
                }
            }
        }
        Format::Human => {
            print(args, &diagnostics, &sources, output);
            if let Some(imported) = &imported
                && let Some(application) = &imported.application
            {
                output.print(Stream::Out, &format!("{}\n\n", said(application)));
                output.print(Stream::Out, &report::losses(&imported.losses, args.all));
            }
        }
    }
    if template.is_some() && !diagnostics.has_errors() { Outcome::Well } else { Outcome::Failed }
}

fn print(args: &ImportArgs, diagnostics: &Diagnostics, sources: &Sources, output: &mut Output) {
    problems::print(output, Stream::Err, args.format, sources, diagnostics);
}

/// `shop: 3 services, 1 volume`.
fn said(application: &Application) -> String {
    let mut counts = vec![count(application.services.len(), "service")];
    if !application.volumes.is_empty() {
        counts.push(count(application.volumes.len(), "volume"));
    }
    format!("{}: {}", report::printable(&application.name), counts.join(", "))
}
