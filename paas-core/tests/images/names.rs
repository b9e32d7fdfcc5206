//! Names of images.

use paas_core::images::{Digest, ImageName, InvalidName, RepositoryName, Tag, is_namespace};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fmt::{Debug, Display},
    str::FromStr,
};

/// What is written is read again, as text and as JSON; and what JSON holds is checked.
fn goes_round<T>(text: &str) -> T
where
    T: FromStr<Err = InvalidName> + Display + Debug + PartialEq + Serialize + DeserializeOwned,
{
    let name: T = text.parse().unwrap();
    assert_eq!(name.to_string(), text);
    let json = serde_json::to_string(&name).unwrap();
    assert_eq!(json, format!("\"{text}\""));
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), name);
    name
}

fn is_refused<T>(text: &str)
where
    T: FromStr<Err = InvalidName> + Debug + DeserializeOwned,
{
    let error = text.parse::<T>().unwrap_err();
    assert!(!error.to_string().contains(char::is_control), "{error}");
    assert!(error.to_string().len() < 600, "{error}");
    assert!(serde_json::from_value::<T>(text.into()).is_err(), "{text:?}");
}

const FOLDER: &str = "[a-z0-9]{1,6}((\\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}";

#[test]
fn digests_are_read_strictly() {
    for (algorithm, digits) in [("sha256", 64), ("sha512", 128)] {
        let digest: Digest = goes_round(&format!("{algorithm}:{}", "a".repeat(digits)));
        assert_eq!((digest.algorithm(), digest.hex()), (algorithm, "a".repeat(digits).as_str()));
        for wrong in [digits - 1, digits + 1, 0] {
            is_refused::<Digest>(&format!("{algorithm}:{}", "a".repeat(wrong)));
        }
        is_refused::<Digest>(&format!("{algorithm}:{}g", "a".repeat(digits - 1)));
        is_refused::<Digest>(&format!("{algorithm}:{}A", "a".repeat(digits - 1)));
        is_refused::<Digest>(&format!(" {algorithm}:{}", "a".repeat(digits)));
    }
    let other = "a".repeat(64);
    for wrong in ["", ":", "sha256", "sha256:", &other, &format!("sha384:{}", "a".repeat(96))] {
        is_refused::<Digest>(wrong);
    }
    is_refused::<Digest>(&format!("SHA256:{other}"));
    is_refused::<Digest>(&format!("sha512:{other}"));
    is_refused::<Digest>(&format!("sha256:sha256:{other}"));
}

#[test]
fn repositories_follow_the_grammar_of_the_specification() {
    for right in ["a", "0", "a/b", "a-b", "a--b", "a.b", "a_b", "a__b", "retail-shop/front/web", "a---b/c"] {
        goes_round::<RepositoryName>(right);
    }
    for wrong in [
        "", "/", "a/", "/a", "a//b", "A", "a.", ".a", "-a", "a-", "_a", "a..b", "a___b", "a._b", "a-_b",
        "a b", "ä", "a:b", "a@b", "a\n", "a/B", "..", "a/../b",
    ] {
        is_refused::<RepositoryName>(wrong);
    }
    goes_round::<RepositoryName>(&"a".repeat(255));
    is_refused::<RepositoryName>(&"a".repeat(256));
}

#[test]
fn tags_follow_the_grammar_of_the_specification() {
    for right in ["a", "_", "1.4", "v1.4-RC_2", "Latest", "a..b", "__"] {
        goes_round::<Tag>(right);
    }
    for wrong in ["", ".", "-", "-a", ".a", "a b", "a+b", "a:b", "a/b", "ä", "a\n"] {
        is_refused::<Tag>(wrong);
    }
    goes_round::<Tag>(&"a".repeat(128));
    is_refused::<Tag>(&"a".repeat(129));
}

#[test]
fn an_image_is_a_repository_and_a_tag() {
    let web: ImageName = goes_round("retail-shop/front/web:1.4");
    assert_eq!((web.repository.as_str(), web.tag.as_str()), ("retail-shop/front/web", "1.4"));
    assert_eq!(web.namespace(), Some("retail-shop"));
    assert_eq!(goes_round::<ImageName>("nginx:1.27").namespace(), None);
    for wrong in [
        "",
        ":",
        "web",
        "web:",
        ":1.4",
        "retail-shop/web",
        "registry.bank.test:5000/web",
        "registry.bank.test:5000/web:1",
        "web:1:2",
        "web@sha256:00",
        "Web:1",
    ] {
        is_refused::<ImageName>(wrong);
    }
}

#[test]
fn a_namespace_is_one_folder_of_at_most_63_characters() {
    assert!(is_namespace(&"a".repeat(63)) && !is_namespace(&"a".repeat(64)));
    for right in ["retail", "retail-shop", "a.b", "a__b", "0"] {
        assert!(is_namespace(right), "{right}");
    }
    for wrong in ["", "a/b", "Retail", "-a", "a-", "a..b", "a___b", "a b"] {
        assert!(!is_namespace(wrong), "{wrong}");
    }
}

proptest! {
    #[test]
    fn names_go_round(
        folders in prop::collection::vec(FOLDER, 1..5),
        tag in "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,20}",
        hex in "[0-9a-f]{64}",
    ) {
        let repository = folders.join("/");
        prop_assert!(folders.iter().all(|folder| is_namespace(folder)));
        let read: RepositoryName = goes_round(&repository);
        prop_assert_eq!(read.namespace(), (folders.len() > 1).then_some(folders[0].as_str()));
        goes_round::<Tag>(&tag);
        let image: ImageName = goes_round(&format!("{repository}:{tag}"));
        prop_assert_eq!(image, ImageName::new(read, tag.parse().unwrap()));
        goes_round::<Digest>(&format!("sha256:{hex}"));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,30}", near in "[a-zA-Z0-9:/@._ -]{0,40}") {
        for text in [text, near] {
            if let Ok(name) = text.parse::<RepositoryName>() {
                prop_assert_eq!(name.to_string(), text.clone());
                let fits = |folder: &str| folder.len() > 63 || is_namespace(folder);
                prop_assert!(name.as_str().split('/').all(fits));
            }
            if let Ok(name) = text.parse::<ImageName>() {
                prop_assert_eq!(name.to_string(), text.clone());
            }
            if let Ok(tag) = text.parse::<Tag>() {
                prop_assert_eq!(tag.to_string(), text.clone());
            }
            prop_assert!(text.parse::<Digest>().is_err());
        }
    }
}
