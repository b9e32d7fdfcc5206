//! Whatever is written is read back the same.

use super::{Map, Yaml, document};
use crate::{
    Limits, Source,
    yaml::{Kind, NodeRef, Plain, load},
};
use proptest::{collection::vec, prelude::*, sample::select};

fn written(root: &Map) -> String {
    document([], root)
}

/// Whether a reader understands just what was meant.
fn is_same(meant: &Yaml, read: NodeRef<'_>) -> bool {
    match meant {
        Yaml::Plain(text) => read.text() == Some(text),
        // A string is in quotes, or plain and nothing else than a string.
        Yaml::Text(text) => {
            read.text() == Some(text) && read.plain().is_none_or(|plain| plain == Plain::String)
        }
        Yaml::List(items) | Yaml::Lines(items) => {
            read.kind() == Kind::Sequence
                && read.items().len() == items.len()
                && items.iter().zip(read.items()).all(|(meant, read)| is_same(meant, read))
        }
        Yaml::Map(map) => is_same_map(map, read),
    }
}

fn is_same_map(map: &Map, read: NodeRef<'_>) -> bool {
    let is_same_entry = |(entry, (key, value)): (&super::Entry, (NodeRef<'_>, NodeRef<'_>))| {
        is_same(&Yaml::text(&entry.key), key) && is_same(&entry.value, value)
    };
    read.kind() == Kind::Mapping
        && read.entries().len() == map.entries.len()
        && map.entries.iter().zip(read.entries()).all(is_same_entry)
}

/// Any string; often one that some reader takes for something else.
pub(crate) fn text() -> impl Strategy<Value = String> {
    const ODD: &[&str] = &[
        "yes",
        "No",
        "ON",
        "y",
        "N",
        "null",
        "~",
        "22:30",
        "08:00",
        "1e3",
        "0x1F",
        "007",
        "0o17",
        "1_000",
        "+1",
        "-1",
        "-.inf",
        ".nan",
        ".5",
        "1.",
        "2001-12-14",
        "2001-1-1 1:00:00",
        "1.4.2",
        "<<",
        "=",
        ":",
        ": ",
        " #",
        "#",
        "- ",
        "-",
        "--",
        "---",
        "...",
        "? ",
        "?",
        "\"",
        "'",
        "\\",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        " ",
        "\u{0}",
        "\u{7F}",
        "\u{85}",
        "\u{A0}",
        "\u{2028}",
        "\u{FEFF}",
        "\u{FFFE}",
        "\u{202E}",
        "ü",
        "銀行",
        "🏦",
        "%",
        "@",
        "`",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "[",
        "]",
        "{",
        "}",
        ",",
        "/",
        ".",
        "$",
        "${x}",
        "a: b",
        "a:b",
        "a #b",
        "registry.test/a:1",
        "  two",
        "tail  ",
    ];
    prop_oneof![
        3 => vec(any::<char>(), 0..8).prop_map(String::from_iter),
        4 => vec(select(ODD), 0..4).prop_map(|pieces| pieces.concat()),
        2 => "[a-z\n #:-]{0,30}",
        2 => "[0-9a-fx_.:eTZ+-]{1,12}",
        1 => "[a-z\"\n]{480,1100}",
    ]
}

fn value() -> impl Strategy<Value = Yaml> {
    let leaf = prop_oneof![
        5 => text().prop_map(Yaml::Text),
        1 => any::<i64>().prop_map(Yaml::plain),
        1 => any::<bool>().prop_map(Yaml::plain),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Yaml::List),
            vec(inner.clone(), 0..5).prop_map(Yaml::Lines),
            map(inner).prop_map(Yaml::Map),
        ]
    })
}

fn map(value: impl Strategy<Value = Yaml>) -> impl Strategy<Value = Map> {
    let entry = (text(), value, vec(text(), 0..2), proptest::bool::weighted(0.1));
    (vec(entry, 0..5), 0..3_usize).prop_map(|(entries, layout)| {
        let mut map = [Map::new, Map::block, Map::spaced][layout]();
        for (key, value, comments, is_commented) in entries {
            if !map.has(&key) {
                map.add(&*key, value);
                comments.iter().filter(|_| is_commented).for_each(|comment| _ = map.comment(&key, comment));
            }
        }
        map
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(root in map(value()), comments in vec(text(), 0..3)) {
        let text = document(comments.iter().map(String::as_str), &root);
        let loaded = load(&Source::new("t.yaml", text.as_str()), &Limits::default());
        prop_assert!(loaded.diagnostics.is_empty(), "{:?}\n{text}", loaded.diagnostics);
        let tree = loaded.tree.expect("a tree");
        prop_assert!(is_same_map(&root, tree.root()), "{text}");
        // Whatever is not ASCII and may look like something else, or like nothing, is escaped.
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{2028}' | '\u{202E}' | '\u{FEFF}');
        prop_assert!(!text.contains(odd), "{text}");
    }
}

fn line(value: Yaml) -> String {
    written(&Map::of("a", value)).trim_end().to_owned()
}

#[test]
fn quotes_are_where_they_are_needed() {
    for plain in [
        "web",
        "registry.bank.test/web:1.4",
        "/var/lib/mysql",
        "--port",
        "-c",
        "a b",
        "5432/tcp",
        "wss://a/b",
        "über",
        "$HOME",
        "50 percent",
        "a=b",
        "user@host",
        "1.4-alpine",
        "a~b",
        "-Xmx512m",
    ] {
        assert_eq!(line(Yaml::text(plain)), format!("a: {plain}"));
    }
    for quoted in [
        "",
        " a",
        "a ",
        "yes",
        "NO",
        "on",
        "y",
        "null",
        "~",
        "20:00",
        "08:00",
        "1",
        "1.5",
        "10.9.0.1",
        "1e3",
        "0x1F",
        "2001-12-14",
        "-1",
        "- a",
        "-",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "*",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "[a",
        "{a}",
        "a, b",
        "<<",
        "=",
        "?",
        "---",
        "a|b",
        "512",
        "1_000",
        "+5",
        ".5",
        "a\\b",
        "say \"x\"",
    ] {
        assert_eq!(line(Yaml::text(quoted)), format!("a: '{quoted}'"));
    }
    for (text, written) in
        [("it's", "\"it's\""), ("a\tb", "\"a\\tb\""), ("a\r\nb", "\"a\\r\\nb\""), ("\n", "\"\\n\"")]
    {
        assert_eq!(line(Yaml::text(text)), format!("a: {written}"));
    }
    // Inside of braces a colon may end a key.
    assert_eq!(line(Map::of("b", Yaml::text("c:1")).into()), "a: { b: 'c:1' }");
}

#[test]
fn lines_of_text_are_blocks_where_that_is_exact() {
    assert_eq!(line(Yaml::text("one\n\n  two")), "a: |-\n  one\n\n    two");
    assert_eq!(written(&Map::of("a", Yaml::text("one\ntwo\n"))), "a: |\n  one\n  two\n");
    assert_eq!(line(Yaml::List(vec![Yaml::text("a\nb\n")])), "a:\n  - |\n    a\n    b");
    for (text, written) in [
        ("one\ntwo\n\n", "\"one\\ntwo\\n\\n\""),
        (" one\ntwo", "\" one\\ntwo\""),
        ("one \ntwo", "\"one \\ntwo\""),
        ("one\n", "\"one\\n\""),
    ] {
        assert_eq!(line(Yaml::text(text)), format!("a: {written}"));
    }
}

#[test]
fn short_things_are_on_one_line() {
    let numbers = |count: i64| Yaml::List((0..count).map(Yaml::plain).collect());
    assert_eq!(line(numbers(3)), "a: [ 0, 1, 2 ]");
    assert!(line(numbers(40)).starts_with("a:\n  - 0\n  - 1\n"));
    assert_eq!(line(numbers(0)), "a: []");
    assert_eq!(line(Yaml::Lines(vec![Yaml::plain(1)])), "a:\n  - 1");
    assert_eq!(line(Map::new().into()), "a: {}");
    let mut map = Map::new();
    map.add("x", Yaml::plain(1));
    map.add("b", numbers(2));
    assert_eq!(line(map.clone().into()), "a: { x: 1, b: [ 0, 1 ] }");
    assert_eq!(line(Yaml::Lines(vec![map.clone().into()])), "a:\n  - { x: 1, b: [ 0, 1 ] }");
    map.comment("b", "why\n not\u{7}\u{2028}: #");
    assert_eq!(line(map.clone().into()), "a:\n  x: 1\n  # why not? : #\n  b: [ 0, 1 ]");
    map.comment("x", "first");
    assert_eq!(
        line(Yaml::List(vec![map.into()])),
        "a:\n  # first\n  - x: 1\n    # why not? : #\n    b: [ 0, 1 ]"
    );
}

#[test]
fn long_entries_stand_apart() {
    let mut map = Map::spaced();
    map.add("a", Yaml::plain(1));
    map.add("b", Yaml::plain(2));
    map.add("c", Yaml::Lines(vec![Yaml::plain(3)]));
    map.add("d", Yaml::plain(4));
    map.add("e", Yaml::plain(5));
    map.comment("c", "why");
    map.comment("e", "why");
    assert_eq!(written(&map), "a: 1\nb: 2\n\n# why\nc:\n  - 3\n\nd: 4\n# why\ne: 5\n");
}

#[test]
fn nothing_at_all_is_a_map() {
    assert_eq!(document(["a", ""], &Map::new()), "# a\n#\n{}\n");
}
