use super::*;
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Value, json};

fn written(write: impl FnOnce(&mut Map<'_>)) -> String {
    Emitter::new().map(write)
}

fn one_string(text: &str) -> String {
    written(|root| root.entry("k").string(text))
}

/// What a reader of YAML 1.1 (libyaml) makes of it; it refuses repeated keys.
fn read(text: &str) -> Value {
    let value: yaml_serde::Value = yaml_serde::from_str(text).unwrap_or_else(|e| panic!("{e}:\n{text}"));
    serde_json::to_value(value).expect("strings as keys")
}

/// The scalars that a reader of YAML 1.2 sees, each with whether it is double-quoted.
fn scalars_1_2(text: &str) -> Vec<(String, bool)> {
    Parser::new_from_str(text)
        .map(|event| event.unwrap_or_else(|e| panic!("{e}:\n{text}")).0)
        .filter_map(|event| match event {
            Event::Scalar(value, style, ..) => Some((value.into_owned(), style == ScalarStyle::DoubleQuoted)),
            _ => None,
        })
        .collect()
}

#[track_caller]
fn both_readers_get(text: &str) {
    let yaml = one_string(text);
    assert_eq!(read(&yaml), json!({ "k": text }));
    assert_eq!(scalars_1_2(&yaml), [("k".to_owned(), true), (text.to_owned(), true)]);
    let yaml = written(|root| root.entry(text).boolean(true));
    assert_eq!(read(&yaml), json!({ text: true }));
    assert_eq!(scalars_1_2(&yaml), [(text.to_owned(), true), ("true".to_owned(), false)]);
}

#[test]
fn keys_and_strings_are_double_quoted() {
    assert_eq!(one_string("v"), "\"k\": \"v\"\n");
}

#[test]
fn words_of_yaml_stay_strings() {
    for word in [
        "",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "true",
        "True",
        "null",
        "~",
        "22:30",
        "1e3",
        "0x1F",
        "010",
        "0o7",
        "1_0",
        ".inf",
        ".nan",
        "2001-12-14",
        "<<",
        "=",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "%",
        "@",
        "`",
        "- x",
        "? x",
        ": x",
        "#x",
        "a: b",
        "a #b",
        "{a: b}",
        "[a]",
        "---",
        "...",
        "'",
        "--- |",
        " leading",
        "trailing ",
        "\t",
    ] {
        both_readers_get(word);
    }
}

#[test]
fn quote_and_backslash_are_escaped() {
    assert_eq!(one_string(r#"a"b\c"#), "\"k\": \"a\\\"b\\\\c\"\n");
    both_readers_get(r#""\" \n \x41 \"#);
}

#[test]
fn line_ends_and_tabs_are_escaped() {
    assert_eq!(one_string("a\nb\r\n\tc"), "\"k\": \"a\\nb\\r\\n\\tc\"\n");
    both_readers_get("\n a\n\n  b \n\r\n\t\n");
}

#[test]
fn control_characters_are_escaped() {
    assert_eq!(one_string("\0\u{1B}\u{7F}\u{85}\u{9F}"), "\"k\": \"\\x00\\x1B\\x7F\\x85\\x9F\"\n");
    for code in (0..0x20).chain(0x7F..0xA0) {
        both_readers_get(&format!("a{}b", char::from(code)));
    }
}

#[test]
fn line_ends_of_yaml_1_1_are_escaped() {
    assert_eq!(one_string("\u{2028}\u{2029}"), "\"k\": \"\\u2028\\u2029\"\n");
    both_readers_get("a\u{85}b\u{2028}c\u{2029}d");
}

#[test]
fn byte_order_mark_and_noncharacters_are_escaped() {
    let text = "\u{FEFF}\u{FDD0}\u{FDEF}\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}";
    assert_eq!(one_string(text), "\"k\": \"\\uFEFF\\uFDD0\\uFDEF\\uFFFE\\uFFFF\\U0001FFFE\\U0010FFFF\"\n");
    both_readers_get(text);
}

#[test]
fn what_turns_the_writing_direction_is_escaped() {
    assert_eq!(one_string("a\u{202E}b\u{2066}"), "\"k\": \"a\\u202Eb\\u2066\"\n");
    both_readers_get("\u{61C}\u{200E}\u{200F}\u{202A}\u{202E}\u{2066}\u{2069}");
}

#[test]
fn ordinary_characters_stay_as_they_are() {
    let text = "Zürich 銀行 🏦 \u{A0}\u{FFFD}\u{D7FF}\u{E000}";
    assert_eq!(one_string(text), format!("\"k\": \"{text}\"\n"));
    both_readers_get(text);
}

#[test]
fn every_character_is_read_as_itself() {
    let all: Vec<char> = ('\0'..=char::MAX).collect();
    for chunk in all.chunks(0x4000) {
        let text: String = chunk.iter().collect();
        let yaml = one_string(&text);
        assert!(read(&yaml)["k"] == text && scalars_1_2(&yaml)[1].0 == text, "from {:?}", chunk[0]);
    }
}

#[test]
fn numbers_and_booleans_are_plain() {
    let yaml = written(|root| {
        root.entry("a").integer(0);
        root.entry("b").integer(i64::MIN);
        root.entry("c").integer(i64::MAX);
        root.entry("d").boolean(true);
        root.entry("e").boolean(false);
    });
    assert_eq!(
        yaml,
        "\"a\": 0\n\"b\": -9223372036854775808\n\"c\": 9223372036854775807\n\"d\": true\n\"e\": false\n"
    );
    assert_eq!(read(&yaml), json!({ "a": 0, "b": i64::MIN, "c": i64::MAX, "d": true, "e": false }));
}

#[test]
fn maps_and_lists_nest() {
    let yaml = written(|root| {
        root.entry("map").map(|map| {
            map.entry("a").map(|a| a.entry("b").integer(1));
            map.entry("c").string("d");
        });
        root.entry("list").list(|list| {
            list.item().map(|map| {
                map.entry("x").integer(1);
                map.entry("y").list(|y| y.item().string("z"));
            });
            list.item().list(|inner| {
                inner.item().integer(1);
                inner.item().integer(2);
            });
            list.item().string("s");
        });
    });
    let expected = r#""map":
  "a":
    "b": 1
  "c": "d"
"list":
  - "x": 1
    "y":
      - "z"
  - - 1
    - 2
  - "s"
"#;
    assert_eq!(yaml, expected);
    assert_eq!(
        read(&yaml),
        json!({ "map": { "a": { "b": 1 }, "c": "d" }, "list": [{ "x": 1, "y": ["z"] }, [1, 2], "s"] })
    );
}

#[test]
fn deep_nesting_is_indented() {
    fn nest(map: &mut Map<'_>, depth: usize) {
        match depth {
            0 => map.entry("k").integer(1),
            _ => map.entry("k").map(|inner| nest(inner, depth - 1)),
        }
    }
    let yaml = written(|root| nest(root, 40));
    assert!(yaml.ends_with(&format!("\n{}\"k\": 1\n", " ".repeat(80))));
    let expected = (0..40).fold(json!({ "k": 1 }), |inner, _| json!({ "k": inner }));
    assert_eq!(read(&yaml), expected);
}

#[test]
fn empty_maps_and_lists_are_written_as_such() {
    assert_eq!(written(|_| {}), "{}\n");
    let yaml = written(|root| {
        root.entry("map").map(|_| {});
        root.entry("list").list(|list| {
            list.item().map(|_| {});
            list.item().list(|_| {});
        });
        root.entry("none").list(|_| {});
    });
    assert_eq!(yaml, "\"map\": {}\n\"list\":\n  - {}\n  - []\n\"none\": []\n");
    assert_eq!(read(&yaml), json!({ "map": {}, "list": [{}, []], "none": [] }));
}

#[test]
fn what_is_empty_can_be_left_out() {
    let yaml = written(|root| {
        root.entry("a").map_unless_empty(|a| a.entry("b").list_unless_empty(|_| {}));
        root.entry("c").map_unless_empty(|c| c.entry("d").list_unless_empty(|d| d.item().integer(1)));
        root.entry("e").list(|e| e.item().map_unless_empty(|_| {}));
    });
    assert_eq!(yaml, "\"c\":\n  \"d\":\n    - 1\n\"e\": []\n");
}

#[test]
fn a_slot_without_a_value_writes_nothing() {
    let yaml = written(|root| {
        let _ = root.entry("a");
        root.entry("b").integer(1);
    });
    assert_eq!(yaml, "\"b\": 1\n");
}

#[test]
fn long_keys_are_written_with_a_question_mark() {
    for length in [10, 998, 999, 1_000, 1_500, 5_000] {
        let key = "k".repeat(length);
        let yaml = written(|root| {
            root.entry("list")
                .list(|list| list.item().map(|map| map.entry(&key).map(|m| m.entry("a").integer(1))));
            root.entry(&key).list(|list| list.item().string("x"));
            root.entry(&key.to_uppercase()).string("y");
        });
        assert_eq!(yaml.contains("? "), length + 2 > LONGEST_SIMPLE_KEY, "{length}");
        let expected = json!({ "list": [{ &key: { "a": 1 } }], &key: ["x"], key.to_uppercase(): "y" });
        assert_eq!(read(&yaml), expected);
        assert!(scalars_1_2(&yaml).contains(&(key, true)));
    }
}

#[test]
fn comments_stay_one_line_of_ascii() {
    let yaml = Emitter::new().comment("notemplating").comment("a\nb: c\r\u{2028}ü").map(|_| {});
    assert_eq!(yaml, "# notemplating\n# a?b: c???\n{}\n");
    assert_eq!(read(&yaml), json!({}));
}

#[test]
fn pieces_are_escaped_too() {
    let yaml = written(|root| {
        root.entry("k").quoted(|quoted| {
            quoted.push("a\"");
            quoted.format(format_args!("{}:{}", 80, "\n"));
        });
    });
    assert_eq!(yaml, "\"k\": \"a\\\"80:\\n\"\n");
}
