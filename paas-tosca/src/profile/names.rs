//! What names and paths may look like.

/// 1 to 63 letters, digits, dots, dashes, underscores; a letter or digit first.
pub(crate) fn is_volume_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= 63
        && bytes.next().is_some_and(|first| first.is_ascii_alphanumeric())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// An absolute path without empty, `.` and `..` parts, and not just `/`.
pub(crate) fn is_absolute_path(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else { return false };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    !path.chars().any(char::is_control) && rest.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// `registry/repository:tag` or `…@sha256:…`, as Docker reads references.
pub(crate) fn is_image(image: &str) -> bool {
    let (name, digest) = image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
    let (path, tag) = split_tag(name);
    let (registry, repository) = match path.split_once('/') {
        Some((first, rest)) if is_registry(first) => (first, rest),
        _ => ("", path),
    };
    image.len() <= 1024
        && digest.is_none_or(is_digest)
        && tag.is_none_or(is_tag)
        && (registry.is_empty() || is_registry_address(registry))
        && repository.split('/').all(is_path_component)
}

/// The name and the tag; a `:` before a `/` is that of a port.
fn split_tag(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once(':') {
        Some((path, tag)) if !tag.contains('/') => (path, Some(tag)),
        _ => (name, None),
    }
}

/// Whether the first part of a path names a registry: Docker's own rule.
fn is_registry(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost"
}

fn is_registry_address(address: &str) -> bool {
    let (host, port) = address.split_once(':').map_or((address, None), |(host, port)| (host, Some(port)));
    let label = |label: &str| {
        label.starts_with(|c: char| c.is_ascii_alphanumeric())
            && label.ends_with(|c: char| c.is_ascii_alphanumeric())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.split('.').all(label) && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

fn is_tag(tag: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= 128
        && tag.bytes().next().is_some_and(word)
        && tag.bytes().all(|byte| word(byte) || byte == b'.' || byte == b'-')
}

/// Small letters and digits, between them one `.`, one or two `_`, or dashes.
fn is_path_component(part: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    part.starts_with(letter)
        && part.ends_with(letter)
        && part.split(letter).all(|between| {
            matches!(between, "" | "." | "_" | "__") || between.bytes().all(|byte| byte == b'-')
        })
}

/// Names of images by which Rancher takes a service for something else than a container.
pub(super) fn is_reserved_image(image: &str) -> bool {
    let (path, _) = split_tag(image.split('@').next().unwrap_or_default());
    matches!(path, "rancher/external-service" | "rancher/dns-service" | "rancher/load-balancer-service")
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

pub(crate) fn is_variable_name(name: &str) -> bool {
    is_key(name) && !name.contains('=')
}

pub(crate) fn is_label_name(name: &str) -> bool {
    is_key(name)
}

/// The path of a URL as it is sent (RFC 3986), without `$` and `'`, which mean something further down.
pub(super) fn is_url_path(path: &str) -> bool {
    path.starts_with('/') && is_sent_as_it_is(path, b"-._~!&()*+,;=:@/")
}

/// The path of a request, maybe with a query.
pub(crate) fn is_request_path(path: &str) -> bool {
    path.starts_with('/') && is_sent_as_it_is(path, b"-._~!&()*+,;=:@/?")
}

/// Letters, digits, some others, and `%` with two hexadecimal digits.
fn is_sent_as_it_is(text: &str, others: &[u8]) -> bool {
    let is_plain =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte));
    let is_hexadecimal = |text: &str| text.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    let mut pieces = text.split('%');
    pieces.next().is_some_and(is_plain) && pieces.all(|rest| is_hexadecimal(rest) && is_plain(rest))
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
        for image in ["a--b", "a__b.c-d", "REG.test/a", "localhost/a", "r.test:5000", "a:B_.-"] {
            assert!(is_image(image), "{image}");
        }
        let shapes = ["", " nginx", "a b", "/a", "a/", "a@", "a@sha256:zz", "a:", "a\n", "${x}", "ü", "a//b"];
        let parts =
            ["A", "a/B", "a:b:c", "a/b:", "r.test:port/x", "r.test:99999/x", ".test/x", "a..b", "a___b"];
        for image in shapes.into_iter().chain(parts).chain(["a:-b", "a_", "-a"]) {
            assert!(!is_image(image), "{image}");
        }
    }

    #[test]
    fn images_that_are_no_containers() {
        for image in ["rancher/external-service", "rancher/dns-service:v1", "rancher/load-balancer-service"] {
            assert!(is_reserved_image(image), "{image}");
        }
        for image in ["rancher/external-services", "rancher/agent:v1", "r.test/rancher/dns-service"] {
            assert!(!is_reserved_image(image), "{image}");
        }
    }

    #[test]
    fn paths_of_urls() {
        for path in ["/", "/a/b", "/a-b_c.~1", "/%41b%e4", "/a;b=c,(d)!*&+:@", "//"] {
            assert!(is_url_path(path), "{path}");
        }
        for path in
            ["", "a", "/a b", "/ü", "/a\\b", "/$a", "/{a}", "/'", "/\"", "/a%", "/a%4", "/a%zz", "/a#b"]
        {
            assert!(!is_url_path(path) && !is_request_path(path), "{path}");
        }
        assert!(!is_url_path("/a?b") && is_request_path("/a?b=c&d=%20/?"));
    }
}
