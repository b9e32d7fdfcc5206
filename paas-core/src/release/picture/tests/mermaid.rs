use super::{
    fixture::bank,
    strings::{harmless, names, renamed, service_names},
};
use proptest::prelude::*;

#[test]
fn the_bank() {
    insta::assert_snapshot!(bank().to_mermaid());
}

#[test]
fn strings_are_entity_codes_but_for_letters_inside_words() {
    let mut release = bank();
    release.parts[0].network.name = "a-b \"]; %%{init: 1}%% <b>`x`</b> é核 .".into();
    let picture = release.to_mermaid();
    let line = picture.lines().nth(1).unwrap();
    assert_eq!(
        line,
        "  subgraph n0[\"a-b#32;#34;#93;#59;#32;#37;#37;#123;init#58;#32;1#125;#37;#37;#32;#60;b#62;#96;x#96;#60;#47;b\
         #62;#32;é核#32;#46;<br/>security level low\"]"
    );
}

proptest! {
    #[test]
    fn gives_back_names_and_nothing_of_them_is_syntax(names in names()) {
        let release = renamed(&names);
        let picture = release.to_mermaid();
        let (skeleton, labels) = split(&picture);

        let mut services = labels.iter().filter(|(before, _)| before.trim_start().starts_with('s'));
        for name in service_names(&release) {
            let (_, label) = services.find(|(before, _)| !before.contains('|') && !before.contains("subgraph")).unwrap();
            let first = label.split("<br/>").next().unwrap();
            let shown = |c: char| if c.is_control() && !c.is_ascii_whitespace() { '\u{FFFD}' } else { c };
            prop_assert_eq!(decoded(first), name.chars().map(shown).collect::<String>());
        }
        for piece in labels.iter().flat_map(|(_, label)| label.split("<br/>")) {
            let harmless = |c: char| c.is_alphanumeric() || " -./#;×→,\u{FFFD}".contains(c);
            prop_assert!(piece.chars().all(harmless), "{piece}");
        }
        // Mermaid drops the last `;` of lines such as `style a:#b;`.
        prop_assert!(picture.lines().all(|line| !line.contains(':') || line.contains("  linkStyle ")));

        let plain = renamed(&harmless(&names)).to_mermaid();
        prop_assert_eq!(skeleton, split(&plain).0);
    }
}

/// What is outside of quotes, and each quoted label with what is before it on its line.
fn split(picture: &str) -> (String, Vec<(&str, &str)>) {
    let mut skeleton = String::new();
    let mut labels = Vec::new();
    for line in picture.lines() {
        let pieces: Vec<&str> = line.split('"').collect();
        assert!(matches!(pieces.len(), 1 | 3), "one label on a line: {line}");
        skeleton.extend(pieces.iter().step_by(2).copied().chain(["\n"]));
        if let [before, label, _] = pieces[..] {
            labels.push((before, label));
        }
    }
    (skeleton, labels)
}

/// Entity codes as characters.
fn decoded(label: &str) -> String {
    let mut pieces = label.split('#');
    let mut text = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once(';').unwrap();
        text.push(char::from_u32(code.parse().unwrap()).unwrap());
        text.push_str(rest);
    }
    text
}
