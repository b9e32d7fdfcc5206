//! Access rules of application credentials, against another way to read them.

use paas_client::keystone::AccessRule;
use proptest::prelude::*;

/// The same by trying all ways: slow and plain.
fn tries(pattern: &[&str], path: &str) -> bool {
    let Some((part, rest)) = pattern.split_first() else { return path.is_empty() };
    let ends = || path.char_indices().map(|(at, _)| at).chain([path.len()]);
    match *part {
        "**" => ends().any(|end| tries(rest, &path[end..])),
        "*" | "{id}" => ends().skip(1).any(|end| !path[..end].contains('/') && tries(rest, &path[end..])),
        literal => path.strip_prefix(literal).is_some_and(|path| tries(rest, path)),
    }
}

fn parts() -> impl Strategy<Value = Vec<&'static str>> {
    // No two stars in a row from different parts: together they would be another.
    let part = prop_oneof![
        Just("/"),
        Just("a"),
        Just("b"),
        Just("{id}"),
        Just("/*/"),
        Just("/**/"),
        Just("/*"),
        Just("/**")
    ];
    proptest::collection::vec(part, 0..7).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|part| match part {
                "/*/" => vec!["/", "*", "/"],
                "/**/" => vec!["/", "**", "/"],
                "/*" => vec!["/", "*"],
                "/**" => vec!["/", "**"],
                part => vec![part],
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn patterns_mean_what_they_mean_to_keystone(parts in parts(), path in "(/[ab]{0,2}){0,4}") {
        let rule = AccessRule::new("registry", "GET", parts.concat());
        let is_odd = path.contains("//");
        prop_assert_eq!(rule.allows("registry", "GET", &path), !is_odd && tries(&parts, &path), "{:?}", rule);
    }

    /// A pattern without stars and braces is one path.
    #[test]
    fn a_plain_path_allows_itself_alone(path in "(/[a-z0-9._-]{1,5}){1,4}", other in "(/[a-z0-9._-]{1,5}){1,4}") {
        let rule = AccessRule::new("registry", "GET", path.as_str());
        let is_climbing = |path: &str| path.split('/').any(|segment| segment == "." || segment == "..");
        prop_assert_eq!(rule.allows("registry", "GET", &path), !is_climbing(&path));
        prop_assert_eq!(rule.allows("registry", "GET", &other), path == other && !is_climbing(&path));
    }

    /// What a star allows, two stars allow; and nothing is allowed for another service or method.
    #[test]
    fn two_stars_allow_no_less_than_one(parts in parts(), path in "\\PC{0,12}") {
        let one = AccessRule::new("registry", "GET", parts.concat());
        let two: String = parts.iter().map(|part| if *part == "*" || *part == "{id}" { "**" } else { part }).collect();
        if one.allows("registry", "GET", &path) {
            prop_assert!(AccessRule::new("registry", "GET", two).allows("registry", "GET", &path));
        }
        prop_assert!(!one.allows("image", "GET", &path) && !one.allows("registry", "POST", &path));
    }
}

#[test]
fn a_path_that_can_be_read_as_another_is_allowed_by_no_rule() {
    let everything = AccessRule::new("registry", "GET", "**");
    assert!(everything.allows("registry", "GET", "/v2/retail/shop/tags/list"));
    for path in [
        "/v2/a/../b",
        "/v2/.",
        "/v2/..",
        "/v2/%2e%2e/b",
        "/v2/a%2Fb",
        "/v2/a%5cb",
        "/v2/a\\b",
        "/v2//b",
        "/v2/a?b=c",
        "/v2/a#b",
        "/v2/a\nb",
        "/v2/a%00",
    ] {
        assert!(!everything.allows("registry", "GET", path), "{path}");
    }
    assert!(
        !AccessRule::new("registry", "get", "**").allows("registry", "GET", "/v2"),
        "methods are in capitals"
    );
}
