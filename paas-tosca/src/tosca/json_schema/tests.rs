//! Patterns agree with the code that reads the values, and every word has a meaning.

use super::{meanings::meaning, types::KINDS, values};
use crate::tosca::{
    convert::scalar::is_version,
    keywords::{self, Word},
    schema::Type,
    unit,
};
use proptest::prelude::*;
use regex::Regex;

#[test]
fn every_word_has_a_meaning() {
    let mut tables: Vec<(&str, &[Word])> = vec![
        ("template", keywords::TEMPLATE),
        ("topology", keywords::TOPOLOGY),
        ("import", keywords::IMPORT),
        ("repository", keywords::REPOSITORY),
        ("credential", keywords::CREDENTIAL),
        ("property", keywords::PROPERTY),
        ("input", keywords::INPUT),
        ("entry schema", keywords::ENTRY_SCHEMA),
        ("output", keywords::OUTPUT),
        ("node", keywords::NODE),
        ("capability", keywords::CAPABILITY),
        ("requirement", keywords::REQUIREMENT),
        ("relationship", keywords::INLINE_RELATIONSHIP),
        ("relationship", keywords::RELATIONSHIP),
        ("group", keywords::GROUP),
        ("policy", keywords::POLICY),
        ("requirement definition", keywords::REQUIREMENT_DEFINITION),
        ("capability definition", keywords::CAPABILITY_DEFINITION),
    ];
    tables.extend(KINDS.into_iter().filter_map(|(kind, _)| Some(("type", keywords::of_type(kind)?))));
    // These are refused wherever they stand, so that nobody is offered them.
    let refused = ["substitution_mappings", "triggers", "node_filter", "copy"];
    for (place, words) in tables {
        for word in words.iter().filter(|word| !refused.contains(&word.name)) {
            assert!(meaning(place, word.name).is_some(), "`{}` of a {place}", word.name);
        }
    }
}

proptest! {
    #[test]
    fn quantities(text in r"[ \t]?[0-9.]{0,4}([eE][-+]?[0-9]?)?[ ]?(B|kb|MiB|d|MS|us|m|hz|GHZ|bps|KiBps|x|)[ ]?") {
        for ty in [Type::Size, Type::Time, Type::Frequency, Type::Bitrate] {
            let pattern = Regex::new(&values::quantity_pattern(&ty)).expect("a pattern");
            // A pattern cannot count, so what is too large is left to the reader.
            let is_one = matches!(unit::parse(&text, &ty), Ok(_) | Err(unit::Wrong::TooLarge));
            prop_assert_eq!(pattern.is_match(&text), is_one, "{:?}", ty);
        }
    }

    #[test]
    fn versions(text in r"[0-9a.-]{0,9}|[0-9]\.[0-9]\.[0-9]\.[a-z_]{0,3}(-[0-9a]{0,2})?") {
        let pattern = Regex::new(values::VERSION).expect("a pattern");
        prop_assert_eq!(pattern.is_match(&text), is_version(&text));
    }
}
