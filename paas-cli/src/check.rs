//! `paas check`.

use crate::{
    Outcome,
    args::{CheckArgs, Format},
    output::{Output, Stream},
    problems,
};
use paas_sdk::{Sources, check, report};

pub(crate) fn run(args: &CheckArgs, output: &mut Output) -> Outcome {
    let name = args.template.name();
    let mut options = args.template.options();
    let (source, mut diagnostics) = args.template.read(&mut options);
    let mut sources = Sources::from(source.clone());
    if !diagnostics.has_errors() {
        let checked = check(&source, &options);
        (diagnostics, sources) = (checked.diagnostics, checked.sources);
    }
    match args.format {
        Format::Json => output.print(Stream::Out, &problems::document(&name, &diagnostics, "")),
        Format::Human if diagnostics.is_empty() => {
            let line = format!("{}: {}\n", report::printable(&name), report::summary(&diagnostics));
            output.print(Stream::Out, &line);
        }
        format => problems::print(output, Stream::Out, format, &sources, &diagnostics),
    }
    if diagnostics.has_errors() { Outcome::Failed } else { Outcome::Well }
}
