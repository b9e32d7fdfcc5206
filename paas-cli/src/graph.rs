//! `paas graph`.

use crate::{
    Outcome,
    args::{Format, GraphArgs, Picture},
    output::{Output, Stream},
    problems,
    save::save,
};
use paas_sdk::{Diagnostics, Release, Sources, translate};

pub(crate) fn run(args: &GraphArgs, output: &mut Output) -> Outcome {
    let mut options = args.template.options();
    let (source, mut diagnostics) = args.template.read(&mut options);
    let mut sources = Sources::from(source.clone());
    let mut picture = None;
    if !diagnostics.has_errors() {
        let translation = translate(&source, &options, &args.target.target());
        (diagnostics, sources) = (translation.diagnostics, translation.sources);
        picture = translation.release.map(|release| draw(&release, args.format));
    }
    if let (Some(text), Some(path)) = (&picture, &args.out)
        && let Err(problem) = save(path, text, &args.template.file)
    {
        diagnostics.extend(Diagnostics::from_iter([*problem]));
    }
    problems::print(output, Stream::Err, Format::Human, &sources, &diagnostics);
    match picture {
        Some(text) if !diagnostics.has_errors() => {
            if args.out.is_none() {
                output.print(Stream::Out, &text);
            }
            Outcome::Well
        }
        _ => Outcome::Failed,
    }
}

/// The picture in the language asked for.
fn draw(release: &Release, picture: Picture) -> String {
    match picture {
        Picture::Mermaid => release.to_mermaid(),
        Picture::Dot => release.to_dot(),
        Picture::Svg => release.to_svg(),
    }
}
