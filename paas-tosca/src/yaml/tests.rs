//! Tests of reading.

use super::{Kind, Loaded, NodeRef, load};
use crate::{Limits, Source};
use paas_core::diagnostic::Code;
use proptest::prelude::*;

fn read(text: &str) -> Loaded {
    load(&Source::new("t.yaml", text), &Limits::default())
}

/// The codes and places of all diagnostics, and whether there is a tree.
fn told(text: &str) -> (Vec<String>, bool) {
    told_within(text, &Limits::default())
}

fn told_within(text: &str, limits: &Limits) -> (Vec<String>, bool) {
    let loaded = load(&Source::new("t.yaml", text), limits);
    let line = |d: &paas_core::diagnostic::Diagnostic| {
        let place = d.place().expect("a place");
        format!("{}:{} {}", place.start.line, place.start.column, d.code)
    };
    (loaded.diagnostics.iter().map(line).collect(), loaded.tree.is_some())
}

/// The value as text, for comparison.
fn flat(node: NodeRef<'_>) -> String {
    match node.kind() {
        Kind::Scalar => node.text().unwrap_or_default().to_owned(),
        Kind::Sequence => format!("[{}]", node.items().map(flat).collect::<Vec<_>>().join(", ")),
        Kind::Mapping => {
            let entries = node.entries().map(|(key, value)| format!("{}: {}", flat(key), flat(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn flat_of(text: &str) -> String {
    let loaded = read(text);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    flat(loaded.tree.expect("a tree").root())
}

#[test]
fn scalars_are_kept_as_written() {
    assert_eq!(
        flat_of("a: 022:30\nb: 'it''s'\nc: \"x\\ty\"\nd: yes"),
        "{a: 022:30, b: it's, c: x\ty, d: yes}"
    );
    assert_eq!(flat_of("a: |\n  one\n  two\nb: >\n  one\n  two\n"), "{a: one\ntwo\n, b: one two\n}");
    assert_eq!(flat_of("a: one\n  two"), "{a: one two}");
    assert_eq!(flat_of("a:\nb: ~"), "{a: , b: ~}");
}

#[test]
fn places_hold_just_the_value() {
    let text = "ü: 'é'\nlist:\n  - a\n  - bc\nflow: [x, {y: z}]\nblock: |\n  text\n\nlast: 1\n";
    let loaded = read(text);
    let tree = loaded.tree.expect("a tree");
    let slice = |key: &str| {
        let place = tree.root().get(key).expect("the key").place();
        text[place.start.offset as usize..place.end.offset as usize].to_owned()
    };
    assert_eq!(slice("ü"), "'é'");
    assert_eq!(slice("list"), "- a\n  - bc");
    assert_eq!(slice("flow"), "[x, {y: z}]");
    assert_eq!(slice("block"), "text");
    assert_eq!(slice("last"), "1");
    assert_eq!(tree.root().get("flow").expect("flow").place().to_string(), "t.yaml:5:7");
}

#[test]
fn places_end_with_the_value() {
    let values = [
        "'it''s' # it's",
        "\"a \\\" b\" # \"",
        "[ a ]  # c",
        "{ a: b } ",
        "'' # ''",
        "\"\\\\\" # x",
        "&a !!str 'b' # c",
        "'a\n   b' # c",
        "[ 'a' , [ b ] ] # c",
    ];
    for value in values {
        let (expected, _) = value.split_once(" #").unwrap_or((value, ""));
        let text = format!("k: {value}\n");
        let loaded = read(&text);
        let tree = loaded.tree.expect("a tree");
        let place = tree.root().get("k").expect("the key").place();
        assert_eq!(&text[place.start.offset as usize..place.end.offset as usize], expected.trim_end());
    }
    // Inside a flow collection, too.
    let text = "k: { a: 'b' , c: [ d ] , e: f }";
    let loaded = read(text);
    let tree = loaded.tree.expect("a tree");
    let map = tree.root().get("k").expect("the key");
    let slice = |key: &str| {
        let place = map.get(key).expect("the key").place();
        &text[place.start.offset as usize..place.end.offset as usize]
    };
    assert_eq!(["a", "c", "e"].map(slice), ["'b'", "[ d ]", "f"]);
}

#[test]
fn tags_say_what_quotes_would_say() {
    let loaded = read("a: !!str 5\nb: !!int '5'\nc: !!str yes\nd: !!map { e: !!seq [ !!null '' ] }\n");
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let root = loaded.tree.as_ref().unwrap().root();
    let plain = |key| root.get(key).unwrap().plain().unwrap();
    assert_eq!(
        ["a", "b", "c"].map(plain),
        [super::Plain::String, super::Plain::Integer, super::Plain::String]
    );
    assert_eq!(root.get("a").unwrap().text(), Some("5"));
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let loaded = read("\u{FEFF}a: b");
    let tree = loaded.tree.expect("a tree");
    assert_eq!(flat(tree.root()), "{a: b}");
    let place = tree.root().get("a").expect("a").place();
    assert_eq!((place.start.offset, place.end.offset), (6, 7));
}

#[test]
fn duplicate_keys_are_told_and_the_first_stays() {
    let (told, _) = told("a: 1\nb: 2\na: 3");
    assert_eq!(told, ["3:1 yaml.duplicate_key"]);
    assert_eq!(flat(read("a: 1\nb: 2\na: 3").tree.expect("a tree").root()), "{a: 1, b: 2}");
    // In large maps, which are looked through in another way, too.
    let many: String = (0..100).map(|n| format!("k{n}: {n}\n")).collect();
    assert_eq!(self::told(&format!("{many}k7: x")).0, ["101:1 yaml.duplicate_key"]);
}

#[test]
fn a_merge_key_is_a_key_that_is_given_once() {
    let text = "a: &a { b: 1 }\nc:\n  <<: *a\n  <<: *a\n";
    assert_eq!(told(text), (vec!["4:3 yaml.duplicate_key".into()], true));
}

#[test]
fn merges_give_way_to_own_keys() {
    let text = "base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\nx:\n  <<: [*base, *more]\n  a: 0";
    assert_eq!(flat(read(text).tree.expect("a tree").root().get("x").expect("x")), "{a: 0, b: 2, c: 4}");
    assert_eq!(told("x: {<<: 1}").0, ["1:9 yaml.merge_key"]);
    // A quoted `<<` is a key like others.
    assert_eq!(flat_of("x: {'<<': 1}"), "{x: {<<: 1}}");
}

#[test]
fn what_is_no_template_text_is_refused() {
    assert_eq!(told(""), (vec!["1:1 yaml.empty".into()], false));
    assert_eq!(told("# only a comment\n"), (vec!["1:1 yaml.empty".into()], false));
    assert_eq!(told("a: [1"), (vec!["1:6 yaml.syntax".into()], false));
    assert_eq!(told("a: b\0c"), (vec!["1:5 yaml.syntax".into()], false));
    assert_eq!(told("a: 1\n---\nb: 2"), (vec!["2:1 yaml.several_documents".into()], true));
    assert_eq!(told("[a]: 1\nb: 2"), (vec!["1:1 yaml.key_not_scalar".into()], true));
    assert_eq!(told("a: !thing 1"), (vec!["1:4 yaml.unknown_tag".into()], true));
    assert_eq!(told("a: !!binary aGk="), (vec!["1:4 yaml.unknown_tag".into()], true));
    assert_eq!(told("a: !!str [ b ]").0.len(), 1);
    assert_eq!(told("a: &x [*x]"), (vec!["1:8 yaml.recursive_alias".into()], false));
}

#[test]
fn work_is_bounded() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    assert_eq!(told(&bomb).0.last().map(|line| line.ends_with("yaml.alias_expansion")), Some(true));
    let deep = |brackets: usize| format!("{}{}", "[".repeat(brackets), "]".repeat(brackets));
    assert_eq!(told(&deep(64)), (vec![], true));
    assert_eq!(told(&deep(65)), (vec!["1:65 yaml.too_deep".into()], false));
    assert_eq!(told(&deep(100_000)).0, ["1:256 yaml.too_deep"]);
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(told_within("a: 12345678", &limits), (vec!["1:1 yaml.too_large".into()], false));
    let limits = Limits { nodes: 3, ..Limits::default() };
    assert_eq!(told_within("a: 1\nb: 2", &limits), (vec!["2:1 yaml.too_many_nodes".into()], false));
    // Merges that repeat large maps.
    let keys: String = (0..1000).map(|n| format!("k{n}: 1, ")).collect();
    let merges: String = (0..5000).map(|n| format!("m{n}: {{<<: *big}}\n")).collect();
    assert!(told(&format!("big: &big {{{keys}}}\n{merges}")).0[0].ends_with("yaml.alias_expansion"));
}

#[test]
fn every_code_of_the_text_is_one_of_its_own() {
    for code in Code::ALL.iter().filter(|code| code.as_str().starts_with("yaml.")) {
        assert!(!code.title().is_empty());
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        let loaded = read(&text);
        prop_assert!(loaded.tree.is_some() || !loaded.diagnostics.is_empty());
    }

    #[test]
    fn texts_of_yaml_letters_are_read_or_refused(text in "[-a:\\[\\]{}&*!|>'\"%@#,? \n\t<0~]{0,80}") {
        let loaded = read(&text);
        prop_assert!(loaded.tree.is_some() || !loaded.diagnostics.is_empty());
        if let Some(tree) = &loaded.tree {
            // Every place lies within the text, and its start before its end.
            let mut open = vec![tree.root()];
            while let Some(node) = open.pop() {
                let place = node.place();
                prop_assert!(place.start <= place.end && place.end.offset as usize <= text.len());
                open.extend(node.items());
                open.extend(node.entries().flat_map(|(key, value)| [key, value]));
            }
        }
    }

    #[test]
    fn quoted_strings_come_back(value in any::<String>().prop_filter("NUL is no text", |s| !s.contains('\0'))) {
        let json = serde_json::to_string(&value).expect("a string");
        let loaded = read(&format!("v: {json}"));
        // What YAML forbids raw, such as C0 controls, JSON escapes; DEL and C1 pass either way.
        let tree = loaded.tree.expect("a tree");
        prop_assert_eq!(tree.root().get("v").and_then(NodeRef::text), Some(value.as_str()));
    }
}
