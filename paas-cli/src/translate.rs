//! `paas translate`.

use crate::{
    Outcome,
    args::{Format, TranslateArgs},
    output::{Output, Stream},
    problems, summary,
};
use paas_sdk::{
    Diagnostics, Release, Sources,
    files::{self, Overwrite, Written},
    rancher, translate,
};
use serde_json::json;

pub(crate) fn run(args: &TranslateArgs, output: &mut Output) -> Outcome {
    let mut options = args.template.options();
    let (source, mut diagnostics) = args.template.read(&mut options);
    let mut sources = Sources::from(source.clone());
    let mut done = None;
    if !diagnostics.has_errors() {
        let translation = translate(&source, &options, &args.target.target());
        (diagnostics, sources) = (translation.diagnostics, translation.sources);
        if let Some(release) = translation.release.filter(|_| !diagnostics.has_errors()) {
            match write(args, &release) {
                Ok(written) => done = Some((release, written)),
                Err(problems) => diagnostics.extend(problems),
            }
        }
    }
    if args.format == Format::Json {
        let written = done.as_ref().map_or(json!(null), |(_, written)| as_json(written));
        let more = format!(",\"written\":{written}");
        output.print(Stream::Out, &problems::document(&args.template.name(), &diagnostics, &more));
    } else {
        problems::print(output, Stream::Err, args.format, &sources, &diagnostics);
        if let Some((release, written)) = &done {
            output.print(Stream::Out, &summary::of(release, written));
        }
    }
    if done.is_some() { Outcome::Well } else { Outcome::Failed }
}

fn write(args: &TranslateArgs, release: &Release) -> Result<Written, Diagnostics> {
    let overwrite = if args.force { Overwrite::Any } else { Overwrite::OwnOnly };
    files::write_translation(&args.out, release, &rancher::render(release), overwrite)
}

fn as_json(written: &Written) -> serde_json::Value {
    json!({
        "folder": written.folder.to_string_lossy(),
        "created": written.created,
        "replaced": written.replaced,
        "unchanged": written.unchanged,
        "removed": written.removed,
    })
}
