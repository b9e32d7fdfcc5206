//! The grammar of what names images, as container registries have it.

/// The longest name of a repository, in bytes, with all in front of it.
const LONGEST_REPOSITORY: usize = 255;

/// The longest tag, in bytes.
const LONGEST_TAG: usize = 128;

/// The longest digest, in bytes: twice that of SHA-512.
const LONGEST_DIGEST: usize = 300;

/// Whether this names a repository: `retail/team/web`. Each part has small letters and digits, with one separator at a
/// time between them: `.`, `_`, `__`, or hyphens.
pub(crate) fn is_repository(name: &str) -> bool {
    name.len() <= LONGEST_REPOSITORY && name.split('/').all(is_part)
}

fn is_part(part: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let is_separator =
        |text: &str| matches!(text, "." | "_" | "__") || (!text.is_empty() && text.chars().all(|c| c == '-'));
    part.starts_with(is_word)
        && part.ends_with(is_word)
        && part.split(is_word).filter(|between| !between.is_empty()).all(is_separator)
}

/// Whether this is a tag.
pub(crate) fn is_tag(tag: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    tag.len() <= LONGEST_TAG
        && tag.starts_with(is_word)
        && tag.chars().all(|c| is_word(c) || matches!(c, '.' | '-'))
}

/// Whether this is a digest: `sha256:…`.
pub(crate) fn is_digest(digest: &str) -> bool {
    let Some((algorithm, encoded)) = digest.split_once(':') else { return false };
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let is_hex = |c: char| c.is_ascii_digit() || matches!(c, 'a'..='f');
    let is_known_length = match algorithm {
        "sha256" => encoded.len() == 64 && encoded.chars().all(is_hex),
        "sha512" => encoded.len() == 128 && encoded.chars().all(is_hex),
        _ => !encoded.is_empty(),
    };
    digest.len() <= LONGEST_DIGEST
        && is_known_length
        && algorithm.split(['+', '.', '_', '-']).all(is_part)
        && encoded.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '=' | '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::{is_digest, is_repository, is_tag};

    #[test]
    fn names_are_told_from_nonsense() {
        for name in ["web", "retail/web", "a/b/c-d__e.f/7", "library/hello-world", "a---b"] {
            assert!(is_repository(name), "{name}");
        }
        for name in [
            "",
            "/",
            "a/",
            "/a",
            "a//b",
            "..",
            "a/..",
            "A",
            "a b",
            "a%2fb",
            "-a",
            "a-",
            "ü",
            "a:1",
            "a@b",
            "a..b",
            "a___b",
            "a.-b",
            &"a".repeat(256),
        ] {
            assert!(!is_repository(name), "{name}");
        }
        for tag in ["1.0", "latest", "_x", "A-b.c", &"a".repeat(128)] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["", ".", "-a", "a/b", "a:b", "a b", "ü", "sha256:00", &"a".repeat(129)] {
            assert!(!is_tag(tag), "{tag}");
        }
        let hex = "0a".repeat(32);
        for digest in
            [format!("sha256:{hex}"), format!("sha512:{hex}{hex}"), "multihash+base58:QmRZ=_-".to_owned()]
        {
            assert!(is_digest(&digest), "{digest}");
        }
        for digest in ["", "sha256", "sha256:", "sha256:0a", ":00", "SHA256:00", "x:a/b", "x+:0", "x:ü"] {
            assert!(!is_digest(digest), "{digest}");
        }
        assert!(!is_digest(&format!("sha256:{}", hex.to_uppercase())));
    }
}
