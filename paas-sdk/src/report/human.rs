//! Diagnostics for people.

use super::{excerpt::Excerpt, printable, summary};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};
use paas_core::diagnostic::{self, Code, Diagnostics, Label, Place};
use paas_tosca::{Source, builtin_text};
use std::fmt::{self, Write as _};

/// How diagnostics are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportStyle {
    /// Whether in colour. Everything can be told without.
    pub color: bool,
    /// At how many characters sentences are broken.
    pub width: usize,
    /// How many diagnostics are shown; the others are only counted.
    pub most: usize,
}

impl Default for ReportStyle {
    /// Without colour, 80 characters wide, the first 100.
    fn default() -> Self {
        Self { color: false, width: 80, most: 100 }
    }
}

/// Each diagnostic with the lines that it points at, what it says there, and help; and a last line that counts them.
/// Nothing if there is none.
///
/// Labels may point into the sources (a [`Source`], or the [`Sources`](paas_tosca::Sources) that a check gives back) and
/// into built-in files. Where a label points elsewhere, only the place is named.
///
/// ```
/// use paas_sdk::{Code, Diagnostic, Diagnostics, Source, core::diagnostic::{Place, Position}, report};
///
/// let source = Source::new("shop.yaml", "web:\n  imge: shop/web:1.0\n");
/// let key = Place {
///     file: source.name().clone(),
///     start: Position { line: 2, column: 3, offset: 7 },
///     end: Position { line: 2, column: 7, offset: 11 },
/// };
/// let problems = Diagnostics::from_iter([
///     Diagnostic::new(Code::UnknownProperty, "`imge` is not a property").at(key).help("did you mean `image`?"),
/// ]);
///
/// assert_eq!(
///     report::human(&problems, &source, &report::ReportStyle::default()),
///     "\
/// error[tosca.unknown_property]
///   × `imge` is not a property
///    ╭─[shop.yaml:2:3]
///  1 │ web:
///  2 │   imge: shop/web:1.0
///    ·   ────
///    ╰────
///   help: did you mean `image`?
///
/// 1 error
/// "
/// );
/// ```
pub fn human<S: AsRef<[Source]> + ?Sized>(
    diagnostics: &Diagnostics,
    sources: &S,
    style: &ReportStyle,
) -> String {
    let sources = sources.as_ref();
    let handler = handler(style);
    let in_clear_text = diagnostics.iter().filter(|it| it.code == Code::SecretDefault);
    let hidden: Vec<&Place> = in_clear_text.filter_map(diagnostic::Diagnostic::place).collect();
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(style.most) {
        text.push_str(&draw(&handler, diagnostic, sources, &hidden));
        text.push('\n');
    }
    match diagnostics.len() {
        0 => {}
        count if count > style.most => {
            let _ = writeln!(text, "{}; the first {} are shown", summary(diagnostics), style.most);
        }
        _ => {
            let _ = writeln!(text, "{}", summary(diagnostics));
        }
    }
    text
}

fn handler(style: &ReportStyle) -> GraphicalReportHandler {
    let styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles };
    // Narrower, nothing is left beside the signs at the margin.
    const NARROWEST: usize = 40;
    GraphicalReportHandler::new_themed(theme)
        .with_width(style.width.max(NARROWEST))
        .with_context_lines(1)
        .tab_width(4)
        .with_links(false)
        .without_syntax_highlighting()
}

fn draw(
    handler: &GraphicalReportHandler,
    diagnostic: &diagnostic::Diagnostic,
    sources: &[Source],
    hidden: &[&Place],
) -> String {
    let text_of = |name: &str| {
        let known = sources.iter().find(|source| name == &**source.name() && !source.text().is_empty());
        known.map(Source::text).or_else(|| builtin_text(name))
    };
    let (excerpt, unknown) = Excerpt::of(diagnostic, text_of, hidden);
    let mut message = printable(&diagnostic.message).into_owned();
    for label in unknown {
        let _ = write!(message, "\n{}", elsewhere(label));
    }
    let problem = Problem { diagnostic, message, excerpt };
    let mut text = String::new();
    if handler.render_report(&mut text, &problem).is_err() {
        return format!("{}\n", printable(&diagnostic.to_string()));
    }
    // The line with the code belongs to the message.
    text.replacen("\n\n", "\n", 1)
}

/// A label whose text we do not have.
fn elsewhere(label: &Label) -> String {
    let place = &label.place;
    let is_whole_file = *place == Place::start_of(place.file.clone());
    let at = if is_whole_file { place.file.to_string() } else { place.to_string() };
    match &label.text {
        Some(text) => printable(&format!("at {at}: {text}")).into_owned(),
        None => printable(&format!("at {at}")).into_owned(),
    }
}

/// A diagnostic as the drawing wants it.
#[derive(Debug)]
struct Problem<'d> {
    diagnostic: &'d diagnostic::Diagnostic,
    message: String,
    excerpt: Excerpt,
}

impl fmt::Display for Problem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem<'_> {}

impl miette::Diagnostic for Problem<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{}[{}]", self.diagnostic.severity, self.diagnostic.code)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(if self.diagnostic.is_error() { miette::Severity::Error } else { miette::Severity::Warning })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let lines = self.diagnostic.help.as_deref()?.lines().map(printable);
        Some(Box::new(lines.collect::<Vec<_>>().join("\n")))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        if self.excerpt.is_empty() { None } else { Some(&self.excerpt) }
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}
