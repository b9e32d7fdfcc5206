//! Paths of hosts, compared by their parts.

/// A path of a host, without empty parts, `.` and `..`. `/var/run` counts as `/run`, which it is on hosts of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HostPath<'p> {
    parts: Vec<&'p str>,
    /// Whether it is `/`.
    pub(super) is_root: bool,
}

impl<'p> HostPath<'p> {
    /// What a path leads to. One that does not begin with `/` is taken as if it did: what Docker would make of it is not
    /// known.
    pub(super) fn new(path: &'p str) -> Self {
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
            // As soon as it is that far, so that `/var/run/..` is `/`.
            if parts == ["var", "run"] {
                parts = vec!["run"];
            }
        }
        Self { is_root: parts.is_empty(), parts }
    }

    /// Whether it is the other path, or in it.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.parts.starts_with(&other.parts)
    }

    /// Whether a mount of it shows something of the other: it is the other, in it, or holds it. All is in `/`, which
    /// therefore stands for itself only.
    pub(super) fn meets(&self, other: &Self) -> bool {
        if other.is_root { self.is_root } else { self.is_within(other) || other.is_within(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn meets(path: &str, other: &str) -> bool {
        HostPath::new(path).meets(&HostPath::new(other))
    }

    #[test]
    fn parents_and_children_meet() {
        for (path, other) in [
            ("/etc", "/etc"),
            ("/etc/", "/etc"),
            ("//etc", "/etc"),
            ("/./etc", "/etc"),
            ("/srv/../etc", "/etc"),
            ("/etc/ssl", "/etc"),
            ("/", "/etc"),
            ("/..", "/"),
            ("/var", "/var/lib/docker"),
            ("/var/run/docker.sock", "/run/docker.sock"),
            ("/run/docker.sock", "/var/run/docker.sock"),
            ("/var//run/./docker.sock", "/run/docker.sock"),
            ("/var/run/../etc", "/etc"),
            ("etc", "/etc"),
        ] {
            assert!(meets(path, other), "{path} {other}");
        }
        for (path, other) in
            [("/etcetera", "/etc"), ("/srv/etc", "/etc"), ("/srv", "/"), ("/var/log", "/var/lib/docker")]
        {
            assert!(!meets(path, other), "{path} {other}");
        }
    }

    /// `path`, written in another way.
    fn spelt(path: &str, detours: &[(u8, String)]) -> String {
        let mut spelt = String::new();
        let mut detours = detours.iter().cycle();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            spelt.push('/');
            match detours.next() {
                Some((0, _)) => spelt.push('/'),
                Some((1, _)) => spelt.push_str("./"),
                Some((2, name)) => spelt.push_str(&format!("{name}/../")),
                Some((3, name)) => spelt.push_str(&format!("{name}//./{name}/../../")),
                _ => {}
            }
            spelt.push_str(part);
        }
        spelt
    }

    proptest! {
        #[test]
        fn no_spelling_leads_past_it(
            forbidden in prop::sample::select(vec!["/etc", "/var/lib/docker", "/run/docker.sock", "/proc"]),
            below in prop::collection::vec("[a-z.]{1,6}", 0..3),
            detours in prop::collection::vec((0u8..5, "[a-z]{1,6}"), 1..6),
            end in prop::sample::select(vec!["", "/", "/.", "//", "/x/.."]),
        ) {
            let below: Vec<_> = below.into_iter().filter(|part| !part.trim_matches('.').is_empty()).collect();
            let path = format!("{forbidden}/{}", below.join("/"));
            let spelt = format!("{}{end}", spelt(&path, &detours));
            prop_assert!(meets(&spelt, forbidden), "{}", spelt);
        }

        #[test]
        fn it_never_panics_and_comparing_goes_both_ways(one in "\\PC{0,40}", other in "[/a-c.]{0,20}") {
            let (one, other) = (HostPath::new(&one), HostPath::new(&other));
            if !one.is_root && !other.is_root {
                prop_assert_eq!(one.meets(&other), other.meets(&one));
            }
            prop_assert!(one.is_within(&HostPath::new("/")));
        }
    }
}
