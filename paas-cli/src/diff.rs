//! `paas diff`.

use crate::{
    Outcome,
    args::{DiffArgs, DiffFormat, Format, TemplateArgs},
    output::{Output, Stream},
    problems,
};
use paas_sdk::{Diagnostics, Difference, Release, Source, Sources, files, report, translate};
use std::path::Path;

pub(crate) fn run(args: &DiffArgs, output: &mut Output) -> Outcome {
    // Both are read, so that all problems are told at once.
    let old = release(args, &args.old, &args.old_inputs, None, output);
    // A template without a name of its own is called like its file: the other is a version of the same application.
    let name = old.as_ref().map(|old| old.application.clone());
    let new = release(args, &args.new, &args.new_inputs, name, output);
    let (Some(old), Some(new)) = (old, new) else {
        return if args.exit_code { Outcome::Trouble } else { Outcome::Failed };
    };
    let difference = Difference::between(&old, &new);
    let text = match args.format {
        DiffFormat::Text => report::difference(&difference),
        DiffFormat::Json => report::difference_json(&difference) + "\n",
        DiffFormat::Mermaid => difference.to_mermaid(&old, &new),
    };
    output.print(Stream::Out, &text);
    if args.exit_code && !difference.is_empty() { Outcome::Differs } else { Outcome::Well }
}

/// The release of a file; its problems are printed.
fn release(
    args: &DiffArgs,
    file: &Path,
    inputs: &[(String, String)],
    name: Option<String>,
    output: &mut Output,
) -> Option<Release> {
    let (sources, diagnostics, release) = match files::find_release(file) {
        Ok(Some(release)) => return Some(release),
        Ok(None) => translated(args, file, inputs, name),
        Err(problems) => (Sources::from(Source::new(file.to_string_lossy(), "")), problems, None),
    };
    problems::print(output, Stream::Err, Format::Human, &sources, &diagnostics);
    release.filter(|_| !diagnostics.has_errors())
}

fn translated(
    args: &DiffArgs,
    file: &Path,
    inputs: &[(String, String)],
    name: Option<String>,
) -> (Sources, Diagnostics, Option<Release>) {
    let template = TemplateArgs {
        file: file.to_owned(),
        folder: args.folder.clone(),
        inputs: args.inputs.iter().chain(inputs).cloned().collect(),
        policy: args.policy.clone(),
    };
    let mut options = template.options();
    options.name = name;
    let (source, diagnostics) = template.read(&mut options);
    if diagnostics.has_errors() {
        return (Sources::from(source), diagnostics, None);
    }
    let translation = translate(&source, &options, &args.target.target());
    (translation.sources, translation.diagnostics, translation.release)
}
