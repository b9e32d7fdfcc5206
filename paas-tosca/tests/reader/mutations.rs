//! A template with one value or key replaced, for all of them.

use crate::templates;
use paas_core::{diagnostic::Code, release::Target};
use paas_tosca::{
    Limits, Source, check, translate,
    yaml::{self, NodeRef},
};
use std::{collections::BTreeSet, ops::Range};

const OTHERS: [&str; 6] = ["", "[]", "{ x: y }", "5", "'it''s'", "{ get_input: x }"];

#[test]
fn checking_and_translating_agree_on_what_is_wrong() {
    let source = templates::read("testdata/translate/external-and-load-balancer/input.yaml");
    let tree = yaml::load(&source, &Limits::default()).tree.expect("a tree");
    let mut spans = Vec::new();
    collect(tree.root(), &mut spans);
    assert!(spans.len() > 100);
    let (mut wrong, mut right) = (0, 0);
    for span in spans {
        for other in OTHERS {
            let mut text = source.text().to_owned();
            text.replace_range(span.clone(), other);
            if hold(&text) {
                right += 1;
            } else {
                wrong += 1;
            }
        }
    }
    assert!(wrong > 500 && right > 20, "{wrong} wrong, {right} right");
}

fn collect(node: NodeRef<'_>, spans: &mut Vec<Range<usize>>) {
    let span = |node: NodeRef<'_>| {
        let place = node.place();
        place.start.offset as usize..place.end.offset as usize
    };
    spans.push(span(node));
    node.items().for_each(|item| collect(item, spans));
    for (key, value) in node.entries() {
        spans.push(span(key));
        collect(value, spans);
    }
}

/// Whether the template is without errors.
fn hold(text: &str) -> bool {
    let source = Source::new("t.yaml", text);
    let checked = check(&source, &super::options());
    let translation = translate(&source, &super::options(), &Target::default());
    let has_errors = checked.diagnostics.has_errors();
    // Inputs may be open until something is translated.
    let is_open = translation.diagnostics.iter().any(|d| d.code == Code::InputMissing);
    let has_services = !translation.diagnostics.iter().any(|d| d.code == Code::NoServices);
    if !is_open && has_services {
        assert_eq!(has_errors, translation.release.is_none(), "{text}");
        assert_eq!(checked.diagnostics, translation.diagnostics, "{text}");
    }
    // Nothing is said twice, and all of it about a place that there is.
    let mut said = BTreeSet::new();
    for diagnostic in &checked.diagnostics {
        for label in diagnostic.labels.iter().filter(|label| &*label.place.file == "t.yaml") {
            let (start, end) = (label.place.start.offset as usize, label.place.end.offset as usize);
            assert!(text.get(start..end).is_some(), "{diagnostic}");
        }
        let main = diagnostic.place().map(|place| (place.start, place.end));
        assert!(said.insert((main, diagnostic.code.as_str(), &diagnostic.message)), "{diagnostic}\n{text}");
    }
    !has_errors
}
