//! What an application credential may be used for.

use serde::Deserialize;

/// One rule of an application credential: a service, a method and a path. A request is allowed if one rule allows it;
/// Keystone only keeps the rules, who receives the request holds them.
///
/// In a path `*` and `{name}` stand for one or more characters but `/`, `**` for any characters, as Keystone documents.
///
/// ```
/// use paas_client::keystone::AccessRule;
///
/// let rule = AccessRule::new("registry", "GET", "/v2.0/projects/{id}/members");
/// assert!(rule.allows("registry", "GET", "/v2.0/projects/7/members"));
/// assert!(!rule.allows("registry", "GET", "/v2.0/projects/7/8/members"));
/// assert!(!rule.allows("registry", "DELETE", "/v2.0/projects/7/members"));
/// assert!(!rule.allows("image", "GET", "/v2.0/projects/7/members"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct AccessRule {
    /// The type of the service, as the catalogue has it.
    pub service: String,
    /// The method, in capitals.
    pub method: String,
    /// The pattern of the path.
    pub path: String,
}

impl AccessRule {
    /// A rule.
    #[must_use]
    pub fn new(service: impl Into<String>, method: impl Into<String>, path: impl Into<String>) -> Self {
        Self { service: service.into(), method: method.into(), path: path.into() }
    }

    /// Whether it allows a request with this method to this path of a service of this type.
    ///
    /// The path is the one of the request, without a query. One that a server may read as another (`..`, an escaped
    /// slash, a backslash) is allowed by no rule, nor does a pattern with an open brace allow anything.
    #[must_use]
    pub fn allows(&self, service: &str, method: &str, path: &str) -> bool {
        self.service == service && self.method == method && is_plain(path) && matches(&self.path, path)
    }
}

/// Whether everybody reads the same path.
fn is_plain(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let hides = ["%2e", "%2f", "%5c", "%00", "\\", "?", "#", "//"].iter().any(|part| lower.contains(part));
    let climbs = path.split('/').any(|segment| segment == "." || segment == "..");
    !hides && !climbs && !path.chars().any(char::is_control)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Literal(char),
    /// One or more characters but slashes.
    Segment,
    /// Any characters.
    Anything,
}

/// Whether the pattern is that of the whole path. The work is at most the product of both lengths.
fn matches(pattern: &str, path: &str) -> bool {
    let Some(parts) = parts(pattern) else { return false };
    // Which beginnings of the pattern have been met so far.
    let mut met = vec![false; parts.len() + 1];
    // Which segments have their first character.
    let mut begun = vec![false; parts.len()];
    if let Some(first) = met.first_mut() {
        *first = true;
    }
    skip_anything(&parts, &mut met);
    for c in path.chars() {
        let mut next = vec![false; parts.len() + 1];
        let mut going_on = vec![false; parts.len()];
        for (index, part) in parts.iter().enumerate() {
            let is_here = met.get(index).copied().unwrap_or_default();
            let is_within = begun.get(index).copied().unwrap_or_default();
            let goes_on = match part {
                Part::Literal(wanted) => is_here && *wanted == c,
                Part::Segment => {
                    let taken = (is_here || is_within) && c != '/';
                    mark(&mut going_on, index, taken);
                    taken
                }
                Part::Anything => {
                    mark(&mut next, index, is_here);
                    is_here
                }
            };
            mark(&mut next, index + 1, goes_on);
        }
        skip_anything(&parts, &mut next);
        (met, begun) = (next, going_on);
    }
    met.last().copied().unwrap_or_default()
}

/// What may be nothing is met as soon as it comes.
fn skip_anything(parts: &[Part], met: &mut [bool]) {
    for (index, part) in parts.iter().enumerate() {
        let is_here = met.get(index).copied().unwrap_or_default();
        mark(met, index + 1, is_here && *part == Part::Anything);
    }
}

fn mark(flags: &mut [bool], index: usize, is_set: bool) {
    if let Some(flag) = flags.get_mut(index) {
        *flag |= is_set;
    }
}

/// The pattern in parts; `None` if a brace is open or closes nothing.
fn parts(pattern: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let (part, length) = match c {
            '{' => (Part::Segment, rest.find('}')? + 1),
            '}' => return None,
            '*' if rest.starts_with("**") => (Part::Anything, 2),
            '*' => (Part::Segment, 1),
            other => (Part::Literal(other), other.len_utf8()),
        };
        parts.push(part);
        rest = rest.get(length..)?;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_are_those_of_keystone() {
        for (pattern, path, expected) in [
            ("/v2.1/servers", "/v2.1/servers", true),
            ("/v2.1/servers", "/v2x1/servers", false),
            ("/v2.1/servers", "/v2.1/servers/", false),
            ("/v2.1/servers", "/v2.1/serversx", false),
            ("/v2.1/servers/*", "/v2.1/servers/7", true),
            ("/v2.1/servers/*", "/v2.1/servers/", false),
            ("/v2.1/servers/*", "/v2.1/servers/7/8", false),
            ("/v2.1/servers/*/ips", "/v2.1/servers/7/ips", true),
            ("/v2.1/servers/{server_id}/ips", "/v2.1/servers/7/ips", true),
            ("/v2.1/servers/{server_id}/ips", "/v2.1/servers//ips", false),
            ("/v2.1/**", "/v2.1/", true),
            ("/v2.1/**", "/v2.1/a/b/c", true),
            ("/v2.1/**", "/v2.1", false),
            ("/v2.1/**/ips", "/v2.1/a/b/ips", true),
            ("/v2.1/**/ips", "/v2.1/a/b/ipsx", false),
            ("**", "", true),
            ("**", "/anything", true),
            ("*", "", false),
            ("", "", true),
            ("", "/", false),
            ("/a*b", "/axxb", true),
            ("/a*b", "/ab", false),
            ("/a*b*", "/axbybz", true),
            ("/***", "/a", true),
            ("/***", "/a/b", true),
            ("/{open", "/x", false),
            ("/x}", "/x}", false),
            ("/ä/*", "/ä/ö", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_wicked_pattern_costs_little() {
        let pattern = "/*a".repeat(200);
        let path = "/aaaaaaaaaaaa".repeat(150);
        assert!(!matches(&format!("{pattern}!"), &path));
        assert!(matches(&"**".repeat(500), &"x/".repeat(2_000)));
    }
}
