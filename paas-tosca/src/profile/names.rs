//! What names and paths may look like.

/// 1 to 63 letters, digits, dots, dashes, underscores; a letter or digit first.
pub(super) fn is_volume_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= 63
        && bytes.next().is_some_and(|first| first.is_ascii_alphanumeric())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// An absolute path without empty, `.` and `..` parts, and not just `/`.
pub(super) fn is_absolute_path(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else { return false };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    !path.chars().any(char::is_control) && rest.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// `registry/repository:tag` or `…@sha256:…`, as far as its characters tell.
pub(super) fn is_image(image: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/:@".contains(&byte);
    let repository = image.split('@').next().unwrap_or_default();
    image.len() <= 1024
        && image.bytes().all(fits)
        && repository.split('/').all(|part| part.starts_with(|c: char| c.is_ascii_alphanumeric()))
        && repository.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '.')
        && image.matches('@').count() <= 1
        && image.split_once('@').is_none_or(|(_, digest)| is_digest(digest))
}

fn is_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, hex)| {
        !algorithm.is_empty() && hex.len() >= 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// A key of a map in Rancher's files: `<<` is a merge there even in quotes, and what is empty is refused.
fn is_key(name: &str) -> bool {
    !name.is_empty() && name != "<<" && !name.chars().any(char::is_control)
}

pub(super) fn is_variable_name(name: &str) -> bool {
    is_key(name) && !name.contains('=')
}

pub(super) fn is_label_name(name: &str) -> bool {
    is_key(name)
}

/// Labels that steer the platform.
pub(super) fn is_reserved_label(name: &str) -> bool {
    name.starts_with("io.rancher.") || name.starts_with("io.paas.")
}

/// The path of an HTTP request.
pub(super) fn is_url_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.chars().any(|c| c.is_control() || c.is_whitespace() || c == '"' || c == '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for path in ["/data", "/var/lib/mysql", "/data/", "/with space", "/数据"] {
            assert!(is_absolute_path(path), "{path}");
        }
        for path in ["", "/", "data", "./data", "/a//b", "/a/../b", "/.", "/a/./b", "//", "/a\nb"] {
            assert!(!is_absolute_path(path), "{path}");
        }
    }

    #[test]
    fn images() {
        let digest = format!("registry.bank.test:5000/a/b@sha256:{}", "0a".repeat(32));
        for image in ["nginx", "nginx:1.27", "registry.bank.test:5000/a/b:v1.0_x-y", "a/b/c", digest.as_str()]
        {
            assert!(is_image(image), "{image}");
        }
        for image in ["", " nginx", "a b", "/a", "a/", "a@", "a@sha256:zz", "a:", "a\n", "${x}", "ü"] {
            assert!(!is_image(image), "{image}");
        }
    }
}
