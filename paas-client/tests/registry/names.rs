//! What repositories, tags and digests may be called, held against the expressions of the specification.

use paas_client::{
    ErrorKind,
    registry::{Algorithm, Digest, Digester, Reference, RepositoryName, Tag},
};
use proptest::prelude::*;

/// A name by the expression of the specification, written as a machine over its letters.
fn is_name(text: &str) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Word,
        Dot,
        Under,
        Unders,
        Hyphens,
    }
    let mut at = At::Start;
    for c in text.chars() {
        at = match (at, c) {
            (_, 'a'..='z' | '0'..='9') => At::Word,
            (At::Word, '.') => At::Dot,
            (At::Word, '_') => At::Under,
            (At::Under, '_') => At::Unders,
            (At::Word | At::Hyphens, '-') => At::Hyphens,
            (At::Word, '/') => At::Start,
            _ => return false,
        };
    }
    at == At::Word && text.len() <= 255
}

#[test]
fn names_are_those_of_the_specification() {
    for (name, fits) in [
        ("a", true),
        ("a/b/c/d/e", true),
        ("a.b_c__d-e---f", true),
        ("0/1", true),
        ("a_.b", false),
        ("a___b", false),
        ("a..b", false),
        ("a-", false),
        ("-a", false),
        ("a/", false),
        ("/a", false),
        ("a//b", false),
        ("a/../b", false),
        ("A", false),
        ("ä", false),
        ("a b", false),
        ("a%2fb", false),
        ("a?b", false),
        ("a#b", false),
        ("", false),
    ] {
        assert_eq!(name.parse::<RepositoryName>().is_ok(), fits, "{name}");
        assert_eq!(is_name(name), fits, "{name}");
    }
    assert!("a".repeat(255).parse::<RepositoryName>().is_ok());
    let error = "a".repeat(256).parse::<RepositoryName>().unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Configuration, "client.registry.configuration"));
}

#[test]
fn digests_are_computed_as_others_do() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(Digest::of("").to_string(), format!("sha256:{empty}"));
    assert_eq!(Digest::of("").fallback_tag().as_str(), format!("sha256-{empty}"));
    let long = Digest::by(Algorithm::Sha512, "abc");
    assert!(long.to_string().starts_with("sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2"));
    // A tag has no more room.
    assert_eq!(long.fallback_tag().as_str(), format!("sha512-{}", &long.hex()[..64]));
    for wrong in
        ["", "sha256", "sha256:", &format!("sha1:{empty}"), &format!("sha256:{}", empty.to_uppercase())]
    {
        assert!(wrong.parse::<Digest>().is_err(), "{wrong}");
    }
    assert!(format!("sha512:{empty}").parse::<Digest>().is_err());
    assert!(format!("sha256:{empty}0").parse::<Digest>().is_err());
}

proptest! {
    #[test]
    fn a_name_is_taken_if_the_specification_has_it(name in "[a-c0A/._ -]{0,12}") {
        prop_assert_eq!(name.parse::<RepositoryName>().is_ok(), is_name(&name));
    }

    #[test]
    fn names_that_are_taken_are_written_as_they_were(name in "[a-c0][a-c0._/-]{0,12}", any in "\\PC{0,12}") {
        for text in [&name, &any] {
            if let Ok(name) = text.parse::<RepositoryName>() {
                prop_assert_eq!(name.as_str(), text);
                // It stands in a path as it is, and no other path can be meant.
                let url = url::Url::parse("https://a.example").unwrap().join(&format!("/v2/{name}/x")).unwrap();
                prop_assert_eq!(url.path(), format!("/v2/{name}/x"));
            }
            if let Ok(tag) = text.parse::<Tag>() {
                prop_assert_eq!(tag.as_str(), text);
            }
            if let Ok(reference) = text.parse::<Reference>() {
                prop_assert_eq!(&reference.to_string(), text);
            }
        }
    }

    #[test]
    fn a_tag_is_taken_if_the_specification_has_it(tag in "[aZ0_.-]{0,4}", long in 120_usize..140) {
        let fits = !tag.is_empty() && !tag.starts_with(['.', '-']);
        prop_assert_eq!(tag.parse::<Tag>().is_ok(), fits);
        prop_assert_eq!("a".repeat(long).parse::<Tag>().is_ok(), long <= 128);
    }

    #[test]
    fn a_digest_is_the_same_however_the_content_is_cut(
        content in prop::collection::vec(any::<u8>(), 0..300),
        cuts in prop::collection::vec(0_usize..300, 0..5),
        long in any::<bool>(),
    ) {
        let algorithm = if long { Algorithm::Sha512 } else { Algorithm::Sha256 };
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut <= content.len()).collect();
        cuts.sort_unstable();
        let mut digester = Digester::new(algorithm);
        let mut start = 0;
        for cut in cuts.into_iter().chain([content.len()]) {
            digester.update(&content[start..cut]);
            start = cut;
        }
        let digest = digester.finish();
        prop_assert_eq!(&digest, &Digest::by(algorithm, &content));
        prop_assert_eq!(digest.to_string().parse::<Digest>().unwrap(), digest);
    }
}
