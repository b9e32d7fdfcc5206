//! What an input of a template holds of a question, and what is told that it does not.

use super::import;
use paas_tosca::{
    compose::{Imported, Kept},
    export::Constraint,
};

fn asked(rules: &str) -> Imported {
    let docker = "web: { image: 'a:1', environment: { A: '${X}' } }";
    import(docker, &format!(".catalog: {{ questions: [ {{ variable: X, {rules} }} ] }}"), &[])
}

fn held(rules: &str) -> Vec<Constraint> {
    let imported = asked(rules);
    assert!(imported.application.is_some(), "{:?}", imported.diagnostics);
    assert!(imported.losses.is_empty(), "{rules}: {:?}", imported.losses);
    imported.extras.inputs[0].constraints.clone()
}

fn pattern(text: &str) -> Constraint {
    Constraint::Pattern(text.to_owned())
}

fn values(values: &[&str]) -> Constraint {
    Constraint::ValidValues(values.iter().map(|value| (*value).to_owned()).collect())
}

#[test]
fn rules_become_constraints() {
    for (rules, expected) in [
        ("default: ab, valid_chars: a-z0-9_", vec![pattern("[a-z0-9_]*")]),
        ("default: ab, invalid_chars: ' $'", vec![pattern("[^ $]*")]),
        (
            "default: ab, min_length: 2, max_length: 4",
            vec![Constraint::MinLength(2), Constraint::MaxLength(4)],
        ),
        ("default: ab, required: true", vec![Constraint::MinLength(1)]),
        ("default: ab, required: true, min_length: 2", vec![Constraint::MinLength(2)]),
        ("min_length: 2", vec![pattern("([\\s\\S]{2,})?")]),
        ("type: enum, options: [ a, b ], default: b, required: true", vec![values(&["a", "b"])]),
        ("type: enum, options: [ a, b ]", vec![values(&["a", "b", ""])]),
        (
            "type: int, default: 5, min: 1, max: 9",
            vec![Constraint::GreaterOrEqual(1), Constraint::LessOrEqual(9)],
        ),
        ("type: int, default: 5, options: [ 5, 7 ]", vec![values(&["5", "7"])]),
        ("type: boolean, default: true, options: [ true, false ]", vec![]),
        ("type: boolean, default: true, options: [ true ]", vec![values(&["true"])]),
    ] {
        assert_eq!(held(rules), expected, "{rules}");
    }
}

#[test]
fn rules_that_nobody_holds_are_told_where_they_stand() {
    for (rules, key, why) in [
        ("default: ab, min: 1", "min", "the input is no whole number"),
        ("type: int, default: '05', max: 9", "max", "the input is no whole number"),
        ("type: int, default: 5, max_length: 1", "max_length", "the input is no text"),
        ("type: int, default: 5, valid_chars: 0-9", "valid_chars", "the input is no text"),
        ("type: int, default: 5, options: [ 5, x ]", "options", "not all of them are whole numbers"),
        ("default: ab, valid_chars: '[:alpha:]'", "valid_chars", "it is no plain list of characters"),
        ("min_length: 200", "min_length", "the answer may be left out"),
    ] {
        let imported = asked(rules);
        let [loss] = imported.losses.as_slice() else { panic!("{rules}: {:?}", imported.losses) };
        assert_eq!(loss.why, format!("nobody holds `{key}` against answers: {why}"), "{rules}");
        assert_eq!((loss.kept, loss.key.as_str()), (Kept::Partial, "X"));
        let (start, text) = (loss.place.start.offset as usize, ".catalog: { questions: [ { variable: X, ");
        assert!(rules[start - text.len()..].starts_with(key), "{rules}: {}", loss.place);
    }
}

/// An answer that breaks the rules of its question is told, and then so is each rule: no constraint could hold.
#[test]
fn rules_that_the_answer_breaks_are_told() {
    for (rules, count) in [
        ("default: abc, max_length: 2, valid_chars: a-z", 2),
        ("default: A, valid_chars: a-z", 1),
        ("default: a b, invalid_chars: ' '", 1),
        ("type: enum, default: c, options: [ a, b ], required: true", 2),
    ] {
        let imported = asked(rules);
        let codes: Vec<_> = imported.diagnostics.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(codes, ["compose.answer"], "{rules}");
        assert!(imported.extras.inputs[0].constraints.is_empty(), "{rules}");
        let told = imported.losses.iter().filter(|loss| loss.why.ends_with("the answer breaks it"));
        assert_eq!(told.count(), count, "{rules}: {:?}", imported.losses);
    }
}
