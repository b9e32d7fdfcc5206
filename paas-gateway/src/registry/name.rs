//! The names of repositories.

/// What a registry takes at most.
const LONGEST: usize = 255;

/// The namespace that a repository is in: the first part of its name, of which there are two at least.
///
/// What is not a name to a registry is in no namespace: `team-a/../team-b`, say.
pub(super) fn namespace(repository: &str) -> Option<&str> {
    let (namespace, rest) = repository.split_once('/')?;
    let is_name = repository.len() <= LONGEST && is_part(namespace) && rest.split('/').all(is_part);
    is_name.then_some(namespace)
}

/// Small letters and digits, with separators within: `.`, `_`, `__`, and any number of `-`.
fn is_part(part: &str) -> bool {
    let is_alphanumeric = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut separators = part.split(is_alphanumeric);
    let is_framed = part.starts_with(is_alphanumeric) && part.ends_with(is_alphanumeric);
    is_framed
        && separators.all(|separator| {
            matches!(separator, "" | "." | "_" | "__") || separator.chars().all(|c| c == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::namespace;

    #[test]
    fn only_names_of_repositories_are_in_namespaces() {
        for (repository, expected) in [
            ("team-a/shop", Some("team-a")),
            ("team-a/shop/web_1.2__x---y", Some("team-a")),
            ("shop", None),
            ("team-a/", None),
            ("/shop", None),
            ("team-a//shop", None),
            ("team-a/../team-b/shop", None),
            ("team-a/./shop", None),
            ("team-a/%2e%2e/shop", None),
            ("Team-a/shop", None),
            ("team-a/shop-", None),
            ("team-a/a..b", None),
            ("team-a/a___b", None),
            ("host:5000/team-a/shop", None),
            ("team-ä/shop", None),
        ] {
            assert_eq!(namespace(repository), expected, "{repository}");
        }
        assert_eq!(namespace(&format!("a/{}", "b".repeat(253))), Some("a"));
        assert_eq!(namespace(&format!("a/{}", "b".repeat(254))), None);
    }
}
