//! Reads rendered files as the executor does.

use paas_core::release::Release;
use paas_tosca::rancher::{PartFiles, render};
use serde_json::{Value, json};

/// A rendered file as an independent reader sees it; repeated keys are errors.
#[track_caller]
pub(crate) fn read(text: &str) -> Value {
    let value: yaml_serde::Value = yaml_serde::from_str(text).unwrap_or_else(|e| panic!("{e}:\n{text}"));
    serde_json::to_value(value).unwrap_or_else(|e| panic!("{e}:\n{text}"))
}

/// What both files say of a service; null where a file does not name it.
pub(crate) fn both(release: &Release, name: &str) -> (Value, Value) {
    let files = render(release);
    let of = |text: fn(&PartFiles) -> &String| {
        files.iter().map(|part| read(text(part))["services"][name].clone()).find(|service| !service.is_null())
    };
    (
        of(|part| &part.docker_compose).unwrap_or_default(),
        of(|part| &part.rancher_compose).unwrap_or_default(),
    )
}

/// A rendered file after the executor put answers into its values: a string with answers is the list of its pieces, an
/// answer among them being `{"answer": name}`.
#[track_caller]
pub(crate) fn read_with_answers(text: &str) -> Value {
    let mut value = read(text);
    put_answers(&mut value);
    value
}

fn put_answers(value: &mut Value) {
    match value {
        Value::String(text) => *value = pieces(text),
        Value::Array(items) => items.iter_mut().for_each(put_answers),
        Value::Object(entries) => entries.values_mut().for_each(put_answers),
        _ => {}
    }
}

fn pieces(text: &str) -> Value {
    let mut pieces = vec![];
    let mut literal = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        literal.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            literal.push('$');
            rest = after;
        } else {
            let reference = after.strip_prefix('{').and_then(|after| after.split_once('}'));
            let (name, after) = reference.unwrap_or_else(|| panic!("a lone $ in {text:?}"));
            assert!(
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
                "{name:?} is no answer's name"
            );
            pieces.extend((!literal.is_empty()).then(|| json!(std::mem::take(&mut literal))));
            pieces.push(json!({ "answer": name }));
            rest = after;
        }
    }
    literal.push_str(rest);
    if pieces.is_empty() {
        return json!(literal);
    }
    pieces.extend((!literal.is_empty()).then_some(json!(literal)));
    json!(pieces)
}

#[test]
fn answers_are_told_from_dollars() {
    assert_eq!(pieces("a$$b$${c}"), json!("a$b${c}"));
    assert_eq!(pieces("${x}"), json!([{ "answer": "x" }]));
    assert_eq!(pieces("a$$${x_1}${y}b"), json!(["a$", { "answer": "x_1" }, { "answer": "y" }, "b"]));
}
