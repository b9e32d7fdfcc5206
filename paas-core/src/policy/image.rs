//! Images: where they come from, and whether they can change.

use super::{Row, findings::Findings};
use crate::{
    diagnostic::{Place, shown},
    images::{RepositoryName, Tag},
};

/// What Docker Hub is called.
const HUB: &str = "docker.io";
/// Other names of it.
const HUB_TOO: [&str; 3] = ["index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"];
/// Where Docker Hub keeps images without a folder.
const OFFICIAL: &str = "library";
/// Where registries listen unless a port is given.
const HTTPS: u16 = 443;

pub(super) fn inspect(
    image: &str,
    whose: impl Fn() -> String,
    at: impl Fn() -> Option<Place>,
    findings: &mut Findings<'_>,
) {
    // What could not be read was diagnosed.
    if image.is_empty() {
        return;
    }
    let policy = findings.policy;
    let reference = Reference::new(image);
    if findings.watches(Row::MutableTags) && !reference.has_digest {
        let message = match reference.tag {
            None => Some(format!("the image {} of {} has no tag", shown(image), whose())),
            Some(tag) if policy.list(Row::MutableTags).any(|pattern| matches(pattern, tag)) => {
                Some(format!("the tag {} of {} is moved from image to image", shown(tag), whose()))
            }
            Some(_) => None,
        };
        if let Some(message) = message {
            let help = "name a version, or a digest: `registry/repository@sha256:…`";
            findings.tell(Row::MutableTags, message, at(), help);
        }
    }
    if findings.watches(Row::Registries) {
        let mut allowed = policy.list(Row::Registries).peekable();
        if allowed.peek().is_some() && !allowed.any(|entry| reference.is_from(entry)) {
            let message = format!(
                "the image {} of {} is from {}, which is not an allowed registry",
                shown(image),
                whose(),
                shown(&reference.registry().to_string())
            );
            let list: Vec<_> = policy.list(Row::Registries).take(5).map(shown).collect();
            let help = format!("use an image from {}", list.join(", "));
            findings.tell(Row::Registries, message, at(), &help);
        }
    }
}

/// An image by its parts, as Docker reads it. What is no image has parts too, which match nothing that is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference<'i> {
    /// The registry as it is written; `None`: Docker Hub.
    registry: Option<&'i str>,
    /// The folders and the name.
    path: &'i str,
    tag: Option<&'i str>,
    has_digest: bool,
}

impl<'i> Reference<'i> {
    pub(super) fn new(image: &'i str) -> Self {
        let (name, digest) =
            image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
        // A `:` before a `/` is that of a port.
        let (path, tag) = match name.rsplit_once(':') {
            Some((path, tag)) if !tag.contains('/') => (path, Some(tag)),
            _ => (name, None),
        };
        let (registry, path) = match path.split_once('/') {
            Some((first, rest)) if is_registry(first) => (Some(first), rest),
            _ => (None, path),
        };
        Self { registry, path, tag, has_digest: digest.is_some_and(is_digest) }
    }

    fn registry(&self) -> Registry {
        Registry::new(self.registry.unwrap_or(HUB))
    }

    /// Whether an entry of a list of registries is about it.
    fn is_from(&self, entry: &str) -> bool {
        let (registry, folders) = entry_parts(entry);
        let is_official = registry.host == HUB && !self.path.contains('/');
        let own = is_official.then_some(OFFICIAL).into_iter().chain(self.path.split('/'));
        !registry.host.is_empty()
            && registry == self.registry()
            && own
                .map(Some)
                .chain(std::iter::repeat(None))
                .zip(folders)
                .all(|(own, folder)| own == Some(folder))
    }

    /// Whether it has this name, in whatever folder of whatever registry; a name with folders needs them.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.path
            .strip_suffix(name)
            .is_some_and(|before| !name.is_empty() && (before.is_empty() || before.ends_with('/')))
    }
}

/// Whether the first part of a path is a registry: Docker's own rule.
fn is_registry(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost" || first.contains(|c: char| c.is_uppercase())
}

/// An entry of the list: its first part is the registry, the rest the beginning of a path.
fn entry_parts(entry: &str) -> (Registry, impl Iterator<Item = &str>) {
    let (registry, path) = entry.split_once('/').unwrap_or((entry, ""));
    (Registry::new(registry), path.split('/').filter(|folder| !folder.is_empty()))
}

/// Whether a text can be an entry of the list of registries: `host`, `host:port`, either with the beginning of a path.
///
/// ```
/// use paas_core::policy::is_registry_entry;
///
/// assert!(is_registry_entry("registry.bank.test:5000/shop") && is_registry_entry("docker.io/library"));
/// assert!(!is_registry_entry("https://registry.bank.test") && !is_registry_entry("registry.bank.test/*"));
/// ```
pub fn is_registry_entry(entry: &str) -> bool {
    let (registry, path) = entry.split_once('/').map_or((entry, None), |(first, path)| (first, Some(path)));
    let (host, port) = registry.split_once(':').map_or((registry, None), |(host, port)| (host, Some(port)));
    let label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let folder = |folder: &str| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
        !matches!(folder, "" | "." | "..") && folder.bytes().all(allowed)
    };
    host.strip_suffix('.').unwrap_or(host).split('.').all(label)
        && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
        && path.is_none_or(|path| path.strip_suffix('/').unwrap_or(path).split('/').all(folder))
}

/// A server that images come from: two are the same if Docker would ask the same.
#[derive(Debug, PartialEq, Eq)]
struct Registry {
    host: String,
    port: u16,
}

impl Registry {
    fn new(text: &str) -> Self {
        let (host, port) = match text.rsplit_once(':') {
            // What is no port stays a part of the name, which then is nobody's.
            Some((host, port)) => match port.parse() {
                Ok(port) => (host, port),
                Err(_) => (text, HTTPS),
            },
            None => (text, HTTPS),
        };
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        if port == HTTPS && HUB_TOO.contains(&host.as_str()) {
            return Self { host: HUB.to_owned(), port };
        }
        Self { host, port }
    }
}

impl std::fmt::Display for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.host)?;
        if self.port == HTTPS { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

/// An image taken from one registry to another: how many folders of the entry it is below, and its new name. `None`: the
/// entry is not about it.
///
/// Tag and digest stay. What is taken to Docker Hub is written without a registry, unless its first folder would be
/// taken for one.
pub(crate) fn moved(image: &str, from: &str, to: &str) -> Option<(usize, String)> {
    let reference = Reference::new(image);
    if !reference.is_from(from) {
        return None;
    }
    let depth = entry_parts(from).1.count();
    let is_official = reference.registry().host == HUB && !reference.path.contains('/');
    // The folder of images without one is not written.
    let written = depth - usize::from(is_official && depth > 0);
    let name_length = reference.registry.map_or(0, |registry| registry.len() + 1) + reference.path.len();
    let tail = image.get(name_length..)?;
    let (registry, folders) =
        to.trim_end_matches('/').split_once('/').unwrap_or((to.trim_end_matches('/'), ""));
    let folders = folders.split('/').filter(|folder| !folder.is_empty());
    let path: Vec<_> = folders.chain(reference.path.split('/').skip(written)).collect();
    let is_unclear = path.len() > 1 && path.first().is_some_and(|first| is_registry(first));
    let (is_hub, path) = (registry.eq_ignore_ascii_case(HUB) && !is_unclear, path.join("/"));
    // An entry may name the whole image: then there must be another name for it.
    let is_named = !path.is_empty();
    is_named
        .then(|| (depth, if is_hub { format!("{path}{tail}") } else { format!("{registry}/{path}{tail}") }))
}

/// The folders and the name of an image below an entry, without tag and digest. `None`: the entry is not about it.
pub(crate) fn below(image: &str, entry: &str) -> Option<String> {
    let reference = Reference::new(image);
    let depth = entry_parts(entry).1.count();
    let path: Vec<_> = reference.path.split('/').skip(depth).collect();
    (reference.is_from(entry) && !path.is_empty()).then(|| path.join("/"))
}

/// Whether a text names an image as Docker reads one: by the grammar of the distribution project, with nothing before, between
/// or behind. Rancher's agent, for one, passes over a `docker:` that stands before a name, and would take another image than
/// the one that was looked at here.
pub(crate) fn is_image(text: &str) -> bool {
    let (name, digest) = text.split_once('@').map_or((text, None), |(name, digest)| (name, Some(digest)));
    let (path, tag) = match name.rsplit_once(':') {
        Some((path, tag)) if !tag.contains('/') => (path, Some(tag)),
        _ => (name, None),
    };
    let (registry, path) = match path.split_once('/') {
        Some((first, rest)) if is_registry(first) => (Some(first), rest),
        _ => (None, path),
    };
    registry.is_none_or(is_registry_entry)
        && path.parse::<RepositoryName>().is_ok()
        && tag.is_none_or(|tag| tag.parse::<Tag>().is_ok())
        && digest.is_none_or(is_digest)
}

/// Whether a text names a registry, and maybe folders of it, as images name theirs: to Docker, a first part without a dot
/// and a port is a folder of Docker Hub.
///
/// ```
/// use paas_core::policy::is_registry_prefix;
///
/// assert!(is_registry_prefix("registry.bank.test/shop") && is_registry_prefix("localhost:5000"));
/// assert!(!is_registry_prefix("shop") && !is_registry_prefix("https://registry.bank.test"));
/// ```
pub fn is_registry_prefix(text: &str) -> bool {
    is_registry_entry(text) && is_registry(text.split('/').next().unwrap_or_default())
}

/// The registry of an image; `None`: what is empty has none.
pub(crate) fn registry_of(image: &str) -> Option<String> {
    (!image.is_empty()).then(|| Reference::new(image).registry().to_string())
}

/// `algorithm:hex`, as long as a digest is: anything else might be no digest to Docker either.
fn is_digest(digest: &str) -> bool {
    let hex = |hex: &str, length| hex.len() == length && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    digest.split_once(':').is_some_and(|(algorithm, text)| match algorithm {
        "sha256" => hex(text, 64),
        "sha384" => hex(text, 96),
        "sha512" => hex(text, 128),
        _ => false,
    })
}

/// Whether a tag is one of a pattern's, in which `*` stands for anything; whatever the case.
fn matches(pattern: &str, tag: &str) -> bool {
    if !pattern.contains('*') {
        return pattern.eq_ignore_ascii_case(tag);
    }
    let (pattern, tag) = (pattern.to_ascii_lowercase(), tag.to_ascii_lowercase());
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = tag.strip_prefix(first) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_from(image: &str, entry: &str) -> bool {
        Reference::new(image).is_from(entry)
    }

    #[test]
    fn registries_are_compared_by_their_parts() {
        for (image, entry) in [
            ("registry.bank.test/web:1.4", "registry.bank.test"),
            ("registry.bank.test/shop/web:1.4", "registry.bank.test/shop"),
            ("registry.bank.test/shop/web:1.4", "registry.bank.test/shop/"),
            ("registry.bank.test/shop/web", "registry.bank.test/shop/web"),
            ("Registry.Bank.Test/web:1.4", "registry.bank.test"),
            ("registry.bank.test./web:1.4", "registry.bank.test"),
            ("registry.bank.test:443/web:1.4", "registry.bank.test"),
            ("registry.bank.test:5000/web:1.4", "REGISTRY.bank.test:05000"),
            ("nginx", "docker.io"),
            ("nginx:1.27", "docker.io/library"),
            ("docker.io/nginx", "index.docker.io/library"),
            ("bitnami/redis:7", "docker.io/bitnami"),
            ("localhost/web", "localhost"),
        ] {
            assert!(is_from(image, entry), "{image} {entry}");
        }
        for (image, entry) in [
            ("registry.bank.test.evil.com/web:1.4", "registry.bank.test"),
            ("evil-registry.bank.test/web:1.4", "registry.bank.test"),
            ("registry.bank.test:5000/web:1.4", "registry.bank.test"),
            ("registry.bank.test/web:1.4", "registry.bank.test:5000"),
            ("registry.bank.test/shopping/web:1.4", "registry.bank.test/shop"),
            ("registry.bank.test/other/shop/web:1.4", "registry.bank.test/shop"),
            ("registry/web:1.4", "registry"),
            ("nginx", "registry.bank.test"),
            ("bitnami/redis:7", "docker.io/library"),
            ("registry.bank.test", "registry.bank.test"),
            ("registry.bank.test@evil.com/web", "registry.bank.test"),
            ("registry.bank.test:x/web", "registry.bank.test"),
            ("registry.bank.test:99999/web", "registry.bank.test"),
            ("evil.com/registry.bank.test/web", "registry.bank.test"),
            ("registry.bank.test\\@evil.com/web", "registry.bank.test"),
        ] {
            assert!(!is_from(image, entry), "{image} {entry}");
        }
    }

    #[test]
    fn images_are_written_as_docker_takes_them() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        for image in [
            "web",
            "web:1.4",
            "bitnami/redis:7",
            "registry.bank.test:5000/shop/front/web:1.4-rc.1_x",
            "localhost/web",
            "localhost:5000/web",
            "REGISTRY.bank.test/web",
            &format!("r.test/web@{digest}"),
            &format!("r.test/web:1@{digest}"),
        ] {
            assert!(is_image(image), "{image}");
        }
        for image in [
            "",
            ":1",
            "docker:r.test/web",
            "docker:web/x",
            "https://r.test/web",
            "r.test//web",
            "r.test/web/",
            "/web",
            "r.test/Web",
            "r.test/web:",
            "r.test/web:a b",
            "r.test/../web",
            "r.test:x/web",
            "r.test:99999/web",
            "a@r.test/web",
            "r.test/web@sha256:0a",
            "r.test/web@",
            " r.test/web",
            "r.test/web\n",
            "r.test\\x/web",
        ] {
            assert!(!is_image(image), "{image}");
        }
    }

    #[test]
    fn tags_match_patterns() {
        for (pattern, tag) in [
            ("latest", "latest"),
            ("latest", "LATEST"),
            ("*-snapshot", "1.4-SNAPSHOT"),
            ("*", ""),
            ("1.*", "1.4"),
            ("a*b*c", "aXbYc"),
            ("*a*", "bab"),
            ("**", "x"),
            ("a*a", "aa"),
        ] {
            assert!(matches(pattern, tag), "{pattern} {tag}");
        }
        for (pattern, tag) in [
            ("latest", "latest-1"),
            ("*-snapshot", "snapshot"),
            ("1.*", "2.1"),
            ("a*a", "a"),
            ("a*b*c", "acb"),
        ] {
            assert!(!matches(pattern, tag), "{pattern} {tag}");
        }
    }

    #[test]
    fn only_a_whole_digest_is_one() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        assert!(Reference::new(&format!("web@{digest}")).has_digest);
        assert!(Reference::new(&format!("r.test:5000/web:latest@{digest}")).has_digest);
        for image in ["web@sha256:0a", "web@latest", "web@", "web@md5:0a0a", "web"] {
            assert!(!Reference::new(image).has_digest, "{image}");
        }
    }

    #[test]
    fn names_are_the_last_part() {
        for image in ["postgres", "postgres:13", "registry.bank.test/base/postgres:13.14", "a/postgres@x"] {
            assert!(Reference::new(image).is_called("postgres"), "{image}");
        }
        for image in ["postgres/exporter:1", "my-postgres:1", "postgres-exporter", ""] {
            assert!(!Reference::new(image).is_called("postgres"), "{image}");
        }
        assert!(Reference::new("registry.bank.test/core/ledger:1").is_called("core/ledger"));
        assert!(!Reference::new("registry.bank.test/shop/ledger:1").is_called("core/ledger"));
    }

    #[test]
    fn images_move_with_what_stands_behind_the_entry() {
        for (image, from, to, moved_to) in [
            ("a.test/web:1.4", "a.test", "b.test", "b.test/web:1.4"),
            ("A.Test:443/web:1.4", "a.test", "b.test/mirror/", "b.test/mirror/web:1.4"),
            ("a.test/shop/web:1", "a.test/shop", "b.test:5000/x", "b.test:5000/x/web:1"),
            ("a.test/shop/web:1", "a.test/shop/web", "b.test/y", "b.test/y:1"),
            ("nginx:1.27", "docker.io", "b.test", "b.test/nginx:1.27"),
            ("nginx:1.27", "docker.io/library", "b.test/hub", "b.test/hub/nginx:1.27"),
            ("docker.io/library/nginx", "docker.io", "b.test", "b.test/library/nginx"),
            ("a.test/web@sha256:0a", "a.test", "docker.io", "web@sha256:0a"),
            ("a.test/x.y/web:1", "a.test", "docker.io", "docker.io/x.y/web:1"),
            ("a.test/web:1", "a.test", "docker.io/bitnami", "bitnami/web:1"),
        ] {
            assert_eq!(moved(image, from, to).map(|(_, to)| to).as_deref(), Some(moved_to), "{image} {from}");
        }
        for (image, from, to) in [
            ("a.test:5000/web", "a.test", "b.test"),
            ("a.test/web", "a.test/web", "b.test"),
            ("", "docker.io", "b.test"),
            ("a.test/shopping/web", "a.test/shop", "b.test"),
        ] {
            assert_eq!(moved(image, from, to), None, "{image} {from}");
        }
    }

    proptest! {
        #[test]
        fn only_the_very_host_is_allowed(
            before in "([a-z0-9]{1,5}[.-])?",
            after in "([.-][a-z]{1,5})?",
            port in "(:[0-9]{1,5})?",
            dot in "\\.?",
        ) {
            let image = format!("{before}registry.bank.test{after}{dot}{port}/web:1");
            let is_default = port.is_empty() || port.trim_start_matches([':', '0']) == "443";
            let expected = before.is_empty() && after.is_empty() && is_default;
            prop_assert_eq!(is_from(&image, "registry.bank.test"), expected, "{}", image);
        }

        #[test]
        fn case_makes_no_other_host(upper in prop::collection::vec(any::<bool>(), 18)) {
            let host: String = "registry.bank.test"
                .chars()
                .zip(upper)
                .map(|(c, upper)| if upper { c.to_ascii_uppercase() } else { c })
                .collect();
            let image = format!("{host}/web:1");
            prop_assert!(is_from(&image, "registry.bank.test"));
            prop_assert!(is_from("registry.bank.test/web:1", &host));
        }

        #[test]
        fn odd_images_do_not_panic(
            image in "\\PC{0,40}",
            odd in "[a-z:@/.\\-*]{0,30}",
            entry in "[a-z:/.*]{0,20}",
        ) {
            for image in [&image, &odd] {
                let reference = Reference::new(image);
                // By whatever it is, if it is one.
                if is_image(image) {
                    let whole = reference.registry.map(|registry| format!("{registry}/")).unwrap_or_default();
                    prop_assert!(image.starts_with(&format!("{whole}{}", reference.path)), "{}", image);
                }
                let _ = (reference.is_from(&entry), reference.is_called(&entry), matches(&entry, image));
                prop_assert!(!reference.is_from(""), "{}", image);
            }
        }
    }
}
