use std::collections::BTreeMap;

/// A project.
#[derive(Clone, Debug)]
pub(super) struct Project {
    pub(super) name: String,
    pub(super) owner: u64,
    pub(super) created: String,
    pub(super) updated: String,
    pub(super) metadata: BTreeMap<String, String>,
    /// How many bytes it may hold; -1 is as many as there are.
    pub(super) storage_limit: i64,
}

/// The settings that a project can have; others are dropped.
const SETTINGS: [&str; 10] = [
    "public",
    "enable_content_trust",
    "enable_content_trust_cosign",
    "prevent_vul",
    "severity",
    "auto_scan",
    "auto_sbom_generation",
    "reuse_sys_cve_allowlist",
    "retention_id",
    "proxy_speed_kb",
];

/// The longest name of a project.
const LONGEST: usize = 255;

impl Project {
    pub(super) fn new(name: &str, owner: u64, now: &str) -> Self {
        Self {
            name: name.to_owned(),
            owner,
            created: now.to_owned(),
            updated: now.to_owned(),
            metadata: BTreeMap::from([("public".to_owned(), "false".to_owned())]),
            storage_limit: -1,
        }
    }

    pub(super) fn is_public(&self) -> bool {
        self.metadata.get("public").is_some_and(|public| public == "true")
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        if SETTINGS.contains(&name) {
            self.metadata.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// Whether a project can have this name: small letters and digits, with `.`, `_` or `-` one at a time between them.
pub(super) fn is_name(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let parts = || name.split(['.', '_', '-']);
    name.len() <= LONGEST && parts().all(|part| !part.is_empty() && part.chars().all(is_letter))
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_those_that_harbor_takes() {
        for name in ["a", "7", "retail-2.shop_x", "2026"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "A", "a b", "-a", "a-", "a--b", "a/b", "ü", ".", &"a".repeat(256)] {
            assert!(!is_name(name), "{name}");
        }
    }
}
