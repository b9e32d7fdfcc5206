//! Diagnostics for people: exact pictures, and what holds for any text and any place.

use paas_sdk::{
    Code, Diagnostic, Diagnostics, Severity, Source,
    core::diagnostic::{Place, Position},
    report::{self, ReportStyle},
};
use proptest::prelude::*;

/// The place of a part of a text, as a reader would give it.
fn place(source: &Source, start: usize, end: usize) -> Place {
    let position = |offset: usize| {
        let before = &source.text()[..offset];
        Position {
            line: before.matches('\n').count() as u32 + 1,
            column: before.chars().rev().take_while(|c| *c != '\n').count() as u32 + 1,
            offset: offset as u32,
        }
    };
    Place { file: source.name().clone(), start: position(start), end: position(end) }
}

/// The place of the first occurrence of a word.
fn word(source: &Source, word: &str) -> Place {
    let start = source.text().find(word).expect("the word is in the text");
    place(source, start, start + word.len())
}

fn human(source: &Source, diagnostic: Diagnostic) -> String {
    report::human(&Diagnostics::from_iter([diagnostic]), source, &ReportStyle::default())
}

#[test]
fn several_labels_near_and_far() {
    let lines: Vec<_> = (1..=40).map(|n| format!("key-{n}: ünïcode value {n}")).collect();
    let source = Source::new("a.yaml", lines.join("\n"));
    let problem = Diagnostic::new(Code::DuplicateKey, "`key` is given twice, \"ü\"")
        .label(word(&source, "value 12"), "again here")
        .label(word(&source, "key-10:"), "first given here")
        .label(word(&source, "key-40"), "and here")
        .severity(Severity::Warning);
    assert_eq!(
        human(&source, problem),
        r#"
warning[yaml.duplicate_key]
  ⚠ `key` is given twice, "ü"
    ╭─[a.yaml:12:17]
  9 │ key-9: ünïcode value 9
 10 │ key-10: ünïcode value 10
    · ───┬───
    ·    ╰── first given here
 11 │ key-11: ünïcode value 11
 12 │ key-12: ünïcode value 12
    ·                 ────┬───
    ·                     ╰── again here
 13 │ key-13: ünïcode value 13
    ╰────
    ╭─[a.yaml:40:1]
 39 │ key-39: ünïcode value 39
 40 │ key-40: ünïcode value 40
    · ───┬──
    ·    ╰── and here
    ╰────

1 warning
"#
        .trim_start()
    );
}

#[test]
fn places_in_other_files() {
    let source = Source::new("a.yaml", "one\ntwo\n");
    let other = Place { file: "b.yaml".into(), ..word(&source, "two") };
    let problem = Diagnostic::new(Code::UnknownType, "a message that is so long that it has to be broken, as sentences of this length are in windows of eighty")
        .at(word(&source, "one"))
        .label(other, "defined here")
        .at(Place::start_of("c.yaml"))
        .help("the first line\nthe second");
    assert_eq!(
        human(&source, problem),
        r"
error[tosca.unknown_type]
  × a message that is so long that it has to be broken, as sentences of this
  │ length are in windows of eighty
  │ at b.yaml:2:1: defined here
  │ at c.yaml
   ╭─[a.yaml:1:1]
 1 │ one
   · ───
 2 │ two
   ╰────
  help: the first line
        the second

1 error
"
        .trim_start()
    );
}

#[test]
fn a_block_is_underlined_in_its_first_line_and_empty_places_are_marked() {
    let source = Source::new("a.yaml", "web:\n  a: 1\n  b: 2\n\nend\n");
    let block = place(&source, 0, source.text().len());
    let nothing = Place { end: word(&source, "end").start, ..word(&source, "end") };
    assert_eq!(
        human(&source, Diagnostic::new(Code::WrongShape, "not a list").at(block).label(nothing, "here")),
        r"
error[tosca.wrong_shape]
  × not a list
   ╭─[a.yaml:1:1]
 1 │ web:
   · ────
 2 │   a: 1
   ╰────
   ╭─[a.yaml:5:1]
 4 │ 
 5 │ end
   · ▲
   · ╰── here
   ╰────

1 error
"
        .trim_start()
    );
}

#[test]
fn a_file_of_one_long_line_is_cut() {
    let text = format!("[{}, wrong, {}]", "1, ".repeat(300_000), "2, ".repeat(300_000));
    let source = Source::new("long.yaml", text);
    let text =
        human(&source, Diagnostic::new(Code::WrongType, "no number").label(word(&source, "wrong"), "this"));
    assert_eq!(text, r"
error[tosca.wrong_type]
  × no number
   ╭─[long.yaml:1:900004]
 1 │ … 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, , wrong, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, …
   ·                                                              ──┬──
   ·                                                                ╰── this
   ╰────

1 error
".trim_start());
}

#[test]
fn only_the_first_are_shown_and_all_counted() {
    let source = Source::new("a.yaml", "a: 1\n");
    let all: Diagnostics =
        (0..250).map(|n| Diagnostic::new(Code::UnknownInput, format!("number {n}"))).collect();
    let text = report::human(&all, &source, &ReportStyle::default());
    assert_eq!(text.matches("number ").count(), 100);
    assert!(text.ends_with("\n\n250 errors; the first 100 are shown\n"), "{text}");
    assert_eq!(report::short(&all).lines().count(), 250);
}

#[test]
fn nothing_is_drawn_for_nothing() {
    let source = Source::new("a.yaml", "");
    assert_eq!(report::human(&Diagnostics::default(), &source, &ReportStyle::default()), "");
    assert_eq!(report::short(&Diagnostics::default()), "");
    assert_eq!(report::json(&Diagnostics::default()), "[]");
}

/// Takes away the sequences that set colours.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (codes, rest) = part.split_once('m').expect("a sequence ends");
        assert!(codes.chars().all(|c| c.is_ascii_digit() || c == ';'), "{codes:?}");
        plain.push_str(rest);
    }
    plain
}

#[test]
fn colours_change_nothing_but_colours() {
    let source = Source::new("a.yaml", "web:\n  imge: x\n");
    let problems = Diagnostics::from_iter([Diagnostic::new(Code::UnknownProperty, "no `imge`")
        .label(word(&source, "imge"), "this")
        .help("did you mean `image`?")]);
    let mut style = ReportStyle::default();
    let plain = report::human(&problems, &source, &style);
    style.color = true;
    let colored = report::human(&problems, &source, &style);
    assert_ne!(colored, plain);
    assert_eq!(without_colors(&colored), plain);
}

/// Characters that make trouble: of all widths, and such that steer.
fn troublesome() -> impl Strategy<Value = char> {
    prop_oneof![
        4 => any::<char>(),
        2 => prop::sample::select(vec!['\n', '\r', '\t', '\u{1b}', '\u{9b}', '\u{202e}', '\0', '\u{2028}']),
        2 => prop::sample::select(vec!['世', 'ü', '\u{301}', '\u{200d}', '👩', '`', '"']),
        4 => prop::char::range(' ', '~'),
    ]
}

fn troublesome_text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(troublesome(), 0..most).prop_map(String::from_iter)
}

/// A label that need not fit the text at all.
fn label() -> impl Strategy<Value = (bool, [u32; 6], Option<String>)> {
    let numbers = prop_oneof![0_u32..600, Just(u32::MAX)];
    (prop::bool::weighted(0.8), prop::array::uniform6(numbers), prop::option::of(troublesome_text(20)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_and_no_place_steers_the_terminal(
        name in troublesome_text(10),
        text in troublesome_text(500),
        message in troublesome_text(200),
        help in prop::option::of(troublesome_text(50)),
        labels in prop::collection::vec(label(), 0..5),
        color: bool,
        width in 0_usize..200,
    ) {
        let source = Source::new(name.as_str(), text);
        let mut problem = Diagnostic::new(Code::YamlSyntax, message).maybe_help(help);
        for (known, [line, column, offset, end_line, end_column, end_offset], words) in labels {
            let place = Place {
                file: if known { source.name().clone() } else { "else\u{1b}where".into() },
                start: Position { line, column, offset },
                end: Position { line: end_line, column: end_column, offset: end_offset },
            };
            problem = match words {
                Some(words) => problem.label(place, words),
                None => problem.at(place),
            };
        }
        let problems = Diagnostics::from_iter([problem]);
        let mut style = ReportStyle::default();
        style.color = color;
        style.width = width;
        let drawn = report::human(&problems, &source, &style);
        let plain = if color { without_colors(&drawn) } else { drawn };
        prop_assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{plain:?}");
        prop_assert!(!plain.contains(['\u{202e}', '\u{2028}']), "{plain:?}");
        prop_assert!(plain.contains("error[yaml.syntax]\n"));

        let short = report::short(&problems);
        prop_assert_eq!(short.lines().count(), 1);
        prop_assert!(!short.trim_end_matches('\n').contains(char::is_control), "{short:?}");

        let json = report::json(&problems);
        prop_assert!(!json.contains(char::is_control), "{json:?}");
        let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        prop_assert_eq!(read, serde_json::to_value(&problems).expect("JSON"));
    }

    #[test]
    fn a_place_in_the_text_is_shown_with_its_line_and_column(
        text in troublesome_text(300).prop_filter("single line breaks", |text| !text.contains('\r')),
        at: prop::sample::Index,
    ) {
        let offsets: Vec<_> = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        let offset = *at.get(&offsets);
        prop_assume!(!text.is_empty());
        let source = Source::new("a.yaml", text);
        let place = place(&source, offset, offset);
        let drawn = human(&source, Diagnostic::new(Code::YamlSyntax, "x").at(place.clone()));
        prop_assert!(drawn.contains(&format!("[{place}]")), "{place} is not in\n{drawn}");
    }
}

#[test]
fn secrets_in_clear_text_are_not_shown_beside_problems_of_their_lines_either() {
    let source = Source::new("a.yaml", "a: b\npassword: { default: hünter2 }\nc: d\n");
    let problems = Diagnostics::from_iter([
        Diagnostic::new(Code::SecretDefault, "a default").at(word(&source, "hünter2")),
        Diagnostic::new(Code::UnknownKeyword, "next to it").at(word(&source, "c")),
    ]);
    let text = report::human(&problems, &source, &ReportStyle::default());
    assert!(!text.contains("nter2") && text.matches("password: { default: ******* }").count() == 2, "{text}");
    // Without that problem nobody knows that it is a secret.
    let others = Diagnostics::from_iter(problems.into_iter().skip(1));
    assert!(report::human(&others, &source, &ReportStyle::default()).contains("hünter2"));
}
