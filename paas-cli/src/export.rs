//! `paas export`.

use crate::{
    Outcome,
    args::{ExportArgs, Format},
    output::{Output, Stream},
    problems,
    save::save,
    stack,
};
use paas_sdk::{
    Code, Diagnostic, Diagnostics, Release, Severity, Source, Sources,
    export::{self, Extras},
    files,
};

pub(crate) fn run(args: &ExportArgs, output: &mut Output) -> Outcome {
    let (text, mut diagnostics, sources) = exported(args);
    if let (Some(text), Some(path)) = (&text, &args.out)
        && let Err(problem) = save(path, text, &[&args.template.file])
    {
        diagnostics.extend(Diagnostics::from_iter([*problem]));
    }
    problems::print(output, Stream::Err, Format::Human, &sources, &diagnostics);
    match text {
        Some(text) if !diagnostics.has_errors() => {
            if args.out.is_none() {
                output.print(Stream::Out, &text);
            }
            Outcome::Well
        }
        _ => Outcome::Failed,
    }
}

/// The text, unless there were errors; all problems; and the texts that they are in.
fn exported(args: &ExportArgs) -> (Option<String>, Diagnostics, Sources) {
    if files::is_stack(&args.template.file) {
        return match stack::import(&args.template.file, &args.stack) {
            Ok(imported) => (imported.template(), imported.diagnostics, imported.sources),
            Err((diagnostics, sources)) => (None, diagnostics, sources),
        };
    }
    if args.stack.answers.is_some() {
        let message = "`--answers` are for stacks of Rancher, and this is none";
        let problem = Diagnostic::new(Code::ComposeAnswer, message).severity(Severity::Error);
        let nothing = Source::new(args.template.name(), "");
        return (None, Diagnostics::from_iter([problem]), nothing.into());
    }
    let mut options = args.template.options();
    // A release is larger than what it was made from.
    if args.template.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        options.limits.bytes = options.limits.total_bytes;
    }
    let (source, diagnostics) = args.template.read(&mut options);
    if diagnostics.has_errors() {
        return (None, diagnostics, source.into());
    }
    match files::parse_release(&source) {
        Some(Ok(release)) => {
            let (text, diagnostics) = of_release(args, &release);
            (text, diagnostics, source.into())
        }
        Some(Err(problems)) => (None, problems, source.into()),
        None => {
            let rewritten = export::rewrite(&source, &options);
            (rewritten.template, rewritten.diagnostics, rewritten.sources)
        }
    }
}

fn of_release(args: &ExportArgs, release: &Release) -> (Option<String>, Diagnostics) {
    let refused = |(name, _): &(String, String)| {
        let message = format!("`{name}` is given, but a release has no inputs");
        Diagnostic::new(Code::UnknownInput, message)
    };
    let diagnostics: Diagnostics = args.template.inputs.iter().map(refused).collect();
    let text = export::template(&release.application(), &Extras::default());
    (Some(text).filter(|_| !diagnostics.has_errors()), diagnostics)
}
