//! Names of folders that every file system takes.

use std::collections::HashSet;

/// Longer names are cut.
const LONGEST: usize = 100;

/// Gives each name once, whatever the file system thinks of upper and lower case.
#[derive(Debug)]
pub(super) struct Folders {
    taken: HashSet<String>,
}

impl Default for Folders {
    /// `release.json` is taken: it lies beside the folders.
    fn default() -> Self {
        Self { taken: HashSet::from(["release.json".to_owned()]) }
    }
}

impl Folders {
    /// The folder of a network.
    pub(super) fn name(&mut self, network: &str) -> String {
        let base = safe(network);
        let numbered = (2_u64..).map(|number| format!("{base}-{number}"));
        let free = std::iter::once(base.clone())
            .chain(numbered)
            .find(|name| self.taken.insert(name.to_ascii_lowercase()));
        free.unwrap_or(base)
    }
}

fn safe(name: &str) -> String {
    let mut safe: String = name
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' })
        .collect();
    // Windows drops dots at the end; a dot or dash at the start is a hidden folder or looks like an option.
    while safe.ends_with('.') {
        safe.pop();
    }
    if safe.is_empty() || safe.starts_with(['.', '-']) || is_device(&safe) {
        safe.insert(0, '_');
    }
    safe
}

/// Whether Windows takes it for a device, whatever follows a dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || stem
            .strip_prefix("com")
            .or_else(|| stem.strip_prefix("lpt"))
            .is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(networks: &[&str]) -> Vec<String> {
        let mut folders = Folders::default();
        networks.iter().map(|network| folders.name(network)).collect()
    }

    #[test]
    fn ordinary_names_stay() {
        assert_eq!(names(&["dmz", "app-1", "core_x.y"]), ["dmz", "app-1", "core_x.y"]);
    }

    #[test]
    fn names_stay_in_the_folder() {
        assert_eq!(
            names(&["", ".", "..", "../../etc", "/etc", "a/b", r"c:\d", ".git", "-rf"]),
            ["_", "_-2", "_-3", "_.._.._etc", "_etc", "a_b", "c__d", "_.git", "_-rf"]
        );
    }

    #[test]
    fn names_of_devices_are_changed() {
        assert_eq!(
            names(&["con", "NUL", "aux.x", "COM1", "lpt0.a", "com", "com10", "console"]),
            ["_con", "_NUL", "_aux.x", "_COM1", "_lpt0.a", "com", "com10", "console"]
        );
    }

    #[test]
    fn equal_names_are_numbered() {
        assert_eq!(names(&["a b", "A_B", "a-2", "a", "A"]), ["a_b", "A_B-2", "a-2", "a", "A-3"]);
        assert_eq!(names(&["release.json", "x."]), ["release.json-2", "x"]);
    }

    proptest! {
        #[test]
        fn all_names_are_safe_and_unique(networks in prop::collection::vec(".{0,120}|[ab./_-]{0,3}", 0..20)) {
            let mut folders = Folders::default();
            let names: Vec<_> = networks.iter().map(|network| folders.name(network)).collect();
            let unique: HashSet<_> = names.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(unique.len(), names.len());
            for name in &names {
                prop_assert!(!name.is_empty() && name.len() < 130 && !name.starts_with(['.', '-']) && !name.ends_with('.'));
                prop_assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
            }
        }
    }
}
