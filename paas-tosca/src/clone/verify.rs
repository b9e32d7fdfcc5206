//! The clone held against what it should be.

use super::{
    Mapping,
    differ::{self, Difference},
    plan::{Changing, Plan},
    said,
};
use crate::{Source, check::Examined};
use paas_core::{
    application::Application,
    diagnostic::{Code, Diagnostic, Diagnostics, Place, shown},
    mapping::Part,
};
use serde_json::Value;

/// More differences than this help nobody; those that follow from what is mapped come before they are counted.
const MOST: usize = 10_000;
const SHOWN: usize = 20;

/// What an entry of the mapping is to what comes of it.
const CAUSE: &str = "the mapping asks for it here";

/// Why a clone cannot be given out.
pub(super) fn faults(clone: &Examined, wanted: &Application, plan: &Plan, source: &Source) -> Diagnostics {
    let start = || Place::start_of(source.name().clone());
    let errors: Diagnostics = clone
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .take(SHOWN)
        .map(|error| {
            let message = format!("the clone would not be right: {}", error.message);
            let change = plan.changes.iter().find(|change| error.message.contains(&change.new));
            let at = change.map_or_else(start, |change| change.at.clone());
            let cause = change.and_then(|change| change.cause.clone());
            Diagnostic::new(Code::CloneDiffers, message)
                .at(at)
                .label(cause, CAUSE)
                .maybe_help(error.help.clone())
        })
        .collect();
    if errors.has_errors() {
        return errors;
    }
    let nothing = Application::default();
    let found = clone.application.as_ref().unwrap_or(&nothing);
    let differences = differ::differences(wanted, found, MOST);
    let are_all = differences.len() < MOST;
    let differences = differences.into_iter().filter(|difference| !follows(difference, plan));
    let mut all: Diagnostics =
        differences.take(SHOWN).map(|difference| fault(&difference, plan, start())).collect();
    if all.is_empty() && (!are_all || (plan.followers.is_empty() && wanted != found)) {
        let message = "the clone would be another application";
        all.push(Diagnostic::new(Code::CloneDiffers, message).at(start()));
    }
    all
}

/// Whether a place shows a property that is changed.
fn follows(difference: &Difference, plan: &Plan) -> bool {
    let path = &difference.path;
    (1..=path.len()).any(|length| path.get(..length).is_some_and(|path| plan.followers.contains(path)))
}

fn fault(difference: &Difference, plan: &Plan, start: Place) -> Diagnostic {
    let Difference { path, wanted, found } = difference;
    let found_text = text(found);
    let message = format!(
        "`{}` of the clone would be {}, not {}",
        path.join("."),
        shown(&found_text),
        shown(&text(wanted))
    );
    let change = plan.changes.iter().find(|change| found_text.contains(&change.new)).or(plan.changes.first());
    let diagnostic = Diagnostic::new(Code::CloneDiffers, message);
    let cause = change.and_then(|change| change.cause.clone());
    let diagnostic = match change {
        Some(Changing { at, input: Some(input), .. }) => diagnostic
            .label(at.clone(), "this default is used there too")
            .help(format!("map the input instead: `inputs: {{ {input}: … }}`")),
        Some(change) => diagnostic
            .label(change.at.clone(), "this is used there too")
            .help("write the value in each place where it is used"),
        None => diagnostic.at(start),
    };
    diagnostic.label(cause, CAUSE)
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "nothing".to_owned(),
        other => other.to_string(),
    }
}

/// What is wrong with the value of a mapped input is wrong in the mapping.
pub(super) fn with_places_of(
    mapping: &Mapping,
    diagnostics: Diagnostics,
) -> impl Iterator<Item = Diagnostic> + use<'_> {
    diagnostics.into_iter().map(move |mut diagnostic| {
        for label in &mut diagnostic.labels {
            let name = label.place.file.strip_prefix("value of input `").and_then(|it| it.strip_suffix('`'));
            if let Some(place) = name.and_then(|name| said::place(mapping, Part::Inputs, name)) {
                label.place = place;
            }
        }
        diagnostic
    })
}
